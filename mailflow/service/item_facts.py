"""The facts that templates are rendered with, made from a proposal, launch or notice.

Their words can be said in every language (domain.phrase). Nobody's address is among them: whoever reads the mail
answers it (design rules 10 and 11).
"""

from __future__ import annotations

from datetime import date, datetime

from mailflow.domain.model import Contact, Launch, Meeting, Notice, Proposal, ProposalState, Slip
from mailflow.domain.petition import confirm_until
from mailflow.domain.phrase import say
from mailflow.service.words import day_words, deadline_words, instant_words

VERSION_CHARS = 12  # of the statement's SHA-256, enough to tell two versions apart by eye

_BEFORE_PETITION = frozenset({ProposalState.DRAFT, ProposalState.FEEDBACK_OPEN, ProposalState.FEEDBACK_CLOSED})
_OPENERS = {"": "", "by organizer": say("when the organizer is ready")}


def common_facts(association: str, postal_address: str, language: str = "en") -> dict[str, object]:
    """What every mail needs (notices.COMMON)."""
    return {"association": association, "postal_address": postal_address, "language": language or "en"}


def proposal_facts(proposal: Proposal, contact_name: str = "", public_url: str = "") -> dict[str, object]:
    """The facts of a proposal and its petition. public_url: the petition's public page, "" when there are no pages."""

    def until(instant: datetime | None) -> str:
        return "" if instant is None else deadline_words(instant, proposal.zone)

    opens_at = proposal.petition_opened_at or proposal.petition_opens_at
    opens = instant_words(opens_at, proposal.zone) if opens_at else _OPENERS.get(proposal.petition_opens, "")
    return {
        "title": proposal.title,
        "item_kind": "proposal" if proposal.state in _BEFORE_PETITION else "petition",
        "contact_name": contact_name or _first_organizer(proposal),
        "kind_title": proposal.kind.title,
        "kind_description": proposal.kind.description,
        "kind_source": proposal.kind.source,
        "act": proposal.kind.act,
        "threshold": proposal.kind.threshold,
        "signatories": say("members in good standing") if proposal.kind.good_standing else say("members"),
        "undo_hours": proposal.kind.undo_hours,
        "author_name": proposal.author.name,
        "author_picture": proposal.author.picture,
        "organizer_names": [organizer.name for organizer in proposal.organizers],
        "liaison_name": proposal.staff_liaison.name,
        "liaison_title": proposal.staff_liaison.title,
        "online_document": proposal.online_document,
        "meetings": [meeting_facts(one, proposal.zone) for one in proposal.meetings if not one.is_cancelled],
        "statement": proposal.statement,
        "statement_version": proposal.statement_sha256[:VERSION_CHARS],
        "public_url": public_url,
        "feedback_closes_words": until(proposal.feedback_closes_at),
        "petition_opens_words": opens,
        "petition_closes_words": until(proposal.petition_closes_at),
        "confirm_closes_words": until(confirm_until(proposal)),
    }


def launch_facts(launch: Launch, contact: Contact | None, public_url: str = "") -> dict[str, object]:
    """The facts of a launch, and of the notices it prepares: where it stands and what its last slip changed.

    public_url: the launch's page, "" when there are no pages.
    """
    last: Slip | None = launch.history[-1] if launch.history else None
    return {
        "title": launch.title,
        "item_kind": "launch",
        "contact_name": contact.name if contact else "",
        "contact_title": contact.title if contact else "",
        "launch_state": str(launch.state),
        "public_url": public_url,
        "corrects_words": "",
        "planned_words": _day(launch.planned_on),
        "previous_words": _day(last.from_on if last else None),
        "reason": last.reason if last else "",
        "resources": [{"title": each.title, "url": each.url} for each in launch.resources],
        "text": launch.text,
    }


def notice_facts(notice: Notice, contact: Contact | None) -> dict[str, object]:
    """The facts of an announcement."""
    return {
        "title": notice.subject,
        "item_kind": "notice",
        "contact_name": contact.name if contact else "",
        "subject_line": notice.subject,
        "text": notice.text,
    }


def _first_organizer(proposal: Proposal) -> str:
    return proposal.organizers[0].name if proposal.organizers else proposal.staff_liaison.name


def meeting_facts(meeting: Meeting, zone: str) -> dict[str, str]:
    """The facts of a meeting: {title,when,where}."""
    return {
        "title": meeting.title,
        "when": instant_words(meeting.starts_at, zone),
        "where": meeting.where,
    }


def _day(day: date | None) -> str:
    return "" if day is None else day_words(day)
