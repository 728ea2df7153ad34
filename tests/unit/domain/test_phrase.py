"""Sentences that are English until it is known who reads them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass

import pytest

from mailflow.domain.phrase import Sentence, Several, said, say, say_n


@dataclass(frozen=True)
class Loud:
    """A tongue for tests: it says everything in capitals."""

    language: str = "xx"

    def text(self, message: str) -> str:
        return _loud(message)

    def plural(self, one: str, many: str, n: int) -> str:
        return _loud(one if n == 1 else many)

    def number(self, n: float) -> str:
        return f"#{n}"

    def row(self, names: Sequence[str]) -> str:
        return " & ".join(names)


def _loud(message: str) -> str:
    return message.upper().replace("%(N)S", "%(n)s").replace("%(WHAT)S", "%(what)s")


def test_a_phrase_is_its_english_text() -> None:
    phrase = say("It is %(what)s.", what="open")
    assert phrase == "It is open."
    assert json.dumps({"line": phrase}) == '{"line": "It is open."}'
    assert {phrase: 1}["It is open."] == 1


@pytest.mark.parametrize(
    ("n", "english", "loud"),
    [(1, "1 mail.", "#1 MAIL."), (2, "2 mails.", "#2 MAILS."), (1234, "1,234 mails.", "#1234 MAILS.")],
)
def test_a_number_chooses_the_form(n: int, english: str, loud: str) -> None:
    phrase = say_n("%(n)s mail.", "%(n)s mails.", n)
    assert (phrase, said(phrase, Loud())) == (english, loud)


def test_what_stands_in_a_phrase_is_said_too_and_words_of_people_are_not() -> None:
    inner = say_n("%(n)s day", "%(n)s days", 3)
    assert said(say("In %(what)s", what=inner), Loud()) == "IN #3 DAYS"
    assert said(say("In %(what)s", what="Springfield 100 % <b>"), Loud()) == "IN Springfield 100 % <b>"
    assert said(say("Is %(what)s", what=True), Loud()) == "IS True"
    assert said("a name", Loud()) == "a name"


def test_parts_and_sentences_are_made_after_they_are_said() -> None:
    parts = Several.of([say("one"), "two", say("three")], ", ")
    assert (parts, said(parts, Loud())) == ("one, two, three", "ONE, two, THREE")
    sentence = Sentence.of(say("which one"))
    assert (sentence, said(sentence, Loud())) == ("Which one.", "WHICH ONE.")
    assert Sentence.of("mig-1 is a draft") == "mig-1 is a draft."
    assert Sentence.of("'oepn' is no command.") == "'oepn' is no command."
