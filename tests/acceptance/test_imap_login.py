"""The login: one line when it is refused, no password or token in it, and no refusal where there was none."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from mailflow.errors import MailboxError, MailboxLoginError
from mailflow.gateways.imap_connection import drop, open_connection
from mailflow.gateways.imap_login import Login
from tests.acceptance.imap_fault import (
    FaultServer,
    Talk,
    bye,
    hang_up,
    stall,
)
from tests.acceptance.imap_fault_mailbox import RAW, mailbox_of, raws, settings


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"], ids=["PLAIN", "LOGIN"])
def test_a_refused_login_is_one_line_without_the_password(fault_server: FaultServer, capabilities: str) -> None:
    """R23: it has a kind of its own, so that it is tried again slowly; the server here repeats what it was sent."""
    fault_server.capabilities = capabilities
    with pytest.raises(MailboxLoginError) as caught:
        mailbox_of(fault_server, password="s3cret-word").connect()
    said = str(caught.value)
    assert said.startswith(f"mailbox {fault_server.host}:{fault_server.port} refused the login: ")
    assert "AUTHENTICATIONFAILED" in said
    assert "mailbox.imap.username" in said
    assert "s3cret-word" not in said
    assert "\n" not in said


@pytest.mark.parametrize("capabilities", ["IMAP4rev1 AUTH=PLAIN", "IMAP4rev1"], ids=["PLAIN", "LOGIN"])
@pytest.mark.parametrize("name", ["desk", 'de"sk \\x'])
def test_a_name_with_blanks_and_quotation_marks_can_log_in(
    fault_server: FaultServer, capabilities: str, name: str
) -> None:
    """R18: nothing of it becomes a command."""
    fault_server.capabilities = capabilities
    sent = name if "PLAIN" in capabilities else name.replace("\\", "\\\\").replace('"', '\\"')
    fault_server.user = sent
    with mailbox_of(fault_server, username=name) as mailbox:
        assert raws(mailbox) == [RAW]


def test_a_password_beyond_ascii_needs_a_server_that_takes_it(fault_server: FaultServer) -> None:
    """R18"""
    fault_server.password = "pässwort"
    with mailbox_of(fault_server) as mailbox:
        assert raws(mailbox) == [RAW]
    fault_server.capabilities = "IMAP4rev1"
    with pytest.raises(MailboxLoginError, match="only ASCII letters"):
        mailbox_of(fault_server).connect()


@pytest.mark.parametrize("fault", [hang_up, bye, stall], ids=["closed", "BYE", "timeout"])
@pytest.mark.parametrize("command", ["LOGIN", "AUTHENTICATE"])
def test_a_connection_that_breaks_in_the_login_is_no_refusal(
    fault_server: FaultServer, fault: Callable[[Talk, str, str], bool], command: str
) -> None:
    """R23: IMAPClient calls both a LoginError; a wait of 15 min would be wrong."""
    fault_server.capabilities = "IMAP4rev1" if command == "LOGIN" else "IMAP4rev1 AUTH=PLAIN"
    fault_server.on[command] = fault
    with pytest.raises(MailboxError) as caught:
        mailbox_of(fault_server).connect()
    assert not isinstance(caught.value, MailboxLoginError)


def test_a_server_that_can_not_look_the_password_up_now_has_not_refused_it(fault_server: FaultServer) -> None:
    """R23: RFC 5530 UNAVAILABLE."""

    def unavailable(talk: Talk, tag: str, rest: str) -> bool:
        talk.say(f"{tag} NO [UNAVAILABLE] no directory")
        return True

    fault_server.on["AUTHENTICATE"] = unavailable
    with pytest.raises(MailboxError, match="can't log us in now") as caught:
        mailbox_of(fault_server).connect()
    assert not isinstance(caught.value, MailboxLoginError)


def test_a_server_that_takes_no_password_in_the_clear_is_told(fault_server: FaultServer) -> None:
    """R28"""
    fault_server.capabilities = "IMAP4rev1 LOGINDISABLED"
    with pytest.raises(MailboxError, match='security = "tls" or "starttls"'):
        mailbox_of(fault_server).connect()
    assert not any("LOGIN " in line for line in fault_server.lines)


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


def test_a_token_is_kept_until_the_server_refuses_it(fault_server: FaultServer, tmp_path: Path) -> None:
    """R32, fault row 15: the expired one is replaced on the same connection."""
    command = _token_command(tmp_path, "good-token", "new-token")
    mailbox = mailbox_of(fault_server, auth="xoauth2", token_command=command)
    mailbox.connect()
    mailbox.connect()
    assert (tmp_path / "n").read_text().strip() == "1"
    fault_server.tokens = {"new-token"}
    mailbox.connect()
    assert raws(mailbox) == [RAW]
    assert (tmp_path / "n").read_text().strip() == "2"
    assert fault_server.connections == 3
    mailbox.close()


@pytest.mark.parametrize(
    ("told", "later_s", "commands"),
    [
        pytest.param('{"access_token": "%s", "expires_in": 3600}', 3400, 1, id="good for three minutes more"),
        pytest.param('{"access_token": "%s", "expires_in": 3600}', 3500, 2, id="over in less than two minutes"),
        pytest.param('{"access_token": "%s", "expires_in": "3600"}', 3500, 2, id="the number as text"),
        pytest.param('{"access_token": "%s", "expires_in": 60}', 29, 1, id="a short one, in its first half"),
        pytest.param('{"access_token": "%s", "expires_in": 60}', 31, 2, id="a short one, in its second half"),
        pytest.param('{"access_token": "%s"}', 1e9, 1, id="JSON that does not say"),
        pytest.param("%s", 1e9, 1, id="the token alone"),
    ],
)
def test_a_token_is_renewed_before_it_expires(
    fault_server: FaultServer, tmp_path: Path, told: str, later_s: float, commands: int
) -> None:
    """R32: a server that is never shown an expired token has nothing to refuse."""
    fault_server.tokens = {"first", "second"}
    command = _token_command(tmp_path, told % "first", told % "second")
    account = settings(fault_server, auth="xoauth2", token_command=command)
    instants = iter((0.0, 0.0, later_s, later_s))
    login = Login(account, lambda: next(instants))
    for _ in range(2):
        client = open_connection(account, None)
        login(client)
        drop(client)
    assert (tmp_path / "n").read_text().strip() == str(commands)


def test_a_refused_token_is_one_line_without_the_token(fault_server: FaultServer, tmp_path: Path) -> None:
    """R32"""
    with pytest.raises(MailboxLoginError, match="token_command") as caught:
        mailbox_of(fault_server, auth="xoauth2", token_command=_token_command(tmp_path, "bad-token")).connect()
    assert "bad-token" not in str(caught.value)


@pytest.mark.parametrize(
    ("command", "said"),
    [
        pytest.param("false", "ended with 1 and no token", id="fails"),
        pytest.param("true", "ended with 0 and no token", id="says nothing"),
        pytest.param("echo '{}'", "ended with 0 and no token", id="JSON without a token"),
        pytest.param('echo \'{"access_token": 7, "expires_in": "x"}\'', "and no token", id="JSON of another kind"),
        pytest.param("echo two words", "more than one word", id="says too much"),
        pytest.param("/no/such/program", "can't be run: No such file or directory", id="is not there"),
        pytest.param("echo 'open", "can't be split into words", id="open quotation"),
        pytest.param("", "token_command is not set", id="empty"),
    ],
)
def test_a_token_command_that_gives_no_token_is_told(fault_server: FaultServer, command: str, said: str) -> None:
    """R32"""
    with pytest.raises(MailboxLoginError, match=said):
        mailbox_of(fault_server, auth="xoauth2", token_command=command).connect()
