"""Cutting what a person wrote into sentences, clauses and folded words, for every script alike. Linear time.

Folded: lower case, without accents and zero-width marks, apostrophes of contractions dropped (don't = dont), so that
hurried writing and careful writing look the same.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from mailflow.mail.phrases.please import PLEASE, SHORT_ANSWERS

CLAUSE_WORDS_MAX = 80  # longer ones are cut, so that no run of words costs more than its length
SENTENCE_CLAUSES_MAX = 60
READ_MAX = 16_000  # characters of newly written text that are read for its intent

_MARKS = dict.fromkeys([*range(0x300, 0x370), *range(0x64B, 0x660), 0x670, 0x640, 0xAD, *range(0x200B, 0x2010)])
_MARKS |= dict.fromkeys([*range(0x202A, 0x202F), *range(0x2060, 0x2070), 0xFEFF, 0xFE0E, 0xFE0F])
_LETTERS = {ord(a): b for a, b in zip("đĐłŁøØıæœ", ["d", "D", "l", "L", "o", "O", "i", "ae", "oe"], strict=True)}
_FOLD = _MARKS | _LETTERS
_CONTRACTED = frozenset(("s", "t", "m", "d", "ll", "re", "ve"))

# a word, +1, a thumb | marks that end a sentence | marks that end a clause | line ends | quotation marks
_PIECE = re.compile(
    r"(?P<word>[^\W_]+(?:['’ʼ][^\W_]+)*|\+\s?1(?!\d)|[👍👎✍🖊🙋✅❌✋🖋👌🙏]|:-?\))"
    r"|(?P<line>\n[ \t\r\n]*)"
    r"|(?P<end>[.!?…。！？؟।｡]+)"
    r"|(?P<pause>[,;:，、；：،؛()\[\]{}¿¡]|(?<=\s)[-–—]+(?=\s)|[–—]|--+)"
    r"|(?P<quote>[\"“”„«»「」『』‘’'`])"
)


_WORD = re.compile(r"[^\W_]+(?:['’ʼ][^\W_]+)*|\+\s?1(?!\d)|[👍👎✍🖊🙋✅❌✋🖋👌🙏]")


@dataclass(frozen=True, slots=True)
class Clause:
    """Words between two pauses. words: folded; raw: as written (for telling names); sentence: its number."""

    words: tuple[str, ...]
    raw: tuple[str, ...]
    sentence: int
    quoted: bool = False
    after: str = ""  # the mark that ended it

    @property
    def joined(self) -> str:
        """The words without spaces, for scripts that write none."""
        return "".join(self.words)


@dataclass(frozen=True, slots=True)
class Sentence:
    """Some clauses; asks: it ends with (or opens with) a question mark."""

    clauses: tuple[Clause, ...]
    asks: bool
    paragraph: int

    @property
    def word_count(self) -> int:
        """How many words it has."""
        return sum(len(clause.words) for clause in self.clauses)


def fold_text(text: str) -> str:
    """Strip accents, marks and lookalike letters, keeping case."""
    if text.isascii():
        return text
    text = unicodedata.normalize("NFKD", text).translate(_FOLD)
    return unicodedata.normalize("NFC", text)


def fold_words(text: str) -> list[str]:
    """Give the folded words of a text, without regard to sentences: what phrases of the tables are made of."""
    words = _WORD.findall(fold_text(text).casefold())
    if any(mark in text for mark in "'’ʼ+"):
        return [part for word in words for part in _split_word(word)]
    return words


def _split_word(word: str) -> list[str]:
    word = word.casefold().replace("’", "'").replace("ʼ", "'")
    if word.startswith("+"):
        return ["+1"]
    if "'" not in word:
        return [word]
    parts: list[str] = []
    for part in word.split("'"):
        if parts and part in _CONTRACTED:
            parts[-1] += part
        elif part:
            parts.append(part)
    return parts


_PLEASE = frozenset(tuple(fold_words(please)) for please in PLEASE)
_SHORT_ANSWERS = frozenset(word for answer in SHORT_ANSWERS for word in fold_words(answer))


class _Cutter:
    """Collects words into clauses and clauses into sentences."""

    def __init__(self) -> None:
        self.sentences: list[Sentence] = []
        self.clauses: list[Clause] = []
        self.words: list[str] = []
        self.raw: list[str] = []
        self.quoted = self.asks = False
        self.paragraph = 0

    def end_clause(self, mark: str) -> None:
        if self.words:
            clause = Clause(tuple(self.words), tuple(self.raw), len(self.sentences), self.quoted, mark)
            self.clauses.append(clause)
            self.words, self.raw = [], []
            if len(self.clauses) == SENTENCE_CLAUSES_MAX:
                self.end_sentence("")

    def end_sentence(self, mark: str) -> None:
        self.end_clause(mark)
        asks = self.asks or "?" in mark or "？" in mark or "؟" in mark
        if self.clauses:
            self.sentences.append(Sentence(tuple(_joined_at_please(self.clauses)), asks, self.paragraph))
            self.asks = False
        elif asks and self.sentences and mark.strip("?？؟ ") == "":
            last = self.sentences[-1]
            self.sentences[-1] = Sentence(last.clauses, True, last.paragraph)
        self.clauses = []


def _joined_at_please(clauses: list[Clause]) -> list[Clause]:
    """'Delete, please, my signature' is one clause."""
    if len(clauses) < 3:
        return clauses
    joined: list[Clause] = []
    rest = list(reversed(clauses))
    while rest:
        clause = rest.pop()
        if joined and rest and clause.words in _PLEASE and clause.after == joined[-1].after == ",":
            before = joined[-1]
            if len(before.words) > 1 or before.words[0] not in _SHORT_ANSWERS:
                after = rest.pop()
                words, raw = before.words + clause.words + after.words, before.raw + clause.raw + after.raw
                clause = Clause(words, raw, before.sentence, before.quoted, after.after)
                joined.pop()
        joined.append(clause)
    return joined


def cut(text: str) -> tuple[Sentence, ...]:
    """Cut a text into sentences. A line end ends a sentence unless the line was merely wrapped."""
    text = fold_text(text[:READ_MAX])
    cutter = _Cutter()
    line_start = 0
    for match in _PIECE.finditer(text):
        kind, mark = match.lastgroup, match[0]
        if kind == "word":
            words = cutter.words
            if len(words) >= CLAUSE_WORDS_MAX:
                cutter.end_clause("")
                words = cutter.words
            if mark.isalnum():
                words.append(mark.casefold())
                cutter.raw.append(mark)
                continue
            for part in _split_word(mark):
                cutter.words.append(part)
                cutter.raw.append(mark)
        elif kind == "end":
            if not _inside_word(text, match.start(), match.end()):
                cutter.end_sentence(mark)
        elif kind == "pause":
            cutter.end_clause(mark)
            cutter.asks = cutter.asks or mark == "¿"
        elif kind == "quote":
            if mark not in "'’‘`":
                cutter.end_clause(mark)
                cutter.quoted = _opens_or_closes(cutter.quoted, mark)
        elif kind == "line":
            if mark.count("\n") > 1:
                cutter.end_sentence("\n\n")
                cutter.paragraph += 1
                cutter.quoted = False
            elif _ends_line(text, line_start, match.start(), match.end()):
                cutter.end_sentence("\n")
            line_start = match.end()
    cutter.end_sentence("")
    return tuple(cutter.sentences)


def _opens_or_closes(quoted: bool, mark: str) -> bool:
    if mark in "“„«「『":
        return not quoted if mark in "“«" else True
    if mark in "”»」』":
        return False if quoted else mark == "»"
    return not quoted


def _inside_word(text: str, start: int, end: int) -> bool:
    """A point between letters or digits: example.org, 3.5, p.m."""
    return (
        end - start == 1
        and text[start] == "."
        and start > 0
        and text[end : end + 1].isalnum()
        and text[start - 1].isalnum()
    )


def _ends_line(text: str, line_start: int, at: int, after: int) -> bool:
    """A single line end ends the sentence where the line is short, or the next begins a list item or a new thought."""
    if at - line_start < 45:
        following = text[after : after + 1]
        return not (following.islower() and at - line_start > 25)
    return text[after : after + 2] in ("- ", "* ") or text[after : after + 1].isdigit()
