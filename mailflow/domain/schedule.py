"""What the clock moves: pure rules over a proposal and an instant."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from mailflow.domain.model import COLLECTING, Proposal, ProposalState


class Move(StrEnum):
    """A move that time alone makes."""

    FEEDBACK_CLOSES = "feedback closes"
    PETITION_OPENS = "petition opens"
    PETITION_CLOSES = "petition closes"


def due_moves(proposal: Proposal, now: datetime) -> tuple[Move, ...]:
    """Give the moves that are due, in order. After a long pause feedback may close and the petition open at once."""
    if proposal.state in COLLECTING:
        return (Move.PETITION_CLOSES,) if _is_past(proposal.petition_closes_at, now) else ()
    moves = []
    if proposal.state is ProposalState.FEEDBACK_OPEN:
        if not _is_past(proposal.feedback_closes_at, now):
            return ()
        moves.append(Move.FEEDBACK_CLOSES)
    may_open = proposal.state in {ProposalState.FEEDBACK_OPEN, ProposalState.FEEDBACK_CLOSED}
    # one whose end has passed too is not opened by the clock: a person must look
    if may_open and _is_past(proposal.petition_opens_at, now) and not _is_past(proposal.petition_closes_at, now):
        moves.append(Move.PETITION_OPENS)
    return tuple(moves)


def _is_past(instant: datetime | None, now: datetime) -> bool:
    return instant is not None and instant <= now
