"""How things stand, in numbers and in words: for `status`, the digest and `petition show`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.domain.facts import Item
from mailflow.domain.forecast import Forecast, forecast, in_words, look_ahead
from mailflow.domain.model import COLLECTING, Launch, LaunchState, Notice, Proposal, ProposalState
from mailflow.service.items import day_that_counts
from mailflow.service.office import Office
from mailflow.service.owing import LANGUAGE
from mailflow.service.posts import AT_COMMITTEE
from mailflow.service.words import day_words, deadline_words, instant_words
from mailflow.store import feedback, proposals, roster
from mailflow.store.engine import Work

FORECAST = COLLECTING | {ProposalState.CLOSED, ProposalState.RETURNED} | AT_COMMITTEE


def forecast_of(work: Work, petition: Proposal, now: datetime) -> Forecast | None:
    """Say how many signatures will still count when the committee meets, None before any can.

    Where no meeting is known: on the closing day, or the fixed day of the kind, if it is still to come; else today.
    """
    if petition.state not in FORECAST:
        return None
    found = proposals.signatures(work, petition.id)
    known = roster.standings_on(work, [s.member_id for s in found], now)
    values = [(s, *known.get(s.member_id, ("", None))) for s in found]
    kind, today = petition.kind, now.astimezone(ZoneInfo(petition.zone)).date()
    by, is_meeting = look_ahead(kind.committee_meets, last_day_asked(petition, now), today)
    return forecast(values, petition.threshold, by, asks_standing=kind.good_standing, is_meeting=is_meeting)


def last_day_asked(petition: Proposal, now: datetime) -> date:
    """Give the day by which a lapse would matter to the rules: the closing day, or the fixed day of the kind."""
    closes_at = petition.petition_closes_at or now
    return max(day_that_counts(petition, closes_at), closes_at.astimezone(ZoneInfo(petition.zone)).date())


def forecast_line(work: Work, petition: Proposal, now: datetime) -> str:
    """Say the forecast in a line, "" where there is none."""
    found = forecast_of(work, petition, now)
    return "" if found is None else in_words(found, day_words(found.by, LANGUAGE))


def forecast_shown(work: Work, petition: Proposal, now: datetime) -> dict[str, Any] | None:
    """Give the forecast for `petition show`."""
    found = forecast_of(work, petition, now)
    return None if found is None else asdict(found)


STATE_WORDS = {
    ProposalState.DRAFT: "a draft",
    ProposalState.FEEDBACK_OPEN: "open for feedback",
    ProposalState.FEEDBACK_CLOSED: "feedback has closed",
    ProposalState.PETITION_OPEN: "collecting signatures",
    ProposalState.QUALIFIED: "has the signatures it needs and still collects",
}


def status_lines(work: Work, office: Office, item: Item, now: datetime) -> list[str]:
    """Tell how an item stands, in sentences; no names of members, no addresses."""
    if isinstance(item, Proposal):
        return _of_proposal(work, item, now)
    if isinstance(item, Launch):
        day = day_words(item.planned_on, LANGUAGE) if item.planned_on else "a day that is told later"
        what = "launched" if item.state is LaunchState.LAUNCHED else f"{item.state}, {day}"
        waiting = len(feedback.open_questions(work, item.id))
        return [f"{item.id}, {item.title}: {what}.", *_questions(waiting)]
    assert isinstance(item, Notice)
    return [f"{item.id}, {item.subject}: {item.state}."]


def _of_proposal(work: Work, proposal: Proposal, now: datetime) -> list[str]:
    state = STATE_WORDS.get(proposal.state, str(proposal.state).replace("_", " "))
    lines = [f"{proposal.id}, {proposal.title}: {state}."]
    said = feedback.feedback_about(work, proposal.id)
    if said:
        lines.append(f"Feedback: {len(said)}, {sum(f.late for f in said)} of it late.")
    if line := forecast_line(work, proposal, now):
        lines.append(f"Signatures: {line} {proposal.threshold} are needed.")
    lines += _next(proposal)
    return lines + _questions(len(feedback.open_questions(work, proposal.id)))


def _next(proposal: Proposal) -> list[str]:
    zone = proposal.zone
    if proposal.state is ProposalState.FEEDBACK_OPEN and proposal.feedback_closes_at is not None:
        return [f"Feedback is taken until {deadline_words(proposal.feedback_closes_at, zone, LANGUAGE)}."]
    if proposal.state is ProposalState.FEEDBACK_CLOSED:
        at = proposal.petition_opens_at
        when = instant_words(at, zone, LANGUAGE) if at is not None else "when its organizer says so"
        return [f"The petition opens {when}."]
    if proposal.state in COLLECTING and proposal.petition_closes_at is not None:
        return [f"Signatures are taken until {deadline_words(proposal.petition_closes_at, zone, LANGUAGE)}."]
    return []


def _questions(waiting: int) -> list[str]:
    return [f"Questions that wait for an answer: {waiting}."] if waiting else []
