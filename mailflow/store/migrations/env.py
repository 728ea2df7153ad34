"""What Alembic runs for every command: our connection, our tables, our column types."""

from __future__ import annotations

from typing import Any, Literal

import sqlalchemy as sa
from alembic import context

from mailflow.store.migrations.compare import is_default_changed
from mailflow.store.tables import Instant, metadata


def _rendered(kind: str, item: Any, autogen_context: Any) -> str | Literal[False]:
    """Write in a drafted revision what holds on both databases: SQLite's false is 0, PostgreSQL's is not."""
    if kind == "type" and isinstance(item, Instant):
        autogen_context.imports.add("from mailflow.store.tables import Instant")
        return "Instant()"
    if kind == "server_default" and isinstance(getattr(item, "arg", None), sa.sql.elements.False_):
        return "sa.false()"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=metadata,
    render_as_batch=True,  # SQLite can't alter most of a table: it is copied
    compare_type=True,
    compare_server_default=is_default_changed,
    render_item=_rendered,
)
with context.begin_transaction():
    context.run_migrations()
