"""Arguments that several commands take."""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from mailflow.domain.civil import parse_day, parse_when
from mailflow.errors import InputError, UsageError


def when_argument(name: str, text: str, zone: str, day: Literal["start", "end"] = "end") -> datetime:
    """Read T of `--until T` and the like as an instant, aware UTC; a bare date is the whole day."""
    try:
        return parse_when(text, zone, day)
    except InputError as error:
        raise UsageError(f"{name} is {text!r}: {error}") from None


def day_argument(name: str, text: str) -> date:
    """Read DATE."""
    try:
        return parse_day(text)
    except InputError as error:
        raise UsageError(f"{name} is {text!r}: {error}") from None
