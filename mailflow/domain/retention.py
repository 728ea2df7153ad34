"""How long personal data are kept once a matter is over: months, counted in the civil calendar."""

from __future__ import annotations

from calendar import monthrange
from datetime import datetime
from zoneinfo import ZoneInfo

from mailflow.domain.model import ProposalState

# nothing is collected, decided or mended any more
OVER = frozenset(
    {
        ProposalState.CLOSED,
        ProposalState.LAPSED,
        ProposalState.APPROVED,
        ProposalState.REPORTED,
        ProposalState.RENEWAL_DUE,
        ProposalState.WITHDRAWN,
    }
)


def months_before(now: datetime, months: int, zone: str) -> datetime:
    """Give the instant that many months ago, at the same civil time; the 31st becomes a shorter month's last day."""
    local = now.astimezone(ZoneInfo(zone))
    years, month = divmod(local.year * 12 + local.month - 1 - months, 12)
    day = min(local.day, monthrange(years, month + 1)[1])
    return local.replace(year=years, month=month + 1, day=day).astimezone(now.tzinfo)


def is_over(state: ProposalState, last_at: datetime | None, keep_months: int, now: datetime, zone: str) -> bool:
    """Tell whether personal data of a matter are kept no longer. keep_months: 0 keeps them; last_at: its last event."""
    if not keep_months or state not in OVER or last_at is None:
        return False
    return last_at <= months_before(now, keep_months, zone)
