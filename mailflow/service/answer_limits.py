"""How many answers somebody may get: what went out lately is counted, and what is added now counts too (rule 7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from datetime import datetime, timedelta

from mailflow.domain.outcome import BREAKER, AnswersSent, Owed, may_answer
from mailflow.store import outbox, outbox_single
from mailflow.store.engine import Work

CONFIRMATIONS = ("was_that_you", "signature_confirm")
# answers that go out although nothing vouches for who wrote: they go to the address on file, never to the sender
UNPROVED_ANSWERS = ("was_that_you", "signature_confirm", "unsubscribed", "petition_closed", "signature_already")


class AnswerLimits:
    """The answers of the last day to these addresses, in the transaction that adds more."""

    def __init__(self, work: Work, addresses: Collection[str], now: datetime) -> None:
        self._work, self._now = work, now
        since = now - timedelta(days=1)
        self._sent = outbox_single.answers_to_each(work, addresses, since) if addresses else {}
        self._unproved_lately: int | None = None  # asked for when it matters
        self._added = 0

    def why_not(self, one: Owed, address: str, is_proved: bool) -> str:
        """Say why this answer may not go out, "" when it may."""
        sent = self._sent.get(address, Counter())
        today, same_today = sum(sent.values()), sent[one.notice]
        if is_proved:
            return may_answer(True, AnswersSent(today, same_today))
        is_confirmation = one.notice in CONFIRMATIONS
        ever = outbox.answers_about(self._work, address, one.object_id, CONFIRMATIONS) if is_confirmation else 0
        return may_answer(False, AnswersSent(today, same_today, self._lately(), ever))

    def add(self, one: Owed, address: str) -> None:
        """Count an answer that goes out."""
        self._sent.setdefault(address, Counter())[one.notice] += 1
        self._added += one.notice in UNPROVED_ANSWERS

    def _lately(self) -> int:
        if self._unproved_lately is None:
            self._unproved_lately = outbox.answers_since(self._work, self._now - BREAKER, UNPROVED_ANSWERS)
        return self._unproved_lately + self._added
