"""Who does what only one may do at a time: the host or process that holds the lease of that name.

PostgreSQL: an advisory lock on a connection of its own, which ends with the connection; the server finds out within
half a minute when the holder's host is cut off. SQLite: a locked file beside the database, which ends with the
process. No clock is involved. The lease saves work; that nothing happens twice rests on the database alone.
"""

from __future__ import annotations

import contextlib
import fcntl
import logging
import os
import threading
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

import sqlalchemy as sa

from mailflow.store.engine import Database

log = logging.getLogger(__name__)

RETRY_S = 1.0


class Lease:
    """One name in one database. Used by one thread at a time."""

    def __init__(self, db: Database, name: str) -> None:
        self.name = name
        self._db = db
        self._number = int.from_bytes(sha256(f"mailflow.{name}".encode()).digest()[:8], "big", signed=True)
        self._connection: sa.Connection | None = None
        self._descriptor: int | None = None

    def take(self) -> bool:
        """Take the lease, or look whether it is still ours; False when another holds it or the database is away."""
        try:
            return self._take_file() if self._db.is_sqlite else self._take_lock()
        except OSError as error:
            log.error("the lease %r can't be taken: %s", self.name, error)
            return False

    def release(self) -> None:
        """Let another have it."""
        if self._descriptor is not None:
            os.close(self._descriptor)
            self._descriptor = None
        if self._connection is not None:
            with contextlib.suppress(sa.exc.SQLAlchemyError):
                self._connection.invalidate()  # closed and not pooled: the lock ends with it
                self._connection.close()
            self._connection = None

    @contextlib.contextmanager
    def held(self, stop: threading.Event, wait_s: float) -> Iterator[bool]:
        """Hold the lease while the block runs, having waited for it so long; False: another holds it still."""
        waited_s = 0.0
        try:
            while not (is_ours := self.take()) and waited_s < wait_s and not stop.is_set():
                stop.wait(RETRY_S / 4)
                waited_s += RETRY_S / 4
            yield is_ours
        finally:
            self.release()

    def _take_file(self) -> bool:
        if self._descriptor is not None:
            return True
        path = Path(str(self._db.engine.url.database)).with_suffix(f".{self.name}.lock")
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            os.close(descriptor)
            return False
        self._descriptor = descriptor
        return True

    def _take_lock(self) -> bool:
        try:
            if self._connection is not None:
                self._connection.exec_driver_sql("SELECT 1")
                return True
            connection = self._db.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
            self._connection = connection
            query = sa.text("SELECT pg_try_advisory_lock(:number)")
            if connection.execute(query, {"number": self._number}).scalar():
                return True
        except sa.exc.DBAPIError:
            pass  # lost with its connection: it is taken anew as soon as the database answers
        self.release()
        return False
