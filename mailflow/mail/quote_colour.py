"""Answers that were typed into a quote in a colour: Outlook declares the colour that its user's replies have."""

from __future__ import annotations

import re

from mailflow.mail.quote_lines import QUOTED, Line, lines_of_html
from mailflow.mail.quote_marks import header_block_at

_REPLY_STYLE = re.compile(r"mso-style-type:personal-reply;([^{}]{0,600})\}", re.I)
_COLOUR = re.compile(r"(?:\A|[;\s])color:\s{0,3}(#?[a-z0-9]{3,20})\s{0,3}(?:;|\Z)", re.I)
_NO_COLOUR = frozenset({"windowtext", "black", "#000000", "#000", "auto", "inherit"})
_MARK = "\ue000"  # private use: stands in front of what is coloured while the lines are made


def reply_colour(html: str) -> str:
    """Give the colour that replies have in a mail that Outlook made, "" where they look like everything else."""
    style = _REPLY_STYLE.search(html, 0, 100_000)
    found = _COLOUR.search(style[1]) if style else None
    return found[1].lower() if found and found[1].lower() not in _NO_COLOUR else ""


def coloured_lines(html: str, colour: str) -> tuple[list[Line], frozenset[int]]:
    """Give the lines of HTML, and the identities of those that begin in the colour."""
    opening = re.compile(
        rf"<(?:span|p|div|font|li)\b[^<>]{{0,500}}?color\s?[:=]\s?[\"']?{re.escape(colour)}\b[^<>]{{0,2000}}>", re.I
    )
    lines = lines_of_html(opening.sub(rf"\g<0>{_MARK}", html.replace(_MARK, "")))
    coloured = frozenset(id(line) for line in lines if line.text.lstrip("-*• \u00a0").startswith(_MARK))
    for line in lines:
        line.raw, line.text = line.raw.replace(_MARK, ""), line.text.replace(_MARK, "").strip()
    return lines, coloured


def answers_in(lines: list[Line], coloured: frozenset[int]) -> list[Line]:
    """Give the coloured lines of the mail that is quoted first, where it begins in another colour itself."""
    answers: list[Line] = []
    has_quote = False
    for at, line in enumerate(lines):
        if line.kind != QUOTED or not line.text:
            continue
        if has_quote and header_block_at(lines, at) > 0:
            break  # what stands in the mails below may be an older answer
        if id(line) not in coloured:
            has_quote = True
        elif has_quote:
            answers.append(line)
        else:
            return []
    return answers
