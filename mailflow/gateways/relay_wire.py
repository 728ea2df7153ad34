"""An envelope as the octets of one SMTP transaction: commands, dot-stuffed body; or why it can't be one. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from mailflow.domain.relay import Envelope, RelayAnswer, refused_here

LINE_MAX_OCTETS = 998  # without CRLF: RFC 5321 section 4.5.3.1.6

# No control, space or angle bracket can end the path early and begin another parameter or command.
_PLAIN_PATH = re.compile(r"[!-;=?-~]+@[!-;=?A-~]+")  # what nearly every one is
_FORBIDDEN_IN_PATH = re.compile(r"[\x00-\x20\x7f<>]")


@dataclass(frozen=True, slots=True)
class Transaction:
    """mail, rcpt: command lines with CRLF. data: the dot-stuffed body with its final dot."""

    mail: bytes
    rcpt: bytes
    data: bytes


class _Unfit(Exception):
    def __init__(self, text: str, enhanced: str) -> None:
        self.answer = refused_here(text, enhanced)
        super().__init__(text)


def transaction(envelope: Envelope, extensions: Mapping[str, str]) -> Transaction | RelayAnswer:
    """Put an envelope on the wire of a relay that offers these extensions; a RelayAnswer when that can't be done."""
    try:
        data = envelope.body + b".\r\n" if envelope.is_wire_text else dotted(envelope.body)
        mail_from, rcpt_to = _path(envelope.mail_from, may_be_null=True), _path(envelope.rcpt_to)
        parameters = _parameters(data, mail_from + rcpt_to, extensions)
    except _Unfit as unfit:
        return unfit.answer
    return Transaction(f"MAIL FROM:<{mail_from}>{parameters}\r\n".encode(), f"RCPT TO:<{rcpt_to}>\r\n".encode(), data)


def dotted(body: bytes) -> bytes:
    """Give the body as DATA sends it: CRLF alone ends lines, dots at line starts doubled, the final dot.

    A bare CR or LF never leaves (RFC 5321 section 2.3.8): a server that took it for a line end could be made to
    see a second mail in the first.
    """
    lines = body.splitlines()  # of bytes: at CRLF, CR and LF, and nowhere else
    if max(map(len, lines), default=0) > LINE_MAX_OCTETS:
        raise _Unfit(f"not sent: a line has more than {LINE_MAX_OCTETS} octets", "5.6.0")
    body = b"\r\n".join(lines) + b"\r\n"
    if b"\0" in body:
        raise _Unfit("not sent: the mail holds a NUL", "5.6.0")
    if body.startswith(b"."):
        body = b"." + body
    if b"\n." in body:
        body = body.replace(b"\n.", b"\n..")
    return body + b".\r\n"


def _path(address: str, *, may_be_null: bool = False) -> str:
    """Check an address for a path; a domain in another script goes as its A-label (RFC 5891)."""
    if _PLAIN_PATH.fullmatch(address):
        return address
    if not address and may_be_null:
        return ""
    local, at, domain = address.rpartition("@")
    if not (local and at and domain) or _FORBIDDEN_IN_PATH.search(address):
        raise _Unfit("not sent: not an address that SMTP can carry", "5.1.3")
    if not domain.isascii():
        try:
            domain = domain.encode("idna").decode("ascii")
        except UnicodeError:
            raise _Unfit("not sent: the domain has no form for the DNS", "5.1.2") from None
    try:
        local.encode("utf-8")
    except UnicodeError:
        raise _Unfit("not sent: not an address that SMTP can carry", "5.1.3") from None
    return f"{local}@{domain}"


def _parameters(data: bytes, paths: str, extensions: Mapping[str, str]) -> str:
    parameters = ""
    if "SIZE" in extensions:  # RFC 1870
        limit = extensions["SIZE"]
        if limit.isdigit() and 0 < int(limit) < len(data):
            raise _Unfit(f"not sent: {len(data)} octets, and the relay takes {limit}", "5.3.4")
        parameters += f" SIZE={len(data)}"
    if not data.isascii():
        if "8BITMIME" not in extensions:  # RFC 6152
            raise _Unfit("not sent: the mail is not 7-bit clean and the relay offers no 8BITMIME", "5.6.3")
        parameters += " BODY=8BITMIME"
    if not paths.isascii():
        if "SMTPUTF8" not in extensions:  # RFC 6531
            raise _Unfit("not sent: the address needs SMTPUTF8, which the relay does not offer", "5.6.7")
        parameters += " SMTPUTF8"
    return parameters
