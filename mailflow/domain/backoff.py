"""How long to wait before the mailbox is tried again (R23)."""

from __future__ import annotations

RECONNECT_MIN_S = 1.0
RECONNECT_MAX_S = 300.0
LOGIN_MIN_S = 900.0
LOGIN_MAX_S = 3600.0


def reconnect_delay_s(failures: int, jitter: float) -> float:
    """Return the seconds to wait after a mailbox could not be reached.

    From 1 s, doubling, to 5 min. failures: how many in a row, counted from 1. jitter: 0 up to 1, drawn by the caller;
    it spreads the wait over its upper half, so that many installations do not come back at the same second.
    """
    whole = _doubled(RECONNECT_MIN_S, failures, RECONNECT_MAX_S)
    return max(RECONNECT_MIN_S, whole * (0.5 + 0.5 * _within_one(jitter)))


def login_delay_s(failures: int, jitter: float) -> float:
    """Return the seconds to wait after the mailbox refused the login: 15 min, doubling, to an hour; jitter only adds.

    Servers lock accounts that are tried too often, and a wrong password does not heal by itself.
    """
    whole = _doubled(LOGIN_MIN_S, failures, LOGIN_MAX_S)
    return whole + 0.1 * whole * _within_one(jitter)


def _doubled(first_s: float, failures: int, most_s: float) -> float:
    """Double `first_s` for each failure after the first; the exponent is bounded, so that no count overflows."""
    return min(most_s, first_s * 2.0 ** min(max(failures, 1) - 1, 20))


def _within_one(jitter: float) -> float:
    return min(max(jitter, 0.0), 1.0)
