"""Mails that a clock which was ahead has put off into a time that will not come for long (fault row 24)."""

from __future__ import annotations

from datetime import datetime, timedelta

import sqlalchemy as sa

from mailflow.domain.retry import LONGEST_DELAY
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.outbox_lookup import PRIORITIES

RESERVE = timedelta(hours=1)  # between the clocks of several hosts


def bring_forward(work: Work, now: datetime) -> int:
    """Make due what was put off further than any back-off goes, or queued in what is the future; says how many.

    Claimed mails are left alone: the sender that has them in hand may live, and goes by its own clock.
    """
    o = t.outbox.c
    far = now + LONGEST_DELAY + RESERVE
    is_open = sa.text("state IN ('queued', 'deferred', 'claimed')")  # as in ix_outbox_open
    is_wrong = sa.or_(o.state == "deferred", sa.and_(o.state == "queued", o.queued_at > far))
    count = 0
    for priority in PRIORITIES:  # one look each at the end of ix_outbox_open
        update = t.outbox.update().where(is_open, o.priority == priority, o.due_at > far, is_wrong)
        count += work.execute(update.values(due_at=now)).rowcount
    return count
