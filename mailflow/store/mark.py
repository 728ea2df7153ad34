"""How far the database was when it was last at work here: a file beside the journals, which no backup brings back.

A database whose ledger ends before the mark is a backup that was put back. The mark follows the ledger, for every batch
of mail in and out is an entry there.
"""

from __future__ import annotations

import json
import os
import threading
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path

import sqlalchemy as sa

from mailflow.errors import StoreError
from mailflow.store import ledger, migrate, restores
from mailflow.store import tables as t
from mailflow.store.engine import Database, Work
from mailflow.store.journal import journal_path


@dataclass(frozen=True, slots=True)
class Mark:
    """database: its name; n, hash: the ledger's last entry; restores: the times it was put back that are known here."""

    database: str
    n: int
    hash: str
    restores: tuple[str, ...]


def mark_path(url: str, folder: Path) -> Path:
    """Say where the mark lies: X.mark beside SQLite's X.db, else mailflow.mark in folder."""
    return journal_path(url, folder).with_suffix(".mark")


def current(work: Work) -> Mark:
    """Give the mark of the database as it is."""
    n, hash_ = ledger.last(work)
    return Mark(restores.database_id(work), n, hash_, restores.restores(work))


def read(path: Path) -> Mark | None:
    """Read a mark; None where there is none that can be read."""
    with suppress(OSError, ValueError, TypeError, KeyError):
        note = json.loads(path.read_bytes())
        return Mark(str(note["database"]), int(note["n"]), str(note["hash"]), tuple(map(str, note["restores"])))
    return None


def write(path: Path, mark: Mark) -> None:
    """Write a mark, all or nothing. Raises OSError."""
    new = path.with_name(f"{path.name}.{os.getpid()}-{threading.get_ident()}")  # several may write at once
    descriptor = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
    with open(descriptor, "w", encoding="ascii") as file:
        json.dump(asdict(mark), file)
        file.flush()
        os.fdatasync(file.fileno())
    new.replace(path)


def refuse_empty(db: Database, url: str, folder: Path) -> None:
    """Raise StoreError where an empty database stands in place of one that was at work: a disk that is not mounted."""
    path = mark_path(url, folder)
    seen = read(path)
    if seen is None or not seen.n or not migrate.is_empty(db):
        return
    raise StoreError(
        f"the database is empty, and {path} says that one with {seen.n} ledger entries was at work here. Is its disk"
        " mounted, and its name in database.url right? If it is lost, put the backup back, then `mailflow restore`."
        " To begin anew without it, delete that file"
    )


def is_behind(work: Work, mark: Mark) -> bool:
    """Tell whether the database lacks what the mark has seen, and nobody has said since that it was put back."""
    found = work.execute(sa.select(t.ledger.c.hash).where(t.ledger.c.n == mark.n)).scalar()
    if mark.n == 0 or found == mark.hash:
        return False
    return set(restores.restores(work)) <= set(mark.restores)
