"""`mailflow petition invalidate`, `enter`, `bursts`: what staff do with signatures."""

from __future__ import annotations

import sys
from dataclasses import asdict
from datetime import datetime
from pathlib import Path

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import office_of
from mailflow.cli.output import json_option
from mailflow.domain.civil import parse_when
from mailflow.domain.model import Proof
from mailflow.domain.verification import Which
from mailflow.errors import InputError, UsageError

PROOFS = [proof.value for proof in Proof if proof]


@click.command()
@click.argument("petition_id", metavar="ID")
@click.option("--member", "members", metavar="WHO", multiple=True, help="A member_id or an address; may stand often.")
@click.option("--domain", metavar="NAME", default="", help="Addresses of this domain, and below it.")
@click.option("--via", type=click.Choice(["mail", "link", "staff", "paper"]), help="How they came.")
@click.option("--proof", type=click.Choice(PROOFS), help="How they are proved.")
@click.option("--from", "from_", metavar="T", help="Signed from then on.")
@click.option("--to", "to", metavar="T", help="Signed before the end of then.")
@click.option("--reason", required=True, help="Why; it stays with each signature.")
@click.option("--dry-run", is_flag=True, help="Say how many are meant; change nothing.")
@click.option("--yes", is_flag=True, help="Do not ask; needed in a pipe when more than one is meant.")
@json_option
@click.pass_obj
def invalidate(
    context: Context,
    petition_id: str,
    members: tuple[str, ...],
    domain: str,
    via: str | None,
    proof: str | None,
    from_: str | None,
    to: str | None,
    reason: str,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Invalidate signatures, with a reason. All the conditions that are given must hold; nothing is deleted."""
    from mailflow.service import verification

    office = office_of(context)
    which = Which(
        verification.find_members(office, members),
        via or "",
        proof or "",
        domain,
        _instant("--from", from_, context.zone, is_end=False),
        _instant("--to", to, context.zone, is_end=True),
    )
    meant = verification.preview_invalidation(office, petition_id, which)
    if dry_run:
        output.show(meant, as_json)
        return
    if meant["signatures"] > 1 and not yes:
        _confirm(meant["signatures"])
    done = verification.invalidate(office, petition_id, which, reason, context.now())
    output.show({"invalidated": done} if as_json else f"{petition_id}: {done} signatures are invalidated", as_json)


def _confirm(signatures: int) -> None:
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise UsageError(f"{signatures} signatures are meant: look with --dry-run, then repeat with --yes")
    click.confirm(f"Invalidate {signatures:,} signatures?", abort=True, err=True)


def _instant(option: str, value: str | None, zone: str, *, is_end: bool) -> datetime | None:
    if value is None:
        return None
    try:
        return parse_when(value, zone, "end" if is_end else "start")
    except InputError as error:
        raise UsageError(f"{option} is {value!r}: {error}") from None


@click.command()
@click.argument("petition_id", metavar="ID")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and say what would be entered; write nothing.")
@json_option
@click.pass_obj
def enter(context: Context, petition_id: str, file: Path, dry_run: bool, as_json: bool) -> None:
    """Enter signatures from paper or elsewhere.

    All of FILE.csv or none of it; its columns are member, signed_on and note. They have the proof `paper`:
    whether it counts is for the kind to say (proof_that_counts).
    """
    from mailflow.service.verification import enter_signatures

    found = enter_signatures(office_of(context), petition_id, file, context.now(), dry_run=dry_run)
    output.show(asdict(found), as_json)


@click.command()
@click.argument("petition_id", metavar="ID")
@click.option("--least", default=20, show_default=True, metavar="N", help="Only hours with at least so many.")
@json_option
@click.pass_obj
def bursts(context: Context, petition_id: str, least: int, as_json: bool) -> None:
    """List hours with many from one domain.

    They are there to be looked at; nothing is judged by them.
    """
    from mailflow.service.verification import show_bursts

    rows = [asdict(row) for row in show_bursts(office_of(context), petition_id, least)]
    output.show(rows, as_json, context.zone)


COMMANDS = (invalidate, enter, bursts)
