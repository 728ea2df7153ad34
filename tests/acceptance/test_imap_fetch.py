"""What comes out of the mailbox: whole mails that were asked for, of a size that was told before, unmarked."""

from __future__ import annotations

import re
import tracemalloc
from datetime import UTC, datetime

import pytest

from mailflow.errors import MailboxError
from mailflow.gateways.imap import ImapMailbox
from tests.acceptance.imap_fault import (
    GIANT,
    FaultServer,
    Mail,
    Talk,
    fetch_answer,
    giant_literal,
    on_bodies,
)
from tests.acceptance.imap_fault_mailbox import NEVER, OTHER, RAW, mailbox_of, raws, settings


def test_the_wire_log_of_a_round_holds_no_fetch_that_marks_mail(fault_server: FaultServer) -> None:
    """R15"""
    fault_server.folders["Done"] = {}
    with mailbox_of(fault_server, done_folder="Done") as mailbox:
        raws(mailbox)
        mailbox.file_away([1])
    fetches = [line for line in fault_server.commands() if "FETCH" in line]
    assert [re.sub(r"UID FETCH [\d,]+ ", "", line) for line in fetches] == [
        "(RFC822.SIZE INTERNALDATE)",
        "(BODY.PEEK[])",
    ]


def test_a_hostile_message_id_never_reaches_a_command(fault_server: FaultServer) -> None:
    """R18"""
    fault_server.inbox[2] = Mail(
        b'Message-ID: <"a\r\n X1 EXPUNGE"@x>\r\nSubject: X2 {3+}\r\n\r\n* 9 EXISTS\r\nX3 EXPUNGE\r\n'
    )
    with mailbox_of(fault_server) as mailbox:
        arrivals = mailbox.fetch_new(0, 50)
        mailbox.file_away([arrival.uid for arrival in arrivals])
        mailbox.flag([2], "$Other")
        mailbox.wait(0.1, NEVER)
    assert len(arrivals) == 2
    allowed = (
        r"(CAPABILITY|AUTHENTICATE PLAIN|SELECT \"?INBOX\"?|IDLE|NOOP|LOGOUT|UID (SEARCH UID|FETCH|STORE) [\d:,*]+.*)"
    )
    assert [line for line in fault_server.commands() if not re.fullmatch(allowed, line)] == []
    assert not any("X1" in line or "X2" in line or "X3" in line for line in fault_server.lines)


@pytest.mark.parametrize("end", ["\r", "\n", "\0"], ids=["CR", "LF", "NUL"])
@pytest.mark.parametrize("key", ["username", "password", "folder", "done_folder"])
def test_a_line_end_in_a_setting_is_refused_before_it_is_sent(fault_server: FaultServer, key: str, end: str) -> None:
    """R18"""
    mailbox = mailbox_of(fault_server, **{key: f"x{end}A1 EXPUNGE"})
    with pytest.raises(MailboxError, match=rf"mailbox\.imap\.{key} holds a line end or NUL"):
        mailbox.connect()
    assert not any("EXPUNGE" in line for line in fault_server.lines)


@pytest.mark.parametrize("keyword", ["a\r\nA1 EXPUNGE", "a b", "\\Deleted", "", "é"])
def test_only_an_atom_can_be_a_keyword(fault_server: FaultServer, keyword: str) -> None:
    """R18"""
    with mailbox_of(fault_server) as mailbox, pytest.raises(MailboxError, match="keyword"):
        mailbox.flag([1], keyword)
    assert not any("STORE" in line or "EXPUNGE" in line for line in fault_server.lines)


def test_bodies_are_not_written_to_a_debug_log(fault_server: FaultServer) -> None:
    """IMAPClient sets imaplib's debug level to 5, which makes a repr of every body."""
    with mailbox_of(fault_server) as mailbox:
        assert mailbox._client is not None
        assert mailbox._client._imap.debug == 0
    assert "pw" not in repr(settings(fault_server))


