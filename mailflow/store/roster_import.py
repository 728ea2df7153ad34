"""A snapshot of the roster written in bulk: which ids were seen, what is kept, who ends."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.model import Member
from mailflow.mail.address import fold
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import chunks

ENDED = "ended"  # the standing of a member whose membership has ended

# ids of the snapshot, in the database so that memory stays flat; lives on this connection and until the end of the work
_seen = sa.Table(
    "roster_seen",
    sa.MetaData(),
    sa.Column("member_id", sa.Text, primary_key=True),
    sa.Column("line", sa.Integer, nullable=False),
    prefixes=["TEMPORARY"],
)


@contextmanager
def snapshot(work: Work) -> Iterator[None]:
    """Keep book of the ids in between; what is left of the book when it raises goes with the transaction."""
    _seen.create(work, checkfirst=False)
    yield
    _seen.drop(work, checkfirst=False)


def refresh_statistics(work: Work) -> None:
    """Let PostgreSQL count what an import brought: a cursor planned for empty tables took 300 s for 60,000 members."""
    if work.dialect.name == "postgresql":
        work.exec_driver_sql("ANALYZE member, member_standing, member_address, member_unit")


def note_seen(work: Work, lines: dict[str, int]) -> dict[str, int]:
    """Note the lines of ids; give the ids that were noted before, with the line where they stood first."""
    query = sa.select(_seen.c.member_id, _seen.c.line).where(_seen.c.member_id.in_(lines))
    before = dict(work.execute(query).all())
    if fresh := [{"member_id": one, "line": line} for one, line in lines.items() if one not in before]:
        work.execute(sa.insert(_seen), fresh)
    return before


def count_unseen(work: Work) -> int:
    """Count the living members whose ids were not noted."""
    return work.execute(sa.select(sa.func.count()).select_from(t.member).where(_is_unseen())).scalar_one()


def end_unseen(work: Work, now: datetime) -> None:
    """End the membership of everybody who was not noted; what they said and signed stays."""
    member = t.member.c
    unseen = sa.select(member.member_id).where(_is_unseen())
    history = t.member_standing
    work.execute(sa.delete(history).where(history.c.valid_from == now, history.c.member_id.in_(unseen)))
    rows = sa.select(member.member_id, sa.literal(now, t.Instant), sa.literal(ENDED, sa.Text)).where(_is_unseen())
    work.execute(sa.insert(history).from_select(["member_id", "valid_from", "standing"], rows))
    work.execute(sa.update(t.member).where(_is_unseen()).values(ended_at=now, standing=ENDED))


def add_members(work: Work, added: Sequence[tuple[Member, str]], now: datetime) -> None:
    """Add new members, each with the salt of their commitments."""
    if not added:
        return
    work.execute(sa.insert(t.member), [{**_columns(one), "member_id": one.member_id, "salt": s} for one, s in added])
    people = [one for one, _ in added]
    _insert(work, t.member_standing, [_standing_row(one, now) for one in people])
    _add_addresses(work, people)
    _add_units(work, people)


def change_members(work: Work, changed: Sequence[tuple[Member, Member]], now: datetime) -> None:
    """Bring members from what is known (first) to what the roster says now (second); one who had ended is back."""
    if not changed:
        return
    update = sa.update(t.member).where(t.member.c.member_id == sa.bindparam("id"))
    values: dict[str, sa.BindParameter[object]] = {name: sa.bindparam(name) for name in _columns(changed[0][1])}
    work.execute(update.values(**values, ended_at=None), [{**_columns(new), "id": new.member_id} for _, new in changed])
    _add_standings(work, [new for old, new in changed if _standing(old) != _standing(new)], now)
    moved = [new for old, new in changed if old.addresses != new.addresses]
    _remove(work, t.member_address, moved)
    _add_addresses(work, moved)
    regrouped = [new for old, new in changed if old.units != new.units]
    _remove(work, t.member_unit, regrouped)
    _add_units(work, regrouped)


def _is_unseen() -> sa.ColumnElement[bool]:
    return sa.and_(t.member.c.ended_at.is_(None), t.member.c.member_id.not_in(sa.select(_seen.c.member_id)))


def _columns(member: Member) -> dict[str, object]:
    return {
        "name": member.name,
        "standing": member.standing,
        "paid_through": member.paid_through,
        "postal_address": member.postal_address,
        "language": member.language,
        "timezone": member.timezone,
    }


def _standing(member: Member) -> tuple[object, ...]:
    return member.standing, member.paid_through, member.ended


def _remove(work: Work, table: sa.Table, people: Sequence[Member]) -> None:
    for ids in chunks([one.member_id for one in people]):
        work.execute(sa.delete(table).where(table.c.member_id.in_(ids)))


def _add_standings(work: Work, people: Sequence[Member], now: datetime) -> None:
    """Keep what is valid from now; a second import at the same instant replaces the first."""
    history = t.member_standing
    for ids in chunks([one.member_id for one in people]):
        work.execute(sa.delete(history).where(history.c.member_id.in_(ids), history.c.valid_from == now))
    _insert(work, history, [_standing_row(one, now) for one in people])


def _standing_row(one: Member, now: datetime) -> dict[str, object]:
    return {"member_id": one.member_id, "valid_from": now, "standing": one.standing, "paid_through": one.paid_through}


def _add_addresses(work: Work, people: Sequence[Member]) -> None:
    rows = [
        {"member_id": one.member_id, "address_norm": fold(address), "address": address, "position": position}
        for one in people
        for position, address in enumerate(one.addresses)
    ]
    _insert(work, t.member_address, rows)


def _add_units(work: Work, people: Sequence[Member]) -> None:
    rows = [{"member_id": one.member_id, "unit_id": unit_id} for one in people for unit_id in one.units]
    _insert(work, t.member_unit, rows)


def _insert(work: Work, table: sa.Table, rows: Sequence[Mapping[str, object]]) -> None:
    if rows:
        work.execute(sa.insert(table), rows)
