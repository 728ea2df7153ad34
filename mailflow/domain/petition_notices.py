"""What organizers are owed when their petition moves."""

from __future__ import annotations

from dataclasses import replace

from mailflow.domain.commands import Role, answers
from mailflow.domain.decide_command import possible_about
from mailflow.domain.model import Proposal
from mailflow.domain.outcome import ONCE, Owed


def to_organizers(proposal: Proposal, notice: str, version: str = ONCE) -> list[Owed]:
    """Owe a mail to each organizer, once a version."""
    addresses = dict.fromkeys(o.email for o in proposal.organizers if o.email)
    told = {"answers": answers(possible_about(proposal, frozenset({Role.ORGANIZER})))}
    return [Owed(notice, proposal.id, f"mailto:{address}", version, told) for address in addresses]


def qualified_notice(proposal: Proposal) -> list[Owed]:
    """Tell the organizers that the threshold is reached; once, whatever the counter does afterwards."""
    told = {"validated": proposal.validated}
    return [replace(owed, facts={**owed.facts, **told}) for owed in to_organizers(proposal, "petition_qualified")]
