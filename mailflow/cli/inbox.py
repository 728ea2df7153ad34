"""`mailflow inbox`: every mail that came in, what was made of it and why."""

from __future__ import annotations

import sys

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.offices import note_read, office_of
from mailflow.cli.output import json_option
from mailflow.service.reading import RESOLVE_AS

COLOURS = {"new": "green", "quoted": "bright_black", "signature": "yellow", "footer": "yellow", "banner": "yellow"}


@click.group()
def inbox() -> None:
    """Every mail that came in, what was made of it and why."""


@inbox.command("list")
@click.option("--held", is_flag=True, help="Only what waits for a person.")
@json_option
@click.pass_obj
def list_(context: Context, held: bool, as_json: bool) -> None:
    """List the mails."""
    from mailflow.service.reading import list_inbox

    output.show(list_inbox(office_of(context), held_only=held), as_json, context.zone)


@inbox.command()
@click.argument("n", type=int)
@json_option
@click.pass_obj
def show(context: Context, n: int, as_json: bool) -> None:
    """Show one mail: what is new in it, what was made of it, and why."""
    from mailflow.service.reading import show_mail

    shown = show_mail(office_of(context), n)
    note_read(context, "inbox show", str(n))
    if as_json:
        output.show(shown, True, context.zone)
        return
    parts = shown.pop("parts")
    output.show(shown, False, context.zone)
    for part in parts:
        click.echo(f"\n[{part['kind']}]")
        lines = (output.jsonable(line) for line in part["text"].split("\n"))
        printable = "\n".join("".join(c if c.isprintable() else " " for c in str(line)) for line in lines)
        click.secho(printable, fg=COLOURS.get(part["kind"]))


@inbox.command()
@click.option("--answered", metavar="QUESTION", type=int, help="Note that this one was answered in another way.")
@json_option
@click.pass_obj
def questions(context: Context, answered: int | None, as_json: bool) -> None:
    """List the questions that wait for an answer.

    With when it is due, and how often their contact was reminded.
    """
    from mailflow.service.questions import close_question, list_questions

    office, now = office_of(context), context.now()
    if answered is not None:
        closed = close_question(office, answered, now)
        output.show(closed if as_json else f"question {answered} about {closed['object']}: answered", as_json)
        return
    output.show(list_questions(office, now), as_json, context.zone)


@inbox.command()
@click.argument("n", type=int)
@click.pass_obj
def export(context: Context, n: int) -> None:
    """Write a mail to stdout as it came, byte for byte."""
    from mailflow.service.reading import raw_mail

    raw = raw_mail(office_of(context), n)
    note_read(context, "inbox export", str(n))
    sys.stdout.buffer.write(raw)


@inbox.command()
@click.argument("ns", metavar="[N…]", nargs=-1, type=int)
@json_option
@click.pass_obj
def replay(context: Context, ns: tuple[int, ...], as_json: bool) -> None:
    """Read mail again with today's rules.

    What is held or parked takes effect now, the rest is compared. Without numbers: all that is held or parked.
    """
    from mailflow.service.reading import replay as replay_

    output.show(replay_(office_of(context), ns, context.now()), as_json, context.zone)


@inbox.command()
@click.argument("n", type=int)
@click.option("--as", "how", required=True, type=click.Choice(RESOLVE_AS), help="What the mail says, as you read it.")
@click.option("--member", "who", metavar="WHO", default="", help="Whose mail it is: a member_id or an address.")
@click.option("--object", "object_id", metavar="ID", default="", help="What it is about.")
@click.option("--reason", default="", help="Why, kept with the mail.")
@json_option
@click.pass_obj
def resolve(context: Context, n: int, how: str, who: str, object_id: str, reason: str, as_json: bool) -> None:
    """Settle a mail that waits, as you read it.

    A signature so entered has the proof `staff`.
    """
    from mailflow.service.reading import resolve as resolve_

    done = resolve_(office_of(context), n, how, context.now(), who=who, object_id=object_id, reason=reason)
    output.show({"n": n, "did": done} if as_json else f"mail {n}: {done}", as_json)
