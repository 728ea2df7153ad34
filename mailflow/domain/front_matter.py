"""Files with TOML front matter between +++ lines and text after it: proposal.md, launch.md, notice.md.

`Fields` reads a table and notes every problem on the way, so that whoever wrote the file mends it once.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, Literal

from mailflow.domain.audience import parse_audience
from mailflow.domain.civil import parse_day, parse_when
from mailflow.errors import InputError

FENCE = "+++"
FILE_MAX_CHARS = 500_000
LINE_MAX_CHARS = 300

# the same shape as in mail.address, which stands above this room; deliverability is the relay's word
_EMAIL = re.compile(
    r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9\u00a1-\uffff-]{1,63}(?:\.[A-Za-z0-9\u00a1-\uffff-]{1,63}){1,8}\Z"
)
_WEB = re.compile(r"https?://[^\s<>\"'/?#@]{1,253}(?:[/?#][^\s<>\"']{0,2000})?\Z")


def split_front_matter(text: str) -> tuple[dict[str, Any], str]:
    """Give the front matter and the text after it, with LF line ends and no white space around it.

    Raises InputError; lines in messages are counted as in the file.
    """
    if len(text) > FILE_MAX_CHARS:
        raise InputError(f"the file has {len(text)} characters; the most is {FILE_MAX_CHARS}")
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    fences = [i for i, line in enumerate(lines) if line.rstrip() == FENCE]
    if not fences or any(line.strip() for line in lines[: fences[0]]):
        raise InputError(f"the file does not begin with a {FENCE} line: front matter in TOML comes first")
    if len(fences) < 2:
        raise InputError(f"line {fences[0] + 1}: the {FENCE} line that ends the front matter is missing")
    first, second = fences[:2]
    toml = "\n" * (first + 1) + "\n".join(lines[first + 1 : second]) + "\n"
    try:
        given = tomllib.loads(toml)
    except tomllib.TOMLDecodeError as error:
        raise InputError(f"the front matter is not TOML: {error}") from None
    return given, trimmed("\n".join(lines[second + 1 :]))


def trimmed(text: str) -> str:
    """Give a statement as it is hashed and shown: LF line ends, no blank lines before it, no white space after it."""
    return text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\n").rstrip()


class Fields:
    """One table of the front matter. `problems` is shared by all the tables of a file."""

    def __init__(self, given: dict[str, Any], known: Sequence[str], problems: list[str], name: str = "") -> None:
        self._given, self._name, self.problems = given, name, problems
        for each in given:
            if each not in known:
                near = get_close_matches(each, known, 1, 0.5)
                hint = f"did you mean {near[0]}?" if near else "known are " + ", ".join(known)
                self.refuse(each, f"is not a field; {hint}")

    def refuse(self, field: str, problem: str) -> None:
        """Note a problem."""
        self.problems.append(f"{self.path(field)} {problem}")

    def path(self, field: str) -> str:
        """Give a field's name as messages have it: `petition.opens`."""
        return f"{self._name}.{field}" if self._name else field

    def has(self, field: str) -> bool:
        """Tell whether a field is given and not empty."""
        return self._given.get(field) not in (None, "", [], {})

    def raw(self, field: str) -> Any:
        """Give a field's value as TOML has it, None when absent."""
        return self._given.get(field)

    def line(self, field: str, *, required: bool = False) -> str:
        """Give one line of text, "" when absent: what may stand in a header or a heading."""
        given = self._given.get(field, "")
        if not isinstance(given, str):
            self.refuse(field, f"is {given!s:.40}; it must be text")
            return ""
        value = given.strip()
        if any(not c.isprintable() for c in value) or len(value) > LINE_MAX_CHARS:
            self.refuse(field, f"must be one line of at most {LINE_MAX_CHARS} characters, without control characters")
            return ""
        if required and not value:
            self.refuse(field, "is missing")
        return value

    def paragraph(self, field: str) -> str:
        """Give text of several lines, such as a postal address; "" when absent."""
        value = self._given.get(field, "")
        if not isinstance(value, str) or any(not c.isprintable() and c not in "\n\t" for c in value):
            self.refuse(field, "must be text without control characters")
            return ""
        return value.strip()

    def email(self, field: str, *, required: bool = False) -> str:
        """Give an email address, "" when absent."""
        value = self.line(field, required=required)
        if value and not _EMAIL.match(value):
            self.refuse(field, f"is {value!r}; it must be an email address")
        return value

    def web_address(self, field: str, *, required: bool = False) -> str:
        """Give an http or https address, "" when absent: it becomes a link, and other schemes can act."""
        value = self.line(field, required=required)
        if value and not _WEB.match(value):
            self.refuse(field, f"is {value[:60]!r}; it must begin with https:// or http://")
        return value

    def when(self, field: str, zone: str, day: Literal["start", "end"]) -> datetime | None:
        """Give an instant, None when absent or bad."""
        if not self.has(field):
            return None
        try:
            return parse_when(self._given[field], zone, day)
        except InputError as error:
            self.refuse(field, f"can't be read: {error}")
            return None

    def is_bare_date(self, field: str) -> bool:
        """Tell whether a field is a whole day."""
        try:
            return bool(parse_day(self._given.get(field)))
        except InputError:
            return False

    def day(self, field: str) -> date | None:
        """Give a date, None when absent or bad."""
        if not self.has(field):
            return None
        try:
            return parse_day(self._given[field])
        except InputError as error:
            self.refuse(field, f"can't be read: {error}")
            return None

    def table(self, field: str, known: Sequence[str]) -> Fields:
        """Give a sub-table, an empty one when absent."""
        value = self._given.get(field, {})
        if not isinstance(value, dict):
            self.refuse(field, "must be a table: " + "{" + ", ".join(f"{each} = …" for each in known) + "}")
            value = {}
        return Fields(value, known, self.problems, self.path(field))

    def tables(self, field: str, known: Sequence[str]) -> list[Fields]:
        """Give a list of tables, empty when absent; messages count them from 1."""
        value = self._given.get(field, [])
        if not isinstance(value, list) or any(not isinstance(each, dict) for each in value):
            self.refuse(field, f"must be a list of tables: [[{field}]]")
            return []
        return [Fields(each, known, self.problems, f"{self.path(field)}[{n}]") for n, each in enumerate(value, 1)]

    def audience(self, default: str) -> str:
        """Give who is meant, `default` when absent (contract: Files)."""
        value = self.line("audience") or default
        try:
            parse_audience(value)
        except InputError as error:
            self.problems.extend(error.problems)
        return value

    def object_id(self, prefix: str) -> str:
        """Give the id that the file sets, "" when it sets none; it has the form PREFIX-N (contract: Commands)."""
        value = self.line("id")
        head, _, number = value.rpartition("-")
        is_number = number.isascii() and number.isdigit() and not number.startswith("0") and len(number) <= 9
        if value and (head != prefix or not is_number):
            self.refuse("id", f"is {value!r}; it must be {prefix}-N, N counting from 1")
        return value
