"""Finding the phrases of the language tables in clauses: one look-up a word, whatever the number of languages.

Notation of the tables (mailflow/mail/phrases): one phrase a line; words are folded like the text; `a|b` either word;
`a?` may be missing; `sign*` any ending, and in front `*ince` any beginning; `...` up to three words between (up to
eight characters in scripts without spaces); `^` at the beginning: only at the start of a clause; `$` at the end: only
at its end; `=` at the beginning: the clause is that and nothing else (politeness apart).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import import_module

from mailflow.mail.intent_text import Clause, fold_words

# in the order of preference where a text could be several
SPACED = ("en", "es", "fr", "de", "pt", "it", "nl", "pl", "ru", "uk", "vi", "ar", "sv", "da", "tr", "cs")
UNSPACED = ("ja", "zh", "ko")
GAP_WORDS = 3
GAP_CHARS = 8
IN_A_ROW_MAX = 8  # words
HEADS_MAX = 64  # combinations of languages whose look-ups are kept


@dataclass(frozen=True, slots=True)
class Hit:
    """A phrase found: its category, and which words of the clause it covers."""

    category: str
    start: int
    end: int
    language: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """One language's phrases: by first word, by the first or last three letters of one with any ending or beginning.

    The expressions are compiled when their first word is met: few of the thousands are.
    """

    language: str
    by_word: dict[str, dict[str, list[str]]]
    by_stem: dict[str, dict[str, list[str]]]
    by_end: dict[str, dict[str, list[str]]]
    plain: tuple[tuple[str, re.Pattern[str]], ...]
    whole: dict[str, frozenset[str]]
    negation_follows: bool


def _lines(block: str) -> list[str]:
    return [line.strip() for line in block.splitlines() if line.strip() and not line.strip().startswith("#")]


def _alternatives(token: str) -> list[str]:
    return [a for a in token.split("|") if a]


def _token_regex(token: str) -> str:
    parts = []
    for alternative in _alternatives(token):
        stem = alternative.endswith("*")
        folded = " ".join(fold_words(alternative.rstrip("*")))
        parts.append(re.escape(folded) + ("[^ ]*" if stem else ""))
    return "(?:" + "|".join(parts) + ")"


def _rest_regex(tokens: Iterable[str], ends: bool) -> str:
    regex = ""
    for token in tokens:
        if token == "...":
            regex += f"(?: [^ ]+){{0,{GAP_WORDS}}}?"
        elif token.endswith("?"):
            regex += f"(?: {_token_regex(token[:-1])})?"
        else:
            regex += " " + _token_regex(token)
    return regex + (r" \Z" if ends else "(?= )")


def _plain_regex(phrase: str) -> str:
    """A phrase of a script without spaces."""
    starts, ends = phrase.startswith("^"), phrase.endswith("$")
    regex = ""
    for token in phrase.strip("^$").split():
        if token == "...":
            regex += f".{{0,{GAP_CHARS}}}?"
        elif token.endswith("?"):
            regex += "(?:" + "|".join(re.escape("".join(fold_words(a))) for a in _alternatives(token[:-1])) + ")?"
        else:
            regex += "(?:" + "|".join(re.escape("".join(fold_words(a))) for a in _alternatives(token)) + ")"
    return (r"\A" if starts else "") + regex + (r"\Z" if ends else "")


@cache
def table(language: str) -> Table:
    """Load and compile one language's table."""
    module = import_module(f"mailflow.mail.phrases.{language}")
    return compile_table(
        language, module.PHRASES, language in UNSPACED, bool(getattr(module, "NEGATION_FOLLOWS", False))
    )


