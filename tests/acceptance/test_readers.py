"""Worker processes that read mail: one bad mail costs one worker, and the next mail is read (R6, R7)."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from mailflow.mail.proof import Trust
from mailflow.mail.reader import Reading, ReadMail
from mailflow.service.readers import Failure, House, ReaderProcesses, ReadersHere, Task

GOOD = b"From: ann@one.example.org\r\nSubject: hello\r\n\r\nI sign\r\n"


@dataclass(frozen=True, slots=True)
class Trap(House):
    """A house whose reader dies, hangs, eats or raises when the mail says so."""

    def read(self, task: Task) -> ReadMail | Reading | Failure:
        if b"die" in task.raw:
            os._exit(3)
        if b"hang" in task.raw:
            time.sleep(60)
        if b"eat" in task.raw:
            try:
                bytearray(2_000_000_000)
            except MemoryError:
                return Failure("out of memory")
        if b"raise" in task.raw:
            return House.read(self, Task(raw=None))  # type: ignore[arg-type]
        return House.read(self, task)


TRAP = Trap("connect@example.org", "+", Trust())


@pytest.fixture
def readers() -> Iterator[ReaderProcesses]:
    workers = ReaderProcesses(TRAP, count=2, seconds_max=1.5, memory_max_bytes=600_000_000)
    yield workers
    workers.close()


@pytest.mark.parametrize(
    ("bad", "error", "has_died"),
    [
        pytest.param(b"die", "exit code 3", True, id="R6 a mail that ends its reader"),
        pytest.param(b"hang", "not read within 1.5 s", True, id="R7 a mail that is read for ever"),
        pytest.param(b"eat", "out of memory", False, id="R7 a mail that wants too much memory"),
        pytest.param(b"raise", "Traceback", False, id="R5 a mail at which reading fails"),
    ],
)
def test_one_bad_mail_costs_one_worker_and_the_others_are_read(
    readers: ReaderProcesses, bad: bytes, error: str, has_died: bool
) -> None:
    results = readers.read([Task(raw=GOOD), Task(raw=bad), *[Task(raw=GOOD)] * 8])
    assert [isinstance(result, ReadMail) for result in results] == [True, False, *[True] * 8]
    failure = results[1]
    assert isinstance(failure, Failure)
    assert error in failure.error
    assert failure.has_died is has_died


def test_workers_read_as_this_process_does(readers: ReaderProcesses) -> None:
    tasks = [Task(raw=GOOD), Task(raw=GOOD.replace(b"I sign", b"Why?"))]
    here = ReadersHere(House("connect@example.org", "+", Trust()))
    assert readers.read(tasks) == here.read(tasks)


def test_mails_larger_than_a_pipe_go_both_ways_without_waiting_for_each_other(readers: ReaderProcesses) -> None:
    """R7: small ones are handed on ahead, large ones when the worker has nothing else."""
    readers.seconds_max = 60
    large = GOOD + b"I think so, and so does my cousin.\r\n" * 20_000
    read = readers.read([Task(raw=raw) for raw in (GOOD, large, GOOD, GOOD, large, large, GOOD, large)])
    again = readers.read([Task(read=one) for one in read if isinstance(one, ReadMail)])
    assert [isinstance(one, Reading) for one in again] == [True] * 8


def test_a_closed_pool_leaves_no_process_behind(readers: ReaderProcesses) -> None:
    readers.read([Task(raw=GOOD)] * 3)
    pids = [worker.process.pid for worker in readers._workers]
    readers.close()
    assert pids
    assert not [pid for pid in pids if Path(f"/proc/{pid}").exists()]
