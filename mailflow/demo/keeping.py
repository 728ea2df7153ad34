"""What `--keep` leaves: every mail as a file, in the order in which it came or left."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

from mailflow.demo.stage import Stage
from mailflow.errors import UsageError


def claim_folder(folder: Path) -> None:
    """Make the folder, readable by its owner alone; raises UsageError unless it is new or empty."""
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if any(folder.iterdir()):
            raise UsageError(f"--keep is {str(folder)!r}, and something is in it; name a new or an empty folder")
    except OSError as error:
        raise UsageError(f"--keep is {str(folder)!r}: {error.strerror}; name a folder that can be written") from None
    if not os.access(folder, os.W_OK):
        raise UsageError(f"--keep is {str(folder)!r}, and it can't be written")


def keep_mails(stage: Stage) -> None:
    """Write mails/in and mails/out into the stage's folder: INSTANT-NUMBER-WHAT.eml, sorted as they happened."""
    came = [(mail.at, mail.way, mail.raw) for mail in stage.came]
    left = [(mail.at, mail.notice, mail.mail.raw) for mail in stage.left]
    for name, mails in (("in", came), ("out", left)):
        folder = stage.folder / "mails" / name
        folder.mkdir(parents=True, exist_ok=True)
        for n, (at, what, raw) in enumerate(mails, 1):
            (folder / f"{_stamp(at)}-{n:04d}-{what or 'mail'}.eml").write_bytes(raw)


def _stamp(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y%m%dT%H%M%SZ}"
