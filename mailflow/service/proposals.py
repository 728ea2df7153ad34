"""Proposals: added from a file, opened for feedback by mail, extended, withdrawn, shown."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from mailflow.domain.discretion import is_not_for_others
from mailflow.domain.lifecycle import Act, Who, require
from mailflow.domain.model import Proposal, ProposalState
from mailflow.domain.phrase import say
from mailflow.domain.proposal_file import read_proposal
from mailflow.errors import InputError, Refused
from mailflow.service import mailings
from mailflow.service.mailings import Preview, Sent
from mailflow.service.meetings import answers_to_meetings
from mailflow.service.office import Office
from mailflow.service.overlaps import tell_of_overlaps
from mailflow.service.telling import tell_of_extension
from mailflow.service.template_alarm import told
from mailflow.store import feedback, meetings, meta, proposals
from mailflow.store.engine import Work


def add_proposal(office: Office, text: str, now: datetime) -> str:
    """Add the draft that a proposal.md asks for, or change it while it is a draft; gives its id.

    What exists and is similar is mailed to the organizers and the liaison.
    """
    draft = read_proposal(text, office.kinds, office.zone)
    with office.db.write() as work:
        return add_now(work, office, draft, now).id


def add_now(work: Work, office: Office, draft: Proposal, now: datetime) -> Proposal:
    """Add or change a draft, in the caller's transaction; gives it with its id."""
    if not draft.id:
        draft = replace(draft, id=_free_id(work, draft.kind.name))
    proposals.save(work, draft, now)
    tell_of_overlaps(work, office, draft, now)
    return draft


def _free_id(work: Work, kind: str) -> str:
    taken = set(proposals.proposal_ids(work))
    while (new := meta.next_id(work, kind)) in taken:
        continue  # an id that a file set stands there already
    return new


def preview_opening(office: Office, proposal_id: str, now: datetime) -> Preview:
    """Say whom `proposal open` would write to."""
    with told(office, now), office.db.read() as work:
        return preview_now(work, office, proposals.proposal(work, office.kinds, proposal_id), now)


def preview_now(work: Work, office: Office, proposal: Proposal, now: datetime) -> Preview:
    """Say whom asking for feedback would write to, in the caller's transaction."""
    return mailings.preview(work, office, "proposal_open", _openable(proposal, now), now)


def open_proposal(office: Office, proposal_id: str, now: datetime) -> Sent:
    """Ask the audience for feedback; again, it adds only who has not been asked."""
    with told(office, now), office.db.write() as work:
        return open_now(work, office, proposal_id, Who.STAFF, now)


def open_now(work: Work, office: Office, proposal_id: str, by: str, now: datetime) -> Sent:
    """Ask the audience for feedback, in the caller's transaction."""
    proposal = proposals.lock(work, office.kinds, proposal_id)
    if proposal.state is not ProposalState.FEEDBACK_OPEN:
        proposal = _openable(proposal, now)
        proposals.move(work, proposal_id, ProposalState.FEEDBACK_OPEN, now, feedback_opened_at=now)
        proposals.keep_version(work, proposal, now)
        proposals.note(work, proposal_id, now, Act.OPEN_FEEDBACK, by)
        proposal = replace(proposal, state=ProposalState.FEEDBACK_OPEN, feedback_opened_at=now)
    return mailings.send(work, office, "proposal_open", proposal, "", now)


def _openable(proposal: Proposal, now: datetime) -> Proposal:
    if proposal.state is not ProposalState.FEEDBACK_OPEN:
        require(proposal.id, proposal.state, Act.OPEN_FEEDBACK)
    if proposal.feedback_closes_at is None:
        raise Refused(
            say("%(id)s asks for no feedback (feedback.closes is not set); `petition open` opens it", id=proposal.id)
        )
    if proposal.feedback_closes_at <= now:
        raise InputError(
            say(
                "feedback.closes was %(when)s: that is over; set a later one",
                when=proposal.feedback_closes_at.isoformat(),
            )
        )
    return replace(proposal, state=ProposalState.FEEDBACK_OPEN)


