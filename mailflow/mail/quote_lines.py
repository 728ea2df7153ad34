"""The lines of a mail as the division sees them, whether they came from text or from HTML."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailflow.mail.html import html_lines
from mailflow.mail.words import FORWARD_LINES

NEW, QUOTED, ATTRIBUTION, SIGNATURE, FOOTER, BANNER = "new", "quoted", "attribution", "signature", "footer", "banner"

# Direction marks, joiners and the like: they stand for nothing that a person wrote.
_INVISIBLE = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2063\u2066\u2067\u2068\u2069\ufeff"


def visible(text: str) -> str:
    """Take out what stands for nothing."""
    if text.isascii():
        return text
    for mark in _INVISIBLE:  # many times faster than translate() for the few that a text has
        if mark in text:
            text = text.replace(mark, "")
    return text


_MARK_PREFIX = re.compile(r" {0,3}[>\uff1e](?:[ \t]{0,2}[>\uff1e])*")
_DECORATION = " \t*_|\u00a0\u3000"
_MAY_ANNOUNCE = re.compile(r">>>[^>\n][^\n]*>>>\s*(?:\n|\Z)")  # GroupWise's attribution looks like a quote
_QUOTE = re.compile(r"(?:>[^\n]*\n?)+")
_JOINED_MIN = 4  # lines: fewer are not worth it
_FORWARD_LINES = frozenset(FORWARD_LINES)


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


def lines_of_text(text: str, *, joins_quotes: bool = False) -> list[Line]:
    """Split text at its line ends; `>` at the start of a line says how deep it is quoted.

    joins_quotes: what stands inside a marked quote, below its first words and above its last line, comes as one Line;
    for nothing that is looked for blindly stands there, and most lines of a mail do.
    """
    text = visible(text)
    is_pgp = "-----BEGIN PGP " in text and "-----END PGP " in text
    lines: list[Line] = []
    done = _append_joined(lines, text) if joins_quotes and not is_pgp else 0
    if done <= len(text):
        _append(lines, text[done:].split("\n"))
    if is_pgp:
        _unwrap_pgp(lines)
    return lines


def _append_joined(lines: list[Line], text: str) -> int:
    """Append the lines down to the last marked quote; give where the line below it begins."""
    done = 0
    mark = 0 if text.startswith(">") else _next_mark(text, 0)
    while mark >= 0:
        found = _QUOTE.match(text, mark)
        end = found.end() if found else mark + 1
        if text.count("\n", mark, end) >= _JOINED_MIN:
            if mark:
                _append(lines, text[done : mark - 1].split("\n"))
            _append_quote(lines, text[mark:end].removesuffix("\n"))
            done = end if text[end - 1] == "\n" else end + 1
        mark = _next_mark(text, end - 1)
    return done


def _next_mark(text: str, at: int) -> int:
    found = text.find("\n>", at)
    return found + 1 if found >= 0 else -1


def _append(lines: list[Line], raws: list[str]) -> None:
    # a line before that ends inside <...>: a '>' that follows closes it and marks nothing
    has_open_angle = bool(lines) and not lines[-1].depth and _opens_angle(lines[-1].raw)
    for raw in raws:
        if ">" not in raw and "\uff1e" not in raw:
            lines.append(Line(raw, raw.strip()))
            has_open_angle = "<" in raw and _opens_angle(raw)
            continue
        found = _MARK_PREFIX.match(raw)
        if found is None or has_open_angle or _is_no_quote(raw, lines):
            lines.append(Line(raw, raw.strip()))
            has_open_angle = _opens_angle(raw)
        else:
            marks = found[0]
            lines.append(Line(raw, raw[found.end() :].strip(), marks.count(">") + marks.count("\uff1e")))
            has_open_angle = False


def _append_quote(lines: list[Line], text: str) -> None:
    """Append lines that all begin with '>', what is between the first words and the last line as one."""
    is_announced = _is_divider_like(lines)
    start, last = 0, text.rfind("\n")
    while start < last and (not start or not (lines[-1].depth and lines[-1].text)):
        end = text.find("\n", start)
        _append(lines, [text[start:end]])
        start = end + 1
    inside = text[start:last]
    if not inside or is_announced or "<<<" in inside or (">>>" in inside and _MAY_ANNOUNCE.search(inside)):
        _append(lines, text[start:].split("\n"))
        return
    lines.append(Line(inside, inside if inside.strip("> \t\n\uff1e") else "", 1))
    _append(lines, [text[last + 1 :]])


def _is_divider_like(lines: list[Line]) -> bool:
    """Tell whether the last words may announce a header block, which may be marked itself: its lines count."""
    at = len(lines) - 1
    while at >= 0 and not lines[at].text:
        at -= 1
    if at < 0:
        return False
    text = lines[at].text
    return text[0] in "-_=*~#—–>" or text.lower().rstrip(" :：.*_|") in _FORWARD_LINES


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
