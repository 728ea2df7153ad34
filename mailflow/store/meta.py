"""The house's own notes: one value a name."""

from __future__ import annotations

import sqlalchemy as sa

from mailflow.store.engine import Work
from mailflow.store.tables import meta


def get(work: Work, name: str, default: str = "") -> str:
    """Give the note of that name."""
    value: str | None = work.execute(sa.select(meta.c.value).where(meta.c.name == name)).scalar()
    return default if value is None else value


def put(work: Work, name: str, value: str) -> None:
    """Write the note of that name."""
    changed = work.execute(meta.update().where(meta.c.name == name).values(value=value)).rowcount
    if not changed:
        work.execute(meta.insert().values(name=name, value=value))


def next_id(work: Work, kind: str) -> str:
    """Give the next id KIND-N, N counting from 1 a kind (contract)."""
    n = int(get(work, f"last-id:{kind}", "0")) + 1
    put(work, f"last-id:{kind}", str(n))
    return f"{kind}-{n}"
