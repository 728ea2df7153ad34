"""Every mail that came in: its raw bytes, its place in the mailbox, and what was made of it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from itertools import takewhile
from typing import Any

import sqlalchemy as sa

from mailflow.domain.arrival import Arrival
from mailflow.domain.ledger import EntryKind
from mailflow.domain.outcome import MailState
from mailflow.store import ledger
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import chunks
from mailflow.store.upsert import insert

PROBLEMS = frozenset({"too_large", "unreadable"})
ROWS_AT_ONCE = 100  # in one INSERT: SQLite takes so many parameters and no more
ATTEMPTS_MAX = 3  # a mail that took the reader down three times waits for a person (R6)


@dataclass(frozen=True, slots=True)
class KeptMail:
    """A mail whose raw bytes are ours, waiting to be read or read again."""

    n: int
    raw: bytes
    arrived_at: datetime
    attempts: int
    problem: str  # "" | too_large | unreadable: only its headers are here, or nothing
    size_bytes: int
    door: str = "imap"


def keep(work: Work, arrivals: Sequence[Arrival], now: datetime) -> list[int]:
    """Store raw mails with their place before anybody looks at them (R1); a place that is known is not kept twice."""
    kept: list[tuple[int, Arrival, str]] = []
    for start in range(0, len(arrivals), ROWS_AT_ONCE):
        kept += _keep_some(work, arrivals[start : start + ROWS_AT_ONCE], now)
    if kept:
        work.execute(t.inbox_raw.insert(), [{"n": n, "raw": arrival.raw} for n, arrival, _ in kept])
        ledger.append(work, EntryKind.RECEIVED, "", now, {"mails": [f"{n}:{digest}" for n, _, digest in kept]})
    return [n for n, _, _ in kept]


def _keep_some(work: Work, arrivals: Sequence[Arrival], now: datetime) -> list[tuple[int, Arrival, str]]:
    """Add rows in one statement; give the new ones' numbers, mails and digests, in the order of the numbers."""
    by_place: dict[tuple[Any, ...], list[Arrival]] = {}  # at the LMTP door there is no place: two may be alike
    rows = []
    for arrival in arrivals:
        place, digest = _place(arrival), sha256(arrival.raw).hexdigest()
        by_place.setdefault((*place.values(), digest), []).append(arrival)
        facts = {"arrived_at": arrival.arrived_at, "kept_at": now, "size_bytes": arrival.size_bytes}
        state = {"attempts": 0, "state": MailState.KEPT, "kind": arrival.problem, "reasons": []}
        rows.append({**place, "raw_sha256": digest, **facts, **state})
    c = t.inbox.c
    # a second keep of the same place, on another host or after a commit without an answer, adds nothing (R12)
    new = insert(work, t.inbox).on_conflict_do_nothing()
    told = work.execute(new.returning(c.n, c.door, c.account, c.mailbox, c.uidvalidity, c.uid, c.raw_sha256), rows)
    return sorted(((row[0], by_place[tuple(row[1:])].pop(0), row[6]) for row in told), key=lambda each: each[0])


def _place(arrival: Arrival) -> dict[str, Any]:
    return {name: getattr(arrival, name) for name in ("door", "account", "mailbox", "uidvalidity", "uid")}


def waiting(work: Work, limit: int) -> list[KeptMail]:
    """Give mails that are kept and not read yet, the oldest first."""
    return _mails(work, t.inbox.c.state == MailState.KEPT, limit)


def next_waiting(work: Work, limit: int, aside: Collection[int] = ()) -> list[KeptMail]:
    """Give the mails whose turn it is, the oldest first: those that nobody tried yet, or one alone that was tried.

    What a person sent first takes effect first, also after a stop in between. aside: mails that are passed over.
    """
    c = t.inbox.c
    query = sa.select(c.n, c.attempts).where(c.state == MailState.KEPT).order_by(c.n).limit(limit + len(aside))
    rows = [row for row in work.execute(query) if row.n not in aside]
    untried = [row.n for row in takewhile(lambda row: row.attempts == 0, rows)]
    return by_number(work, untried[:limit] or [row.n for row in rows[:1]])


