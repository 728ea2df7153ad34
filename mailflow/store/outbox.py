"""The outbox: mail that we owe, one row a recipient; values in, values out, bulk statements only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from itertools import islice
from typing import Any

import sqlalchemy as sa

from mailflow.store.engine import Work
from mailflow.store.outbox_claims import await_claims, claim, release_claims, settle, take_back
from mailflow.store.outbox_lookup import (
    answers_about,
    answers_since,
    answers_to,
    by_link_key,
    by_unsubscribe_key,
    count_due,
    counts,
    key_about,
    key_facts,
    list_suppressed,
    list_waiting,
    mailing,
    mailings,
    own_invitations,
    sent_text,
    sent_texts,
    skeleton_for,
    usage,
)
from mailflow.store.outbox_rows import ClaimedMail, Mailing, NewMail, NewMailing, SentText, Settled, Waiting
from mailflow.store.tables import mailing as mailing_table
from mailflow.store.tables import meta, outbox

__all__ = [
    "ClaimedMail",
    "Mailing",
    "NewMail",
    "NewMailing",
    "SentText",
    "Settled",
    "Waiting",
    "add_mailing",
    "answers_about",
    "answers_since",
    "answers_to",
    "await_claims",
    "by_link_key",
    "by_unsubscribe_key",
    "claim",
    "count_due",
    "counts",
    "enqueue",
    "hold",
    "is_held",
    "key_about",
    "key_facts",
    "list_suppressed",
    "list_waiting",
    "mailing",
    "mailings",
    "own_invitations",
    "release",
    "release_claims",
    "sent_text",
    "sent_texts",
    "settle",
    "skeleton_for",
    "take_back",
    "usage",
]

CHUNK_ROWS = 1000
ANALYZE_ROWS = 5 * CHUNK_ROWS  # new rows after which PostgreSQL counts again
VARIANTS_SEEN = 4  # of a mailing's text (undone or not, late or not) that are compared before it is stored again
_HOLD = "outbox.hold"


# --- putting in -------------------------------------------------------------------------------------------------
def add_mailing(work: Work, mailing: NewMailing, now: datetime) -> int:
    """Freeze a mailing and give its id; the same mailing again is the one that is there."""
    t = mailing_table
    latest = work.execute(
        sa.select(t.c.id, t.c.skeletons, t.c.statement_sha256, t.c.act_sha256)
        .where(t.c.notice == mailing.notice, t.c.object_id == mailing.object_id, t.c.version == mailing.version)
        .order_by(t.c.id.desc())
        .limit(VARIANTS_SEEN)
    )
    wanted = (mailing.skeletons, mailing.statement_sha256, mailing.act_sha256)
    for row in latest:
        if (row.skeletons, row.statement_sha256, row.act_sha256) == wanted:
            return int(row.id)
    values = {name: getattr(mailing, name) for name in NewMailing.__dataclass_fields__}
    inserted = work.execute(sa.insert(t).values(**values, queued_at=now).returning(t.c.id))
    return int(inserted.scalar_one())


def enqueue(work: Work, mailing_id: int, mails: Iterable[NewMail], now: datetime) -> int:
    """Queue mails of a mailing and say how many were new; the same mail to the same recipient again is none (R84).

    Streams: the mails may come from a generator, and a chunk of them is in memory at a time.
    """
    c = mailing_table.c  # without its texts, which are large
    query = sa.select(c.notice, c.object_id, c.version, c.is_to_many).where(c.id == mailing_id)
    row = work.execute(query).one()
    insert = insert_if_new(work)
    new = 0
    for chunk in _chunks(mails, CHUNK_ROWS):
        rows = [new_row(mail, mailing_id, row, now) for mail in chunk]
        new += max(0, work.execute(insert, rows, execution_options={"preserve_rowcount": True}).rowcount)
    if new >= ANALYZE_ROWS and work.dialect.name == "postgresql":
        work.exec_driver_sql("ANALYZE outbox")  # else claims are planned for the table as it was
    return new


def new_row(mail: NewMail, mailing_id: int, mailing: Any, now: datetime) -> dict[str, Any]:
    """Give a mail as it is inserted. mailing: what it is one of; its notice, object_id, version and is_to_many."""
    return {
        "mailing_id": mailing_id,
        "notice": mailing.notice,
        "object_id": mailing.object_id,
        "recipient": mail.recipient,
        "version": mail.version or mailing.version,
        "member_id": mail.member_id,
        "address": mail.address,
        "name": mail.name,
        "fields": mail.fields,
        "key": mail.key,
        "link_key": mail.link_key,
        "unsubscribe_key": mail.unsubscribe_key,
        "in_reply_to": mail.in_reply_to,
        "about_n": mail.about_n,
        "is_answer": mail.is_answer,
        "priority": 0 if mail.is_answer else 2 if mailing.is_to_many else 1,
        "message_date": now,
        "state": "queued",
        "due_at": mail.due_at or now,
        "queued_at": now,
    }


def insert_if_new(work: Work) -> sa.Insert:
    """Give the INSERT of mails that adds none twice (R84)."""
    unique = ["notice", "object_id", "recipient", "version"]
    if work.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as pg_insert

        return pg_insert(outbox).on_conflict_do_nothing(index_elements=unique)
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert(outbox).on_conflict_do_nothing(index_elements=unique)


def _chunks(mails: Iterable[NewMail], size: int) -> Iterator[list[NewMail]]:
    stream = iter(mails)
    while chunk := list(islice(stream, size)):
        yield chunk


# --- the stop switch --------------------------------------------------------------------------------------------
def hold(work: Work, now: datetime) -> None:
    """Stop all sending until release; what is in a sender's hand still goes."""
    if not is_held(work):
        work.execute(sa.insert(meta).values(name=_HOLD, value=now.isoformat()))


def release(work: Work) -> None:
    """Let sending go on."""
    work.execute(sa.delete(meta).where(meta.c.name == _HOLD))


def is_held(work: Work) -> bool:
    """Tell whether the stop switch is on."""
    return work.execute(sa.select(meta.c.name).where(meta.c.name == _HOLD)).first() is not None
