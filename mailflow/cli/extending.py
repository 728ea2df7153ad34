"""`proposal extend` and `petition extend`: a window closes later."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import instant_of, office_of

if TYPE_CHECKING:
    from mailflow.service.office import Office

Extend = Callable[["Office", str, datetime, datetime, str], int]


def extend_command(help_: str, taken: str, extend: Extend) -> click.Command:
    """Make the command. taken: what is taken until then; extend: does it, and gives how many members are told."""

    @click.command("extend", help=help_)
    @click.argument("proposal_id", metavar="ID")
    @click.option("--until", required=True, metavar="T", help="A date (the whole day), a local time, or an instant.")
    @click.option("--reason", default="", help="Why, in words for the members.")
    @click.pass_obj
    def command(context: Context, proposal_id: str, until: str, reason: str) -> None:
        until_at = instant_of("--until", until, context.zone)
        told = extend(office_of(context), proposal_id, until_at, context.now(), reason)
        until_words = output.jsonable(until_at, context.zone)
        output.show(f"{proposal_id}: {taken} until {until_words}; {told} members are told", False)

    return command