def compile_table(language: str, phrases: dict[str, str], unspaced: bool, negation_follows: bool = False) -> Table:
    """Compile a table of phrases by category."""
    whole = {c: frozenset(_whole(b, unspaced)) for c, b in phrases.items()}
    by_word: dict[str, dict[str, list[str]]] = {}
    by_stem: dict[str, dict[str, list[str]]] = {}
    by_end: dict[str, dict[str, list[str]]] = {}
    plain: list[tuple[str, re.Pattern[str]]] = []
    for category, block in phrases.items():
        lines = [line for line in _lines(block) if not line.startswith("=")]
        if unspaced and lines:
            plain.append((category, re.compile("|".join(_longest_first([_plain_regex(line) for line in lines])))))
        elif not unspaced:
            for line in lines:
                _index(category, line, by_word, by_stem, by_end)
    whole = {category: found - {""} for category, found in whole.items() if found}
    return Table(language, by_word, by_stem, by_end, tuple(plain), whole, negation_follows)


def _whole(block: str, unspaced: bool) -> Iterable[str]:
    for line in _lines(block):
        if line.startswith("="):
            for variant in _variants(line[1:].split()):
                yield ("" if unspaced else " ").join(fold_words(" ".join(variant)))


def _variants(tokens: list[str]) -> list[list[str]]:
    """Write out `a|b` and `c?` of a whole-clause phrase."""
    result: list[list[str]] = [[]]
    for token in tokens:
        choices = [[a] for a in _alternatives(token.rstrip("?"))] + ([[]] if token.endswith("?") else [])
        result = [head + choice for head in result for choice in choices]
    return result


Index = dict[str, dict[str, list[str]]]


def _index(category: str, line: str, by_word: Index, by_stem: Index, by_end: Index) -> None:
    starts, ends = line.startswith("^"), line.endswith("$")
    tokens = line.strip("^$").split()
    if tokens[0].endswith("?"):
        _index(category, "^" * starts + " ".join(tokens[1:]) + "$" * ends, by_word, by_stem, by_end)
    rest = _rest_regex(tokens[1:], ends)
    for alternative in _alternatives(tokens[0].rstrip("?")):
        words = fold_words(alternative.strip("*"))
        if not words:
            continue
        target, key, head = by_word, words[0], re.escape(" ".join(words))
        if alternative.startswith("*"):
            target, key, head = by_end, words[0][-3:], "[^ ]*" + head
        elif alternative.endswith("*"):
            head += "[^ ]*"
            if len(words) == 1:
                target, key = by_stem, words[0][:3]
        regex = (r"(?<=\A )" if starts else "(?<= )") + head + rest
        target.setdefault(key, {}).setdefault(category, []).append(regex)


def _longest_first(regexes: list[str]) -> list[str]:
    return sorted(regexes, key=len, reverse=True)


def find(clause: Clause, tables: Iterable[Table]) -> list[Hit]:
    """Find every phrase of the given tables in a clause."""
    hits: list[Hit] = []
    tables = tuple(tables)
    for t in tables:
        if t.plain:
            joined = clause.joined
            hits += [Hit(c, m.start(), m.end(), t.language) for c, regex in t.plain for m in regex.finditer(joined)]
    words, stems, endings = _heads(tables)
    spaced = ""
    at = 1
    for number, word in enumerate(clause.words):
        entries = words.of(word) if word in words.known else ()
        if word[:3] in stems.known:
            entries += stems.of(word[:3])
        if word[-3:] in endings.known:
            entries += endings.of(word[-3:])
        if entries:
            spaced = spaced or " " + " ".join(clause.words) + " "
            for category, match_at, language in entries:
                match = match_at(spaced, at)
                if match:
                    found = match[0]
                    hits.append(Hit(category, number, number + found.count(" ") + 1 - (found[-1:] == " "), language))
        at += len(word) + 1
    return hits


Entry = tuple[str, Callable[[str, int], re.Match[str] | None], str]


class _Heads:
    """The first words (or stems) of some tables, merged, so that a word is looked up once."""

    def __init__(self, sources: list[tuple[str, dict[str, dict[str, list[str]]]]]) -> None:
        self.known = frozenset(word for _, index in sources for word in index)
        self._sources = sources
        self._ready: dict[str, tuple[Entry, ...]] = {}

    def of(self, word: str) -> tuple[Entry, ...]:
        """Give category, matcher and language of every phrase that begins with a known word."""
        found = self._ready.get(word)
        if found is None:
            found = self._ready[word] = tuple(
                (category, _expression("|".join(_longest_first(regexes))).match, language)
                for language, index in self._sources
                for category, regexes in index.get(word, {}).items()
            )
        return found


