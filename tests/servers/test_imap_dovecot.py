"""The mailbox gateway against a real Dovecot."""

from __future__ import annotations

import contextlib
import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from mailflow.domain.arrival import Arrival
from mailflow.errors import MailboxError, MailboxLoginError
from mailflow.gateways.imap import ImapMailbox, ImapSettings
from tests.servers.dovecot import Account

RAW = b"From: Ann Example <ann@example.org>\r\nSubject: Re: SIGN\r\n\r\nI sign.\r\n"
AT = datetime(2013, 6, 24, 9, 30, tzinfo=UTC)
NEVER = threading.Event()


def settings(account: Account, **other: object) -> ImapSettings:
    values = {"read_timeout_s": 10, "connect_timeout_s": 10, "security": "none", "password": account.password} | other
    return ImapSettings(account.host, account.port, account.user, **values)  # type: ignore[arg-type]


def mailbox_of(account: Account, **other: object) -> ImapMailbox:
    return ImapMailbox(settings(account, **other), floor_s=0)


def numbered(number: int) -> bytes:
    return RAW.replace(b"Subject:", b"Message-ID: <%d@example.org>\r\nSubject:" % number)


def all_new(mailbox: ImapMailbox, after_uid: int = 0, limit: int = 50) -> list[Arrival]:
    """Read until nothing is left, as the service does."""
    found: list[Arrival] = []
    while arrivals := mailbox.fetch_new(after_uid, limit):
        found += arrivals
        after_uid = arrivals[-1].uid
    return found


@contextlib.contextmanager
def woken_after(pid: int) -> Iterator[None]:
    """Stop a process for a while (R19)."""
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def test_a_mail_comes_as_it_lies_there_and_is_not_marked(account: Account) -> None:
    """R15: byte for byte, with INTERNALDATE in UTC whatever zone the server speaks; \\Seen is not set."""
    uid = account.append(RAW, AT.astimezone(timezone(timedelta(hours=-5))))
    with mailbox_of(account) as mailbox:
        (arrival,) = mailbox.fetch_new(0, 50)
        assert mailbox.uidnext() == uid + 1
    assert (arrival.uid, arrival.raw, arrival.arrived_at, arrival.headers_only) == (uid, RAW, AT, False)
    assert (arrival.door, arrival.mailbox, arrival.size_bytes, arrival.problem) == ("imap", "INBOX", len(RAW), "")
    assert arrival.position == (f"{account.user}@127.0.0.1", "INBOX", arrival.uidvalidity, uid)
    assert arrival.uidvalidity > 0
    assert account.flags() == {uid: set()}


def test_mail_that_an_mta_delivers_to_a_sub_address_comes_with_the_time_of_its_arrival(account: Account) -> None:
    """R67: INTERNALDATE, not Date."""
    before = datetime.now(UTC).replace(microsecond=0)
    account.deliver_lmtp(b"Date: Mon, 01 Jan 2001 00:00:00 +0000\r\n" + RAW, rcpt_to=f"{account.user}+key@example.org")
    with mailbox_of(account) as mailbox:
        (arrival,) = mailbox.fetch_new(0, 50)
    assert before <= arrival.arrived_at <= datetime.now(UTC)
    assert arrival.raw.endswith(RAW)


def test_a_full_mailbox_is_read_in_order_and_in_batches(account: Account) -> None:
    """R16: each UID once, rising; the limit holds."""
    account.fill((numbered(n), AT + timedelta(seconds=n)) for n in range(230))
    with mailbox_of(account) as mailbox:
        assert len(mailbox.fetch_new(0, 50)) == 50
        found = all_new(mailbox)
        assert [a.uid for a in found] == mailbox.all_uids() == list(range(1, 231))
        assert mailbox.fetch_new(230, 50) == []
    assert sorted(a.raw for a in found) == sorted(numbered(n) for n in range(230))


def test_bodies_in_memory_are_bounded_by_bytes(account: Account) -> None:
    """R24, design rule 13: seven mails of 3 MB come in two answers."""
    account.fill((RAW + b"x" * 3_000_000, AT) for _ in range(7))
    with mailbox_of(account) as mailbox:
        sizes = [len(mailbox.fetch_new(after, 50)) for after in (0, 5)]
        assert sizes == [5, 2]


