"""A host in a process of its own, to be killed: FOLDER URL LISTEN; it reads mail, keeps the clock and opens a door."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path

from mailflow.app import App, open_office
from mailflow.config.sections import Lmtp
from mailflow.store.engine import connect
from tests.acceptance.outbox_house import FakeClock
from tests.acceptance.way_in import OPENED, settings_for


def main(folder: Path, url: str, listen: str) -> None:
    settings = settings_for(folder)
    mailbox = replace(settings.mailbox, imap=None, lmtp=Lmtp(listen))
    settings = replace(settings, mailbox=mailbox, database=replace(settings.database, url=url))
    App(open_office(connect(url), settings), FakeClock(OPENED)).run(["inbox", "clock", "lmtp"])


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3])
