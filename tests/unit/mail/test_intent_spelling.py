"""Slips of the fingers: which are put right, and which words are left alone."""

from __future__ import annotations

import pytest

from mailflow.domain.reading import Context
from mailflow.mail.intent import read_intent
from mailflow.mail.intent_spelling import WORDS_MAX, spelled
from mailflow.mail.intent_text import cut


def words(text: str) -> str:
    return " ".join(word for s in spelled(cut(text), ("en",)) for clause in s.clauses for word in clause.words)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("add my nmae", "add my name"),
        ("I wnat to sgin", "i want to sign"),
        ("the petiton", "the petition"),
        ("tomorow, mabye", "tomorrow maybe"),
        ("unsubscribbe", "unsubscribe"),
        ("my signeture", "my signature"),
        pytest.param("I am a singer and love singing", "i am a singer and love singing", id="words that are none"),
        pytest.param("the remote branch", "the remote branch", id="a word in its own right"),
        pytest.param("isgn", "isgn", id="the first letter stands"),
        pytest.param("nmea", "nmea", id="two slips"),
    ],
)
def test_the_commonest_slips_are_put_right(written: str, read: str) -> None:
    assert words(written) == read


def test_a_long_text_is_left_as_it_is() -> None:
    text = "nmae " * (WORDS_MAX + 1)
    assert words(text) == text.strip()


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("Plese add my nmae to the petiton", "sign"),
        ("I will sign tomorow", "unclear"),
        ("I woud sign if it were shorter", "unclear"),
        ("my collegue wants to sign", "unclear"),
        ("withdrwa my signature", "withdraw"),
        ("unsubcribe", "unsubscribe"),
        ("I love singing in the choir", "unclear"),
    ],
)
def test_a_mistyped_answer_is_read_as_meant(text: str, intent: str) -> None:
    """R45: a slip neither loses a signature nor hides a doubt."""
    assert read_intent(text, "", Context.PETITION, "Will you sign?").intent == intent
