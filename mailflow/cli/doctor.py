"""`mailflow doctor`: is everything as it should be, and what would do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.output import json_option
from mailflow.errors import ConfigError

if TYPE_CHECKING:
    from mailflow.domain.check import Check

COLOURS = {"ok": "green", "warning": "yellow", "problem": "red", "unknown": "bright_black"}


@click.command()
@click.option("--no-round-trip", is_flag=True, help="Send no mail to the mailbox's own address.")
@click.option("--wait", default=60.0, metavar="SECONDS", help="How long that mail may take; 60 by default.")
@json_option
@click.pass_obj
@click.pass_context
def doctor(ctx: click.Context, context: Context, no_round_trip: bool, wait: float, as_json: bool) -> None:
    """Check configuration, database, mailbox, relay, a mail's round trip, trust and DNS; a line each."""
    from mailflow.gateways.doctor import examine

    found: list[Check] = []
    for check in examine(_settings(context, as_json), context.now(), wait_s=wait, has_round_trip=not no_round_trip):
        found.append(check)
        if not as_json:
            _tell(check)
    if as_json:
        output.show(found, True, context.zone)
    ctx.exit(1 if any(check.state == "problem" for check in found) else 0)


def _settings(context: Context, as_json: bool) -> Any:
    try:
        return context.settings
    except ConfigError as error:
        if as_json:
            from mailflow.domain.check import problem

            output.show([problem("configuration", str(error), error.remedy)], True)
        raise


def _tell(check: Check) -> None:
    said = output.jsonable(check)
    line = "".join(c if c.isprintable() else " " for c in said["detail"])
    click.echo(click.style(f"{said['state']:8}", fg=COLOURS[said["state"]]) + f" {check.check:20} {line}")
    if check.remedy:
        click.echo(" " * 30 + "-> " + "".join(c if c.isprintable() else " " for c in check.remedy))
