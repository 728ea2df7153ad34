"""The mailbox gateway against a server that misbehaves: each fault costs the connection at most, never a mail."""

from __future__ import annotations

import re
import threading
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow.errors import MailboxError, MailboxLoginError
from mailflow.gateways.imap import ImapMailbox, ImapSettings
from tests.acceptance.certificates import contexts
from tests.acceptance.imap_fault import FaultServer, Hangup, Mail, Talk, bye, fetch_answer, hang_up, once, stall

RAW = b"From: Ann Example <ann@example.org>\r\nMessage-ID: <1@example.org>\r\nSubject: Re: SIGN\r\n\r\nI sign.\r\n"
OTHER = RAW.replace(b"<1@", b"<2@")
GIANT = 99_999_999_999
NEVER = threading.Event()


@pytest.fixture
def server() -> Iterator[FaultServer]:
    with FaultServer() as running:
        running.inbox[1] = Mail(RAW)
        yield running


def settings(server: FaultServer, **other: object) -> ImapSettings:
    values = {"password": server.password, "read_timeout_s": 0.4, "connect_timeout_s": 2, "max_bytes": 10_000} | other
    return ImapSettings(server.host, server.port, server.user, **({"security": "none"} | values))  # type: ignore[arg-type]


def mailbox_of(server: FaultServer, **other: object) -> ImapMailbox:
    return ImapMailbox(settings(server, **other), floor_s=0, patience_s=0)


def raws(mailbox: ImapMailbox, after_uid: int = 0) -> list[bytes]:
    return [arrival.raw for arrival in mailbox.fetch_new(after_uid, 50)]


# R15, R18: what goes over the wire


def test_the_wire_log_of_a_round_holds_no_fetch_that_marks_mail(server: FaultServer) -> None:
    """R15"""
    server.folders["Done"] = {}
    with mailbox_of(server, done_folder="Done") as mailbox:
        raws(mailbox)
        mailbox.file_away([1])
    fetches = [line for line in server.commands() if "FETCH" in line]
    assert [re.sub(r"UID FETCH [\d,]+ ", "", line) for line in fetches] == [
        "(RFC822.SIZE INTERNALDATE)",
        "(BODY.PEEK[])",
    ]


def test_a_hostile_message_id_never_reaches_a_command(server: FaultServer) -> None:
    """R18"""
    server.inbox[2] = Mail(
        b'Message-ID: <"a\r\n X1 EXPUNGE"@x>\r\nSubject: X2 {3+}\r\n\r\n* 9 EXISTS\r\nX3 EXPUNGE\r\n'
    )
    with mailbox_of(server) as mailbox:
        arrivals = mailbox.fetch_new(0, 50)
        mailbox.file_away([arrival.uid for arrival in arrivals])
        mailbox.flag([2], "$Other")
        mailbox.wait(0.1, NEVER)
    assert len(arrivals) == 2
    allowed = (
        r"(CAPABILITY|AUTHENTICATE PLAIN|SELECT \"?INBOX\"?|IDLE|NOOP|LOGOUT|UID (SEARCH UID|FETCH|STORE) [\d:,*]+.*)"
    )
    assert [line for line in server.commands() if not re.fullmatch(allowed, line)] == []
    assert not any("X1" in line or "X2" in line or "X3" in line for line in server.lines)


@pytest.mark.parametrize("end", ["\r", "\n", "\0"], ids=["CR", "LF", "NUL"])
@pytest.mark.parametrize("key", ["username", "password", "folder", "done_folder"])
def test_a_line_end_in_a_setting_is_refused_before_it_is_sent(server: FaultServer, key: str, end: str) -> None:
    """R18"""
    account = ImapSettings(**(vars(settings(server)) | {key: f"x{end}A1 EXPUNGE"}))
    with pytest.raises(MailboxError, match=rf"mailbox\.imap\.{key} holds a line end or NUL"):
        ImapMailbox(account).connect()
    assert not any("EXPUNGE" in line for line in server.lines)


@pytest.mark.parametrize("keyword", ["a\r\nA1 EXPUNGE", "a b", "\\Deleted", "", "é"])
def test_only_an_atom_can_be_a_keyword(server: FaultServer, keyword: str) -> None:
    """R18"""
    with mailbox_of(server) as mailbox, pytest.raises(MailboxError, match="keyword"):
        mailbox.flag([1], keyword)
    assert not any("STORE" in line or "EXPUNGE" in line for line in server.lines)


