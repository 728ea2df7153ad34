"""Meetings: one that moves or is called off, and what follows when a member's calendar answers an invitation.

An answer is noted for the organizers; nobody is answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.domain.model import KeyFact, Meeting, Member, Proposal
from mailflow.domain.outcome import NoteMeetingAnswer, Outcome, Verdict
from mailflow.domain.reading import Dmarc
from mailflow.errors import InputError

_PART = ".meeting-"


@dataclass(frozen=True, slots=True)
class Answer:
    """A calendar's answer: accepted|declined|tentative. sequence: of the invitation that it answers."""

    uid: str
    answer: str
    sequence: int = 0


def meeting_uid(proposal_id: str, number: int) -> str:
    """Give what all invitations to a meeting carry, before the '@' and our domain. number: from 1 on."""
    return f"{proposal_id}{_PART}{number}"


def proposal_of(uid: str, domain: str) -> str:
    """Give the proposal that a UID of ours belongs to, "" for anybody else's."""
    local, _, host = uid.partition("@")
    proposal_id, part, number = local.partition(_PART)
    return proposal_id if part and number.isdecimal() and host.casefold() == domain.casefold() else ""


# --- a meeting that changes -------------------------------------------------------------------------------------
def number_of(proposal: Proposal, number: int, now: datetime) -> int:
    """Give the number of the meeting that is meant: itself, or for 0 the only one to come. Raises InputError."""
    to_come = [n for n, one in enumerate(proposal.meetings, 1) if one.starts_at > now and not one.is_cancelled]
    if number in to_come:
        return number
    if number == 0 and len(to_come) == 1:
        return to_come[0]
    if not to_come:
        raise InputError(f"{proposal.id} has no meeting that is still to come")
    which = ", ".join(f"{n} ({proposal.meetings[n - 1].title or 'untitled'})" for n in to_come)
    raise InputError(f"which meeting of {proposal.id}? To come are: {which}")


def moved(meeting: Meeting, starts_at: datetime | None, where: str | None, now: datetime) -> Meeting:
    """Give a meeting at another time, as long as before, or in another place. Raises InputError."""
    begins, place = starts_at or meeting.starts_at, meeting.where if where is None else where
    if begins <= now:
        raise InputError(f"{begins.isoformat()} is over; a meeting is moved to a time that is to come")
    if (begins, place) == (meeting.starts_at, meeting.where):
        raise InputError("that is when and where it is already")
    ends_at = meeting.ends_at + (begins - meeting.starts_at) if meeting.ends_at is not None else None
    return replace(meeting, starts_at=begins, ends_at=ends_at, where=place, sequence=meeting.sequence + 1)


def called_off(meeting: Meeting) -> Meeting:
    """Give a meeting that does not take place."""
    return replace(meeting, is_cancelled=True, sequence=meeting.sequence + 1)


# --- what calendars answer --------------------------------------------------------------------------------------
def decide_meeting(
    answers: Sequence[Answer],
    key: KeyFact | None,
    owner: Member | None,
    senders: Sequence[Member],
    dmarc: Dmarc,
    domain: str,
) -> Outcome | None:
    """Note a calendar's answer when it is a member's, to a meeting of ours; None where it is neither.

    By key: whoever's key it carries, written from an address of theirs. Without: the UID, and the From of one member.
    """
    named = [(proposal_of(one.uid, domain), one) for one in answers]
    ours = [(proposal_id or (key.object_id if key is not None else ""), one) for proposal_id, one in named]
    ours = [(object_id, one) for object_id, one in ours if object_id]
    if not ours:
        return None
    object_id, said = ours[0]
    member, why = _who(owner, senders, dmarc)
    if member is None:
        return Outcome(Verdict.AUTOMATIC, reasons=("a calendar's answer", why), object_id=object_id)
    uid = said.uid if proposal_of(said.uid, domain) else f"{meeting_uid(object_id, 1)}@{domain}"
    record = NoteMeetingAnswer(uid, member.member_id, object_id, said.answer, said.sequence)
    reasons = (f"a calendar's answer: {said.answer}", "noted for the organizers, and not answered")
    return Outcome(
        Verdict.AUTOMATIC, reasons=reasons, records=(record,), object_id=object_id, member_id=member.member_id
    )


def _who(owner: Member | None, senders: Sequence[Member], dmarc: Dmarc) -> tuple[Member | None, str]:
    if dmarc is Dmarc.FAIL:
        return None, "not noted: our mail server says that the From is forged (DMARC fail)"
    if owner is not None and any(one.member_id == owner.member_id for one in senders):
        return owner, ""
    if len(senders) == 1:
        return senders[0], ""
    return None, "not noted: the From is no member's, or that of several"
