"""Samples of every mail, as its reader sees it: `make samples` writes docs/samples.

For each notice its text part, and its page in Chromium at 600 px and at 375 px side by side, as a PNG of few colours;
some of them in Spanish and French besides. The facts are those of the templates' tests; names given as arguments make
only those.
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
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from babel import Locale

from mailflow.domain.commands import Verb, answers
from mailflow.domain.pace import Pace, in_words
from mailflow.domain.phrase import ENGLISH, LANGUAGES, say
from mailflow.mail.bars import draw_days
from mailflow.mail.skeleton import Rendered
from mailflow.service.notices import NOTICES
from mailflow.service.speech import in_language
from mailflow.service.templates import Templates
from mailflow.service.words import day_words, deadline_words, greeting_words, instant_words
from tests.unit.service.sample_facts import FACTS, FIELDS, facts_of

FOLDER = Path(__file__).parents[1] / "docs" / "samples"
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
TRANSLATED = (
    *("petition_invitation", "petition_reminder", "signature_recorded", "signature_confirm", "delay_notice"),
    *("digest", "proposal_open", "unsubscribed"),
)
CLOSES, ZONE = datetime(2013, 7, 1, 5, tzinfo=UTC), "America/Chicago"
WIDE, NARROW, GAP, HEIGHT = 600, 375, 25, 3_600
WIDTH = WIDE + GAP + NARROW
FLAGS = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--force-device-scale-factor=1"]
PICTURE = draw_days([(date(2013, 6, 24) + timedelta(days=n), signed) for n, signed in enumerate([30, 10])])
STYLE = "border:0;width:{width}px;height:{height}px;float:left;margin-right:{gap}px"
FRAME = '<iframe srcdoc="{page}" style="' + STYLE + '"></iframe>'
MARGIN = 12  # rows left below the last words


def main(names: list[str]) -> None:
    """Make the samples of these notices, or of all."""
    chosen = [(notice, ENGLISH) for notice in names or sorted(NOTICES)]
    chosen += [(notice, language) for language in OTHERS for notice in TRANSLATED if not names or notice in names]
    for language in LANGUAGES:
        _folder(language).mkdir(exist_ok=True)
    if not names:
        for old in (*FOLDER.rglob("*.png"), *FOLDER.rglob("*.txt")):
            old.unlink()
    with ProcessPoolExecutor(2) as pool:
        for line in pool.map(make, *zip(*chosen, strict=True)):
            print(line)
    (FOLDER / "README.md").write_text("".join(_index()), "utf-8")


def _folder(language: str) -> Path:
    return FOLDER if language == ENGLISH else FOLDER / language


def make(notice: str, language: str) -> str:
    """Make one sample and say how large its picture is."""
    words = written(notice, language)
    (_folder(language) / f"{notice}.txt").write_text(f"Subject: {words.subject}\n\n{words.text}", "utf-8")
    picture = quantised(photographed(words))
    (_folder(language) / f"{notice}.png").write_bytes(picture)
    return f"{notice} ({language}): {len(picture):,} bytes"


def written(notice: str, language: str) -> Rendered:
    """Give the sample mail in a language; what people wrote, and the association's own words, stay in English."""
    if language == ENGLISH:
        return Templates().render(notice, facts_of(notice)).words(FIELDS)
    facts = facts_of(notice)
    told = {name: value for name, value in _told().items() if name in facts}
    skeleton = Templates().render(notice, in_language(facts | told, language) | {"language": language})
    greeting = greeting_words("Sam Lee", language)
    return skeleton.words(FIELDS | {"greeting": greeting, "closes_words": deadline_words(CLOSES, ZONE, language)})


def _told() -> dict[str, object]:
    """Give the facts that the program words itself, so that they can be said in every language."""
    asked = datetime(2013, 6, 25, 15, tzinfo=UTC)
    days = [(date(2013, 6, 24), 30), (date(2013, 6, 25), 10)]
    pace = Pace(20, 2, date(2013, 6, 28))
    item = FACTS["items"][0] | {  # type: ignore[index]
        "state_words": say("collecting signatures"),
        "days": [{"day": day_words(on), "n": n} for on, n in days],
        "forecasts": [in_words(pace, day_words(date(2013, 6, 28)), has_end=True)],
        "waits": [say("Signatures that wait for their member's confirmation: %(n)s.", n=2)],
        "next": [say("Signatures are taken until %(when)s.", when=deadline_words(CLOSES, ZONE))],
    }
    item["feedback"] = [f | {"received_words": instant_words(asked, ZONE)} for f in item["feedback"]]
    until = {"asked_words": instant_words(asked, ZONE), "due_words": instant_words(asked + timedelta(days=3), ZONE)}
    item["questions"] = [q | until for q in item["questions"]]
    item["meetings"] = [m | {"when": instant_words(asked, ZONE)} for m in item["meetings"]]
    return {
        "items": [item],
        "signatories": say("members in good standing"),
        "petition_closes_words": deadline_words(CLOSES, ZONE),
        "feedback_closes_words": deadline_words(CLOSES - timedelta(days=7), ZONE),
        "petition_opens_words": instant_words(datetime(2013, 6, 24, 14, tzinfo=UTC), ZONE),
        "about_words": say("about “%(title)s”", title=FACTS["title"]),
        "meetings": [
            {"title": "Open house", "when": instant_words(asked + timedelta(days=3), ZONE), "where": "Room 5"}
        ],
        "planned_words": day_words(date(2018, 4, 25)),
        "previous_words": day_words(date(2018, 4, 18)),
        "since_words": say("since %(when)s", when=instant_words(asked - timedelta(days=4), ZONE)),
        "frequency_words": say("in the morning"),
        "answers": answers([Verb.EXTEND, Verb.CLOSE]),
    }


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
    for language in LANGUAGES:
        if language != ENGLISH:
            yield f"\n## {Locale(language).get_language_name(ENGLISH)}\n\n"
        for path in sorted(_folder(language).glob("*.png")):
            place = path.relative_to(FOLDER)
            yield f"- {path.stem}: [page]({place}), [text]({place.with_suffix('.txt')})\n"


if __name__ == "__main__":
    main(sys.argv[1:])
