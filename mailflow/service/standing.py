"""How things stand, in numbers and in words: for `status`, the digest and `petition show`."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.domain.facts import Item
from mailflow.domain.forecast import Forecast, for_committee, forecast, in_words, look_ahead
from mailflow.domain.model import COLLECTING, Launch, LaunchState, Notice, NoticeState, Proposal, ProposalState
from mailflow.domain.petition import day_that_counts
from mailflow.domain.phrase import say
from mailflow.service.office import Office
from mailflow.service.posts import AT_COMMITTEE
from mailflow.service.words import day_words, deadline_words, instant_words
from mailflow.store import feedback, roster, signatures
from mailflow.store.engine import Work

FORECAST = COLLECTING | {ProposalState.CLOSED, ProposalState.RETURNED} | AT_COMMITTEE


def forecast_of(work: Work, petition: Proposal, now: datetime) -> Forecast | None:
    """Say how many signatures will still count when the committee meets, None before any can.

    Where no meeting is known: on the closing day, or the fixed day of the kind, if it is still to come; else today.
    """
    if petition.state not in FORECAST:
        return None
    found = signatures.signatures(work, petition.id)
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
    return "" if found is None else in_words(found, day_words(found.by))


def outlook(work: Work, petition: Proposal, now: datetime) -> str:
    """Say for the packet what is left when the committee meets, "" where no day is known."""
    found = forecast_of(work, petition, now)
    return "" if found is None else for_committee(found, day_words(found.by))


def forecast_shown(work: Work, petition: Proposal, now: datetime) -> dict[str, Any] | None:
    """Give the forecast for `petition show`."""
    found = forecast_of(work, petition, now)
    return None if found is None else asdict(found)


STATE_WORDS = {
    ProposalState.DRAFT: say("a draft"),
    ProposalState.FEEDBACK_OPEN: say("open for feedback"),
    ProposalState.FEEDBACK_CLOSED: say("feedback has closed"),
    ProposalState.PETITION_OPEN: say("collecting signatures"),
    ProposalState.QUALIFIED: say("has the signatures it needs and still collects"),
}


NOTICE_WORDS = {
    NoticeState.PREPARED: say("prepared"),
    NoticeState.SENDING: say("sending"),
    NoticeState.SENT: say("sent"),
    NoticeState.REPLACED: say("replaced"),
}


def launch_state_words(launch: Launch) -> str:
    """Say how a launch stands: 'delayed, a day that is told later'."""
    day = day_words(launch.planned_on) if launch.planned_on else say("a day that is told later")
    return {
        LaunchState.PLANNED: say("planned, %(day)s", day=day),
        LaunchState.DELAYED: say("delayed, %(day)s", day=day),
        LaunchState.FIRM: say("firm, %(day)s", day=day),
        LaunchState.LAUNCHED: say("launched"),
    }[launch.state]


def status_lines(work: Work, office: Office, item: Item, now: datetime) -> list[str]:
    """Tell how an item stands, in sentences; no names of members, no addresses."""
    if isinstance(item, Proposal):
        return _of_proposal(work, item, now)
    if isinstance(item, Launch):
        what = launch_state_words(item)
        waiting = len(feedback.open_questions(work, item.id))
        return [say("%(id)s, %(title)s: %(state)s.", id=item.id, title=item.title, state=what), *_questions(waiting)]
    assert isinstance(item, Notice)
    return [say("%(id)s, %(title)s: %(state)s.", id=item.id, title=item.subject, state=NOTICE_WORDS[item.state])]


def _of_proposal(work: Work, proposal: Proposal, now: datetime) -> list[str]:
    state = STATE_WORDS.get(proposal.state, str(proposal.state).replace("_", " "))
    lines: list[str] = [say("%(id)s, %(title)s: %(state)s.", id=proposal.id, title=proposal.title, state=state)]
    said = feedback.feedback_about(work, proposal.id)
    if said:
        lines.append(say("Feedback: %(n)s, %(late)s of it late.", n=len(said), late=sum(f.late for f in said)))
    if line := forecast_line(work, proposal, now):
        lines.append(say("Signatures: %(line)s %(threshold)s are needed.", line=line, threshold=proposal.threshold))
    lines += _next(proposal)
    return lines + _questions(len(feedback.open_questions(work, proposal.id)))


def _next(proposal: Proposal) -> list[str]:
    zone = proposal.zone
    if proposal.state is ProposalState.FEEDBACK_OPEN and proposal.feedback_closes_at is not None:
        return [say("Feedback is taken until %(when)s.", when=deadline_words(proposal.feedback_closes_at, zone))]
    if proposal.state is ProposalState.FEEDBACK_CLOSED:
        at = proposal.petition_opens_at
        when = instant_words(at, zone) if at is not None else say("when its organizer says so")
        return [say("The petition opens %(when)s.", when=when)]
    if proposal.state in COLLECTING and proposal.petition_closes_at is not None:
        return [say("Signatures are taken until %(when)s.", when=deadline_words(proposal.petition_closes_at, zone))]
    return []


def _questions(waiting: int) -> list[str]:
    return [say("Questions that wait for an answer: %(n)s.", n=waiting)] if waiting else []
