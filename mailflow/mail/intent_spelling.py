"""Putting slips of the fingers right in short answers, so that 'add my nmae' and 'tomorow' are read as meant.

Only words that no table knows are touched, only towards the words of phrases/spelling, and only for the commonest
slips: two neighbours that changed places, a letter left out or typed twice, and in long words one wrong letter. The
first letter stands. One look-up a word.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from mailflow.mail.intent_language import is_known_word
from mailflow.mail.intent_text import Clause, Sentence, fold_words
from mailflow.mail.phrases.spelling import REAL, SPELLED

WORDS_MAX = 60  # a longer text says things more than once
SWAP_MIN, DROP_MIN, DOUBLE_MIN, WRONG_MIN = 4, 5, 6, 8  # letters of a word in which such a slip is put right
_LETTERS = "abcdefghijklmnopqrstuvwxyz"


def spelled(sentences: tuple[Sentence, ...], languages: tuple[str, ...]) -> tuple[Sentence, ...]:
    """Give the sentences with slips put right; what was written stays in Clause.raw."""
    if sum(s.word_count for s in sentences) > WORDS_MAX:
        return sentences
    slips = _slips(languages)
    if not any(word in slips for s in sentences for clause in s.clauses for word in clause.words):
        return sentences
    return tuple(replace(s, clauses=tuple(_corrected(clause, slips) for clause in s.clauses)) for s in sentences)


def _corrected(clause: Clause, slips: dict[str, str]) -> Clause:
    return replace(clause, words=tuple(slips.get(word, word) for word in clause.words))


@lru_cache(maxsize=64)
def _slips(languages: tuple[str, ...]) -> dict[str, str]:
    """Slip to word, for some languages; the first language's word where two are as near."""
    real = set(fold_words(REAL))
    found: dict[str, str] = {}
    for language in languages:
        for word in fold_words(SPELLED.get(language, "")):
            for slip in _variants(word):
                if slip not in real and not is_known_word(slip):
                    found.setdefault(slip, word)
    return found


def _variants(word: str) -> Iterable[str]:
    inner = range(1, len(word) - 1)
    for n in inner:
        if len(word) >= SWAP_MIN:
            yield word[:n] + word[n + 1] + word[n] + word[n + 2 :]
        if len(word) >= DROP_MIN:
            yield word[:n] + word[n + 1 :]
        if len(word) >= DOUBLE_MIN:
            yield word[:n] + word[n] + word[n:]
        if len(word) >= WRONG_MIN:
            yield from (word[:n] + letter + word[n + 1 :] for letter in _LETTERS)
