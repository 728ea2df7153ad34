"""Faults of the reliability page with the whole program on a real Dovecot: whatever fails, all is counted once.

The table of all fault rows is in tests/unit/test_fault_rows.py.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.way_in import PETITION
from tests.servers.dovecot import Account, Dovecot
from tests.servers.petition_house import ANSWERS, House, Model, make_model
from tests.servers.smtpsink import SmtpSink
from tests.servers.tcp_line import Line

WITHIN_S = 120


@pytest.fixture(scope="module")
def model(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    with SmtpSink() as sink:
        yield make_model(tmp_path_factory.mktemp("model"), dovecot.fresh_user(), sink)


@pytest.fixture
def house(model: Model, tmp_path: Path, account: Account, smtp_sink: SmtpSink) -> House:
    return model.house(tmp_path, account, smtp_sink)


def change_config(house: House, old: str, new: str) -> None:
    path = house.folder / "config.toml"
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def wait_until(is_so: Callable[[], bool], log: Path) -> None:
    """Wait for what must come; what has not come after two minutes never does."""
    ends_at = time.monotonic() + WITHIN_S
    while not is_so():
        assert time.monotonic() < ends_at, log.read_text()[-3000:]
        time.sleep(0.02)


def read(house: House) -> int:
    return int(house.query("SELECT count(*) FROM inbox WHERE state <> 'kept'")[0][0])


def test_a_mail_server_that_restarts_twice_is_found_again_by_itself(model: Model, house: House) -> None:
    """R22, R23, fault row 12: cut while mail is read, down for a while, up again; nobody does anything."""
    with Line(house.account.port) as line:
        change_config(house, f"port = {house.account.port}", f"port = {line.port}")
        run = house.start("--roles", "inbox,outbox")
        log = house.folder / "log"
        for part in (1, 2):
            wait_until(lambda part=part: read(house) >= part * ANSWERS // 3, log)  # type: ignore[misc]
            line.take_down()
            refused = line.refused
            wait_until(lambda refused=refused: line.refused > refused, log)  # type: ignore[misc]
            line.put_up()
        wait_until(lambda: read(house) == ANSWERS, log)
        run.send_signal(signal.SIGTERM)
        assert run.wait(timeout=60) == 0
        house.run_once()
    model.answers.check(house)
    assert house.copies() == 0
    assert "again in" in log.read_text()


def test_a_folder_that_is_renumbered_is_read_again_and_counts_nothing_twice(model: Model, house: House) -> None:
    """R17, fault row 13: dovecot-uidlist is deleted, with every mail still in the folder."""
    change_config(house, 'password = "', 'done_folder = ""\npassword = "')
    house.run_once()
    tally = house.show("petition", "show", PETITION)["tally"]
    sent = len(house.sink.messages)
    assert tally["validated"] == len(model.answers.validated)
    house.account.reset_uidvalidity()
    house.run_once()
    assert house.show("petition", "show", PETITION)["tally"] == tally
    again = house.query("SELECT uidvalidity, count(*) FROM inbox GROUP BY uidvalidity")
    assert [count for _, count in again] == [ANSWERS, ANSWERS]
    [first] = house.query("SELECT count(*) FROM inbox WHERE verdict <> 'duplicate'")
    assert first[0] <= ANSWERS  # the same mail twice was one before, and is now
    assert house.copies() == 0
    assert len(house.sink.messages) - sent == 1  # the owner is told of the new numbers


def children_of(pid: int) -> list[int]:
    with contextlib.suppress(OSError):
        return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    return []


@pytest.mark.parametrize("when", [1, 4, 40])
def test_a_disk_that_fails_to_sync_acknowledges_nothing_that_may_be_lost(model: Model, house: House, when: int) -> None:
    """R2, R10, fault row 18: from the n-th on every fsync and fdatasync gives EIO."""
    strace = shutil.which("strace")
    assert strace is not None, "strace is needed for this test: apt-get install strace"
    inject = f"inject=fsync,fdatasync:error=EIO:when={when}+"
    command = [strace, "-f", "-qq", "-o", "/dev/null", "-e", "trace=fsync,fdatasync", "-e", inject]
    command += house.command("run", "--once", "--now", house.at.isoformat())
    log = house.folder / "log"
    with log.open("ab") as err:
        run = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=err)
    wait_until(lambda: run.poll() is not None or "is away" in log.read_text(), log)
    for pid in children_of(run.pid):  # the program itself: a tracer does not hand the signal on
        os.kill(pid, signal.SIGTERM)
    assert run.wait(timeout=WITHIN_S) != 0
    assert "disk I/O error" in log.read_text()
    settled = house.query("SELECT count(*) FROM inbox WHERE state <> 'kept'")[0][0]
    assert len(house.account.all_in("INBOX")) >= ANSWERS - settled
    for _ in range(2):
        house.run_once()
    model.answers.check(house)
    assert house.copies() == 0
