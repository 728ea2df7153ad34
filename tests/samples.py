"""Samples of every mail, as its reader sees it: `make samples` writes docs/samples.

For each notice its text part, and its page in Chromium at 600 px and at 375 px side by side, as a PNG of few colours.
The facts are those of the templates' tests; names given as arguments make only those.
"""

from __future__ import annotations

import base64
import html
import shutil
import struct
import subprocess
import sys
import tempfile
import zlib
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import date, timedelta
from pathlib import Path

from mailflow.mail.bars import draw_days
from mailflow.mail.skeleton import Rendered
from mailflow.service.notices import NOTICES
from mailflow.service.templates import Templates
from tests.unit.service.sample_facts import FIELDS, facts_of

FOLDER = Path(__file__).parents[1] / "docs" / "samples"
WIDE, NARROW, GAP, HEIGHT = 600, 375, 25, 3_600
WIDTH = WIDE + GAP + NARROW
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"]
PICTURE = draw_days([(date(2013, 6, 24) + timedelta(days=n), signed) for n, signed in enumerate([30, 10])])
STYLE = "border:0;width:{width}px;height:{height}px;float:left;margin-right:{gap}px"
FRAME = '<iframe srcdoc="{page}" style="' + STYLE + '"></iframe>'
MARGIN = 12  # rows left below the last words


def main(names: list[str]) -> None:
    """Make the samples of these notices, or of all."""
    chosen = names or sorted(NOTICES)
    FOLDER.mkdir(exist_ok=True)
    if not names:
        for old in (*FOLDER.glob("*.png"), *FOLDER.glob("*.txt")):
            old.unlink()
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(make, chosen):
            print(line)
    (FOLDER / "README.md").write_text("".join(_index()), "utf-8")


def make(notice: str) -> str:
    """Make one sample and say how large its picture is."""
    words = Templates().render(notice, facts_of(notice)).words(FIELDS)
    (FOLDER / f"{notice}.txt").write_text(f"Subject: {words.subject}\n\n{words.text}", "utf-8")
    picture = quantised(photographed(words))
    (FOLDER / f"{notice}.png").write_bytes(picture)
    return f"{notice}: {len(picture):,} bytes"


def photographed(words: Rendered) -> bytes:
    """Give a PNG of the page, wide and narrow."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    if chromium is None:
        sys.exit("samples are made by a browser: apt-get install chromium")
    picture = base64.b64encode(PICTURE).decode()
    page = words.html.replace("cid:days-mig-1@digest", f"data:image/png;base64,{picture}")
    frames = [
        FRAME.format(page=html.escape(page), width=width, height=HEIGHT, gap=gap)
        for width, gap in ((WIDE, GAP), (NARROW, 0))
    ]
    with tempfile.TemporaryDirectory() as folder:
        source, shot = Path(folder, "page.html"), Path(folder, "shot.png")
        source.write_text(f'<!doctype html><body style="margin:0;background:#d5d9de">{"".join(frames)}', "utf-8")
        size = f"--window-size={WIDTH},{HEIGHT}"
        command = [
            chromium,
            *FLAGS,
            f"--user-data-dir={folder}/profile",
            size,
            f"--screenshot={shot}",
            f"file://{source}",
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return shot.read_bytes()


# --- a PNG of few colours ---------------------------------------------------------------------------------------
def quantised(png: bytes) -> bytes:
    """Cut off what is empty below, keep four bits of each colour, and put the rest into a palette."""
    rows = list(_rows(png))
    while len(rows) > 1 and rows[-1] == rows[-2]:
        rows.pop()
    rows += [rows[-1]] * MARGIN
    palette: dict[bytes, int] = {}
    lines = bytearray()
    for row in rows:
        coarse = row.translate(_COARSE)
        pixels = [coarse[i : i + 3] for i in range(0, len(coarse), 3)]
        lines.append(0)
        lines += bytes(palette.setdefault(pixel, min(len(palette), 255)) for pixel in pixels)
    head = struct.pack(">IIBBBBB", len(rows[0]) // 3, len(rows), 8, 3, 0, 0, 0)
    colours = b"".join(list(palette)[:256])
    chunks = (b"IHDR", head), (b"PLTE", colours), (b"IDAT", zlib.compress(bytes(lines), 9)), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(c)) + name + c + struct.pack(">I", zlib.crc32(name + c)) for name, c in chunks
    )


_COARSE = bytes(round(value / 17) * 17 for value in range(256))


def _rows(png: bytes) -> Iterator[bytes]:
    """Give the rows of an RGB or RGBA PNG of eight bits as RGB (RFC 2083 section 6)."""
    at, data, width, channels = 8, b"", 0, 3
    while at < len(png):
        size, name = struct.unpack(">I4s", png[at : at + 8])
        content = png[at + 8 : at + 8 + size]
        if name == b"IHDR":
            width, channels = struct.unpack(">I", content[:4])[0], {2: 3, 6: 4}[content[9]]
        data += content if name == b"IDAT" else b""
        at += 12 + size
    raw, stride = zlib.decompress(data), width * channels
    above = bytes(stride)
    for start in range(0, len(raw), stride + 1):
        above = _unfiltered(raw[start], raw[start + 1 : start + 1 + stride], above, channels)
        if channels == 3:
            yield above
        else:
            row = bytearray(width * 3)
            for channel in range(3):
                row[channel::3] = above[channel::4]
            yield bytes(row)


def _unfiltered(kind: int, line: bytes, above: bytes, step: int) -> bytes:
    if kind == 0 or (kind == 2 and not any(line)):
        return above if kind else line
    row = bytearray(line)
    for i in range(len(row)):
        left = row[i - step] if i >= step else 0
        corner = above[i - step] if i >= step else 0
        row[i] = (row[i] + _predicted(kind, left, above[i], corner)) & 255
    return bytes(row)


def _predicted(kind: int, left: int, up: int, corner: int) -> int:
    if kind < 4:
        return (0, left, up, (left + up) // 2)[kind]
    guess = left + up - corner
    far_left, far_up, far_corner = abs(guess - left), abs(guess - up), abs(guess - corner)
    if far_left <= far_up and far_left <= far_corner:
        return left
    return up if far_up <= far_corner else corner


def _index() -> Iterator[str]:
    yield "# Samples of every mail\n\nMade by `make samples` from invented facts; at 600 and at 375 pixels.\n\n"
    for path in sorted(FOLDER.glob("*.png")):
        yield f"- {path.stem}: [page]({path.name}), [text]({path.stem}.txt)\n"


if __name__ == "__main__":
    main(sys.argv[1:])