@lru_cache(maxsize=20_000)
def _expression(text: str) -> re.Pattern[str]:
    """Compile once, whatever combination of languages asks."""
    return re.compile(text)


_HEADS: dict[tuple[int, ...], tuple[tuple[Table, ...], tuple[_Heads, _Heads, _Heads]]] = {}


def _heads(tables: tuple[Table, ...]) -> tuple[_Heads, _Heads, _Heads]:
    key = tuple(map(id, tables))
    known = _HEADS.get(key)
    if known is None:
        if len(_HEADS) > HEADS_MAX:
            _HEADS.clear()
        words = _Heads([(t.language, t.by_word) for t in tables])
        stems = _Heads([(t.language, t.by_stem) for t in tables])
        endings = _Heads([(t.language, t.by_end) for t in tables])
        # the tables are held, so that their ids stay theirs
        known = _HEADS[key] = (tables, (words, stems, endings))
    return known[1]


def whole_categories(clause: Clause, core: str, tables: Iterable[Table]) -> set[str]:
    """Name the categories of which a clause is a whole-clause phrase, or a few of them in a row ('yes of course')."""
    tables = tuple(tables)
    spaced, plain, words_max = _whole_index(tuple(t.language for t in tables))
    words = core.count(" ") + 1
    if words > words_max and len(clause.words) > words_max:
        return set()
    texts = {" ".join(clause.words), core}
    found: set[str] = set()
    for text in texts:
        found |= spaced.get(text, _NOTHING)
        if plain:
            found |= plain.get(text.replace(" ", ""), _NOTHING)
    return found or (_in_a_row(core.split(" "), tables) if words < IN_A_ROW_MAX else set())


_NOTHING: frozenset[str] = frozenset()
Whole = dict[str, frozenset[str]]


@lru_cache(maxsize=256)
def _whole_index(languages: tuple[str, ...]) -> tuple[Whole, Whole, int]:
    """The whole-clause phrases of some languages to their categories, apart for scripts without spaces; the longest."""
    spaced: Whole = {}
    plain: Whole = {}
    for t in map(table, languages):
        target = plain if t.plain else spaced
        for category, phrases in t.whole.items():
            for phrase in phrases:
                target[phrase] = target.get(phrase, _NOTHING) | {category}
    longest = max((phrase.count(" ") + 1 for phrase in spaced), default=0)
    return spaced, plain, 10_000 if plain else longest


def _in_a_row(words: list[str], tables: tuple[Table, ...]) -> set[str]:
    """A clause of up to seven words that is made of two or three plain answers of one kind."""
    if not 1 < len(words) < IN_A_ROW_MAX:
        return set()
    for category, phrases, openings in _row_phrases(tuple(t.language for t in tables)):
        if words[0] in openings and _covers(words, phrases, 3):
            return {category}
    return set()


@lru_cache(maxsize=256)
def _row_phrases(languages: tuple[str, ...]) -> tuple[tuple[str, frozenset[str], frozenset[str]], ...]:
    """The plain answers of some languages by category, and the words with which they begin."""
    found = []
    for category, kinds in _ROWS:
        phrases = frozenset(p for lang in languages for kind in kinds for p in table(lang).whole.get(kind, ()))
        found.append((category, phrases, frozenset(phrase.split(" ")[0] for phrase in phrases)))
    return tuple(found)


_ROWS = (("yes", ("yes",)), ("no", ("no",)), ("lone", ("lone",)), ("confirm", ("yes", "confirm")))


def _covers(words: list[str], phrases: frozenset[str], at_most: int) -> bool:
    if not words:
        return True
    if at_most == 0:
        return False
    heads = (n for n in range(len(words), 0, -1) if " ".join(words[:n]) in phrases)
    return any(_covers(words[n:], phrases, at_most - 1) for n in heads)
