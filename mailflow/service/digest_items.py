"""What a digest says of one proposal or launch: what is known of it, and what of that is new to a reader."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.domain import pace
from mailflow.domain.civil import last_day
from mailflow.domain.digest import FEEDBACK, QUESTION
from mailflow.domain.discretion import is_not_for_others
from mailflow.domain.facts import Item
from mailflow.domain.model import (
    COLLECTING,
    Feedback,
    Launch,
    LaunchState,
    NoticeState,
    Proposal,
    ProposalState,
    Question,
)
from mailflow.domain.phrase import Several, say
from mailflow.domain.question import due_at
from mailflow.domain.similar import grouped
from mailflow.mail.bars import DAYS_MAX, HEIGHT, WIDTH, draw_days
from mailflow.mail.related import Picture
from mailflow.service.meetings import ANSWERS, answers_to_meetings
from mailflow.service.office import Office
from mailflow.service.petitions import tally_of
from mailflow.service.standing import forecast_line
from mailflow.service.words import day_words, deadline_words, instant_words
from mailflow.store import digests, feedback, launches, meetings, roster, signatures
from mailflow.store.engine import Work
from mailflow.store.meetings import Answered

GROUPS_MAX = 20  # of questions, in one digest

STATE_WORDS = {
    ProposalState.FEEDBACK_OPEN: say("open for feedback"),
    ProposalState.FEEDBACK_CLOSED: say("feedback has closed"),
    ProposalState.PETITION_OPEN: say("collecting signatures"),
    ProposalState.QUALIFIED: say("has the signatures it needs and still collects"),
    ProposalState.CLOSED: say("closed"),
}


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of an item, whoever reads it. days: (day, signatures that count), the last of them today."""

    item: Item
    said: dict[str, Feedback]
    asked: dict[str, Question]
    tally: dict[str, int] | None
    undelivered: int
    days: tuple[tuple[date, int], ...] = ()
    forecasts: tuple[str, ...] = ()
    answered: tuple[Answered, ...] = ()
    ready: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)

    @property
    def keys(self) -> list[str]:
        """The keys of what can be new; each is told once a reader."""
        keys = [*self.said, *self.asked]
        if self.tally is not None and any(self.tally.values()):
            counts = (self.tally[name] for name in ("validated", "pending", "not_in_good_standing"))
            keys.append(f"tally:{self.item.id}:" + ":".join(map(str, counts)))
        if self.undelivered:
            keys.append(f"undelivered:{self.item.id}:{self.undelivered}")
        # an answer to another time is another answer
        again = [f":{a.sequence}" if a.sequence else "" for a in self.answered]
        return keys + [
            f"meeting:{a.uid}:{a.member_id}:{a.answer}{time}" for a, time in zip(self.answered, again, strict=True)
        ]


def is_urgent(keys: Iterable[str]) -> bool:
    """Tell whether somebody who wants to know at once is written to for this: counts wait for the morning."""
    return any(key.startswith((FEEDBACK, QUESTION)) for key in keys)


def know(work: Work, office: Office, item: Item, now: datetime) -> Known:
    """Load what a digest can say of an item."""
    # what was erased is a row without words
    said = {f"{FEEDBACK}{f.object_id}:{f.inbox_n}": f for f in feedback.feedback_about(work, item.id) if f.text}
    asked = {f"{QUESTION}{q.n}": q for q in feedback.open_questions(work, item.id) if q.text}
    members = roster.members(work, {q.member_id for q in asked.values()})
    more: dict[str, Any] = {"names": {m.member_id: m.name for m in members.values()}, "tally": None}
    if isinstance(item, Proposal):
        more["answered"] = tuple(meetings.answers(work, item.id))
        if item.petition_opened_at is not None:
            more |= _signatures(work, item, now)
    if isinstance(item, Launch):
        ready = launches.notices(work, launch_id=item.id).values()
        more["ready"] = tuple(n.id for n in ready if n.state is NoticeState.PREPARED)
    return Known(item=item, said=said, asked=asked, undelivered=digests.count_undelivered(work, item.id), **more)


def _signatures(work: Work, petition: Proposal, now: datetime) -> dict[str, Any]:
    assert petition.petition_opened_at is not None
    zone = ZoneInfo(petition.zone)
    today, opened_on = now.astimezone(zone).date(), petition.petition_opened_at.astimezone(zone).date()
    signed = digests.signed_by_day(work, petition.id, petition.zone)
    first = max(opened_on, today - timedelta(days=DAYS_MAX - 1))
    days = tuple(
        (first + timedelta(days=n), signed[first + timedelta(days=n)]) for n in range((today - first).days + 1)
    )
    lines = [forecast_line(work, petition, now), _pace_line(petition, signed, opened_on, today)]
    return {
        "tally": tally_of(signatures.tally(work, petition.id)),
        "days": days,
        "forecasts": tuple(line for line in lines if line),
    }


def _pace_line(petition: Proposal, signed: Mapping[date, int], opened_on: date, today: date) -> str:
    if petition.state not in COLLECTING:
        return ""
    closes_at = petition.petition_closes_at
    last_on = None
    if closes_at is not None:
        last_on = last_day(closes_at, petition.zone) or closes_at.astimezone(ZoneInfo(petition.zone)).date()
    found = pace.expect(signed, opened_on, today, petition.validated, petition.threshold, last_on)
    words = day_words(found.reached_on) if found.reached_on is not None else ""
    return pace.in_words(found, words, has_end=last_on is not None)


