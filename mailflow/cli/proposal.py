"""`mailflow proposal`: proposals and their feedback."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.extending import extend_command
from mailflow.cli.offices import office_of, text_of
from mailflow.cli.output import json_option, yes_option
from mailflow.cli.proposal_amend import amend
from mailflow.cli.proposal_meeting import meeting
from mailflow.cli.sending import send_to_many
from mailflow.errors import UsageError
from mailflow.mail.address import is_address

if TYPE_CHECKING:
    from mailflow.service.office import Office


@click.group()
def proposal() -> None:
    """Proposals and their feedback."""


@proposal.command()
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@json_option
@click.pass_obj
def add(context: Context, file: Path, as_json: bool) -> None:
    """Add the draft in FILE.md, checked against its kind.

    A known id changes the draft. What exists and has a similar purpose is told.
    """
    from mailflow.service.overlaps import show_similar
    from mailflow.service.proposals import add_proposal

    office = office_of(context)
    new = add_proposal(office, text_of(file), context.now())
    similar = show_similar(office, new)
    output.show({"id": new, "similar": similar} if as_json else new, as_json)
    for one in similar:
        output.note(f"similar: {one['title']} ({one['what']} {one['id']}); in common: {', '.join(one['shared'])}")


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@json_option
@click.pass_obj
def renew(context: Context, proposal_id: str, as_json: bool) -> None:
    """Draft the renewal of an approved group.

    Statement and organizers are as they were; whoever signed it is invited when it is opened.
    """
    from mailflow.service.renewal import draft_renewal

    new = draft_renewal(office_of(context), proposal_id, context.now())
    output.show({"id": new} if as_json else new, as_json)


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@json_option
@click.pass_obj
def similar(context: Context, proposal_id: str, as_json: bool) -> None:
    """List units, groups and open proposals with a similar purpose."""
    from mailflow.service.overlaps import show_similar

    output.show(show_similar(office_of(context), proposal_id), as_json, context.zone)


@proposal.command("list")
@json_option
@click.pass_obj
def list_(context: Context, as_json: bool) -> None:
    """List every proposal."""
    from mailflow.service.proposals import list_proposals

    output.show(list_proposals(office_of(context)), as_json, context.zone)


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@json_option
@click.pass_obj
def show(context: Context, proposal_id: str, as_json: bool) -> None:
    """Show a proposal with its feedback."""
    from mailflow.service.proposals import show_proposal

    output.show(show_proposal(office_of(context), proposal_id), as_json, context.zone)


@proposal.command("open")
@click.argument("proposal_id", metavar="ID")
@click.option("--dry-run", is_flag=True, help="Show whom it would reach; send nothing.")
@yes_option
@json_option
@click.pass_obj
def open_(context: Context, proposal_id: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Mail a proposal to its audience and ask for feedback."""
    from mailflow.service import proposals

    office = office_of(context)
    send_to_many(
        context,
        lambda: proposals.preview_opening(office, proposal_id, context.now()),
        lambda: proposals.open_proposal(office, proposal_id, context.now()),
        dry_run=dry_run,
        yes=yes,
        as_json=as_json,
    )


def _extend(office: Office, proposal_id: str, until: datetime, now: datetime, reason: str) -> int:
    from mailflow.service.proposals import extend_proposal

    return extend_proposal(office, proposal_id, until, now, reason)


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@click.argument("who", metavar="WHO")
@click.option("--name", default="", metavar="TEXT", help="Another name.")
@click.option("--email", default="", metavar="ADDRESS", help="Another mail address; the old one is told.")
@click.option("--address", default="", metavar="TEXT", help="The postal address: it stands in the packet alone.")
@click.pass_obj
def organizer(context: Context, proposal_id: str, who: str, name: str, email: str, address: str) -> None:
    """Mend an organizer's name or address.

    WHO is the organizer's name or mail address. Organizers and liaison are told that something was changed.
    """
    from mailflow.service.organizers import change_organizer

    if not (name or email or address):
        raise UsageError("say what is changed: --name, --email or --address")
    if email and not is_address(email):
        raise UsageError(f"--email is {email!r}: that is no mail address")
    office, now = office_of(context), context.now()
    after = change_organizer(office, proposal_id, who, now, name=name, email=email, address=address)
    output.show(f"{proposal_id}: what is known of {after.name} is changed", False)


@proposal.command()
@click.argument("proposal_id", metavar="ID")
@click.pass_obj
def withdraw(context: Context, proposal_id: str) -> None:
    """Withdraw a proposal and its petition."""
    from mailflow.service.proposals import withdraw_proposal

    withdraw_proposal(office_of(context), proposal_id, context.now())
    output.show(f"{proposal_id} is withdrawn; what waits to be sent about it will not leave", False)


proposal.add_command(amend)
proposal.add_command(meeting)
proposal.add_command(extend_command("Let feedback close later; who is silent is told.", "feedback is taken", _extend))
