"""An office whose petition is open and whose members were invited, and mail that comes in; no network, no server.

Mail goes straight into the service's way in and out to a scripted relay, so that a test says what arrived and when, and
sees what is in the database and what would have left.
"""

from __future__ import annotations

import email
import email.policy
import itertools
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from mailflow import config
from mailflow.app import open_office
from mailflow.demo.mta import AUTHSERV_ID, Dmarc, stamp
from mailflow.domain.arrival import Arrival
from mailflow.domain.relay import Envelope
from mailflow.service import intake
from mailflow.service.delivery import deliver_due
from mailflow.service.office import Office
from mailflow.service.petitions import list_signatures, open_petition, show_petition
from mailflow.service.proposals import add_proposal, open_proposal
from mailflow.service.roster import import_members
from mailflow.store import migrate
from mailflow.store import tables as t
from mailflow.store.engine import Database, connect
from tests.acceptance.databases import database_url
from tests.acceptance.outbox_house import FakeClock, ScriptedRelay

URL_FILE = "database.url"  # where another process finds the database of this folder
OPENED = datetime(2013, 6, 24, 14, tzinfo=UTC)
CLOSES = datetime(2013, 7, 21, 21, 30, tzinfo=UTC)  # 4:30 p.m. in Chicago
ADDRESS = "connect@lists.example.org"
PETITION = "mig-1"
TITLE = "Diversity Member Initiative Group"
ORGANIZER, LIAISON, OWNER = "alex@rivera.example.org", "mhw@staff.example.org", "owner@staff.example.org"
CONFIG = """
[association]
name = "Example Library Association"
timezone = "America/Chicago"
[mailbox]
address = "{address}"
owner = "{owner}"
sub_addressing = {sub_addressing}
[mailbox.imap]
host = "localhost"
username = "connect"
password = "x"
[relay]
host = "localhost"
connections = 1
[web]
public_url = "https://petitions.example.org"
[trust]
{trust}
[kinds.mig]
title = "Membership Initiative Group"
act = "I ask that this group be formed."
threshold = {threshold}
audience = "members"
[contacts.help]
name = "Pam Sample"
email = "help@staff.example.org"
{more}
"""
PROPOSAL = """+++
kind = "mig"
title = "{title}"
author = {{name = "Alex Rivera"}}
staff_liaison = {{name = "Michelle Harrell Washington", email = "{liaison}"}}
petition.closes = 2013-07-21T16:30:00
{more}
[[organizers]]
name = "Alex Rivera"
email = "{organizer}"
address = "7 Hidden Lane"
+++
We ask that a group be formed whose members learn from each other.
"""
LAUNCH = """+++
title = "New Community Site"
planned_on = 2013-07-01
contact = "help"
audience = "members"
+++
It comes.
"""


def address_of(n: int) -> str:
    """The address on file of member n; `home_of` is the second one."""
    return f"m{n}@library.example.org"


def home_of(n: int) -> str:
    return f"m{n}@home.example.org"


def roster_of(members: int, changes: dict[int, dict[str, str]] | None = None) -> str:
    """A roster of members m1, m2, …; changes: fields of some of them."""
    known = ("member_id", "name", "email", "other_emails", "standing", "paid_through")
    head = (*known, "units", "postal_address", "language")
    lines = [",".join(head)]
    for n in range(1, members + 1):
        values = {"member_id": f"m{n}", "name": f"Robin Sample{n}", "email": address_of(n), "other_emails": home_of(n)}
        values |= {"standing": "good"} | (changes or {}).get(n, {})
        lines.append(",".join(values.get(name, "") for name in head))
    return "\n".join(lines) + "\n"


