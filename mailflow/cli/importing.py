"""What `members import` and `units import` share: a progress bar on a terminal, and a sentence about the result."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from mailflow.service.csv_rows import Progress
    from mailflow.service.roster import ImportReport


@contextmanager
def progress_bar(label: str) -> Iterator[Progress | None]:
    """Give what to call with (done, total) bytes; None where nobody would see the bar."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import Progress as Bar

    with Bar(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(label)
        yield lambda done, total: bar.update(task, completed=done, total=max(total, 1))


def sentence(report: ImportReport, what: str, dry_run: bool, gone: str) -> str:
    """Say what was done, or with a dry run what would be."""
    parts = [f"{report.added:,} added", f"{report.changed:,} changed", f"{report.unchanged:,} unchanged"]
    if report.ended:
        parts.append(f"{report.ended:,} {gone}")
    if report.missing:
        parts.append(f"{report.missing:,} not in the file and left as they are")
    if report.erased:
        parts.append(f"{report.erased:,} erased before and left out: who comes back needs a new member_id")
    told = f"{report.read:,} {what} read: {', '.join(parts)}"
    return f"dry run, nothing is written: {told}" if dry_run else told
