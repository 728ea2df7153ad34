"""R13, fault row 17: with little room on the disk no mail is fetched; a full one loses nothing and is waited for."""

from __future__ import annotations

import contextlib
import resource
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailflow.errors import StoreAway
from mailflow.service.fetching import fetch_all
from mailflow.store import disk
from mailflow.store import tables as t
from tests.acceptance.folder_of_values import FolderOfValues
from tests.acceptance.way_in import OPENED, WayIn, open_way_in

FREE_MIN_BYTES = 200_000_000


@pytest.fixture
def way_in(tmp_path: Path) -> Iterator[WayIn]:
    house = open_way_in(tmp_path, 4)
    yield house
    house.db.close()


def test_nothing_is_fetched_while_there_is_no_room_and_all_when_there_is(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    folder = FolderOfValues()
    folder.put(way_in.answer(1, "I sign."), way_in.clock())
    usage = shutil.disk_usage(way_in.folder)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: usage._replace(free=FREE_MIN_BYTES - 1))
    assert fetch_all(way_in.office, folder, "INBOX", way_in.clock(), OPENED) == 0
    assert f"199 MB are free in {way_in.folder}, and 200 MB are needed: make room" in caplog.text
    assert way_in.rows(t.inbox) == []
    monkeypatch.undo()
    assert fetch_all(way_in.office, folder, "INBOX", way_in.clock(), OPENED) == 1


@contextlib.contextmanager
def no_file_grows_beyond(most_bytes: int) -> Iterator[None]:
    """Let the kernel refuse what would make a file larger; Python ignores the signal that comes with it."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@pytest.mark.parametrize("pages_more", [0, 6, 12, 18, 24, 30])
def test_a_disk_that_takes_no_more_loses_nothing_and_acknowledges_nothing_that_is_not_kept(
    way_in: WayIn, pages_more: int
) -> None:
    """Fault row 17: the write-ahead log can't grow; it stops at another write each time, and goes on by itself."""
    folder = FolderOfValues()
    raws = [way_in.answer(n, "I sign.") for n in range(1, 5)]
    for raw in raws:
        folder.put(raw, way_in.clock())
    log = way_in.folder / "mailflow.db-wal"
    with way_in.db.engine.connect() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    way_in.db.stopping.set()  # a service would wait and try again; this one is told to end
    with no_file_grows_beyond(log.stat().st_size + pages_more * 4096), pytest.raises(StoreAway):
        fetch_all(way_in.office, folder, "INBOX", way_in.clock(), OPENED)
    settled = {row.uid for row in way_in.rows(t.inbox) if row.state == "read"}
    assert set(folder.filed) <= settled
    way_in.db.stopping.clear()
    fetch_all(way_in.office, folder, "INBOX", way_in.clock(), OPENED)
    assert way_in.tally["validated"] == 4
    assert [row.verdict for row in way_in.rows(t.inbox)] == ["signed"] * 4
    assert (sorted(folder.filed), folder.mails) == ([1, 2, 3, 4], {})
