"""The database: opened safely or not at all, one writer at a time on SQLite, one transaction a unit of work."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

import sqlalchemy as sa

from mailflow.errors import StoreAway, StoreError

log = logging.getLogger(__name__)

T = TypeVar("T")
PATIENCE_S = 300.0  # with a database that is away

Work = sa.Connection  # what repositories take: a connection inside a transaction


class Database:
    """One database. Every thread may use it; write() is one transaction, committed when the block ends well."""

    def __init__(self, engine: sa.Engine) -> None:
        self.engine = engine
        self.is_sqlite = engine.dialect.name == "sqlite"
        self.stopping = threading.Event()  # set when the program ends: nothing is tried again any more
        # readers of SQLite never wait; writers queue here instead of racing for the file's lock
        self._writer = threading.RLock()

    @contextmanager
    def write(self) -> Iterator[Work]:
        """Give a transaction that may write; any exception rolls all of it back (R3)."""
        if not self.is_sqlite:
            with _told(), self.engine.begin() as work:
                yield work
            return
        with _told(), self._writer, self.engine.connect() as work:
            work.exec_driver_sql("BEGIN IMMEDIATE")  # R11: read-then-write never meets 'database is locked'
            try:
                yield work
            except BaseException:
                if _is_under_way(work):
                    work.exec_driver_sql("ROLLBACK")
                raise
            if not _is_under_way(work):
                raise StoreAway("the database gave the transaction up: what was under way is undone")
            work.exec_driver_sql("COMMIT")

    @contextmanager
    def read(self) -> Iterator[Work]:
        """Give a consistent view; nothing that is done in it stays."""
        with _told(), self.engine.connect() as work:
            if self.is_sqlite:
                work.exec_driver_sql("BEGIN")
            try:
                yield work
            finally:
                if self.is_sqlite:
                    work.exec_driver_sql("ROLLBACK")
                else:
                    work.rollback()

    def redo(self, do: Callable[[Work], T], patience_s: float = PATIENCE_S) -> T:
        """Give what `do` gives in a transaction of its own; again while the database is away, even at COMMIT (R12).

        Whether a commit without an answer was done is not known: what `do` does must be keyed, so that a second time
        adds nothing. Raises StoreAway when patience_s are over or the program ends.
        """
        started_s = time.monotonic()
        pause_s = 0.05
        while True:
            try:
                with self.write() as work:
                    return do(work)
            except StoreAway as error:
                if time.monotonic() + pause_s - started_s > patience_s or self.stopping.is_set():
                    raise
                log.warning("%s; what was under way is done again", error)
            self.stopping.wait(pause_s)
            pause_s = min(2 * pause_s, 5.0)

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()


@contextmanager
def _told() -> Iterator[None]:
    """Say in our words that the database went away."""
    try:
        yield
    except sa.exc.DBAPIError as error:
        if not is_passing(error):
            raise
        raise StoreAway(f"the database is away: {_first_line(error)}") from error


_SQLITE_PASSING = {sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR}


def is_passing(error: BaseException) -> bool:
    """Tell whether it is the database's state that failed, and not what was asked of it: it may go well later."""
    if isinstance(error, StoreAway):
        return True
    if not isinstance(error, sa.exc.DBAPIError):
        return False
    if isinstance(error.orig, sqlite3.Error):
        return (getattr(error.orig, "sqlite_errorcode", 0) & 0xFF) in _SQLITE_PASSING
    # psycopg: connection lost, deadlock, shutdown, disk full, too many connections
    return error.connection_invalidated or isinstance(error, sa.exc.OperationalError)


def is_of_database(error: BaseException) -> bool:
    """Tell whether the database raised it: what it holds of the transaction can't be relied on any more."""
    return isinstance(error, StoreError | sa.exc.SQLAlchemyError)


@contextmanager
def savepoint(work: Work) -> Iterator[None]:
    """Undo only what was done inside when it raises. Raises StoreError when it can't be told from the rest any more."""
    if work.dialect.name != "sqlite":
        with work.begin_nested():
            yield
        return
    # the sqlite3 driver is in autocommit mode here (see _prepare_sqlite): savepoints are plain statements
    work.exec_driver_sql("SAVEPOINT mail")
    try:
        yield
    except BaseException as error:
        if not _is_under_way(work):
            raise StoreAway(f"the database gave the whole transaction up: {_first_line(error)}") from error
        work.exec_driver_sql("ROLLBACK TO mail")
        work.exec_driver_sql("RELEASE mail")
        raise
    try:
        work.exec_driver_sql("RELEASE mail")
    except Exception as error:  # whether it holds nobody knows: only undoing the whole transaction is safe (R3)
        raise StoreError("a savepoint could not be released") from error