# --- as the template shows it -----------------------------------------------------------------------------------
def shown(known: Known, told: set[str], office: Office, zone: str) -> dict[str, Any]:
    """Give an item as a digest shows it (notices.DIGEST_ITEM). told: keys that this reader knows. zone: theirs."""
    item = known.item
    fresh = [f for key, f in known.said.items() if key not in told]
    open_ones = [f for f in fresh if not is_not_for_others(f.text)]
    return {
        "id": item.id,
        "title": item.title if isinstance(item, Proposal | Launch) else item.subject,
        "kind_title": item.kind.title if isinstance(item, Proposal) else say("Launch"),
        "state_words": _state_words(item),
        "threshold": item.threshold if isinstance(item, Proposal) else 0,
        "feedback": [_said(f, zone) for f in open_ones],
        "withheld": len(fresh) - len(open_ones),
        "tally": known.tally,
        "days": [{"day": day_words(day), "n": n} for day, n in known.days] if _has_picture(known) else [],
        "picture": _picture(known),
        "forecasts": list(known.forecasts),
        "undelivered": known.undelivered,
        "questions": _questions(known, office, zone),
        "meetings": _meetings(known, zone),
        "waits": _waits(known.tally or {}),
        "next": _next(known, zone),
    }


def _said(one: Feedback, zone: str) -> dict[str, Any]:
    received = instant_words(one.received_at, zone)
    return {"name": one.name, "text": one.text, "received_words": received, "late": one.late}


def _has_picture(known: Known) -> bool:
    return len(known.days) > 1 and any(n for _, n in known.days)


def content_id(known: Known) -> str:
    """Give the name by which the HTML shows the picture of the days."""
    return f"days-{known.item.id}@digest"


def _picture(known: Known) -> dict[str, Any] | None:
    if not _has_picture(known):
        return None
    days = Several.of([Several.of([day_words(day), ": ", str(n)]) for day, n in known.days], "; ")
    return {
        "src": f"cid:{content_id(known)}",
        "alt": say("Signatures a day. %(days)s.", days=days),
        "width": WIDTH,
        "height": HEIGHT,
    }


def picture_of(known: Known) -> list[Picture]:
    """Draw the picture that `shown` speaks of."""
    return [Picture(content_id(known), draw_days(known.days))] if _has_picture(known) else []


def _state_words(item: Item) -> str:
    if isinstance(item, Proposal):
        return STATE_WORDS.get(item.state, str(item.state))
    if not isinstance(item, Launch):
        return ""
    day = day_words(item.planned_on) if item.planned_on is not None else say("a date to be told")
    return {
        LaunchState.PLANNED: say("planned for %(day)s", day=day),
        LaunchState.DELAYED: say("delayed to %(day)s", day=day),
        LaunchState.FIRM: say("set for %(day)s", day=day),
        LaunchState.LAUNCHED: say("launched"),
    }[item.state]


def _questions(known: Known, office: Office, zone: str) -> list[dict[str, Any]]:
    """Give the questions that wait, those that ask the same together, the oldest first."""
    groups = grouped(known.asked.values(), lambda q: q.text)
    return [
        {
            "text": group[0].text,
            "names": [known.names.get(q.member_id, say("a member")) for q in group],
            "asked_words": instant_words(group[0].asked_at, zone),
            "due_words": instant_words(due_at(group[0].asked_at, office.zone), zone),
        }
        for group in groups[:GROUPS_MAX]
    ]


def _meetings(known: Known, zone: str) -> list[dict[str, Any]]:
    if not isinstance(known.item, Proposal) or not known.answered:
        return []
    return [
        {
            "title": one["title"] or say("Meeting"),
            "when": instant_words(one["starts_at"], zone),
            "is_off": one["is_cancelled"],
            **{said: one[said] for said in (*ANSWERS, "earlier")},
        }
        for one in answers_to_meetings(known.item, known.answered)
        if any(one[said] for said in (*ANSWERS, "earlier"))
    ]


def _waits(tally: Mapping[str, int]) -> list[str]:
    waits: list[str] = []
    if tally.get("pending"):
        waits.append(say("Signatures that wait for their member's confirmation: %(n)s.", n=tally["pending"]))
    if tally.get("not_in_good_standing"):
        uncounted = tally["not_in_good_standing"]
        waits.append(say("Signatures of members not in good standing, kept and not counted: %(n)s.", n=uncounted))
    return waits


def _next(known: Known, zone: str) -> list[str]:
    item = known.item
    if isinstance(item, Launch):
        return [say("%(id)s is ready and was not sent; `send` in an answer sends it.", id=one) for one in known.ready]
    return _next_of(item, zone) if isinstance(item, Proposal) else []


def _next_of(proposal: Proposal, zone: str) -> list[str]:
    def until(at: datetime) -> str:
        return deadline_words(at, zone)

    if proposal.state is ProposalState.FEEDBACK_OPEN and proposal.feedback_closes_at is not None:
        return [
            say("Feedback is taken until %(when)s.", when=until(proposal.feedback_closes_at)),
            *_opening(proposal, zone),
        ]
    if proposal.state is ProposalState.FEEDBACK_CLOSED:
        return _opening(proposal, zone) or [say("The petition opens when you say so.")]
    if proposal.state in COLLECTING and proposal.petition_closes_at is not None:
        return [say("Signatures are taken until %(when)s.", when=until(proposal.petition_closes_at))]
    return []


def _opening(proposal: Proposal, zone: str) -> list[str]:
    at = proposal.petition_opens_at
    return [say("The petition opens %(when)s.", when=instant_words(at, zone))] if at is not None else []
