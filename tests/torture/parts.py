"""What torture consists of: parts, each of chunks that are done one after another and remembered."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from functools import cached_property
from multiprocessing import get_context
from pathlib import Path
from types import TracebackType
from typing import Any

from tests.acceptance.databases import CLUSTER
from tests.servers.dovecot import Account, Dovecot
from tests.servers.postgresql import Cluster
from tests.torture import fuzz, inbox, outbox
from tests.torture.failpoints import INBOX, SENDER

KILLS, CHUNK_KILLS, FAILS = 500, 50, 100
FUZZ, CHUNK_FUZZ, CORES = 1_000_000, 50_000, os.cpu_count() or 1
RACE = "tests/acceptance/test_intake_petition.py -k two_signers_at_the_threshold"
DATABASES = ("sqlite", "postgresql")


class Servers:
    """Dovecot and PostgreSQL, started when first needed; a folder for each chunk."""

    def __init__(self, memory: Path) -> None:
        self.memory, self._stack = memory.resolve(), ExitStack()

    def __enter__(self) -> Servers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    @cached_property
    def dovecot(self) -> Dovecot:
        server = Dovecot()
        self._stack.callback(server.stop)
        return server

    @cached_property
    def cluster(self) -> Cluster:
        server = Cluster()
        self._stack.callback(server.close)
        return server

    def account(self) -> Account:
        return self.dovecot.fresh_user()

    @contextmanager
    def place(self, database: str) -> Iterator[Path]:
        """Give a folder; databases that are made meanwhile are of that kind."""
        folder = Path(tempfile.mkdtemp(prefix="torture-"))
        if database == "postgresql":
            os.environ[CLUSTER] = self.cluster.url
        try:
            yield folder
        finally:
            os.environ.pop(CLUSTER, None)
            shutil.rmtree(folder, ignore_errors=True)


@dataclass(frozen=True)
class Chunk:
    """A piece of a part, done in a minute or two. name: how it is remembered."""

    name: str
    run: Callable[[Servers], dict[str, Any]]


def _kills(database: str) -> list[Chunk]:
    def inbox_chunk(seed: int) -> Chunk:
        def run(servers: Servers) -> dict[str, Any]:
            with servers.place(database) as folder:
                return inbox.random_kills(folder, servers.account(), CHUNK_KILLS, seed)

        return Chunk(f"inbox {database} {seed}", run)

    return [inbox_chunk(seed) for seed in range(KILLS // CHUNK_KILLS)]


def _sender_kills(database: str) -> list[Chunk]:
    def outbox_chunk(seed: int) -> Chunk:
        def run(servers: Servers) -> dict[str, Any]:
            with servers.place(database) as folder:
                return outbox.random_kills(folder, CHUNK_KILLS, seed)

        return Chunk(f"outbox {database} {seed}", run)

    return [outbox_chunk(seed) for seed in range(KILLS // CHUNK_KILLS)]


def _failpoints(database: str) -> list[Chunk]:
    def chunk(name: str) -> Chunk:
        def run(servers: Servers) -> dict[str, Any]:
            with servers.place(database) as folder:
                if name in INBOX:
                    return inbox.at_failpoint(folder, servers.account(), name, FAILS)
                return outbox.at_failpoint(folder, name, FAILS)

        return Chunk(f"fail point {database} {name}", run)

    return [chunk(name) for name in (*INBOX, *SENDER)]


def _as_test(name: str, figures: dict[str, int], test: str, database: str = "sqlite") -> Callable[[], list[Chunk]]:
    """A part that is a test of its own: with MAILFLOW_TORTURE it has its full counts."""

    def run(servers: Servers) -> dict[str, Any]:
        with servers.place(database):
            command = [sys.executable, "-m", "pytest", "-x", "-s", *test.split()]
            environment = os.environ | {"MAILFLOW_TORTURE": "1"}
            done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
            told = [line for line in done.stdout.splitlines() if "/s" in line or " a second" in line]
            if done.returncode == 0:
                return {**figures, "first": told[:2]}
            return {"failed": 1, "why": done.stdout[-1500:]}

    return lambda: [Chunk(name, run)]


def _fuzz() -> list[Chunk]:
    def chunk(number: int) -> Chunk:
        def run(_: Servers) -> dict[str, Any]:
            each = CHUNK_FUZZ // (CORES * 10)
            jobs = range(number * 1000, number * 1000 + CORES * 10)
            with ProcessPoolExecutor(CORES, mp_context=get_context("forkserver")) as pool:
                return added(list(pool.map(fuzz.read_mutated, jobs, [each] * len(jobs))))

        return Chunk(f"fuzz {number}", run)

    return [chunk(number) for number in range(FUZZ // CHUNK_FUZZ)]


def added(results: list[dict[str, Any]]) -> dict[str, Any]:
    """Add up the results of several processes."""
    total: dict[str, Any] = {"first": []}
    for result in results:
        for key, value in result.items():
            if key == "first":
                total["first"] = (total["first"] + value)[:2]
            else:
                is_most = key.startswith(("slowest", "peak"))
                total[key] = max(total.get(key, 0), value) if is_most else total.get(key, 0) + value
    return total


PARTS: dict[str, Callable[[], list[Chunk]]] = {
    **{f"inbox-{name}": lambda name=name: _kills(name) for name in DATABASES},  # type: ignore[misc]
    **{f"outbox-{name}": lambda name=name: _sender_kills(name) for name in DATABASES},  # type: ignore[misc]
    **{f"failpoints-{name}": lambda name=name: _failpoints(name) for name in DATABASES},  # type: ignore[misc]
    **{f"race-{name}": _as_test(f"race {name}", {"trials": 10_000}, RACE, name) for name in DATABASES},
    "petition": _as_test("petition", {"kills": 50}, "tests/servers/test_petition_dovecot.py"),
    "three-hosts": _as_test("three hosts", {"replies": 5_000, "mails": 20_000}, "tests/servers/test_three_hosts.py"),
    "lives": _as_test("lives", {"lives": 300}, "tests/acceptance/test_stateful.py"),
    "digests": _as_test("digests", {"mornings": 400}, "tests/acceptance/test_digest_kills.py"),
    "fuzz": _fuzz,
}