def count_waiting(work: Work) -> int:
    """Count the mails that are kept and not read yet."""
    query = sa.select(sa.func.count()).where(t.inbox.c.state == MailState.KEPT)
    return int(work.execute(query).scalar_one())


def by_number(work: Work, ns: Collection[int]) -> list[KeptMail]:
    """Give mails by number, to read them again."""
    return _mails(work, t.inbox.c.n.in_(list(ns)), None)


def _mails(work: Work, which: Any, limit: int | None) -> list[KeptMail]:
    query = sa.select(t.inbox, t.inbox_raw.c.raw).join(t.inbox_raw, t.inbox_raw.c.n == t.inbox.c.n)
    rows = work.execute(query.where(which).order_by(t.inbox.c.n).limit(limit))
    return [
        KeptMail(r.n, r.raw, r.arrived_at, r.attempts, r.kind if r.kind in PROBLEMS else "", r.size_bytes, r.door)
        for r in rows
    ]


def charge(work: Work, ns: Collection[int]) -> None:
    """Count an attempt before it is made, so that a mail that kills its reader is known by it (R6)."""
    work.execute(t.inbox.update().where(t.inbox.c.n.in_(list(ns))).values(attempts=t.inbox.c.attempts + 1))


def still_kept(work: Work, ns: Collection[int]) -> set[int]:
    """Give those of these mails that nobody settled meanwhile; nobody will before this transaction ends.

    Nor does anybody settle the same mail at another place: two readers at once follow each other (R29).
    """
    ledger.lock(work)
    query = sa.select(t.inbox.c.n).where(t.inbox.c.n.in_(list(ns)), t.inbox.c.state == MailState.KEPT)
    return set(work.scalars(query.order_by(t.inbox.c.n).with_for_update()))


def settle(work: Work, n: int, **values: Any) -> None:
    """Write what was made of a mail, in the transaction of its effects (R3)."""
    settle_all(work, [{"n": n, **values}])


def settle_all(work: Work, settled: Sequence[Mapping[str, Any]]) -> None:
    """Write what was made of mails; each names its number `n` and the columns that change."""
    alike: dict[tuple[str, ...], list[dict[str, Any]]] = {}
    for one in settled:
        alike.setdefault(tuple(one), []).append({f"b_{name}": value for name, value in one.items()})
    for columns, rows in alike.items():
        work.execute(_settling(columns), rows)


@lru_cache(maxsize=32)
def _settling(columns: tuple[str, ...]) -> sa.Update:
    changes: dict[str, Any] = {name: sa.bindparam(f"b_{name}") for name in columns if name != "n"}
    return t.inbox.update().where(t.inbox.c.n == sa.bindparam("b_n")).values(changes)


@dataclass(frozen=True, slots=True)
class Folder:
    """Where UIDs mean something: an account's folder under one UIDVALIDITY (R16)."""

    account: str
    mailbox: str
    uidvalidity: int

    @property
    def is_here(self) -> sa.ColumnElement[bool]:
        """The condition that a mail came from here."""
        c = t.inbox.c
        here = (c.account == self.account, c.mailbox == self.mailbox, c.uidvalidity == self.uidvalidity)
        return sa.and_(c.door == "imap", *here)


def unfiled(work: Work, folder: Folder) -> tuple[list[int], list[int]]:
    """Give the UIDs that may leave the folder now, and those of other people's mail, to be flagged and left."""
    query = sa.select(t.inbox.c.uid, t.inbox.c.is_stray).where(
        folder.is_here, t.inbox.c.is_filed.is_(False), t.inbox.c.state != MailState.KEPT
    )
    rows = work.execute(query.order_by(t.inbox.c.uid)).all()
    return [r.uid for r in rows if not r.is_stray], [r.uid for r in rows if r.is_stray]


