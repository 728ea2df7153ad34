"""`mailflow outbox`: what waits to be sent; the stop switch."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

import click

from mailflow.cli.context import Context
from mailflow.cli.output import json_option, note, show
from mailflow.mail.key import redact_keys


@click.group()
def outbox() -> None:
    """What waits to be sent; the stop switch."""


@outbox.command("list")
@click.option("--limit", type=click.IntRange(1), default=1000, show_default=True, help="List at most so many.")
@click.option("--suppressed", is_flag=True, help="List instead what was not sent any more, and why.")
@click.option("--held", is_flag=True, help="List instead what may have been sent before a restore.")
@json_option
@click.pass_obj
def list_(context: Context, limit: int, suppressed: bool, held: bool, as_json: bool) -> None:
    """List what waits to be sent, in the order it will be."""
    from mailflow.store import outbox as store
    from mailflow.store.outbox_lookup import list_held
    from mailflow.store.pauses import pauses

    if suppressed or held:
        with context.db.read() as work:
            gone = store.list_suppressed(work, limit) if suppressed else list_held(work, limit)
        show([_row(asdict(each)) for each in gone], as_json, context.zone)
        return
    with context.db.read() as work:
        stopped = pauses(work)
        waiting = store.list_waiting(work, limit)
        is_held = store.is_held(work)
        counts = store.counts(work)
    show([_row(asdict(each)) for each in waiting], as_json, context.zone)
    left = counts["queued"] + counts["claimed"] + counts["deferred"] - len(waiting)
    if left > 0:
        note(f"{left} more wait; --limit shows more")
    if is_held:
        note("sending is on hold; `mailflow outbox release` lets it go on")
    if counts["held"]:
        note(
            f"{counts['held']} may have been sent before a restore and wait for a person: `mailflow outbox list --held`"
        )
    for one in stopped:
        note(
            f"mailing {one.mailing_id} ({one.notice} about {one.object_id}) is paused: {one.why}; {one.waiting} wait;"
            f" `mailflow outbox release --mailing {one.mailing_id}` lets it go on"
        )


@outbox.command()
@json_option
@click.pass_obj
def hold(context: Context, as_json: bool) -> None:
    """Stop sending.

    Mails in hand still go, at most one batch a connection.
    """
    from mailflow.store import outbox as store

    with context.db.write() as work:
        store.hold(work, context.now())
    _show_switch(context, as_json)


@outbox.command()
@click.option("--mailing", type=click.IntRange(1), default=None, help="Only this mailing, which paused by itself.")
@click.option("--held", is_flag=True, help="Send what a restore held; with --mailing of this mailing alone.")
@json_option
@click.pass_obj
def release(context: Context, mailing: int | None, held: bool, as_json: bool) -> None:
    """Let sending go on, mailings that paused by themselves too."""
    from mailflow.store import outbox as store
    from mailflow.store import restores
    from mailflow.store.pauses import resume

    if held:
        with context.db.write() as work:
            count = restores.release_held(work, mailing or 0)
        show({"released": count}, as_json)
        return
    with context.db.write() as work:
        if mailing is None:
            store.release(work)
        resume(work, context.now(), mailing or 0)
    _show_switch(context, as_json)


@outbox.command()
@click.option("--mailing", type=click.IntRange(1), default=None, help="Only of this mailing.")
@json_option
@click.pass_obj
def drop(context: Context, mailing: int | None, as_json: bool) -> None:
    """Take what a restore held as sent: it is not sent again."""
    from mailflow.store import restores

    with context.db.write() as work:
        count = restores.drop_held(work, context.now(), mailing or 0)
    show({"dropped": count}, as_json)


def _show_switch(context: Context, as_json: bool) -> None:
    from mailflow.store import outbox as store
    from mailflow.store.pauses import paused_ids

    with context.db.read() as work:
        is_held, counts, paused = store.is_held(work), store.counts(work), paused_ids(work)
    waiting = counts["queued"] + counts["claimed"] + counts["deferred"]
    show({"held": is_held, "waiting": waiting} | ({"paused": paused} if paused else {}), as_json, context.zone)


def _row(mail: dict[str, Any]) -> dict[str, Any]:
    """Show a claimed mail as queued, as `status` does, and no key that a relay's answer may repeat (R59)."""
    state = "queued" if mail["state"] == "claimed" else mail["state"]
    return {**mail, "state": state, "detail": redact_keys(mail["detail"])}
