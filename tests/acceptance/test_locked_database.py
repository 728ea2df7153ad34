"""Fault row 23: SQLite's file is locked by a backup or a shell; whoever wants to write waits, and then goes on."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.service import intake
from mailflow.store import tables as t
from tests.acceptance.way_in import WayIn, open_way_in


@pytest.fixture
def way_in(tmp_path: Path) -> Iterator[WayIn]:
    house = open_way_in(tmp_path, 4)

    @sa.event.listens_for(house.db.engine, "checkout")
    def impatient(connection: sqlite3.Connection, *_: object) -> None:
        connection.execute("PRAGMA busy_timeout = 20")  # else each try would wait half a minute

    yield house
    house.db.close()


def test_a_lock_that_outlasts_sqlites_patience_is_waited_for(way_in: WayIn, caplog: pytest.LogCaptureFixture) -> None:
    """R11, R12, fault row 23: nothing is given up, nothing is parked, and readers go on meanwhile."""
    shell = sqlite3.connect(way_in.folder / "mailflow.db", isolation_level=None, check_same_thread=False)
    shell.execute("BEGIN EXCLUSIVE")
    raw = way_in.answer(1, "I sign.")
    arrival = way_in.arrival(raw)
    came: list[int] = []

    def receive_and_read() -> None:
        came.extend(intake.receive(way_in.office, [arrival], way_in.clock()))
        way_in.read()

    keeper = threading.Thread(target=receive_and_read)
    keeper.start()
    waited = threading.Event()
    while caplog.text.count("is done again") < 2:  # it was refused twice, and tries on
        waited.wait(0.01)
    assert way_in.rows(t.inbox) == []
    shell.execute("ROLLBACK")
    keeper.join(60)
    assert len(came) == 1
    assert [row.verdict for row in way_in.rows(t.inbox)] == ["signed"]
    shell.close()


def test_a_backup_that_reads_holds_nobody_up(way_in: WayIn) -> None:
    """Fault row 23: VACUUM INTO and `.backup` read; the write-ahead log lets writers go on."""
    shell = sqlite3.connect(way_in.folder / "mailflow.db", isolation_level=None)
    shell.execute("BEGIN")
    assert shell.execute("SELECT count(*) FROM inbox").fetchone() == (0,)
    way_in.arrive(way_in.answer(1, "I sign."))
    assert way_in.tally["validated"] == 1
    assert shell.execute("SELECT count(*) FROM inbox").fetchone() == (0,)  # its view stays what it was
    shell.close()
