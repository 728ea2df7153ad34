"""A private PostgreSQL cluster: made, started and stopped by its own pid; as root it runs as user postgres.

It listens on a unix socket in its folder alone. fsync and synchronous_commit stay on: mailflow refuses a database
without them (R12).
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.store import migrate
from mailflow.store.engine import connect
from tests.acceptance.databases import CLUSTER, TEMPLATE, execute

READY_WITHIN_S = 30
STALE_AFTER_S = 600
_NEEDED = "PostgreSQL is needed for these tests: apt-get install postgresql"
_PREFIX = "mailflow-pg-"
_SETTINGS = {
    "listen_addresses": "''",
    "shared_buffers": "16MB",
    "max_connections": "200",
    "autovacuum": "off",  # nothing here lives long enough
    "jit": "off",
    "dynamic_shared_memory_type": "mmap",  # in its folder, which is removed
}


class Cluster:
    """One cluster in a folder of its own. Raises RuntimeError naming the package when PostgreSQL is missing."""

    def __init__(self) -> None:
        self._bin = _programs()
        self._server: subprocess.Popen[bytes] | None = None
        _remove_stale()
        self.folder = Path(tempfile.mkdtemp(prefix=_PREFIX, dir=_fast_folder()))  # a socket's path is short
        if os.geteuid() == 0:
            shutil.chown(self.folder, "postgres", "postgres")
        options = ["-D", self._data, "-U", "mailflow", "-A", "trust", "--no-sync", "-E", "UTF8", "--locale=C"]
        subprocess.run([self._bin / "initdb", *options], stdout=subprocess.DEVNULL, check=True, **self._as_postgres())
        try:
            self.start()
            self._make_template()
        except BaseException:
            self.close()
            raise

    @property
    def _data(self) -> str:
        return str(self.folder / "data")

    @property
    def url(self) -> str:
        """The URL of the cluster's first database."""
        return f"postgresql+psycopg://mailflow@/postgres?host={self.folder}"

    @property
    def programs(self) -> Path:
        """Where pg_dump and its like are."""
        return self._bin

    @property
    def socket(self) -> Path:
        """The socket that it listens on."""
        return self.folder / ".s.PGSQL.5432"

    def start(self, **settings: str) -> None:
        """Start, or start again; settings: further ones, as postgresql.conf writes them."""
        options = {**_SETTINGS, "unix_socket_directories": f"'{self.folder}'", **settings}
        conf = self.folder / "data" / "postgresql.auto.conf"
        conf.write_text("".join(f"{name} = {value}\n" for name, value in options.items()))
        command = [self._bin / "postgres", "-D", self._data]
        with (self.folder / "log").open("ab") as log:
            self._server = subprocess.Popen(
                command, stdout=log, stderr=log, preexec_fn=_end_with_us, **self._as_postgres()
            )
        self._wait_until_ready()

    def _wait_until_ready(self) -> None:
        deadline = time.monotonic() + READY_WITHIN_S
        while True:
            try:
                execute(self.url, "SELECT 1")
                return
            except sa.exc.OperationalError:
                assert self._server is not None
                if self._server.poll() is not None or time.monotonic() > deadline:
                    raise RuntimeError((self.folder / "log").read_text()) from None
                time.sleep(0.02)

    def stop(self, *, is_crash: bool = True) -> None:
        """Stop it and wait until it is gone."""
        if self._server is not None:
            self._server.send_signal(signal.SIGQUIT if is_crash else signal.SIGINT)
            self._server.wait(timeout=30)
            self._server = None

    def restart(self) -> None:
        """Crash and start again (fault row 20)."""
        self.stop()
        self.start()

    def close(self) -> None:
        """Stop it and remove its folder."""
        self.stop()
        shutil.rmtree(self.folder, ignore_errors=True)

    def databases(self) -> list[str]:
        """The databases that tests made."""
        engine = sa.create_engine(self.url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return list(connection.scalars(sa.text("SELECT datname FROM pg_database WHERE datname LIKE 'test\\_%'")))

    def _make_template(self) -> None:
        execute(self.url, f"CREATE DATABASE {TEMPLATE}")
        db = connect(self.url.replace("/postgres?", f"/{TEMPLATE}?"))
        migrate.upgrade(db)
        db.close()

    def _as_postgres(self) -> dict[str, Any]:
        """Say in whose name and where its programs run: PostgreSQL refuses to be root."""
        if os.geteuid() != 0:
            return {"cwd": self.folder}
        entry = pwd.getpwnam("postgres")
        return {"cwd": self.folder, "user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def _end_with_us() -> None:
    ctypes.CDLL(None).prctl(1, signal.SIGQUIT)  # PR_SET_PDEATHSIG: a killed test run leaves no server behind


def _remove_stale() -> None:
    """Remove the folders that killed test runs left."""
    for folder in Path(_fast_folder()).glob(_PREFIX + "*"):
        with contextlib.suppress(OSError, ValueError, IndexError):
            pid_file = folder / "data" / "postmaster.pid"
            if pid_file.exists():
                is_stale = not Path(f"/proc/{abs(int(pid_file.read_text().split()[0]))}").exists()  # < 0 in initdb
            else:
                is_stale = time.time() - folder.stat().st_mtime > STALE_AFTER_S  # being made, or left behind
            if is_stale:
                shutil.rmtree(folder, ignore_errors=True)


def _fast_folder() -> str:
    """Give memory where there is room for some databases: what an fsync costs is not what is tested."""
    shm = Path("/dev/shm")
    return str(shm) if shm.is_dir() and shutil.disk_usage(shm).free > 2 * 1024**3 else "/tmp"


def _programs() -> Path:
    found = shutil.which("initdb")
    folders = [Path(found).resolve().parent] if found else []
    folders += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda p: float(p.parent.name), reverse=True)
    for folder in folders:
        if (folder / "initdb").exists() and (folder / "postgres").exists():
            return folder
    raise RuntimeError(_NEEDED)


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A cluster for this test process, so that a test may crash it."""
    server = Cluster()
    try:
        yield server
    finally:
        server.close()


@pytest.fixture
def on_postgresql(cluster: Cluster, monkeypatch: pytest.MonkeyPatch) -> Iterator[Cluster]:
    """Let this test's databases be made in the cluster; they are dropped afterwards."""
    monkeypatch.setenv(CLUSTER, cluster.url)
    yield cluster
    execute(cluster.url, *(f"DROP DATABASE {name} WITH (FORCE)" for name in cluster.databases()))
