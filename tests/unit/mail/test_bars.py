"""The picture of the days: a PNG that others can read, small, and the same for the same days."""

from __future__ import annotations

import struct
import zlib
from datetime import date, timedelta

import pytest

from mailflow.mail.bars import DAYS_MAX, HEIGHT, WIDTH, draw_days

FIRST = date(2013, 6, 24)


def days(*numbers: int) -> list[tuple[date, int]]:
    return [(FIRST + timedelta(days=i), n) for i, n in enumerate(numbers)]


def pixels(png: bytes) -> list[bytes]:
    """The rows of an indexed PNG of two bits a pixel, a byte a pixel; checks every checksum on the way."""
    at, data = 8, b""
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size])[0] == zlib.crc32(name + content)
        if name == b"IHDR":
            width, height, bits, colours = struct.unpack(">IIBB", content[:10])
            assert (width, height, bits, colours) == (WIDTH * 2, HEIGHT * 2, 2, 3)
        data += content if name == b"IDAT" else b""
        at += 12 + size
    raw, stride = zlib.decompress(data), WIDTH * 2 // 4 + 1
    rows = [raw[y * stride + 1 : (y + 1) * stride] for y in range(HEIGHT * 2)]
    return [bytes(byte >> shift & 3 for byte in row for shift in (6, 4, 2, 0)) for row in rows]


def test_bars_are_as_high_as_their_numbers() -> None:
    rows = pixels(draw_days(days(10, 5, 0, 10)))
    columns = ["".join(str(row[x]) for row in rows).count("1") for x in range(WIDTH * 2)]
    heights = sorted(set(columns))
    assert heights[0] == 0
    assert heights[-1] == 2 * heights[-2], "ten is twice as high as five"


@pytest.mark.parametrize("numbers", [(1, 0), (0, 0, 0), (7,) * 40, (123_456, 1)], ids=str)
def test_any_days_make_a_small_picture(numbers: tuple[int, ...]) -> None:
    picture = draw_days(days(*numbers))
    assert pixels(picture)
    assert len(picture) < 3_000
    assert picture == draw_days(days(*numbers)[-DAYS_MAX:])
