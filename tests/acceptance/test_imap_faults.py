"""The mailbox gateway against a server that misbehaves: each fault costs the connection at most, never a mail."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailflow.errors import MailboxError
from mailflow.gateways.imap import ImapMailbox
from tests.acceptance.imap_fault import (
    GIANT,
    FaultServer,
    Hangup,
    Talk,
    bye,
    giant_literal,
    hang_up,
    on_bodies,
    once,
    stall,
)
from tests.acceptance.imap_fault_mailbox import NEVER, RAW, mailbox_of, raws


def test_a_server_without_a_greeting_is_given_up(fault_server: FaultServer) -> None:
    """R19"""
    fault_server.greeting = ""
    with pytest.raises(MailboxError, match="did not answer in time"):
        mailbox_of(fault_server, connect_timeout_s=0.4).connect()


@pytest.mark.parametrize("command", ["CAPABILITY", "AUTHENTICATE", "SELECT", "UID SEARCH", "UID FETCH", "NOOP"])
def test_a_command_without_an_answer_ends_after_the_read_timeout(fault_server: FaultServer, command: str) -> None:
    """R19"""
    fault_server.on[command] = stall
    mailbox = mailbox_of(fault_server, connect_timeout_s=0.4)
    with pytest.raises(MailboxError, match=f"mailbox {fault_server.host}:{fault_server.port} did not answer in time"):
        _round(mailbox)
    assert not mailbox.is_connected


def test_a_server_that_ignores_the_end_of_idle_is_given_up(fault_server: FaultServer) -> None:
    """R19"""

    def deaf(talk: Talk, tag: str, rest: str) -> bool:
        talk.say("+ idling")
        return stall(talk, tag, rest)

    fault_server.on["IDLE"] = deaf
    with mailbox_of(fault_server) as mailbox, pytest.raises(MailboxError, match="did not answer in time"):
        mailbox.wait(0.05, NEVER)


def _round(mailbox: ImapMailbox) -> list[bytes]:
    mailbox.connect()
    found = raws(mailbox)
    mailbox.wait(0.01, NEVER)
    return found


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


FAULTS = [
    pytest.param(bye, "broke off: going down", id="fault row 12: BYE"),
    pytest.param(hang_up, "closed the connection", id="end of file"),
    pytest.param(stall, "did not answer in time", id="timeout"),
    pytest.param(_garbage, "unexpected response", id="not IMAP"),
    pytest.param(_unparsable, "answered: No closing", id="open quotation"),
    pytest.param(_uneven, "answered: uneven number", id="item without a value"),
    pytest.param(_other_tag, "unexpected tagged response", id="another command's tag"),
    pytest.param(_bad, "BAD", id="BAD"),
    pytest.param(_endless_line, "more than 1000000 bytes", id="endless line"),
    pytest.param(_cut_literal, "closed the connection", id="R25, fault row 9: drop in a literal"),
    pytest.param(_stalled_literal, "did not answer in time", id="R25, fault row 10: stall in a literal"),
    pytest.param(giant_literal, f"announced {GIANT} bytes", id="R24, fault row 11: giant literal"),
]


@pytest.mark.parametrize(("fault", "said"), FAULTS)
def test_a_fault_costs_the_connection_and_no_mail(
    fault_server: FaultServer, fault: Callable[[Talk, str, str], bool], said: str
) -> None:
    """R22, R25: nothing partial comes out; the next connection brings the mail."""
    fault_server.on["UID FETCH"] = on_bodies(fault)
    mailbox = mailbox_of(fault_server)
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
    assert fault_server.connections == 2


def test_a_plain_no_keeps_the_connection(fault_server: FaultServer) -> None:
    """R22: only what breaks the conversation costs it."""

    def busy(talk: Talk, tag: str, rest: str) -> bool:
        talk.say(f"{tag} NO [INUSE] try later")
        return True

    fault_server.on["UID SEARCH"] = once(busy)
    with mailbox_of(fault_server) as mailbox:
        with pytest.raises(MailboxError, match=r"\[INUSE\] try later"):
            mailbox.fetch_new(0, 50)
        assert mailbox.is_connected
        assert raws(mailbox) == [RAW]
    assert fault_server.connections == 1


def test_a_server_that_is_down_is_told_in_one_line_and_found_again(fault_server: FaultServer) -> None:
    """R23: a reconnect that fails is an answer like any other; the mailbox is of use again when the server is back."""
    mailbox = mailbox_of(fault_server)
    gone = mailbox_of(fault_server, port=1)
    with pytest.raises(MailboxError, match="refuses connections"):
        gone.connect()
    fault_server.greeting = "* BYE overloaded"
    with pytest.raises(MailboxError, match="overloaded"):
        mailbox.connect()
    fault_server.greeting = "* OK ready"
    mailbox.connect()
    assert raws(mailbox) == [RAW]
    mailbox.close()
