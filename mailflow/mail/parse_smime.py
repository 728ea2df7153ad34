"""The text inside an opaque S/MIME signature (RFC 8551 section 3.5.2). Nothing is verified; the wrapping comes off."""

from __future__ import annotations

_DATA = bytes.fromhex("06092a864886f70d010701")  # the object identifier of id-data (RFC 5652 section 4), in DER
_EXPLICIT, _OCTETS, _OCTETS_IN_PIECES = 0xA0, 0x04, 0x24
_PIECES_MAX = 20_000


def signed_content(der: bytes) -> bytes:
    """Give the MIME entity that was signed, b"" where there is none to be found."""
    at = der.find(_DATA, 0, 200)
    if at < 0:
        return b""
    tag, start, _ = _header(der, at + len(_DATA))
    if tag != _EXPLICIT:
        return b""
    tag, start, length = _header(der, start)
    if tag == _OCTETS:
        return der[start : start + length]
    return _joined(der, start) if tag == _OCTETS_IN_PIECES else b""


def _joined(der: bytes, at: int) -> bytes:
    """Join the pieces of a constructed octet string (X.690 section 8.7.3)."""
    pieces: list[bytes] = []
    while len(pieces) < _PIECES_MAX:
        tag, start, length = _header(der, at)
        if tag != _OCTETS or not length:
            break
        pieces.append(der[start : start + length])
        at = start + length
    return b"".join(pieces)


def _header(der: bytes, at: int) -> tuple[int, int, int]:
    """Give tag, start of the content and length (0 for indefinite) of the element at `at`; tag -1 past the end."""
    if at + 2 > len(der):
        return -1, at, 0
    tag, length = der[at], der[at + 1]
    if length < 0x80:
        return tag, at + 2, length
    count = length & 0x7F
    if count > 4:
        return -1, at, 0
    return tag, at + 2 + count, int.from_bytes(der[at + 2 : at + 2 + count], "big")
