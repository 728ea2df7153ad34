"""The association that is measured: members, an open petition, an invitation each, on SQLite or PostgreSQL."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import sqlalchemy as sa

from mailflow import config
from mailflow.app import open_office
from mailflow.demo.mta import AUTHSERV_ID
from mailflow.domain.relay import Envelope
from mailflow.service.composing import compose_mail
from mailflow.service.petitions import open_petition
from mailflow.service.proposals import add_proposal
from mailflow.service.roster import import_members
from mailflow.store import migrate, outbox
from mailflow.store import tables as t
from mailflow.store.engine import connect
from tests.acceptance.way_in import LIAISON, OPENED, ORGANIZER, PETITION, PROPOSAL, TITLE, roster_of

__all__ = ["NOW", "OPENED", "PETITION", "World"]

NOW = OPENED + timedelta(days=1)
_COMPOSED_AT_ONCE = 500
_CONFIG = """
[association]
name = "Example Library Association"
timezone = "America/Chicago"
[mailbox]
address = "connect@lists.example.org"
owner = "owner@staff.example.org"
[mailbox.imap]
host = "127.0.0.1"
port = {imap_port}
security = "none"
username = "{user}"
password = "{password}"
done_folder = "Done"
[relay]
host = "127.0.0.1"
port = {relay_port}
security = "none"
[web]
public_url = "https://petitions.example.org"
[database]
url = "{url}"
[trust]
authserv_id = "{authserv_id}"
[kinds.mig]
title = "Membership Initiative Group"
act = "I ask that this group be formed."
threshold = 100
audience = "members"
[contacts.help]
name = "Pam Sample"
email = "help@staff.example.org"
"""
_STATEMENT = """
Members of our association come from many backgrounds and work in many kinds of libraries. A group in which they learn
from each other, share what works in their collections and programs, and look after those who are new to the profession
would serve all of us. It asks for no money in its first year and meets online, in the evening, once a month.
"""


class World:
    """A master database, copied for every round. cluster: a PostgreSQL cluster's URL, "" for SQLite."""

    def __init__(self, folder: Path, members: int, cluster: str = "") -> None:
        self.folder, self.members, self._cluster = folder, members, cluster
        self._serial = 0
        folder.mkdir()
        self._master = f"bench_{'pg' if cluster else 'sqlite'}_{members}"
        url = self._new_database("template0")
        self._write_config(folder, url)
        settings = config.load(folder / "config.toml")
        self._db = connect(url)
        migrate.upgrade(self._db)
        self._office = open_office(self._db, settings)
        (folder / "roster.csv").write_text(roster_of(members), "utf-8")
        import_members(self._db, folder / "roster.csv", OPENED - timedelta(days=30))
        document = PROPOSAL.format(title=TITLE, liaison=LIAISON, organizer=ORGANIZER, more="") + _STATEMENT
        add_proposal(self._office, document, OPENED)
        open_petition(self._office, PETITION, OPENED)

    def envelopes(self) -> Iterator[Envelope]:
        """Give every invitation as it leaves, in the members' order."""
        with self._db.read() as work:
            mailings = outbox.mailings(work, set(work.scalars(sa.select(t.mailing.c.id))))
        columns = [t.outbox.c[name] for name in outbox.ClaimedMail.__dataclass_fields__]
        wanted = sa.select(*columns).where(t.outbox.c.notice == "petition_invitation").order_by(t.outbox.c.id)
        last = 0
        while True:
            with self._db.read() as work:
                rows = work.execute(wanted.where(t.outbox.c.id > last).limit(_COMPOSED_AT_ONCE)).all()
            if not rows:
                return
            for row in rows:
                mail = outbox.ClaimedMail(**row._mapping)
                yield compose_mail(mailings[mail.mailing_id], mail, self._office.settings)
            last = rows[-1].id

    def all_sent(self) -> None:
        """Let every mail have been accepted: the world in which replies come."""
        with self._db.write() as work:
            work.execute(t.outbox.update().values(state="accepted", code=250, settled_at=OPENED))

    def copy(self, relay_port: int = 25, imap_port: int = 143, user: str = "connect", password: str = "x") -> Path:
        """Give a folder with config.toml and a database of its own."""
        self._db.close()
        self._serial += 1
        folder = self.folder / f"round{self._serial}"
        folder.mkdir()
        url = self._new_database(self._master, folder)
        self._write_config(folder, url, relay_port, imap_port, user, password)
        return folder

    def _new_database(self, template: str, folder: Path | None = None) -> str:
        if not self._cluster:
            path = (folder or self.folder) / "mailflow.db"
            if folder is not None:
                with self._db.engine.connect() as work:
                    work.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
                self._db.close()
                shutil.copy(self.folder / "mailflow.db", path)
            return f"sqlite:///{path}"
        name = self._master if folder is None else f"{self._master}_{self._serial}"
        execute(self._cluster, f"CREATE DATABASE {name} TEMPLATE {template}")
        return sa.make_url(self._cluster).set(database=name).render_as_string(hide_password=False)

    def drop(self, folder: Path) -> None:
        """Remove a copy."""
        if self._cluster:
            execute(self._cluster, f"DROP DATABASE IF EXISTS {self._master}_{folder.name.removeprefix('round')}")
        shutil.rmtree(folder)

    def _write_config(
        self,
        folder: Path,
        url: str,
        relay_port: int = 25,
        imap_port: int = 143,
        user: str = "connect",
        password: str = "x",
    ) -> None:
        values = {"relay_port": relay_port, "imap_port": imap_port, "user": user, "password": password}
        text = _CONFIG.format(**values, url=url, authserv_id=AUTHSERV_ID)
        (folder / "config.toml").write_text(text, "utf-8")
        (folder / "config.toml").chmod(0o600)


def execute(cluster: str, statement: str) -> None:
    """Run a statement that no transaction may hold."""
    engine = sa.create_engine(cluster, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        connection.exec_driver_sql(statement)


def counts(folder: Path, table: sa.Table, column: str = "state") -> dict[str, int]:
    """Count the rows of a copy's table by a column, to see that what was measured was right."""
    db = connect(config.load(folder / "config.toml").database.url)
    with db.read() as work:
        query = sa.select(table.c[column], sa.func.count()).group_by(table.c[column])
        found = {str(row[0]): int(row[1]) for row in work.execute(query)}
    db.close()
    return found
