"""Counts, lags, and what waits for a person."""

from __future__ import annotations

import socket
from datetime import datetime
from typing import Any

from mailflow.domain.health import Failing
from mailflow.domain.outcome import MailState
from mailflow.service import questions
from mailflow.service.health import free_disk_bytes
from mailflow.service.office import Office
from mailflow.store import health, inbox, outbox, pauses, proposals, removal
from mailflow.store.engine import Work


def status(office: Office, now: datetime) -> dict[str, Any]:
    """Give the contract's counts; `queued` includes claimed mails, `failed` includes parked ones.

    lags: ages in seconds, None where there is nothing to be late. troubles: what the owner was told and is not over.
    """
    with office.db.read() as work:
        came = inbox.counts(work)
        owed = outbox.counts(work)
        is_held = outbox.is_held(work)
        paused = [each.mailing_id for each in pauses.pauses(work)]
        lags = _lags(work, office, now)
        asked = questions.counts(work, office, now)
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
            "parked": owed["parked"],
            "suppressed": owed["suppressed"],
            "held": owed["held"],
            "is_held": is_held,
            "paused": paused,
        },
        "questions": asked,
        **lags,
        "proposals": dict(running),
    }


def _lags(work: Work, office: Office, now: datetime) -> dict[str, Any]:
    good_poll, unread = health.good_poll_at(work), inbox.oldest_kept_at(work)
    owed, due = health.oldest_owed_at(work), health.oldest_due_at(work, now)
    return {
        "last_good_poll_at": good_poll,
        "oldest_waiting_at": unread,
        "oldest_owed_at": owed,
        "lags": {
            "last_good_poll_s": age_s(good_poll, now),
            "oldest_unread_s": age_s(unread, now),
            "outbox_oldest_s": age_s(owed, now),
            "outbox_overdue_s": age_s(due, now),
        },
        "to_delete_in_mailbox": removal.count_waiting(work),
        "unknown_answers": health.unknown_answers(work),
        "free_disk_bytes": free_disk_bytes(office.settings),
        "mailbox_problem": _said(health.failing(work, health.POLL)),
        "relay_problem": _said(health.failing(work, health.RELAY)),
        "troubles": sorted(health.told(work)),
        "host": socket.gethostname(),
    }


def age_s(at: datetime | None, now: datetime) -> int | None:
    """Give how long ago something was, in whole seconds."""
    return max(0, int((now - at).total_seconds())) if at is not None else None


def _said(failing: Failing | None) -> str | None:
    return failing.text if failing is not None else None
