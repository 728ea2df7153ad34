"""A group's end: organizers are nudged before it, and a renewal is drafted from what was approved."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from mailflow.domain.lifecycle import Act, Who
from mailflow.domain.model import Proposal, ProposalState
from mailflow.domain.outcome import Owed
from mailflow.domain.proposal_file import BY_ORGANIZER, act_sha256
from mailflow.domain.renewal import due_nudge, ends_on
from mailflow.errors import Refused
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.words import day_words
from mailflow.store import meta, proposals
from mailflow.store.engine import Work

STANDING = frozenset({ProposalState.APPROVED, ProposalState.REPORTED})
RENEWABLE = STANDING | {ProposalState.RENEWAL_DUE}
NUDGE, DRAFTED, RENEWS = "nudge to renew", "draft the renewal", "renew"
Events = Sequence[dict[str, Any]]


def nudge_due(office: Office, now: datetime) -> None:
    """Nudge the organizers of each group whose end comes near, each time once; at the end the state says so."""
    with office.db.read() as work:
        standing = [p.id for p in proposals.in_states(work, office.kinds, STANDING) if p.kind.lasts_years]
        due = [one for one in standing if _due(work, office, one, now) is not None]
    for proposal_id in due:
        with office.db.write() as work:
            petition = proposals.lock(work, office.kinds, proposal_id)
            months = _due(work, office, proposal_id, now) if petition.state in STANDING else None
            if months is not None:
                _nudge(work, office, petition, months, now)


def _due(work: Work, office: Office, proposal_id: str, now: datetime) -> int | None:
    events = proposals.events(work, proposal_id)
    petition = proposals.proposal(work, office.kinds, proposal_id)
    end_on = _end_of(office, petition, events)
    if end_on is None or _is_under_way(work, office, events):
        return None
    told = [int(event["details"]["months"]) for event in events if event["act"] == NUDGE]
    return due_nudge(end_on, office.today(now), told)


def _end_of(office: Office, petition: Proposal, events: Events) -> date | None:
    """Count from the meeting that approved, where it was told, else from the day of the record."""
    approved = next((event for event in reversed(events) if event["act"] == Act.APPROVE), None)
    if approved is None:
        return None
    met_on = approved["details"].get("meeting", "")
    approved_on = date.fromisoformat(met_on) if met_on else office.today(approved["at"])
    return ends_on(approved_on, petition.kind.lasts_years)


def _is_under_way(work: Work, office: Office, events: Events) -> bool:
    """Tell whether a renewal was drafted and has gone on since: nobody needs a nudge."""
    draft = _draft_of(events)
    found = proposals.proposals(work, office.kinds, [draft]).get(draft) if draft else None
    return found is not None and found.state not in {ProposalState.DRAFT, ProposalState.WITHDRAWN, ProposalState.LAPSED}


def _draft_of(events: Events) -> str:
    return next((str(event["details"]["renewal"]) for event in reversed(events) if event["act"] == DRAFTED), "")


def _nudge(work: Work, office: Office, petition: Proposal, months: int, now: datetime) -> None:
    events = proposals.events(work, petition.id)
    end_on = _end_of(office, petition, events)
    assert end_on is not None
    if months == 0:
        proposals.move(work, petition.id, ProposalState.RENEWAL_DUE, now)
        proposals.note(work, petition.id, now, Act.RENEW, Who.CLOCK)
    proposals.note(work, petition.id, now, NUDGE, Who.CLOCK, details={"months": months})
    facts = {"months": months, "ends_words": day_words(end_on), "draft": _draft_of(events), "id": petition.id}
    addresses = dict.fromkeys([*(o.email for o in petition.organizers), petition.staff_liaison.email])
    owed = [Owed("renewal", petition.id, MAILTO + one, f"renewal-{months}", facts) for one in addresses if one]
    owe(work, office, owed, {petition.id: petition}, now)


def draft_renewal(office: Office, proposal_id: str, now: datetime) -> str:
    """Draft the renewal of an approved group: its statement and people again, its signatories as the audience.

    Gives the new id; a draft that is there already is given again. Raises Refused where nothing was approved.
    """
    with office.db.write() as work:
        old = proposals.lock(work, office.kinds, proposal_id)
        if old.state not in RENEWABLE:
            raise Refused(f"{proposal_id} is {old.state}: what was approved is renewed")
        draft = _draft_of(proposals.events(work, proposal_id))
        if draft and proposals.proposal(work, office.kinds, draft).state is ProposalState.DRAFT:
            return draft
        new = _renewal_of(work, office, old)
        proposals.save(work, new, now)
        proposals.note(work, proposal_id, now, DRAFTED, Who.STAFF, details={"renewal": new.id})
        proposals.note(work, new.id, now, RENEWS, Who.STAFF, details={"renews": proposal_id})
    return new.id


def _renewal_of(work: Work, office: Office, old: Proposal) -> Proposal:
    # the kind as it is configured now: its act sentence may have changed since the old one was opened
    kind = office.kinds.get(old.kind.renewed_as or old.kind.name, old.kind)
    taken = set(proposals.proposal_ids(work))
    new_id = meta.next_id(work, kind.name)
    while new_id in taken:
        new_id = meta.next_id(work, kind.name)
    return replace(
        old,
        id=new_id,
        kind=kind,
        title=old.title if old.title.startswith("Renewal: ") else f"Renewal: {old.title}",
        state=ProposalState.DRAFT,
        act_sha256=act_sha256(kind.act),
        zone=office.zone,
        audience=f"signed:{old.id}",
        meetings=(),
        feedback_opened_at=None,
        feedback_closes_at=None,
        petition_opens=BY_ORGANIZER,
        petition_opens_at=None,
        petition_opened_at=None,
        petition_closes_at=None,
        validated=0,
        qualified_at=None,
    )
