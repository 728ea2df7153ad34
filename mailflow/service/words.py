"""Instants, days and names in the reader's words: language by Babel, zone by the reader.

What these say can be said again in another language (domain.phrase), until it is known who reads it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_time, get_timezone_location

from mailflow.domain.phrase import Sayable, Tongue

_T = TypeVar("_T")

_END_OF_DAY = {
    "en": "end of the day",
    "de": "Ende des Tages",
    "es": "fin del día",
    "fr": "fin de journée",
    "it": "fine della giornata",
    "nl": "einde van de dag",
    "pt": "fim do dia",
}
_CLOCK_OF = {
    "en": "{place} time",
    "de": "Zeit: {place}",
    "es": "hora de {place}",
    "fr": "heure de {place}",
    "it": "ora di {place}",
    "nl": "tijd: {place}",
    "pt": "hora de {place}",
}
_GREETINGS = {  # with a name, and without
    "en": ("Dear {name},", "Hello,"),
    "de": ("Guten Tag {name},", "Guten Tag,"),
    "es": ("Hola, {name}:", "Hola:"),
    "fr": ("Bonjour {name},", "Bonjour,"),
    "it": ("Buongiorno {name},", "Buongiorno,"),
    "nl": ("Beste {name},", "Beste lezer,"),
    "pt": ("Olá, {name}:", "Olá:"),
}


class When(Sayable):
    """A time in words of one language, that can be told in another."""

    _told: Callable[[str], str]

    @classmethod
    def of(cls, told: Callable[[str], str], language: str) -> When:
        """Keep how it is told beside what it says in a language."""
        when = cls(told(language))
        when._told = told
        return when

    def said_in(self, tongue: Tongue) -> str:
        """Tell the time in a language."""
        return self._told(tongue.language)


def deadline_words(instant: datetime, zone: str, language: str = "en") -> When:
    """Say until when, as 'Sunday, June 30, 2013, end of the day (Chicago time)'.

    instant: aware; the midnight that ends a day belongs to that day. zone: IANA name, the reader's.
    """
    local = instant.astimezone(ZoneInfo(zone))
    if local.time() != time(0):
        return instant_words(instant, zone, language)
    last_day = (local - timedelta(days=1)).date()

    def told(language: str) -> str:
        locale = _locale(language)
        return f"{_day(last_day, locale)}, {_in(_END_OF_DAY, locale)} ({_clock_of(zone, locale)})"

    return When.of(told, language)


def instant_words(instant: datetime, zone: str, language: str = "en") -> When:
    """Say when, as 'Monday, June 24, 2013, 9:00 AM (Chicago time)'."""
    local = instant.astimezone(ZoneInfo(zone))

    def told(language: str) -> str:
        locale = _locale(language)
        clock = format_time(local, "short", locale=locale, tzinfo=local.tzinfo).replace("\u202f", " ")
        return f"{_day(local.date(), locale)}, {clock} ({_clock_of(zone, locale)})"

    return When.of(told, language)


def day_words(day: date, language: str = "en") -> When:
    """Say a day with its weekday, as 'Wednesday, April 25, 2018'."""
    return When.of(lambda language: _day(day, _locale(language)), language)


def _day(day: date, locale: Locale) -> str:
    return format_date(day, "full", locale=locale)


def greeting_words(name: str, language: str = "en") -> str:
    """The first line of a mail; a name that is not known is not made up."""
    with_name, without = _in(_GREETINGS, _locale(language))
    clean = " ".join(name.split())
    return with_name.format(name=clean) if clean else without


@lru_cache(maxsize=64)
def _locale(language: str) -> Locale:
    """The language as the roster writes it ('de', 'pt-BR', 'en_US'); English where it is not known."""
    try:
        return Locale.parse(language.strip().replace("-", "_"))
    except (UnknownLocaleError, ValueError, TypeError):
        return Locale.parse("en")


def _in(phrases: Mapping[str, _T], locale: Locale) -> _T:
    return phrases.get(locale.language, phrases["en"])


@lru_cache(maxsize=512)
def _clock_of(zone: str, locale: Locale) -> str:
    if zone in ("UTC", "Etc/UTC"):
        return "UTC"
    place = get_timezone_location(ZoneInfo(zone), locale=locale, return_city=True)
    return _in(_CLOCK_OF, locale).format(place=place)