# R19: time limits


def test_a_server_without_a_greeting_is_given_up(server: FaultServer) -> None:
    """R19"""
    server.greeting = ""
    with pytest.raises(MailboxError, match="did not answer in time"):
        mailbox_of(server, connect_timeout_s=0.4).connect()


@pytest.mark.parametrize("command", ["CAPABILITY", "AUTHENTICATE", "SELECT", "UID SEARCH", "UID FETCH", "NOOP"])
def test_a_command_without_an_answer_ends_after_the_read_timeout(server: FaultServer, command: str) -> None:
    """R19"""
    server.on[command] = stall
    mailbox = mailbox_of(server, connect_timeout_s=0.4)
    with pytest.raises(MailboxError, match=f"mailbox {server.host}:{server.port} did not answer in time"):
        _round(mailbox)
    assert not mailbox.is_connected


def test_a_server_that_ignores_the_end_of_idle_is_given_up(server: FaultServer) -> None:
    """R19"""

    def deaf(talk: Talk, tag: str, rest: str) -> bool:
        talk.say("+ idling")
        return stall(talk, tag, rest)

    server.on["IDLE"] = deaf
    with mailbox_of(server) as mailbox, pytest.raises(MailboxError, match="did not answer in time"):
        mailbox.wait(0.05, NEVER)


def _round(mailbox: ImapMailbox) -> list[bytes]:
    mailbox.connect()
    found = raws(mailbox)
    mailbox.wait(0.01, NEVER)
    return found


# R20, R21: waiting


def test_a_server_that_closes_in_idle_is_noticed_and_the_mail_found_after_a_reconnect(server: FaultServer) -> None:
    """R20: no spinning; the second connection finds the mail."""
    server.on["IDLE"] = once(hang_up)
    mailbox = mailbox_of(server)
    mailbox.connect()
    rounds = 0
    found: list[bytes] = []
    while len(found) < 2 and rounds < 10:
        rounds += 1
        try:
            if not mailbox.is_connected:
                mailbox.connect()
                server.inbox[2] = Mail(OTHER)
            found = raws(mailbox)
            mailbox.wait(0.05, NEVER)
        except MailboxError as error:
            assert "closed the connection" in str(error)
    assert found == [RAW, OTHER]
    assert rounds < 5
    assert server.connections == 2


class RecordingStop(threading.Event):
    """Notes how long it was waited for, and does not wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        return False


def test_a_chattering_server_is_asked_at_most_once_a_second(server: FaultServer) -> None:
    """R20: the loop's floor."""

    def chatter(talk: Talk, tag: str, rest: str) -> bool:
        talk.send(b"+ idling\r\n* 1 EXISTS\r\n")
        talk.hear()
        talk.say(f"{tag} OK done")
        return True

    server.on["IDLE"] = chatter
    stop = RecordingStop()
    with ImapMailbox(settings(server)) as mailbox:
        mailbox.wait(30, stop)
        mailbox.wait(30, stop)
    assert stop.waits[0] == 0
    assert 0.5 < stop.waits[1] <= 1.0


def test_mail_is_found_though_every_announcement_is_swallowed(server: FaultServer) -> None:
    """R21: IDLE is never the only trigger."""
    with mailbox_of(server) as mailbox:
        assert raws(mailbox) == [RAW]
        server.inbox[2] = Mail(OTHER)
        mailbox.wait(0.05, NEVER)
        assert raws(mailbox, after_uid=1) == [OTHER]
    idle_to_noop = [line for line in server.commands() if line in ("IDLE", "NOOP")]
    assert idle_to_noop == ["IDLE", "NOOP"]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([b"+ idling\r\n* 2 EXISTS\r\n"], id="in the packet of the continuation"),
        pytest.param([b"* 2 EXISTS\r\n+ idling\r\n* 1 RECENT\r\n"], id="before the continuation"),
        pytest.param([b"+ idling\r\n", b"* 2 EXI", b"STS\r\n"], id="split by TCP"),
    ],
)
def test_an_announcement_ends_the_wait_at_once(server: FaultServer, pieces: list[bytes]) -> None:
    """R21: where idle_check() aborts, or misses it."""

    def announce(talk: Talk, tag: str, rest: str) -> bool:
        for piece in pieces:
            talk.send(piece)
            threading.Event().wait(0.02)
        talk.hear()
        talk.say(f"{tag} OK done")
        return True

    server.on["IDLE"] = announce
    stop = threading.Event()
    too_long = threading.Timer(20, stop.set)
    too_long.start()
    with mailbox_of(server, read_timeout_s=5) as mailbox:
        mailbox.wait(60, stop)
        assert not stop.is_set()
        assert raws(mailbox) == [RAW]
    too_long.cancel()


