"""The connection is secure before anything is said in it."""

from __future__ import annotations

import pytest

from mailflow.errors import MailboxError
from mailflow.gateways.imap import ImapMailbox
from tests.acceptance.certificates import contexts
from tests.acceptance.imap_fault import (
    FaultServer,
    Mail,
    Talk,
)
from tests.acceptance.imap_fault_mailbox import NEVER, RAW, mailbox_of, raws, settings


def test_a_greeting_that_says_we_are_logged_in_is_refused(fault_server: FaultServer) -> None:
    """R28: PREAUTH, which skips both TLS and login."""
    fault_server.greeting = "* PREAUTH welcome back"
    for security in ("none", "starttls"):
        with pytest.raises(MailboxError, match="PREAUTH"):
            mailbox_of(fault_server, security=security).connect()
    assert not any("SELECT" in line or "LOGIN" in line for line in fault_server.lines)


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


def test_starttls_secures_the_connection_before_the_login(fault_server: FaultServer) -> None:
    """R28: capabilities heard before TLS are forgotten."""
    server_tls, client_tls = contexts()
    fault_server.capabilities, fault_server.starttls = "IMAP4rev1 STARTTLS LOGINDISABLED", server_tls

    def begin(talk: Talk, tag: str, rest: str) -> bool:
        fault_server.capabilities = "IMAP4rev1 AUTH=PLAIN"
        return False

    fault_server.on["STARTTLS"] = begin
    with ImapMailbox(settings(fault_server, security="starttls"), tls=client_tls) as mailbox:
        assert raws(mailbox) == [RAW]
    words = [line.split()[0] for line in fault_server.commands()]
    assert words.index("STARTTLS") < words.index("AUTHENTICATE")


@pytest.mark.parametrize("injected", [b"* OK [CAPABILITY IMAP4rev1 AUTH=PLAIN] mine\r\n", b"x" * 10])
def test_text_injected_between_starttls_and_tls_is_refused(fault_server: FaultServer, injected: bytes) -> None:
    """R28"""
    server_tls, client_tls = contexts()
    fault_server.capabilities, fault_server.starttls = "IMAP4rev1 STARTTLS", server_tls

    def inject(talk: Talk, tag: str, rest: str) -> bool:
        talk.send(f"{tag} OK begin\r\n".encode() + injected)
        talk.secure(server_tls)
        return True

    fault_server.on["STARTTLS"] = inject
    with pytest.raises(MailboxError, match="injected between STARTTLS and TLS"):
        ImapMailbox(settings(fault_server, security="starttls"), tls=client_tls).connect()
    assert not any("LOGIN" in line or "AUTHENTICATE" in line for line in fault_server.lines)


def test_a_server_without_starttls_is_not_spoken_to_in_the_clear(fault_server: FaultServer) -> None:
    """R28"""
    with pytest.raises(MailboxError, match="offers no STARTTLS"):
        mailbox_of(fault_server, security="starttls").connect()
    assert not any("LOGIN" in line or "AUTHENTICATE" in line for line in fault_server.lines)
