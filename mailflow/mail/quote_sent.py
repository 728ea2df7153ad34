"""Finds our own mail inside an answer, word by word, whatever the answerer's program did to it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from mailflow.mail.html import html_lines
from mailflow.mail.message import SentText
from mailflow.mail.quote_endings import is_furniture
from mailflow.mail.quote_lines import ATTRIBUTION, NEW, QUOTED, Line, visible
from mailflow.mail.quote_marks import is_announcement, is_dated, role_of
from mailflow.mail.words import FIRST_WORDS

GRAM = 4  # so many words in a row are taken for ours
_PLACES_MAX = 4  # of the same words in our mail
_WORD = re.compile(r"[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]+|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_LINK = re.compile(r"<?(?:https?://|mailto:)[^\s>]{0,2000}>?|\[(?:cid|image)[^\]]{0,300}\]")
_UNMARKED_WORDS_MIN = 12
_REPEATED_WORDS_MIN = 5  # of a line that stands in our mail as it is
_WRITTEN_WORDS_MIN = 20  # beside what is only repeated
_UNMARKED_SHARE = 0.85


@dataclass(frozen=True, slots=True)
class Match:
    """How much of each line is ours: (words, of them ours) a line; the lines that stand in our mail as they are."""

    counts: tuple[tuple[int, int], ...]
    repeated: frozenset[int] = frozenset()

    def is_ours(self, at: int) -> bool:
        """Tell whether most of the line is ours."""
        total, ours = self.counts[at]
        return total > 0 and ours >= 0.6 * total

    def is_foreign(self, at: int) -> bool:
        """Tell whether the line has words and hardly any is ours."""
        total, ours = self.counts[at]
        return total > 0 and ours < 0.4 * total

    def is_rather_foreign(self, at: int) -> bool:
        """Tell whether less than half of the line is ours: beside an answer it belongs to the answer."""
        total, ours = self.counts[at]
        return total > 0 and ours < 0.5 * total


@lru_cache(maxsize=8192)  # a line stands in what we sent, in its HTML, and in the quotes of it
def words_of(text: str) -> tuple[str, ...]:
    """Give the words for comparing: folded, without links, CJK by character."""
    if "://" in text or "mailto:" in text or "[" in text:
        text = _LINK.sub(" ", text)
    return tuple(_WORD.findall(visible(text).casefold()))


@dataclass(frozen=True, slots=True)
class _Index:
    """Our mail, ready for looking up: its words, where each run of words stands, its lines."""

    words: list[str]
    first: dict[tuple[str, ...], int]
    more: dict[tuple[str, ...], list[int]]  # the further places of the few that stand in it repeatedly
    lines: frozenset[tuple[str, ...]]


def _indexes(sent: SentText) -> tuple[_Index, ...]:
    shared = _index(sent.text, sent.html)
    return (shared, _index("\n".join(sent.personal), "")) if sent.personal else (shared,)


@lru_cache(maxsize=64)  # the replies of a batch answer few mailings
def _index(text: str, html: str) -> _Index:
    found = [words_of(line) for line in text.split("\n")]
    lines = set(found)
    ours = [word for words in found for word in words]
    if html:
        found = [words_of(line.text) for line in html_lines(html)]
        lines.update(found)
        shown = [word for words in found for word in words]
        if ours[: len(shown)] != shown:  # most programs write the same into both parts
            ours += ["\0", *shown]
    first: dict[tuple[str, ...], int] = {}
    more: dict[tuple[str, ...], list[int]] = {}
    for at, gram in enumerate(zip(ours, ours[1:], ours[2:], ours[3:], strict=False)):
        if first.setdefault(gram, at) != at:
            places = more.setdefault(gram, [])
            if len(places) < _PLACES_MAX - 1:
                places.append(at)
    return _Index(ours, first, more, frozenset(lines))


def match(lines: list[Line], sent: SentText) -> Match:
    """Align the lines with what we sent. Linear: each word is looked at a bounded number of times."""
    indexes = _indexes(sent)
    our_lines = indexes[0].lines.union(*(index.lines for index in indexes[1:])) if indexes[1:] else indexes[0].lines
    per_line = [words_of(line.text) if line.text else () for line in lines]
    flat = [word for found in per_line for word in found]
    is_ours = _align(flat, indexes)
    counts, repeated, at = [], [], 0
    for number, found in enumerate(per_line):
        total = len(found)
        hits = sum(is_ours[at : at + total])
        if hits < total < GRAM and found in our_lines and _is_inside(is_ours, at, total):
            hits = total
        elif total >= _REPEATED_WORDS_MIN and hits == total and found in our_lines:
            repeated.append(number)
        counts.append((total, hits))
        at += total
    return Match(tuple(counts), frozenset(repeated))


def _is_inside(is_ours: list[bool], at: int, count: int) -> bool:
    """Tell whether a short line stands beside words of ours."""
    return any(is_ours[max(at - 3, 0) : at]) or any(is_ours[at + count : at + count + 3])


def _align(flat: list[str], indexes: tuple[_Index, ...]) -> list[bool]:
    is_ours = [False] * len(flat)
    grams = list(zip(flat, flat[1:], flat[2:], flat[3:], strict=False))
    at = 0
    while at < len(grams):
        length, gram = 0, grams[at]
        for index in indexes:
            first = index.first.get(gram)
            if first is not None:
                length = max(length, _run(flat, at, index.words, first))
                for place in index.more.get(gram, ()):
                    length = max(length, _run(flat, at, index.words, place))
        if length:
            is_ours[at : at + length] = [True] * length
        at += length or 1
    return is_ours


def _run(flat: list[str], at: int, ours: list[str], place: int) -> int:
    length = 0
    most = min(len(flat) - at, len(ours) - place)
    while length < most and flat[at + length] == ours[place + length]:
        length += 1
    return length


def apply_match(lines: list[Line], found: Match) -> list[Line]:
    """Cut quotes of ours that nothing marks, and find answers that stand inside a quote of ours.

    Gives the new lines that are copies of ours; they are no answer where they turn out to be no signature or footer.
    """
    marked = sum(found.counts[at][1] for at, line in enumerate(lines) if line.kind == QUOTED)
    _cut_unmarked(lines, found, _UNMARKED_WORDS_MIN if marked < _UNMARKED_WORDS_MIN else 2 * _UNMARKED_WORDS_MIN)
    _find_answers(lines, found)
    return _copied(lines, found)


def _copied(lines: list[Line], found: Match) -> list[Line]:
    """Give the lines that were copied out of our mail as they stand, where there is far more that was written.

    What begins like a statement of the writer's own stays: a person may sign with the words that we proposed.
    """
    copied = [at for at in found.repeated if lines[at].kind == NEW and not _is_own_statement(lines[at].text)]
    if not copied:
        return []
    count = sum(found.counts[at][0] for at in copied)
    written = sum(total - ours for line, (total, ours) in zip(lines, found.counts, strict=True) if line.kind == NEW)
    return [lines[at] for at in copied] if written >= max(_WRITTEN_WORDS_MIN, count) else []


def _is_own_statement(text: str) -> bool:
    low = text.lstrip(" *_-\"'").lower()
    return low.split(maxsplit=1)[0].strip(",.!:;") in FIRST_WORDS if low.isascii() else low.startswith(FIRST_WORDS)


def _cut_unmarked(lines: list[Line], found: Match, words_min: int) -> None:
    """Mark as quoted what is new so far and is ours in a long stretch; never all that is new beside a marked quote."""
    cuts: list[tuple[int, int]] = []
    at = 0
    while at < len(lines):
        if lines[at].kind != NEW or not found.is_ours(at):
            at += 1
            continue
        end, total, ours, last = at, 0, 0, at
        while end < len(lines) and lines[end].kind == NEW and not found.is_foreign(end):
            total, ours = total + found.counts[end][0], ours + found.counts[end][1]
            last = end if found.is_ours(end) else last
            end += 1
        if ours >= words_min and ours >= _UNMARKED_SHARE * total:
            cuts.append((at, last + 1))
        at = end
    before = sum(1 for line in lines if line.kind == NEW and line.text)
    cut = sum(1 for start, end in cuts for line in lines[start:end] if line.text)
    if cut == before and words_min > _UNMARKED_WORDS_MIN:
        return  # the answer says our own words: it stays the answer
    for start, end in cuts:
        for line in lines[start:end]:
            line.kind = QUOTED
        _mark_attribution_above(lines, start)


def _mark_attribution_above(lines: list[Line], at: int) -> None:
    """Mark the line above an unmarked quote where it looks like an attribution in a language that no table has."""
    above = at - 1
    while above >= 0 and not lines[above].text:
        above -= 1
    if above < 0 or lines[above].kind != NEW:
        return
    text = lines[above].text
    if ("@" in text and any(char.isdigit() for char in text)) or (text.endswith((":", "：")) and is_dated(text)):
        lines[above].kind = ATTRIBUTION


def _find_answers(lines: list[Line], found: Match) -> None:
    """Find lines that are not ours between lines that are, in what is quoted so far, and below the last of them."""
    first = next((at for at, line in enumerate(lines) if line.kind == QUOTED and found.is_ours(at)), len(lines))
    if first == len(lines):
        return
    last, end = _end_of_ours(lines, found, first)
    total = sum(found.counts[at][0] for at in range(first, last + 1) if lines[at].kind == QUOTED)
    ours = sum(found.counts[at][1] for at in range(first, last + 1) if lines[at].kind == QUOTED)
    if ours < _UNMARKED_WORDS_MIN or ours < 0.5 * total:
        return
    depth = lines[first].depth
    stop = end if not depth else last + 1  # below a marked quote nothing is quoted any more
    is_furnished = False  # what a program began to say lasts until the paragraph ends
    is_below_answer = False
    for at in range(first, stop):
        line = lines[at]
        is_answer = found.is_rather_foreign(at) if is_below_answer else found.is_foreign(at)
        if not line.text or line.kind != QUOTED or line.depth > depth or not is_answer:
            is_furnished = is_furnished and bool(line.text)
            is_below_answer = is_below_answer and not line.text
            continue
        is_furnished = is_furnished or is_furniture(line) or bool(role_of(line))
        is_below_answer = not is_furnished
        if not is_furnished:
            line.kind = NEW


def _end_of_ours(lines: list[Line], found: Match, first: int) -> tuple[int, int]:
    """Give the last line of ours, and where the next mail of the thread begins: maybe the writer's own older words."""
    last = at = first
    while at < len(lines):
        line = lines[at]
        if line.kind == QUOTED and line.text:
            if found.is_ours(at):
                last = at
            elif line.depth <= lines[first].depth and is_announcement(lines, at):
                break
        at += 1
    return last, at