@pytest.mark.parametrize("answer", ["NO not now", "BAD what"])
def test_a_server_that_refuses_to_idle_is_polled_on_the_same_connection(server: FaultServer, answer: str) -> None:
    """R21"""

    def refuse(talk: Talk, tag: str, rest: str) -> bool:
        talk.say(f"{tag} {answer}")
        return True

    server.on["IDLE"] = refuse
    stop = RecordingStop()
    with mailbox_of(server, poll_s=17) as mailbox:
        mailbox.wait(300, stop)
        assert raws(mailbox) == [RAW]
    assert stop.waits[-1] == 17
    assert server.connections == 1


def test_without_idle_the_mailbox_is_polled(server: FaultServer) -> None:
    """R21"""
    server.capabilities = "IMAP4rev1"
    stop = RecordingStop()
    with mailbox_of(server, poll_s=17) as mailbox:
        mailbox.wait(300, stop)
        mailbox.wait(5, stop)
    assert [wait for wait in stop.waits if wait] == [17, 5]
    assert "IDLE" not in server.commands()


def test_a_stop_ends_the_wait(server: FaultServer) -> None:
    """R21, and SIGTERM: IDLE is ended in order."""
    stop = threading.Event()
    with mailbox_of(server, read_timeout_s=5) as mailbox:
        threading.Timer(0.05, stop.set).start()
        mailbox.wait(60, stop)
        assert mailbox.is_connected
    assert "DONE" in server.lines


# R22: the connection is discarded


def _garbage(talk: Talk, tag: str, rest: str) -> bool:
    talk.say("what is this")
    return True


def _unparsable(talk: Talk, tag: str, rest: str) -> bool:
    talk.say('* 1 FETCH (UID 1 BODY[] "open')
    talk.say(f"{tag} OK done")
    return True


def _uneven(talk: Talk, tag: str, rest: str) -> bool:
    talk.say("* 1 FETCH (UID 1 BODY[])")
    talk.say(f"{tag} OK done")
    return True


def _other_tag(talk: Talk, tag: str, rest: str) -> bool:
    talk.say(f"{tag}9 OK done")
    return True


def _bad(talk: Talk, tag: str, rest: str) -> bool:
    talk.say(f"{tag} BAD nonsense")
    return True


def _endless_line(talk: Talk, tag: str, rest: str) -> bool:
    talk.send(b"* OK " + b"x" * 1_100_000)
    return stall(talk, tag, rest)


def _cut_literal(talk: Talk, tag: str, rest: str) -> bool:
    talk.send(b"* 1 FETCH (UID 1 BODY[] {5000}\r\n" + RAW)
    raise Hangup


def _stalled_literal(talk: Talk, tag: str, rest: str) -> bool:
    talk.send(b"* 1 FETCH (UID 1 BODY[] {5000}\r\n" + RAW)
    return stall(talk, tag, rest)


def _giant_literal(talk: Talk, tag: str, rest: str) -> bool:
    talk.send(b"* 1 FETCH (UID 1 BODY[] {%d}\r\n" % GIANT + RAW)
    return stall(talk, tag, rest)


FAULTS = [
    pytest.param(bye, "broke off: going down", id="BYE"),
    pytest.param(hang_up, "closed the connection", id="end of file"),
    pytest.param(stall, "did not answer in time", id="timeout"),
    pytest.param(_garbage, "unexpected response", id="not IMAP"),
    pytest.param(_unparsable, "answered: No closing", id="open quotation"),
    pytest.param(_uneven, "answered: uneven number", id="item without a value"),
    pytest.param(_other_tag, "unexpected tagged response", id="another command's tag"),
    pytest.param(_bad, "BAD", id="BAD"),
    pytest.param(_endless_line, "more than 1000000 bytes", id="endless line"),
    pytest.param(_cut_literal, "closed the connection", id="R25: drop in a literal"),
    pytest.param(_stalled_literal, "did not answer in time", id="R25: stall in a literal"),
    pytest.param(_giant_literal, f"announced {GIANT} bytes", id="R24: giant literal"),
]


