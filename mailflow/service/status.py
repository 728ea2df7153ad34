"""Counts, lags, and what waits for a person."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from mailflow.domain.outcome import MailState
from mailflow.service.office import Office
from mailflow.store import inbox, meta, outbox, proposals


def status(office: Office, now: datetime) -> dict[str, Any]:
    """Give the contract's counts; `queued` includes claimed mails, `failed` includes parked ones."""
    with office.db.read() as work:
        came = inbox.counts(work)
        owed = outbox.counts(work)
        is_held = outbox.is_held(work)
        good_poll = meta.get(work, "poll.good_at")
        oldest = inbox.oldest_kept_at(work)
        running = [(p.id, str(p.state)) for p in proposals.proposals(work, office.kinds).values()]
    return {
        "inbox": {
            "read": came.get(MailState.READ, 0),
            "held": came.get(MailState.HELD, 0),
            "parked": came.get(MailState.PARKED, 0),
            "waiting": came.get(MailState.KEPT, 0),
        },
        "outbox": {
            "queued": owed["queued"] + owed["claimed"],
            "accepted": owed["accepted"],
            "deferred": owed["deferred"],
            "failed": owed["failed"] + owed["parked"],
            "suppressed": owed["suppressed"],
            "is_held": is_held,
        },
        "last_good_poll_at": datetime.fromisoformat(good_poll) if good_poll else None,
        "oldest_waiting_at": oldest,
        "proposals": dict(running),
    }
