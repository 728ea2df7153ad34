"""`mailflow audit`: the evidence ledger."""

from __future__ import annotations

from pathlib import Path

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import office_of
from mailflow.cli.output import json_option
from mailflow.errors import UsageError


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


@audit.command()
@click.argument("folder", metavar="DIR", type=click.Path(file_okay=False, path_type=Path))
@json_option
@click.pass_context
def packet(ctx: click.Context, folder: Path, as_json: bool) -> None:
    """Verify a submission packet in DIR.

    Its files, the raw mails, the roster and the ledger are held against its manifest. Exit 1 when something differs.
    """
    from mailflow.service.packet_check import check_packet

    context: Context = ctx.obj
    try:
        files = {path.name: path.read_bytes() for path in sorted(folder.iterdir()) if path.is_file()}
    except OSError as error:
        raise UsageError(f"{folder} can't be read: {error.strerror}") from None
    found = check_packet(office_of(context), files)
    output.show(found, as_json, context.zone)
    if found["problems"]:
        ctx.exit(1)


@audit.command()
@json_option
@click.pass_obj
def reads(context: Context, as_json: bool) -> None:
    """List who looked at members' names and mails, the latest first."""
    from mailflow.store import reads as reads_

    with context.db.read() as work:
        found = reads_.latest(work)
    output.show(found, as_json, context.zone)
