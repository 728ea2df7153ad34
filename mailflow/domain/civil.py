"""Civil times: what a date or a wall-clock time in the association's zone is as an instant (design rule 6).

A window is [opens_at, closes_at): the closing instant is the first that is no longer in it. So a window that closes on
a day closes at that day's midnight, which is the first instant of the next day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from mailflow.errors import InputError

YEAR_MIN, YEAR_MAX = 1970, 2999
MONDAY = 0

_DATE = re.compile(r"\d{4}-\d\d-\d\d\Z")
_TIME = re.compile(r"\d{4}-\d\d-\d\d[ Tt]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?:[Zz]|[+-]\d\d:\d\d)?\Z")


def is_within(arrived_at: datetime, opens_at: datetime | None, closes_at: datetime | None) -> bool:
    """Tell whether an instant lies in a window: not before it opens, and before it closes. None: no bound.

    arrived_at: when our mailbox took the mail, never what the mail says of itself (R67).
    """
    if opens_at is not None and arrived_at < opens_at:
        return False
    return closes_at is None or arrived_at < closes_at


def start_of_day(on: date, zone: str) -> datetime:
    """Give the first instant of a day, aware UTC. Where the clock jumps at midnight that is the instant of the jump."""
    return datetime.combine(on, time(), ZoneInfo(zone)).astimezone(UTC)


def end_of_day(on: date, zone: str) -> datetime:
    """Give the bound of a window whose last day this is: exclusive, the first instant of the next day, aware UTC."""
    return start_of_day(on + timedelta(days=1), zone)


def last_day(closes_at: datetime, zone: str) -> date | None:
    """Give the last whole day of a window that closes at a midnight, None when it closes at a time of day.

    Mails and pages say 'through Sunday, June 23' by this, not 'until Monday, 00:00'.
    """
    local = closes_at.astimezone(ZoneInfo(zone))
    before = (closes_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date()
    return before if before != local.date() and end_of_day(before, zone) == closes_at else None


def instant(local: datetime, zone: str) -> datetime:
    """Give the instant of a naive wall-clock time, aware UTC.

    Raises InputError for a time that happens twice or never on the day the clocks change, naming both instants (R68).
    """
    first, second = (local.replace(tzinfo=ZoneInfo(zone), fold=fold) for fold in (0, 1))
    if first.utcoffset() == second.utcoffset():
        return first.astimezone(UTC)
    spelled = f"{local:%Y-%m-%d %H:%M}"
    happens = first.astimezone(UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None) == local
    if happens:
        raise InputError(
            f"{spelled} happens twice in {zone}, for the clocks go back:"
            f" write {first.isoformat()} or {second.isoformat()}"
        )
    # an hour that is skipped: each reading of it is another instant, told as the clock will show it
    before, after = sorted(each.astimezone(UTC).astimezone(ZoneInfo(zone)).isoformat() for each in (first, second))
    raise InputError(f"{spelled} does not exist in {zone}, for the clocks go forward: write {before} or {after}")


def parse_when(value: Any, zone: str, day: Literal["start", "end"] = "end") -> datetime:
    """Read a date, a local or an aware time, or their ISO spelling, as an instant in UTC.

    day: which bound a bare date stands for: a window that closes on it closes at its "end" (exclusive), one that opens
    on it opens at its "start". Raises InputError.
    """
    value = _unspelled(value) if isinstance(value, str) else value
    if not isinstance(value, date):
        raise InputError(_not_a_time(value))
    if not YEAR_MIN <= value.year <= YEAR_MAX:
        raise InputError(f"the year of {value} is not between {YEAR_MIN} and {YEAR_MAX}")
    if not isinstance(value, datetime):
        return end_of_day(value, zone) if day == "end" else start_of_day(value, zone)
    return value.astimezone(UTC) if value.tzinfo is not None else instant(value, zone)


def parse_day(value: Any) -> date:
    """Read a date or its ISO spelling. Raises InputError, also for a time of day."""
    value = _unspelled(value) if isinstance(value, str) else value
    if not isinstance(value, date) or isinstance(value, datetime):
        raise InputError(f"{value!s:.40} is not a date: write YYYY-MM-DD")
    if not YEAR_MIN <= value.year <= YEAR_MAX:
        raise InputError(f"the year of {value} is not between {YEAR_MIN} and {YEAR_MAX}")
    return value


def _unspelled(text: str) -> date:
    text = text.strip()
    try:
        if _DATE.match(text):
            return date.fromisoformat(text)
        if _TIME.match(text):
            return datetime.fromisoformat(text.upper())
    except ValueError as error:
        raise InputError(f"{text!r} is not a time: {error}") from None
    raise InputError(_not_a_time(repr(text)))


def _not_a_time(value: object) -> str:
    return (
        f"{value!s:.40} is not a time: write YYYY-MM-DD, YYYY-MM-DD HH:MM or an instant such as 2013-06-24T09:00-05:00"
    )


def first_monday_after(closes_at: datetime, zone: str, hour: int = 9) -> datetime:
    """Give the first Monday, at that hour in the zone, that does not lie before an instant; aware UTC.

    A window whose last day is a Sunday closes at the midnight that begins the Monday: that Monday it is.
    """
    today = closes_at.astimezone(ZoneInfo(zone)).date()
    monday = today + timedelta(days=(MONDAY - today.weekday()) % 7)
    opens_at = datetime.combine(monday, time(hour), ZoneInfo(zone)).astimezone(UTC)
    return (
        opens_at if opens_at >= closes_at else first_monday_after(start_of_day(monday + timedelta(1), zone), zone, hour)
    )
