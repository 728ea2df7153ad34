"""Finds our own mail inside an answer, word by word, whatever the answerer's program did to it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mailflow.mail.html import html_lines
from mailflow.mail.message import SentText
from mailflow.mail.quote_endings import is_furniture
from mailflow.mail.quote_lines import ATTRIBUTION, INVISIBLE, NEW, QUOTED, Line
from mailflow.mail.quote_marks import role_of

GRAM = 4  # so many words in a row are taken for ours
_PLACES_MAX = 4  # of the same words in our mail
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LINK = re.compile(r"<?(?:https?://|mailto:)[^\s>]{0,2000}>?|\[(?:cid|image)[^\]]{0,300}\]")
_UNMARKED_WORDS_MIN = 12
_UNMARKED_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Match:
    """How much of each line is ours: (words, of them ours) a line."""

    counts: tuple[tuple[int, int], ...]

    def is_ours(self, at: int) -> bool:
        """Tell whether most of the line is ours."""
        total, ours = self.counts[at]
        return total > 0 and ours >= 0.6 * total

    def is_foreign(self, at: int) -> bool:
        """Tell whether the line has words and hardly any is ours."""
        total, ours = self.counts[at]
        return total > 0 and ours < 0.4 * total


def words_of(text: str) -> list[str]:
    """Give the words for comparing: folded, without links, CJK by character."""
    return _WORD.findall(_LINK.sub(" ", text.translate(INVISIBLE)).casefold())


def match(lines: list[Line], sent: SentText) -> Match:
    """Align the lines with what we sent. Linear: each word is looked at a bounded number of times."""
    ours = words_of(sent.text)
    short_lines = {tuple(words_of(line)) for line in sent.text.split("\n")}
    if sent.html:
        ours.append("\0")
        for html_line in html_lines(sent.html):
            found = words_of(html_line.text)
            ours.extend(found)
            short_lines.add(tuple(found))
    per_line = [words_of(line.text) for line in lines]
    flat = [word for found in per_line for word in found]
    is_ours = _align(flat, ours)
    counts, at = [], 0
    for found in per_line:
        hits = sum(is_ours[at : at + len(found)])
        if (
            hits < len(found)
            and len(found) < GRAM
            and tuple(found) in short_lines
            and _is_inside(is_ours, at, len(found))
        ):
            hits = len(found)
        counts.append((len(found), hits))
        at += len(found)
    return Match(tuple(counts))


def _is_inside(is_ours: list[bool], at: int, count: int) -> bool:
    """Tell whether a short line stands beside words of ours."""
    return any(is_ours[max(at - 3, 0) : at]) or any(is_ours[at + count : at + count + 3])


def _align(flat: list[str], ours: list[str]) -> list[bool]:
    places: dict[tuple[str, ...], list[int]] = {}
    for at in range(len(ours) - GRAM + 1):
        found = places.setdefault(tuple(ours[at : at + GRAM]), [])
        if len(found) < _PLACES_MAX:
            found.append(at)
    is_ours = [False] * len(flat)
    at = 0
    while at <= len(flat) - GRAM:
        length = max((_run(flat, at, ours, place) for place in places.get(tuple(flat[at : at + GRAM]), ())), default=0)
        if length:
            is_ours[at : at + length] = [True] * length
        at += max(length, 1)
    return is_ours


def _run(flat: list[str], at: int, ours: list[str], place: int) -> int:
    length = 0
    most = min(len(flat) - at, len(ours) - place)
    while length < most and flat[at + length] == ours[place + length]:
        length += 1
    return length


def apply_match(lines: list[Line], found: Match) -> None:
    """Cut quotes of ours that nothing marks, and find answers that stand inside a quote of ours."""
    _cut_unmarked(lines, found)
    _find_answers(lines, found)


def _cut_unmarked(lines: list[Line], found: Match) -> None:
    """Mark as quoted what is new so far and is ours in a long stretch."""
    at = 0
    while at < len(lines):
        if lines[at].kind != NEW or not found.is_ours(at):
            at += 1
            continue
        end, total, ours, last = at, 0, 0, at
        while end < len(lines) and lines[end].kind == NEW and not found.is_foreign(end):
            total, ours = total + found.counts[end][0], ours + found.counts[end][1]
            if found.is_ours(end):
                last = end
            end += 1
        if ours >= _UNMARKED_WORDS_MIN and ours >= _UNMARKED_SHARE * total:
            for line in lines[at : last + 1]:
                line.kind = QUOTED
            _mark_attribution_above(lines, at)
        at = end


def _mark_attribution_above(lines: list[Line], at: int) -> None:
    """Mark the line above an unmarked quote where it looks like an attribution in a language that no table has."""
    above = at - 1
    while above >= 0 and not lines[above].text:
        above -= 1
    if above < 0 or lines[above].kind != NEW:
        return
    text = lines[above].text
    if ("@" in text or text.endswith((":", "："))) and any(char.isdigit() for char in text):
        lines[above].kind = ATTRIBUTION


def _find_answers(lines: list[Line], found: Match) -> None:
    """Find lines that are not ours between lines that are, in what is quoted so far."""
    ours_at = [at for at, line in enumerate(lines) if line.kind == QUOTED and found.is_ours(at)]
    if len(ours_at) < 2:
        return
    words = sum(found.counts[at][1] for at in ours_at)
    first, last = ours_at[0], ours_at[-1]
    region = sum(found.counts[at][0] for at in range(first, last + 1) if lines[at].kind == QUOTED)
    if words < _UNMARKED_WORDS_MIN or words < 0.5 * region:
        return
    depth = lines[first].depth
    for at in range(first, last + 1):
        line = lines[at]
        if line.kind == QUOTED and line.depth <= depth and found.is_foreign(at) and _is_answer(line):
            line.kind = NEW
    _find_answer_below(lines, found, last, depth)


def _find_answer_below(lines: list[Line], found: Match, last: int, depth: int) -> None:
    """What follows the end of an unmarked quote of ours is an answer, up to the next quote or block."""
    if depth:
        return
    for at in range(last + 1, len(lines)):
        line = lines[at]
        if line.kind not in (QUOTED, NEW) or line.depth or role_of(line):
            return
        if line.kind == QUOTED and found.is_foreign(at) and _is_answer(line):
            line.kind = NEW


def _is_answer(line: Line) -> bool:
    return not is_furniture(line) and not role_of(line)
