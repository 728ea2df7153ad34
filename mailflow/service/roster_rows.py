"""What a row of roster.csv and of units.csv says, value by value (contract: Files)."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from zoneinfo import available_timezones

from mailflow.domain.audience import is_nameable
from mailflow.domain.model import Member
from mailflow.domain.unit import Unit
from mailflow.mail.address import fold, parse_address
from mailflow.service.csv_rows import Columns, Problems, Row

ROSTER = Columns(
    (
        "member_id",
        "name",
        "email",
        "other_emails",
        "standing",
        "paid_through",
        "units",
        "postal_address",
        "language",
    ),
    ("timezone",),
)
UNITS = Columns(("unit_id", "name", "parent_id", "tags"))
ID_MAX = 100
NAME_MAX = 200
ADDRESSES_MAX = 20
UNITS_MAX = 200


def read_member(row: Row, problems: Problems) -> Member | None:
    """Give the member that a row of roster.csv describes; None when something is wrong with it, which is noted."""
    before = problems.number
    member = Member(
        member_id=_id(row, "member_id", problems),
        name=_line(row, "name", problems, is_needed=True),
        addresses=_addresses(row, problems),
        standing=_line(row, "standing", problems, is_needed=True).lower(),
        paid_through=_date(row, "paid_through", problems),
        postal_address=row.values["postal_address"],
        language=_language(row, problems),
        timezone=_timezone(row, problems),
        units=_member_units(row, problems),
    )
    return member if problems.number == before else None


def read_unit(row: Row, problems: Problems) -> Unit | None:
    """Give the unit that a row of units.csv describes; None when something is wrong with it, which is noted."""
    before = problems.number
    unit_id = _id(row, "unit_id", problems)
    for column in ("unit_id", "parent_id"):
        _check_unit(row, column, row.values[column], problems)
    tags = _split(row.values["tags"])
    for tag in tags:
        _check_unit(row, "tags", tag, problems)
    unit = Unit(unit_id, _line(row, "name", problems) or unit_id, row.values["parent_id"], tuple(sorted(tags)))
    return unit if problems.number == before else None


def _id(row: Row, column: str, problems: Problems) -> str:
    value = row.values[column]
    if not value:
        problems.add_value(row.line, column, value, "is empty; give the id by which your records know it")
    elif len(value) > ID_MAX or not value.isprintable():
        problems.add_value(row.line, column, value, f"is not an id; use at most {ID_MAX} characters on one line")
    return value


def _line(row: Row, column: str, problems: Problems, is_needed: bool = False) -> str:
    value = row.values[column]
    if is_needed and not value:
        remedy = "write good, or the word that your records use" if column == "standing" else "every member has one"
        problems.add_value(row.line, column, value, f"is empty; {remedy}")
    elif len(value) > NAME_MAX or not (value.isprintable() or not value):
        problems.add_value(row.line, column, value, f"does not fit; use at most {NAME_MAX} characters on one line")
    return value


def _addresses(row: Row, problems: Problems) -> tuple[str, ...]:
    """Give the preferred address and the others, each once."""
    found: dict[str, str] = {}
    others = _split(row.values["other_emails"])
    if len(others) > ADDRESSES_MAX:
        problems.add_value(row.line, "other_emails", row.values["other_emails"], f"are more than {ADDRESSES_MAX}")
        return ()
    for column, text in [("email", row.values["email"]), *(("other_emails", other) for other in others)]:
        if not text:
            continue
        mailbox = parse_address(text)
        if mailbox is None:
            problems.add_value(
                row.line, column, text, "is not an address; write name@example.org, several in other_emails"
            )
        else:
            found.setdefault(fold(mailbox.address), mailbox.address)
    return tuple(found.values())


def _date(row: Row, column: str, problems: Problems) -> date | None:
    value = row.values[column]
    if not value:
        return None
    found = _parsed_date(value)
    if found is None:
        problems.add_value(row.line, column, value, "is not a date; write it as 2014-08-31, or leave it empty")
    return found


@lru_cache(maxsize=1_000)
def _parsed_date(value: str) -> date | None:
    """Read YYYY-MM-DD alone: fromisoformat would take 20140831 and 2014-W35-7 too."""
    try:
        return date.fromisoformat(value) if len(value) == 10 and value[4] == value[7] == "-" else None
    except ValueError:
        return None


def _language(row: Row, problems: Problems) -> str:
    value = row.values["language"]
    known = _known_language(value) if value else ""
    if known is None:
        problems.add_value(row.line, "language", value, "is not a language; write its tag, such as en, es or pt-BR")
    return known or ""


@lru_cache(maxsize=1_000)
def _known_language(tag: str) -> str | None:
    """Give the tag as BCP 47 writes it; None for one that has no locale data."""
    from babel import Locale, UnknownLocaleError

    try:
        return str(Locale.parse(tag.replace("_", "-"), sep="-")).replace("_", "-") if len(tag) <= 35 else None
    except (ValueError, UnknownLocaleError, TypeError):
        return None


def _timezone(row: Row, problems: Problems) -> str:
    value = row.values["timezone"]
    if value and value not in _zones():
        problems.add_value(
            row.line, "timezone", value, "is not a time zone; write it as America/Chicago, or leave it empty"
        )
    return value


@lru_cache(maxsize=1)
def _zones() -> frozenset[str]:
    return frozenset(available_timezones())


def _member_units(row: Row, problems: Problems) -> tuple[str, ...]:
    found = _split(row.values["units"])
    if len(found) > UNITS_MAX:
        problems.add_value(row.line, "units", row.values["units"], f"are more than {UNITS_MAX}")
        return ()
    for unit_id in found:
        _check_unit(row, "units", unit_id, problems)
    return tuple(sorted(found))


def _check_unit(row: Row, column: str, value: str, problems: Problems) -> None:
    if value and not _is_nameable(value):
        what = "can't be named in an audience; use letters, digits, - and _; what separates several is ;"
        problems.add_value(row.line, column, value, what)


@lru_cache(maxsize=10_000)
def _is_nameable(value: str) -> bool:
    return len(value) <= ID_MAX and value.isprintable() and ";" not in value and is_nameable(value)


def _split(text: str) -> list[str]:
    return list(dict.fromkeys(part for piece in text.split(";") if (part := piece.strip()))) if text else []
