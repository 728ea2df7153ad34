"""The meetings that a proposal asks members to, as their invitations carry them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from mailflow.domain.meeting import meeting_uid
from mailflow.domain.model import Proposal
from mailflow.mail.calendar import Event
from mailflow.store.meetings import Answered


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


def answers_to_meetings(proposal: Proposal, answered: Sequence[Answered]) -> list[dict[str, Any]]:
    """Give each meeting with the names of those who accepted, may come, or declined."""
    return [
        {"title": meeting.title, "starts_at": meeting.starts_at, **_names(proposal.id, number, answered)}
        for number, meeting in enumerate(proposal.meetings, 1)
    ]


def _names(proposal_id: str, number: int, answered: Sequence[Answered]) -> dict[str, list[str]]:
    mine = [one for one in answered if one.uid.partition("@")[0] == meeting_uid(proposal_id, number)]
    return {said: [one.name for one in mine if one.answer == said] for said in ("accepted", "tentative", "declined")}
