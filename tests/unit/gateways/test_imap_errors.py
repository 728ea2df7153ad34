"""Foreign exceptions become one line that says what would do."""

from __future__ import annotations

import imaplib
import socket
import ssl

import pytest
from imapclient.exceptions import LoginError, ProtocolError

from mailflow.gateways.imap_errors import is_plain_refusal, one_line, told


@pytest.mark.parametrize(
    ("error", "line"),
    [
        (imaplib.IMAP4.abort("socket error: EOF"), "closed the connection"),
        (imaplib.IMAP4.abort("command: FETCH => going down"), "broke off: going down"),
        (imaplib.IMAP4.error("move failed: [OVERQUOTA] full"), "answered: move failed: [OVERQUOTA] full"),
        (TimeoutError("timed out"), "did not answer in time"),
        (ConnectionResetError(104, "Connection reset by peer"), "broke the connection (Connection reset by peer)"),
        (socket.gaierror(-2, "Name or service not known"), "has no address in the DNS; check mailbox.imap.host"),
        (ssl.SSLError("x"), "does not speak TLS as expected (handshake failed); check port and security"),
        (UnicodeDecodeError("ascii", b"\xff", 0, 1, "x"), "sent what can't be understood (UnicodeDecodeError)"),
        (MemoryError(), "sent what can't be understood (MemoryError)"),
    ],
)
def test_what_is_told_of_a_failure(error: Exception, line: str) -> None:
    assert told(error) == line


@pytest.mark.parametrize(
    ("error", "is_plain"),
    [
        pytest.param(imaplib.IMAP4.error("move failed: no"), True, id="NO"),
        pytest.param(imaplib.IMAP4.error("FETCH command error: BAD [b'x']"), False, id="BAD"),
        pytest.param(imaplib.IMAP4.abort("move failed: no"), False, id="abort"),
        pytest.param(imaplib.IMAP4.readonly("INBOX is not writable"), False, id="read-only"),
        pytest.param(ProtocolError("x failed: y"), False, id="parse error"),
        pytest.param(LoginError("login failed: no"), False, id="login"),
        pytest.param(TimeoutError(), False, id="timeout"),
    ],
)
def test_only_a_no_leaves_the_connection_in_order(error: Exception, is_plain: bool) -> None:
    """R22"""
    assert is_plain_refusal(error) is is_plain


def test_what_a_server_says_stays_on_one_short_line() -> None:
    assert one_line("a\r\n\x1b[31mb\0 " + "x" * 10_000) == ("a [31mb " + "x" * 300)[:300]
