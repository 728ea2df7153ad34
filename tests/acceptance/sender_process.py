"""A sender in a process of its own, to be stopped and killed: FOLDER PORT CONNECTIONS URL.

Its clock is the time of day and the seconds that FOLDER/clock holds. SIGTERM ends it as `run` does. It prints its
report as JSON.
"""

from __future__ import annotations

import json
import signal
import sys
import threading
from dataclasses import asdict
from datetime import UTC, datetime, timedelta
from pathlib import Path

from mailflow.gateways.relay import SmtpRelay
from mailflow.service.delivery import deliver_due
from mailflow.store.engine import connect
from tests.acceptance.outbox_house import settings_for


def main(folder: Path, port: int, connections: int, url: str) -> None:
    settings = settings_for(folder, port, f"connections = {connections}", url)
    ahead = folder / "clock"
    stop = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stop.set())

    def now() -> datetime:
        return datetime.now(UTC) + timedelta(seconds=float(ahead.read_text()) if ahead.exists() else 0)

    db = connect(settings.database.url)
    report = deliver_due(db, settings, lambda n: SmtpRelay(settings.relay, connections=n), now, stop)
    db.close()
    print(json.dumps(asdict(report), default=str))


if __name__ == "__main__":
    main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), sys.argv[4])