def test_a_mail_over_the_limit_comes_as_its_header(account: Account) -> None:
    """R24: and the next one in full."""
    account.append(RAW + b"x" * 20_000)
    account.append(RAW)
    with mailbox_of(account, max_bytes=10_000) as mailbox:
        big, small = mailbox.fetch_new(0, 50)
    assert (big.problem, big.headers_only, big.size_bytes) == ("too_large", True, len(RAW) + 20_000)
    assert big.raw == RAW.partition(b"I sign.")[0]
    assert small.raw == RAW


def test_a_header_section_without_an_end_is_cut(account: Account) -> None:
    """R40: 100 kB of it are enough."""
    account.append(b"".join(b"X-%d: %b\r\n" % (n, b"y" * 900) for n in range(200)) + RAW)
    with mailbox_of(account, max_bytes=50_000) as mailbox:
        (big,) = mailbox.fetch_new(0, 50)
    assert len(big.raw) == 100_000


def test_a_changed_uidvalidity_shows_and_gives_the_same_mail_another_position(account: Account) -> None:
    """R16, R17: UIDs alone say nothing."""
    account.append(RAW, AT)
    with mailbox_of(account) as mailbox:
        (before,) = mailbox.fetch_new(0, 50)
    account.reset_uidvalidity()
    with mailbox_of(account) as mailbox:
        assert mailbox.uidvalidity != before.uidvalidity
        (after,) = mailbox.fetch_new(0, 50)
    assert (after.uid, after.raw) == (before.uid, before.raw)
    assert after.position != before.position


@pytest.mark.parametrize("hours", [-11, 0, 13], ids="UTC{:+d}".format)
def test_which_mails_came_before_an_instant(account: Account, hours: int) -> None:
    """R67: to the second, in whatever zone the server keeps its dates; SEARCH alone knows days only."""
    zone = timezone(timedelta(hours=hours))
    ages_s = [400 * 86_400, 3 * 86_400, 86_400, 60, 1, 0, -1, -60, -3 * 86_400]
    uids = [account.append(RAW, (AT - timedelta(seconds=age)).astimezone(zone)) for age in ages_s]
    with mailbox_of(account) as mailbox:
        assert mailbox.uids_before(AT) == {uid for uid, age in zip(uids, ages_s, strict=True) if age > 0}
        assert mailbox.uids_before(AT.astimezone(zone)) == mailbox.uids_before(AT)


def test_a_full_old_mailbox_is_passed_over_without_reading_it(account: Account) -> None:
    """R16: 2,500 old mails, one new: nothing old is fetched or marked."""
    account.fill((numbered(n), AT) for n in range(2_500))
    new = account.append(RAW, AT + timedelta(days=9))
    with mailbox_of(account) as mailbox:
        old = mailbox.uids_before(AT + timedelta(days=8))
        assert old == set(range(1, new))
        assert [a.uid for a in mailbox.fetch_new(0, 50, skip=old)] == [new]
    assert set().union(*account.flags().values()) == set()


def test_a_stopped_server_process_is_given_up_after_the_read_timeout(account: Account) -> None:
    """R19, fault row 5: SIGSTOP; a new connection brings the mail."""
    account.append(RAW)
    mailbox = mailbox_of(account, read_timeout_s=0.5)
    mailbox.connect()
    (pid,) = account.imap_pids()
    with woken_after(pid), pytest.raises(MailboxError, match="did not answer in time"):
        mailbox.fetch_new(0, 50)
    assert not mailbox.is_connected
    mailbox.connect()
    assert len(mailbox.fetch_new(0, 50)) == 1
    mailbox.close()


def test_a_stopped_server_process_is_given_up_in_idle(account: Account) -> None:
    """R19, R21, fault row 8: what is half open shows when the window ends."""
    mailbox = mailbox_of(account, read_timeout_s=0.5)
    mailbox.connect()
    (pid,) = account.imap_pids()
    with woken_after(pid), pytest.raises(MailboxError, match="did not answer in time"):
        mailbox.wait(0.1, NEVER)
    assert not mailbox.is_connected


@pytest.mark.parametrize("waiting", [False, True], ids=["between commands", "in IDLE"])
def test_a_killed_server_process_is_noticed_and_the_mailbox_is_of_use_again(account: Account, waiting: bool) -> None:
    """R20, R22, fault row 6"""
    account.append(RAW)
    mailbox = mailbox_of(account)
    mailbox.connect()
    (pid,) = account.imap_pids()
    killer = threading.Timer(0.2 if waiting else 0, os.kill, (pid, signal.SIGKILL))
    killer.start()
    with pytest.raises(MailboxError, match=r"closed the connection|broke"):
        while True:  # the kill may be seen by this command or by the next
            mailbox.wait(30, NEVER)
    assert not mailbox.is_connected
    mailbox.connect()
    assert [a.raw for a in mailbox.fetch_new(0, 50)] == [RAW]
    mailbox.close()


