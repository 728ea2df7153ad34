"""`mailflow status`: counts, lags, what waits for a person."""

from __future__ import annotations

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import office_of
from mailflow.cli.output import json_option


@click.command()
@json_option
@click.pass_obj
def status(context: Context, as_json: bool) -> None:
    """Counts, lags, what waits for a person."""
    from mailflow.service.status import status as status_

    output.show(status_(office_of(context), context.now()), as_json, context.zone)
