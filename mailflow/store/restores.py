"""What the database knows of being put back from a backup, and the mails that wait for a person because of it."""

from __future__ import annotations

import json
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.ledger import EntryKind
from mailflow.store import ledger, meta
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.outbox_lookup import IS_OPEN
from mailflow.store.roster import chunks

_ID, _CATCHING_UP, _RESTORES = "database.id", "restore.begun_at", "restore.done"
PROVED = "answered, so it had been sent before the restore"
LOGGED = "named in a log of what was sent before the restore"
DROPPED = "taken as sent before the restore"


@dataclass(frozen=True, slots=True)
class HeldMailing:
    """The mails of one mailing that may have been sent before the database was put back."""

    mailing_id: int
    notice: str
    object_id: str
    mails: int


def identify(work: Work) -> bool:
    """Give the database a name of its own, once; False when it has one."""
    if database_id(work):
        return False
    meta.put(work, _ID, secrets.token_hex(8))
    return True


def database_id(work: Work) -> str:
    """Give the database's name, "" for one that `init` has not seen."""
    return meta.get(work, _ID)


def restores(work: Work) -> tuple[str, ...]:
    """Give the ledger's hashes of the times at which the database was put back."""
    return tuple(json.loads(meta.get(work, _RESTORES, "[]")))


def begun_at(work: Work) -> datetime | None:
    """Give when the restore began that is not finished; None while nothing is to be caught up with."""
    kept = meta.get(work, _CATCHING_UP)
    return datetime.fromisoformat(kept) if kept else None


def begin(work: Work, now: datetime) -> None:
    """Note that the database was put back; a restore that was cut off goes on."""
    if begun_at(work) is not None:
        return
    entry = ledger.append(work, EntryKind.RESTORED, "", now, {})
    meta.put(work, _RESTORES, json.dumps([*restores(work), entry.hash]))
    meta.put(work, _CATCHING_UP, now.isoformat())


def end(work: Work) -> None:
    """Note that all is caught up with."""
    meta.put(work, _CATCHING_UP, "")


def newest_arrival_at(work: Work) -> datetime | None:
    """Give when the mail came that was kept last."""
    query = sa.select(t.inbox.c.arrived_at).order_by(t.inbox.c.n.desc()).limit(1)
    found: datetime | None = work.execute(query).scalar()
    return found


def known_digests(work: Work, digests: Collection[str]) -> set[str]:
    """Give those SHA-256 of raw mails that are here already."""
    found: set[str] = set()
    for some in chunks(digests):
        found.update(work.scalars(sa.select(t.inbox.c.raw_sha256).where(t.inbox.c.raw_sha256.in_(some))))
    return found


# --- mails that may have been sent already ----------------------------------------------------------------------
def hold_due(work: Work, now: datetime) -> int:
    """Hold what may have been sent by the lost database: what is due, or was in a sender's hand. Says how many."""
    o = t.outbox.c
    update = t.outbox.update().where(IS_OPEN, sa.or_(o.due_at <= now, o.state == "claimed"))
    return work.execute(update.values(state="held", lease_until=None)).rowcount


def settle_proved(work: Work, now: datetime) -> int:
    """Settle held mails that somebody has answered, or that came back: they had been sent. Says how many."""
    answered = sa.select(t.inbox.c.key).where(t.inbox.c.key != "")
    return _settle(work, t.outbox.c.key.in_(answered), "accepted", PROVED, now)


def settle_ids(work: Work, ids: Collection[int], now: datetime) -> int:
    """Settle held mails by their ids, as the journals of the lost database name them."""
    return sum(_settle(work, t.outbox.c.id.in_(some), "accepted", LOGGED, now) for some in chunks(ids))


def settle_keys(work: Work, keys: Collection[str], now: datetime) -> int:
    """Settle held mails by their keys, as a relay's log names them."""
    return sum(_settle(work, t.outbox.c.key.in_(some), "accepted", LOGGED, now) for some in chunks(keys))


def drop_held(work: Work, now: datetime, mailing_id: int = 0) -> int:
    """Do not send held mails: a person takes them as sent. mailing_id: 0 for all."""
    return _settle(work, _of(mailing_id), "suppressed", DROPPED, now)


def release_held(work: Work, mailing_id: int = 0) -> int:
    """Queue held mails, which are due at once: a person says that they go. mailing_id: 0 for all."""
    o = t.outbox.c
    update = t.outbox.update().where(o.state == "held", _of(mailing_id))
    return work.execute(update.values(state=sa.case((o.attempts > 0, "deferred"), else_="queued"))).rowcount


def _of(mailing_id: int) -> sa.ColumnElement[bool]:
    return t.outbox.c.mailing_id == mailing_id if mailing_id else sa.true()


def _settle(work: Work, which: sa.ColumnElement[bool], state: str, why: str, now: datetime) -> int:
    update = t.outbox.update().where(t.outbox.c.state == "held", which)
    return work.execute(update.values(state=state, detail=why, settled_at=now, due_at=now)).rowcount


def held_mailings(work: Work) -> list[HeldMailing]:
    """Give the mailings of which mails are held."""
    o = t.outbox.c
    query = (
        sa.select(o.mailing_id, o.notice, o.object_id, sa.func.count())
        .where(o.state == "held")
        .group_by(o.mailing_id, o.notice, o.object_id)
        .order_by(o.mailing_id)
    )
    return [HeldMailing(*row) for row in work.execute(query)]
