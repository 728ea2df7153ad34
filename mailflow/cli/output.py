"""How commands speak: one JSON document on stdout, or tables and lines for people; progress and questions on stderr."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar
from zoneinfo import ZoneInfo

import click

from mailflow.errors import UsageError

if TYPE_CHECKING:
    from mailflow.config import Settings

F = TypeVar("F", bound=Callable[..., Any])


def json_option(command: F) -> F:
    """Add --json to a command; it arrives as the argument `as_json`."""
    return click.option("--json", "as_json", is_flag=True, help="One JSON document on stdout.")(command)


def yes_option(command: F) -> F:
    """Add --yes to a command that mails to many; it arrives as the argument `yes`."""
    return click.option("--yes", is_flag=True, help="Do not ask; needed in a pipe above relay.confirm_above.")(command)


def show(value: Any, as_json: bool, zone: str = "UTC") -> None:
    """Print a value: as JSON, or for people: a list of mappings as a table, a mapping as lines, anything else as it is.

    zone: whose offset instants are shown with.
    """
    if as_json:
        click.echo(json.dumps(jsonable(value, zone), ensure_ascii=False, indent=2))
        return
    plain = jsonable(value, zone, "seconds")
    if isinstance(plain, list):
        _table(plain)
    elif isinstance(plain, dict):
        _lines(plain)
    else:
        click.echo(str(plain))


def show_line(value: Any, zone: str = "UTC") -> None:
    """Print one JSON object on one line: for output that streams."""
    click.echo(json.dumps(jsonable(value, zone), ensure_ascii=False))


def note(text: str) -> None:
    """Tell something beside the result: on stderr, so that stdout stays the result alone."""
    click.echo(text, err=True)


def jsonable(value: Any, zone: str = "UTC", timespec: str = "auto") -> Any:
    """Give a value made of what JSON knows: instants RFC 3339 with the zone's offset, dates ISO, dataclasses a dict.

    timespec: how fine instants are told, as datetime.isoformat has it.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ValueError(f"naive instant {value!r}")
        return value.astimezone(ZoneInfo(zone)).isoformat(timespec=timespec)
    if isinstance(value, date | Path):
        return str(value)
    if isinstance(value, Enum):
        return value.value
    if is_dataclass(value) and not isinstance(value, type):
        return {each.name: jsonable(getattr(value, each.name), zone, timespec) for each in fields(value)}
    if isinstance(value, Mapping):
        return {str(name): jsonable(each, zone, timespec) for name, each in value.items()}
    if isinstance(value, Sequence | set | frozenset) and not isinstance(value, str | bytes):
        ordered = sorted(value) if isinstance(value, set | frozenset) else value
        return [jsonable(each, zone, timespec) for each in ordered]
    return value


def _table(rows: list[Any]) -> None:
    if not rows or not isinstance(rows[0], dict):
        for row in rows:
            click.echo(str(row))
        return
    names = list(rows[0])
    cells = [[_cell(row.get(name)) for name in names] for row in rows]
    if sys.stdout.isatty():
        _rich_table(names, cells)
        return
    widths = [max(len(each[i]) for each in [names, *cells]) for i in range(len(names))]
    for line in [names, *cells]:
        click.echo("  ".join(cell.ljust(width) for cell, width in zip(line, widths, strict=True)).rstrip())


def _rich_table(names: Sequence[str], cells: Iterable[Sequence[str]]) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(*names)
    for line in cells:
        table.add_row(*(Text(cell) for cell in line))  # Text: a name in brackets is no markup
    Console().print(table)


def _lines(values: dict[str, Any]) -> None:
    width = max((len(name) for name in values), default=0)
    for name, value in values.items():
        click.echo(f"{name.ljust(width)}  {_cell(value)}".rstrip())


def _cell(value: Any) -> str:
    """Write a value for people, on one line and without control characters: much of it was written by strangers."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, dict):
        return ", ".join(f"{name} {_cell(each)}" for name, each in value.items())
    if isinstance(value, list):
        return "; ".join(_cell(each) for each in value)
    return "".join(c if c.isprintable() else " " for c in str(value))


def confirm_to_many(n: int, settings: Settings, yes: bool) -> None:
    """Ask before mail goes to n recipients; in a pipe above relay.confirm_above --yes is needed (contract: Commands).

    Raises UsageError in a pipe, click.Abort when a person says no.
    """
    if yes or n == 0:
        return
    if sys.stdin.isatty() and sys.stderr.isatty():
        click.confirm(f"Send to {n:,} recipient{'s' if n != 1 else ''}?", abort=True, err=True)
    elif n > settings.relay.confirm_above:
        raise UsageError(
            f"{n} recipients are more than relay.confirm_above ({settings.relay.confirm_above}):"
            " look with --dry-run, then repeat with --yes"
        )
