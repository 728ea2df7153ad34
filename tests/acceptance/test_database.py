"""A database that is safe or refused, and tables that are the ones of tables.py."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.script import ScriptDirectory

from mailflow.errors import StoreError
from mailflow.store import migrate
from mailflow.store.engine import SQLITE_PRAGMAS, Database, connect
from mailflow.store.migrations.compare import differences
from mailflow.store.tables import meta


def opened(tmp_path: Path) -> Database:
    return connect(f"sqlite:///{tmp_path / 'mailflow.db'}")


def test_migrated_database_has_the_tables_of_the_program(tmp_path: Path) -> None:
    """When this fails, tables.py changed: draft the revision as mailflow/store/migrations/__main__.py says."""
    db = opened(tmp_path)
    migrate.upgrade(db)
    with db.read() as work:
        assert differences(work) == []
    db.close()


def test_an_error_of_the_database_names_nobody(tmp_path: Path) -> None:
    """It comes into the log as it is; what the statement was given does not."""
    db = opened(tmp_path)
    with pytest.raises(sa.exc.SQLAlchemyError) as told, db.write() as work:
        work.execute(sa.text("INSERT INTO nowhere VALUES (:address)"), {"address": "jo@example.org"})
    assert "nowhere" in str(told.value)
    assert "jo@example.org" not in str(told.value)
    db.close()


def test_newest_revision_is_the_one_that_check_asks_for(tmp_path: Path) -> None:
    db = opened(tmp_path)
    with db.engine.connect() as connection:
        scripts = ScriptDirectory.from_config(migrate.configuration(connection))
    assert scripts.get_heads() == [migrate.REVISION]
    db.close()


@pytest.mark.parametrize(
    ("revision", "told"),
    [
        pytest.param(None, "has no tables: run `mailflow init`", id="empty"),
        pytest.param("0000", "is old", id="of an older program"),
        pytest.param("9999", "newer than this program", id="of a newer program"),
    ],
)
def test_database_of_another_revision_is_refused(tmp_path: Path, revision: str | None, told: str) -> None:
    db = opened(tmp_path)
    if revision:
        migrate.upgrade(db)
        with db.write() as work:
            work.execute(sa.text("UPDATE alembic_version SET version_num = :one"), {"one": revision})
    with pytest.raises(StoreError, match=told):
        migrate.check(db)
    db.close()


def test_upgrade_of_a_newer_database_is_refused_and_changes_nothing(tmp_path: Path) -> None:
    db = opened(tmp_path)
    migrate.upgrade(db)
    with db.write() as work:
        work.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StoreError, match="newer"):
        migrate.upgrade(db)
    with db.read() as work:
        assert work.execute(sa.text("SELECT version_num FROM alembic_version")).scalar() == "9999"
        assert work.exec_driver_sql("PRAGMA foreign_keys").scalar() == 1
    db.close()


def test_upgrade_of_a_current_database_keeps_what_is_in_it(tmp_path: Path) -> None:
    db = opened(tmp_path)
    migrate.upgrade(db)
    with db.write() as work:
        work.execute(sa.insert(meta).values(name="kept", value="yes"))
    migrate.upgrade(db)
    migrate.check(db)
    with db.read() as work:
        assert work.execute(sa.select(meta.c.value)).scalar() == "yes"
    db.close()


def test_every_connection_of_every_thread_is_safe(tmp_path: Path) -> None:
    """R10: WAL, synchronous=FULL, foreign keys and the busy timeout are read back on each new connection."""
    db, found, threads = opened(tmp_path), [], 5
    migrate.upgrade(db)
    all_open = threading.Barrier(threads)  # nobody returns a connection to the pool before all have one

    def look() -> None:
        with db.engine.connect() as connection:
            all_open.wait(timeout=30)
            driver = connection.connection.dbapi_connection
            pragmas = tuple((name, connection.exec_driver_sql(f"PRAGMA {name}").scalar()) for name, _ in SQLITE_PRAGMAS)
            found.append((id(driver), pragmas))
            all_open.wait(timeout=30)

    running = [threading.Thread(target=look) for _ in range(threads)]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    assert len({driver for driver, _ in found}) == threads
    assert {pragmas for _, pragmas in found} == {SQLITE_PRAGMAS}
    assert dict(SQLITE_PRAGMAS) == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "busy_timeout": 30_000}
    db.close()


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:"])
def test_database_that_can_not_keep_a_write_ahead_log_is_refused(url: str) -> None:
    """R10: read back at start, refused otherwise. A database in memory has no journal on disk."""
    with pytest.raises(StoreError, match="journal_mode is 'memory', not 'wal'"):
        connect(url)


def test_foreign_keys_are_enforced(tmp_path: Path) -> None:
    """R10: a row can't point to a member who is not there."""
    db = opened(tmp_path)
    migrate.upgrade(db)
    with pytest.raises(sa.exc.IntegrityError, match="FOREIGN KEY"), db.write() as work:
        work.exec_driver_sql("INSERT INTO opt_out (member_id, scope, at) VALUES ('nobody', 'all', '')")
    db.close()


@pytest.mark.parametrize("is_shared", [pytest.param(True, id="one process"), pytest.param(False, id="as processes")])
def test_six_writers_never_meet_a_lock_error(tmp_path: Path, is_shared: bool) -> None:
    """R11: read-then-write under BEGIN IMMEDIATE: 6 writers x 40, zero lock errors, nothing lost.

    'as processes': each writer has its own engine, so that the in-process lock can't help.
    """
    url, writers, writes = f"sqlite:///{tmp_path / 'mailflow.db'}", 6, 40
    first = connect(url)
    migrate.upgrade(first)
    with first.write() as work:
        work.execute(sa.insert(meta).values(name="counter", value="0"))
    dbs = [first if is_shared else connect(url) for _ in range(writers)]
    errors: list[Exception] = []

    def count_up(db: Database) -> None:
        try:
            for _ in range(writes):
                with db.write() as work:
                    value = int(work.execute(sa.select(meta.c.value)).scalar_one())
                    work.execute(sa.update(meta).values(value=str(value + 1)))
        except Exception as error:
            errors.append(error)

    running = [threading.Thread(target=count_up, args=(db,)) for db in dbs]
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    with first.read() as work:
        assert (errors, work.execute(sa.select(meta.c.value)).scalar()) == ([], str(writers * writes))
    for db in {id(db): db for db in [first, *dbs]}.values():
        db.close()


def test_what_raises_inside_a_write_leaves_nothing(tmp_path: Path) -> None:
    """R3: all or nothing."""
    db = opened(tmp_path)
    migrate.upgrade(db)
    with pytest.raises(ZeroDivisionError), db.write() as work:
        work.execute(sa.insert(meta).values(name="half", value="done"))
        raise ZeroDivisionError
    with db.read() as work:
        assert work.execute(sa.select(meta.c.name)).all() == []
    db.close()
