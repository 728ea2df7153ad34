"""The table of a life: what is allowed, what is refused, and that every state is reached and left as the bylaws say."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mailflow.domain.lifecycle import LIFE, Act, acts_of, may, require, table
from mailflow.domain.model import ProposalState
from mailflow.errors import Refused
from mailflow.service.notices import NOTICES

S = ProposalState
STORY = [
    (S.DRAFT, Act.OPEN_FEEDBACK, S.FEEDBACK_OPEN),
    (S.FEEDBACK_OPEN, Act.CLOSE_FEEDBACK, S.FEEDBACK_CLOSED),
    (S.FEEDBACK_CLOSED, Act.OPEN_PETITION, S.PETITION_OPEN),
    (S.PETITION_OPEN, Act.QUALIFY, S.QUALIFIED),
    (S.QUALIFIED, Act.CLOSE_PETITION, S.CLOSED),
    (S.CLOSED, Act.SUBMIT, S.SUBMITTED),
    (S.SUBMITTED, Act.ACKNOWLEDGE, S.ACKNOWLEDGED),
    (S.ACKNOWLEDGED, Act.RETURN, S.RETURNED),
    (S.RETURNED, Act.SUBMIT, S.SUBMITTED),
    (S.SUBMITTED, Act.APPROVE, S.APPROVED),
    (S.APPROVED, Act.REPORT, S.REPORTED),
    (S.REPORTED, Act.RENEW, S.RENEWAL_DUE),
]


@pytest.mark.parametrize(("state", "act", "to"), STORY)
def test_the_story_is_allowed_step_by_step(state: ProposalState, act: Act, to: ProposalState) -> None:
    assert may(state, act)
    assert next(move.to for move in LIFE if move.act is act) is to


@pytest.mark.parametrize(
    ("state", "act"),
    [
        (S.DRAFT, Act.SUBMIT),
        (S.PETITION_OPEN, Act.OPEN_PETITION),
        (S.PETITION_OPEN, Act.SUBMIT),
        (S.SUBMITTED, Act.WITHDRAW),
        (S.APPROVED, Act.EXTEND_PETITION),
        (S.WITHDRAWN, Act.OPEN_PETITION),
        (S.CLOSED, Act.APPROVE),
    ],
)
def test_what_the_state_does_not_allow_is_refused_with_the_state_in_words(state: ProposalState, act: Act) -> None:
    with pytest.raises(Refused, match=f"mig-1 is {state}"):
        require("mig-1", state, act)


def test_every_state_but_the_first_can_be_reached_and_the_ends_are_ends() -> None:
    reached = {move.to for move in LIFE} | {S.DRAFT}
    assert set(S) <= reached
    assert [state for state in S if not acts_of(state)] == [S.RENEWAL_DUE, S.WITHDRAWN]


def test_the_table_has_a_row_a_move() -> None:
    assert len(table()) == len(Act) == len(LIFE)


def test_every_mail_that_a_move_owes_is_one_that_we_send() -> None:
    assert {name for move in LIFE for name in move.tells} - NOTICES.keys() <= {"renewal"}


DOCUMENT = Path(__file__).parents[3] / "docs" / "lifecycle.md"
HEAD = """# The life of a proposal and its petition

Drawn from the table in `mailflow/domain/lifecycle.py`, which every service asks; a test compares the two.
`DRAW=1 pytest tests/unit/domain/test_lifecycle.py` draws it anew. Staff may make each move that a person makes.

| act | from | to | by | mails |
|---|---|---|---|---|
"""


def test_the_document_is_drawn_from_the_table() -> None:
    """The table in the documentation is the one that the program goes by."""
    rows = [" | ".join(("", *(row[c] or "-" for c in ("act", "from", "to", "by", "mails")), "")) for row in table()]
    drawn = HEAD + "\n".join(row.strip() for row in rows) + "\n"
    if os.environ.get("DRAW"):
        DOCUMENT.write_text(drawn, encoding="utf-8")
    assert DOCUMENT.read_text(encoding="utf-8") == drawn
