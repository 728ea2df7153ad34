"""Who reads the bytes: this process, or workers of our own, so that one bad mail costs one worker and nothing else.

A worker is spawned, speaks over a pipe, may use so much memory and so much time for a mail, and answers for each mail,
so that only the one in hand is charged when it dies (R6, R7).
"""

from __future__ import annotations

import contextlib
import logging
import multiprocessing
import os
import pickle
import resource
import time
import traceback
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from typing import Any, Protocol

from mailflow.config import Settings
from mailflow.domain.reading import Context
from mailflow.mail.message import SentText
from mailflow.mail.proof import Trust
from mailflow.mail.reader import Reading, ReadMail, read_mail, read_reply, with_proof

log = logging.getLogger(__name__)

SECONDS_MAX = 20.0  # for one mail
MEMORY_MAX_BYTES = 512 * 1024 * 1024
AHEAD_MAX, AHEAD_MAX_BYTES = 8, 96 * 1024  # handed to a worker at once: what surely fits into its pipe
IDLE_READERS_END_S = 1.0
START_S_MAX = 60.0  # importing what reading needs, on a machine that does something else


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail that could not be read: the traceback, or how its reader ended. has_died: it took the reader with it."""

    error: str
    has_died: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One mail to be read: its bytes, or what reading them gave together with the mail that is answered.

    raw, records, arrived_at: with what was read already, the key records to check its signatures with.
    """

    raw: bytes = b""
    read: ReadMail | None = None
    sent: SentText | None = None
    context: Context = Context.NONE
    records: Mapping[str, str] | None = None
    arrived_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class House:
    """What reading needs to know of the house: its address, and whose stamps are believed."""

    address: str
    delimiter: str
    trust: Trust

    @classmethod
    def of(cls, settings: Settings) -> House:
        """Take it from the settings."""
        trust = settings.trust
        believed = Trust(trust.authserv_id, trust.profile, trust.arc_sealers)
        return cls(settings.mailbox.address, settings.mailbox.delimiter, believed)

    def read(self, task: Task) -> ReadMail | Reading | Failure:
        """Read one mail, or say why it can't be; never raises."""
        try:
            if task.read is not None:
                return read_reply(self._proved(task, task.read), task.sent, task.context)
            own = frozenset({self.address.casefold()})
            return read_mail(task.raw, address=self.address, delimiter=self.delimiter, own=own, trust=self.trust)
        except Exception:  # the reader never raises by design; if it does, this mail waits and the next is read (R5)
            return Failure(traceback.format_exc())

    def _proved(self, task: Task, read: ReadMail) -> ReadMail:
        if not task.records or task.arrived_at is None:
            return read
        return with_proof(read, task.raw, task.records, task.arrived_at, self.address, self.delimiter, self.trust)


class Readers(Protocol):
    """Reads mails, in order: a result or a Failure for each."""

    def read(self, tasks: Sequence[Task]) -> list[ReadMail | Reading | Failure]: ...
    def close(self) -> None: ...


@dataclass(frozen=True)
class ReadersHere:
    """Reads in this process: for commands that look at a few mails, and for tests."""

    house: House

    def read(self, tasks: Sequence[Task]) -> list[ReadMail | Reading | Failure]:
        """Read the mails one after the other."""
        return [self.house.read(task) for task in tasks]

    def close(self) -> None:
        """Nothing to let go of."""


@dataclass
class _Worker:
    """A process with the mails that were handed to it, the one it reads now first; since_s: when it began with that."""

    process: BaseProcess
    pipe: Connection
    in_hand: deque[tuple[int, int]] = field(default_factory=deque)  # number and octets
    since_s: float = 0.0

    def takes(self, octets: int) -> bool:
        """Tell whether one more may be handed on: writing to a pipe that is full would wait for ever."""
        ahead = sum(each for _, each in self.in_hand)
        return not self.in_hand or (len(self.in_hand) < AHEAD_MAX and ahead + octets <= AHEAD_MAX_BYTES)


class _Left:
    """The tasks that nobody has in hand; the first is packed once, however often it is offered."""

    def __init__(self, tasks: Sequence[Task]) -> None:
        self._tasks, self.ns = tasks, deque(range(len(tasks)))
        self._packed: tuple[int, bytes] = (-1, b"")

    def packed(self) -> bytes:
        n = self.ns[0]
        if self._packed[0] != n:
            self._packed = n, pickle.dumps(self._tasks[n], pickle.HIGHEST_PROTOCOL)
        return self._packed[1]

    def take(self) -> int:
        return self.ns.popleft()

    def give_back(self, ns: Iterable[int]) -> None:
        self.ns.extendleft(sorted(ns, reverse=True))