def test_new_mail_ends_the_wait_every_time(account: Account) -> None:
    """R21: five loops, none of which runs into the watchdog that would end the window of a minute."""
    with mailbox_of(account) as mailbox:
        position = 0
        for number in range(5):
            stop = threading.Event()
            watchdog = threading.Timer(20, stop.set)
            watchdog.start()
            delivery = threading.Thread(target=account.append, args=(numbered(number),))
            delivery.start()
            while not (arrivals := mailbox.fetch_new(position, 50)):
                mailbox.wait(60, stop)
                assert not stop.is_set()
            position = arrivals[-1].uid
            watchdog.cancel()
            delivery.join()
            assert arrivals[-1].raw == numbered(number)


def test_mail_is_moved_into_a_folder_that_is_made_by_its_name(account: Account) -> None:
    """R26, R27: also with a name that needs encoding, and twice."""
    first, second = account.append(RAW), account.append(numbered(2))
    with mailbox_of(account, done_folder="Erledigt für Mailflow") as mailbox:
        mailbox.file_away([first])
        mailbox.file_away([first])
        mailbox.file_away([first, second, 999])
    assert account.all_in("INBOX") == []
    assert len(account.all_in('"Erledigt f&APw-r Mailflow"')) == 2


def test_mail_without_a_done_folder_gets_a_keyword_and_stays_unread(account: Account) -> None:
    """R26"""
    uid = account.append(RAW)
    other = account.append(numbered(2))
    with mailbox_of(account) as mailbox:
        mailbox.file_away([uid])
        mailbox.flag([other, 999], "$MailflowOther")
    assert account.flags() == {uid: {"$MailflowDone"}, other: {"$MailflowOther"}}


def test_a_mail_that_another_client_expunges_is_no_error(account: Account) -> None:
    """R25, fault row 14: nor is putting it away proof of anything."""
    uids = [account.append(numbered(n)) for n in range(3)]
    with mailbox_of(account, done_folder="Done") as mailbox:
        with account.imap() as other:
            other.uid("STORE", str(uids[1]), "+FLAGS", "(\\Deleted)")
            other.expunge()
        assert [a.uid for a in mailbox.fetch_new(0, 50)] == [uids[0], uids[2]]
        mailbox.file_away([uids[1]])
    assert account.all_in("INBOX") == [uids[0], uids[2]]
    assert account.all_in("Done") == []


def test_two_pollers_do_not_hurt_each_other(account: Account) -> None:
    """R29, fault row 16: each mail is seen by one of them at least, none is lost, and neither fails.

    Dovecot may move one twice.
    """
    account.fill((numbered(n), AT) for n in range(300))
    seen: list[set[bytes]] = [set(), set()]
    failures: list[MailboxError] = []

    def poll(mine: set[bytes]) -> None:
        try:
            with mailbox_of(account, done_folder="Done") as mailbox:
                while arrivals := mailbox.fetch_new(0, 20):
                    mine.update(arrival.raw for arrival in arrivals)
                    mailbox.file_away([arrival.uid for arrival in arrivals])
        except MailboxError as failure:
            failures.append(failure)

    account.imap(folder=None).create("Done")
    threads = [threading.Thread(target=poll, args=(mine,)) for mine in seen]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failures == []
    assert seen[0] | seen[1] == {numbered(n) for n in range(300)}
    assert account.all_in("INBOX") == []
    with mailbox_of(account, folder="Done") as done:
        assert {arrival.raw for arrival in all_new(done)} == {numbered(n) for n in range(300)}


def test_a_wrong_password_is_one_line(account: Account) -> None:
    """R23, fault row 15"""
    with pytest.raises(MailboxLoginError) as caught:
        mailbox_of(account, password="wr0ng-one").connect()
    assert str(caught.value).startswith(f"mailbox 127.0.0.1:{account.port} refused the login: [AUTHENTICATIONFAILED]")
    assert "wr0ng-one" not in str(caught.value)


def test_a_folder_that_is_not_there_is_one_line(account: Account) -> None:
    """R27"""
    with pytest.raises(MailboxError, match="Mailbox doesn't exist: Inbx"):
        mailbox_of(account, folder="Inbx").connect()
