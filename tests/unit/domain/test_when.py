"""Days as people write them: a table of spellings, and those that are refused because they could mean two days."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mailflow.domain.when import read_day, read_instant
from mailflow.errors import InputError

ZONE = "America/Chicago"
NOW = datetime(2013, 6, 20, 15, tzinfo=UTC)  # a Thursday


@pytest.mark.parametrize(
    ("text", "on"),
    [
        ("June 30", date(2013, 6, 30)),
        ("june 30th", date(2013, 6, 30)),
        ("30 June", date(2013, 6, 30)),
        ("the 30th of June", date(2013, 6, 30)),
        ("Jun 30, 2014", date(2014, 6, 30)),
        ("Sunday, June 30", date(2013, 6, 30)),
        ("2013-06-30", date(2013, 6, 30)),
        ("January 5", date(2014, 1, 5)),
        ("Friday", date(2013, 6, 21)),
        ("Thursday", date(2013, 6, 27)),
        ("today", date(2013, 6, 20)),
        ("tomorrow.", date(2013, 6, 21)),
    ],
)
def test_a_day_is_read(text: str, on: date) -> None:
    assert read_day(text, NOW, ZONE) == on


@pytest.mark.parametrize(
    ("text", "at"),
    [
        # a whole day ends at its midnight: 05:00 UTC in summer, 06:00 in winter
        ("June 30", datetime(2013, 7, 1, 5, tzinfo=UTC)),
        ("November 30, 2013", datetime(2013, 12, 1, 6, tzinfo=UTC)),
        # the day on which the clocks go back has 25 hours
        ("November 3, 2013", datetime(2013, 11, 4, 6, tzinfo=UTC)),
        ("June 30, 4:30 pm", datetime(2013, 6, 30, 21, 30, tzinfo=UTC)),
        ("30 June 2013 at 16:30", datetime(2013, 6, 30, 21, 30, tzinfo=UTC)),
        ("June 30 at noon", datetime(2013, 6, 30, 17, tzinfo=UTC)),
        ("June 30 12 am", datetime(2013, 6, 30, 5, tzinfo=UTC)),
        ("2013-06-30 16:30", datetime(2013, 6, 30, 21, 30, tzinfo=UTC)),
    ],
)
def test_an_instant_is_read_in_the_associations_zone(text: str, at: datetime) -> None:
    """R68"""
    assert read_instant(text, NOW, ZONE) == at


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "no day"),
        ("soon", "no day"),
        ("6/30/2013", "no day|more than one"),
        ("June 31", "no such day"),
        ("Monday, June 30", "is a Sunday"),
        ("June 1", "of this year is over"),
        ("June 30 25:00", "no time of day|no day"),
        ("November 3, 2013, 1:30", "happens twice"),
        ("March 10, 2014 x", "no day"),
        ("June " * 40, "too long"),
    ],
)
def test_what_could_mean_two_days_or_none_is_refused_with_what_would_do(text: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        read_instant(text, NOW, ZONE)
