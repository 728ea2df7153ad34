"""How often, and when: words of an answer, mornings in the reader's zone."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from mailflow.domain.digest import Frequency, is_due, read_frequency

CHICAGO = "America/Chicago"


@pytest.mark.parametrize(
    ("line", "frequency"),
    [
        pytest.param("weekly", Frequency.WEEKLY, id="one word"),
        pytest.param("Daily, please.", Frequency.DAILY, id="with courtesy"),
        pytest.param("OFF", Frequency.OFF, id="in capitals"),
        pytest.param("at once", Frequency.AT_ONCE, id="two words"),
        pytest.param("send me the digest once a week", None, id="seven words are prose"),
        pytest.param("digest once a week", Frequency.WEEKLY, id="with the noun"),
        pytest.param("no digests, thanks", Frequency.OFF, id="no digests"),
        pytest.param("Cada día", Frequency.DAILY, id="in Spanish"),
        pytest.param("aussitôt", Frequency.AT_ONCE, id="in French"),
        pytest.param("désactiver", Frequency.OFF, id="off in French"),
        pytest.param("weekly — никогда", None, id="a word in other letters is a word"),
        pytest.param("no", None, id="a bare no answers something else"),
        pytest.param("stop", None, id="a bare stop too"),
        pytest.param("weekly meetings would help", None, id="a sentence that begins with the word"),
        pytest.param("off we go!", None, id="another sentence"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_frequency_that_a_line_asks_for(line: str, frequency: Frequency | None) -> None:
    assert read_frequency(line) is frequency


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """An instant of June 2013 by the clock of UTC; Chicago is five hours behind."""
    return datetime(2013, 6, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("frequency", "looked_at", "now", "due"),
    [
        pytest.param(Frequency.DAILY, None, at(24, 11, 59), False, id="never looked, before seven"),
        pytest.param(Frequency.DAILY, None, at(24, 12), True, id="never looked, at seven"),
        pytest.param(Frequency.DAILY, at(24, 12), at(24, 23), False, id="looked this morning"),
        pytest.param(Frequency.DAILY, at(24, 12), at(25, 11, 59), False, id="the next day before seven"),
        pytest.param(Frequency.DAILY, at(24, 12), at(25, 12), True, id="the next morning"),
        pytest.param(Frequency.DAILY, at(24, 12), at(28, 3), True, id="nothing ran for days: made up for at once"),
        pytest.param(Frequency.WEEKLY, at(24, 12), at(30, 23), False, id="weekly: looked on Monday, now Sunday"),
        pytest.param(Frequency.WEEKLY, at(26, 12), at(27, 12), False, id="weekly: chosen on a Wednesday"),
        pytest.param(Frequency.WEEKLY, at(23, 12), at(24, 12), True, id="weekly: the next Monday at seven"),
        pytest.param(Frequency.OFF, None, at(24, 12), False, id="off"),
        pytest.param(Frequency.AT_ONCE, at(24, 12), at(24, 12, 1), True, id="at once"),
    ],
)
def test_whether_a_digest_is_due(frequency: Frequency, looked_at: datetime | None, now: datetime, due: bool) -> None:
    assert is_due(frequency, looked_at, now, CHICAGO) is due


def test_morning_is_the_readers_own() -> None:
    evening_in_tokyo = at(24, 10)
    assert is_due(Frequency.DAILY, None, evening_in_tokyo, "Asia/Tokyo")
    assert not is_due(Frequency.DAILY, None, evening_in_tokyo, CHICAGO)