def _on_bodies(fault: Callable[[Talk, str, str], bool]) -> Callable[[Talk, str, str], bool]:
    """Let a fault happen at the first fetch of bodies."""
    first = once(fault)
    return lambda talk, tag, rest: "BODY" in rest and first(talk, tag, rest)


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_a_fault_costs_the_connection_and_no_mail(
    server: FaultServer, fault: Callable[[Talk, str, str], bool], said: str
) -> None:
    """R22, R25: nothing partial comes out; the next connection brings the mail."""
    server.on["UID FETCH"] = _on_bodies(fault)
    mailbox = mailbox_of(server)
    mailbox.connect()
    with pytest.raises(MailboxError) as caught:
        mailbox.fetch_new(0, 50)
    assert said in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not mailbox.is_connected
    with pytest.raises(MailboxError, match="is not connected"):
        mailbox.fetch_new(0, 50)
    mailbox.connect()
    assert raws(mailbox) == [RAW]
    mailbox.close()
    assert server.connections == 2


def test_a_plain_no_keeps_the_connection(server: FaultServer) -> None:
    """R22: only what breaks the conversation costs it."""

    def over_quota(talk: Talk, tag: str, rest: str) -> bool:
        talk.say(f"{tag} NO [OVERQUOTA] full")
        return True

    server.on["UID MOVE"] = over_quota
    with mailbox_of(server, done_folder="Done") as mailbox:
        with pytest.raises(MailboxError, match=r"\[OVERQUOTA\] full"):
            mailbox.file_away([1])
        assert mailbox.is_connected
        assert raws(mailbox) == [RAW]


def test_a_server_that_is_down_is_told_in_one_line_and_found_again(server: FaultServer) -> None:
    """R23: a reconnect that fails is an answer like any other; the mailbox is of use again when the server is back."""
    mailbox = mailbox_of(server)
    gone = ImapMailbox(ImapSettings(**(vars(settings(server)) | {"port": 1})))
    with pytest.raises(MailboxError, match="refuses connections"):
        gone.connect()
    server.greeting = "* BYE overloaded"
    with pytest.raises(MailboxError, match="overloaded"):
        mailbox.connect()
    server.greeting = "* OK ready"
    mailbox.connect()
    assert raws(mailbox) == [RAW]
    mailbox.close()


# R24: size


def test_a_mail_that_says_it_is_giant_is_held_by_its_header(server: FaultServer) -> None:
    """R24"""
    server.inbox[1].announced_bytes = GIANT
    server.inbox[2] = Mail(OTHER)
    with mailbox_of(server) as mailbox:
        big, small = mailbox.fetch_new(0, 50)
    assert (big.problem, big.headers_only, big.size_bytes) == ("too_large", True, GIANT)
    assert big.raw == RAW.partition(b"I sign.")[0]
    assert (small.raw, small.problem) == (OTHER, "")
    assert [line for line in server.commands() if "BODY.PEEK[]" in line] == ["UID FETCH 2 (BODY.PEEK[])"]


def test_a_giant_literal_takes_no_memory(server: FaultServer) -> None:
    """R24: the size was announced as small, the literal is giant."""
    server.on["UID FETCH"] = _on_bodies(_giant_literal)
    with mailbox_of(server) as mailbox:
        tracemalloc.start()
        with pytest.raises(MailboxError, match="over the limit"):
            mailbox.fetch_new(0, 50)
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
    assert peak < 5_000_000


def test_a_mail_that_breaks_every_fetch_is_reported_and_those_behind_it_come(server: FaultServer) -> None:
    """R24, R5: one poison mail does not stop the mailbox, and is not given up at the first try."""
    server.inbox[2] = Mail(OTHER)
    server.on["UID FETCH"] = lambda talk, tag, rest: (
        "BODY" in rest and rest.startswith("1") and _giant_literal(talk, tag, rest)
    )
    mailbox = mailbox_of(server)
    failures = 0
    arrivals = []
    while not arrivals and failures < 10:
        try:
            mailbox.connect()
            arrivals = mailbox.fetch_new(0, 50)
        except MailboxError:
            failures += 1
    assert failures == 4  # three tries, and one more when the other mail has shown that the server works
    assert [(a.uid, a.problem, a.raw) for a in arrivals] == [(1, "unreadable", b"")]
    assert raws(mailbox, after_uid=1) == [OTHER]
    mailbox.close()


