"""When a group ends, and which nudge is due on a day."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.domain.renewal import due_nudge, ends_on, months_before

APPROVED_ON = date(2013, 8, 12)
END = date(2016, 8, 12)


@pytest.mark.parametrize(
    ("approved_on", "years", "end_on"),
    [
        (APPROVED_ON, 3, END),
        (date(2012, 2, 29), 3, date(2015, 2, 28)),
        (date(2012, 2, 29), 4, date(2016, 2, 29)),
        (date(2013, 12, 31), 1, date(2014, 12, 31)),
        (APPROVED_ON, 0, None),
    ],
    ids=["three years", "leap day", "leap day to leap day", "the year's end", "no end"],
)
def test_a_group_ends_on_the_same_day_years_later(approved_on: date, years: int, end_on: date | None) -> None:
    assert ends_on(approved_on, years) == end_on


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        (END, 9, date(2015, 11, 12)),
        (date(2016, 5, 31), 3, date(2016, 2, 29)),
        (date(2016, 1, 31), 1, date(2015, 12, 31)),
        (END, 0, END),
    ],
    ids=["across a year", "a shorter month", "january", "none"],
)
def test_months_before_a_day(day: date, months: int, before: date) -> None:
    assert months_before(day, months) == before


@pytest.mark.parametrize(
    ("today", "told", "due"),
    [
        (date(2015, 11, 11), [], None),
        (date(2015, 11, 12), [], 9),
        (date(2015, 11, 13), [9], None),
        (date(2016, 2, 11), [9], None),
        (date(2016, 2, 12), [9], 6),
        (date(2016, 5, 12), [9, 6], 3),
        (date(2016, 8, 11), [9, 6, 3], None),
        (date(2016, 8, 12), [9, 6, 3], 0),
        (date(2017, 1, 1), [9, 6, 3, 0], None),
        (date(2016, 6, 1), [], 3),
        (date(2020, 1, 1), [9], 0),
    ],
    ids=[
        "the day before",
        "nine",
        "once",
        "between",
        "six",
        "three",
        "nearly",
        "the end",
        "over",
        "after a pause",
        "late",
    ],
)
def test_each_nudge_is_due_once_and_after_a_pause_the_latest_alone(
    today: date, told: list[int], due: int | None
) -> None:
    assert due_nudge(END, today, told) == due
