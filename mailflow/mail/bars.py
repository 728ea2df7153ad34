"""A picture of days as bars, drawn straight into a PNG (RFC 2083) of four colours; nothing to import.

Drawn at twice the size it is shown at, for dense screens. Under each bar stands the day of the month, above it the
number; what the picture says, the mail's text says too.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Sequence
from datetime import date

WIDTH, HEIGHT = 560, 170  # as shown, in CSS pixels
DAYS_MAX = 14
_SCALE = 2
_PAPER, _BAR, _INK, _RULE = range(4)
_PALETTE = bytes.fromhex("ffffff0b57a41f2328c3c9d1")
_MARGIN, _FOOT, _HEAD = 16, 56, 48  # pixels of the picture
_DOT = 5  # pixels of the picture, a dot of a digit
# three dots wide, five high, a row a digit of octal
_DIGITS = {
    "0": "75557", "1": "26227", "2": "71747", "3": "71717", "4": "55711",
    "5": "74717", "6": "74757", "7": "71222", "8": "75757", "9": "75717",
}  # fmt: skip


def draw_days(days: Sequence[tuple[date, int]]) -> bytes:
    """Draw the last DAYS_MAX days, oldest first, as a PNG. days: (day, number), not empty; numbers not negative."""
    days = days[-DAYS_MAX:]
    width, height = WIDTH * _SCALE, HEIGHT * _SCALE
    rows = [bytearray(width) for _ in range(height)]
    base, room = height - _FOOT, height - _FOOT - _HEAD
    top = max(1, *(n for _, n in days))
    step = (width - 2 * _MARGIN) // max(len(days), 7)  # seven days or fewer: no bar is a wall
    _fill(rows, _MARGIN, base, width - _MARGIN, base + 2, _RULE)
    every = _every(days, step)
    for i, (day, n) in enumerate(days):
        left = _MARGIN + i * step
        bar = -(-n * room // top) if n else 0
        _fill(rows, left + step // 8, base - bar, left + step - step // 8, base, _BAR)
        if n and _width(str(n)) <= step - _DOT:
            _write(rows, left + step // 2, base - bar - 6 * _DOT, str(n))
        if (len(days) - 1 - i) % every == 0:
            _write(rows, left + step // 2, base + 3 * _DOT, str(day.day))
    return _png(rows, width)


def _every(days: Sequence[tuple[date, int]], step: int) -> int:
    """Say which days get their number below: each, or every second, third …, counted from the last."""
    return -(-(_width("30") + 2 * _DOT) // step) if days else 1


def _width(digits: str) -> int:
    return (4 * len(digits) - 1) * _DOT


def _fill(rows: list[bytearray], left: int, top: int, right: int, bottom: int, colour: int) -> None:
    for row in rows[top:bottom]:
        row[left:right] = bytes([colour]) * (right - left)


def _write(rows: list[bytearray], middle: int, top: int, digits: str) -> None:
    left = middle - _width(digits) // 2
    for digit in digits:
        for y, octal in enumerate(_DIGITS[digit]):
            for x in range(3):
                if int(octal) & (4 >> x):
                    at, down = left + x * _DOT, top + y * _DOT
                    _fill(rows, at, down, at + _DOT, down + _DOT, _INK)
        left += 4 * _DOT


def _png(rows: Sequence[bytearray], width: int) -> bytes:
    """Give an indexed PNG of two bits a pixel."""
    head = struct.pack(">IIBBBBB", width, len(rows), 2, 3, 0, 0, 0)
    packed = b"".join(b"\0" + _packed(row) for row in rows)
    chunks = (b"IHDR", head), (b"PLTE", _PALETTE), (b"IDAT", zlib.compress(packed, 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, content) for name, content in chunks)


def _packed(row: bytearray) -> bytes:
    """Put four pixels into a byte; the width is a multiple of four."""
    return bytes(a << 6 | b << 4 | c << 2 | d for a, b, c, d in zip(*(row[i::4] for i in range(4)), strict=True))


def _chunk(name: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + name + content + struct.pack(">I", zlib.crc32(name + content))
