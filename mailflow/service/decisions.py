"""The committee's word by mail: acknowledged, approved, returned; recorded as reported by the one who wrote."""

from __future__ import annotations

import re
from datetime import date, datetime

from mailflow.domain.commands import Verb
from mailflow.domain.lifecycle import Act, require
from mailflow.domain.outcome import CarryOut
from mailflow.domain.phrase import say
from mailflow.domain.when import read_day
from mailflow.errors import InputError
from mailflow.service import committee
from mailflow.service.office import Office
from mailflow.service.words import day_words
from mailflow.store import proposals
from mailflow.store.engine import Work

_AROUND = frozenset({"meeting", "the", "of", "on", "at", "our", "by", "a", "vote", "with", "approved", "and"})
_VOTE = re.compile(r"\b(\d{1,4}) ?(?:to|:|-|–) ?(\d{1,4})\b")
_DAY = re.compile(r"\b(?:on|of) (?:the )?((?:[A-Z][a-z]{2,8},? )?[A-Z][a-z]{2,8} \d{1,2}(?:, \d{4})?|\d{4}-\d\d-\d\d)")


def decide_by_mail(work: Work, office: Office, order: CarryOut, now: datetime) -> tuple[str, list[str]]:
    """Acknowledge, approve, return or report; gives the headline and the lines of the answer."""
    title = proposals.proposal(work, office.kinds, order.object_id).title
    verb, said = order.command.verb, order.command.reason
    if verb is Verb.ACKNOWLEDGE:
        committee.acknowledge_in(work, office, order.object_id, order.by, now)
        return say("Noted: received, %(title)s", title=title), [say("That the petition has arrived is noted.")]
    if verb is Verb.REPORT:
        committee.report_in(work, office, order.object_id, order.by, now, said, order.address)
        return say("Noted: reported to Council, %(title)s", title=title), [say("That Council has it is noted.")]
    is_approved = verb is Verb.APPROVE
    committee.decide_in(
        work,
        office,
        order.object_id,
        is_approved,
        "" if is_approved and _says_no_more(said) else said,
        order.by,
        meeting_in(said, now, office.zone),
        vote_in(said),
        now,
    )
    if is_approved:
        return say("Noted: approved, %(title)s", title=title), [say("It is recorded as approved, as you reported it.")]
    return say("Noted: returned, %(title)s", title=title), [say("It is recorded as returned, as you reported it.")]


def preview_decision(work: Work, office: Office, order: CarryOut, now: datetime) -> tuple[str, list[str]]:
    """Say what would be recorded, for a yes."""
    petition = proposals.proposal(work, office.kinds, order.object_id)
    is_approved = order.command.verb is Verb.APPROVE
    require(petition.id, petition.state, Act.APPROVE if is_approved else Act.RETURN)
    said = order.command.reason
    approved = say("This records that the petition is approved, as reported by you.")
    returned = say("This records that the petition is returned, as reported by you.")
    lines: list[str] = [approved if is_approved else returned]
    lines += [say("Your words: %(words)s", words=said)] if said else []
    if (on := meeting_in(said, now, office.zone)) is not None:
        lines.append(say("The meeting: %(day)s", day=day_words(on)))
    if vote := vote_in(said):
        lines.append(say("The vote: %(vote)s", vote=vote))
    lines.append(say("All signatories and organizers are told the outcome."))
    if is_approved:
        return say("Approve it? %(title)s", title=petition.title), lines
    return say("Return it? %(title)s", title=petition.title), lines


def _says_no_more(said: str) -> bool:
    """Tell whether the words hold nothing but the meeting's day and the vote, which are told by themselves."""
    rest = _VOTE.sub(" ", _DAY.sub(" ", said)).casefold()
    return all(word in _AROUND for word in re.findall(r"[^\W_]+", rest))


def vote_in(said: str) -> str:
    """Find the vote that was told: '7 to 1'; "" where none was."""
    found = _VOTE.search(_DAY.sub(" ", said))
    return f"{found[1]} to {found[2]}" if found else ""


def meeting_in(said: str, now: datetime, zone: str) -> date | None:
    """Find the day of the meeting that was told."""
    found = _DAY.search(said)
    try:
        return read_day(found[1], now, zone) if found else None
    except InputError:
        return None
