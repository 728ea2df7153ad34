"""INSERT … ON CONFLICT: the same words on SQLite and PostgreSQL, one import apart."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from mailflow.store.engine import Work


def insert(work: Work, table: sa.Table) -> sqlite.Insert | postgresql.Insert:
    """Give an INSERT that knows on_conflict_do_nothing and on_conflict_do_update."""
    return sqlite.insert(table) if work.dialect.name == "sqlite" else postgresql.insert(table)
