"""How often somebody gets a digest, and when the next one is due: pure, over instants and the reader's zone."""

from __future__ import annotations

import unicodedata
from datetime import datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

MORNING = time(7)  # in the reader's zone
WORDS_MAX = 6
FEEDBACK, QUESTION = "feedback:", "question:"  # what keys of news begin with: the object and mail, the question


class Frequency(StrEnum):
    """How often somebody wants to be told."""

    AT_ONCE = "at once"
    DAILY = "daily"
    WEEKLY = "weekly"
    OFF = "off"


_SAID: dict[str, Frequency] = {
    "at once": Frequency.AT_ONCE,
    "immediately": Frequency.AT_ONCE,
    "instantly": Frequency.AT_ONCE,
    "right away": Frequency.AT_ONCE,
    "daily": Frequency.DAILY,
    "every day": Frequency.DAILY,
    "once a day": Frequency.DAILY,
    "every morning": Frequency.DAILY,
    "weekly": Frequency.WEEKLY,
    "every week": Frequency.WEEKLY,
    "once a week": Frequency.WEEKLY,
    "off": Frequency.OFF,
    "never": Frequency.OFF,
    "none": Frequency.OFF,
    "no": Frequency.OFF,
    "stop": Frequency.OFF,
    "unsubscribe": Frequency.OFF,
    # the words that mails in Spanish and French name, without accents
    "enseguida": Frequency.AT_ONCE,
    "aussitot": Frequency.AT_ONCE,
    "cada dia": Frequency.DAILY,
    "chaque jour": Frequency.DAILY,
    "cada semana": Frequency.WEEKLY,
    "chaque semaine": Frequency.WEEKLY,
    "desactivar": Frequency.OFF,
    "desactiver": Frequency.OFF,
}
_FILLER = frozenset(["please", "digest", "digests", "the", "me", "a", "thanks", "thank", "you", "send", "turn", "set"])
_NEEDS_A_DIGEST = frozenset(["no", "none", "never", "stop"])  # alone they may answer something else


def read_frequency(line: str) -> Frequency | None:
    """Read the first line of an answer: 'weekly', 'Daily, please', 'digest off'; None when it says anything more."""
    plain = "".join(c for c in unicodedata.normalize("NFD", line.casefold()) if not unicodedata.combining(c))
    words = [word.strip(" .,!*_`'\"“”‘’:;") for word in plain.split()[: WORDS_MAX + 1]]
    if len(words) > WORDS_MAX:
        return None
    # 'once a day' holds a word that is a filler elsewhere
    said = next((phrase for phrase in (" ".join(words), _without_fillers(words)) if phrase in _SAID), None)
    if said is None or (said in _NEEDS_A_DIGEST and not {"digest", "digests"} & set(words)):
        return None
    return _SAID[said]


def _without_fillers(words: list[str]) -> str:
    kept = [word for word in words if word and word not in _FILLER]
    joined = " ".join(kept)
    return {"once day": "once a day", "once week": "once a week"}.get(joined, joined)


def last_morning(now: datetime, zone: str) -> datetime:
    """Give the newest seven o'clock in the morning that is not after now."""
    local = now.astimezone(ZoneInfo(zone))
    at = datetime.combine(local.date(), MORNING, ZoneInfo(zone))
    return at if at <= now else datetime.combine(local.date() - timedelta(days=1), MORNING, ZoneInfo(zone))


def last_monday_morning(now: datetime, zone: str) -> datetime:
    """Give the newest Monday, seven o'clock, that is not after now."""
    morning = last_morning(now, zone)
    return datetime.combine(morning.date() - timedelta(days=morning.weekday()), MORNING, ZoneInfo(zone))


def is_due(frequency: Frequency, looked_at: datetime | None, now: datetime, zone: str) -> bool:
    """Tell whether it is time to look what is new for somebody.

    looked_at: when that was last done, None for never: then any time from seven on will do. What was missed while
    nothing ran is made up for at the next look, once.
    """
    if frequency is Frequency.OFF:
        return False
    if frequency is Frequency.AT_ONCE:
        return True
    if looked_at is None:
        return now.astimezone(ZoneInfo(zone)).time() >= MORNING
    weekly = frequency is Frequency.WEEKLY
    return looked_at < (last_monday_morning(now, zone) if weekly else last_morning(now, zone))
