"""An outbox with its settings and database, filled with mails to fictitious members, for tests of sending.

On SQLite, or on PostgreSQL as databases.py says.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import sqlalchemy as sa

from mailflow import config
from mailflow.domain.relay import Envelope, Mails, OnAnswer, RelayAnswer
from mailflow.gateways.relay import SmtpRelay
from mailflow.mail.key import encode_key
from mailflow.mail.skeleton import Rendered, Skeleton, marker
from mailflow.service.delivery import DeliveryReport, Relay, deliver_due
from mailflow.store import migrate, outbox
from mailflow.store.engine import Database, connect
from mailflow.store.tables import outbox as outbox_table
from tests.acceptance.databases import database_url

START = datetime(2013, 6, 24, 14, tzinfo=UTC)
DOMAIN = "example.org"


class FakeClock:
    """A clock that stands still until it is moved."""

    def __init__(self, at: datetime = START) -> None:
        self.at = at

    def __call__(self) -> datetime:
        return self.at

    def pass_(self, seconds: float) -> None:
        self.at += timedelta(seconds=seconds)


def settings_for(folder: Path, port: int = 25, relay: str = "connections = 1", url: str = "") -> config.Settings:
    """Read settings with a relay on this machine; relay: further lines of its table."""
    return config.parse(
        f"""
        [association]
        name = "Example Library Association"
        timezone = "America/Chicago"
        [mailbox]
        address = "connect@{DOMAIN}"
        [mailbox.imap]
        host = "localhost"
        username = "connect"
        password = "x"
        [relay]
        host = "127.0.0.1"
        port = {port}
        {relay}
        [database]
        url = "{url or "sqlite:///mailflow.db"}"
        [web]
        public_url = "https://connect.example.org"
        """,
        folder,
    )


def key_of(n: int) -> str:
    """A key that differs for each n."""
    return encode_key(n.to_bytes(16, "big"))


def skeleton() -> str:
    """A mail with a greeting and the key in it, frozen."""
    nonce = "n0nce"
    name, key = (marker(slot, "text", nonce) for slot in ("greeting", "key"))
    rendered = Rendered("News", f"{name}\n\nNews.\n\nReference: {key}\n", f"<p>{marker('greeting', 'html', nonce)}</p>")
    return Skeleton.read("notice", rendered, "=_b", nonce).to_json()


def mail_to(n: int, **changes: object) -> outbox.NewMail:
    """A mail to member n."""
    values: dict[str, object] = {
        "recipient": f"m{n}",
        "member_id": f"m{n}",
        "address": f"m{n}@{DOMAIN}",
        "name": f"Member {n}",
        "fields": {},
        "key": key_of(n),
        "link_key": key_of(10_000_000 + n),
        "unsubscribe_key": key_of(20_000_000 + n),
    }
    return outbox.NewMail(**(values | changes))  # type: ignore[arg-type]


@dataclass
class House:
    """settings, database and clock, and what is done with them."""

    db: Database
    settings: config.Settings
    clock: FakeClock = field(default_factory=FakeClock)

    def enqueue(
        self,
        mails: Iterable[outbox.NewMail],
        notice: str = "notice",
        object_id: str = "notice-1",
        version: str = "1",
        is_to_many: bool = True,
        text: str | None = None,
    ) -> int:
        """Queue mails as one mailing, and say how many were new."""
        texts = {"en": skeleton() if text is None else text}
        mailing = outbox.NewMailing(notice, object_id, version, "s", "a", texts, is_to_many)
        with self.db.write() as work:
            return outbox.enqueue(work, outbox.add_mailing(work, mailing, self.clock()), mails, self.clock())

    def deliver(
        self,
        open_relay: Callable[[], Relay] | None = None,
        stop: threading.Event | None = None,
        wait: Callable[[float], object] | None = None,
    ) -> DeliveryReport:
        """Deliver what is due, by default over the settings' relay."""
        opened = open_relay
        given = self.open_relay if opened is None else lambda _: opened()
        return deliver_due(self.db, self.settings, given, self.clock, stop, wait)

    def open_relay(self, connections: int) -> SmtpRelay:
        return SmtpRelay(self.settings.relay, connections=connections)  # type: ignore[arg-type]

    def counts(self) -> dict[str, int]:
        """How many rows are in each state, without the empty ones."""
        with self.db.read() as work:
            return {state: n for state, n in outbox.counts(work).items() if n}

    def rows(self) -> list[sa.Row[tuple[object, ...]]]:
        """All rows of the outbox, in the order they were queued."""
        with self.db.read() as work:
            return list(work.execute(sa.select(outbox_table).order_by(outbox_table.c.id)).all())


def open_house(folder: Path, port: int = 25, relay: str = "connections = 1") -> House:
    """Open a new database with all tables."""
    settings = settings_for(folder, port, relay, database_url(folder))
    db = connect(settings.database.url)
    migrate.upgrade(db)
    return House(db, settings)


class ScriptedRelay:
    """A relay that answers by a function of the mail; offered: the recipients, in order."""

    def __init__(self, answer: Callable[[Envelope], RelayAnswer] | None = None) -> None:
        self._answer = answer or (lambda _: RelayAnswer("accepted", 250, "ok"))
        self.offered: list[Envelope] = []

    def submit_batch(self, mails: Mails, on_answer: OnAnswer) -> None:
        for i in range(len(mails)):
            mail = mails[i]
            if isinstance(mail, Envelope):
                self.offered.append(mail)
                mail = self._answer(mail)
            if on_answer(i, mail):
                return

    def close(self) -> None:
        pass

    @property
    def recipients(self) -> list[str]:
        return [envelope.rcpt_to.partition("@")[0] for envelope in self.offered]
