"""The outbox: mail that we owe, one row a recipient; values in, values out, bulk statements only."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import sqlalchemy as sa

from mailflow.domain.model import KeyFact
from mailflow.errors import NotFound
from mailflow.mail.key import message_id_for
from mailflow.store.engine import Work
from mailflow.store.tables import mailing as mailing_table
from mailflow.store.tables import meta, outbox

CHUNK_ROWS = 1000
_KEYS_A_QUERY = 500
_HOLD = "outbox.hold"
_PRIORITIES = (0, 1, 2)  # an answer, a single mail, one of many
# spelled as in the partial index ix_outbox_open, or the databases would not see that it serves
_IS_OPEN = sa.text("state IN ('queued', 'deferred', 'claimed')")
STATES = ("queued", "claimed", "accepted", "deferred", "failed", "parked", "suppressed")


@dataclass(frozen=True, slots=True)
class NewMailing:
    """What the mails of one cause have in common. skeletons: language -> frozen skeleton; "" is the default one."""

    notice: str
    object_id: str
    version: str
    statement_sha256: str = ""
    act_sha256: str = ""
    skeletons: dict[str, str] = field(default_factory=dict)
    is_to_many: bool = False


@dataclass(frozen=True, slots=True)
class Mailing(NewMailing):
    """A mailing as it is stored."""

    id: int = 0


@dataclass(frozen=True, slots=True)
class NewMail:
    """One mail of a mailing.

    recipient: member_id, or 'mailto:' and the address of somebody who is no member. fields: what the skeleton's slots
    take; fields["language"] picks the skeleton. about_n: the inbox number it is about. is_answer: answers a mail, and
    goes out before everything else. due_at: None for at once. version: "" for the mailing's.
    """

    recipient: str
    member_id: str
    address: str
    name: str
    fields: dict[str, str]
    key: str
    link_key: str | None = None
    unsubscribe_key: str | None = None
    in_reply_to: str = ""
    about_n: int = 0
    is_answer: bool = False
    due_at: datetime | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that one worker may send until lease_until; what it settles counts only with this fence (R86)."""

    id: int
    mailing_id: int
    notice: str
    object_id: str
    recipient: str
    member_id: str
    address: str
    name: str
    fields: dict[str, str]
    key: str
    link_key: str | None
    unsubscribe_key: str | None
    in_reply_to: str
    about_n: int
    is_answer: bool
    message_date: datetime
    queued_at: datetime
    lease_until: datetime
    fence: int
    attempts: int
    unknowns: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claimed mail. due_at: when a deferred one is tried again. unknowns: in all, this attempt too."""

    id: int
    fence: int
    state: str
    due_at: datetime | None = None
    code: int = 0
    detail: str = ""
    unknowns: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits, as it is shown."""

    id: int
    notice: str
    object_id: str
    recipient: str
    address: str
    state: str
    due_at: datetime
    attempts: int
    code: int
    detail: str


@dataclass(frozen=True, slots=True)
class SentText:
    """What a mail was made of, for finding it again in the quote of a reply."""

    key: str
    notice: str
    object_id: str
    name: str
    address: str
    skeleton: str
    fields: dict[str, str]


# --- putting in -------------------------------------------------------------------------------------------------
def add_mailing(work: Work, mailing: NewMailing, now: datetime) -> int:
    """Freeze a mailing and give its id; the same mailing again is the one that is there."""
    t = mailing_table
    latest = work.execute(
        sa.select(t.c.id, t.c.skeletons, t.c.statement_sha256, t.c.act_sha256)
        .where(t.c.notice == mailing.notice, t.c.object_id == mailing.object_id, t.c.version == mailing.version)
        .order_by(t.c.id.desc())
        .limit(1)
    ).first()
    new = (mailing.skeletons, mailing.statement_sha256, mailing.act_sha256)
    if latest is not None and tuple(latest)[1:] == new:
        return int(latest.id)
    values = {name: getattr(mailing, name) for name in NewMailing.__dataclass_fields__}
    inserted = work.execute(sa.insert(t).values(**values, queued_at=now).returning(t.c.id))
    return int(inserted.scalar_one())


def enqueue(work: Work, mailing_id: int, mails: Iterable[NewMail], now: datetime) -> int:
    """Queue mails of a mailing and say how many were new; the same mail to the same recipient again is none (R84).

    Streams: the mails may come from a generator, and a chunk of them is in memory at a time.
    """
    row = mailing(work, mailing_id)
    shared = {"mailing_id": mailing_id, "notice": row.notice, "object_id": row.object_id}
    insert = _insert_if_new(work)
    new = 0
    for chunk in _chunks(mails, CHUNK_ROWS):
        rows = [_new_row(mail, row, shared, now) for mail in chunk]
        new += max(0, work.execute(insert, rows, execution_options={"preserve_rowcount": True}).rowcount)
    return new