def test_a_server_whose_store_is_down_gives_no_mail_up(server: FaultServer) -> None:
    """R5, R24: however often it fails, all mails come when it is back."""
    server.inbox[2] = Mail(OTHER)

    def store_down(talk: Talk, tag: str, rest: str) -> bool:
        if "BODY" in rest:
            talk.say(f"{tag} NO [SERVERBUG] input/output error")
        return "BODY" in rest

    server.on["UID FETCH"] = store_down
    with mailbox_of(server) as mailbox:
        for _ in range(20):
            with pytest.raises(MailboxError, match="does not give out the mail"):
                mailbox.fetch_new(0, 50)
        assert mailbox.is_connected
        del server.on["UID FETCH"]
        arrivals = [*mailbox.fetch_new(0, 50), *mailbox.fetch_new(1, 50)]
    assert [(a.raw, a.problem) for a in arrivals] == [(RAW, ""), (OTHER, "")]


# R25: only what was asked for, and complete


def test_a_mail_expunged_between_search_and_fetch_is_no_error(server: FaultServer) -> None:
    """R25"""
    server.inbox[2] = Mail(OTHER)
    server.on["UID FETCH"] = lambda talk, tag, rest: bool(server.inbox.pop(1, None)) and False
    with mailbox_of(server) as mailbox:
        assert raws(mailbox) == [OTHER]


def test_a_refusal_because_of_an_expunged_mail_does_not_lose_the_others(server: FaultServer) -> None:
    """R25: RFC 5530 EXPUNGEISSUED."""
    server.inbox[2] = Mail(OTHER)

    def expunged(talk: Talk, tag: str, rest: str) -> bool:
        if "BODY" in rest and rest.startswith("1,2"):
            del server.inbox[1]
            talk.say(f"{tag} NO [EXPUNGEISSUED] some are gone")
            return True
        return False

    server.on["UID FETCH"] = expunged
    with mailbox_of(server) as mailbox:
        assert raws(mailbox) == [OTHER]


def test_all_mails_of_a_batch_vanish_and_those_behind_it_come(server: FaultServer) -> None:
    """R25"""
    server.inbox.update({2: Mail(RAW), 3: Mail(OTHER)})

    def vanish(talk: Talk, tag: str, rest: str) -> bool:
        for uid in (1, 2):
            server.inbox.pop(uid, None)
        return False

    server.on["UID FETCH"] = vanish
    with mailbox_of(server) as mailbox:
        assert [arrival.uid for arrival in mailbox.fetch_new(0, 2)] == [3]


def test_a_body_that_was_not_asked_for_is_not_taken(server: FaultServer) -> None:
    """R25"""
    server.inbox[2] = Mail(OTHER)

    def unasked(talk: Talk, tag: str, rest: str) -> bool:
        if "BODY" in rest:
            talk.say(fetch_answer(server.inbox, 2, "BODY"))
        return False

    server.on["UID FETCH"] = unasked
    with mailbox_of(server) as mailbox:
        assert [(a.uid, a.raw) for a in mailbox.fetch_new(0, 50, skip={2})] == [(1, RAW)]


def test_a_mail_that_the_server_keeps_back_stops_the_batch_before_it(server: FaultServer) -> None:
    """R25: mails before it come, and it is not passed over: the caller's position stays below it."""
    server.inbox.update({2: Mail(OTHER), 3: Mail(OTHER)})

    def keep_back(talk: Talk, tag: str, rest: str) -> bool:
        if "BODY" not in rest or "2" not in rest:
            return False
        for uid in (1, 3) if rest.startswith("1,2,3") else ():
            talk.say(fetch_answer(server.inbox, uid, "BODY"))
        talk.say(f"{tag} OK done")
        return True

    server.on["UID FETCH"] = keep_back
    with mailbox_of(server) as mailbox:
        assert [a.uid for a in mailbox.fetch_new(0, 50)] == [1]
        with pytest.raises(MailboxError, match="does not give out the mail with UID 2"):
            mailbox.fetch_new(1, 50)
        assert mailbox.is_connected
        del server.on["UID FETCH"]
        assert [a.uid for a in mailbox.fetch_new(1, 50)] == [2]
        assert [a.uid for a in mailbox.fetch_new(2, 50)] == [3]


