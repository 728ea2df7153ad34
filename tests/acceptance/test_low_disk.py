"""R13, fault row 17: with little room on the disk no mail is fetched; with room again, it is."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

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
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = FolderOfValues()
    folder.put(way_in.answer(1, "I sign."), way_in.clock())
    usage = shutil.disk_usage(way_in.folder)
    monkeypatch.setattr(disk.shutil, "disk_usage", lambda _: usage._replace(free=FREE_MIN_BYTES - 1))
    assert fetch_all(way_in.office, folder, "INBOX", way_in.clock(), OPENED) == 0
    assert way_in.rows(t.inbox) == []
    monkeypatch.undo()
    assert fetch_all(way_in.office, folder, "INBOX", way_in.clock(), OPENED) == 1


def may_mount() -> bool:
    """Root in a container need not be allowed to: CAP_SYS_ADMIN is bit 21."""
    status = Path("/proc/self/status").read_text()
    return os.geteuid() == 0 and bool(int(re.search(r"CapEff:\s*(\w+)", status)[1], 16) >> 21 & 1)  # type: ignore[index]


if may_mount():

    @pytest.fixture
    def small_disk(tmp_path: Path) -> Iterator[Path]:
        """A file system of 230 MB."""
        folder = tmp_path / "small"
        folder.mkdir()
        subprocess.run(["mount", "-t", "tmpfs", "-o", "size=230m", "tmpfs", str(folder)], check=True)
        yield folder
        subprocess.run(["umount", "-l", str(folder)], check=True)

    def test_a_disk_that_fills_up_has_no_room_until_it_is_emptied(way_in: WayIn, small_disk: Path) -> None:
        """As root: a real file system."""
        settings = way_in.office.settings
        settings = replace(settings, database=replace(settings.database, url=f"sqlite:///{small_disk / 'mailflow.db'}"))
        assert disk.has_room(settings)
        (small_disk / "other").write_bytes(bytes(60_000_000))
        assert not disk.has_room(settings)
        (small_disk / "other").unlink()
        assert disk.has_room(settings)
