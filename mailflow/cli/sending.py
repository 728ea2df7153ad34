"""Mail to many from the command line: `--dry-run` shows it, a person confirms it, then it is queued."""

from __future__ import annotations

from collections.abc import Callable

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.service.mailings import Preview, Sent


def send_to_many(
    context: Context,
    preview: Callable[[], Preview],
    send: Callable[[], Sent],
    *,
    dry_run: bool,
    yes: bool,
    as_json: bool,
) -> None:
    """Preview, confirm and queue a mailing (contract: Commands)."""
    shown = preview()
    if dry_run:
        show_preview(context, shown, as_json)
        return
    output.confirm_to_many(shown.recipients, context.settings, yes)
    sent = send()
    if as_json:
        output.show(sent, True, context.zone)
        return
    left_out = "".join(f"; left out: {n} ({reason})" for reason, n in sent.left_out.items())
    output.show(f"queued {sent.queued} of {sent.recipients} mails{left_out}", False)


def show_preview(context: Context, preview: Preview, as_json: bool) -> None:
    """Print a preview: the numbers, then samples as their readers see them."""
    if as_json:
        output.show(preview, True, context.zone)
        return
    told = {"recipients": preview.recipients, "by list": preview.by_term, "left out": preview.left_out or "nobody"}
    output.show(told, False)
    for sample in preview.samples:
        output.show(f"\n--- to {sample['to']} ---\nSubject: {sample['subject']}\n\n{sample['text']}", False)
