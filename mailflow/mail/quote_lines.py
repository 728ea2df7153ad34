"""The lines of a mail as the division sees them, whether they came from text or from HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailflow.mail.html import html_lines

NEW, QUOTED, ATTRIBUTION, SIGNATURE, FOOTER, BANNER = "new", "quoted", "attribution", "signature", "footer", "banner"

# Direction marks, joiners and the like: they stand for nothing that a person wrote.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
INVISIBLE = dict.fromkeys(map(ord, _INVISIBLE))


def visible(text: str) -> str:
    """Take out what stands for nothing."""
    if text.isascii() or not any(mark in text for mark in _INVISIBLE):
        return text
    return text.translate(INVISIBLE)


_MARK_PREFIX = re.compile(r" {0,3}[>\uff1e](?:[ \t]{0,2}[>\uff1e])*")
_DECORATION = " \t*_|\u00a0\u3000"


@dataclass(slots=True)
class Line:
    """A line: raw as it stands, text without quote marks, how deep it is quoted, and what it was found to be."""

    raw: str
    text: str
    depth: int = 0
    kind: str = ""
    is_indented: bool = False

    @property
    def bare(self) -> str:
        """The text without emphasis and white space around it."""
        return self.text.strip(_DECORATION)


def lines_of_text(text: str) -> list[Line]:
    """Split text at its line ends; `>` at the start of a line says how deep it is quoted."""
    lines: list[Line] = []
    has_open_angle = False  # the line before ends inside <...>: a '>' that follows closes it and marks nothing
    for raw in visible(text).split("\n"):
        found = _MARK_PREFIX.match(raw)
        if found is None or has_open_angle or _is_no_quote(raw, lines):
            lines.append(Line(raw, raw.strip()))
        else:
            body = raw[found.end() :]
            depth = found[0].count(">") + found[0].count("\uff1e")
            lines.append(Line(raw, body.strip(), depth))
        has_open_angle = not lines[-1].depth and _opens_angle(raw)
    if "-----BEGIN PGP " in text and "-----END PGP " in text:
        _unwrap_pgp(lines)
    return lines


def _unwrap_pgp(lines: list[Line]) -> None:
    """Mark what OpenPGP's cleartext framework puts around a text, and undo its dash escaping (RFC 9580 section 7)."""
    inside = ""
    for line in lines:
        if line.depth:
            continue
        if line.text.startswith("-----BEGIN PGP "):
            inside = FOOTER if "SIGNED MESSAGE" in line.text else SIGNATURE
        if inside:
            line.kind = inside
        elif line.text.startswith("- -"):
            line.text = line.raw = line.raw.strip()[2:]
        has_ended = line.text.startswith("-----END PGP ") or (inside == FOOTER and not line.text)
        inside = "" if has_ended else inside


def _opens_angle(raw: str) -> bool:
    """Tell whether a line ends inside the angle brackets of a link or an address."""
    opened = raw.rfind("<")
    if opened < 0 or raw.find(">", opened) >= 0:
        return False
    inside = raw[opened + 1 :].strip().lower()
    return inside.startswith(("http", "mailto:")) or ("@" in inside and " " not in inside)


def _is_no_quote(raw: str, before: list[Line]) -> bool:
    """Tell lines that begin with '>' and quote nothing: '>>> see here <<<', and 'From' escaped by an mbox."""
    if raw.rstrip().endswith("<<<"):
        return True
    return raw.startswith(">From ") and (not before or not before[-1].depth)


def lines_of_html(html: str) -> list[Line]:
    """Give the lines of HTML with what its structure says already filled in."""
    lines = []
    for line in html_lines(visible(html)):
        text = line.text.replace("\u00a0", " ").strip()
        found = _MARK_PREFIX.match(text) if not line.depth else None  # old web mailers write '>' into HTML
        if found:
            lines.append(Line(text, text[found.end() :].strip(), found[0].count(">"), line.mark))
        else:
            lines.append(Line("> " * line.depth + text, text, line.depth, line.mark, line.is_indented))
    return lines


def next_line(lines: list[Line], at: int) -> int:
    """Give the index of the next line with text at or after `at`, len(lines) where there is none."""
    while at < len(lines) and not lines[at].text:
        at += 1
    return at