def extend_proposal(office: Office, proposal_id: str, until: datetime, now: datetime, reason: str = "") -> int:
    """Let feedback close later, and say how many members are told."""
    with office.db.write() as work:
        return extend_now(work, office, proposal_id, until, reason, Who.STAFF, now)


def extend_now(
    work: Work, office: Office, proposal_id: str, until: datetime, reason: str, by: str, now: datetime
) -> int:
    """Let feedback close later, in the caller's transaction; who was asked and is silent is told."""
    before = proposals.lock(work, office.kinds, proposal_id)
    proposal = extended(before, until, now)
    proposals.move(work, proposal_id, proposal.state, now, feedback_closes_at=until)
    proposals.note(work, proposal_id, now, Act.EXTEND_FEEDBACK, by, reason, {"until": until.isoformat()})
    if proposal.state is not ProposalState.FEEDBACK_OPEN:
        return 0
    return tell_of_extension(work, office, proposal, "proposal_open", until, reason, by, now)


def extended(proposal: Proposal, until: datetime, now: datetime) -> Proposal:
    """Give the proposal as it will be with a later end of feedback. Raises Refused and InputError."""
    require(proposal.id, proposal.state, Act.EXTEND_FEEDBACK)
    if until <= now or (proposal.feedback_closes_at is not None and until <= proposal.feedback_closes_at):
        raise InputError(say("%(when)s is not later than now and than the window's end", when=until.isoformat()))
    if proposal.petition_opens_at is not None and until > proposal.petition_opens_at:
        raise Refused(
            say(
                "the petition opens at %(when)s: feedback can't close after that",
                when=proposal.petition_opens_at.isoformat(),
            )
        )
    reopened = proposal.state is ProposalState.FEEDBACK_CLOSED
    return replace(
        proposal, state=ProposalState.FEEDBACK_OPEN if reopened else proposal.state, feedback_closes_at=until
    )


def withdraw_proposal(office: Office, proposal_id: str, now: datetime) -> None:
    """Withdraw a proposal and its petition; what waits to be sent about it is suppressed when its turn comes."""
    with office.db.write() as work:
        proposal = proposals.lock(work, office.kinds, proposal_id)
        require(proposal_id, proposal.state, Act.WITHDRAW)
        proposals.move(work, proposal_id, ProposalState.WITHDRAWN, now)
        proposals.note(work, proposal_id, now, Act.WITHDRAW)


def show_proposal(office: Office, proposal_id: str) -> dict[str, Any]:
    """Give a proposal with its feedback (contract: proposal show)."""
    with office.db.read() as work:
        proposal = proposals.proposal(work, office.kinds, proposal_id)
        said = feedback.feedback_about(work, proposal_id)
        history = proposals.events(work, proposal_id)
        answered = meetings.answers(work, proposal_id)
    return {
        **summary(proposal),
        "statement_sha256": proposal.statement_sha256,
        "author": proposal.author.name,
        "organizers": [o.name for o in proposal.organizers],
        "staff_liaison": proposal.staff_liaison.name,
        "online_document": proposal.online_document,
        "audience": mailings.audience_of(proposal),
        "history": history,
        "meetings": answers_to_meetings(proposal, answered),
        "feedback": [
            {
                "member_id": f.member_id,
                "name": f.name,
                "text": f.text,
                "received_at": f.received_at,
                "late": f.late,
                "not_for_others": is_not_for_others(f.text),
                "inbox": f.inbox_n,
            }
            for f in said
        ],
    }


def summary(proposal: Proposal) -> dict[str, Any]:
    """Give the line of a proposal in lists."""
    return {
        "id": proposal.id,
        "kind": proposal.kind.name,
        "title": proposal.title,
        "state": proposal.state,
        "feedback_closes_at": proposal.feedback_closes_at,
        "petition_opens": proposal.petition_opens or None,
        "petition_opens_at": proposal.petition_opens_at,
        "petition_closes_at": proposal.petition_closes_at,
    }


def list_proposals(office: Office) -> list[dict[str, Any]]:
    """Give every proposal, in the order they were added."""
    with office.db.read() as work:
        return [summary(p) for p in proposals.proposals(work, office.kinds).values()]
