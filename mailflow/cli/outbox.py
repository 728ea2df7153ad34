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
@json_option
@click.pass_obj
def list_(context: Context, limit: int, as_json: bool) -> None:
    """List what waits to be sent, in the order it will be."""
    from mailflow.store import outbox as store

    with context.db.read() as work:
        waiting = store.list_waiting(work, limit)
        is_held = store.is_held(work)
        counts = store.counts(work)
    show([_row(asdict(each)) for each in waiting], as_json, context.zone)
    left = counts["queued"] + counts["claimed"] + counts["deferred"] - len(waiting)
    if left > 0:
        note(f"{left} more wait; --limit shows more")
    if is_held:
        note("sending is on hold; `mailflow outbox release` lets it go on")


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
@json_option
@click.pass_obj
def release(context: Context, as_json: bool) -> None:
    """Let sending go on."""
    from mailflow.store import outbox as store

    with context.db.write() as work:
        store.release(work)
    _show_switch(context, as_json)


def _show_switch(context: Context, as_json: bool) -> None:
    from mailflow.store import outbox as store

    with context.db.read() as work:
        is_held, counts = store.is_held(work), store.counts(work)
    waiting = counts["queued"] + counts["claimed"] + counts["deferred"]
    show({"held": is_held, "waiting": waiting}, as_json, context.zone)


def _row(mail: dict[str, Any]) -> dict[str, Any]:
    """Show a claimed mail as queued, as `status` does, and no key that a relay's answer may repeat (R59)."""
    state = "queued" if mail["state"] == "claimed" else mail["state"]
    return {**mail, "state": state, "detail": redact_keys(mail["detail"])}