def _new_row(mail: NewMail, row: Mailing, shared: dict[str, Any], now: datetime) -> dict[str, Any]:
    return {
        **shared,
        "recipient": mail.recipient,
        "version": mail.version or row.version,
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
        "priority": 0 if mail.is_answer else 2 if row.is_to_many else 1,
        "message_date": now,
        "state": "queued",
        "due_at": mail.due_at or now,
        "queued_at": now,
    }


def _insert_if_new(work: Work) -> sa.Insert:
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


# --- taking out -------------------------------------------------------------------------------------------------
_CLAIMED = tuple(outbox.c[name] for name in ClaimedMail.__dataclass_fields__)


def claim(work: Work, now: datetime, limit: int, lease_s: float) -> list[ClaimedMail]:
    """Lease what is due, answers first, then single mails, then mail to many, the longest due first.

    A claimed row whose lease ran out is due again. The caller commits before anything is sent (R86).
    """
    ids: list[int] = []
    for priority in _PRIORITIES:
        if len(ids) < limit:
            ids.extend(work.execute(_due(priority, now, limit - len(ids))).scalars())
    if not ids:
        return []
    until = now + timedelta(seconds=lease_s)
    update = (
        sa.update(outbox)
        .where(outbox.c.id.in_(ids))
        .values(
            state="claimed",
            fence=outbox.c.fence + 1,
            attempts=outbox.c.attempts + 1,
            lease_until=until,
            due_at=until,
        )
        .returning(*_CLAIMED)
    )
    claimed = {row.id: ClaimedMail(**row._mapping) for row in work.execute(update)}
    return [claimed[id_] for id_ in ids if id_ in claimed]


def _due(priority: int, now: datetime, limit: int) -> sa.Select[int]:
    return (
        sa.select(outbox.c.id)
        .where(_IS_OPEN, outbox.c.priority == priority, outbox.c.due_at <= now)
        .order_by(outbox.c.due_at, outbox.c.id)
        .limit(limit)
        .with_for_update(skip_locked=True)  # PostgreSQL; on SQLite the caller's BEGIN IMMEDIATE does it
    )


def settle(work: Work, settled: Sequence[Settled], now: datetime) -> int:
    """Record what became of claimed mails and say how many of these results came too late to count (R86)."""
    if not settled:
        return 0
    update = (
        sa.update(outbox)
        .where(
            outbox.c.id == sa.bindparam("b_id"),
            outbox.c.fence == sa.bindparam("b_fence"),
            outbox.c.state == "claimed",
        )
        .values(
            state=sa.bindparam("b_state"),
            due_at=sa.bindparam("b_due_at", type_=outbox.c.due_at.type),
            code=sa.bindparam("b_code"),
            detail=sa.bindparam("b_detail"),
            unknowns=sa.bindparam("b_unknowns"),
            settled_at=now,
            lease_until=None,
        )
    )
    rows = [
        {
            "b_id": one.id,
            "b_fence": one.fence,
            "b_state": one.state,
            "b_due_at": one.due_at or now,
            "b_code": one.code,
            "b_detail": one.detail[:500],
            "b_unknowns": one.unknowns,
        }
        for one in settled
    ]
    return len(rows) - work.execute(update, rows).rowcount


def release_claims(work: Work, claimed: Iterable[tuple[int, int]], due_at: datetime) -> int:
    """Give back claimed mails, as (id, fence), that were not offered to the relay; the attempt does not count."""
    rows = [{"b_id": id_, "b_fence": fence} for id_, fence in claimed]
    if not rows:
        return 0
    update = (
        sa.update(outbox)
        .where(
            outbox.c.id == sa.bindparam("b_id"),
            outbox.c.fence == sa.bindparam("b_fence"),
            outbox.c.state == "claimed",
        )
        .values(
            state=sa.case((outbox.c.attempts > 1, "deferred"), else_="queued"),
            attempts=outbox.c.attempts - 1,
            due_at=due_at,
            lease_until=None,
        )
    )
    return work.execute(update, rows).rowcount


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


# --- looking ----------------------------------------------------------------------------------------------------
def counts(work: Work) -> dict[str, int]:
    """Give how many rows are in each state; every state is there."""
    found = work.execute(sa.select(outbox.c.state, sa.func.count().label("n")).group_by(outbox.c.state))
    return dict.fromkeys(STATES, 0) | {row.state: row.n for row in found}


def count_due(work: Work, now: datetime, limit: int) -> int:
    """Count what may be claimed now, up to limit."""
    due = sa.select(outbox.c.id).where(_IS_OPEN, outbox.c.priority.in_(_PRIORITIES), outbox.c.due_at <= now)
    return int(work.execute(sa.select(sa.func.count()).select_from(due.limit(limit).subquery())).scalar_one())


