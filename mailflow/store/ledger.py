"""The ledger's table: entries are added, never changed; the head is kept beside them under a lock."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import GENESIS, Audit, Entry, chained, commitment, folded_code, verify
from mailflow.store import meta
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import chunks
from mailflow.store.upsert import insert

HEAD = "ledger.head"
FETCH = 1_000


def head(work: Work) -> str:
    """Give the hash of the last entry."""
    return _head(work)[1]


def last(work: Work) -> tuple[int, str]:
    """Give number and hash of the last entry; 0 and the chain's beginning where there is none."""
    return _head(work)


def _head(work: Work) -> tuple[int, str]:
    n, _, hash_ = meta.get(work, HEAD, f"0:{GENESIS}").partition(":")
    return int(n), hash_


def lock(work: Work) -> None:
    """Let this transaction be the only one that adds entries until it ends; others wait for it here.

    Whoever locks a petition too locks this first, so that no two transactions wait for each other.
    """
    if work.dialect.name == "sqlite":
        return  # BEGIN IMMEDIATE did it
    query = sa.select(t.meta.c.value).where(t.meta.c.name == HEAD).with_for_update()
    if work.execute(query).scalar() is None:
        first = insert(work, t.meta).values(name=HEAD, value=f"0:{GENESIS}")
        work.execute(first.on_conflict_do_nothing())  # it waits for one that another transaction is adding
        work.execute(query)


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What is to be added. member_id: whose act it is; only a commitment is kept."""

    kind: str
    object_id: str
    at: datetime
    data: Mapping[str, object]
    member_id: str = ""


def append(
    work: Work, kind: str, object_id: str, at: datetime, data: Mapping[str, object], member_id: str = ""
) -> Entry:
    """Add an entry in the transaction of what it tells of."""
    return append_all(work, [NewEntry(kind, object_id, at, data, member_id)])[0]


def append_all(work: Work, new: Sequence[NewEntry]) -> list[Entry]:
    """Add entries, each after the one before it, in the transaction of what they tell of."""
    if not new:
        return []
    lock(work)
    last_n, prev = _head(work)
    salts = _salts(work, {one.member_id for one in new})
    added = []
    for one in new:
        subject = _subject(salts, one.member_id, one.object_id)
        entry = chained(last_n, prev, one.at, str(one.kind), one.object_id, subject, dict(one.data))
        last_n, prev = entry.n, entry.hash
        added.append(entry)
    work.execute(_ADD, [{name: getattr(entry, name) for name in _COLUMNS} for entry in added])
    meta.put(work, HEAD, f"{last_n}:{prev}")
    return added


_ADD = t.ledger.insert()
_COLUMNS = tuple(column.name for column in t.ledger.columns)
_SALTS = sa.select(t.member.c.member_id, t.member.c.salt).where(
    t.member.c.member_id.in_(sa.bindparam("ids", expanding=True))
)


def _salts(work: Work, member_ids: Collection[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for ids in chunks([one for one in member_ids if one]):
        found.update({row[0]: row[1] for row in work.execute(_SALTS, {"ids": ids})})
    return found


def _subject(salts: Mapping[str, str], member_id: str, object_id: str) -> str:
    """Give what stands for a member; "" for nobody, and for who was erased: without salt it would tell who."""
    salt = salts.get(member_id)
    return commitment(salt, member_id, object_id) if salt else ""


def entries(work: Work) -> Iterator[Entry]:
    """Give the chain from its beginning; streams."""
    for row in work.execute(sa.select(t.ledger).order_by(t.ledger.c.n).execution_options(yield_per=FETCH)):
        yield _entry(row)


def _entry(row: Any) -> Entry:
    return Entry(row.n, row.at, row.kind, row.object_id, row.subject, row.data, row.prev, row.hash)


def by_code(work: Work, code: str) -> Entry | None:
    """Find the entry of a receipt code, however it was typed."""
    row = work.execute(sa.select(t.ledger).where(t.ledger.c.code == folded_code(code))).first()
    return _entry(row) if row is not None else None


_LAST = (
    sa.select(sa.func.max(t.ledger.c.n))
    .where(t.ledger.c.subject.in_(sa.bindparam("subjects", expanding=True)))
    .group_by(t.ledger.c.subject)
)


def last_of_each(work: Work, whose: Collection[tuple[str, str]]) -> dict[tuple[str, str], Entry]:
    """Give the latest entry about each (member, petition): about that member's signature there."""
    salts = _salts(work, {member_id for member_id, _ in whose})
    wanted = {_subject(salts, *pair): pair for pair in whose}
    wanted.pop("", None)
    if not wanted:
        return {}
    newest = list(work.execute(_LAST, {"subjects": list(wanted)}).scalars())
    rows = work.execute(sa.select(t.ledger).where(t.ledger.c.n.in_(newest)))
    return {wanted[row.subject]: _entry(row) for row in rows}


def audit(work: Work, known: str = "") -> Audit:
    """Verify the chain, its head, and that every signature's state is what its latest entry says."""
    found = verify(entries(work), _head(work)[1], known)
    return Audit(found.entries, found.head, (*found.problems, *_signatures_beside(work)))


def _signatures_beside(work: Work) -> Iterator[str]:
    latest = {
        row.subject: row.data.get("state")
        for row in work.execute(
            sa.select(t.ledger.c.subject, t.ledger.c.data).where(t.ledger.c.subject != "").order_by(t.ledger.c.n)
        )
        if "state" in row.data
    }
    query = sa.select(t.signature.c.petition_id, t.signature.c.member_id, t.signature.c.state, t.member.c.salt).join(
        t.member, t.member.c.member_id == t.signature.c.member_id
    )
    for row in work.execute(query.order_by(t.signature.c.id)):
        if not row.salt:
            continue  # erased: nothing leads from the signature to its entries any more
        told = latest.get(commitment(row.salt, row.member_id, row.petition_id))
        if told != row.state:
            yield f"{row.petition_id}: a signature is {row.state}, and the ledger says {told or 'nothing'}"
