"""A CSV file as people export it: streamed, checked against its columns, every problem with file, line and column.

UTF-8 with or without a byte order mark; any line ends; values may hold quoted line breaks (RFC 4180 section 2).
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mailflow.errors import InputError

SHOWN_MAX = 50  # problems that are told; the rest are counted
LINE_MAX = 1_000_000  # characters
VALUE_SHOWN_MAX = 60

Progress = Callable[[int, int], None]  # bytes read so far, bytes in the file


@dataclass(frozen=True, slots=True)
class Row:
    """One row. line: the physical line on which it begins, from 1; values: stripped, by column."""

    line: int
    values: dict[str, str]


class Problems:
    """What is wrong with a file; InputError at the end, with the first SHOWN_MAX of them."""

    def __init__(self, file: Path) -> None:
        self.file, self.number = file, 0
        self._texts: list[str] = []

    def add(self, line: int, text: str) -> None:
        """Note something about a line."""
        self.number += 1
        if len(self._texts) < SHOWN_MAX:
            self._texts.append(f"{self.file}, line {line}{text}")

    def add_value(self, line: int, column: str, value: str, what: str) -> None:
        """Note what is wrong with a value, and what would do."""
        shown = value if len(value) <= VALUE_SHOWN_MAX else value[: VALUE_SHOWN_MAX - 1] + "…"
        self.add(line, f", column {column}: {shown!r} {what}")

    def raise_if_any(self) -> None:
        """Raise InputError when something was noted."""
        if self.number > len(self._texts):
            raise InputError([*self._texts, f"… and {self.number - len(self._texts):,} more; nothing was imported"])
        if self._texts:
            raise InputError([*self._texts, "nothing was imported"])


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a file, in any order; optional ones may be missing and are "" then."""

    required: tuple[str, ...]
    optional: tuple[str, ...] = ()


def _is_utf16(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(2) in (b"\xff\xfe", b"\xfe\xff")


def read_rows(path: Path, columns: Columns, problems: Problems, progress: Progress | None = None) -> Iterator[Row]:
    """Give the good rows one by one; note the others. A file whose header is wrong gives none."""
    size_bytes = path.stat().st_size
    if _is_utf16(path):
        problems.add(1, ": is UTF-16, as 'Unicode Text' is saved; save it as CSV in UTF-8")
        return
    with path.open("rb") as raw, io.TextIOWrapper(raw, "utf-8-sig", "surrogateescape", newline="") as text:
        reader = csv.reader(_lines(text), strict=True)
        line = 1
        try:
            header = next(reader, [])
            names = _names(header, columns, problems)
            line = reader.line_num + 1
            for values in reader if names else ():
                if row := _row(line, names, values, columns, problems):
                    yield row
                line = reader.line_num + 1
                if progress and reader.line_num % 500 == 0:
                    progress(raw.tell(), size_bytes)
        except csv.Error as error:
            problems.add(
                line, f": the row that begins here can't be read: {error}; is a quote not closed, or not doubled?"
            )
        if progress:
            progress(size_bytes, size_bytes)


def _lines(text: io.TextIOWrapper) -> Iterator[str]:
    while line := text.readline(LINE_MAX):
        if len(line) == LINE_MAX:
            raise csv.Error(f"a line has more than {LINE_MAX:,} characters")
        yield line


def _names(header: Sequence[str], columns: Columns, problems: Problems) -> list[str]:
    """Give the names of the columns in the file's order; [] when they are not the ones that were asked for."""
    names = [name.strip().lower() for name in header]
    wanted = ",".join(columns.required)
    if not any(names):
        problems.add(1, f": the header is missing; the first line must be {wanted}")
        return []
    if len(names) == 1 and ";" in names[0]:
        problems.add(1, f": the columns are separated by ';'; export the file with commas: {wanted}")
        return []
    known = columns.required + columns.optional
    for name in dict.fromkeys(names):
        if name not in known:
            problems.add_value(1, name or "(none)", name, f"is not a column here; the columns are {','.join(known)}")
        elif names.count(name) > 1:
            problems.add_value(1, name, name, "stands twice; leave one out")
    for name in columns.required:
        if name not in names:
            problems.add(1, f", column {name}: is missing; add it, its values may be empty where nothing is known")
    return [] if problems.number else names


def _row(line: int, names: list[str], values: list[str], columns: Columns, problems: Problems) -> Row | None:
    if not any(value.strip() for value in values):
        return None  # spreadsheets leave empty lines at the end
    if len(values) != len(names):
        problems.add(
            line,
            f": has {len(values)} values where the header has {len(names)}; a value with a comma needs quotes around",
        )
        return None
    row = Row(line, dict.fromkeys(columns.optional, "") | {n: v.strip() for n, v in zip(names, values, strict=True)})
    bad = [name for name, value in row.values.items() if not value.isprintable() and _is_unfit(value)]
    for name in bad:
        what = (
            "is not UTF-8; export the file as UTF-8" if _is_undecoded(row.values[name]) else "holds control characters"
        )
        problems.add_value(line, name, row.values[name], what)
    return None if bad else row


def _is_unfit(value: str) -> bool:
    """Tell whether a value holds what no database and no mail takes; line breaks and tabs are fit here."""
    return any((c < " " and c not in "\r\n\t") or c == "\x7f" or "\ud800" <= c <= "\udfff" for c in value)


def _is_undecoded(value: str) -> bool:
    return any("\ud800" <= c <= "\udfff" for c in value)
