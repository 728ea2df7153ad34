"""The stage of the demo: a folder, the world's mail servers, the program at work over them, and its pages on a port."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from types import TracebackType

from mailflow.app import App, open_office
from mailflow.config import load
from mailflow.demo.cast import Cast, Person, write_roster
from mailflow.demo.clock import StoryClock
from mailflow.demo.smtp_server import Accepted, free_port
from mailflow.demo.story.documents import CONFIG, settings, write_documents
from mailflow.demo.world import World
from mailflow.service.pages import OfficePages
from mailflow.service.roster import import_members, import_units
from mailflow.service.schedule import run_due
from mailflow.store import migrate, outbox_lookup
from mailflow.store.engine import Database, connect
from mailflow.web.app import create_app
from mailflow.web.server import open_listener, serve_on


@dataclass(frozen=True, slots=True)
class Came:
    """A mail that reached the association's mailbox. at: its INTERNALDATE; way: how it came about."""

    at: datetime
    way: str
    raw: bytes


@dataclass(frozen=True, slots=True)
class Left:
    """A mail that the relay took. at: when by the story's clock; notice: which of our mails it is."""

    at: datetime
    notice: str
    mail: Accepted


class Stage:
    """`with Stage(folder, cast, start) as stage:` sets everything up, and takes it down again but for the folder."""

    def __init__(self, folder: Path, cast: Cast, start: datetime) -> None:
        self.folder, self.cast = folder, cast
        self.clock = StoryClock(start)
        self.world = World(now=self.clock)
        self.came: list[Came] = []
        self.left: list[Left] = []
        self._by_key: dict[str, bytes] = {}
        self._seen = self._read = 0
        self._ends = ExitStack()

    def __enter__(self) -> Stage:
        with ExitStack() as ends:
            ends.enter_context(self.world)
            self._write_files()
            self.db = self._open_database()
            ends.callback(self.db.close)
            self.office = open_office(self.db, load(self.folder / CONFIG))
            self.app = App(self.office, self.clock)
            ends.callback(self._serve_pages())
            self._ends = ends.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._ends.close()

    @property
    def public_url(self) -> str:
        """Where the pages are."""
        return self.office.settings.web.public_url

    # --- what happens on it -----------------------------------------------------------------------------------------
    def arrive(self, raw: bytes, at: datetime, way: str) -> None:
        """Let a mail reach the association's mailbox."""
        self.world.arrive(raw, at)
        self.came.append(Came(at, way, raw))

    def run(self, at: datetime) -> list[Left]:
        """Put the clock to an instant, and let the program read, do and deliver what is due; gives what left."""
        self.clock.move_to(at)
        if self._read != len(self.came) or not self.left:  # nothing new: what a look would find is known
            self._read = len(self.came)
            self.app.read_once()
        run_due(self.office, self.clock())
        return self.deliver()

    def deliver(self) -> list[Left]:
        """Let the program deliver what is due now; gives what left."""
        self.app.deliver()
        outgoing = self.world.outgoing
        new, self._seen = outgoing[self._seen :], len(outgoing)
        keys = {_key_of(mail): mail for mail in new}
        with self.db.read() as work:
            facts = outbox_lookup.key_facts(work, keys)
        left = [Left(self.clock(), facts[key].notice if key in facts else "", mail) for key, mail in keys.items()]
        self._by_key |= {key: mail.raw for key, mail in keys.items()}
        self.left += left
        return left

    def sent_to(self, reader: Person, notice: str) -> bytes:
        """Give the newest mail of a notice that a reader received, with the envelope sender as Return-Path.

        Raises LookupError when none did.
        """
        with self.db.read() as work:
            key = outbox_lookup.newest_key(work, notice, reader.member_id, reader.address)
        if not key:
            raise LookupError(f"{reader.name} received no {notice}")
        return self._by_key[key]

    # --- behind it --------------------------------------------------------------------------------------------------
    def _write_files(self) -> None:
        text = settings(
            address=self.world.address, username=self.world.username, password=self.world.password,
            imap_port=self.world.imap_port, smtp_port=self.world.smtp_port, web_port=free_port(),
        )  # fmt: skip
        (self.folder / CONFIG).write_text(text, encoding="utf-8")
        write_documents(self.folder)
        self._roster, self._units = write_roster(self.cast, self.folder)

    def _open_database(self) -> Database:
        db = connect(load(self.folder / CONFIG).database.url)
        try:
            migrate.upgrade(db)
            import_units(db, self._units, self.clock())
            import_members(db, self._roster, self.clock())
        except BaseException:
            db.close()
            raise
        return db

    def _serve_pages(self) -> Callable[[], None]:
        """Serve the pages from a thread; gives what ends it. The port is bound when this returns."""
        stop = threading.Event()
        listener = open_listener(self.office.settings.web.listen)
        app = create_app(OfficePages(self.office, self.clock), self.office.settings.association.templates)
        thread = threading.Thread(target=serve_on, args=(listener, app, stop), name="web")
        thread.start()

        def end() -> None:
            stop.set()
            thread.join()
            listener.close()

        return end


def _key_of(mail: Accepted) -> str:
    """Give the reply key of a mail of ours: the tag of its envelope sender (contract)."""
    return mail.mail_from.partition("@")[0].rpartition("+")[2]
