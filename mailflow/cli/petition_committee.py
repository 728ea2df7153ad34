"""`mailflow petition submit|acknowledge|decide|report`: what goes to the committee and what comes back."""

from __future__ import annotations

from pathlib import Path

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import date_of, office_of
from mailflow.cli.output import json_option, yes_option
from mailflow.cli.sending import send_to_many
from mailflow.errors import UsageError


@click.command()
@click.argument("petition_id", metavar="ID")
@click.option("--to", default="", metavar="ADDRESS", help="The committee's address; by default contacts.committee.")
@click.option("--checked-by", default="", metavar="NAME", help="Who checked that no single unit covers the purpose.")
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Write the packet there.")
@click.option("--dry-run", is_flag=True, help="Check the rules and make the packet; submit nothing.")
@json_option
@click.pass_obj
def submit(
    context: Context, petition_id: str, to: str, checked_by: str, out: Path | None, dry_run: bool, as_json: bool
) -> None:
    """Submit a petition to the committee.

    Refused while a rule of its kind is not met. The packet is mailed to the committee and the staff liaison.
    """
    from mailflow.service import submitting

    office, now = office_of(context), context.now()
    if dry_run:
        packet = submitting.preview_submission(office, petition_id, checked_by, now)
    else:
        packet = submitting.submit(office, petition_id, now, to=to, checked_by=checked_by)
    if out is not None:
        _write(out, {part.name: part.content for part in packet.parts})
    parts = [{"name": part.name, "sha256": part.sha256} for part in packet.parts]
    counted = packet.case.counted.validated
    if as_json:
        output.show({"id": petition_id, "submitted": not dry_run, "validated": counted, "parts": parts}, True)
        return
    done = "could be submitted" if dry_run else "is submitted"
    output.show(f"{petition_id} {done}: {counted} signatures count, {packet.case.petition.threshold} are needed", False)
    output.show(parts, False)


def _write(folder: Path, files: dict[str, bytes]) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        for name, content in files.items():
            (folder / name).write_bytes(content)
    except OSError as error:
        raise UsageError(f"--out is {str(folder)!r}, and it can't be written: {error.strerror}") from None


@click.command()
@click.argument("petition_id", metavar="ID")
@click.option("--reported-by", default="", metavar="NAME", help="Who said that the committee has it.")
@click.pass_obj
def acknowledge(context: Context, petition_id: str, reported_by: str) -> None:
    """Note that the committee has received the petition."""
    from mailflow.service import committee

    committee.acknowledge(office_of(context), petition_id, reported_by, context.now())
    output.show(f"{petition_id} is acknowledged", False)


@click.command()
@click.argument("petition_id", metavar="ID")
@click.option("--approve", is_flag=True, help="The committee approves the petition.")
@click.option("--return", "reason", metavar="REASON", help="The committee returns it: what is missing.")
@click.option("--reported-by", default="", metavar="NAME", help="Who reported the decision.")
@click.option("--meeting", metavar="DATE", help="The day of the meeting that decided.")
@click.option("--vote", default="", metavar="TEXT", help='The vote as it was told, such as "7 to 1".')
@click.option("--dry-run", is_flag=True, help="Show whom it would be told to; record nothing.")
@yes_option
@json_option
@click.pass_obj
def decide(
    context: Context,
    petition_id: str,
    approve: bool,
    reason: str | None,
    reported_by: str,
    meeting: str | None,
    vote: str,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Record the committee's decision, and tell it.

    It is told to the signatories and organizers.
    """
    from mailflow.service import committee

    if approve == (reason is not None):
        raise UsageError("give either --approve or --return REASON")
    office, said = office_of(context), reason or ""
    met_on = date_of("--meeting", meeting) if meeting else None
    send_to_many(
        context,
        lambda: committee.preview_outcome(office, petition_id, approve, said, vote, context.now()),
        lambda: committee.decide(office, petition_id, approve, said, reported_by, met_on, vote, context.now()),
        dry_run=dry_run,
        yes=yes,
        as_json=as_json,
    )


@click.command()
@click.argument("petition_id", metavar="ID")
@click.option("--reported-by", default="", metavar="NAME", help="Who reports it.")
@click.pass_obj
def report(context: Context, petition_id: str, reported_by: str) -> None:
    """Report an approved petition to Council."""
    from mailflow.service import committee

    committee.report(office_of(context), petition_id, reported_by, context.now())
    output.show(f"{petition_id} is reported to Council", False)


COMMANDS = (submit, acknowledge, decide, report)
