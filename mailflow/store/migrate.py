"""The database's tables: made, brought up to date, or refused as old."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import sqlalchemy as sa

from mailflow.errors import StoreError
from mailflow.store.engine import Database, Work

if TYPE_CHECKING:
    from alembic.config import Config

REVISION = "0001"  # the newest in migrations/versions; a test compares
_PG_LOCK = 0x6D61696C  # any number that is ours: two `init` at once follow each other


def configuration(connection: Work) -> Config:
    """Give Alembic's configuration for one connection; there is no alembic.ini."""
    from alembic.config import Config  # 0.2 s that commands on a current database don't need

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    config.set_main_option("file_template", "r%%(rev)s_%%(slug)s")
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config


def upgrade(db: Database) -> None:
    """Make the tables, or bring them to the newest revision; all or nothing; at once when they are current."""
    if _revision(db) == REVISION:
        return
    if db.is_sqlite:
        _upgrade_sqlite(db)
        return
    with db.write() as work:
        work.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _PG_LOCK})
        _run(work)


def check(db: Database) -> None:
    """Raise StoreError unless the tables are the ones that this program was written for."""
    found = _revision(db)
    if found == REVISION:
        return
    if not found:
        raise StoreError("the database has no tables: run `mailflow init`")
    if found > REVISION:
        raise StoreError(f"the database is of revision {found}, newer than this program's {REVISION}: update mailflow")
    raise StoreError(f"the database is old (revision {found}, wanted {REVISION}): run `mailflow init`")


def is_empty(db: Database) -> bool:
    """Tell whether the database has no tables of ours."""
    return not _revision(db)


def _revision(db: Database) -> str:
    """Give the revision that the database says it has, "" for none."""
    with db.read() as work:
        if not sa.inspect(work).has_table("alembic_version"):
            return ""
        return str(work.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() or "")


def _run(work: Work) -> None:
    from alembic import command
    from alembic.util import CommandError

    try:
        command.upgrade(configuration(work), "head")
    except CommandError as error:
        raise StoreError(f"the database can't be upgraded: {error}; is it newer than this program?") from error


def _upgrade_sqlite(db: Database) -> None:
    """Upgrade with foreign keys off: dropping a table that was copied would delete what points to it."""
    with db.engine.connect() as work:
        work.exec_driver_sql("PRAGMA foreign_keys=OFF")  # has no effect inside a transaction
        try:
            work.exec_driver_sql("BEGIN IMMEDIATE")
            try:
                _run(work)
                if broken := work.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StoreError(
                        f"the upgrade would leave {broken[0]} without its {broken[2]}: nothing was changed"
                    )
            except BaseException:
                work.exec_driver_sql("ROLLBACK")
                raise
            work.exec_driver_sql("COMMIT")
        finally:
            work.exec_driver_sql("PRAGMA foreign_keys=ON")
