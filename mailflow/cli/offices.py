"""The office that commands work at: context's settings and database with the templates."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from mailflow.cli.context import Context
from mailflow.domain.civil import parse_when
from mailflow.errors import InputError, UsageError
from mailflow.service.office import Office


def office_of(context: Context, *, has_readers: bool = False) -> Office:
    """Put together what services are given; has_readers: mail is read by worker processes."""
    from mailflow.app import open_office

    return open_office(context.db, context.settings, has_readers=has_readers)


def note_read(context: Context, command: str, about: str) -> None:
    """Keep that whoever typed this looked at members' names or mails (R102)."""
    import getpass

    from mailflow.store import reads

    with context.db.write() as work:
        reads.note(work, context.now(), getpass.getuser(), command, about)


def text_of(path: Path) -> str:
    """Read a file that somebody wrote, as UTF-8."""
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise InputError(f"{path}: byte {error.start} is not UTF-8; save the file as UTF-8") from None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}") from None


def instant_of(option: str, value: str, zone: str) -> datetime:
    """Read an option that names an instant: a bare date is the whole day, a local time is in the association's zone."""
    try:
        return parse_when(value, zone)
    except InputError as error:
        raise UsageError(f"{option} is {value!r}: {error}") from None


def date_of(option: str, value: str) -> date:
    """Read an option that names a day."""
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise UsageError(f"{option} is {value!r}; a date is wanted, such as 2018-04-25") from None