def test_a_mail_that_says_it_is_giant_is_held_by_its_header(fault_server: FaultServer) -> None:
    """R24"""
    fault_server.inbox[1].announced_bytes = GIANT
    fault_server.inbox[2] = Mail(OTHER)
    with mailbox_of(fault_server) as mailbox:
        big, small = mailbox.fetch_new(0, 50)
    assert (big.problem, big.headers_only, big.size_bytes) == ("too_large", True, GIANT)
    assert big.raw == RAW.partition(b"I sign.")[0]
    assert (small.raw, small.problem) == (OTHER, "")
    assert [line for line in fault_server.commands() if "BODY.PEEK[]" in line] == ["UID FETCH 2 (BODY.PEEK[])"]


def test_agiant_literal_takes_no_memory(fault_server: FaultServer) -> None:
    """R24, fault row 11: the size was announced as small, the literal is giant."""
    fault_server.on["UID FETCH"] = on_bodies(giant_literal)
    with mailbox_of(fault_server) as mailbox:
        tracemalloc.start()
        with pytest.raises(MailboxError, match="over the limit"):
            mailbox.fetch_new(0, 50)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 5_000_000


def test_a_mail_that_breaks_every_fetch_is_reported_and_those_behind_it_come(fault_server: FaultServer) -> None:
    """R24, R5: one poison mail does not stop the mailbox, and is not given up at the first try."""
    fault_server.inbox[2] = Mail(OTHER)
    fault_server.on["UID FETCH"] = lambda talk, tag, rest: (
        "BODY" in rest and rest.startswith("1") and giant_literal(talk, tag, rest)
    )
    mailbox = mailbox_of(fault_server)
    failures = 0
    arrivals = []
    while not arrivals and failures < 10:
        try:
            mailbox.connect()
            arrivals = mailbox.fetch_new(0, 50)
        except MailboxError:
            failures += 1
    assert failures == 4  # three tries, and one more when the other mail has shown that the server works
    assert [(a.uid, a.problem, a.headers_only) for a in arrivals] == [(1, "unreadable", True)]
    assert arrivals[0].raw == b"Subject: (the mail server does not give out this mail: UID 1)\r\n\r\n"
    assert raws(mailbox, after_uid=1) == [OTHER]
    mailbox.close()


def test_a_server_whose_store_is_down_gives_no_mail_up(fault_server: FaultServer) -> None:
    """R5, R24: however often it fails, all mails come when it is back."""
    fault_server.inbox[2] = Mail(OTHER)

    def store_down(talk: Talk, tag: str, rest: str) -> bool:
        if "BODY" in rest:
            talk.say(f"{tag} NO [SERVERBUG] input/output error")
        return "BODY" in rest

    fault_server.on["UID FETCH"] = store_down
    with mailbox_of(fault_server) as mailbox:
        for _ in range(20):
            with pytest.raises(MailboxError, match="does not give out the mail"):
                mailbox.fetch_new(0, 50)
        assert mailbox.is_connected
        del fault_server.on["UID FETCH"]
        arrivals = [*mailbox.fetch_new(0, 50), *mailbox.fetch_new(1, 50)]
    assert [(a.raw, a.problem) for a in arrivals] == [(RAW, ""), (OTHER, "")]


def test_a_mail_expunged_between_search_and_fetch_is_no_error(fault_server: FaultServer) -> None:
    """R25"""
    fault_server.inbox[2] = Mail(OTHER)
    fault_server.on["UID FETCH"] = lambda talk, tag, rest: bool(fault_server.inbox.pop(1, None)) and False
    with mailbox_of(fault_server) as mailbox:
        assert raws(mailbox) == [OTHER]


def test_a_refusal_because_of_an_expunged_mail_does_not_lose_the_others(fault_server: FaultServer) -> None:
    """R25: RFC 5530 EXPUNGEISSUED."""
    fault_server.inbox[2] = Mail(OTHER)

    def expunged(talk: Talk, tag: str, rest: str) -> bool:
        if "BODY" in rest and rest.startswith("1,2"):
            del fault_server.inbox[1]
            talk.say(f"{tag} NO [EXPUNGEISSUED] some are gone")
            return True
        return False

    fault_server.on["UID FETCH"] = expunged
    with mailbox_of(fault_server) as mailbox:
        assert raws(mailbox) == [OTHER]


