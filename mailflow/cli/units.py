"""`mailflow units`: the tree of groups."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from mailflow.cli.context import Context
from mailflow.cli.importing import progress_bar, sentence
from mailflow.cli.output import json_option, note, show


@click.group()
def units() -> None:
    """The tree of groups: divisions, committees, round tables, member groups."""


@units.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and say what would change; write nothing.")
@json_option
@click.pass_obj
def import_file(context: Context, file: Path, dry_run: bool, as_json: bool) -> None:
    """Import units.csv, the whole tree; nothing if a row is wrong."""
    from mailflow.service.roster import import_units
    from mailflow.store.units import unlisted_units

    with progress_bar(file.name) as progress:
        report = import_units(context.db, file, context.now(), dry_run=dry_run, progress=progress)
    show(asdict(report) if as_json else sentence(report, "units", dry_run, "no longer listed"), as_json)
    if not dry_run:
        with context.db.read() as work:
            unlisted = unlisted_units(work)
        if unlisted:
            note(f"not listed, so roots of that name: {', '.join(unlisted[:10])}{' …' * (len(unlisted) > 10)}")


@units.command("list")
@json_option
@click.pass_obj
def list_units(context: Context, as_json: bool) -> None:
    """List the units, and how many members each has itself."""
    from mailflow.domain.unit import Unit
    from mailflow.store import units as store

    with context.db.read() as work:
        known, counts = store.units(work), store.member_counts(work)
        unlisted = {unit_id: Unit(unit_id, unit_id) for unit_id in store.unlisted_units(work)}
    rows = [
        {
            "unit_id": one.unit_id,
            "name": one.name,
            "parent_id": one.parent_id or None,
            "tags": list(one.tags),
            "members": counts.get(one.unit_id, 0),
            "listed": one.unit_id in known,
        }
        for _, one in sorted({**unlisted, **known}.items())
    ]
    show(rows, as_json)