def filed(work: Work, folder: Folder, uids: Collection[int]) -> None:
    """Note that these mails were filed away, or flagged and left."""
    for some in chunks(uids):
        work.execute(t.inbox.update().where(folder.is_here, t.inbox.c.uid.in_(some)).values(is_filed=True))


def all_filed(work: Work, folder: Folder) -> None:
    """Note that the mails kept from this folder lie where they belong: it is the done folder."""
    work.execute(t.inbox.update().where(folder.is_here, ~t.inbox.c.is_filed).values(is_filed=True))


def filed_uids(work: Work, folder: Folder, uids: Collection[int]) -> set[int]:
    """Give those of the UIDs that were filed away, and should be in the folder no more."""
    found: set[int] = set()
    for some in chunks(uids):
        query = sa.select(t.inbox.c.uid).where(
            folder.is_here, t.inbox.c.uid.in_(some), t.inbox.c.is_filed, t.inbox.c.is_stray.is_(False)
        )
        found.update(work.scalars(query))
    return found


def row(work: Work, n: int) -> Any:
    """Give everything that is known of a mail, without its raw bytes; None where there is no such number."""
    return work.execute(sa.select(t.inbox).where(t.inbox.c.n == n)).first()


def raw(work: Work, n: int) -> bytes:
    """Give a mail's raw bytes."""
    found: bytes | None = work.execute(sa.select(t.inbox_raw.c.raw).where(t.inbox_raw.c.n == n)).scalar()
    return found or b""


def rows(
    work: Work, state: str = "", since_n: int = 0, limit: int | None = None, *, is_stray: bool = False
) -> list[Any]:
    """Give mails in the order they came: all, those in a state, or those that answer nothing of ours."""
    query = sa.select(t.inbox).where(t.inbox.c.n > since_n).order_by(t.inbox.c.n).limit(limit)
    if state:
        query = query.where(t.inbox.c.state == state)
    if is_stray:
        query = query.where(t.inbox.c.is_stray)
    return list(work.execute(query).all())


def held_numbers(work: Work) -> list[int]:
    """Give the numbers of the mails that wait for a person, in the order they came."""
    states = (MailState.HELD, MailState.PARKED)
    return list(work.scalars(sa.select(t.inbox.c.n).where(t.inbox.c.state.in_(states)).order_by(t.inbox.c.n)))


def counts(work: Work) -> dict[str, int]:
    """Count the mails by state."""
    query = sa.select(t.inbox.c.state, sa.func.count()).group_by(t.inbox.c.state)
    return {row[0]: row[1] for row in work.execute(query)}


def oldest_kept_at(work: Work) -> datetime | None:
    """Give the arrival of the oldest mail that was not read yet."""
    found: datetime | None = work.execute(
        sa.select(t.inbox.c.arrived_at).where(t.inbox.c.state == MailState.KEPT).order_by(t.inbox.c.n).limit(1)
    ).scalar()
    return found


def asked(work: Work, member_ids: Collection[str]) -> frozenset[tuple[str, str]]:
    """Tell about which (object, member) these members were asked 'what did you mean?' already."""
    o = t.outbox.c
    found: set[tuple[str, str]] = set()
    for ids in chunks(member_ids):
        query = sa.select(o.object_id, o.recipient).where(o.notice == "unclear_ask", o.recipient.in_(ids))
        found.update((row[0], row[1]) for row in work.execute(query))
    return frozenset(found)


def latest_raws(work: Work, limit: int) -> list[bytes]:
    """Give the raw bytes of the mails that came last, the newest first."""
    found = work.execute(sa.select(t.inbox_raw.c.raw).order_by(t.inbox_raw.c.n.desc()).limit(limit)).scalars()
    return list(found)


def count_strays(work: Work, since: datetime) -> int:
    """Count the mails that answered nothing of ours since an instant."""
    query = sa.select(sa.func.count()).where(t.inbox.c.is_stray, t.inbox.c.arrived_at >= since)
    return int(work.execute(query).scalar_one())
