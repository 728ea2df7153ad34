"""The queue of mails that are to be deleted in the mailbox."""

from __future__ import annotations

from collections.abc import Collection

import sqlalchemy as sa

from mailflow.domain.removal import Removal
from mailflow.store import tables as t
from mailflow.store.engine import Work


def waiting(work: Work, mailbox: str, limit: int) -> list[Removal]:
    """Give the oldest removals in a mailbox."""
    r = t.removal.c
    query = sa.select(r.n, r.uidvalidity, r.uid, r.size_bytes, r.raw_sha256).where(r.mailbox == mailbox)
    return [Removal(*row) for row in work.execute(query.order_by(r.n).limit(limit))]


def done(work: Work, ns: Collection[int]) -> None:
    """Take removals from the queue."""
    work.execute(sa.delete(t.removal).where(t.removal.c.n.in_(ns)))


def count_waiting(work: Work) -> int:
    """Count the mails that are still to be deleted in the mailbox."""
    return int(work.execute(sa.select(sa.func.count()).select_from(t.removal)).scalar_one())