def list_waiting(work: Work, limit: int) -> list[Waiting]:
    """List what is still to be sent, in the order it will be."""
    columns = tuple(outbox.c[name] for name in Waiting.__dataclass_fields__)
    found = work.execute(
        sa.select(*columns).where(_IS_OPEN).order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id).limit(limit)
    )
    return [Waiting(**row._mapping) for row in found]


def mailing(work: Work, mailing_id: int) -> Mailing:
    """Give a mailing; raises NotFound."""
    return mailings(work, [mailing_id])[mailing_id]


def mailings(work: Work, ids: Collection[int]) -> dict[int, Mailing]:
    """Give mailings by id; raises NotFound when one is missing."""
    columns = tuple(mailing_table.c[name] for name in Mailing.__dataclass_fields__)
    rows = work.execute(sa.select(*columns).where(mailing_table.c.id.in_(list(ids))))
    found = {row.id: Mailing(**row._mapping) for row in rows}
    if missing := set(ids) - set(found):
        raise NotFound(f"there is no mailing {min(missing)}")
    return found


# --- keys -------------------------------------------------------------------------------------------------------
def key_facts(work: Work, keys: Iterable[str], domain: str = "") -> dict[str, KeyFact]:
    """Give what is known of these reply keys; unknown ones are left out.

    domain: the mailbox's, for KeyFact.message_id; without it that is "".
    """
    wanted = list(dict.fromkeys(keys))
    facts: dict[str, KeyFact] = {}
    for start in range(0, len(wanted), _KEYS_A_QUERY):
        for fact in _key_facts(work, outbox.c.key.in_(wanted[start : start + _KEYS_A_QUERY]), domain):
            facts[fact.key] = fact
    return facts


def by_link_key(work: Work, link_key: str, domain: str = "") -> KeyFact | None:
    """Give the mail whose personal link this is; None for an unknown one."""
    return next(iter(_key_facts(work, outbox.c.link_key == link_key, domain)), None)


def by_unsubscribe_key(work: Work, unsubscribe_key: str, domain: str = "") -> KeyFact | None:
    """Give the mail whose unsubscribe link this is; None for an unknown one."""
    return next(iter(_key_facts(work, outbox.c.unsubscribe_key == unsubscribe_key, domain)), None)


def _key_facts(work: Work, condition: sa.ColumnElement[bool], domain: str) -> list[KeyFact]:
    o, m = outbox.c, mailing_table.c
    found = work.execute(
        sa.select(o.key, o.notice, o.object_id, o.member_id, o.address, o.about_n, m.statement_sha256, m.act_sha256)
        .join_from(outbox, mailing_table, o.mailing_id == m.id)
        .where(condition)
    )
    return [KeyFact(**row._mapping, message_id=message_id_for(row.key, domain) if domain else "") for row in found]


def sent_text(work: Work, key: str) -> SentText | None:
    """Give what the mail with this key was made of; None for an unknown one."""
    return sent_texts(work, [key]).get(key)


def sent_texts(work: Work, keys: Iterable[str]) -> dict[str, SentText]:
    """Give what the mails with these keys were made of; unknown ones are left out."""
    o, m = outbox.c, mailing_table.c
    found = work.execute(
        sa.select(o.key, o.notice, o.object_id, o.name, o.address, o.fields, m.skeletons)
        .join_from(outbox, mailing_table, o.mailing_id == m.id)
        .where(o.key.in_(list(keys)))
    )
    return {
        row.key: SentText(
            row.key,
            row.notice,
            row.object_id,
            row.name,
            row.address,
            skeleton_for(row.skeletons, row.fields.get("language", "")),
            row.fields,
        )
        for row in found
    }


def skeleton_for(skeletons: dict[str, str], language: str) -> str:
    """Pick the skeleton of a language: itself ('pt-BR'), its base ('pt'), the default "", English, the first."""
    for name in (language, language.split("-")[0], "", "en"):
        if name in skeletons:
            return skeletons[name]
    return next(iter(skeletons.values()), "")


# --- limits -----------------------------------------------------------------------------------------------------
def answers_to(work: Work, address: str, since: datetime) -> dict[str, int]:
    """Count the answers queued for an address since an instant, by notice (design rule 7, R73)."""
    found = work.execute(
        sa.select(outbox.c.notice, sa.func.count().label("n"))
        .where(outbox.c.address == address, outbox.c.is_answer, outbox.c.queued_at >= since)
        .group_by(outbox.c.notice)
    )
    return {row.notice: row.n for row in found}


def answers_since(work: Work, since: datetime, notices: Collection[str] = ()) -> int:
    """Count the answers queued since an instant, for the breaker (R74); notices: only these."""
    query = sa.select(sa.func.count()).where(outbox.c.priority == 0, outbox.c.queued_at >= since)
    if notices:
        query = query.where(outbox.c.notice.in_(list(notices)))
    return int(work.execute(query).scalar_one())
