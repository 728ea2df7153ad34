"""`mailflow notice`: announcements, and the notices that launches prepare."""

from __future__ import annotations

from pathlib import Path

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import office_of, text_of
from mailflow.cli.output import json_option, yes_option
from mailflow.cli.sending import send_to_many, show_preview
from mailflow.errors import UsageError
from mailflow.mail.address import parse_address


@click.group()
def notice() -> None:
    """Announcements, and the notices that launches prepare."""


@notice.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def add(context: Context, file: Path, as_json: bool) -> None:
    """Add the announcement in FILE.md."""
    from mailflow.service.launches import add_notice

    new = add_notice(office_of(context), text_of(file), context.now())
    output.show({"id": new} if as_json else new, as_json)


@notice.command()
@click.argument("notice_id", metavar="ID")
@json_option
@click.pass_obj
def preview(context: Context, notice_id: str, as_json: bool) -> None:
    """Show whom a notice would reach, who is left out, and samples."""
    from mailflow.service.launches import preview_notice

    show_preview(context, preview_notice(office_of(context), notice_id, context.now()), as_json)


@notice.command()
@click.argument("notice_id", metavar="ID")
@click.option("--to", "to", required=True, metavar="ADDR", help="Where the one copy goes.")
@click.pass_obj
def test(context: Context, notice_id: str, to: str) -> None:
    """Queue one copy to one address."""
    from mailflow.service.launches import test_notice

    address = parse_address(to)
    if address is None:
        raise UsageError(f"--to is {to!r}: that is no address")
    test_notice(office_of(context), notice_id, address.address, context.now())
    output.show("queued one copy", False)


@notice.command()
@click.argument("notice_id", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Show whom it would reach; send nothing.")
@yes_option
@json_option
@click.pass_obj
def send(context: Context, notice_id: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Send a prepared notice to its audience."""
    from mailflow.service import launches

    office = office_of(context)
    send_to_many(
        context,
        lambda: launches.preview_notice(office, notice_id, context.now()),
        lambda: launches.send_notice(office, notice_id, context.now()),
        dry_run=dry_run,
        yes=yes,
        as_json=as_json,
    )


@notice.command("list")
@json_option
@click.pass_obj
def list_(context: Context, as_json: bool) -> None:
    """List the notices: how many mails each is, how many were sent."""
    from mailflow.service.launches import list_notices

    output.show(list_notices(office_of(context), context.now()), as_json, context.zone)
