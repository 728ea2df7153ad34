"""Messages put together by hand, as mail programs do it: the order of fields, encodings and boundaries are theirs."""

from __future__ import annotations

import base64
import quopri
from collections.abc import Sequence
from dataclasses import dataclass
from email.header import Header

CODECS = {"iso-2022-jp": "iso2022_jp", "us-ascii": "ascii", "windows-1252": "cp1252"}
Fields = Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Part:
    """A body with its own header fields; line ends are LF until the mail is finished."""

    fields: tuple[tuple[str, str], ...]
    body: bytes


def fitting_charset(text: str, charsets: Sequence[str]) -> str:
    """Give the first charset that can hold all of the text, else the last one."""
    for charset in charsets:
        try:
            text.encode(CODECS.get(charset, charset))
        except UnicodeEncodeError:
            continue
        return charset
    return charsets[-1]


def text_part(text: str, subtype: str, charset: str, transfer: str, parameters: str = "") -> Part:
    """Make a text part; what the charset can't hold becomes '?', in HTML a character reference.

    transfer: 7bit, 8bit, quoted-printable or base64 (RFC 2045). parameters: more of Content-Type, beginning with ';'.
    """
    errors = "xmlcharrefreplace" if subtype == "html" else "replace"
    data = text.encode(CODECS.get(charset, charset), errors)
    if transfer == "quoted-printable":
        data = quopri.encodestring(data)
    elif transfer == "base64":
        data = base64.encodebytes(data.replace(b"\n", b"\r\n"))
    fields = (
        ("Content-Type", f"text/{subtype}; charset={charset}{parameters}"),
        ("Content-Transfer-Encoding", transfer),
    )
    return Part(fields, data)


def both(text: str, html: str, transfer: str = "quoted-printable", charset: str = "utf-8") -> list[Part]:
    """Make the text part and the HTML part of a multipart/alternative."""
    return [text_part(text, "plain", charset, transfer), text_part(html, "html", charset, transfer)]


def multipart(subtype: str, boundary: str, parts: Sequence[Part], parameters: str = "", preamble: str = "") -> Part:
    """Put parts together (RFC 2046 section 5.1)."""
    pieces = [preamble.encode() + b"\n" if preamble else b""]
    for part in parts:
        pieces.append(
            b"--" + boundary.encode() + b"\n" + _header(part.fields) + b"\n" + part.body.rstrip(b"\n") + b"\n\n"
        )
    pieces.append(b"--" + boundary.encode() + b"--\n")
    return Part((("Content-Type", f'multipart/{subtype};{parameters}\n\tboundary="{boundary}"'),), b"".join(pieces))


def finish(fields: Fields, body: Part) -> bytes:
    """Give the bytes of a mail, line ends CRLF. Fields of the body follow the others; values are ASCII by now."""
    data = _header(fields) + _header(body.fields) + b"\n" + body.body
    return data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def encoded(text: str, charset: str = "utf-8", name: str = "Subject") -> str:
    """Write a text for a header field, in encoded words (RFC 2047) where it is not ASCII."""
    if text.isascii():
        return text
    return Header(text, fitting_charset(text, (charset, "utf-8")), header_name=name).encode(linesep="\n")


def mailbox(name: str, address: str, charset: str = "utf-8", quote: bool = False) -> str:
    """Write 'Name <address>' for a header field; quote: in quotes even if there is no need."""
    if not name:
        return address
    if not name.isascii():
        return f"{encoded(name, charset, 'From')} <{address}>"
    needs_quotes = quote or any(c in '()<>[]:;@\\,."' for c in name)
    return f'"{name}" <{address}>' if needs_quotes else f"{name} <{address}>"


def _header(fields: Fields) -> bytes:
    return b"".join(f"{name}: {value}\n".encode("ascii") for name, value in fields)
