"""What a value of config.toml may be. A check takes a value and gives back the one to use, or raises Bad."""

from __future__ import annotations

import ipaddress
import re
from collections.abc import Callable
from dataclasses import MISSING, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, available_timezones

from mailflow.mail.address import is_address

Check = Callable[[Any], Any]

_HOST = re.compile(r"[A-Za-z0-9_](?:[A-Za-z0-9_.-]{0,252}[A-Za-z0-9])?\.?\Z")
_NAME = re.compile(r"[a-z][a-z0-9-]{0,39}\Z")
_TYPES = {str: "text", bool: "true or false", int: "a whole number", list: "a list", dict: "a table", float: "a number"}


class Bad(Exception):
    """A value that can't be used: what is wrong with it, and what would do."""

    def __init__(self, problem: str, remedy: str) -> None:
        self.problem, self.remedy = problem, remedy
        super().__init__(problem)


def option(check: Any, default: Any = MISSING, *, named: Check | None = None, repr: bool = True) -> Any:
    """Declare a key of a table. check: a check, or the class of a table; named: for tables of tables, the names' check.

    A dict or a table's value may be a default: all of them are frozen or never changed.
    """
    metadata = {"check": check, "named": named}
    if isinstance(default, dict):
        return field(default_factory=dict, metadata=metadata, repr=repr)
    return field(default=default, metadata=metadata, repr=repr)


def _typed(value: Any, wanted: type) -> Any:
    if not isinstance(value, wanted) or (isinstance(value, bool) and wanted is not bool):
        raise Bad(f"is {shown(value)}", f"it must be {_TYPES[wanted]}")
    return value


def shown(value: Any) -> str:
    """Write a value for a message, shortened."""
    if isinstance(value, bool):
        return "true" if value else "false"
    spelled = repr(value) if not isinstance(value, dict) else "a table"
    return spelled if len(spelled) <= 60 else spelled[:57] + "…"


def text(value: Any) -> str:
    """Any text without control characters; lines may end."""
    value = _typed(value, str)
    if any((ord(c) < 32 and c not in "\n\t") or ord(c) == 127 for c in value):
        raise Bad(f"is {shown(value)}", "it must not hold control characters")
    return str(value).strip()


def word(value: Any) -> str:
    """One line of text that is not empty."""
    value = text(value)
    if not value or "\n" in value:
        raise Bad(f"is {shown(value)}", "it must be one line of text, not empty")
    return str(value)


def secret(value: Any) -> str:
    """A password or a private key; never shown."""
    if not isinstance(value, str):
        raise Bad("is not text", 'write it as text, "env:NAME" or "file:PATH"')
    return value


def boolean(value: Any) -> bool:
    """True or false."""
    return bool(_typed(value, bool))


def whole(lowest: int, highest: int, remedy: str) -> Check:
    """A whole number within bounds."""

    def check(value: Any) -> int:
        value = _typed(value, int)
        _bounded(value, lowest, highest, remedy)
        return int(value)

    return check


def decimal(lowest: float, highest: float) -> Check:
    """A number of seconds within bounds."""

    def check(value: Any) -> float:
        value = value if isinstance(value, float) else _typed(value, int)
        _bounded(value, lowest, highest, "it is a number of seconds")
        return float(value)

    return check


def _bounded(value: float, lowest: float, highest: float, remedy: str) -> None:
    if value < lowest:
        raise Bad(f"is {value}; the minimum is {lowest}", remedy)
    if not value <= highest:  # also refuses nan
        raise Bad(f"is {value}; the maximum is {highest}", remedy)


def port(value: Any) -> int:
    """A TCP port."""
    return int(whole(1, 65535, "a TCP port is 1 to 65535")(value))


def choice(*allowed: str) -> Check:
    """One of a few words."""

    def check(value: Any) -> str:
        if value not in allowed:
            raise Bad(f"is {shown(value)}", "it must be one of " + ", ".join(f'"{a}"' for a in allowed))
        return str(value)

    return check


