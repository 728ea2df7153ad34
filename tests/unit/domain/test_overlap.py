"""Bodies whose purpose is like a new proposal's are found, and others are not."""

from __future__ import annotations

import pytest

from mailflow.domain.overlap import SHOWN_MAX, Body, overlaps
from tests.unit.domain.overlap_pairs import BACKGROUND, BODIES, COVERED, NOT_COVERED


def found_for(title: str, text: str) -> list[str]:
    return [one.body.id for one in overlaps(Body("mig-9", "proposal", title, text), BODIES, BACKGROUND)]


@pytest.mark.parametrize(("planted", "title", "text"), COVERED, ids=[title for _, title, _ in COVERED])
def test_a_proposal_that_a_body_covers_is_found_among_the_first(planted: str, title: str, text: str) -> None:
    assert planted in found_for(title, text)[:2]


@pytest.mark.parametrize(("title", "text"), NOT_COVERED, ids=[title for title, _ in NOT_COVERED])
def test_a_proposal_that_nobody_covers_is_left_alone(title: str, text: str) -> None:
    assert found_for(title, text) == []


def test_there_are_twenty_of_each() -> None:
    assert len(COVERED) == len(NOT_COVERED) == 20


def test_the_words_in_common_are_told_as_they_were_written() -> None:
    found = overlaps(Body("mig-9", "proposal", "Preserving paper", "Preservation."), BODIES, BACKGROUND)
    assert found[0].body.id == "pres" and set(found[0].shared) <= {"preserving", "preservation", "paper"}


def test_at_most_a_handful_is_shown_the_most_alike_first() -> None:
    words = ["maps", "chess", "honey", "paper", "films", "seeds", "law"]
    many = [Body(word, "unit", word.title(), "") for word in words]
    found = overlaps(Body("mig-9", "proposal", " ".join(words), ""), [*many, *BODIES[:5]])
    assert len(found) == SHOWN_MAX
    assert [one.score for one in found] == sorted((one.score for one in found), reverse=True)


@pytest.mark.parametrize(
    ("title", "text"),
    [("", ""), ("!!!", "123 456"), ("The group", "of members"), ("x" * 5_000, "y " * 50_000), ("محمد", "李小龍")],
    ids=["nothing", "no words", "common words", "long", "other scripts"],
)
def test_what_says_nothing_is_like_nothing(title: str, text: str) -> None:
    assert overlaps(Body("mig-9", "proposal", title, text), BODIES, BACKGROUND) == ()


def test_a_proposal_is_not_compared_with_itself() -> None:
    assert overlaps(BODIES[-1], BODIES[-1:]) == ()