def test_skipped_uids_are_not_fetched_and_do_not_count_against_the_limit(server: FaultServer) -> None:
    """R16: the position decides, with what is known above it."""
    server.inbox.update({uid: Mail(OTHER) for uid in range(2, 7)})
    with mailbox_of(server) as mailbox:
        assert [a.uid for a in mailbox.fetch_new(1, 2, skip={2, 4})] == [3, 5]
        assert mailbox.fetch_new(6, 2) == []  # `7:*` names the last mail too
        assert mailbox.all_uids() == [1, 2, 3, 4, 5, 6]
        assert mailbox.uidnext() == 7


@pytest.mark.parametrize("internaldate", ["32-Jun-2013 09:30:00 +0000", "24-Jun-2013 09:30:00 +9959", "nonsense"])
def test_a_date_outside_the_calendar_is_replaced_by_our_clock(server: FaultServer, internaldate: str) -> None:
    """R67: a time is always there; ours is the safe one, for it is never early."""
    now = datetime(2013, 6, 25, tzinfo=UTC)
    server.inbox[1].internaldate = internaldate
    with ImapMailbox(settings(server), now=lambda: now) as mailbox:
        (arrival,) = mailbox.fetch_new(0, 50)
    assert arrival.arrived_at == now


# R26, R27: putting away


@pytest.mark.parametrize(
    ("capabilities", "done_folder", "commands"),
    [
        pytest.param("MOVE UIDPLUS", "Done", ["UID MOVE"], id="MOVE"),
        pytest.param("UIDPLUS", "Done", ["UID COPY", "UID STORE", "UID EXPUNGE"], id="COPY, mark, UID EXPUNGE"),
        pytest.param("", "Done", ["UID STORE"], id="keyword: neither MOVE nor UIDPLUS"),
        pytest.param("MOVE UIDPLUS", "", ["UID STORE"], id="keyword: no folder"),
    ],
)
def test_mail_is_put_away_as_the_server_can(
    server: FaultServer, capabilities: str, done_folder: str, commands: list[str]
) -> None:
    """R26: and other people's deleted mail stays, and doing it again changes nothing."""
    server.capabilities = f"IMAP4rev1 {capabilities}"
    server.folders["Done"] = {}
    server.inbox[2] = Mail(OTHER, {"\\Deleted"})
    with mailbox_of(server, done_folder=done_folder) as mailbox:
        mailbox.file_away([1])
        used = [line for line in server.commands() if line.startswith("UID")]
        mailbox.file_away([1])
    assert [" ".join(line.split()[:2]) for line in used] == commands
    assert 2 in server.inbox
    if "UID STORE" in commands[:1]:
        assert server.inbox[1].flags == {"$MailflowDone"}
    else:
        assert 1 not in server.inbox
        assert [mail.raw for mail in server.folders["Done"].values()] == [RAW]


@pytest.mark.parametrize("capabilities", ["MOVE", "UIDPLUS"])
def test_a_missing_done_folder_is_made_by_its_name(server: FaultServer, capabilities: str) -> None:
    """R26, R27: without LIST, whose answer here would raise."""
    server.capabilities = f"IMAP4rev1 {capabilities}"
    with mailbox_of(server, done_folder="Done") as mailbox:
        mailbox.file_away([1])
    assert len(server.folders["Done"]) == 1
    assert server.inbox == {}
    assert not any(re.search(r"\bX?LIST\b", line) for line in server.commands())


def test_a_folder_that_is_not_there_is_named(server: FaultServer) -> None:
    """R27"""
    with pytest.raises(MailboxError, match="no such folder"):
        mailbox_of(server, folder="Inbx").connect()


def test_a_server_that_can_not_make_the_folder_is_told_and_the_mail_stays(server: FaultServer) -> None:
    """R26"""

    def refuse(talk: Talk, tag: str, rest: str) -> bool:
        talk.say(f"{tag} NO [CANNOT] prefix it with INBOX.")
        return True

    server.on["CREATE"] = refuse
    with mailbox_of(server, done_folder="Done") as mailbox:
        with pytest.raises(MailboxError, match="TRYCREATE"):
            mailbox.file_away([1])
        assert mailbox.is_connected
    assert list(server.inbox) == [1]


# R28: TLS


def test_a_greeting_that_says_we_are_logged_in_is_refused(server: FaultServer) -> None:
    """R28: PREAUTH, which skips both TLS and login."""
    server.greeting = "* PREAUTH welcome back"
    for security in ("none", "starttls"):
        with pytest.raises(MailboxError, match="PREAUTH"):
            mailbox_of(server, security=security).connect()
    assert not any("SELECT" in line or "LOGIN" in line for line in server.lines)


