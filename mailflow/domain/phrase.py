"""Sentences that are composed before it is known who reads them: English words that can be said again in a language.

A phrase is its English text, so that it can be shown, kept and compared as it is; service.speech says it otherwise.
`say` and `say_n` are what `make words` finds in the code.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, TypeGuard

from mailflow.errors import MailflowError

ENGLISH = "en"
LANGUAGES = (ENGLISH, "es", "fr")  # that every mail and page is written in; templates/locale has a catalogue for each


class Tongue(Protocol):
    """One language: what a phrase needs to be said in it."""

    @property
    def language(self) -> str:
        """ISO 639-1."""

    def text(self, message: str) -> str:
        """Give a message in this language, English where there is none."""

    def plural(self, one: str, many: str, n: int) -> str:
        """Give the form that goes with n."""

    def number(self, n: float) -> str:
        """Write a number as this language does."""

    def row(self, names: Sequence[str]) -> str:
        """Name several: 'A', 'A and B', 'A, B and C'."""


class Sayable(str):
    """An English text that knows how to be said in another language."""

    def said_in(self, tongue: Tongue) -> str:
        """Say it in a language."""
        raise NotImplementedError


class Phrase(Sayable):
    """A message with what goes into its places, `%(name)s`; numbers are written as the reader writes them."""

    _message: str
    _many: str
    _values: Mapping[str, object]

    @classmethod
    def of(cls, message: str, many: str, values: Mapping[str, object]) -> Phrase:
        """Make one. many: the message for a number other than one, "" where no number counts."""
        form = many if many and values["n"] != 1 else message
        phrase = cls(form % {name: _in_english(value) for name, value in values.items()})
        phrase._message, phrase._many, phrase._values = message, many, values
        return phrase

    def said_in(self, tongue: Tongue) -> str:
        """Say it in a language, with all that stands in it."""
        n = self._values.get("n")
        counts = self._many and isinstance(n, int)
        form = tongue.plural(self._message, self._many, int(str(n))) if counts else tongue.text(self._message)
        return form % {name: said(value, tongue) for name, value in self._values.items()}


class Several(Sayable):
    """Phrases one after another."""

    _parts: tuple[object, ...]
    _between: str

    @classmethod
    def of(cls, parts: Iterable[object], between: str = "") -> Several:
        """Join parts, phrases or plain texts. between: what stands between two of them."""
        kept = tuple(parts)
        several = cls(between.join(map(str, kept)))
        several._parts, several._between = kept, between
        return several

    def said_in(self, tongue: Tongue) -> str:
        """Say each part in a language."""
        return self._between.join(str(said(part, tongue)) for part in self._parts)


class Sentence(Sayable):
    """Words made a sentence: a capital in front, which an id or a quoted word does not get, and a full stop."""

    _words: str

    @classmethod
    def of(cls, words: str) -> Sentence:
        """Make a sentence of a phrase or of plain words."""
        sentence = cls(_as_sentence(words))
        sentence._words = words
        return sentence

    def said_in(self, tongue: Tongue) -> str:
        """Say it in a language."""
        return _as_sentence(str(said(self._words, tongue)))


def _as_sentence(words: str) -> str:
    first = words.split(" ", 1)[0]
    whole = words if words.endswith(".") else f"{words}."
    return f"{whole[:1].upper()}{whole[1:]}" if first.isalpha() else whole


def say(message: str, **values: object) -> Phrase:
    """Say a sentence. message: a literal, which `make words` can find."""
    return Phrase.of(message, "", values)


def say_n(one: str, many: str, n: int, **values: object) -> Phrase:
    """Say a sentence about a number, which stands in it as %(n)s."""
    return Phrase.of(one, many, {"n": n, **values})


def said(value: object, tongue: Tongue) -> object:
    """Say a value of a phrase in a language."""
    if isinstance(value, Sayable):
        return value.said_in(tongue)
    return tongue.number(value) if is_number(value) else value


def why(error: MailflowError) -> str:
    """Give what an error says, so that it can be said in another language."""
    problems = getattr(error, "problems", ()) or error.args
    return Several.of(problems, "; ") if len(problems) > 1 else problems[0]


def is_number(value: object) -> TypeGuard[int | float]:
    """Tell what is written as a number: a truth value is none."""
    return isinstance(value, int | float) and not isinstance(value, bool)


def _in_english(value: object) -> object:
    return f"{value:,}".removesuffix(".0") if is_number(value) else value