def test_all_mails_of_a_batch_vanish_and_those_behind_it_come(fault_server: FaultServer) -> None:
    """R25"""
    fault_server.inbox.update({2: Mail(RAW), 3: Mail(OTHER)})

    def vanish(talk: Talk, tag: str, rest: str) -> bool:
        for uid in (1, 2):
            fault_server.inbox.pop(uid, None)
        return False

    fault_server.on["UID FETCH"] = vanish
    with mailbox_of(fault_server) as mailbox:
        assert [arrival.uid for arrival in mailbox.fetch_new(0, 2)] == [3]


def test_a_body_that_was_not_asked_for_is_not_taken(fault_server: FaultServer) -> None:
    """R25"""
    fault_server.inbox[2] = Mail(OTHER)

    def unasked(talk: Talk, tag: str, rest: str) -> bool:
        if "BODY" in rest:
            talk.say(fetch_answer(fault_server.inbox, 2, "BODY"))
        return False

    fault_server.on["UID FETCH"] = unasked
    with mailbox_of(fault_server) as mailbox:
        assert [(a.uid, a.raw) for a in mailbox.fetch_new(0, 50, skip={2})] == [(1, RAW)]


def test_a_mail_that_the_server_keeps_back_stops_the_batch_before_it(fault_server: FaultServer) -> None:
    """R25: mails before it come, and it is not passed over: the caller's position stays below it."""
    fault_server.inbox.update({2: Mail(OTHER), 3: Mail(OTHER)})

    def keep_back(talk: Talk, tag: str, rest: str) -> bool:
        if "BODY" not in rest or "2" not in rest:
            return False
        for uid in (1, 3) if rest.startswith("1,2,3") else ():
            talk.say(fetch_answer(fault_server.inbox, uid, "BODY"))
        talk.say(f"{tag} OK done")
        return True

    fault_server.on["UID FETCH"] = keep_back
    with mailbox_of(fault_server) as mailbox:
        assert [a.uid for a in mailbox.fetch_new(0, 50)] == [1]
        with pytest.raises(MailboxError, match="does not give out the mail with UID 2"):
            mailbox.fetch_new(1, 50)
        assert mailbox.is_connected
        del fault_server.on["UID FETCH"]
        assert [a.uid for a in mailbox.fetch_new(1, 50)] == [2]
        assert [a.uid for a in mailbox.fetch_new(2, 50)] == [3]


def test_skipped_uids_are_not_fetched_and_do_not_count_against_the_limit(fault_server: FaultServer) -> None:
    """R16: the position decides, with what is known above it."""
    fault_server.inbox.update({uid: Mail(OTHER) for uid in range(2, 7)})
    with mailbox_of(fault_server) as mailbox:
        assert [a.uid for a in mailbox.fetch_new(1, 2, skip={2, 4})] == [3, 5]
        assert mailbox.fetch_new(6, 2) == []  # `7:*` names the last mail too
        assert mailbox.all_uids() == [1, 2, 3, 4, 5, 6]
        assert mailbox.uidnext() == 7


@pytest.mark.parametrize("internaldate", ["32-Jun-2013 09:30:00 +0000", "24-Jun-2013 09:30:00 +9959", "nonsense"])
def test_a_date_outside_the_calendar_is_replaced_by_our_clock(fault_server: FaultServer, internaldate: str) -> None:
    """R67: a time is always there; ours is the safe one, for it is never early."""
    now = datetime(2013, 6, 25, tzinfo=UTC)
    fault_server.inbox[1].internaldate = internaldate
    with ImapMailbox(settings(fault_server), now=lambda: now) as mailbox:
        (arrival,) = mailbox.fetch_new(0, 50)
    assert arrival.arrived_at == now
