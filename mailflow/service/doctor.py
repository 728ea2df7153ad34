"""What `doctor` can tell without a network: configuration, database, stamps on mail that came, whose address it is."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from mailflow.config import Settings
from mailflow.domain.check import Check, ok, problem, unknown, warning
from mailflow.domain.health import disk_needed_bytes
from mailflow.errors import ConfigError, StoreError
from mailflow.mail.border import check_stamps
from mailflow.mail.parse import parse
from mailflow.mail.proof import Trust
from mailflow.service.composing import check_signing
from mailflow.service.health import free_disk_bytes
from mailflow.store import inbox, migrate
from mailflow.store.engine import Database, connect

RECENT = 20  # mails whose stamps are looked at
STRAYS_SINCE = timedelta(days=30)
_HEAD_BYTES = 200_000
_LOCAL = ("http://127.", "http://localhost", "http://[::1]")


def check_configuration(settings: Settings) -> Iterator[Check]:
    """Say what the configuration leaves out; that it can be read is known already."""
    doors = [name for name in ("imap", "lmtp") if getattr(settings.mailbox, name) is not None]
    yield ok("configuration", f"{settings.association.name}, {settings.mailbox.address}, by {' and '.join(doors)}")
    if not settings.mailbox.owner:
        detail = "mailbox.owner is not set: nobody is told of held mail, or when something fails"
        yield warning("owner", detail, "set mailbox.owner to the address of a person who reads it")
    if not settings.association.postal_address:
        detail = "association.postal_address is not set: mail to many should carry one"
        yield warning("postal address", detail, "set association.postal_address")
    url = settings.web.public_url
    if not url.startswith("https://"):
        is_local = url.startswith(_LOCAL) or not url
        detail = f"web.public_url is {url or 'not set'}: " + (
            "members can't reach the pages" if is_local else "links and one-click unsubscribing (RFC 8058) want https"
        )
        yield warning("pages", detail, "set web.public_url to the https address that members use")
    if settings.relay.dkim is not None:
        yield _signing(settings)


def _signing(settings: Settings) -> Check:
    try:
        check_signing(settings)
    except ConfigError as error:
        return problem("signing", str(error), "put a private key in PEM there")
    assert settings.relay.dkim is not None
    return ok("signing", f"mail is signed here for {settings.relay.dkim.domain}")


@contextmanager
def database(settings: Settings) -> Iterator[tuple[Database | None, list[Check]]]:
    """Open the database, and say how it is; None when it can't be used."""
    try:
        db = connect(settings.database.url)
    except StoreError as error:
        yield None, [problem("database", str(error), "check database.url; `mailflow init` makes the database")]
        return
    try:
        yield from _checked(db, settings)
    finally:
        db.close()


def _checked(db: Database, settings: Settings) -> Iterator[tuple[Database | None, list[Check]]]:
    disk = _disk(settings)
    try:
        migrate.check(db)
    except StoreError as error:
        yield None, [problem("database", str(error), "run `mailflow init`"), *disk]
        return
    safe = "SQLite, WAL, synchronous FULL" if db.is_sqlite else "PostgreSQL, fsync and synchronous_commit on"
    yield db, [ok("database", f"{safe}, revision {migrate.REVISION}"), *disk]


def _disk(settings: Settings) -> list[Check]:
    free, needed = free_disk_bytes(settings), disk_needed_bytes(settings.mailbox.max_bytes)
    if free is None:
        return []
    said = f"{free // 1_000_000:,} MB are free beside the database"
    if free < needed:
        return [problem("disk", said, f"{needed // 1_000_000} MB are needed: make room")]
    return [ok("disk", said)]


def check_trust(db: Database, settings: Settings) -> Check:
    """Say whether the mails that came last carry our own mail server's stamp."""
    with db.read() as work:
        raws = inbox.latest_raws(work, RECENT)
    trust = settings.trust
    believed = Trust(trust.authserv_id, trust.profile, trust.arc_sealers)
    return check_stamps((parse(raw[:_HEAD_BYTES]) for raw in raws), believed)


def check_address(db: Database, settings: Settings, now: datetime) -> Check:
    """Say whether the address is used for other mail too (R58): it works, and one of its own is better."""
    domain = settings.mailbox.address.rpartition("@")[2].lower()
    with db.read() as work:
        strays = inbox.count_strays(work, now - STRAYS_SINCE)
    others = [settings.mailbox.owner, *(contact.email for contact in settings.contacts.values())]
    shared = [a for a in others if a and a.lower().endswith("@" + domain)]
    remedy = "it works as it is; an address at a subdomain that is used for nothing else is safer and easier to read"
    if strays:
        detail = f"{strays} mails in 30 days answered nothing of ours: people write to {settings.mailbox.address} too"
        return warning("address", detail, remedy)
    if shared:
        return warning("address", f"{domain} is used for other mail too, such as {shared[0]}", remedy)
    return ok("address", f"{settings.mailbox.address} is used for nothing else, as far as can be seen")


def no_database(check: str) -> Check:
    """Say that something could not be looked at, because there is no database to look into."""
    return unknown(check, "the database can't be read")
