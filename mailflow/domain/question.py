"""Questions that wait for their contact: when an answer is due, who is reminded when."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

WORKING_DAYS = 3
SATURDAY = 5


class Step(StrEnum):
    """What an unanswered question brings about, in this order."""

    FIRST = "first"  # the contact is reminded
    SECOND = "second"  # and once more
    OWNER = "owner"  # the mailbox's owner is told


AFTER: tuple[tuple[Step, timedelta], ...] = (
    (Step.FIRST, timedelta(days=3)),
    (Step.SECOND, timedelta(days=7)),
    (Step.OWNER, timedelta(days=10)),
)
# mails that carry a question to its contact: an answer to any of them is relayed
CARRYING = frozenset({"question", "question_reminder"})


def due_at(asked_at: datetime, zone: str) -> datetime:
    """Give when an answer is due: the same time of day, three working days later, in the association's zone."""
    local = asked_at.astimezone(ZoneInfo(zone))
    left = WORKING_DAYS
    while left:
        local += timedelta(days=1)  # civil days: the clock's jump does not move the hour
        left -= local.weekday() < SATURDAY
    return local.astimezone(UTC)


def next_step(asked_at: datetime, done: int, now: datetime) -> tuple[Step, int] | None:
    """Say what is due for a question and how many steps are done with it; None when nothing is.

    done: steps done so far. After a long pause only the last that is due is taken: nobody is reminded twice at once.
    """
    due = sum(now >= asked_at + after for _, after in AFTER)
    return (AFTER[due - 1][0], due) if due > done else None
