"""The life of a proposal and its petition: which moves there are, who may make them, where they lead.

One table; every service asks it, and docs/lifecycle.md is drawn from it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from mailflow.domain.model import ProposalState
from mailflow.domain.phrase import say
from mailflow.errors import Refused

S = ProposalState


class Who(StrEnum):
    """Who may make a move; staff may make each that a person makes."""

    CLOCK = "the clock"
    MEMBERS = "the members' signatures"
    ORGANIZER = "an organizer"
    LIAISON = "the staff liaison"
    STAFF = "staff"
    COMMITTEE = "the committee"
    COUNCIL = "Council's secretary"


class Act(StrEnum):
    """The moves of a life, by the words that commands and replies use."""

    OPEN_FEEDBACK = "open feedback"
    CLOSE_FEEDBACK = "close feedback"
    EXTEND_FEEDBACK = "extend feedback"
    OPEN_PETITION = "open the petition"
    QUALIFY = "qualify"
    EXTEND_PETITION = "extend the petition"
    CLOSE_PETITION = "close the petition"
    LAPSE = "lapse"
    SUBMIT = "submit"
    ACKNOWLEDGE = "acknowledge"
    APPROVE = "approve"
    RETURN = "return"
    REPORT = "report"
    RENEW = "call for renewal"
    AMEND = "amend the statement"
    MEND = "change an organizer"
    WITHDRAW = "withdraw"


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table. to None: the state stays, or goes back to what it was. tells: the mails it owes."""

    act: Act
    frm: frozenset[ProposalState]
    to: ProposalState | None
    by: tuple[Who, ...]
    tells: tuple[str, ...] = ()
    hint: str = ""


def _move(
    act: Act, frm: set[ProposalState], to: ProposalState | None, by: tuple[Who, ...], *tells: str, hint: str = ""
) -> Move:
    return Move(act, frozenset(frm), to, by, tells, hint)


LIFE: tuple[Move, ...] = (
    _move(
        Act.OPEN_FEEDBACK,
        {S.DRAFT},
        S.FEEDBACK_OPEN,
        (Who.LIAISON, Who.STAFF),
        "proposal_open",
        hint=say("only a draft is opened"),
    ),
    _move(
        Act.EXTEND_FEEDBACK,
        {S.DRAFT, S.FEEDBACK_OPEN, S.FEEDBACK_CLOSED},
        None,
        (Who.ORGANIZER, Who.LIAISON, Who.STAFF),
        "window_extended",
        "organizer_note",
    ),
    _move(Act.CLOSE_FEEDBACK, {S.FEEDBACK_OPEN}, S.FEEDBACK_CLOSED, (Who.CLOCK,)),
    _move(
        Act.OPEN_PETITION,
        {S.DRAFT, S.FEEDBACK_OPEN, S.FEEDBACK_CLOSED},
        S.PETITION_OPEN,
        (Who.CLOCK, Who.ORGANIZER, Who.LIAISON, Who.STAFF),
        "open_question",
        "petition_invitation",
        "share_kit",
    ),
    _move(Act.QUALIFY, {S.PETITION_OPEN}, S.QUALIFIED, (Who.MEMBERS,), "petition_qualified"),
    _move(
        Act.EXTEND_PETITION,
        {S.PETITION_OPEN, S.QUALIFIED, S.CLOSED, S.LAPSED, S.RETURNED},
        None,
        (Who.ORGANIZER, Who.LIAISON, Who.STAFF),
        "window_extended",
        "organizer_note",
    ),
    _move(
        Act.CLOSE_PETITION, {S.PETITION_OPEN, S.QUALIFIED}, S.CLOSED, (Who.CLOCK, Who.ORGANIZER, Who.LIAISON, Who.STAFF)
    ),
    _move(Act.LAPSE, {S.CLOSED}, S.LAPSED, (Who.CLOCK, Who.STAFF), "organizer_note"),
    _move(
        Act.SUBMIT,
        {S.QUALIFIED, S.CLOSED, S.RETURNED},
        S.SUBMITTED,
        (Who.ORGANIZER, Who.LIAISON, Who.STAFF),
        "submission",
        "submission_told",
        hint=say("a petition is submitted when it has qualified or closed"),
    ),
    _move(Act.ACKNOWLEDGE, {S.SUBMITTED}, S.ACKNOWLEDGED, (Who.COMMITTEE, Who.STAFF)),
    _move(
        Act.APPROVE,
        {S.SUBMITTED, S.ACKNOWLEDGED},
        S.APPROVED,
        (Who.COMMITTEE, Who.STAFF),
        "outcome_approved",
        "outcome_told",
    ),
    _move(
        Act.RETURN,
        {S.SUBMITTED, S.ACKNOWLEDGED},
        S.RETURNED,
        (Who.COMMITTEE, Who.STAFF),
        "outcome_returned",
        "outcome_told",
    ),
    _move(Act.REPORT, {S.APPROVED}, S.REPORTED, (Who.COUNCIL, Who.LIAISON, Who.STAFF), "council_report"),
    _move(Act.RENEW, {S.APPROVED, S.REPORTED}, S.RENEWAL_DUE, (Who.CLOCK,), "renewal"),
    _move(
        Act.AMEND,
        {S.FEEDBACK_OPEN, S.FEEDBACK_CLOSED, S.PETITION_OPEN, S.QUALIFIED, S.RETURNED},
        None,
        (Who.STAFF,),
        "affirm_ask",
        hint=say("a draft is changed by adding its file again; a statement that was decided on stays"),
    ),
    _move(
        Act.MEND,
        set(S) - {S.WITHDRAWN, S.RENEWAL_DUE},
        None,
        (Who.ORGANIZER, Who.LIAISON, Who.STAFF),
        "organizer_note",
    ),
    _move(
        Act.WITHDRAW,
        {S.DRAFT, S.FEEDBACK_OPEN, S.FEEDBACK_CLOSED, S.PETITION_OPEN, S.QUALIFIED, S.CLOSED, S.RETURNED, S.LAPSED},
        S.WITHDRAWN,
        (Who.STAFF,),
    ),
)
_BY_ACT = {move.act: move for move in LIFE}


def may(state: ProposalState, act: Act) -> bool:
    """Tell whether a proposal in that state can make the move."""
    return state in _BY_ACT[act].frm


def leads_to(act: Act) -> ProposalState:
    """Give the state that a move leads to; for moves that lead to one."""
    to = _BY_ACT[act].to
    assert to is not None
    return to


def require(proposal_id: str, state: ProposalState, act: Act) -> None:
    """Refuse a move that the state does not allow, saying what it is and what would do."""
    move = _BY_ACT[act]
    if state in move.frm:
        return
    states = ", ".join(str(s) for s in ProposalState if s in move.frm)
    hint = move.hint or say("that is for a proposal that is %(states)s", states=states)
    refused = {"id": proposal_id, "state": str(state), "act": str(act), "hint": hint}
    raise Refused(say("%(id)s is %(state)s: it can't %(act)s now; %(hint)s", **refused))


def acts_of(state: ProposalState) -> tuple[Act, ...]:
    """Give the moves that a state allows, in the order of a life."""
    return tuple(move.act for move in LIFE if state in move.frm)


def table() -> list[dict[str, str]]:
    """Give the table in words, for the documentation."""
    return [
        {
            "act": str(move.act),
            "from": ", ".join(str(s) for s in ProposalState if s in move.frm),
            "to": str(move.to) if move.to is not None else "(as it was)",
            "by": ", ".join(move.by),
            "mails": ", ".join(move.tells),
        }
        for move in LIFE
    ]
