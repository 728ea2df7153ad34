"""`mailflow proposal amend`: a statement is changed after it was shown."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import office_of, text_of
from mailflow.cli.output import json_option
from mailflow.errors import UsageError


@click.command()
@click.argument("proposal_id", metavar="ID")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--typo", is_flag=True, help="A correction: signatures stay as they are.")
@click.option("--material", is_flag=True, help="Another meaning: each signatory is asked to affirm it.")
@click.option("--reason", default="", help="Why; signatories are told.")
@json_option
@click.pass_obj
def amend(
    context: Context, proposal_id: str, file: Path, typo: bool, material: bool, reason: str, as_json: bool
) -> None:
    """Change a statement that was shown.

    The statement in FILE.md is the new one; both versions are kept.
    """
    from mailflow.service.amending import amend as change

    if typo == material:
        raise UsageError("say which it is: --typo or --material")
    done = change(office_of(context), proposal_id, text_of(file), reason, context.now(), is_material=material)
    said = f"{proposal_id}: version {done.statement_sha256[:12]}" + (
        f"; {done.asked} signatories are asked to affirm it" if material else ""
    )
    output.show(asdict(done) if as_json else said, as_json)
