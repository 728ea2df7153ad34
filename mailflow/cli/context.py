"""What a command has at hand: settings, database and clock, each made when it is first asked for."""

from __future__ import annotations

import time
from datetime import UTC, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from mailflow.errors import StoreError

if TYPE_CHECKING:
    from mailflow.config import Settings
    from mailflow.store.engine import Database

CONFIG_VARIABLE = "MAILFLOW_CONFIG"


class Clock:
    """The time of day, or one that starts at `start` and runs on (contract: --now T)."""

    def __init__(self, start: datetime | None = None) -> None:
        self._start, self._started_s = start, time.monotonic()

    def __call__(self) -> datetime:
        """Give the present instant, aware UTC."""
        if self._start is None:
            return datetime.now(UTC)
        return self._start.astimezone(UTC) + timedelta(seconds=time.monotonic() - self._started_s)


class Context:
    """The click context's obj. config: the file; `settings` and `db` raise ConfigError and StoreError."""

    def __init__(self, config: Path, clock: Clock | None = None) -> None:
        self.config = config
        self.clock = clock or Clock()

    def now(self) -> datetime:
        """Give the present instant, aware UTC."""
        return self.clock()

    @property
    def zone(self) -> str:
        """The association's time zone."""
        return self.settings.association.timezone

    @cached_property
    def settings(self) -> Settings:
        """The checked configuration."""
        from mailflow.config import load

        return load(self.config)

    @cached_property
    def db(self) -> Database:
        """The database, opened safely and of this program's version; closed when the command ends."""
        from mailflow.store import mark, migrate
        from mailflow.store.engine import connect

        url = self.settings.database.url
        db = connect(url)
        try:
            try:
                migrate.check(db)
            except StoreError:
                mark.refuse_empty(db, url, self.settings.folder)
                raise
        except BaseException:
            db.close()
            raise
        return db

    def close(self) -> None:
        """Let go of the database if it was opened."""
        db: Database | None = self.__dict__.pop("db", None)
        if db is not None:
            db.close()
