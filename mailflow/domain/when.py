"""Days and times as people write them in a mail: 'June 30', '30 June 2013 at 4:30 pm', '2013-06-30', 'Friday'.

A small grammar and nothing guessed: what could mean two days is refused with what would do.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from mailflow.domain.civil import end_of_day, instant, parse_when, start_of_day
from mailflow.domain.phrase import say
from mailflow.errors import InputError

TEXT_MAX = 80  # characters: a date is short
FAR_DAYS = 240  # a day without its year that lies so far ahead is more likely one that is over

_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
_TOKEN = re.compile(r"\d{1,4}|[a-z]+|[:/.+-]")
_ISO = re.compile(r"\d{4}-\d\d-\d\d(?:[ t]\d\d:\d\d(?::\d\d)?(?:z|[+-]\d\d:\d\d)?)?\Z")
_CLOCK = re.compile(r"(?:\bat )?\b(\d{1,2})(?::(\d\d))? ?([ap])\.?m\.?\Z|(?:\bat )?\b(\d{1,2}):(\d\d)\Z|\bat (noon)\Z")
_NOISE = {"of", "the", "on", "end", "th", "st", "nd", "rd", "midnight", "next", "this", "date"}
_SHAPE = say("write a day such as June 30, 2013, or 2013-06-30, with a time if you like: June 30, 4:30 pm")


def read_instant(text: str, now: datetime, zone: str, day: Literal["start", "end"] = "end") -> datetime:
    """Read a day or a day with a time, aware UTC; a bare day is the whole day. Raises InputError.

    day: which bound a bare day stands for, as in civil.parse_when.
    """
    folded = _folded(text)
    if _ISO.match(folded):
        return parse_when(folded, zone, day)
    clock = _CLOCK.search(folded)
    on = read_day(folded[: clock.start()] if clock else folded, now, zone)
    if clock is None:
        return end_of_day(on, zone) if day == "end" else start_of_day(on, zone)
    return instant(datetime.combine(on, _clock(clock)), zone)


def read_day(text: str, now: datetime, zone: str) -> date:
    """Read a day; without a year it is the next one of that name. Raises InputError."""
    folded = _folded(text)
    today = now.astimezone(ZoneInfo(zone)).date()
    if _ISO.match(folded) and len(folded) == 10:
        return _date(folded, *(int(part) for part in folded.split("-")))
    if folded in ("today", "tomorrow"):
        return today + timedelta(days=folded == "tomorrow")
    numbers, month, weekday = _parts(folded, text)
    if month == 0 and not numbers and weekday >= 0:
        return today + timedelta(days=(weekday - today.weekday() - 1) % 7 + 1)
    if month == 0:
        raise InputError(say("%(day)s is no day that can be told; %(shape)s", day=repr(text.strip()), shape=_SHAPE))
    on = _in_year(text, numbers, month, today)
    if weekday >= 0 and on.weekday() != weekday:
        raise InputError(
            say(
                "%(day)s: %(on)s is a %(weekday)s; which of the two is meant?",
                day=repr(text.strip()),
                on=str(on),
                weekday=_DAYS[on.weekday()].capitalize(),
            )
        )
    return on


def _folded(text: str) -> str:
    folded = " ".join(text.casefold().replace(",", " ").split()).strip(" .!;")
    if len(folded) > TEXT_MAX:
        raise InputError(say("%(day)s… is too long for a day; %(shape)s", day=repr(folded[:40]), shape=_SHAPE))
    return folded


def _parts(folded: str, text: str) -> tuple[list[int], int, int]:
    """Give the numbers, the month (0: none) and the weekday (-1: none) that a text names, and nothing else."""
    numbers, month, weekday = [], 0, -1
    for token in _TOKEN.findall(folded):
        if token.isdigit():
            numbers.append(int(token))
        elif (found := _named(token, _MONTHS)) is not None and not month:
            month = found + 1
        elif (found := _named(token, _DAYS)) is not None and weekday < 0:
            weekday = found
        elif token not in _NOISE and token not in ".":
            raise InputError(say("%(day)s is no day that can be told; %(shape)s", day=repr(text.strip()), shape=_SHAPE))
    if len(numbers) > 2:
        raise InputError(say("%(day)s names more than one day; %(shape)s", day=repr(text.strip()), shape=_SHAPE))
    return numbers, month, weekday


def _named(token: str, names: list[str]) -> int | None:
    """Find a month or weekday by its name or its first three letters or more."""
    return next((i for i, name in enumerate(names) if len(token) >= 3 and name.startswith(token)), None)


def _in_year(text: str, numbers: list[int], month: int, today: date) -> date:
    days, years = [n for n in numbers if n <= 31], [n for n in numbers if n > 31]
    if len(days) != 1 or len(years) > 1:
        raise InputError(say("%(day)s is no day that can be told; %(shape)s", day=repr(text.strip()), shape=_SHAPE))
    if years:
        return _date(text, years[0], month, days[0])
    on = _date(text, today.year, month, days[0])
    if on < today:
        on = _date(text, today.year + 1, month, days[0])
        if (on - today).days > FAR_DAYS:
            raise InputError(
                say(
                    "%(day)s of this year is over; write the year if %(on)s is meant",
                    day=repr(text.strip()),
                    on=str(on),
                )
            )
    return on


def _date(text: str, year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise InputError(
            say("%(day)s: there is no such day; %(shape)s", day=repr(text.strip()), shape=_SHAPE)
        ) from None


def _clock(found: re.Match[str]) -> time:
    hour12, minute12, half, hour24, minute24, noon = found.groups()
    if noon:
        return time(12)
    hour = int(hour12) % 12 + 12 * (half == "p") if hour12 else int(hour24)
    minute = int(minute12 or minute24 or 0)
    if hour > 23 or minute > 59 or (hour12 and not 1 <= int(hour12) <= 12):
        raise InputError(say("%(time)s is no time of day; %(shape)s", time=repr(found[0].strip()), shape=_SHAPE))
    return time(hour, minute)
