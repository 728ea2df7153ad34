"""`mailflow audit`: the evidence ledger."""

from __future__ import annotations

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import office_of
from mailflow.cli.output import json_option


@click.group()
def audit() -> None:
    """The evidence ledger: entries chained by hash."""


@audit.command()
@click.option("--head", "known", metavar="HASH", default="", help="A head from a digest, receipt or packet.")
@json_option
@click.pass_context
def verify(ctx: click.Context, known: str, as_json: bool) -> None:
    """Verify the chain, and every signature against it.

    Exit 1 when it is not whole, at its end too.
    """
    from mailflow.service.evidence import verify as verify_

    context: Context = ctx.obj
    found = verify_(office_of(context), known)
    output.show(found, as_json, context.zone)
    if found["problems"]:
        ctx.exit(1)


@audit.command()
@click.argument("code")
@json_option
@click.pass_obj
def receipt(context: Context, code: str, as_json: bool) -> None:
    """Show the entry of a receipt CODE.

    And whether the chain up to it is whole.
    """
    from mailflow.service.evidence import receipt as receipt_

    output.show(receipt_(office_of(context), code), as_json, context.zone)
