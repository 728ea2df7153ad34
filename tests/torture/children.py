"""What the killed processes do. They are forked from a warm server, so that a start costs milliseconds."""

from __future__ import annotations

import contextlib
import multiprocessing
import os
from dataclasses import dataclass, replace
from datetime import datetime
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Any

from mailflow.app import open_office
from mailflow.gateways.imap import ImapMailbox, ImapSettings
from mailflow.service.fetching import fetch_all, mark_again
from mailflow.store.engine import connect
from tests.acceptance import sender_process
from tests.acceptance.way_in import OPENED, settings_for
from tests.torture import failpoints

_context = multiprocessing.get_context("forkserver")
_context.set_forkserver_preload(["tests.torture.warm"])


@dataclass(frozen=True)
class Reading:
    """One run over a mailbox: which database, which account, at what time."""

    folder: Path
    url: str
    imap: ImapSettings
    at: datetime

    def run(self, failpoint: str = "") -> None:
        """Fetch, keep, read, file away all there is; or end at the fail point."""
        settings = settings_for(self.folder)
        settings = replace(settings, database=replace(settings.database, url=self.url))
        office = open_office(connect(self.url), settings)
        failpoints.arm(failpoint)
        with ImapMailbox(self.imap) as mailbox:
            mark_again(office, mailbox, self.imap.folder)
            fetch_all(office, mailbox, self.imap.folder, self.at, OPENED)
        office.db.close()


@dataclass(frozen=True)
class Sending:
    """One run of an outbox over a relay at a port of this machine."""

    folder: Path
    port: int
    connections: int
    url: str

    def run(self, failpoint: str = "") -> None:
        """Send all that is due; or end at the fail point."""
        failpoints.arm(failpoint)
        sender_process.main(self.folder, self.port, self.connections, self.url)


def start(what: Reading | Sending, failpoint: str = "") -> BaseProcess:
    """Start a run in a process of its own; kill() it, or join() it."""
    process = _context.Process(target=_quietly, args=(what, failpoint), daemon=True)
    process.start()
    return process


def finish(what: Reading | Sending) -> None:
    """Run to the end."""
    process = start(what)
    process.join(300)
    assert process.exitcode == 0, f"a run that nobody killed ended with {process.exitcode}"


def end_at(what: Reading | Sending, failpoint: str) -> None:
    """Run until the fail point ends it."""
    process = start(what, failpoint)
    process.join(60)
    assert process.exitcode == -9, f"{failpoint}: not reached, exit code {process.exitcode}"


def _quietly(what: Any, failpoint: str) -> None:
    with open(os.devnull, "w") as nowhere, contextlib.redirect_stdout(nowhere):
        what.run(failpoint)