@dataclass
class WayIn:
    """An office at work, and its mailbox. Times are `clock`'s unless a test says when a mail arrived."""

    folder: Path
    office: Office
    clock: FakeClock = field(default_factory=lambda: FakeClock(OPENED))
    relay: ScriptedRelay = field(default_factory=ScriptedRelay)
    _uid: Iterator[int] = field(default_factory=lambda: itertools.count(1))
    _id: Iterator[int] = field(default_factory=lambda: itertools.count(1))

    @property
    def db(self) -> Database:
        return self.office.db

    # --- out ---
    def deliver(self) -> list[Envelope]:
        """Send what is due, and give it."""
        before = len(self.relay.offered)
        deliver_due(self.db, self.office.settings, lambda _: self.relay, self.clock)
        return self.relay.offered[before:]

    def outbox(self, notice: str = "", address: str = "") -> list[Any]:
        """The rows of the outbox, in the order they were queued; of one sort, or to one address."""
        wanted = {t.outbox.c.notice: notice, t.outbox.c.address: address}
        query = sa.select(t.outbox).where(*(column == value for column, value in wanted.items() if value))
        with self.db.read() as work:
            return list(work.execute(query.order_by(t.outbox.c.id)).all())

    def sent(self, n: int | str, notice: str = "petition_invitation") -> bytes:
        """The last mail of that name that was sent to member n, or to an address."""
        address = address_of(n) if isinstance(n, int) else n
        keys = [row.key for row in self.outbox(notice, address)]
        found = [e.body for e in self.relay.offered if e.rcpt_to == address and keys and keys[-1].encode() in e.body]
        assert found, f"no {notice} was sent to {address}"
        return found[-1]

    # --- in ---
    def answer(
        self,
        n: int | str,
        words: str,
        *,
        to: bytes | None = None,
        from_: str | None = None,
        key: str | None = None,
        dmarc: Dmarc = "pass",
        subject: str | None = None,
        message_id: str | None = None,
        headers: Sequence[tuple[str, str]] = (),
        without: Sequence[str] = (),
        quote: bool = True,
        mail_from: str | None = None,
        authserv_id: str = AUTHSERV_ID,
    ) -> bytes:
        """The answer of member n (or an address) to a mail of ours, as it lies in the mailbox.

        to: the mail that is answered, by default the invitation; b"" for none. from_: another From. key: another key
        than that mail's, wherever the answer carries it. without: fields that are left out. dmarc: what our MTA says.
        """
        sender = from_ if from_ is not None else address_of(n) if isinstance(n, int) else n
        raw_sent = self.sent(n) if to is None else to
        original = parsed(raw_sent) if raw_sent else None
        text, reply_to = words, ADDRESS
        fields = [("From", sender), ("Date", "Mon, 24 Jun 2013 09:30:00 -0500")]
        new_id = f"<answer{next(self._id)}@client.example.org>"
        fields.append(("Message-ID", new_id if message_id is None else message_id))
        if original is not None:
            reply_to = str(original["Reply-To"])
            fields += [("In-Reply-To", str(original["Message-ID"])), ("References", str(original["Message-ID"]))]
            said = text_of(original)
            if quote:
                text += f"\n\nOn Mon, Jun 24, 2013, {original['From']} wrote:\n\n" + quoted(said)
        fields += [("To", reply_to), ("Subject", subject or f"Re: {original['Subject'] if original else 'Hello'}")]
        fields = [
            (name, value) for name, value in fields if name not in without and (name, value) != ("Message-ID", "")
        ]
        head = "".join(f"{name}: {value}\n" for name, value in (*fields, *headers))
        raw = f"{head}MIME-Version: 1.0\nContent-Type: text/plain; charset=utf-8\n\n{text}\n".encode()
        if key is not None and original is not None:
            raw, reply_to = (
                raw.replace(key_in(original).encode(), key.encode()),
                reply_to.replace(key_in(original), key),
            )
        envelope = mail_from if mail_from is not None else email.utils.parseaddr(sender)[1] or sender
        return stamp(raw, envelope, reply_to, self.clock(), dmarc=dmarc, authserv_id=authserv_id)

    def arrival(self, raw: bytes, at: datetime | None = None, **changes: Any) -> Arrival:
        """A mail as a door hands it over, at the next place of INBOX."""
        values = {
            "door": "imap",
            "mailbox": "INBOX",
            "account": "connect@localhost",
            "uidvalidity": 7,
            "uid": next(self._uid),
            "raw": raw,
            "headers_only": False,
            "size_bytes": len(raw),
            "arrived_at": at or self.clock(),
        }
        return Arrival(**(values | changes))

    def keep(self, *raws: bytes, at: datetime | None = None) -> list[int]:
        """Keep mails without reading them, and give their numbers."""
        return intake.receive(self.office, [self.arrival(raw, at) for raw in raws], self.clock())

    def read(self) -> int:
        return intake.read_waiting(self.office, self.clock())

    def arrive(self, *raws: bytes, at: datetime | None = None) -> list[Any]:
        """Keep and read mails; give what the inbox says of them."""
        ns = self.keep(*raws, at=at)
        self.read()
        return [self.mail(n) for n in ns]

    def mail(self, n: int) -> Any:
        """What is known of mail number n."""
        return self.rows(t.inbox, t.inbox.c.n == n)[0]

    # --- what is there ---
    def rows(self, table: sa.Table, where: Any = None) -> list[Any]:
        """The rows of a table by primary key."""
        query = sa.select(table).order_by(*table.primary_key.columns)
        with self.db.read() as work:
            return list(work.execute(query if where is None else query.where(where)).all())

    @property
    def petition(self) -> dict[str, Any]:
        return show_petition(self.office, PETITION)

    @property
    def tally(self) -> dict[str, int]:
        """The tally without its zeros."""
        return {state: n for state, n in self.petition["tally"].items() if n}

    @property
    def signatures(self) -> dict[str, dict[str, Any]]:
        """The signatures by member."""
        return {s["member_id"]: s for s in list_signatures(self.office, PETITION)}

    def notices(self, n: int | str) -> list[str]:
        """The names of the mails queued for member n or an address, without what the petition's opening sent."""
        address = address_of(n) if isinstance(n, int) else n
        opening = {"petition_invitation", "share_kit"}
        return [row.notice for row in self.outbox() if row.address == address and row.notice not in opening]

    def everything(self, *without: str) -> dict[str, list[tuple[Any, ...]]]:
        """Every row of every table, to tell that nothing changed."""
        tables = [table for table in t.metadata.sorted_tables if table.name not in without]
        return {table.name: sorted((tuple(row) for row in self.rows(table)), key=repr) for table in tables}


