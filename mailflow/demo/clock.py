"""The story's clock: it stands where the story put it, and runs on once somebody takes part."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta


class StoryClock:
    """Called, it gives an aware instant in UTC. It never goes back."""

    def __init__(self, start: datetime) -> None:
        self._at = start.astimezone(UTC)
        self._ran_from_s: float | None = None

    def __call__(self) -> datetime:
        """Give the present instant of the story."""
        if self._ran_from_s is None:
            return self._at
        return self._at + timedelta(seconds=time.monotonic() - self._ran_from_s)

    def move_to(self, at: datetime) -> None:
        """Put the clock forward."""
        self._at = max(self._at, at.astimezone(UTC))

    def run_on(self) -> None:
        """Let it run from here on, a second a second."""
        self._ran_from_s = time.monotonic()
