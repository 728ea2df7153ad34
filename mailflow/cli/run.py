"""`mailflow run`: the service."""

from __future__ import annotations

import logging
import signal
from datetime import datetime
from types import FrameType

import click

from mailflow.cli import output
from mailflow.cli.context import Clock, Context
from mailflow.cli.offices import instant_of, office_of
from mailflow.domain.civil import start_of_day
from mailflow.errors import UsageError

log = logging.getLogger(__name__)


@click.command()
@click.option("--once", is_flag=True, help="Read all new mail, do and deliver all that is due, exit.")
@click.option(
    "--roles", default="", metavar="inbox,clock,outbox,web,lmtp", help="Which roles run here; all by default."
)
@click.option("--now", "now", metavar="T", default="", help="The clock starts at T and runs on.")
@click.option(
    "--since", metavar="DATE", default="", help="Do not touch older mail; by default, mail older than `init`."
)
@click.pass_obj
def run(context: Context, once: bool, roles: str, now: str, since: str) -> None:
    """The service: read mail, do what is due, deliver. Ends well on SIGTERM and Ctrl-C."""
    from mailflow.app import ROLES, App
    from mailflow.service.delivery_run import DAY_LIMIT_REACHED
    from mailflow.service.restoring import check

    chosen = [role.strip() for role in roles.split(",") if role.strip()] or list(ROLES)
    unknown = [role for role in chosen if role not in ROLES]
    if unknown:
        raise UsageError(f"--roles names {unknown[0]!r}; the roles are {', '.join(ROLES)}")
    if now:
        context.clock = Clock(instant_of("--now", now, context.zone))
    check(context.db, context.settings, context.now())
    office = office_of(context, has_readers=True)
    app = App(office, context.now, since_of(context, since))

    def end(_signal: int, _frame: FrameType | None) -> None:
        log.info("ending: the mails in hand are finished first")
        app.stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)
    try:
        if not once:
            app.run(chosen)
            return
        report = app.run_once()
    finally:
        office.readers.close()
    output.note(f"sent {report.accepted}, deferred {report.deferred}, failed {report.failed}{_left(context)}")
    if report.problem and report.problem != DAY_LIMIT_REACHED:
        raise click.exceptions.Exit(1)  # the log has said why; what could not be sent waits in the outbox


def since_of(context: Context, since: str) -> datetime | None:
    """Read --since: a day or an instant; None where it is not given."""
    if not since:
        return None
    if len(since) == 10:
        from mailflow.cli.offices import date_of

        return start_of_day(date_of("--since", since), context.zone)
    return instant_of("--since", since, context.zone)


def _left(context: Context) -> str:
    """Say what waits and until when, "" when nothing does."""
    from mailflow.store import outbox

    with context.db.read() as work:
        waiting = outbox.list_waiting(work, 1)
        counts = outbox.counts(work)
        is_held = outbox.is_held(work)
    if not waiting:
        return ""
    many = counts["queued"] + counts["claimed"] + counts["deferred"]
    until = output.jsonable(waiting[0].due_at, context.zone, "seconds")
    return f"; {many} wait, " + ("sending is on hold" if is_held else f"the next goes at {until}")
