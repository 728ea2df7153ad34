"""`mailflow launch`: launches and their delays."""

from __future__ import annotations

from pathlib import Path

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import date_of, office_of, text_of
from mailflow.cli.output import json_option
from mailflow.domain.launch import UPDATE
from mailflow.domain.model import Notice


@click.group()
def launch() -> None:
    """Launches and their delays."""


def _prepared(context: Context, notice: Notice, as_json: bool) -> None:
    """Show the notice that a change prepared, and what names the date that no longer holds."""
    from mailflow.service.launch_facts import moved_mentions

    office = office_of(context)
    with office.db.read() as work:
        found = moved_mentions(work, office, notice.launch_id) if notice.kind != UPDATE else []
    if as_json:
        prepared = {"id": notice.id, "kind": notice.kind, "state": notice.state, "mentions": found}
        output.show(prepared, True, context.zone)
        return
    for each in found:
        output.note(f"the old date is named in {each.id} ({each.kind}, {each.state}): {each.words!r}")
    output.show(
        f"{notice.id} ({notice.kind}) is prepared and not sent:"
        f" `mailflow notice preview {notice.id}`, then `mailflow notice send {notice.id}`",
        False,
    )


@launch.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def add(context: Context, file: Path, as_json: bool) -> None:
    """Add the launch in FILE.md."""
    from mailflow.service.launches import add_launch

    new = add_launch(office_of(context), text_of(file), context.now())
    output.show({"id": new} if as_json else new, as_json)


@launch.command()
@click.argument("launch_id", metavar="ID")
@click.option("--to", "to", metavar="DATE", default="", help="The new day; without it a date is to be announced.")
@click.option("--reason", required=True, help="Why, in words for the members.")
@json_option
@click.pass_obj
def slip(context: Context, launch_id: str, to: str, reason: str, as_json: bool) -> None:
    """Put a launch off, and prepare the delay notice."""
    from mailflow.service import launches

    to_on = date_of("--to", to) if to and to.casefold() != "tba" else None
    _prepared(context, launches.slip(office_of(context), launch_id, to_on, reason, context.now()), as_json)


@launch.command("set-date")
@click.argument("launch_id", metavar="ID")
@click.argument("date", metavar="DATE")
@json_option
@click.pass_obj
def set_date(context: Context, launch_id: str, date: str, as_json: bool) -> None:
    """Tell a firm date, and prepare its notice."""
    from mailflow.service import launches

    _prepared(context, launches.set_date(office_of(context), launch_id, date_of("DATE", date), context.now()), as_json)


@launch.command()
@click.argument("launch_id", metavar="ID")
@click.option("--text", required=True, help="What there is to tell, in Markdown.")
@click.option("--subject", default="", help="The subject; without it, the launch's title and 'an update'.")
@json_option
@click.pass_obj
def update(context: Context, launch_id: str, text: str, subject: str, as_json: bool) -> None:
    """Prepare a word to its lists while they wait."""
    from mailflow.service import launches

    _prepared(context, launches.update(office_of(context), launch_id, subject, text, context.now()), as_json)


@launch.command()
@click.argument("launch_id", metavar="ID")
@json_option
@click.pass_obj
def launched(context: Context, launch_id: str, as_json: bool) -> None:
    """Say that it happened, and prepare the launch notice."""
    from mailflow.service import launches

    _prepared(context, launches.launched(office_of(context), launch_id, context.now()), as_json)


@launch.command()
@click.argument("launch_id", metavar="ID")
@json_option
@click.pass_obj
def show(context: Context, launch_id: str, as_json: bool) -> None:
    """Show a launch with its history and notices."""
    from mailflow.service.launches import show_launch

    output.show(show_launch(office_of(context), launch_id), as_json, context.zone)
