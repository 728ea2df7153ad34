"""`mailflow restore`: after the database was put back from a backup."""

from __future__ import annotations

import logging
import signal
from dataclasses import asdict
from pathlib import Path
from types import FrameType

import click

from mailflow.cli import output
from mailflow.cli.context import Clock, Context
from mailflow.cli.offices import instant_of, office_of
from mailflow.cli.output import json_option
from mailflow.cli.run import since_of
from mailflow.errors import MailboxError, UsageError

log = logging.getLogger(__name__)


@click.command()
@click.option(
    "--since",
    metavar="DATE",
    default="",
    help="Look through the done folder from here on; by default, a bit before the backup.",
)
@click.option(
    "--mail-log",
    "logs",
    type=click.Path(dir_okay=False, path_type=Path),
    multiple=True,
    metavar="FILE",
    help="A log of the relay: what it names was sent. May be repeated.",
)
@click.option("--now", "now", metavar="T", default="", help="The clock starts at T and runs on.")
@click.option("--moved", is_flag=True, help="The database was moved here whole: nothing is missing in it.")
@json_option
@click.pass_obj
def restore(context: Context, since: str, logs: tuple[Path, ...], now: str, moved: bool, as_json: bool) -> None:
    """After the database was put back from a backup.

    Reads again the mail that came since, and holds every mail that may have been sent since. Stop the service on every
    host before. Cut off, call it again.
    """
    from mailflow.app import App
    from mailflow.service import restoring
    from mailflow.service.marking import note_mark

    if moved and (since or logs):
        raise UsageError("--moved looks at nothing: leave --since and --mail-log out")
    if moved:
        note_mark(context.db, context.settings)
        output.show({"moved": True} if as_json else "taken as it is: `mailflow run` starts", as_json)
        return
    if now:
        context.clock = Clock(instant_of("--now", now, context.zone))
    keys = restoring.keys_in(logs)
    office = office_of(context, has_readers=True)
    app = App(office, context.now)

    def end(_signal: int, _frame: FrameType | None) -> None:
        log.info("ending: the mails in hand are finished first; `mailflow restore` goes on later")
        app.stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        done = app.restore(since_of(context, since), keys)
    except MailboxError as error:
        raise MailboxError(f"{error}; then call `mailflow restore` again: it goes on") from None
    finally:
        office.readers.close()
    if as_json:
        output.show(asdict(done), as_json, context.zone)
        return
    click.echo(f"read again: {done.read_again} mails; known to have been sent: {done.known_sent}; held: {done.held}")
    for each in done.mailings:
        click.echo(f"  mailing {each.mailing_id}: {each.mails} of {each.notice}" + f" {each.object_id}".rstrip())
    if done.held:
        click.echo(
            "`mailflow outbox list --held` names them, `outbox release --held` sends them, `outbox drop` does not;"
            " both take --mailing N"
        )
