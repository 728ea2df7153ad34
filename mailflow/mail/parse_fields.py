"""Header sections: bytes to (name, unfolded value) pairs, and what values hold (RFC 5322, 2045, 2047, 2231)."""

from __future__ import annotations

import binascii
import re
from typing import TypeAlias
from urllib.parse import unquote_to_bytes

from mailflow.mail.parse_charset import decode_bytes, safe

Fields: TypeAlias = tuple[tuple[str, str], ...]

_FOLD = re.compile(rb"\r?\n[ \t]+")
_NAME = re.compile(rb"[!-9;-~]+[ \t]*\Z")  # RFC 5322 section 3.6.8; white space before the colon: section 4.5
_WORD = re.compile(r"=\?([^?\s]{1,60})\?([bBqQ])\?([^?\r\n]*)\?=")
_PLAIN = "\0"
_BETWEEN = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
_ANGLE_ID = re.compile(r"<([^<>\s]{1,998})>")
_PARAMETER = re.compile(r';[ \t]*([^\s=;"]{1,80})[ \t]*=[ \t]*(?:"((?:[^"\\]|\\.)*)"?|([^;]*))', re.S)


def split_section(raw: bytes, start: int = 0, end: int | None = None) -> tuple[int, int]:
    """Give where the header section that begins at `start` ends, and where the body begins."""
    end = len(raw) if end is None else end
    if raw.startswith((b"\n", b"\r\n"), start):
        return start, start + (1 if raw[start] == 10 else 2)
    lf, crlf = raw.find(b"\n\n", start, end), raw.find(b"\n\r\n", start, end)
    if lf < 0 and crlf < 0:
        return end, end
    if crlf < 0 or 0 <= lf < crlf:
        return lf + 1, lf + 2
    return crlf + 1, crlf + 3


def read_fields(section: bytes) -> tuple[Fields, int]:
    """Read a header section; the second value is the offset of the first line that is no field, or -1.

    Encoded words are left alone: identity is read before anything is decoded (R43).
    """
    fields: list[tuple[str, str]] = []
    for line in _FOLD.sub(b" ", section.strip(b"\r\n")).split(b"\n"):
        name, colon, value = line.partition(b":")
        if colon and _NAME.match(name):
            fields.append((name.strip().lower().decode("ascii"), decode_field(value.strip())))
        elif fields and line.strip():
            return tuple(fields), section.find(line)
        elif not line.startswith((b"From ", b">From ")) and line.strip():  # the envelope line of an mbox may come first
            return (), section.find(line)
    return tuple(fields), -1


def decode_field(value: bytes) -> str:
    """Give a raw value as text: UTF-8 where it is (RFC 6532), else the nearest guess; safe to store."""
    if value.isascii():
        return safe(value.decode("ascii"))
    return safe(decode_bytes(value, ""))


def decode_words(value: str) -> str:
    """Decode the encoded words of an unstructured value (RFC 2047), joining those that stand side by side."""
    if "=?" not in value:
        return value
    pieces: list[tuple[str, bytes]] = []  # (charset, bytes) of a word, (_PLAIN, bytes) of what stands between
    last = 0
    value = _BETWEEN.sub(r"\1", value)
    for found in _WORD.finditer(value):
        if found.start() > last:
            pieces.append((_PLAIN, value[last : found.start()].encode("utf-8", "replace")))
        charset, data = found[1].partition("*")[0].lower(), _word_bytes(found[2], found[3])
        if pieces and pieces[-1][0] == charset:
            data = pieces.pop()[1] + data  # a character may be split between two words
        pieces.append((charset, data))
        last = found.end()
    pieces.append((_PLAIN, value[last:].encode("utf-8", "replace")))
    return safe(
        "".join(data.decode() if charset == _PLAIN else decode_bytes(data, charset) for charset, data in pieces)
    )


def _word_bytes(encoding: str, data: str) -> bytes:
    raw = data.encode("utf-8", "replace")
    if encoding in "qQ":
        return binascii.a2b_qp(raw, header=True)
    return decode_base64(raw)


_NOT_BASE64 = re.compile(rb"[^A-Za-z0-9+/]+")


def decode_base64(data: bytes) -> bytes:
    """Decode base64 whatever is wrong with it: stray characters, padding in the middle, a lone last character."""
    try:
        return binascii.a2b_base64(data, strict_mode=False)
    except binascii.Error:
        pass
    data = _NOT_BASE64.sub(b"", data)
    data = data[: len(data) - 1] if len(data) % 4 == 1 else data
    return binascii.a2b_base64(data + b"=" * (-len(data) % 4))


def message_ids(value: str, at_most: int = 100) -> tuple[str, ...]:
    """Give the identifiers in Message-ID, In-Reply-To or References, with their angle brackets, in their order."""
    found = _ANGLE_ID.findall(value)
    if not found and "@" in value and " " not in value.strip():
        found = [value.strip().strip("<>")]
    return tuple(f"<{x}>" for x in found[-at_most:])


def read_value(value: str) -> tuple[str, dict[str, str]]:
    """Split a Content-Type or Content-Disposition into its lower-case value and its parameters (RFC 2045, 2231)."""
    head, semicolon, _ = value.partition(";")
    plain: dict[str, str] = {}
    pieces: dict[str, dict[int, tuple[str, bool]]] = {}
    for found in _PARAMETER.finditer(value) if semicolon else ():
        name = found[1].lower()
        text = re.sub(r"\\(.)", r"\1", found[2]) if found[2] is not None else found[3].strip()
        base, star, index = name.partition("*")
        if not star:
            plain.setdefault(base, text)
        elif len(pieces) < 20:
            number = index.rstrip("*")
            encoded = not index or index.endswith("*")
            pieces.setdefault(base, {})[int(number) if number.isdecimal() and len(number) < 4 else 0] = (text, encoded)
    for base, parts in pieces.items():
        plain.setdefault(base, _join_continuations(parts))
    return head.strip().lower(), plain


def _join_continuations(parts: dict[int, tuple[str, bool]]) -> str:
    """Join the pieces of one parameter (RFC 2231 section 3 and 4)."""
    charset, data = "utf-8", b""
    for number in sorted(parts):
        text, encoded = parts[number]
        if encoded and number == 0 and text.count("'") >= 2:
            charset, _, text = text.split("'", 2)
        data += unquote_to_bytes(text) if encoded else text.encode("utf-8", "replace")
    return safe(decode_bytes(data, charset.lower()))
