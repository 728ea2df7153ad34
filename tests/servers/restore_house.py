"""An association whose database is backed up, lost and put back: on SQLite and on PostgreSQL."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from abc import ABC, abstractmethod
from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from mailflow import config
from mailflow.app import open_office
from mailflow.service.launches import add_notice, send_notice
from mailflow.service.petitions import open_petition
from mailflow.service.proposals import add_proposal
from mailflow.service.roster import import_members
from mailflow.store.engine import connect
from tests.acceptance.databases import database_url, execute
from tests.acceptance.way_in import LIAISON, OPENED, ORGANIZER, PETITION, PROPOSAL, TITLE, parsed, roster_of
from tests.servers.petition_house import House

MEMBERS = 200
NOTICE = """+++
subject = "The reading room moves"
audience = "members"
contact = "help"
+++
It moves to the second floor.
"""
CONTACT = '[contacts.help]\nname = "Pam Sample"\nemail = "help@staff.example.org"\n'


class Store(ABC):
    """A database that can be backed up as docs/operators.md says, lost, and put back."""

    url: str

    @abstractmethod
    def back_up(self) -> None: ...
    @abstractmethod
    def lose(self) -> None: ...
    @abstractmethod
    def put_back(self) -> None: ...


class SqliteStore(Store):
    def __init__(self, folder: Path) -> None:
        self._path, self._backup = folder / "mailflow.db", folder / "backup.db"
        self.url = f"sqlite:///{self._path}"

    def back_up(self) -> None:
        db = sqlite3.connect(self._path)
        db.execute("VACUUM INTO ?", [str(self._backup)])
        db.close()

    def lose(self) -> None:
        for path in self._path.parent.glob("mailflow.db*"):
            path.unlink()

    def put_back(self) -> None:
        shutil.copy(self._backup, self._path)


class PostgresqlStore(Store):
    def __init__(self, folder: Path, programs: Path) -> None:
        self.url = database_url(folder)
        self._where, self._programs = sa.make_url(self.url), programs
        self._backup = folder / "backup.dump"

    def _run(self, program: str, *words: str) -> None:
        host, name = str(self._where.query["host"]), str(self._where.database)
        subprocess.run([self._programs / program, "-h", host, "-U", "mailflow", "-d", name, *words], check=True)

    def back_up(self) -> None:
        self._run("pg_dump", "-Fc", "-f", str(self._backup))

    def lose(self) -> None:
        cluster = os.environ["MAILFLOW_TEST_POSTGRESQL"]
        execute(cluster, f"DROP DATABASE {self._where.database} WITH (FORCE)")
        execute(cluster, f"CREATE DATABASE {self._where.database}")

    def put_back(self) -> None:
        self._run("pg_restore", str(self._backup))


@dataclass
class RestoreHouse(House):
    """A House over any database. The clock goes on by ten minutes at each command that has one."""

    store: Store | None = None

    def __post_init__(self) -> None:
        super().__post_init__()
        path = self.folder / "config.toml"
        assert self.store is not None
        path.write_text(path.read_text() + CONTACT + f'[database]\nurl = "{self.store.url}"\n')

    def open(self) -> None:
        """`init`, 200 members, a petition that they are asked to sign."""
        subprocess.run(self.command("init"), check=True, capture_output=True)
        settings = config.load(self.folder / "config.toml")
        db = connect(settings.database.url)
        (self.folder / "roster.csv").write_text(roster_of(MEMBERS))
        import_members(db, self.folder / "roster.csv", OPENED - timedelta(days=30))
        office = open_office(db, settings)
        add_proposal(office, PROPOSAL.format(title=TITLE, liaison=LIAISON, organizer=ORGANIZER, more=""), OPENED)
        open_petition(office, PETITION, OPENED)
        db.close()

    def owe_notice(self) -> None:
        """Queue a notice to all members."""
        settings = config.load(self.folder / "config.toml")
        db = connect(settings.database.url)
        office = open_office(db, settings)
        send_notice(office, add_notice(office, NOTICE, self.at), self.at)
        db.close()

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        assert self.store is not None
        engine = sa.create_engine(self.store.url, poolclass=sa.NullPool)
        with engine.connect() as connection:
            return [tuple(row) for row in connection.execute(sa.text(sql))]

    def mailflow(self, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(self.command(*words), capture_output=True, text=True, check=False)

    def restore(self, *words: str) -> subprocess.CompletedProcess[str]:
        self.at += timedelta(minutes=10)
        return self.mailflow("restore", "--now", self.at.isoformat(), "--json", *words)

    def sent(self) -> Counter[tuple[str, str]]:
        """What each recipient got, by subject."""
        return Counter((mail.rcpt_tos[0], str(parsed(mail.raw)["Subject"])) for mail in self.sink.messages)
