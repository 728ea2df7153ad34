"""What is personal in the rows about an object whose time is over, a batch at a time, so that a stop loses nothing."""

from __future__ import annotations

import json
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.outcome import MailState
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.forgetting import (
    OPEN,
    empty_text,
    forget_mails,
    forget_rows,
    forget_signatures,
    forget_texts,
)

WHY = "its time is over"
EMPTIED = "=_removed"  # stands in each skeleton without words
Which = sa.ColumnElement[bool]


def last_at(work: Work, proposal_id: str, closes_at: datetime | None) -> datetime | None:
    """Give when a proposal's last window closed or the last thing happened to it."""
    e = t.proposal_event.c
    latest: datetime | None = work.execute(sa.select(sa.func.max(e.at)).where(e.proposal_id == proposal_id)).scalar()
    return max((at for at in (latest, closes_at) if at is not None), default=None)


def forget_about(work: Work, object_id: str, title: str, now: datetime, limit: int) -> int:
    """Take personal data out of at most `limit` rows of each table; 0 when nothing is left."""
    o, s = t.outbox.c, t.signature.c
    count = _mails(work, t.inbox.c.object_id == object_id, now, limit)
    count += _rows(work, o.object_id == object_id, now, limit)
    signatures = sa.select(s.id).where(s.petition_id == object_id, sa.or_(s.name != "", s.address != ""))
    if ids := list(work.scalars(signatures.limit(limit))):
        count += forget_signatures(work, s.id.in_(ids))
    count += forget_texts(
        work,
        (t.feedback.c.object_id == object_id) & (t.feedback.c.text != ""),
        (t.question.c.object_id == object_id) & (t.question.c.text != ""),
    )
    return count + _texts(work, object_id, title, limit)


def forget_objectless(work: Work, before: datetime, now: datetime, limit: int) -> int:
    """Take out mail from before an instant that was about nothing of ours, and what the owner was told of it."""
    i, o = t.inbox.c, t.outbox.c
    count = _mails(work, (i.object_id == "") & (i.state == MailState.READ) & (i.arrived_at < before), now, limit)
    return count + _rows(work, (o.object_id == "") & (o.queued_at < before), now, limit)


def _mails(work: Work, which: Which, now: datetime, limit: int) -> int:
    has_raw = t.inbox.c.n.in_(sa.select(t.inbox_raw.c.n))
    ns = list(work.scalars(sa.select(t.inbox.c.n).where(which, has_raw).order_by(t.inbox.c.n).limit(limit)))
    return forget_mails(work, ns, now) if ns else 0


def _rows(work: Work, which: Which, now: datetime, limit: int) -> int:
    o = t.outbox.c
    left = sa.select(o.id).where(which, o.address != "", o.state.not_in(OPEN)).order_by(o.id).limit(limit)
    ids = list(work.scalars(left))
    return forget_rows(work, ids, now, reason=WHY) if ids else 0


def _texts(work: Work, object_id: str, title: str, limit: int) -> int:
    """Empty what was said to all, and the digests that told of the object: names and words of members stand there."""
    m = t.mailing.c
    told = sa.cast(m.skeletons, sa.Text)
    once = json.dumps(title)[1:-1]
    spelled = {title, once, json.dumps(once)[1:-1]}
    of_digest = sa.and_(m.notice == "digest", sa.or_(*(told.contains(one, autoescape=True) for one in sorted(spelled))))
    waiting = sa.select(t.outbox.c.mailing_id).where(t.outbox.c.state.in_(OPEN))
    left = sa.select(m.id, m.notice).where(
        sa.or_(m.object_id == object_id, of_digest), ~told.contains(EMPTIED, autoescape=True), m.id.not_in(waiting)
    )
    found = work.execute(left.order_by(m.id).limit(limit)).all()
    for row in found:
        empty_text(work, row.id, row.notice)
    return len(found)
