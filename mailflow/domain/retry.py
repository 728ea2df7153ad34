"""When a mail that the relay did not accept is tried again: arithmetic alone."""

from __future__ import annotations

from datetime import datetime, timedelta

from mailflow.domain.relay import RelayAnswer

FIRST_DELAY = timedelta(minutes=5)
LONGEST_DELAY = timedelta(hours=4)
GIVE_UP_AFTER = timedelta(days=5)  # RFC 5321 section 4.5.4.1: at least four to five days
ATTEMPTS_MIN = 7  # five hours of them: days in which nobody tried, or a clock that jumped, are no trial


def delay_after(attempts: int) -> timedelta:
    """The wait after the given number of attempts (1 after the first): 5 minutes doubling to 4 hours (R90)."""
    doublings = min(max(attempts, 1) - 1, 10)
    return min(FIRST_DELAY * (1 << doublings), LONGEST_DELAY)


def next_attempt_at(
    first_queued_at: datetime,
    attempts: int,
    answer: RelayAnswer,
    now: datetime,
    *,
    earlier_unknown: int | None = None,
) -> datetime | None:
    """Say when to try again; None: there is no further attempt.

    attempts: how many were made, this one included. An unknown answer is tried again at most once (R89), so that
    nobody gets a third copy: earlier_unknown is how many earlier attempts ended unknown; without it any earlier
    attempt counts as one.
    """
    if answer.result in ("accepted", "permanent"):
        return None
    if answer.result == "unknown" and (attempts - 1 if earlier_unknown is None else earlier_unknown) > 0:
        return None
    due_at = now + delay_after(attempts)
    is_tried = answer.result == "unknown" or attempts >= ATTEMPTS_MIN
    return due_at if due_at <= first_queued_at + GIVE_UP_AFTER or not is_tried else None
