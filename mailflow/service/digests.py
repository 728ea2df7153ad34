"""Digests: to each organizer, liaison and contact what is new about their items; nothing new, no digest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from mailflow.domain.civil import start_of_day
from mailflow.domain.commands import answers
from mailflow.domain.decide_command import possible
from mailflow.domain.facts import Item
from mailflow.domain.model import COLLECTING, Feedback, Launch, LaunchState, Proposal, ProposalState, Question
from mailflow.domain.outcome import Owed
from mailflow.errors import NotFound
from mailflow.service.office import Office
from mailflow.service.owing import LANGUAGE, MAILTO, facts_about, owe
from mailflow.service.petitions import tally_of
from mailflow.service.posts import posts_of
from mailflow.service.standing import forecast_line
from mailflow.service.words import day_words, deadline_words, instant_words
from mailflow.store import digests, feedback, launches, meta, proposals, roster
from mailflow.store.engine import Work

SENT_ON = "digests.sent_on"  # the day whose morning was seen to
MORNING = timedelta(hours=7)  # digests are queued from seven in the morning, association time
FOLLOWED = COLLECTING | {ProposalState.FEEDBACK_OPEN, ProposalState.FEEDBACK_CLOSED, ProposalState.CLOSED}

STATE_WORDS = {
    ProposalState.FEEDBACK_OPEN: "open for feedback",
    ProposalState.FEEDBACK_CLOSED: "feedback has closed",
    ProposalState.PETITION_OPEN: "collecting signatures",
    ProposalState.QUALIFIED: "has the signatures it needs and still collects",
    ProposalState.CLOSED: "closed",
}


@dataclass(frozen=True, slots=True)
class Digest:
    """What one recipient would be told. news: the keys of what is new; items: as the template shows them."""

    recipient: str
    items: tuple[dict[str, Any], ...]
    news: tuple[str, ...]


def followers(work: Work, office: Office) -> dict[str, list[Item]]:
    """Give by address, folded, the items that each organizer, liaison and contact follows."""
    found: dict[str, list[Item]] = {}
    for proposal in proposals.in_states(work, office.kinds, FOLLOWED):
        for address in dict.fromkeys([*(o.email for o in proposal.organizers), proposal.staff_liaison.email]):
            if address:
                found.setdefault(address.casefold(), []).append(proposal)
    for launch in launches.launches(work).values():
        contact = office.contact(launch.contact)
        if contact is not None and contact.email:
            found.setdefault(contact.email.casefold(), []).append(launch)
    return found


def due_digest(work: Work, office: Office, recipient: str, items: Sequence[Item], now: datetime) -> Digest:
    """Gather what is new for one recipient since their last digest."""
    shown, news = [], []
    for item in items:
        entry, keys = _entry(work, office, recipient, item, now)
        if keys:
            shown.append(entry)
            news += keys
    return Digest(recipient, tuple(shown), tuple(news))


def _entry(work: Work, office: Office, recipient: str, item: Item, now: datetime) -> tuple[dict[str, Any], list[str]]:
    said = {f"feedback:{f.object_id}:{f.inbox_n}": f for f in feedback.feedback_about(work, item.id)}
    asked = {f"question:{q.n}": q for q in feedback.open_questions(work, item.id)}
    counts = proposals.tally(work, item.id) if isinstance(item, Proposal) else {}
    tally = tally_of(counts)
    keys = [*said, *asked]
    if any(counts.values()):
        keys.append(f"tally:{item.id}:{tally['validated']}:{tally['pending']}:{tally['not_in_good_standing']}")
    old = digests.told(work, recipient, keys)
    fresh = [f for key, f in said.items() if key not in old]
    shown = _shown(office, item, fresh, list(asked.values()), tally, now)
    if isinstance(item, Proposal) and (line := forecast_line(work, item, now)):
        shown["waits"] = [line, *shown["waits"]]
    return shown, [key for key in keys if key not in old]


def _shown(
    office: Office,
    item: Item,
    fresh: Sequence[Feedback],
    asked: Sequence[Question],
    tally: dict[str, int],
    now: datetime,
) -> dict[str, Any]:
    is_petition = isinstance(item, Proposal) and item.petition_opened_at is not None
    return {
        "id": item.id,
        "title": item.title if isinstance(item, Proposal | Launch) else item.subject,
        "kind_title": item.kind.title if isinstance(item, Proposal) else "Launch",
        "state_words": _state_words(item),
        "threshold": item.threshold if isinstance(item, Proposal) else 0,
        "feedback": [
            {
                "name": f.name,
                "text": f.text,
                "received_words": instant_words(f.received_at, office.zone, LANGUAGE),
                "late": f.late,
            }
            for f in fresh
        ],
        "tally": tally if is_petition else None,
        "waits": _waits(asked, tally if is_petition else {}, office),
        "next": _next(item) if isinstance(item, Proposal) else [],
    }


def _state_words(item: Item) -> str:
    if isinstance(item, Proposal):
        return STATE_WORDS.get(item.state, str(item.state))
    if not isinstance(item, Launch):
        return ""
    day = day_words(item.planned_on, LANGUAGE) if item.planned_on is not None else "a date to be told"
    return {
        LaunchState.PLANNED: f"planned for {day}",
        LaunchState.DELAYED: f"delayed to {day}",
        LaunchState.FIRM: f"set for {day}",
        LaunchState.LAUNCHED: "launched",
    }[item.state]


def _waits(asked: Sequence[Question], tally: dict[str, int], office: Office) -> list[str]:
    waits = []
    if asked:
        oldest = instant_words(asked[0].asked_at, office.zone, LANGUAGE)
        many = "A question waits" if len(asked) == 1 else f"{len(asked)} questions wait"
        waits.append(f"{many} for an answer; the oldest came {oldest}.")
    if tally.get("pending"):
        waits.append(f"Signatures that wait for their member's confirmation: {tally['pending']}.")
    if tally.get("not_in_good_standing"):
        uncounted = tally["not_in_good_standing"]
        waits.append(f"Signatures of members not in good standing, kept and not counted: {uncounted}.")
    return waits


def _next(proposal: Proposal) -> list[str]:
    def until(at: datetime) -> str:
        return deadline_words(at, proposal.zone, LANGUAGE)

    if proposal.state is ProposalState.FEEDBACK_OPEN and proposal.feedback_closes_at is not None:
        return [f"Feedback is taken until {until(proposal.feedback_closes_at)}."]
    if proposal.state is ProposalState.FEEDBACK_CLOSED and proposal.petition_opens_at is not None:
        return [f"The petition opens {instant_words(proposal.petition_opens_at, proposal.zone, LANGUAGE)}."]
    if proposal.state is ProposalState.FEEDBACK_CLOSED:
        return ["The petition opens when you say so."]
    if proposal.state in COLLECTING and proposal.petition_closes_at is not None:
        return [f"Signatures are taken until {until(proposal.petition_closes_at)}."]
    return []


# --- sending ----------------------------------------------------------------------------------------------------
def send_digests(office: Office, now: datetime, *, is_due_only: bool) -> int:
    """Queue the digests that hold something new and say how many.

    With is_due_only they go at the day's first look after seven, and what comes later waits for the next morning.
    """
    if is_due_only and now < start_of_day(office.today(now), office.zone) + MORNING:
        return 0
    queued, today = 0, str(office.today(now))
    with office.db.write() as work:
        if is_due_only:
            if meta.get(work, SENT_ON) == today:
                return 0
            meta.put(work, SENT_ON, today)
        for recipient, items in followers(work, office).items():
            queued += _send_one(work, office, recipient, items, now, is_due_only=is_due_only)
    return queued


def _send_one(
    work: Work, office: Office, recipient: str, items: Sequence[Item], now: datetime, *, is_due_only: bool
) -> bool:
    last = digests.last_told_at(work, recipient)
    if is_due_only and last is not None and office.today(last) == office.today(now):
        return False
    digest = due_digest(work, office, recipient, items, now)
    if not digest.news:
        return False
    since = f"since {instant_words(last, office.zone, LANGUAGE)}" if last is not None else "so far"
    facts = {"items": list(digest.items), "since_words": since, "answers": _answers(work, office, recipient, items)}
    owed = Owed("digest", "", MAILTO + recipient, version=now.isoformat(), facts=facts)
    owe(work, office, [owed], {item.id: item for item in items}, now)
    digests.tell(work, recipient, digest.news, now)
    return True


def _answers(work: Work, office: Office, recipient: str, items: Sequence[Item]) -> list[dict[str, str]]:
    return answers(possible(posts_of(work, office, recipient, [item.id for item in items])))


def preview_digest(office: Office, who: str, now: datetime) -> dict[str, Any]:
    """Show what WHO would be told now (contract: digest preview); nothing is queued."""
    with office.db.read() as work:
        member = roster.find(work, who)
        addresses = [a.casefold() for a in member.addresses] if member is not None else [who.casefold()]
        followed = followers(work, office)
        recipient = next((a for a in addresses if a in followed), "")
        if not recipient:
            raise NotFound(f"{who!r} is no organizer, liaison or contact of anything that is going on")
        digest = due_digest(work, office, recipient, followed[recipient], now)
        facts = facts_about(office, None) | {"items": list(digest.items), "since_words": "so far"}
        facts |= {"answers": _answers(work, office, recipient, followed[recipient])}
    text = ""
    if digest.items:
        skeleton = office.templates.render("digest", facts)
        text = skeleton.words(dict.fromkeys(skeleton.slots, "")).text
    return {"to": recipient, "items": list(digest.items), "text": text}
