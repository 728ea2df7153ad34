"""The tree of groups as units.csv has it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

import sqlalchemy as sa

from mailflow.domain.unit import Unit
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import chunks


def units(work: Work) -> dict[str, Unit]:
    """Give all listed units by id, in the order of their ids."""
    tags: dict[str, list[str]] = defaultdict(list)
    for row in work.execute(sa.select(t.unit_tag).order_by(t.unit_tag.c.tag)):
        tags[row.unit_id].append(row.tag)
    return {
        row.unit_id: Unit(row.unit_id, row.name, row.parent_id or "", tuple(tags.get(row.unit_id, ())))
        for row in work.execute(sa.select(t.unit).order_by(t.unit.c.unit_id))
    }


def unlisted_units(work: Work) -> list[str]:
    """Give the ids that members or units name and units.csv does not: each is a root of that name."""
    listed = sa.select(t.unit.c.unit_id)
    named = sa.union(
        sa.select(t.member_unit.c.unit_id).where(t.member_unit.c.unit_id.not_in(listed)),
        sa.select(t.unit.c.parent_id).where(t.unit.c.parent_id != "", t.unit.c.parent_id.not_in(listed)),
    )
    return sorted(work.scalars(named))


def member_counts(work: Work) -> dict[str, int]:
    """Count the living members who belong to each unit itself, without its descendants."""
    query = (
        sa.select(t.member_unit.c.unit_id, sa.func.count())
        .join(t.member, t.member.c.member_id == t.member_unit.c.member_id)
        .where(t.member.c.ended_at.is_(None))
        .group_by(t.member_unit.c.unit_id)
    )
    return dict(work.execute(query).all())


def keep_units(work: Work, kept: Iterable[Unit]) -> None:
    """Add units, or replace the ones of the same id."""
    for some in chunks(list(kept)):
        _forget(work, [one.unit_id for one in some])
        rows = [{"unit_id": one.unit_id, "name": one.name, "parent_id": one.parent_id or None} for one in some]
        work.execute(sa.insert(t.unit), rows)
        if tags := [{"unit_id": one.unit_id, "tag": tag} for one in some for tag in one.tags]:
            work.execute(sa.insert(t.unit_tag), tags)


def remove_units(work: Work, unit_ids: Collection[str]) -> None:
    """Take units off the list; members who name them keep doing so."""
    for ids in chunks(unit_ids):
        _forget(work, ids)


def _forget(work: Work, ids: list[str]) -> None:
    work.execute(sa.delete(t.unit_tag).where(t.unit_tag.c.unit_id.in_(ids)))
    work.execute(sa.delete(t.unit).where(t.unit.c.unit_id.in_(ids)))
