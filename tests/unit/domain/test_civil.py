"""Civil times: days, windows, and the two days a year on which clocks change."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import pytest

from mailflow.domain.civil import (
    end_of_day,
    first_monday_after,
    instant,
    is_within,
    last_day,
    parse_day,
    parse_when,
    start_of_day,
)
from mailflow.errors import InputError

CHICAGO = "America/Chicago"
SECOND = timedelta(seconds=1)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("on", "zone", "end"),
    [
        pytest.param("2013-06-23", CHICAGO, "2013-06-24T05:00", id="a summer Sunday"),
        pytest.param("2013-12-31", CHICAGO, "2014-01-01T06:00", id="the last day of a year"),
        pytest.param("2013-03-10", CHICAGO, "2013-03-11T05:00", id="a day of 23 hours"),
        pytest.param("2013-11-03", CHICAGO, "2013-11-04T06:00", id="a day of 25 hours"),
        pytest.param("2013-06-23", "Asia/Kolkata", "2013-06-23T18:30", id="half an hour off"),
        pytest.param("2018-11-03", "America/Sao_Paulo", "2018-11-04T03:00", id="the next day begins at one o'clock"),
    ],
)
def test_a_whole_day_ends_at_its_midnight(on: str, zone: str, end: str) -> None:
    assert end_of_day(date.fromisoformat(on), zone) == utc(end)


def test_the_last_day_of_a_window_is_told_back() -> None:
    on = date(2013, 6, 23)
    assert last_day(end_of_day(on, CHICAGO), CHICAGO) == on
    assert last_day(end_of_day(date(2018, 11, 3), "America/Sao_Paulo"), "America/Sao_Paulo") == date(2018, 11, 3)
    assert last_day(utc("2013-06-23T21:30"), CHICAGO) is None


@pytest.mark.parametrize(
    ("off", "is_in"),
    [
        pytest.param(-SECOND, True, id="R67 a second before it closes"),
        pytest.param(0 * SECOND, False, id="R67 at the closing instant, which is the next day's first"),
        pytest.param(+SECOND, False, id="R67 a second after it closed"),
    ],
)
def test_the_closing_bound_is_exclusive(off: timedelta, is_in: bool) -> None:
    """R67: the last day belongs to the window, whole; the same with an opening bound."""
    closes_at = end_of_day(date(2013, 6, 23), CHICAGO)
    assert is_within(closes_at + off, None, closes_at) is is_in
    assert is_within(closes_at + off, closes_at - 60 * SECOND, closes_at) is is_in


@pytest.mark.parametrize(("off", "is_in"), [(-SECOND, False), (0 * SECOND, True), (SECOND, True)])
def test_the_opening_bound_is_inclusive(off: timedelta, is_in: bool) -> None:
    opens_at = start_of_day(date(2013, 6, 24), CHICAGO)
    assert is_within(opens_at + off, opens_at, None) is is_in


@pytest.mark.parametrize(
    ("local", "zone", "named"),
    [
        pytest.param(
            datetime(2025, 10, 26, 1, 30),  # noqa: DTZ001 -- a wall-clock time is the input
            "Europe/London",
            ("happens twice", "2025-10-26T01:30:00+01:00", "2025-10-26T01:30:00+00:00"),
            id="R68 clocks go back in London",
        ),
        pytest.param(
            datetime(2013, 11, 3, 1, 0),  # noqa: DTZ001
            CHICAGO,
            ("happens twice", "2013-11-03T01:00:00-05:00", "2013-11-03T01:00:00-06:00"),
            id="R68 clocks go back in Chicago",
        ),
        pytest.param(
            datetime(2013, 3, 10, 2, 30),  # noqa: DTZ001
            CHICAGO,
            ("does not exist", "2013-03-10T01:30:00-06:00", "2013-03-10T03:30:00-05:00"),
            id="R68 clocks go forward in Chicago",
        ),
    ],
)
def test_a_time_that_is_not_one_instant_is_refused(local: datetime, zone: str, named: tuple[str, ...]) -> None:
    """R68: both instants are named, and each of them is accepted."""
    with pytest.raises(InputError) as refused:
        instant(local, zone)
    for each in named:
        assert each in str(refused.value)
    assert parse_when(named[1], zone) != parse_when(named[2], zone)


@pytest.mark.parametrize("minute", [59, 0])
def test_times_right_beside_the_change_are_taken(minute: int) -> None:
    """R68: only the hour itself is refused."""
    hour = 0 if minute else 2
    assert instant(datetime(2013, 11, 3, hour, minute), CHICAGO).tzinfo is UTC  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "day", "expected"),
    [
        pytest.param(date(2013, 6, 23), "end", "2013-06-24T05:00", id="a date as an end"),
        pytest.param(date(2013, 6, 24), "start", "2013-06-24T05:00", id="a date as a start"),
        pytest.param("2013-06-23", "end", "2013-06-24T05:00", id="a spelled date"),
        pytest.param(datetime(2020, 1, 31, 16, 30), "end", "2020-01-31T22:30", id="4:30 p.m. Central"),  # noqa: DTZ001
        pytest.param("2020-01-31 16:30", "end", "2020-01-31T22:30", id="spelled with a blank"),
        pytest.param("2020-01-31T16:30:15", "end", "2020-01-31T22:30:15", id="spelled with seconds"),
        pytest.param("2020-01-31T22:30Z", "end", "2020-01-31T22:30", id="in UTC"),
        pytest.param("2020-01-31t22:30z", "end", "2020-01-31T22:30", id="in UTC, small letters"),
        pytest.param(
            datetime(2020, 1, 31, 23, 30, tzinfo=timezone(timedelta(hours=1))), "end", "2020-01-31T22:30", id="aware"
        ),
        pytest.param(
            "2013-11-03T01:30-06:00", "end", "2013-11-03T07:30", id="the offset tells the second half past one"
        ),
    ],
)
def test_every_spelling_of_a_time_is_read(value: Any, day: Any, expected: str) -> None:
    assert parse_when(value, CHICAGO, day) == utc(expected)


@pytest.mark.parametrize(
    "value",
    [
        "",
        "soon",
        "2013-02-30",
        "2013-06-23 25:00",
        "20130623",
        "2013-W25-7",
        "23.06.2013",
        5,
        None,
        True,
        1.5,
        [],
        date(1066, 10, 14),
        "0001-01-01",
        "9999-12-31",
        "2013-06-23 10:00+99:00",
        "1" * 10_000,
    ],
    ids=lambda value: repr(value)[:30],
)
def test_what_is_no_time_is_refused_with_a_word_on_what_would_do(value: Any) -> None:
    with pytest.raises(InputError) as refused:
        parse_when(value, CHICAGO)
    assert len(str(refused.value)) < 200 or isinstance(value, str)


def test_a_day_is_a_day_and_no_time() -> None:
    assert parse_day("2018-04-25") == parse_day(date(2018, 4, 25)) == date(2018, 4, 25)
    with pytest.raises(InputError, match="write YYYY-MM-DD"):
        parse_day(utc("2018-04-25T10:00"))


@pytest.mark.parametrize(
    ("closes_at", "opens_at"),
    [
        pytest.param("2013-06-24T05:00", "2013-06-24T14:00", id="the Sunday is the last day: the next morning"),
        pytest.param("2013-06-24T14:00", "2013-06-24T14:00", id="closes as it opens"),
        pytest.param("2013-06-24T14:01", "2013-07-01T14:00", id="closes on a Monday after nine: a week later"),
        pytest.param("2013-06-25T05:00", "2013-07-01T14:00", id="the Monday is the last day: a week later"),
        pytest.param("2013-11-01T05:00", "2013-11-04T15:00", id="across the change of clocks"),
    ],
)
def test_the_first_monday_after_feedback_closes(closes_at: str, opens_at: str) -> None:
    assert first_monday_after(utc(closes_at), CHICAGO) == utc(opens_at)