def test_over_tls_with_a_trusted_certificate_mail_comes() -> None:
    """R28"""
    server_tls, client_tls = contexts()
    with FaultServer(tls=server_tls) as server:
        server.inbox[1] = Mail(RAW)
        with ImapMailbox(settings(server, security="tls"), tls=client_tls) as mailbox:
            assert raws(mailbox) == [RAW]
            mailbox.wait(0.05, NEVER)
            assert raws(mailbox) == [RAW]


@pytest.mark.parametrize(
    ("certified", "trusts"),
    [
        pytest.param("127.0.0.1", False, id="nobody vouches for it"),
        pytest.param("127.0.0.9", True, id="it is another host's"),
    ],
)
def test_a_bad_certificate_is_refused_before_the_login(certified: str, trusts: bool) -> None:
    """R28: over TLS from the start, and over STARTTLS."""
    server_tls, client_tls = contexts(certified)
    for security in ("tls", "starttls"):
        with FaultServer("IMAP4rev1 STARTTLS", tls=server_tls if security == "tls" else None) as server:
            server.starttls = server_tls
            mailbox = ImapMailbox(settings(server, security=security), tls=client_tls if trusts else None)
            with pytest.raises(MailboxError, match="certificate that can't be trusted"):
                mailbox.connect()
            assert not any("LOGIN" in line or "AUTHENTICATE" in line for line in server.lines)


def test_starttls_secures_the_connection_before_the_login(server: FaultServer) -> None:
    """R28: capabilities heard before TLS are forgotten."""
    server_tls, client_tls = contexts()
    server.capabilities, server.starttls = "IMAP4rev1 STARTTLS LOGINDISABLED", server_tls

    def begin(talk: Talk, tag: str, rest: str) -> bool:
        server.capabilities = "IMAP4rev1 AUTH=PLAIN"
        return False

    server.on["STARTTLS"] = begin
    with ImapMailbox(settings(server, security="starttls"), tls=client_tls) as mailbox:
        assert raws(mailbox) == [RAW]
    words = [line.split()[0] for line in server.commands()]
    assert words.index("STARTTLS") < words.index("AUTHENTICATE")


