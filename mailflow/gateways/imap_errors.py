"""Foreign exceptions stop here: what IMAPClient, imaplib, ssl and sockets raise becomes one clear line."""

from __future__ import annotations

import imaplib
import re
import socket
import ssl

from imapclient.exceptions import CapabilityError

SAID_MAX = 300
_IMAPLIB_PREFIX = re.compile(r"^command: \w+ => ")


def is_plain_refusal(error: BaseException) -> bool:
    """Tell whether the server just said NO: the connection is in order and can be used on (R22: no other error is)."""
    return type(error) is imaplib.IMAP4.error and " failed: " in str(error)


def told(error: BaseException) -> str:
    """Say in one line what went wrong and what would do; at most 300 characters of what the server said."""
    if isinstance(error, ssl.SSLCertVerificationError):
        return (
            f"has a certificate that can't be trusted ({error.verify_message}); check the host name, or its certificate"
        )
    if isinstance(error, ssl.SSLError):
        reason = getattr(error, "reason", "") or "handshake failed"
        return f"does not speak TLS as expected ({reason}); check port and security"
    if isinstance(error, socket.gaierror):
        return "has no address in the DNS; check mailbox.imap.host"
    if isinstance(error, TimeoutError):
        return "did not answer in time"
    if isinstance(error, ConnectionRefusedError):
        return "refuses connections; check mailbox.imap.host and port, or wait until the server is back"
    if isinstance(error, OSError):
        return f"broke the connection ({error.strerror or type(error).__name__})"
    if isinstance(error, CapabilityError) and "STARTTLS" in str(error):
        return 'offers no STARTTLS; security = "tls" on port 993 would do'
    if isinstance(error, imaplib.IMAP4.abort):
        return _aborted(one_line(_IMAPLIB_PREFIX.sub("", str(error))))
    if isinstance(error, imaplib.IMAP4.error):
        return f"answered: {one_line(str(error))}"
    return f"sent what can't be understood ({type(error).__name__})"


def _aborted(said: str) -> str:
    return "closed the connection" if "EOF" in said else f"broke off: {said}"


def one_line(text: str) -> str:
    """Return `text` on one line, without control characters, cut at 300 characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in text[: 2 * SAID_MAX]).split())[:SAID_MAX]
