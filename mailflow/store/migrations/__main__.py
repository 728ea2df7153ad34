"""Draft the revision that a change of tables.py needs: `python -m mailflow.store.migrations 0002 "why"`.

Read the draft, correct it, `ruff check --fix` and `ruff format` it, and set migrate.REVISION.
Until the first release, `0001 "All tables"` drafts the whole again.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from alembic import command

from mailflow.store.engine import connect
from mailflow.store.migrate import configuration


def draft(revision: str, message: str) -> None:
    """Write versions/rREVISION_MESSAGE.py: the difference between all revisions before it and tables.py."""
    versions = Path(__file__).parent / "versions"
    for old in versions.glob(f"r{revision}_*.py"):
        old.unlink()
    with tempfile.TemporaryDirectory() as folder:
        db = connect(f"sqlite:///{folder}/draft.db")
        with db.engine.connect() as connection:
            command.upgrade(configuration(connection), "head")
            command.revision(configuration(connection), message, autogenerate=True, rev_id=revision)
        db.close()
    for written in versions.glob(f"r{revision}_*.py"):
        lines = written.read_text(encoding="utf-8").splitlines(keepends=True)
        written.write_text("".join(line for line in lines if "# ###" not in line), encoding="utf-8")


if __name__ == "__main__":
    draft(sys.argv[1], sys.argv[2])
