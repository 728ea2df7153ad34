"""How many signatures will still count on the day that the committee meets, and how many more make a petition safe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mailflow.domain.model import SIGNED, Signature, SignatureState, is_in_good_standing
from mailflow.domain.phrase import Several, say, say_n


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected. signed: proved; in_standing: counts now; lapsing: of those, not in standing by `by`.

    missing: how many more to collect so that the threshold holds on that day, 0 when it does. is_meeting: `by` is the
    day that the committee meets, else the last day on which standing is asked for.
    """

    signed: int
    in_standing: int
    lapsing: int
    pending: int
    by: date
    missing: int
    is_meeting: bool = False


def look_ahead(meets_on: Iterable[date], asked_on: date, today: date) -> tuple[date, bool]:
    """Give the day to look to, and whether it is a meeting: the committee's first that comes after a day.

    asked_on: the day on which standing is asked for last; a meeting on that day comes too soon.
    """
    to_come = sorted(on for on in meets_on if on > asked_on and on >= today)
    return (to_come[0], True) if to_come else (max(asked_on, today), False)


def forecast(
    signatures: Iterable[tuple[Signature, str, date | None]],
    threshold: int,
    by: date,
    *,
    asks_standing: bool,
    is_meeting: bool = False,
) -> Forecast:
    """Count signatures, each with the roster's newest (standing, paid_through) of its member."""
    signed = in_standing = lapsing = pending = 0
    for signature, standing, paid_through in signatures:
        signed += signature.state in SIGNED
        pending += signature.state is SignatureState.PENDING
        if signature.state is SignatureState.VALIDATED:
            in_standing += 1
            lapsing += asks_standing and not is_in_good_standing(standing, paid_through, by)
    missing = max(0, threshold - (in_standing - lapsing))
    return Forecast(signed, in_standing, lapsing, pending, by, missing, is_meeting)


def in_words(found: Forecast, by_words: str) -> str:
    """Say it in a line: '117 signed, 104 of them count, 6 of those lapse before the committee meets on …'."""
    words = [say("%(signed)s signed, %(counting)s of them count", signed=found.signed, counting=found.in_standing)]
    if found.lapsing:
        by = say("the committee meets on %(day)s", day=by_words) if found.is_meeting else by_words
        words.append(
            say_n(", %(n)s of those lapses before %(by)s", ", %(n)s of those lapse before %(by)s", found.lapsing, by=by)
        )
    if found.pending:
        words.append(say_n("; %(n)s waits for a confirmation", "; %(n)s wait for a confirmation", found.pending))
    if found.missing:
        words.append(say("; %(n)s more would make it safe.", n=found.missing))
    else:
        words.append(say("; it has what it needs."))
    return Several.of(words)


def for_committee(found: Forecast, meeting_words: str) -> str:
    """Say for the packet how many of the signatures still hold when the committee meets, "" where no day is known."""
    if not found.is_meeting:
        return ""
    if not found.lapsing:
        return say("None of them lapses before the committee meets on %(day)s.", day=meeting_words)
    return say_n(
        "%(n)s of them lapses before the committee meets on %(day)s; %(left)s are left on that day.",
        "%(n)s of them lapse before the committee meets on %(day)s; %(left)s are left on that day.",
        found.lapsing,
        day=meeting_words,
        left=found.in_standing - found.lapsing,
    )
