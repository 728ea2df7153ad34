"""Feedback that is not for others, and feedback that only speaks of such things."""

from __future__ import annotations

import pytest

from mailflow.domain.discretion import is_not_for_others


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("I like it. Not for others: my boss is against it.", id="the words of our mail"),
        pytest.param("Please do not share this with\nthe group.", id="over a line's end"),
        pytest.param("CONFIDENTIAL\n\nI doubt the budget.", id="a label on its own line"),
        pytest.param("[private]\nI doubt the budget.", id="a label in brackets"),
        pytest.param("Don’t share my name.", id="a curly apostrophe"),
        pytest.param("No lo comparta con los demás, por favor.", id="Spanish"),
        pytest.param("À titre confidentiel : je doute du budget.", id="French"),
        pytest.param("Bitte nicht weitergeben.", id="German"),
        pytest.param("Não compartilhe isto.", id="Portuguese"),
        pytest.param("Per favore non condividere.", id="Italian"),
        pytest.param("Niet voor anderen bedoeld.", id="Dutch"),
    ],
)
def test_writer_asks_that_others_not_see_it(text: str) -> None:
    assert is_not_for_others(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("Please share this with everybody.", id="the contrary"),
        pytest.param("The group should treat private data with care.", id="private in a sentence"),
        pytest.param("Members need a confidential place to talk.", id="confidential in a sentence"),
        pytest.param("Otherwise fine.", id="a part of a word"),
        pytest.param("", id="nothing"),
    ],
)
def test_plain_feedback_is_for_everybody(text: str) -> None:
    assert not is_not_for_others(text)