def _is_under_way(work: Work) -> bool:
    """Tell whether SQLite still has our transaction: when the disk is full or fails it ends it by itself.

    What is executed then would stand by itself, each statement committed at once.
    """
    return bool(getattr(work.connection.driver_connection, "in_transaction", True))


def _first_line(error: BaseException) -> str:
    return (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]


SQLITE_PRAGMAS = (
    ("journal_mode", "wal"),
    ("synchronous", 2),  # FULL: a commit is on the disk when it returns (R10)
    ("foreign_keys", 1),
    ("busy_timeout", 30_000),
)


def connect(url: str) -> Database:
    """Open the database at `url` (sqlite:///PATH or postgresql+psycopg://…), and read back that it is safe.

    Raises StoreError when it can't be reached or would not keep what it says it kept (R10, R12).
    """
    try:
        engine = _sqlite(url) if url.startswith("sqlite") else _postgresql(url)
        with engine.connect() as work:
            problem = _unsafe_sqlite(work) if engine.dialect.name == "sqlite" else _unsafe_postgresql(work)
    except (sa.exc.SQLAlchemyError, ImportError) as error:
        shown = url if url.startswith("sqlite") else sa.make_url(url).render_as_string(hide_password=True)
        raise StoreError(f"database.url is {shown!r} and can't be opened: {_reason(error)}") from error
    if problem:
        raise StoreError(problem)
    return Database(engine)


_REMEDIES = (  # what a database says, and what would do
    ("file is not a database", "this is another file, or a damaged one: put the backup back, then `mailflow restore`"),
    ("malformed", "the file is damaged: put the backup back, then `mailflow restore`"),
    ("unable to open", "whoever runs mailflow must be allowed to write the file and its folder"),
    ("readonly", "whoever runs mailflow must be allowed to write the file and its folder"),
    ("refused", "is the server running, and is it this host and port?"),
    ("password", "check user and password in database.url"),
    ("does not exist", "create the database, or mend its name in database.url"),
    ("No module", "pip install 'mailflow[postgresql]'"),
)


def _reason(error: Exception) -> str:
    reason = _first_line(error)
    remedy = next((what for word, what in _REMEDIES if word in reason), "")
    return f"{reason}; {remedy}" if remedy else reason


# what a statement was given, addresses and whole mails, stays out of errors, and so out of the log (design rule 11)
_DISCREET = {"hide_parameters": True}


def _sqlite(url: str) -> sa.Engine:
    path = sa.make_url(url).database
    if path and path != ":memory:" and not Path(path).parent.is_dir():
        raise StoreError(f"database.url is {url!r}; the folder {str(Path(path).parent)!r} does not exist: create it")
    connect_args = {"timeout": 30, "check_same_thread": False}
    engine = sa.create_engine(url, connect_args=connect_args, **_DISCREET)

    @sa.event.listens_for(engine, "connect")
    def _prepare(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # transactions are ours, spelled out
        for name, value in SQLITE_PRAGMAS:
            connection.execute(f"PRAGMA {name}={value}")

    return engine


# a host that is cut off notices within half a minute; given in milliseconds where libpq wants them
_NOTICES = {
    "connect_timeout": 10,
    "keepalives_idle": 10,
    "keepalives_interval": 5,
    "keepalives_count": 3,
    "tcp_user_timeout": 25_000,
    # the server's end too: a host that is cut off in a transaction must not keep its locks from the others
    "options": " ".join(
        f"-c {setting}"
        for setting in (
            "tcp_keepalives_idle=10",
            "tcp_keepalives_interval=5",
            "tcp_keepalives_count=3",
            "tcp_user_timeout=25000",
            "idle_in_transaction_session_timeout=60000",
        )
    ),
}


def _postgresql(url: str) -> sa.Engine:
    return sa.create_engine(url, pool_pre_ping=True, pool_size=10, connect_args=_NOTICES, **_DISCREET)


def _unsafe_sqlite(work: Work) -> str:
    for name, wanted in SQLITE_PRAGMAS:
        found = work.exec_driver_sql(f"PRAGMA {name}").scalar()
        if str(found).lower() != str(wanted):
            return f"SQLite says {name} is {found!r}, not {wanted!r}: a commit would not be safe; use a local disk"
    return ""


def _unsafe_postgresql(work: Work) -> str:
    for name in ("fsync", "synchronous_commit"):
        if work.exec_driver_sql(f"SHOW {name}").scalar() == "off":
            return f"PostgreSQL has {name} = off: a commit would not be safe; set it to on"
    return ""
