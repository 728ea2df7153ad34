"""A mailing to many of which too much fails stops by itself."""

from __future__ import annotations

import logging
from collections import Counter
from datetime import datetime

from mailflow.domain.rate import fails_too_often
from mailflow.store import pauses
from mailflow.store.engine import Work

log = logging.getLogger(__name__)


class Outcomes:
    """What came of each mailing's mails in this run, counted as the answers come; the caller holds a lock."""

    def __init__(self) -> None:
        self._answers: Counter[int] = Counter()
        self._failed: Counter[int] = Counter()
        self.failing: set[int] = set()

    def add(self, mailing_id: int, is_failure: bool) -> None:
        """Count a final answer."""
        self._answers[mailing_id] += 1
        self._failed[mailing_id] += is_failure
        if is_failure and fails_too_often(self._answers[mailing_id], self._failed[mailing_id]):
            self.failing.add(mailing_id)

    def forget(self, mailing_id: int) -> None:
        """Count a mailing afresh: a person let it go on."""
        self.failing.discard(mailing_id)
        del self._answers[mailing_id], self._failed[mailing_id]

    def why(self, mailing_id: int) -> str:
        """Say why a mailing stops."""
        return words(self._answers[mailing_id], self._failed[mailing_id])


def words(answers: int, failed: int) -> str:
    """Say how much failed."""
    return f"{failed} of {answers} mails failed for good"


def pause(work: Work, mailing_id: int, why: str, now: datetime) -> None:
    """Pause a mailing, once."""
    if pauses.pause(work, mailing_id, why, now):
        log.warning("mailing %d is paused: %s; `mailflow outbox release` lets it go on", mailing_id, why)
