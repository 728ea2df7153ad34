"""Import of roster.csv and units.csv: all of a file or nothing of it, in one transaction, streamed."""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from pathlib import Path

from mailflow.domain.model import Member
from mailflow.domain.unit import Unit, find_loop
from mailflow.errors import InputError
from mailflow.service.csv_rows import Problems, Progress, read_rows
from mailflow.service.roster_rows import ROSTER, UNITS, read_member, read_unit
from mailflow.store import meta, roster_import
from mailflow.store.engine import Database, Work
from mailflow.store.erasure import ERASED
from mailflow.store.roster import members
from mailflow.store.units import keep_units, remove_units, units

IMPORTED_AT = "roster.imported_at"  # when the newest snapshot came: standing is checked again after it
CHUNK = 1_000  # rows in memory at once
SALT_BYTES = 16
Line = tuple[int, Member]  # where it stands in the file


@dataclass(slots=True)
class ImportReport:
    """What an import did, or with a dry run would do. read: rows; added, changed, unchanged and erased add up to it.

    ended: taken out because they are not in the file; missing: not in the file and left as they are. erased: rows of
    members who were erased, which are left out.
    """

    read: int = 0
    added: int = 0
    changed: int = 0
    unchanged: int = 0
    ended: int = 0
    missing: int = 0
    erased: int = 0


def import_members(
    db: Database,
    path: Path,
    now: datetime,
    *,
    dry_run: bool = False,
    complete: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Take a snapshot of the roster; values valid from now are kept beside the earlier ones.

    complete: end the members who are not in the file; otherwise they stay. A dry run takes no lock and writes nothing.
    Raises InputError with the bad rows; nothing is imported then.
    """
    problems, report = Problems(path), ImportReport()
    with db.read() if dry_run else db.write() as work, roster_import.snapshot(work):
        for lines in _chunks(_members(path, problems, progress)):
            fresh = _without_duplicates(work, lines, problems)
            if not problems.number:  # once something is wrong the rest is only checked
                _take(work, fresh, now, report, dry_run)
        problems.raise_if_any()
        _look_for_missing(work, now, report, complete, dry_run, path)
        if not dry_run:
            meta.put(work, IMPORTED_AT, now.isoformat())
        if not dry_run and report.added + report.changed > CHUNK:
            roster_import.refresh_statistics(work)
    return report


def import_units(
    db: Database, path: Path, now: datetime, *, dry_run: bool = False, progress: Progress | None = None
) -> ImportReport:
    """Take units.csv as the whole tree: units that are not in it are no longer listed (ended).

    A unit that only members or other units name is a root of that name. Raises InputError, also for a loop.
    """
    problems = Problems(path)
    given = _units(path, problems, progress)
    problems.raise_if_any()
    with db.read() if dry_run else db.write() as work:
        known = units(work)
        kept = [one for one in given.values() if known.get(one.unit_id) != one]
        gone = known.keys() - given.keys()
        if not dry_run:
            remove_units(work, gone)
            keep_units(work, kept)
    added = len(given.keys() - known.keys())
    return ImportReport(len(given), added, len(kept) - added, len(given) - len(kept), len(gone))


def _members(path: Path, problems: Problems, progress: Progress | None) -> Iterator[Line]:
    for row in read_rows(path, ROSTER, problems, progress):
        if member := read_member(row, problems):
            yield row.line, member


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    while chunk := list(islice(lines, CHUNK)):
        yield chunk


def _without_duplicates(work: Work, lines: Sequence[Line], problems: Problems) -> list[Member]:
    """Note each member_id that stood further up, in this chunk or in one before."""
    first: dict[str, int] = {}
    again: list[tuple[int, str]] = []
    for line, member in lines:
        if first.setdefault(member.member_id, line) != line:
            again.append((line, member.member_id))
    before = roster_import.note_seen(work, first)
    again += [(first[member_id], member_id) for member_id in before]
    for line, member_id in sorted(again):
        stood = before.get(member_id, first[member_id])
        problems.add_value(line, "member_id", member_id, f"stands on line {stood} already; leave one of the two out")
    return [member for _, member in lines]


def _take(work: Work, given: Sequence[Member], now: datetime, report: ImportReport, dry_run: bool) -> None:
    """Compare a chunk with what is known, and write the difference."""
    known = members(work, [member.member_id for member in given])
    added = [(member, secrets.token_hex(SALT_BYTES)) for member in given if member.member_id not in known]
    erased = {one.member_id for one in known.values() if one.standing == ERASED}  # a snapshot does not bring them back
    changed = [(old, one) for one in given if (old := known.get(one.member_id)) is not None and old != one]
    changed = [(old, one) for old, one in changed if old.member_id not in erased]
    report.read += len(given)
    report.erased += len(erased)
    report.added += len(added)
    report.changed += len(changed)
    report.unchanged += len(given) - len(added) - len(changed) - len(erased)
    if not dry_run:
        roster_import.add_members(work, added, now)
        roster_import.change_members(work, changed, now)


def _look_for_missing(
    work: Work, now: datetime, report: ImportReport, complete: bool, dry_run: bool, path: Path
) -> None:
    missing = roster_import.count_unseen(work)
    if not complete:
        report.missing = missing
        return
    if not report.read:
        raise InputError(f"{path} has no members: --complete would end all {missing:,}; is it the right file?")
    report.ended = missing
    if missing and not dry_run:
        roster_import.end_unseen(work, now)


def _units(path: Path, problems: Problems, progress: Progress | None) -> dict[str, Unit]:
    """Read the tree; note ids that stand twice, and a loop by all its ids."""
    given: dict[str, Unit] = {}
    lines: dict[str, int] = {}
    for row in read_rows(path, UNITS, problems, progress):
        unit = read_unit(row, problems)
        if unit is None:
            continue
        if unit.unit_id in given:
            what = f"stands on line {lines[unit.unit_id]} already; leave one of the two out"
            problems.add_value(row.line, "unit_id", unit.unit_id, what)
            continue
        given[unit.unit_id], lines[unit.unit_id] = unit, row.line
    if loop := find_loop({unit.unit_id: unit.parent_id for unit in given.values()}):
        shown = " -> ".join(loop if len(loop) <= 12 else (*loop[:10], "…", loop[-1]))
        what = f"leads back to itself: {shown}; give one of them another parent"
        problems.add_value(lines[loop[0]], "parent_id", given[loop[0]].parent_id, what)
    return given
