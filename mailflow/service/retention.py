"""Once a day: personal data go that were kept long enough (kinds.NAME.keep_months, mailbox.keep_months)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from mailflow.domain.retention import OVER, is_over, months_before
from mailflow.service.office import Office
from mailflow.store import erasure, meta, proposals, retention
from mailflow.store.engine import Work

log = logging.getLogger(__name__)

BATCH = 200  # rows of a table in one transaction
DAY = "retention.day"


def forget_daily(office: Office, now: datetime, batch: int = BATCH) -> int:
    """Forget what is due, once a day, in batches; gives how many rows lost what was personal.

    A program that ends in between leaves whole batches done, and the rest to the next one that runs.
    """
    today = office.today(now).isoformat()
    with office.db.read() as work:
        if meta.get(work, DAY) == today:
            return 0
        due = _due(work, office, now)
    count = sum(_until_done(office, do, batch) for do in due)
    if count:
        erasure.empty_log(office.db)
        log.info("%d rows lost what was personal in them: their time is over", count)
    if not office.db.stopping.is_set():
        with office.db.write() as work:
            meta.put(work, DAY, today)
    return count


Forget = Callable[[Work, int], int]


def _due(work: Work, office: Office, now: datetime) -> list[Forget]:
    due: list[Forget] = []
    for one in proposals.in_states(work, office.kinds, OVER):
        last_at = retention.last_at(work, one.id, one.petition_closes_at)
        if is_over(one.state, last_at, one.kind.keep_months, now, office.zone):
            due.append(_about(one.id, one.title, now))
    if months := office.settings.mailbox.keep_months:
        before = months_before(now, months, office.zone)
        due.append(lambda work, limit: retention.forget_objectless(work, before, now, limit))
    return due


def _about(object_id: str, title: str, now: datetime) -> Forget:
    return lambda work, limit: retention.forget_about(work, object_id, title, now, limit)


def _until_done(office: Office, forget: Forget, batch: int) -> int:
    count = 0
    while not office.db.stopping.is_set():
        with office.db.write() as work:
            erasure.overwrite(work)
            done = forget(work, batch)
        if not done:
            break
        count += done
    return count
