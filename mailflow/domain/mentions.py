"""Where else a launch's date is named: texts that become wrong when it moves."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

_MONTHS = [
    names.split()
    for names in (
        "January February March April May June July August September October November December",
        "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre",
        "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
        "Januar Februar März April Mai Juni Juli August September Oktober November Dezember",
    )
]
TEXT_MAX = 200_000  # characters that are looked at


@dataclass(frozen=True, slots=True)
class Mention:
    """An object whose text names a day, and the words in which it does."""

    id: str
    kind: str
    state: str
    words: str


def named_in(text: str, on: date) -> str:
    """Give the words in which a text names a day, as it is usually written; "" when it does not.

    A day without its year counts unless another year follows.
    """
    found = _pattern(on).search(" ".join(text[:TEXT_MAX].split()))
    return found[0].rstrip(".") if found else ""


def mentions(texts: Iterable[tuple[str, str, str, str]], on: date) -> list[Mention]:
    """Give the objects, each (id, kind, state, text), that name a day."""
    return [Mention(i, kind, state, words) for i, kind, state, text in texts if (words := named_in(text, on))]


@lru_cache(maxsize=64)
def _pattern(on: date) -> re.Pattern[str]:
    names = {month[: n or None] for language in _MONTHS for month in [language[on.month - 1]] for n in (0, 3)}
    month = "(?:" + "|".join(sorted(map(re.escape, names), key=len, reverse=True)) + r")\b\.?"
    day = rf"0?{on.day}(?:st|nd|rd|th|\.|º)?"
    year = rf"(?:,? (?:de |del )?(?:{on.year}|’{on.year % 100:02d})\b|(?!,? (?:de |del )?\d{{4}}\b))"
    forms = (
        rf"(?<!\d){on.isoformat()}(?!\d)",
        rf"\b{month} {day}(?!\d){year}",
        rf"(?<!\d){day} (?:de |of )?{month}{year}",
        rf"(?<![\d/])0?{on.month}/0?{on.day}/(?:{on.year}|{on.year % 100:02d})(?![\d/])",
        rf"(?<![\d.])0?{on.day}\. ?0?{on.month}\.(?:{on.year})(?!\d)",
    )
    return re.compile("|".join(forms), re.IGNORECASE)
