"""Take personal data out of rows and leave the rows: numbers, states, instants, counts and ids stay.

Two use it: a member who is erased (store/erasure.py), and an object whose time is over (store/retention.py).
"""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.outcome import MailState, Verdict
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import chunks

REMOVED = "removed"  # the reason that is left where words stood
OPEN = ("queued", "deferred", "claimed", "held")
_EMPTY = {"subject": [""], "text": [""], "html": [""], "boundary": "=_removed", "language": "en"}
_WAITING = (MailState.KEPT, MailState.HELD, MailState.PARKED)


def forget_mails(work: Work, ns: Collection[int], now: datetime) -> int:
    """Take out what these mails said and who wrote them, here and, at the next pass, in the mailbox.

    The number, the place, the digests and the Message-ID stay: by them the same mail is known if it is seen again. One
    that waited for a person waits no more. Gives how many mails had words left to take.
    """
    forgotten = 0
    for some in chunks(ns, 500):
        ours = t.inbox.c.n.in_(some)
        _queue_removal(work, ours, now)
        forgotten += work.execute(sa.delete(t.inbox_raw).where(t.inbox_raw.c.n.in_(some))).rowcount
        waiting = sa.update(t.inbox).where(ours, t.inbox.c.state.in_(_WAITING))
        work.execute(waiting.values(state=MailState.READ, verdict=Verdict.RESOLVED, read_at=now))
        gone = {"from_address": "", "subject": "", "new_text": "", "key": "", "error": "", "reasons": [REMOVED]}
        work.execute(sa.update(t.inbox).where(ours).values(**gone))
    return forgotten


def _queue_removal(work: Work, ours: sa.ColumnElement[bool], now: datetime) -> None:
    """Queue what lies in the mailbox; mail that answers nothing of ours is its owner's, and stays there."""
    i = t.inbox.c
    known = sa.select(t.removal.c.n)
    has_raw = sa.select(t.inbox_raw.c.n)
    place = sa.select(i.n, i.mailbox, i.uidvalidity, i.uid, i.size_bytes, i.raw_sha256, sa.literal(now, t.Instant))
    names = ["n", "mailbox", "uidvalidity", "uid", "size_bytes", "raw_sha256", "asked_at"]
    wanted = place.where(ours, i.door == "imap", i.is_stray.is_(False), i.n.in_(has_raw), i.n.not_in(known))
    work.execute(t.removal.insert().from_select(names, wanted))


def forget_rows(work: Work, ids: Collection[int], now: datetime, *, reason: str) -> int:
    """Take names, addresses, fields and single texts out of outbox rows; what still waits is not sent, with the reason.

    What is answered to these mails leads to nobody any more. Texts of mail to many stay: they say the same to all.
    Gives how many rows.
    """
    o = t.outbox.c
    count = 0
    for some in chunks(ids, 500):
        ours = o.id.in_(some)
        open_ones = sa.update(t.outbox).where(ours, o.state.in_(OPEN))
        work.execute(open_ones.values(state="suppressed", detail=reason, settled_at=now, lease_until=None))
        values: dict[str, object] = {"address": "", "name": "", "fields": {}, "in_reply_to": ""}
        values |= {"key": sa.literal("removed-") + sa.cast(o.id, sa.Text), "link_key": None, "unsubscribe_key": None}
        count += work.execute(sa.update(t.outbox).where(ours).values(**values)).rowcount
        mailto = sa.update(t.outbox).where(ours, o.recipient.like("mailto:%"))
        work.execute(mailto.values(recipient=sa.literal("mailto:removed-") + sa.cast(o.id, sa.Text)))
        # the relay's words repeat addresses: '550 <anna@…> unknown'
        work.execute(sa.update(t.outbox).where(ours, o.state != "suppressed").values(detail=""))
        _empty_texts(work, some)
    return count


def _empty_texts(work: Work, ids: Collection[int]) -> None:
    m = t.mailing.c
    of_these = sa.select(t.outbox.c.mailing_id).where(t.outbox.c.id.in_(ids))
    rows = work.execute(sa.select(m.id, m.notice).where(m.id.in_(of_these), m.is_to_many.is_(False))).all()
    for row in rows:
        empty_text(work, row.id, row.notice)


def empty_text(work: Work, mailing_id: int, notice: str) -> None:
    """Put a skeleton without words where a mail's text stood; what quotes it is then read as if it were not known."""
    empty = {"": json.dumps({"notice": notice, **_EMPTY})}
    work.execute(sa.update(t.mailing).where(t.mailing.c.id == mailing_id).values(skeletons=empty, error=""))


def forget_signatures(work: Work, which: sa.ColumnElement[bool]) -> int:
    """Take name, address and Message-ID out of signatures; state, instant, standing and proof stay."""
    gone = {"name": "", "address": "", "message_id": ""}
    return work.execute(sa.update(t.signature).where(which).values(**gone)).rowcount


def forget_texts(work: Work, feedback: sa.ColumnElement[bool], question: sa.ColumnElement[bool]) -> int:
    """Take the words out of feedback and questions; that there were any, and when, stays."""
    said = work.execute(sa.update(t.feedback).where(feedback).values(text="")).rowcount
    return said + work.execute(sa.update(t.question).where(question).values(text="")).rowcount
