"""`mailflow proposal meeting`: a meeting moves, or is called off."""

from __future__ import annotations

import click

from mailflow.cli.context import Context
from mailflow.cli.offices import instant_of, office_of
from mailflow.cli.output import json_option, yes_option
from mailflow.cli.sending import send_to_many
from mailflow.errors import UsageError


@click.command()
@click.argument("proposal_id", metavar="ID")
@click.option("--number", type=click.IntRange(1), metavar="N", help="Which of several, as in the file.")
@click.option("--to", "to", metavar="T", help="When it begins now: a local time, or an instant; it lasts as long.")
@click.option("--where", help="Where it is now.")
@click.option("--off", is_flag=True, help="It does not take place.")
@click.option("--reason", default="", help="Why, in words for the members.")
@click.option("--dry-run", is_flag=True, help="Show whom it would reach; change nothing.")
@yes_option
@json_option
@click.pass_obj
def meeting(
    context: Context,
    proposal_id: str,
    number: int | None,
    to: str | None,
    where: str | None,
    off: bool,
    reason: str,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Move a meeting, or call it off.

    Who was invited is told, and their calendars are.
    """
    from mailflow.service.moving import Change, change_meeting, preview_change

    if off == bool(to or where is not None):
        raise UsageError("say what changes: --to and --where, or --off")
    if to and len(to.strip()) <= len("2018-04-25"):
        raise UsageError(f"--to is {to!r}: a meeting needs a time of day, such as 2018-04-25T16:00")
    starts_at = instant_of("--to", to, context.zone) if to else None
    change = Change(number or 0, starts_at, where, off, reason)
    office = office_of(context)
    send_to_many(
        context,
        lambda: preview_change(office, proposal_id, change, context.now()),
        lambda: change_meeting(office, proposal_id, change, context.now()),
        dry_run=dry_run,
        yes=yes,
        as_json=as_json,
    )
