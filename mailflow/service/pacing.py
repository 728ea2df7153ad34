"""Claims as many mails as the limits of [relay] leave room for."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.domain.rate import Limits, Usage, held_back_until, room, room_at, within_domain_limits
from mailflow.mail.address import domain_of
from mailflow.store import outbox
from mailflow.store.engine import Work
from mailflow.store.outbox_rows import ClaimedMail

LEASE_S = 900.0
BATCH, BATCH_MIN, BATCH_MAX = 150, 25, 500  # mails a claim: at first, over a slow relay, over a fast one
BATCH_S = 0.5  # an answer waits behind no more than that, and so old is what was checked before sending


def batch_size(sent: int, seconds: float) -> int:
    """Say how many mails to claim next, after so many were sent in so many seconds."""
    return max(BATCH_MIN, min(BATCH_MAX, int(sent * BATCH_S / max(seconds, 1e-6))))


@dataclass(frozen=True, slots=True)
class Claim:
    """What a sender got. is_last: nothing more is due. room_at: when the limits leave room, None when they do now."""

    mails: Sequence[ClaimedMail] = ()
    is_last: bool = False
    room_at: datetime | None = None


class Pacing:
    """What this process offers to the relay now, beside what the database says was offered lately.

    Senders of other processes are seen when their mails are settled, so limits may be passed by what they have in hand.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._in_hand: Counter[str] = Counter()
        self._held_back: Counter[str] = Counter()

    def claim(self, work: Work, now: datetime, wanted: int) -> Claim:
        """Claim mails; those whose domain is over its limit are put off."""
        if not self._limits.are_set:
            mails = outbox.claim(work, now, wanted, LEASE_S)
            return Claim(mails, is_last=not mails)
        with self._lock:
            usage = replace(outbox.usage(work, now, self._limits), in_hand=dict(self._in_hand))
            allowed = room(self._limits, usage, wanted)
            if not allowed:
                return Claim(room_at=room_at(self._limits, usage, now))
            claimed = outbox.claim(work, now, allowed, LEASE_S)
            mails = self._put_off(work, claimed, usage, now)
            self._in_hand.update(domain_of(mail.address) for mail in mails)
            return Claim(mails, is_last=not claimed)

    def done(self, mails: Iterable[ClaimedMail]) -> None:
        """Take mails out of hand, after they are settled."""
        if self._limits.are_set:
            with self._lock:
                self._in_hand.subtract(domain_of(mail.address) for mail in mails)

    def _put_off(self, work: Work, mails: Sequence[ClaimedMail], usage: Usage, now: datetime) -> list[ClaimedMail]:
        """Give back the mails whose domain has no room, and keep the others."""
        allowed = within_domain_limits(self._limits, usage, [domain_of(mail.address) for mail in mails])
        until: dict[datetime, list[tuple[int, int]]] = {}
        for mail, may_go in zip(mails, allowed, strict=True):
            if not may_go:
                until.setdefault(self._due_again(mail, now), []).append((mail.id, mail.fence))
        for due_at, claims in until.items():
            outbox.release_claims(work, claims, due_at)
        return [mail for mail, may_go in zip(mails, allowed, strict=True) if may_go]

    def _due_again(self, mail: ClaimedMail, now: datetime) -> datetime:
        domain, limit = domain_of(mail.address), self._limits.per_domain_per_minute
        if mail.is_answer:  # does not queue behind mail to many
            return held_back_until(now, 0, limit)
        self._held_back[domain] += 1
        return held_back_until(now, self._held_back[domain] - 1, limit)