def parsed(raw: bytes) -> EmailMessage:
    """Our own mail, read by the library's strict reader."""
    return email.message_from_bytes(raw, policy=email.policy.default)  # type: ignore[return-value]


def text_of(message: EmailMessage) -> str:
    """The words of a mail's text part."""
    part = message.get_body(("plain",))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def key_in(sent: bytes | EmailMessage) -> str:
    """The reply key that a mail of ours went out with."""
    message = parsed(sent) if isinstance(sent, bytes) else sent
    return str(message["Message-ID"]).strip("<").partition(".x@")[0]


def quoted(text: str) -> str:
    return "\n".join("> " + line if line else ">" for line in text.strip("\n").split("\n"))


def settings_for(
    folder: Path, threshold: int = 100, trust: str = f'authserv_id = "{AUTHSERV_ID}"', more: str = "", **changes: Any
) -> config.Settings:
    """Settings of the office. changes: address, owner, sub_addressing, kind (as TOML)."""
    values = {"address": ADDRESS, "owner": OWNER, "sub_addressing": "true", "kind": ""} | changes
    text = CONFIG.format(threshold=threshold, trust=trust, more=more, **values)
    return config.parse(text.replace("[contacts.help]", f"{values['kind']}\n[contacts.help]"), folder)


def open_way_in(
    folder: Path,
    members: int = 6,
    *,
    roster: dict[int, dict[str, str]] | None = None,
    proposal: str = "",
    is_petition: bool = True,
    **settings: Any,
) -> WayIn:
    """Open the office with its members, add the proposal, open it and send the invitations.

    roster: fields of some members. proposal: further lines of its file. is_petition: False asks for feedback only.
    settings: arguments of settings_for.
    """
    found = settings_for(folder, **settings)
    url = database_url(folder)
    (folder / URL_FILE).write_text(url, "utf-8")
    found = replace(found, database=replace(found.database, url=url))
    db = connect(found.database.url)
    migrate.upgrade(db)
    way_in = WayIn(folder, open_office(db, found))
    (folder / "roster.csv").write_text(roster_of(members, roster), "utf-8")
    import_members(db, folder / "roster.csv", OPENED - timedelta(days=30))
    document = PROPOSAL.format(title=TITLE, liaison=LIAISON, organizer=ORGANIZER, more=proposal)
    add_proposal(way_in.office, document, OPENED)
    (open_petition if is_petition else open_proposal)(way_in.office, PETITION, OPENED)
    way_in.deliver()
    way_in.clock.pass_(3600)
    return way_in


@contextmanager
def statements_fail(db: Database, at: int) -> Iterator[list[str]]:
    """Let the at-th statement (counted from 1) raise right after it ran; gives the statements that ran."""
    ran: list[str] = []

    def after(_c: Any, _cursor: Any, statement: str, _p: Any, _x: Any, _many: bool) -> None:
        ran.append(statement)
        if len(ran) == at:
            raise RuntimeError(f"the power went at statement {at}: {statement[:60]}")

    sa.event.listen(db.engine, "after_cursor_execute", after)
    try:
        yield ran
    finally:
        sa.event.remove(db.engine, "after_cursor_execute", after)


def reopen(folder: Path, like: WayIn | None = None, *, own_templates: bool = False, **settings: Any) -> WayIn:
    """Open an office that is there already, as another process would. like: an office whose templates are compiled.

    own_templates: the association has some, in own/.
    """
    found = settings_for(folder, **settings)
    if own_templates:
        found = replace(found, association=replace(found.association, templates=folder / "own"))
    found = replace(found, database=replace(found.database, url=(folder / URL_FILE).read_text("utf-8")))
    office = open_office(connect(found.database.url), found)
    return WayIn(folder, office if like is None else replace(office, templates=like.office.templates))
