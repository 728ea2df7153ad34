"""How fast mail may leave: what the limits of [relay] leave room for, and when there is room again."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Limits:
    """The most that is offered to the relay in any minute and day, and to a domain in any minute; 0: no limit."""

    per_minute: int = 0
    per_day: int = 0
    per_domain_per_minute: int = 0

    @property
    def are_set(self) -> bool:
        """Tell whether there is any limit."""
        return any((self.per_minute, self.per_day, self.per_domain_per_minute))


@dataclass(frozen=True, slots=True)
class Usage:
    """What was offered lately.

    minute: (instant, domain) of the last sixty seconds, oldest first. in_hand: how many are being offered now, by
    domain. day: how many in the last day; day_began_at: the oldest of them.
    """

    minute: Sequence[tuple[datetime, str]] = ()
    in_hand: Mapping[str, int] = field(default_factory=dict)
    day: int = 0
    day_began_at: datetime | None = None


ANSWERS_MIN = 20
FAILURES_MAX = 0.10  # of the answers


def fails_too_often(answers: int, failed: int) -> bool:
    """Tell whether so much of a mailing fails for good that a person should look before more of it leaves."""
    return answers >= ANSWERS_MIN and failed > answers * FAILURES_MAX


def room(limits: Limits, usage: Usage, wanted: int) -> int:
    """Say how many of the wanted mails may be offered now."""
    in_hand = sum(usage.in_hand.values())
    if limits.per_minute:
        wanted = min(wanted, limits.per_minute - len(usage.minute) - in_hand)
    if limits.per_day:
        wanted = min(wanted, limits.per_day - usage.day - in_hand)
    return max(0, wanted)


def room_at(limits: Limits, usage: Usage, now: datetime) -> datetime:
    """Say when at least one more may be offered: now, or the instant at which the oldest leaves its window."""
    at = now
    in_hand = sum(usage.in_hand.values())
    if limits.per_day and usage.day + in_hand >= limits.per_day:
        at = max(at, (usage.day_began_at or now) + DAY)
    if limits.per_minute and len(usage.minute) + in_hand >= limits.per_minute:
        at = max(at, (usage.minute[0][0] if usage.minute else now) + MINUTE)
    return at


def within_domain_limits(limits: Limits, usage: Usage, domains: Sequence[str]) -> list[bool]:
    """Say for each of these mails, in order, whether its domain has room for it now."""
    if not limits.per_domain_per_minute:
        return [True] * len(domains)
    used = Counter(domain for _, domain in usage.minute)
    used.update(usage.in_hand)
    allowed = []
    for domain in domains:
        has_room = used[domain] < limits.per_domain_per_minute
        used[domain] += has_room
        allowed.append(has_room)
    return allowed


def held_back_until(now: datetime, already_held_back: int, per_domain_per_minute: int) -> datetime:
    """Say when a mail over its domain's limit is due again: those that wait come back a minute's worth at a time."""
    return now + MINUTE * (1 + already_held_back // per_domain_per_minute)
