"""mailflow's outbox: deliver all that is due. FOLDER, which holds config.toml."""

from __future__ import annotations

import sys
from pathlib import Path

from bench.children.measure import tell
from bench.world import NOW
from mailflow import config
from mailflow.gateways.relay import SmtpRelay
from mailflow.service.delivery import deliver_due
from mailflow.store.engine import connect


def main(folder: Path) -> None:
    settings = config.load(folder / "config.toml")
    db = connect(settings.database.url)

    def open_relay(connections: int) -> SmtpRelay:
        return SmtpRelay(settings.relay, connections=connections)

    tell("sender", lambda: deliver_due(db, settings, open_relay, lambda: NOW).accepted)
    db.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
