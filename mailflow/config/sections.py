"""The settings as the program sees them: one frozen class a table of config.toml, and each key's check and default.

A key without a default must stand in the file. Secrets are kept out of every repr.
"""

# ruff: noqa: RUF009 -- option() is dataclasses.field() with a check
from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from mailflow.config.checks import (
    address,
    boolean,
    choice,
    decimal,
    delimiter,
    folder_name,
    host,
    kind_name,
    listener,
    listing,
    network,
    option,
    optional_address,
    path,
    port,
    secret,
    server,
    text,
    url,
    web_url,
    whole,
    word,
    zone,
)
from mailflow.config.kinds import KindTable
from mailflow.domain.model import Contact, Kind
from mailflow.domain.phrase import ENGLISH, LANGUAGES

SECURITY = ("tls", "starttls", "none")


@dataclass(frozen=True, slots=True)
class Association:
    """Who writes. templates: a folder whose files replace ours of the same name, None for ours alone.

    language: for whoever's own is not known, or is none that mails are written in.
    """

    name: str = option(word)
    timezone: str = option(zone)
    postal_address: str = option(text, "")
    templates: Path | None = option(path, None)
    language: str = option(choice(*LANGUAGES), ENGLISH)


@dataclass(frozen=True, slots=True)
class Imap:
    """The mailbox we fetch from. max_bytes is mailbox.max_bytes, repeated here for the gateway."""

    host: str = option(host)
    username: str = option(word)
    port: int = option(port, 0)  # 0: by security
    security: str = option(choice(*SECURITY), "tls")
    auth: str = option(choice("password", "xoauth2"), "password")
    password: str = option(secret, "", repr=False)
    token_command: str = option(text, "")
    folder: str = option(folder_name, "INBOX")
    done_folder: str = option(folder_name, "Mailflow")
    poll_s: int = option(whole(10, 300, "60 suits most servers"), 60)
    connect_timeout_s: float = option(decimal(0.1, 600), 15.0)
    read_timeout_s: float = option(decimal(0.1, 600), 60.0)
    max_bytes: int = field(default=10_000_000, metadata={})


@dataclass(frozen=True, slots=True)
class Lmtp:
    """The door that our own mail server delivers to. listen: "HOST:PORT" or "unix:PATH"; allow: who may connect."""

    listen: str = option(listener, "127.0.0.1:8024")
    allow: tuple[str, ...] = option(listing(network), ("127.0.0.0/8", "::1/128"))


@dataclass(frozen=True, slots=True)
class Mailbox:
    """The address that everything is sent from and answered to. owner: who reads what answers nothing of ours."""

    address: str = option(address)
    owner: str = option(optional_address, "")
    sub_addressing: bool = option(boolean, True)
    delimiter: str = option(delimiter, "+")
    max_bytes: int = option(whole(10_000, 100_000_000, "10000000 suits most"), 10_000_000)
    keep_months: int = option(whole(0, 1200, "0 keeps mail that is not ours; 12 would do"), 0)
    imap: Imap | None = option(Imap, None)
    lmtp: Lmtp | None = option(Lmtp, None)


@dataclass(frozen=True, slots=True)
class Dkim:
    """Sign here instead of at the relay. key: a private key in PEM."""

    domain: str = option(host)
    selector: str = option(word)
    key: str = option(secret, repr=False)


@dataclass(frozen=True, slots=True)
class Relay:
    """Where mail leaves. The rates are the most that is sent; 0 is no limit."""

    host: str = option(host, "localhost")
    port: int = option(port, 0)  # 0: by security
    security: str = option(choice(*SECURITY), "")  # "": none on this machine, else starttls
    username: str = option(text, "")
    password: str = option(secret, "", repr=False)
    connections: int = option(whole(1, 50, "4 suits most relays"), 4)
    per_minute: int = option(whole(0, 1_000_000, "0 is no limit"), 0)
    per_day: int = option(whole(0, 100_000_000, "0 is no limit"), 0)
    per_domain_per_minute: int = option(whole(0, 1_000_000, "0 is no limit"), 0)
    confirm_above: int = option(whole(0, 100_000_000, "1000 is the default"), 1000)
    timeout_s: float = option(decimal(0.1, 600), 300.0)
    dkim: Dkim | None = option(Dkim, None)


@dataclass(frozen=True, slots=True)
class DatabaseSettings:
    """Where the database is; SQLite's path is absolute once read."""

    url: str = option(url, "sqlite:///mailflow.db")


@dataclass(frozen=True, slots=True)
class Web:
    """The pages. public_url: how members reach them, without a slash at the end."""

    listen: str = option(listener, "127.0.0.1:8025")
    public_url: str = option(web_url, "")


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose Authentication-Results are believed; with the defaults nobody's are."""

    authserv_id: str = option(text, "")
    profile: str = option(choice("", "microsoft365"), "")
    arc_sealers: tuple[str, ...] = option(listing(host), ())


@dataclass(frozen=True, slots=True)
class Dns:
    """Whom doctor asks; () is the machine's own resolvers."""

    servers: tuple[str, ...] = option(listing(server), ())


@dataclass(frozen=True, slots=True)
class ContactTable:
    """One [contacts.NAME]."""

    name: str = option(word)
    email: str = option(address)
    title: str = option(text, "")

    def named(self, _name: str) -> Contact:
        """Give the contact as the rules know it."""
        return Contact(self.name, self.email, self.title)


@dataclass(frozen=True, slots=True)
class Settings:
    """All of config.toml. folder: where it lies, absolute; relative paths in it start there."""

    association: Association = option(Association)
    mailbox: Mailbox = option(Mailbox)
    relay: Relay = option(Relay, Relay())
    database: DatabaseSettings = option(DatabaseSettings, DatabaseSettings())
    web: Web = option(Web, Web())
    trust: Trust = option(Trust, Trust())
    dns: Dns = option(Dns, Dns())
    contacts: dict[str, Contact] = option(ContactTable, {}, named=kind_name)
    kinds: dict[str, Kind] = option(KindTable, {}, named=kind_name)
    folder: Path = field(default=Path(), metadata={})