def listing(item: Check) -> Check:
    """A list, each item checked."""

    def check(value: Any) -> tuple[Any, ...]:
        return tuple(item(each) for each in _typed(value, list))

    return check


def address(value: Any) -> str:
    """An email address."""
    value = text(value)
    if not is_address(value):
        raise Bad(f"is {shown(value)}", 'it must be an email address such as "connect@lists.example.org"')
    return str(value)


def optional_address(value: Any) -> str:
    """An email address or nothing."""
    return "" if value == "" else address(value)


def zone(value: Any) -> str:
    """An IANA time zone."""
    value = text(value)
    if value not in available_timezones() or not ZoneInfo(value).key:
        raise Bad(f"is {shown(value)}", 'it must be an IANA time zone such as "America/Chicago"')
    return str(value)


def host(value: Any) -> str:
    """A host name or an IP address."""
    value = text(value)
    if not _HOST.match(value) and not _is_ip(value):
        raise Bad(f"is {shown(value)}", 'it must be a host name such as "mail.example.org", without a port')
    return str(value)


def server(value: Any) -> str:
    """An IP address."""
    value = text(value)
    if not _is_ip(value):
        raise Bad(f"is {shown(value)}", 'it must be an IP address such as "192.0.2.53"')
    return str(value)


def _is_ip(value: str) -> bool:
    try:
        ipaddress.ip_address(value)
    except ValueError:
        return False
    return True


def network(value: Any) -> str:
    """An IP address or network; its canonical form is given back."""
    try:
        return str(ipaddress.ip_network(text(value), strict=False))
    except ValueError:
        raise Bad(f"is {shown(value)}", 'it must be an IP address or network such as "10.0.0.0/8"') from None


def listener(value: Any) -> str:
    """Where to listen: HOST:PORT, [IPv6]:PORT or unix:PATH."""
    value = text(value)
    if value.startswith("unix:") and len(value) > len("unix:"):
        return str(value)
    name, colon, number = value.rpartition(":")
    if colon and number.isascii() and number.isdigit() and 0 < int(number) < 65536:
        bare = name[1:-1] if name.startswith("[") and name.endswith("]") else name
        if _is_ip(bare) if ":" in bare else _HOST.match(bare):
            return str(value)
    raise Bad(f"is {shown(value)}", 'it must be HOST:PORT such as "127.0.0.1:8025", or "unix:PATH"')


def delimiter(value: Any) -> str:
    """The character between local part and tag."""
    if value not in tuple("+-=_.#"):
        raise Bad(f"is {shown(value)}", 'it must be one character of + - = _ . #; "+" is usual')
    return str(value)


def folder_name(value: Any) -> str:
    """A mailbox folder's name."""
    value = text(value)
    if "\n" in value or '"' in value or "\\" in value:
        raise Bad(f"is {shown(value)}", 'it must be a plain folder name such as "INBOX"')
    return str(value)


def path(value: Any) -> Path:
    """A path; the loader makes it absolute and looks whether it is there."""
    return Path(word(value))


def url(value: Any) -> str:
    """A database URL."""
    value = word(value)
    if not value.startswith(("sqlite:///", "postgresql://", "postgresql+psycopg://")):
        raise Bad(
            f"is {shown(value.split('@')[-1])}",
            'it must be like "sqlite:///mailflow.db" or "postgresql+psycopg://USER@HOST/NAME"',
        )
    return str(value)


def web_url(value: Any) -> str:
    """A web address without query; given back without a slash at the end."""
    value = word(value)
    try:
        parts = urlsplit(value)
        is_good = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        is_good = False
    if not is_good or parts.query or parts.fragment or "@" in parts.netloc or any(c.isspace() for c in value):
        raise Bad(f"is {shown(value)}", 'it must be a web address such as "https://petitions.example.org"')
    return str(value).rstrip("/")


def kind_name(value: Any) -> str:
    """The name of a kind or a contact: ids are built of it."""
    if not _NAME.match(value):
        raise Bad(f"is named {shown(value)}", "a name is made of small letters, digits and hyphens, a letter first")
    return str(value)
