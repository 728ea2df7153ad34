"""The meetings that a proposal asks members to, as their invitations carry them, and who accepted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mailflow.domain.meeting import meeting_uid
from mailflow.domain.model import Meeting, Proposal
from mailflow.mail.calendar import Event
from mailflow.store.meetings import Answered

ANSWERS = ("accepted", "tentative", "declined")


def events_of(proposal: Proposal, domain: str, public_url: str, now: datetime | None = None) -> list[Event]:
    """Give the meetings of a proposal that are still to come. public_url: the proposal's page, "" for none."""
    return [
        event_of(proposal, number, domain, public_url)
        for number, meeting in enumerate(proposal.meetings, 1)
        if (now is None or meeting.starts_at > now) and not meeting.is_cancelled
    ]


def event_of(proposal: Proposal, number: int, domain: str, public_url: str) -> Event:
    """Give one meeting, whether it takes place or was called off. number: from 1 on."""
    meeting = proposal.meetings[number - 1]
    return Event(
        uid=f"{meeting_uid(proposal.id, number)}@{domain}",
        title=meeting.title or proposal.title,
        starts_at=meeting.starts_at,
        ends_at=meeting.ends_at,
        where=meeting.where,
        text="\n".join(line for line in (proposal.title, public_url or proposal.online_document) if line),
        sequence=meeting.sequence,
        is_cancelled=meeting.is_cancelled,
    )


def answers_to_meetings(proposal: Proposal, answered: Sequence[Answered]) -> list[dict[str, Any]]:
    """Give each meeting with the names of those who accepted, may come, or declined.

    earlier: of those whose answer is to a time or place that was changed since.
    """
    return [
        {
            "title": meeting.title,
            "starts_at": meeting.starts_at,
            "where": meeting.where,
            "is_cancelled": meeting.is_cancelled,
            **_names(proposal.id, number, meeting, answered),
        }
        for number, meeting in enumerate(proposal.meetings, 1)
    ]


def _names(proposal_id: str, number: int, meeting: Meeting, answered: Sequence[Answered]) -> dict[str, list[str]]:
    mine = [one for one in answered if one.uid.partition("@")[0] == meeting_uid(proposal_id, number)]
    now = [one for one in mine if one.sequence >= meeting.sequence]
    said = {answer: [one.name for one in now if one.answer == answer] for answer in ANSWERS}
    return {**said, "earlier": [one.name for one in mine if one.sequence < meeting.sequence]}