@pytest.mark.parametrize("injected", [b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] mine\r\n", b"x" * 10])
def test_text_injected_between_starttls_and_tls_is_refused(server: FaultServer, injected: bytes) -> None:
    """R28"""
    server_tls, client_tls = contexts()
    server.capabilities, server.starttls = "IMAP4rev1 STARTTLS", server_tls

    def inject(talk: Talk, tag: str, rest: str) -> bool:
        talk.send(f"{tag} OK begin\r\n".encode() + injected)
        talk.secure(server_tls)
        return True

    server.on["STARTTLS"] = inject
    with pytest.raises(MailboxError, match="injected between STARTTLS and TLS"):
        ImapMailbox(settings(server, security="starttls"), tls=client_tls).connect()
    assert not any("LOGIN" in line or "AUTHENTICATE" in line for line in server.lines)


def test_a_server_without_starttls_is_not_spoken_to_in_the_clear(server: FaultServer) -> None:
    """R28"""
    with pytest.raises(MailboxError, match="offers no STARTTLS"):
        mailbox_of(server, security="starttls").connect()
    assert not any("LOGIN" in line or "AUTHENTICATE" in line for line in server.lines)


# the login


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"], ids=["PLAIN", "LOGIN"])
def test_a_refused_login_is_one_line_without_the_password(server: FaultServer, capabilities: str) -> None:
    """R23: it has a kind of its own, so that it is tried again slowly; the server here repeats what it was sent."""
    server.capabilities = capabilities
    with pytest.raises(MailboxLoginError) as caught:
        mailbox_of(server, password="s3cret-word").connect()
    said = str(caught.value)
    assert said.startswith(f"mailbox {server.host}:{server.port} refused the login: ")
    assert "AUTHENTICATIONFAILED" in said
    assert "mailbox.imap.username" in said
    assert "s3cret-word" not in said
    assert "\n" not in said


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"], ids=["PLAIN", "LOGIN"])
@pytest.mark.parametrize("name", ["desk", 'de"sk \\x'])
def test_a_name_with_blanks_and_quotation_marks_can_log_in(server: FaultServer, capabilities: str, name: str) -> None:
    """R18: nothing of it becomes a command."""
    server.capabilities = capabilities
    sent = name if "PLAIN" in capabilities else name.replace("\\", "\\\\").replace('"', '\\"')
    server.user = sent
    with ImapMailbox(ImapSettings(**(vars(settings(server)) | {"username": name}))) as mailbox:
        assert raws(mailbox) == [RAW]


@pytest.mark.parametrize("fault", [hang_up, bye, stall], ids=["closed", "BYE", "timeout"])
@pytest.mark.parametrize("command", ["LOGIN", "AUTHENTICATE"])
def test_a_connection_that_breaks_in_the_login_is_no_refusal(
    server: FaultServer, fault: Callable[[Talk, str, str], bool], command: str
) -> None:
    """R23: IMAPClient calls both a LoginError; a wait of 15 min would be wrong."""
    server.capabilities = "IMAP4rev1" if command == "LOGIN" else "IMAP4rev1 AUTH=PLAIN"
    server.on[command] = fault
    with pytest.raises(MailboxError) as caught:
        mailbox_of(server).connect()
    assert not isinstance(caught.value, MailboxLoginError)


def test_a_server_that_can_not_look_the_password_up_now_has_not_refused_it(server: FaultServer) -> None:
    """R23: RFC 5530 UNAVAILABLE."""

    def unavailable(talk: Talk, tag: str, rest: str) -> bool:
        talk.say(f"{tag} NO [UNAVAILABLE] no directory")
        return True

    server.on["AUTHENTICATE"] = unavailable
    with pytest.raises(MailboxError, match="can't log us in now") as caught:
        mailbox_of(server).connect()
    assert not isinstance(caught.value, MailboxLoginError)


def test_a_server_that_takes_no_password_in_the_clear_is_told(server: FaultServer) -> None:
    """R28"""
    server.capabilities = "IMAP4rev1 LOGINDISABLED"
    with pytest.raises(MailboxError, match='security = "tls" or "starttls"'):
        mailbox_of(server).connect()
    assert not any("LOGIN " in line for line in server.lines)


def _token_command(folder: Path, *tokens: str) -> str:
    """A command that prints the next token each time, the last one for ever."""
    for number, token in enumerate(tokens, start=1):
        (folder / f"token{number}").write_text(token)
    script = folder / "next"
    script.write_text(
        f"cd {folder}; n=$(cat n 2>/dev/null || echo 0); n=$((n+1)); echo $n >n;"
        f" [ $n -gt {len(tokens)} ] && n={len(tokens)}; cat token$n"
    )
    return f"sh {script}"


def test_a_token_is_kept_until_the_server_refuses_it(server: FaultServer, tmp_path: Path) -> None:
    """R32: the expired one is replaced on the same connection."""
    command = _token_command(tmp_path, "good-token", "new-token")
    mailbox = mailbox_of(server, auth="xoauth2", token_command=command)
    mailbox.connect()
    mailbox.connect()
    assert (tmp_path / "n").read_text().strip() == "1"
    server.tokens = {"new-token"}
    mailbox.connect()
    assert raws(mailbox) == [RAW]
    assert (tmp_path / "n").read_text().strip() == "2"
    assert server.connections == 3
    mailbox.close()


def test_a_refused_token_is_one_line_without_the_token(server: FaultServer, tmp_path: Path) -> None:
    """R32"""
    with pytest.raises(MailboxLoginError, match="token_command") as caught:
        mailbox_of(server, auth="xoauth2", token_command=_token_command(tmp_path, "bad-token")).connect()
    assert "bad-token" not in str(caught.value)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param("false", "ended with 1 and no token", id="fails"),
        pytest.param("true", "ended with 0 and no token", id="says nothing"),
        pytest.param("echo two words", "more than one word", id="says too much"),
        pytest.param("/no/such/program", "can't be run: No such file or directory", id="is not there"),
        pytest.param("echo 'open", "can't be split into words", id="open quotation"),
        pytest.param("", "token_command is not set", id="empty"),
    ],
)
def test_a_token_command_that_gives_no_token_is_told(server: FaultServer, command: str, said: str) -> None:
    """R32"""
    with pytest.raises(MailboxLoginError, match=said):
        mailbox_of(server, auth="xoauth2", token_command=command).connect()


def test_bodies_are_not_written_to_a_debug_log(server: FaultServer) -> None:
    """IMAPClient sets imaplib's debug level to 5, which makes a repr of every body."""
    with mailbox_of(server) as mailbox:
        assert mailbox._client is not None
        assert mailbox._client._imap.debug == 0
    assert "pw" not in repr(settings(server))
