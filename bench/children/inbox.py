"""mailflow's whole way in: fetch, keep, read in workers, decide, record, file away. FOLDER with config.toml.

The workers are started before the clock: start-up is no throughput. What is imported here they import too (spawn), so
the rest is imported as the command does it, inside.
"""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path


def main(folder: Path) -> None:
    from bench.children.measure import peak_mib, tell
    from bench.world import NOW, OPENED
    from mailflow import config
    from mailflow.app import App, open_office
    from mailflow.service.readers import Task
    from mailflow.store.engine import connect

    logging.basicConfig(level=logging.INFO, filename=folder / "log")  # as `run` does: what it costs is its own
    settings = config.load(folder / "config.toml")
    office = open_office(connect(settings.database.url), settings, has_readers=True)
    office.readers.read([Task(raw=b"Subject: a first mail\r\n\r\nHello\r\n")] * (os.cpu_count() or 1))
    app = App(office, lambda: NOW, since=OPENED)

    def peaks() -> dict[str, float]:
        workers = office.readers._workers  # type: ignore[attr-defined]
        return {"reader": max((peak_mib(worker.process.pid) for worker in workers), default=0.0)}

    tell("inbox", app.read_once, peaks)
    office.readers.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
