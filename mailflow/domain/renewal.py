"""When an approved group ends, and when its organizers are told that a renewal needs a fresh petition."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection
from datetime import date

NUDGES = (9, 6, 3, 0)  # months before the end; 0: it has come


def months_before(day: date, months: int) -> date:
    """Give the day so many months before (negative: after); the last of the month where it has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 - months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def ends_on(approved_on: date, years: int) -> date | None:
    """Give the day on which a group that was approved that day ends; None where its kind has no end (0 years)."""
    return months_before(approved_on, -12 * years) if years else None


def due_nudge(end_on: date, today: date, told: Collection[int]) -> int | None:
    """Give the months of the nudge that is due, None for none; after a long pause the latest alone, each once.

    told: the months of the nudges that went out.
    """
    reached = [months for months in NUDGES if months_before(end_on, months) <= today]
    if not reached or any(months <= reached[-1] for months in told):
        return None
    return reached[-1]
