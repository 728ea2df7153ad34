"""Waiting for mail: with IDLE, without it, and with a server that dies or chatters meanwhile."""

from __future__ import annotations

import threading

import pytest

from mailflow.errors import MailboxError
from mailflow.gateways.imap import ImapMailbox
from tests.acceptance.imap_fault import (
    FaultServer,
    Mail,
    Talk,
    hang_up,
    once,
)
from tests.acceptance.imap_fault_mailbox import NEVER, OTHER, RAW, mailbox_of, raws, settings


def test_a_server_that_closes_in_idle_is_noticed_and_the_mail_found_after_a_reconnect(
    fault_server: FaultServer,
) -> None:
    """R20, fault row 7: no spinning; the second connection finds the mail."""
    fault_server.on["IDLE"] = once(hang_up)
    mailbox = mailbox_of(fault_server)
    mailbox.connect()
    rounds = 0
    found: list[bytes] = []
    while len(found) < 2 and rounds < 10:
        rounds += 1
        try:
            if not mailbox.is_connected:
                mailbox.connect()
                fault_server.inbox[2] = Mail(OTHER)
            found = raws(mailbox)
            mailbox.wait(0.05, NEVER)
        except MailboxError as error:
            assert "closed the connection" in str(error)
    assert found == [RAW, OTHER]
    assert rounds < 5
    assert fault_server.connections == 2


class RecordingStop(threading.Event):
    """Notes how long it was waited for, and does not wait."""

    def __init__(self) -> None:
        super().__init__()
        self.waits: list[float] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.waits.append(timeout or 0.0)
        return False


def test_a_chattering_server_is_asked_at_most_once_a_second(fault_server: FaultServer) -> None:
    """R20: the loop's floor."""

    def chatter(talk: Talk, tag: str, rest: str) -> bool:
        talk.send(b"+ idling\r\n* 1 EXISTS\r\n")
        talk.hear()
        talk.say(f"{tag} OK done")
        return True

    fault_server.on["IDLE"] = chatter
    stop = RecordingStop()
    with ImapMailbox(settings(fault_server)) as mailbox:
        mailbox.wait(30, stop)
        mailbox.wait(30, stop)
    assert stop.waits[0] == 0
    assert 0.5 < stop.waits[1] <= 1.0


def test_mail_is_found_though_every_announcement_is_swallowed(fault_server: FaultServer) -> None:
    """R21: IDLE is never the only trigger."""
    with mailbox_of(fault_server) as mailbox:
        assert raws(mailbox) == [RAW]
        fault_server.inbox[2] = Mail(OTHER)
        mailbox.wait(0.05, NEVER)
        assert raws(mailbox, after_uid=1) == [OTHER]
    idle_to_noop = [line for line in fault_server.commands() if line in ("IDLE", "NOOP")]
    assert idle_to_noop == ["IDLE", "NOOP"]


@pytest.mark.parametrize(
    "pieces",
    [
        pytest.param([b"+ idling\r\n* 2 EXISTS\r\n"], id="in the packet of the continuation"),
        pytest.param([b"* 2 EXISTS\r\n+ idling\r\n* 1 RECENT\r\n"], id="before the continuation"),
        pytest.param([b"+ idling\r\n", b"* 2 EXI", b"STS\r\n"], id="split by TCP"),
    ],
)
def test_an_announcement_ends_the_wait_at_once(fault_server: FaultServer, pieces: list[bytes]) -> None:
    """R21: where idle_check() aborts, or misses it."""

    def announce(talk: Talk, tag: str, rest: str) -> bool:
        for piece in pieces:
            talk.send(piece)
            threading.Event().wait(0.02)
        talk.hear()
        talk.say(f"{tag} OK done")
        return True

    fault_server.on["IDLE"] = announce
    stop = threading.Event()
    too_long = threading.Timer(20, stop.set)
    too_long.start()
    with mailbox_of(fault_server, read_timeout_s=5) as mailbox:
        mailbox.wait(60, stop)
        assert not stop.is_set()
        assert raws(mailbox) == [RAW]
    too_long.cancel()


@pytest.mark.parametrize("answer", ["NO not now", "BAD what"])
def test_a_server_that_refuses_to_idle_is_polled_on_the_same_connection(fault_server: FaultServer, answer: str) -> None:
    """R21"""

    def refuse(talk: Talk, tag: str, rest: str) -> bool:
        talk.say(f"{tag} {answer}")
        return True

    fault_server.on["IDLE"] = refuse
    stop = RecordingStop()
    with mailbox_of(fault_server, poll_s=17) as mailbox:
        mailbox.wait(300, stop)
        assert raws(mailbox) == [RAW]
    assert stop.waits[-1] == 17
    assert fault_server.connections == 1


def test_without_idle_the_mailbox_is_polled(fault_server: FaultServer) -> None:
    """R21"""
    fault_server.capabilities = "IMAP4rev1"
    stop = RecordingStop()
    with mailbox_of(fault_server, poll_s=17) as mailbox:
        mailbox.wait(300, stop)
        mailbox.wait(5, stop)
    assert [wait for wait in stop.waits if wait] == [17, 5]
    assert "IDLE" not in fault_server.commands()


def test_a_stop_ends_the_wait(fault_server: FaultServer) -> None:
    """R21, and SIGTERM: IDLE is ended in order."""
    stop = threading.Event()
    with mailbox_of(fault_server, read_timeout_s=5) as mailbox:
        threading.Timer(0.05, stop.set).start()
        mailbox.wait(60, stop)
        assert mailbox.is_connected
    assert "DONE" in fault_server.lines
