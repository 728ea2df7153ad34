"""How many signatures will still count on the day that the committee meets, and how many more make a petition safe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mailflow.domain.model import SIGNED, Signature, SignatureState, is_in_good_standing


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
    words = f"{found.signed} signed, {found.in_standing} of them count"
    if found.lapsing:
        lapse = "lapses" if found.lapsing == 1 else "lapse"
        by_words = f"the committee meets on {by_words}" if found.is_meeting else by_words
        words += f", {found.lapsing} of those {lapse} before {by_words}"
    if found.pending:
        words += f"; {found.pending} wait for a confirmation"
    if found.missing:
        return f"{words}; {found.missing} more would make it safe."
    return f"{words}; it has what it needs."
