"""config.toml -> frozen settings and kinds. Every check is made at once; a ConfigError names key, value and remedy."""

from __future__ import annotations

import tomllib
from dataclasses import replace
from pathlib import Path
from typing import Any

from mailflow.config.reader import Reader
from mailflow.config.sections import (
    Association,
    DatabaseSettings,
    Dkim,
    Dns,
    Imap,
    Lmtp,
    Mailbox,
    Relay,
    Settings,
    Trust,
    Web,
)
from mailflow.errors import ConfigError

__all__ = [
    "Association",
    "ConfigErrors",
    "DatabaseSettings",
    "Dkim",
    "Dns",
    "Imap",
    "Lmtp",
    "Mailbox",
    "Relay",
    "Settings",
    "Trust",
    "Web",
    "load",
    "parse",
]

SQLITE = "sqlite:///"
LOOPBACK = ("localhost", "127.0.0.1", "::1")
IMAP_PORTS = {"tls": 993, "starttls": 143, "none": 143}
RELAY_PORTS = {"tls": 465, "starttls": 587, "none": 25}


class ConfigErrors(ConfigError):
    """Several problems of one file, one a line; key, problem and remedy are the first one's."""

    def __init__(self, problems: list[ConfigError]) -> None:
        super().__init__(problems[0].key, problems[0].problem, problems[0].remedy)
        self.problems = problems
        self.args = ("\n".join(str(each) for each in problems),)


def load(path: Path) -> Settings:
    """Read config.toml. Raises ConfigError: a problem a line, each with key, value and remedy."""
    path = Path(path).absolute()
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ConfigError(
            str(path),
            f"can't be read: {error.strerror}",
            "write one with `mailflow init`, or name another with --config",
        ) from None
    try:
        return parse(data.decode("utf-8-sig"), path.parent)
    except UnicodeDecodeError as error:
        raise ConfigError(str(path), f"is not UTF-8 (byte {error.start})", "save it as UTF-8") from None


def parse(toml: str, folder: Path) -> Settings:
    """Read the text of a config.toml that lies in `folder` (absolute)."""
    try:
        given = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(str(folder / "config.toml"), f"is not TOML: {error}", "mend that line") from None
    reader = Reader(folder)
    settings: Settings | None = reader.table(Settings, given)
    if settings is not None:
        settings = _completed(settings, reader)
    _refuse_half_doors(given, reader)
    if reader.problems or settings is None:
        raise reader.problems[0] if len(reader.problems) == 1 else ConfigErrors(reader.problems)
    return settings


def _refuse_half_doors(given: dict[str, Any], reader: Reader) -> None:
    """Check what can be said although other keys are bad: there must be a door, and the door a login."""
    mailbox = given.get("mailbox")
    if not isinstance(mailbox, dict):
        return
    if "imap" not in mailbox and "lmtp" not in mailbox:
        reader.refuse("mailbox", "has no door", "write [mailbox.imap] or [mailbox.lmtp]")
    imap = mailbox.get("imap")
    if isinstance(imap, dict):
        is_token = imap.get("auth") == "xoauth2"
        wanted = "token_command" if is_token else "password"
        if not imap.get(wanted):
            why = 'auth is "xoauth2"' if is_token else 'auth is "password"'
            reader.refuse(f"mailbox.imap.{wanted}", f"is missing, and {why}", f"write {wanted}")


def _completed(settings: Settings, reader: Reader) -> Settings:
    """Fill in what follows from other keys, and make paths absolute."""
    for name, kind in settings.kinds.items():
        if kind.contact and kind.contact not in settings.contacts:
            known = ", ".join(settings.contacts) or "none yet"
            reader.refuse(f"kinds.{name}.contact", f"is {kind.contact!r}", f"known contacts are: {known}")
    return replace(
        settings,
        association=_with_folder(settings.association, reader),
        mailbox=_mailbox(settings.mailbox),
        relay=_relay(settings.relay, reader),
        database=replace(settings.database, url=_absolute(settings.database.url, reader.folder)),
        web=_web(settings.web),
        folder=reader.folder,
    )


def _with_folder(association: Association, reader: Reader) -> Association:
    if association.templates is None:
        return association
    folder = reader.folder / association.templates
    if not folder.is_dir():
        reader.refuse("association.templates", f"is {str(association.templates)!r}", f"{folder} is not a folder")
    return replace(association, templates=folder)


def _mailbox(mailbox: Mailbox) -> Mailbox:
    imap = mailbox.imap
    if imap is not None:
        imap = replace(imap, port=imap.port or IMAP_PORTS[imap.security], max_bytes=mailbox.max_bytes)
    return replace(mailbox, imap=imap)


def _relay(relay: Relay, reader: Reader) -> Relay:
    security = relay.security or ("none" if relay.host in LOOPBACK else "starttls")
    if relay.username and not relay.password:
        reader.refuse("relay.password", "is missing, and relay.username is set", 'write it, best as "env:NAME"')
    if relay.username and security == "none" and relay.host not in LOOPBACK:
        reader.refuse(
            "relay.security", "is 'none', which would send the password in clear", 'write "starttls" or "tls"'
        )
    return replace(relay, security=security, port=relay.port or RELAY_PORTS[security])


def _absolute(url: str, folder: Path) -> str:
    """Make SQLite's path absolute, and name the driver that is installed for PostgreSQL."""
    if url.startswith("postgresql://"):
        return "postgresql+psycopg" + url.removeprefix("postgresql")
    if not url.startswith(SQLITE):
        return url
    path, mark, query = url.removeprefix(SQLITE).partition("?")
    return f"{SQLITE}{folder / path}{mark}{query}" if path != ":memory:" else url


def _web(web: Web) -> Web:
    if web.public_url or web.listen.startswith("unix:"):
        return web
    host, _, port = web.listen.rpartition(":")
    host = "127.0.0.1" if host in ("0.0.0.0", "[::]") else host
    return replace(web, public_url=f"http://{host}:{port}")
