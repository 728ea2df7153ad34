"""When an address that bounces is written to no more: at once when it is bad, by score when it is in trouble."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

SOFT, HARD = 1, 2  # what a bounce scores (R80)
SCORE_STOP = 4
FORGET = timedelta(days=30)  # without a bounce; then the count begins again


@dataclass(frozen=True, slots=True)
class Trouble:
    """What is held against an address. at: when it last counted."""

    score: int
    at: datetime
    is_stopped: bool = False


def counted(before: Trouble | None, at: datetime, is_hard: bool) -> Trouble:
    """Give what is held against an address after one more bounce.

    A hard one (the address is bad) stops it at once; soft ones count at most once a UTC day, and stop it at SCORE_STOP.
    """
    if before is not None and before.is_stopped:
        return before
    points = HARD if is_hard else SOFT
    if before is None or at - before.at >= FORGET:
        return Trouble(points, at, is_hard)
    if before.at.astimezone(UTC).date() == at.astimezone(UTC).date():
        return Trouble(max(before.score, points), at, is_hard) if is_hard else before
    score = before.score + points
    return Trouble(score, at, is_hard or score >= SCORE_STOP)
