"""Header values as they go on the wire: encoded words, addresses, folding (RFC 5322, 2047). Pure.

A value with CR, LF or NUL is refused (R92): nothing that a person wrote can begin a header of its own.
"""

from __future__ import annotations

import base64
import re
from datetime import datetime
from functools import lru_cache

from mailflow.errors import MailflowError

_LINE_BREAK = re.compile(r"[\r\n\x00]")
_ADDRESS = re.compile(r'[^\s@<>()\[\],;:\\"\x00-\x1f\x7f]{1,64}@[^\s@<>()\[\],;:\\"\x00-\x1f\x7f]{1,255}')
_ID = re.compile(r"<[\x21-\x3b\x3d\x3f-\x7e]{1,900}>")
_FIELD_NAME = re.compile(r"[A-Za-z][A-Za-z0-9-]{0,60}")
_WORD_OCTETS = 39  # of UTF-8 in an encoded word, so that the longest field name of ours fits on its line of 76
_FOLD_AT = 66
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


class UnsafeValue(MailflowError):
    """A value can't stand where it should in a mail; this mail alone is not sent."""


def refuse_breaks(value: str, where: str) -> str:
    """Give the value back, or raise UnsafeValue when it holds CR, LF or NUL."""
    if _LINE_BREAK.search(value):
        raise UnsafeValue(f"{where} holds a line break or NUL: {value[:80]!r}")
    return value


@lru_cache(maxsize=256)  # the mails of a mailing have few different subjects
def unstructured(value: str, where: str) -> str:
    """Encode free text, as in Subject."""
    refuse_breaks(value, where)
    if _is_plain(value):
        return value if len(value) <= _FOLD_AT else _folded(value)
    return _encoded_words(value, where)


def mailbox(address: str, name: str, where: str) -> str:
    """Encode `name <address>`; the name is quoted or encoded, so that it can't pass for an address."""
    at = addr_spec(address, where)
    if not name:
        return at
    refuse_breaks(name, where)
    if _is_plain(name) and len(name) <= _FOLD_AT:
        quoted = name.replace("\\", "\\\\").replace('"', '\\"')
        return f'"{quoted}"{_gap(quoted, at)}<{at}>'
    return f"{_encoded_words(name, where)}\r\n <{at}>"


def addr_spec(address: str, where: str) -> str:
    """Check an address; a domain in another script is given as its A-label (RFC 5891)."""
    if not _ADDRESS.fullmatch(address):
        raise UnsafeValue(f"{where} is no address: {address[:80]!r}")
    if address.isascii():
        return address
    local, _, domain = address.rpartition("@")
    try:
        local.encode("utf-8")
        return f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        raise UnsafeValue(f"{where} is no address: {address[:80]!r}") from None


def message_id(value: str, where: str) -> str:
    """Check an identifier in its angle brackets (RFC 5322 section 3.6.4)."""
    if not _ID.fullmatch(value):
        raise UnsafeValue(f"{where} is no message identifier: {value[:80]!r}")
    return value


def field_name(name: str) -> str:
    """Check the name of a header field."""
    if not _FIELD_NAME.fullmatch(name):
        raise UnsafeValue(f"no header can be called {name[:80]!r}")
    return name


@lru_cache(maxsize=1024)
def date_time(at: datetime) -> str:
    """Give an aware instant as RFC 5322 section 3.3 writes it."""
    offset = at.utcoffset()
    if offset is None:
        raise UnsafeValue("Date needs an instant with its offset")
    minutes = round(offset.total_seconds() / 60)
    sign, minutes = ("-" if minutes < 0 else "+"), abs(minutes)
    day = f"{_DAYS[at.weekday()]}, {at.day:02} {_MONTHS[at.month - 1]} {at.year:04}"
    return f"{day} {at:%H:%M:%S} {sign}{minutes // 60:02}{minutes % 60:02}"


def _is_plain(value: str) -> bool:
    """Tell whether a value reads back as itself without encoding."""
    return (
        value.isascii() and value.isprintable() and "=?" not in value and value == value.strip() and "  " not in value
    )


def _gap(quoted: str, address: str) -> str:
    return "\r\n " if len(quoted) + len(address) > _FOLD_AT else " "


def _folded(value: str) -> str:
    """Break a long line before a space; a word that is longer than a line is encoded instead."""
    lines, line = [], ""
    for word in value.split(" "):
        if len(word) > _FOLD_AT:
            return _encoded_words(value, "header")
        if line and len(line) + 1 + len(word) > _FOLD_AT:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}" if line else word
    return "\r\n ".join([*lines, line])


def _encoded_words(value: str, where: str) -> str:
    """RFC 2047: each word holds whole characters and at most 75 octets."""
    words: list[bytes] = [b""]
    try:
        for character in value:
            octets = character.encode("utf-8")
            if len(words[-1]) + len(octets) > _WORD_OCTETS:
                words.append(b"")
            words[-1] += octets
    except UnicodeEncodeError:
        raise UnsafeValue(f"{where} holds half a character") from None
    return "\r\n ".join(f"=?utf-8?b?{base64.b64encode(word).decode('ascii')}?=" for word in words)
