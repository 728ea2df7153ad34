"""When a petition will have what it needs if it goes on as in the last seven days: a plain rule."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from mailflow.domain.phrase import say, say_n

DAYS = 7


@dataclass(frozen=True, slots=True)
class Pace:
    """What to expect. per_day: signatures a day lately; reached_on: the day the threshold is reached at that pace.

    reached_on is None where that is not before the window's last day, or never. is_reached: it has what it needs.
    """

    per_day: float
    days: int
    reached_on: date | None
    is_reached: bool = False


def expect(
    signed: Mapping[date, int], opened_on: date, today: date, validated: int, threshold: int, last_on: date | None
) -> Pace:
    """Look ahead from the signatures of the last seven days, today included, or of the days since it opened.

    signed: signatures that count, by the day they were given. last_on: the last day of the window, None without end.
    """
    days = max(1, min(DAYS, (today - opened_on).days + 1))
    lately = sum(signed.get(today - timedelta(days=n), 0) for n in range(days))
    per_day = lately / days
    missing = threshold - validated
    if missing <= 0:
        return Pace(per_day, days, None, is_reached=True)
    if lately <= 0:
        return Pace(0.0, days, None)
    ahead = -(-missing * days // lately)  # whole days, rounded up, without a float's error
    if ahead > 3650:
        return Pace(per_day, days, None)
    reached_on = today + timedelta(days=ahead)
    return Pace(per_day, days, reached_on if last_on is None or reached_on <= last_on else None)


def in_words(pace: Pace, day_words: str, *, has_end: bool) -> str:
    """Say it in one sentence. day_words: reached_on as the reader says it, "" for none."""
    if pace.is_reached:
        return ""
    span = say("today") if pace.days == 1 else say_n("in the last day", "in the last %(n)s days", pace.days)
    if pace.per_day <= 0:
        return say("No signature that counts came %(span)s: at this pace the threshold is not reached.", span=span)
    told: dict[str, object] = {"each": round(pace.per_day, 1), "span": span}
    if day_words:
        return say("%(each)s a day %(span)s: at this pace the threshold is reached by %(day)s.", day=day_words, **told)
    if has_end:
        return say("%(each)s a day %(span)s: at this pace the threshold is not reached before it closes.", **told)
    return say("%(each)s a day %(span)s: at this pace it would take years.", **told)
