"""How many signatures will still count on a day to come, and how many more make a petition safe."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from mailflow.domain.model import SIGNED, Signature, SignatureState, is_in_good_standing


@dataclass(frozen=True, slots=True)
class Forecast:
    """What is to be expected. signed: proved; in_standing: counts now; lapsing: of those, not in standing by `by`.

    missing: how many more to collect so that the threshold holds on that day, 0 when it does.
    """

    signed: int
    in_standing: int
    lapsing: int
    pending: int
    by: date
    missing: int


def forecast(
    signatures: Iterable[tuple[Signature, str, date | None]], threshold: int, by: date, *, asks_standing: bool
) -> Forecast:
    """Count signatures, each with the roster's newest (standing, paid_through) of its member."""
    signed = in_standing = lapsing = pending = 0
    for signature, standing, paid_through in signatures:
        signed += signature.state in SIGNED
        pending += signature.state is SignatureState.PENDING
        if signature.state is SignatureState.VALIDATED:
            in_standing += 1
            lapsing += asks_standing and not is_in_good_standing(standing, paid_through, by)
    return Forecast(signed, in_standing, lapsing, pending, by, max(0, threshold - (in_standing - lapsing)))


def in_words(found: Forecast, by_words: str) -> str:
    """Say it in a line: '117 signed, 104 in standing, 6 of them lapse by …; 2 more would make it safe'."""
    words = f"{found.signed} signed, {found.in_standing} of them count"
    if found.lapsing:
        lapse = "lapses" if found.lapsing == 1 else "lapse"
        words += f", {found.lapsing} of those {lapse} before {by_words}"
    if found.pending:
        words += f"; {found.pending} wait for a confirmation"
    if found.missing:
        return f"{words}; {found.missing} more would make it safe."
    return f"{words}; it has what it needs."
