"""What members of the cast write means what the script says that it means."""

from __future__ import annotations

import pytest

from mailflow.demo.story.act import Effect, Way
from mailflow.demo.story.script import write_script
from mailflow.demo.story.words import (
    CONDITION,
    DECLINE,
    FEEDBACK,
    NOT_ME,
    QUESTION,
    SIGN,
    UNSUBSCRIBE,
    WITHDRAW,
    in_language,
)
from mailflow.domain.reading import Context, Intent
from mailflow.mail.intent import read_intent

INVITATION = "Will you sign? Diversity Member Initiative Group"


def _each(table: dict[str, tuple[str, ...]]) -> list[object]:
    return [pytest.param(words, id=f"{lang} {words[:30]!a}") for lang, wordings in table.items() for words in wordings]


@pytest.mark.parametrize("words", _each(SIGN))
def test_a_signature_is_read_as_one(words: str) -> None:
    reading = read_intent(words, f"Re: {INVITATION}", Context.PETITION, INVITATION)
    assert (reading.intent, reading.has_question) == (Intent.SIGN, False)


@pytest.mark.parametrize("words", _each(FEEDBACK))
def test_feedback_is_read_as_a_comment_and_nothing_else(words: str) -> None:
    reading = read_intent(words, "Re: A proposal", Context.PROPOSAL, "A proposal")
    assert (reading.intent, reading.has_question) == (Intent.COMMENT, False)


@pytest.mark.parametrize("words", _each({language: (words,) for language, words in DECLINE.items()}))
def test_a_no_is_read_as_a_no(words: str) -> None:
    assert read_intent(words, f"Re: {INVITATION}", Context.PETITION, INVITATION).intent is Intent.DECLINE


@pytest.mark.parametrize(
    ("words", "intent"),
    [(WITHDRAW, Intent.WITHDRAW), (CONDITION, Intent.UNCLEAR), (UNSUBSCRIBE, Intent.UNSUBSCRIBE),
     (QUESTION, Intent.QUESTION)],
    ids=["withdrawal", "condition", "unsubscribing", "question"],
)  # fmt: skip
def test_the_other_things_that_members_say(words: str, intent: Intent) -> None:
    assert read_intent(words, f"Re: {INVITATION}", Context.PETITION, INVITATION).intent is intent


def test_two_words_undo() -> None:
    assert read_intent(NOT_ME, "Re: Was that you?", Context.CONFIRM).undoes


def test_a_mail_without_a_key_says_in_full_what_is_signed() -> None:
    keyless = [act for act in write_script(1).acts if act.way is Way.NEW and act.expected is Effect.SIGNS]
    assert keyless
    for act in keyless:
        assert read_intent(act.words, act.subject, Context.NONE).intent is Intent.SIGN


def test_a_language_without_wordings_writes_english() -> None:
    assert in_language(SIGN, "is", len(SIGN["en"])) == SIGN["en"][0]
