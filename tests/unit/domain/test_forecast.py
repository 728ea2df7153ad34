"""What is to be expected of a petition's signatures on the day that matters."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from mailflow.domain.forecast import forecast, in_words, look_ahead
from mailflow.domain.model import SignatureState
from tests.unit.domain.cast import signature

CLOSE, MEETING, NEXT = date(2013, 7, 21), date(2013, 8, 12), date(2014, 1, 25)
ONE = signature()


@pytest.mark.parametrize(
    ("meets_on", "today", "day"),
    [
        pytest.param((), date(2013, 7, 1), (CLOSE, False), id="no meeting is known"),
        pytest.param((NEXT, MEETING), date(2013, 7, 1), (MEETING, True), id="the first after the close"),
        pytest.param((CLOSE, NEXT), date(2013, 7, 1), (NEXT, True), id="on the closing day is too soon"),
        pytest.param((MEETING,), MEETING, (MEETING, True), id="the day of the meeting itself"),
        pytest.param((MEETING, NEXT), date(2013, 8, 13), (NEXT, True), id="the day after a meeting"),
        pytest.param((MEETING,), date(2013, 8, 13), (date(2013, 8, 13), False), id="the last meeting is over"),
    ],
)
def test_the_day_to_look_to(meets_on: tuple[date, ...], today: date, day: tuple[date, bool]) -> None:
    assert look_ahead(meets_on, CLOSE, today) == day


def test_who_lapses_before_the_committee_meets_is_counted_and_said() -> None:
    """'117 signed, 104 in standing, 6 lapse before the committee meets', and how many more to collect."""
    out = replace(ONE, state=SignatureState.NOT_IN_GOOD_STANDING)
    known = [(ONE, "good", date(2013, 8, 11))] * 6 + [(ONE, "good", None)] * 98 + [(out, "lapsed", None)] * 13
    found = forecast(known, 100, MEETING, asks_standing=True, is_meeting=True)
    assert (found.signed, found.in_standing, found.lapsing, found.missing) == (117, 104, 6, 2)
    assert in_words(found, "Monday, August 12, 2013") == (
        "117 signed, 104 of them count, 6 of those lapse before the committee meets on Monday, August 12, 2013;"
        " 2 more would make it safe."
    )
    on_the_day = forecast([(ONE, "good", MEETING)], 1, MEETING, asks_standing=True, is_meeting=True)
    assert (on_the_day.lapsing, on_the_day.missing) == (0, 0)
