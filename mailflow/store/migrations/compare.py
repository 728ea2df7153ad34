"""Is a database what tables.py says? For drafts of revisions, and for the test that holds the two together."""

from __future__ import annotations

from typing import Any

from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from mailflow.store.engine import Work
from mailflow.store.tables import metadata


def differences(work: Work) -> list[Any]:
    """Give what would have to be done to the database, in Alembic's terms; [] when nothing."""
    options = {"compare_type": True, "compare_server_default": is_default_changed}
    return list(compare_metadata(MigrationContext.configure(work, opts=options), metadata))


def is_default_changed(
    _context: Any, _found_column: Any, column: Any, found: str | None, _default: Any, _rendered: str | None
) -> bool:
    """Compare defaults by what they mean: databases give back '' quoted, with casts, and false as 0 or false."""
    wanted = column.server_default
    if wanted is None or found is None:
        return (wanted is None) != (found is None) and not column.primary_key
    return _bare(found) != _bare(str(wanted.arg))


def _bare(default: str) -> str:
    text = default.split("::", 1)[0].strip("()'").lower()
    return {"false": "0", "true": "1"}.get(text, text)
