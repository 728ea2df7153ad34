"""The meetings that a proposal asks members to, as their invitations carry them."""

from __future__ import annotations

from datetime import datetime

from mailflow.domain.meeting import meeting_uid
from mailflow.domain.model import Proposal
from mailflow.mail.calendar import Event

__all__ = ["events_of", "meeting_uid"]


def events_of(proposal: Proposal, domain: str, public_url: str, now: datetime | None = None) -> list[Event]:
    """Give the meetings of a proposal that are still to come. public_url: the proposal's page, "" for none."""
    text = "\n".join(line for line in (proposal.title, public_url or proposal.online_document) if line)
    return [
        Event(
            uid=f"{meeting_uid(proposal.id, number)}@{domain}",
            title=meeting.title or proposal.title,
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
            where=meeting.where,
            text=text,
        )
        for number, meeting in enumerate(proposal.meetings, 1)
        if now is None or meeting.starts_at > now
    ]