@dataclass
class ReaderProcesses:
    """Reads in worker processes, one a core; they are started when first needed. Used by one thread at a time."""

    house: House
    count: int = field(default_factory=lambda: os.cpu_count() or 1)
    seconds_max: float = SECONDS_MAX
    memory_max_bytes: int = MEMORY_MAX_BYTES
    _workers: list[_Worker] = field(default_factory=list)

    def read(self, tasks: Sequence[Task]) -> list[ReadMail | Reading | Failure]:
        """Hand the mails to the workers, each a few ahead, so that none waits for this process to find time for it."""
        results: list[ReadMail | Reading | Failure | None] = [None] * len(tasks)
        left = _Left(tasks)
        while left.ns or any(worker.in_hand for worker in self._workers):
            self._staff(min(self.count, len(tasks)))
            for worker in self._workers:
                while left.ns and worker.takes(len(left.packed())):
                    self._hand(worker, left)
            for n, result in self._collect(left):
                results[n] = result
        return [result if result is not None else Failure("nothing came back") for result in results]

    def close(self) -> None:
        """End the workers."""
        for worker in self._workers:
            self._dismiss(worker)
        self._workers = []

    def _staff(self, wanted: int) -> None:
        context = multiprocessing.get_context("spawn")  # never a copy of our threads, locks and connections
        fresh = []
        while len(self._workers) < wanted:
            ours, theirs = context.Pipe()
            process = context.Process(target=_work, args=(theirs, self.house, self.memory_max_bytes), daemon=True)
            process.start()
            theirs.close()
            fresh.append(_Worker(process, ours))
            self._workers.append(fresh[-1])
        for worker in fresh:
            self._await(worker)

    def _await(self, worker: _Worker) -> None:
        """Wait until a worker has imported what it needs: on a busy machine that is not its first mail's fault."""
        with contextlib.suppress(EOFError, OSError):  # one that ended already is seen when its pipe is looked at
            if worker.pipe.poll(START_S_MAX):
                worker.pipe.recv()
            else:
                worker.process.kill()

    def _hand(self, worker: _Worker, left: _Left) -> None:
        packed = left.packed()
        if not worker.in_hand:
            worker.since_s = time.monotonic()
        worker.in_hand.append((left.take(), len(packed)))
        try:
            worker.pipe.send_bytes(packed)
        except (OSError, ValueError):
            return  # it died before it took the mail: seen when its pipe is looked at

    def _collect(self, left: _Left) -> list[tuple[int, ReadMail | Reading | Failure]]:
        busy = {worker.pipe: worker for worker in self._workers if worker.in_hand}
        done: list[tuple[int, Any]] = []
        oldest_s = min((worker.since_s for worker in busy.values()), default=time.monotonic())
        for pipe in wait(list(busy), max(0.0, oldest_s + self.seconds_max - time.monotonic())):
            worker = busy.pop(pipe)  # type: ignore[call-overload]
            n = self._taken(worker)
            done.append((n, self._received(worker, left)))
        for worker in busy.values():
            if time.monotonic() - worker.since_s >= self.seconds_max:
                done.append((self._taken(worker), Failure(f"not read within {self.seconds_max:g} s", has_died=True)))
                self._lose(worker, left)
        return done

    def _taken(self, worker: _Worker) -> int:
        worker.since_s = time.monotonic()  # with the next one it begins now
        return worker.in_hand.popleft()[0]

    def _received(self, worker: _Worker, left: _Left) -> Any:
        try:
            return worker.pipe.recv()
        except (EOFError, OSError):
            worker.process.join(IDLE_READERS_END_S)
            code = worker.process.exitcode
            self._lose(worker, left)
            return Failure(f"its reader ended (exit code {code})", has_died=True)

    def _lose(self, worker: _Worker, left: _Left) -> None:
        left.give_back([n for n, _ in worker.in_hand])  # only the mail that it was reading is charged (R6)
        self._dismiss(worker)
        self._workers.remove(worker)

    def _dismiss(self, worker: _Worker) -> None:
        worker.pipe.close()
        worker.process.kill()
        worker.process.join(IDLE_READERS_END_S)


def _work(pipe: Connection, house: House, memory_max_bytes: int) -> None:
    """Read mails until the pipe closes; runs in the worker."""
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's: it finishes the batch first
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_AS, (memory_max_bytes, memory_max_bytes))
    pipe.send(None)  # ready
    while True:
        try:
            task = pipe.recv()
        except (EOFError, OSError):
            return
        result = house.read(task)
        try:
            pipe.send(result)
        except OSError:
            return
        except Exception:  # what can't be pickled is the mail's failure, not the worker's
            pipe.send(Failure(traceback.format_exc()))
