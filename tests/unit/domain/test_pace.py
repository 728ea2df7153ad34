"""When the threshold is reached at the pace of the last seven days."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.domain.pace import expect, in_words

OPENED, TODAY, LAST = date(2013, 6, 24), date(2013, 7, 4), date(2013, 7, 21)
LATELY = {date(2013, 7, day): 5 for day in range(1, 5)} | {date(2013, 6, 24): 40}  # 20 in seven days: 2.86 a day


@pytest.mark.parametrize(
    ("signed", "validated", "threshold", "today", "reached_on"),
    [
        pytest.param(LATELY, 60, 100, TODAY, date(2013, 7, 18), id="40 missing at 20 in 7 days: 14 days"),
        pytest.param(LATELY, 60, 61, TODAY, date(2013, 7, 5), id="one missing: tomorrow, for days are whole"),
        pytest.param(LATELY, 60, 200, TODAY, None, id="140 missing: 49 days, after the end"),
        pytest.param({}, 60, 100, TODAY, None, id="nobody signed lately"),
        pytest.param(LATELY, 100, 100, TODAY, None, id="reached"),
        pytest.param({OPENED: 10}, 10, 100, OPENED, date(2013, 7, 3), id="first day: ten a day, 90 missing"),
    ],
)
def test_day_the_threshold_is_reached(
    signed: dict[date, int], validated: int, threshold: int, today: date, reached_on: date | None
) -> None:
    assert expect(signed, OPENED, today, validated, threshold, LAST).reached_on == reached_on


@pytest.mark.parametrize(
    ("validated", "threshold", "day", "words"),
    [
        pytest.param(
            60,
            100,
            "Thursday",
            "2.9 a day in the last 7 days: at this pace the threshold is reached by Thursday.",
            id="in time",
        ),
        pytest.param(
            60,
            200,
            "",
            "2.9 a day in the last 7 days: at this pace the threshold is not reached before it closes.",
            id="not in time",
        ),
        pytest.param(100, 100, "", "", id="reached: nothing to expect"),
    ],
)
def test_words_of_the_pace(validated: int, threshold: int, day: str, words: str) -> None:
    assert in_words(expect(LATELY, OPENED, TODAY, validated, threshold, LAST), day, has_end=True) == words


def test_no_signature_lately_is_said_plainly() -> None:
    said = in_words(expect({}, OPENED, TODAY, 3, 100, LAST), "", has_end=True)
    assert said.startswith("No signature that counts came in the last 7 days")
