"""The overlap check at intake: what exists and is like a new proposal is shown to the organizer and the liaison."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from mailflow.domain.model import Proposal, ProposalState
from mailflow.domain.outcome import Owed
from mailflow.domain.overlap import UNIT, Body, Overlap, overlaps
from mailflow.domain.phrase import say
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.store import proposals, units
from mailflow.store.engine import Work

GROUP, PROPOSAL = "group", "proposal"
WHAT_WORDS = {
    UNIT: say("a unit"),
    GROUP: say("a group that was approved"),
    PROPOSAL: say("a proposal that is under way"),
}
_OVER = frozenset({ProposalState.WITHDRAWN, ProposalState.LAPSED})
_GROUPS = frozenset({ProposalState.APPROVED, ProposalState.REPORTED, ProposalState.RENEWAL_DUE})


def similar_to(work: Work, office: Office, proposal: Proposal) -> tuple[Overlap, ...]:
    """Give the units, approved groups and open proposals with a purpose like this proposal's, the most alike first."""
    kind = proposal.kind
    background = " ".join([office.settings.association.name, kind.title, kind.description, kind.act])
    return overlaps(_body(proposal), list(_bodies(work, office, proposal)), background)


def _bodies(work: Work, office: Office, proposal: Proposal) -> Sequence[Body]:
    listed = [Body(one.unit_id, UNIT, one.name, " ".join(one.tags)) for one in units.units(work).values()]
    others = proposals.proposals(work, office.kinds).values()
    return [*listed, *(_body(one) for one in others if one.id != proposal.id and one.state not in _OVER)]


def _body(proposal: Proposal) -> Body:
    what = GROUP if proposal.state in _GROUPS else PROPOSAL
    return Body(proposal.id, what, proposal.title, proposal.statement)


def tell_of_overlaps(work: Work, office: Office, proposal: Proposal, now: datetime) -> tuple[Overlap, ...]:
    """Mail what is similar to the organizers and the liaison, once for the same statement and findings."""
    found = similar_to(work, office, proposal)
    if not found:
        return ()
    seen = "\n".join([proposal.statement_sha256, *(one.body.id for one in found)])
    version = sha256(seen.encode()).hexdigest()[:16]
    addresses = dict.fromkeys([*(o.email for o in proposal.organizers), proposal.staff_liaison.email])
    facts = {"similar": [as_words(one) for one in found]}
    owed = [Owed("overlap_found", proposal.id, MAILTO + one, version, facts) for one in addresses if one]
    owe(work, office, owed, {proposal.id: proposal}, now)
    return found


def as_words(one: Overlap) -> dict[str, str]:
    """Give {title,what,shared} of a similar body, in words."""
    return {"title": one.body.title, "what": WHAT_WORDS[one.body.what], "shared": ", ".join(one.shared)}


def show_similar(office: Office, proposal_id: str) -> list[dict[str, Any]]:
    """Give what is similar to a proposal (`proposal similar`)."""
    with office.db.read() as work:
        found = similar_to(work, office, proposals.proposal(work, office.kinds, proposal_id))
    return [
        {"id": one.body.id, "what": one.body.what, "title": one.body.title, "score": one.score, "shared": one.shared}
        for one in found
    ]
