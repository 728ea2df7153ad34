"""Sends what is due: claim, check again, compose, submit, record. No transaction is open while the relay is spoken to.

A sender is a thread with connections and a journal of its own; a batch is claimed in one transaction, offered to the
relay, and settled in another (R86, R87). After a kill -9 the journal says what the relay took, so that at most the
mail in hand of each connection goes twice, with the same Message-ID.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from mailflow.config import Settings
from mailflow.service.composing import check_signing
from mailflow.service.delivery_run import DeliveryReport, Relay, Run
from mailflow.service.pacing import BATCH
from mailflow.service.sender import Sender
from mailflow.store import outbox
from mailflow.store.engine import Database
from mailflow.store.journal import left_behind
from mailflow.store.outbox_rows import Settled

__all__ = ["DeliveryReport", "Relay", "deliver_due", "recover"]

log = logging.getLogger(__name__)

SENDERS_MAX = 2  # while one waits for the database, the other sends; more would wait for each other's turn at Python


def deliver_due(
    db: Database,
    settings: Settings,
    open_relay: Callable[[int], Relay],
    now: Callable[[], datetime],
    stop: threading.Event | None = None,
    wait: Callable[[float], object] | None = None,
) -> DeliveryReport:
    """Send what is due until nothing is, `stop` is set, or the relay can't be used.

    open_relay: called once for each sender, with the most connections that it may use. wait: called with seconds when a
    rate limit asks for patience; by default it waits for `stop`. Returns when the mails in hand are settled. Raises
    ConfigError when relay.dkim can't sign.
    """
    check_signing(settings)
    stop = stop or threading.Event()
    run = Run(db, settings, open_relay, now, stop, wait or stop.wait)
    recover(db, run.journal_base, now())
    senders = [Sender(run, connections) for connections in _shares(run)]
    if len(senders) == 1:
        senders[0].go()
    elif senders:
        with ThreadPoolExecutor(len(senders), "outbox") as pool:
            for done in [pool.submit(sender.go) for sender in senders]:
                done.result()
    return run.report()


def recover(db: Database, journal_base: Path, now: datetime) -> int:
    """Record what killed senders had sent, free what they had not, and say how many mails that were."""
    recovered = 0
    for journal in left_behind(journal_base):
        entries = journal.entries()
        if entries:
            sent = [Settled(e.id, e.fence, "accepted", None, e.code, "from the journal") for e in entries if e.code]
            free = [(e.id, e.fence, e.lease_until) for e in entries if not e.code]
            with db.write() as work:
                outbox.await_claims(work, [e.id for e in entries])
                recovered += len(sent) - outbox.settle(work, sent, now)
                recovered += outbox.take_back(work, free, now)
        journal.clear()
    if recovered:
        log.info("%d mails of a sender that was killed: recorded or freed", recovered)
    return recovered


def _shares(run: Run) -> list[int]:
    """Say how many connections each sender gets; as many senders as what is due is worth."""
    if run.is_over:
        return []
    with run.db.read() as work:
        due = 0 if outbox.is_held(work) else outbox.count_due(work, run.now(), SENDERS_MAX * BATCH)
    connections = run.settings.relay.connections
    senders = min(SENDERS_MAX, connections, -(-due // BATCH))
    return [connections // senders + (n < connections % senders) for n in range(senders)]
