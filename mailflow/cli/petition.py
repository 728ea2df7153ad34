"""`mailflow petition`: petitions and their signatures."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.extending import extend_command
from mailflow.cli.offices import note_read, office_of
from mailflow.cli.output import json_option, yes_option
from mailflow.cli.petition_committee import COMMANDS
from mailflow.cli.petition_verify import COMMANDS as VERIFYING
from mailflow.cli.sending import send_to_many

if TYPE_CHECKING:
    from mailflow.service.office import Office


@click.group()
def petition() -> None:
    """Petitions and their signatures."""


@petition.command("open")
@click.argument("petition_id", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Show whom it would invite; send nothing.")
@yes_option
@json_option
@click.pass_obj
def open_(context: Context, petition_id: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Open a petition and invite its audience to sign by reply."""
    from mailflow.service import petitions

    office = office_of(context)
    send_to_many(
        context,
        lambda: petitions.preview_opening(office, petition_id, context.now()),
        lambda: petitions.open_petition(office, petition_id, context.now()),
        dry_run=dry_run,
        yes=yes,
        as_json=as_json,
    )


@petition.command()
@click.argument("petition_id", metavar="ID")
@click.pass_obj
def close(context: Context, petition_id: str) -> None:
    """Stop collecting signatures now."""
    from mailflow.service.petitions import close_petition

    close_petition(office_of(context), petition_id, context.now())
    output.show(f"{petition_id} is closed", False)


def _extend(office: Office, petition_id: str, until: datetime, now: datetime, reason: str) -> int:
    from mailflow.service.petitions import extend_petition

    return extend_petition(office, petition_id, until, now, reason)


@petition.command()
@click.argument("petition_id", metavar="ID")
@json_option
@click.pass_obj
def show(context: Context, petition_id: str, as_json: bool) -> None:
    """Show a petition and its tally."""
    from mailflow.service.petitions import show_petition

    output.show(show_petition(office_of(context), petition_id, context.now()), as_json, context.zone)


@petition.command()
@click.argument("petition_id", metavar="ID")
@json_option
@click.pass_obj
def signatures(context: Context, petition_id: str, as_json: bool) -> None:
    """List the signatures, their states and their proofs."""
    from mailflow.service.petitions import list_signatures

    found = list_signatures(office_of(context), petition_id)
    note_read(context, "petition signatures", petition_id)
    output.show(found, as_json, context.zone)


EXTEND = extend_command("Let a petition close later; who has not answered is told.", "signatures are taken", _extend)
for command in (EXTEND, *COMMANDS, *VERIFYING):
    petition.add_command(command)
