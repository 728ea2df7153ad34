"""What the senders of one run share: where they send, when they stop, what they did."""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from mailflow.config import Settings
from mailflow.domain.rate import Limits
from mailflow.domain.relay import Mails, OnAnswer, RelayAnswer
from mailflow.errors import RelayLoginError
from mailflow.service.pacing import Pacing
from mailflow.service.pausing import Outcomes
from mailflow.store.engine import Database
from mailflow.store.journal import journal_path
from mailflow.store.outbox_rows import Settled

log = logging.getLogger(__name__)

RELAY_PAUSE = timedelta(minutes=1)
LOGIN_PAUSE = timedelta(minutes=15)
DAY_LIMIT_REACHED = "the limit of relay.per_day is reached"
_LONGEST_WAIT = timedelta(minutes=1)  # for room under a rate limit; longer, and the run ends


class Relay(Protocol):
    """What sending needs of a relay: gateways.relay.SmtpRelay, or a value in tests."""

    def submit_batch(self, mails: Mails, on_answer: OnAnswer) -> None:
        """Offer mails in order, on_answer(i, answer) once for each; raises RelayError or RelayLoginError."""

    def close(self) -> None:
        """Let go of the connection."""


@dataclass(frozen=True, slots=True)
class DeliveryReport:
    """What a run did. deferred and failed count the unknown ones too; stale: results that another worker had overtaken.

    problem: why the run ended early, "" when nothing more is due; resume_at: when it is worth trying again.
    """

    accepted: int = 0
    deferred: int = 0
    failed: int = 0
    suppressed: int = 0
    unknown: int = 0
    parked: int = 0
    stale: int = 0
    problem: str = ""
    resume_at: datetime | None = None


class Run:
    """What the senders of one run share."""

    def __init__(
        self,
        db: Database,
        settings: Settings,
        open_relay: Callable[[int], Relay],
        now: Callable[[], datetime],
        stop: threading.Event,
        wait: Callable[[float], object],
    ) -> None:
        self.db, self.settings, self.open_relay, self.now = db, settings, open_relay, now
        self.stop, self._wait = stop, wait
        self.journal_base = journal_path(settings.database.url, settings.folder)
        relay = settings.relay
        self.pacing = Pacing(Limits(relay.per_minute, relay.per_day, relay.per_domain_per_minute))
        self._lock = threading.Lock()
        self._counts: Counter[str] = Counter()
        self._outcomes = Outcomes()
        self._problem = ""
        self._resume_at: datetime | None = None

    @property
    def is_over(self) -> bool:
        """Tell whether no sender should begin another mail."""
        return self.stop.is_set() or bool(self._problem)

    def end(self, problem: str, pause: timedelta) -> None:
        """End the run for all senders; the first problem is told, once."""
        with self._lock:
            if self._problem:
                return
            resume_at = self.now() + pause
            self._problem, self._resume_at = problem, resume_at
        log.warning("sending stops until %s: %s", resume_at.isoformat(timespec="seconds"), problem)

    def end_for(self, error: Exception) -> datetime:
        """End the run because of the relay, and say when its mails are due again."""
        pause = LOGIN_PAUSE if isinstance(error, RelayLoginError) else RELAY_PAUSE
        self.end(str(error), pause)
        return self.now() + pause

    def wait_for_room(self, at: datetime) -> None:
        """Wait until the limits leave room again, or end the run when that is long."""
        wait = at - self.now()
        if wait > _LONGEST_WAIT:
            self.end(DAY_LIMIT_REACHED, wait)
        else:
            self._wait(max(0.05, wait.total_seconds()))

    def count(self, settled: Sequence[Settled], unknown: int, stale: int) -> None:
        """Add to the report."""
        with self._lock:
            self._counts.update(each.state for each in settled)
            self._counts["unknown"] += unknown
            self._counts["stale"] += stale

    def count_answer(self, mailing_id: int, answer: RelayAnswer) -> bool:
        """Count an answer to one mail of many; True when too much of its mailing fails to offer more of it."""
        with self._lock:
            if answer.result in ("accepted", "permanent"):
                self._outcomes.add(mailing_id, answer.result == "permanent")
            return mailing_id in self._outcomes.failing

    def failing(self) -> dict[int, str]:
        """Give the mailings of which too much fails, and why."""
        with self._lock:
            return {each: self._outcomes.why(each) for each in self._outcomes.failing}

    def let_go_on(self, mailing_ids: Collection[int]) -> None:
        """Count mailings afresh that a person let go on: they could not have been claimed else."""
        with self._lock:
            for each in self._outcomes.failing & set(mailing_ids):
                self._outcomes.forget(each)

    def report(self) -> DeliveryReport:
        """Say what was done."""
        return DeliveryReport(**self._counts, problem=self._problem, resume_at=self._resume_at)
