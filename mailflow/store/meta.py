"""The house's own notes: one value a name."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.engine import Work
from mailflow.store.tables import meta
from mailflow.store.upsert import insert


def get(work: Work, name: str, default: str = "") -> str:
    """Give the note of that name."""
    value: str | None = work.execute(sa.select(meta.c.value).where(meta.c.name == name)).scalar()
    return default if value is None else value


def put(work: Work, name: str, value: str) -> None:
    """Write the note of that name."""
    row = insert(work, meta).values(name=name, value=value)
    work.execute(row.on_conflict_do_update(index_elements=["name"], set_={"value": value}))


def next_id(work: Work, kind: str) -> str:
    """Give the next id KIND-N, N counting from 1 a kind (contract)."""
    name = f"last-id:{kind}"
    work.execute(insert(work, meta).values(name=name, value="0").on_conflict_do_nothing())
    query = sa.select(meta.c.value).where(meta.c.name == name).with_for_update()  # two at once follow each other
    n = int(work.execute(query).scalar_one()) + 1
    put(work, name, str(n))
    return f"{kind}-{n}"
