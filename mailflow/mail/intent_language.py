"""Which languages a text may be in: by script, then by the commonest words and the words of the phrase tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from itertools import chain, islice

from mailflow.mail.intent_match import SPACED, Table, table
from mailflow.mail.intent_text import fold_words

NAMED_WORDS = 200  # how many words are looked at
SHORT_WORDS = 4  # a shorter text is read in every language that knows one of its words
UNSURE_WORDS = 7  # a text shorter than this is read in languages that come close, too
TABLES_MAX = 5
TELLING = (
    "sign",
    "willing",
    "request",
    "lone",
    "yes",
    "no",
    "confirm",
    "decline",
    "withdraw",
    "unsubscribe",
    "support",
    "polite",
    "notme",
)

_HANGUL = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7af]")
_KANA = re.compile("[\u3040-\u30ff]")
_HAN = re.compile("[\u3400-\u9fff]")
_CYRILLIC = re.compile("[\u0400-\u04ff]")
_LATIN = re.compile("[A-Za-z]")
_UNSPACED = ((_HANGUL, "ko"), (_KANA, "ja"), (_HAN, "zh"))


@lru_cache(maxsize=1)
def _vocabulary() -> dict[str, tuple[str, ...]]:
    """Folded word -> the languages that have it; a commonest word counts twice."""
    by_word: dict[str, list[str]] = {}
    for language in SPACED:
        module = import_module(f"mailflow.mail.phrases.{language}")
        common = set(fold_words(module.WORDS))
        telling = " ".join(module.PHRASES.get(category, "") for category in TELLING)
        for word in common:
            by_word.setdefault(word, []).extend((language, language))
        for word in set(fold_words(telling.replace("|", " "))) - common:
            by_word.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in by_word.items()}


@lru_cache(maxsize=1)
def _all_words() -> frozenset[str]:
    """Every folded word of the tables in scripts with spaces."""
    words: set[str] = set()
    for language in SPACED:
        module = import_module(f"mailflow.mail.phrases.{language}")
        words.update(fold_words(module.WORDS))
        for block in module.PHRASES.values():
            words.update(fold_words(block.replace("|", " ")))
    return frozenset(words)


def is_known_word(word: str) -> bool:
    """Tell whether any language's tables have a folded word."""
    return word in _all_words()


def choose_tables(words: Iterable[str]) -> tuple[str, tuple[Table, ...]]:
    """Name the likeliest language of folded words ("" when nothing tells) and give the tables worth asking.

    English is always asked: people answer SIGN, yes and stop in English whatever they write otherwise.
    """
    sample = list(islice(words, NAMED_WORDS))
    text = " ".join(sample)
    if not text.isascii():
        for regex, language in _UNSPACED:
            if regex.search(text):
                return language, (table(language), table("en"))
    vocabulary = _vocabulary()
    scores = Counter(chain.from_iterable(vocabulary[word] for word in sample if word in vocabulary))
    if not scores:
        return "", (table("en"),)
    best = max(scores.values())
    order = {language: number for number, language in enumerate(SPACED)}
    near = (
        lang
        for lang, n in scores.items()
        if len(sample) < SHORT_WORDS or (n >= best - 1 and (len(sample) < UNSURE_WORDS or n * 4 >= best * 3))
    )
    chosen = sorted(near, key=lambda lang: (-scores[lang], order[lang]))[:TABLES_MAX]
    return chosen[0], tuple(table(lang) for lang in dict.fromkeys((*chosen, "en")))
