"""Instants in the reader's words and zone."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from mailflow.service.words import day_words, deadline_words, greeting_words, instant_words

END_OF_JUNE = datetime(2013, 7, 1, 5, tzinfo=UTC)  # midnight in Chicago
HALF_PAST_FOUR = datetime(2013, 6, 30, 21, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("instant", "zone", "language", "words"),
    [
        (END_OF_JUNE, "America/Chicago", "en", "Sunday, June 30, 2013, end of the day (Chicago time)"),
        (END_OF_JUNE, "America/New_York", "en", "Monday, July 1, 2013, 1:00 AM (New York time)"),
        (END_OF_JUNE, "America/Chicago", "de", "Sonntag, 30. Juni 2013, Ende des Tages (Zeit: Chicago)"),
        (END_OF_JUNE, "America/Chicago", "es-MX", "domingo, 30 de junio de 2013, fin del día (hora de Chicago)"),
        (HALF_PAST_FOUR, "America/Chicago", "en_US", "Sunday, June 30, 2013, 4:30 PM (Chicago time)"),
        (HALF_PAST_FOUR, "Europe/Berlin", "de", "Sonntag, 30. Juni 2013, 23:30 (Zeit: Berlin)"),
        (HALF_PAST_FOUR, "UTC", "", "Sunday, June 30, 2013, 9:30 PM (UTC)"),
        (HALF_PAST_FOUR, "UTC", "no language", "Sunday, June 30, 2013, 9:30 PM (UTC)"),
    ],
)
def test_a_deadline_in_the_readers_words(instant: datetime, zone: str, language: str, words: str) -> None:
    """The last day belongs to the window: midnight is told as the end of the day before."""
    assert deadline_words(instant, zone, language) == words


def test_an_instant_at_midnight_is_not_the_end_of_a_day() -> None:
    assert instant_words(END_OF_JUNE, "America/Chicago") == "Monday, July 1, 2013, 12:00 AM (Chicago time)"


def test_a_day_and_a_greeting() -> None:
    assert day_words(date(2018, 4, 25)) == "Wednesday, April 25, 2018"
    assert greeting_words("Sam\r\n Lee") == "Dear Sam Lee,"
    assert greeting_words(" ") == "Hello,"
    assert greeting_words("Zoë", "fr-CA") == "Bonjour Zoë,"
