"""When people are reminded, asked and told: pure arithmetic over a proposal's windows and an instant.

All times of day are civil times in the proposal's zone, so that nine in the morning stays nine across a clock change.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from mailflow.domain.civil import end_of_day, first_monday_after, instant
from mailflow.domain.model import COLLECTING, Proposal, ProposalState

MORNING = time(9)
GRACE = timedelta(hours=1)  # for mail in transit: before it is over, nobody says how a petition ended
HELD_MAX = timedelta(days=7)  # how long mail that waits for a person keeps a petition from lapsing
QUESTIONS_MAX = 3  # Mondays on which an organizer is asked whether the petition shall open
LATE_MAX = timedelta(days=1)  # a reminder that the clock missed by more is left out
MILESTONES = (25, 50, 75)  # percent of the threshold; a hundred is told by petition_qualified
OUTAGE_MIN = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that a window has: its name, and the instant from which it is due."""

    name: str
    at: datetime


def reminders_of(proposal: Proposal) -> tuple[Reminder, ...]:
    """Give the reminders of the window that is open, in order: feedback has one, a petition at most two."""
    if proposal.state is ProposalState.FEEDBACK_OPEN:
        opens_at, closes_at = proposal.feedback_opened_at, proposal.feedback_closes_at
        if opens_at is None or closes_at is None or closes_at - opens_at < timedelta(days=5):
            return ()
        return (Reminder("feedback", _morning(closes_at, 2, proposal.zone)),)
    opens_at, closes_at = proposal.petition_opened_at, proposal.petition_closes_at
    if proposal.state not in COLLECTING or opens_at is None or closes_at is None:
        return ()
    if closes_at - opens_at < timedelta(days=6):
        return ()
    last = Reminder("last", _morning(closes_at, 3, proposal.zone))
    middle_on = (opens_at + (closes_at - opens_at) / 2).astimezone(ZoneInfo(proposal.zone)).date()
    middle = Reminder("middle", _at(middle_on, proposal.zone))
    is_apart = last.at - middle.at >= timedelta(days=3) and middle.at - opens_at >= timedelta(days=2)
    return (middle, last) if is_apart else (last,)


def _morning(closes_at: datetime, days: int, zone: str) -> datetime:
    """Give nine o'clock so many days before a window's last day."""
    last_on = (closes_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()
    return _at(last_on - timedelta(days=days), zone)


def _at(on: date, zone: str) -> datetime:
    return instant(datetime.combine(on, MORNING), zone)


def due_reminder(proposal: Proposal, sent: Collection[str], now: datetime) -> str:
    """Give the name of the reminder that is due and was not sent, "" for none.

    One that was missed by more than a day is left out: nobody gets two on one morning. After an extension the names
    that were sent stay sent, so that there are never more than two.
    """
    due = [r for r in reminders_of(proposal) if r.at <= now]
    if not due or due[-1].name in sent or now - due[-1].at > LATE_MAX:
        return ""
    return due[-1].name


def question_on(proposal: Proposal, now: datetime) -> date | None:
    """Give the Monday on whose morning the organizer is asked whether the petition shall open, None when not asked.

    The first is the Monday on which a petition opens by itself; it is asked again on the next two.
    """
    closes_at = proposal.feedback_closes_at
    if proposal.state is not ProposalState.FEEDBACK_CLOSED or proposal.petition_opens_at is not None:
        return None
    if closes_at is None:
        return None
    first = first_monday_after(closes_at, proposal.zone).astimezone(ZoneInfo(proposal.zone)).date()
    mondays = [first + timedelta(weeks=n) for n in range(QUESTIONS_MAX)]
    asked = [on for on in mondays if _at(on, proposal.zone) <= now]
    if not asked or now - _at(asked[-1], proposal.zone) > timedelta(weeks=1):
        return None
    return asked[-1]


def milestone(validated: int, threshold: int, told: int) -> int:
    """Give the highest percentage that is reached and higher than the one told, 0 for none."""
    reached = [m for m in MILESTONES if validated * 100 >= m * threshold]
    if validated >= threshold or not reached or reached[-1] <= told:
        return 0
    return reached[-1]


def is_counted_out(petition: Proposal, now: datetime, good_poll_at: datetime | None, *, has_imap: bool = True) -> bool:
    """Tell whether all that arrived before the close has been read: the grace is over and the mailbox was read since.

    good_poll_at: when the mailbox was last read to its end.
    """
    closes_at = petition.petition_closes_at
    return closes_at is not None and is_read_until(closes_at + GRACE, now, good_poll_at, has_imap=has_imap)


def is_read_until(until: datetime, now: datetime, good_poll_at: datetime | None, *, has_imap: bool = True) -> bool:
    """Tell whether all that arrived before an instant has been read."""
    return now >= until and (not has_imap or (good_poll_at is not None and good_poll_at >= until))


def extension_to_offer(
    closes_at: datetime | None, down_from: datetime, down_to: datetime, zone: str
) -> tuple[date, datetime] | None:
    """Give the day, and its end, to which a window could be extended because the service was down past its end.

    None when the window did not end while the service was down, or it was down for less than an hour.
    """
    if closes_at is None or not down_from < closes_at <= down_to or down_to - down_from < OUTAGE_MIN:
        return None
    days = -((down_from - down_to) // timedelta(days=1))  # begun days count whole
    on = down_to.astimezone(ZoneInfo(zone)).date() + timedelta(days=days)
    return on, end_of_day(on, zone)
