"""`mailflow digest`: organizers' digests."""

from __future__ import annotations

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import office_of
from mailflow.cli.output import json_option


@click.group()
def digest() -> None:
    """Organizers' digests."""


@digest.command()
@click.argument("who")
@json_option
@click.pass_obj
def preview(context: Context, who: str, as_json: bool) -> None:
    """Show what WHO would be told now.

    WHO: the address of an organizer, liaison or contact, or a member_id.
    """
    from mailflow.service.digests import preview_digest

    shown = preview_digest(office_of(context), who, context.now())
    output.show(shown if as_json else shown["text"] or "nothing is new: no digest", as_json, context.zone)


@digest.command("set")
@click.argument("who")
@click.argument("frequency")
@json_option
@click.pass_obj
def set_(context: Context, who: str, frequency: str, as_json: bool) -> None:
    """Say how often WHO gets digests.

    FREQUENCY: `at once`, `daily`, `weekly` or `off`.
    WHO: the address of an organizer, liaison or contact, or a member_id. They can say it in an answer, too.
    """
    from mailflow.service.digests import set_frequency

    chosen = set_frequency(office_of(context), who, frequency)
    output.show(chosen if as_json else f"{chosen['to']}: {chosen['frequency']}", as_json)


@digest.command()
@click.option("--due", is_flag=True, help="Only those that are due today and have not been sent.")
@json_option
@click.pass_obj
def send(context: Context, due: bool, as_json: bool) -> None:
    """Queue the digests that hold something new."""
    from mailflow.service.digests import send_digests

    queued = send_digests(office_of(context), context.now(), is_due_only=due)
    output.show({"queued": queued} if as_json else f"queued {queued} digests", as_json)
