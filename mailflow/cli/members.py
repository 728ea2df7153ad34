"""`mailflow members`: the roster."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mailflow.cli.context import Context
from mailflow.cli.importing import progress_bar, sentence
from mailflow.cli.offices import note_read, office_of
from mailflow.cli.output import json_option, jsonable, note, show
from mailflow.errors import NotFound, UsageError

if TYPE_CHECKING:
    from mailflow.domain.model import Member
    from mailflow.service.erasure import Erasure
    from mailflow.store.engine import Work


@click.group()
def members() -> None:
    """The roster: who is a member, at which addresses, in which standing."""


@members.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Check the file and say what would change; write nothing.")
@click.option("--complete", is_flag=True, help="The file is the whole roster: end the members who are not in it.")
@json_option
@click.pass_obj
def import_file(context: Context, file: Path, dry_run: bool, complete: bool, as_json: bool) -> None:
    """Import roster.csv: all of it, or nothing if a row is wrong."""
    from mailflow.service.roster import import_members

    if complete and not dry_run:
        _show_who_would_end(context, file)
    with progress_bar(file.name) as progress:
        report = import_members(context.db, file, context.now(), dry_run=dry_run, complete=complete, progress=progress)
    show(asdict(report) if as_json else sentence(report, "members", dry_run, "ended"), as_json)
    if not dry_run:
        from mailflow.service.verification import recheck_standing

        for one in recheck_standing(office_of(context), context.now(), is_due_only=True):
            note(f"{one.petition_id}: {one.lapsed} signatures count no more, {one.regained} count again")


@members.command("list")
@click.option("--all", "include_ended", is_flag=True, help="Also those whose membership has ended.")
@json_option
@click.pass_obj
def list_members(context: Context, include_ended: bool, as_json: bool) -> None:
    """List the members by member_id."""
    from mailflow.store.roster import all_members

    with context.db.read() as work:
        (_stream_json if as_json else _stream_lines)(all_members(work, include_ended))


@members.command("show")
@click.argument("who")
@json_option
@click.pass_obj
def show_member(context: Context, who: str, as_json: bool) -> None:
    """Show one member. WHO is a member_id or an address."""
    from mailflow.store.opt_outs import choices, suppressed, suppressions
    from mailflow.store.roster import standing_history

    with context.db.read() as work:
        member = _find(work, who)
        history = standing_history(work, member.member_id)
        value = {
            **_shown(member),
            "standing_history": [{"valid_from": at, "standing": s, "paid_through": p} for at, s, p in history],
            "opt_outs": choices(work, member.member_id),
            "suppressed": sorted(suppressed(work, member.addresses)),
            "bounces": [asdict(each) for each in suppressions(work, member.addresses)],
        }
    note_read(context, "members show", member.member_id)
    show(value, as_json, context.zone)


@members.command("suppressed")
@json_option
@click.pass_obj
def list_suppressed(context: Context, as_json: bool) -> None:
    """List the addresses that bounced."""
    from mailflow.store.opt_outs import suppressions

    with context.db.read() as work:
        found = suppressions(work)
    show([asdict(each) for each in found], as_json, context.zone)


@members.command("unsuppress")
@click.argument("who")
@json_option
@click.pass_obj
def unsuppress_member(context: Context, who: str, as_json: bool) -> None:
    """Write to a bounced address again.

    WHO is an address, or a member_id for all addresses of a member.
    """
    from mailflow.store.opt_outs import unsuppress
    from mailflow.store.roster import find

    with context.db.write() as work:
        member = None if "@" in who else find(work, who)
        addresses = member.addresses if member is not None else (who,)
        n = unsuppress(work, *addresses)
    if not n:
        raise NotFound(f"nothing is held against {who!r}; see `mailflow members suppressed`")
    show({"unsuppressed": n} if as_json else f"mail goes there again: {', '.join(addresses)}", as_json)


@members.command("export")
@click.argument("who")
@json_option
@click.pass_obj
def export_member(context: Context, who: str, as_json: bool) -> None:
    """Write all that is kept about a member, as JSON. WHO is a member_id or an address."""
    from mailflow.store.personal import kept_about

    with context.db.read() as work:
        member = _find(work, who)
        value = kept_about(work, member.member_id)
    note_read(context, "members export", member.member_id)
    show(value, True, context.zone)


@members.command("erase")
@click.argument("who")
@click.option("--dry-run", is_flag=True, help="Say what would go and what remains; write nothing.")
@click.option("--yes", is_flag=True, help="Do not ask; needed in a pipe.")
@json_option
@click.pass_obj
def erase_member(context: Context, who: str, dry_run: bool, yes: bool, as_json: bool) -> None:
    """Take a member's personal data out. WHO is a member_id or an address.

    Signatures are withdrawn, unless they went to the committee already: that tally keeps them.
    """
    from mailflow.service import erasure

    office = office_of(context)
    planned = erasure.preview(office, who)
    if dry_run:
        show(planned if as_json else _erasure_in_words(planned, "would be erased"), as_json)
        return
    if not yes:
        note(_erasure_in_words(planned, "will be erased, for good"))
        if not (sys.stdin.isatty() and sys.stderr.isatty()):
            raise UsageError("nobody can be asked here: look with --dry-run, then repeat with --yes")
        click.confirm("Erase?", abort=True, err=True)
    done = erasure.erase(office, planned.member_id, context.now())
    show(done if as_json else _erasure_in_words(done, "was erased"), as_json)


def _erasure_in_words(told: Erasure, what: str) -> str:
    lines = [f"{told.member_id} {what}: {told.mails_in} mails that came"]
    if told.withdrawn:
        lines.append(f"withdrawn: the signature under {', '.join(told.withdrawn)}")
    return "\n".join([*lines, "what remains:", *(f"- {each}" for each in told.remains)])


def _find(work: Work, who: str) -> Member:
    from mailflow.store.roster import find

    member = find(work, who)
    if member is None:
        raise NotFound(f"no member has the member_id or address {who!r}; see `mailflow members list`")
    return member


def _shown(member: Member) -> dict[str, Any]:
    return {
        "member_id": member.member_id,
        "name": member.name,
        "addresses": list(member.addresses),
        "standing": member.standing,
        "paid_through": member.paid_through,
        "units": list(member.units),
        "postal_address": member.postal_address,
        "language": member.language,
        "timezone": member.timezone,
        "ended": member.ended,
    }


def _stream_json(members: Iterator[Member]) -> None:
    """Print one JSON array, a member a line: a roster doesn't fit into one value."""
    separator = "["
    for member in members:
        click.echo(separator + json.dumps(jsonable(_shown(member)), ensure_ascii=False))
        separator = ","
    click.echo("]" if separator == "," else "[]")


def _stream_lines(members: Iterator[Member]) -> None:
    for member in members:
        paid = f" to {member.paid_through}" if member.paid_through else ""
        state = "ended" if member.ended else member.standing + paid
        click.echo(f"{member.member_id}\t{member.name}\t{member.address or '(no address)'}\t{state}")


def _show_who_would_end(context: Context, file: Path) -> None:
    """Say how many members --complete ends, before it does; on a terminal ask."""
    from mailflow.service.roster import import_members

    with progress_bar(f"{file.name}: checking") as progress:
        ended = import_members(context.db, file, context.now(), dry_run=True, complete=True, progress=progress).ended
    note(f"{ended:,} members are not in {file} and will be ended")
    if ended and sys.stdin.isatty() and sys.stderr.isatty():
        click.confirm("End them?", abort=True, err=True)
