"""A meeting moves, or is called off: everybody who was invited is told, in words and in their calendar (RFC 5546)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.domain.lifecycle import Who
from mailflow.domain.meeting import called_off, moved, number_of
from mailflow.domain.model import Meeting, Proposal, ProposalState
from mailflow.domain.opt_out import scopes_about
from mailflow.domain.phrase import say
from mailflow.errors import Refused
from mailflow.mail import calendar
from mailflow.service.item_facts import meeting_facts
from mailflow.service.mailings import SAMPLES, Preview, Sent
from mailflow.service.meetings import event_of
from mailflow.service.office import Office
from mailflow.service.owing import owe_many
from mailflow.service.previews import preview_words
from mailflow.service.rendering import public_url
from mailflow.service.telling import tell_chiefs
from mailflow.service.template_alarm import told
from mailflow.store import meetings, proposals
from mailflow.store.engine import Work

NOTICE = "meeting_changed"
MOVED, CALLED_OFF = "move a meeting", "call off a meeting"


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a meeting. number: 0 for the only one to come. starts_at, where: None leaves them as they are.

    is_off: it does not take place. reason: in words for the members, may be "".
    """

    number: int = 0
    starts_at: datetime | None = None
    where: str | None = None
    is_off: bool = False
    reason: str = ""


def preview_change(office: Office, proposal_id: str, change: Change, now: datetime) -> Preview:
    """Say who would be told, and how it reads; nothing is written. Raises InputError, Refused and NotFound."""
    with told(office, now), office.db.read() as work:
        return preview_now(work, office, proposals.proposal(work, office.kinds, proposal_id), change, now)


def preview_now(work: Work, office: Office, proposal: Proposal, change: Change, now: datetime) -> Preview:
    """Say who would be told, in the caller's transaction."""
    number, after = _changed(proposal, change, now)
    said, scopes = _said(proposal, after, number, change.reason), scopes_about(after)
    samples = []
    for one in meetings.iter_invited(work, proposal.id, scopes):
        samples.append(preview_words(office, NOTICE, after, one, said))
        if len(samples) == SAMPLES:
            break
    return Preview(meetings.count_invited(work, proposal.id, scopes), {}, samples)


def change_meeting(office: Office, proposal_id: str, change: Change, now: datetime) -> Sent:
    """Move a meeting or call it off, and tell who was invited."""
    with told(office, now), office.db.write() as work:
        return change_now(work, office, proposal_id, change, Who.STAFF, now)


def change_now(work: Work, office: Office, proposal_id: str, change: Change, by: str, now: datetime) -> Sent:
    """Move a meeting or call it off, in the caller's transaction. Raises InputError, Refused and NotFound."""
    proposal = proposals.lock(work, office.kinds, proposal_id)
    number, after = _changed(proposal, change, now)
    meeting = after.meetings[number - 1]
    proposals.change_meetings(work, after)
    details = {"number": number, "starts_at": meeting.starts_at.isoformat(), "where": meeting.where}
    proposals.note(work, proposal_id, now, CALLED_OFF if change.is_off else MOVED, by, change.reason, details)
    scopes = scopes_about(after)
    recipients = meetings.count_invited(work, proposal_id, scopes)
    event = event_of(after, number, office.domain, public_url(office, after))
    queued = owe_many(
        work,
        office,
        NOTICE,
        after,
        f"{number}-{meeting.sequence}",
        meetings.iter_invited(work, proposal_id, scopes),
        now,
        _said(proposal, after, number, change.reason),
        goes_with={calendar.KEPT_AS: calendar.frozen([event])},
    )
    _tell_chiefs(work, office, after, number, queued, by, now)
    return Sent(recipients, queued, {})


def _changed(proposal: Proposal, change: Change, now: datetime) -> tuple[int, Proposal]:
    """Give which meeting it is, and the proposal as it will be."""
    if proposal.state is ProposalState.DRAFT:
        raise Refused(f"{proposal.id} is a draft: add its file again with the other time; nobody was invited yet")
    number = number_of(proposal, change.number, now)
    before = proposal.meetings[number - 1]
    new = called_off(before) if change.is_off else moved(before, change.starts_at, change.where, now)
    others = tuple(new if n == number else one for n, one in enumerate(proposal.meetings, 1))
    return number, replace(proposal, meetings=others)


def _said(before: Proposal, after: Proposal, number: int, reason: str) -> dict[str, object]:
    old, new = (one.meetings[number - 1] for one in (before, after))
    return {
        "meeting": meeting_facts(new, after.zone),
        "before": meeting_facts(old, after.zone),
        "is_off": new.is_cancelled,
        "reason": reason,
    }


def _tell_chiefs(
    work: Work, office: Office, proposal: Proposal, number: int, told: int, by: str, now: datetime
) -> None:
    meeting: Meeting = proposal.meetings[number - 1]
    facts = meeting_facts(meeting, proposal.zone)
    name = meeting.title or proposal.title
    if meeting.is_cancelled:
        headline = say("Called off: %(title)s", title=name)
    else:
        headline = say("Changed: %(title)s, now %(when)s", title=name, when=facts["when"])
    line = say("%(n)s members who were invited are told, in their calendars too.", n=told)
    version = f"meeting-{number}-{meeting.sequence}"
    tell_chiefs(work, office, proposal, headline, [line], version, now, but=by)
