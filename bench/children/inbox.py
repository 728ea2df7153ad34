"""mailflow's whole way in: fetch, keep, read in workers, decide, record, file away. FOLDER with config.toml."""

from __future__ import annotations

import logging
import sys
from pathlib import Path

from bench.children.measure import peak_mib, tell
from bench.world import NOW, OPENED
from mailflow import config
from mailflow.app import App, open_office
from mailflow.store.engine import connect


def main(folder: Path) -> None:
    logging.basicConfig(level=logging.INFO, filename=folder / "log")  # as `run` does: what it costs is its own
    settings = config.load(folder / "config.toml")
    office = open_office(connect(settings.database.url), settings, has_readers=True)
    app = App(office, lambda: NOW, since=OPENED)

    def peaks() -> dict[str, float]:
        workers = office.readers._workers  # type: ignore[attr-defined]
        return {"reader": max((peak_mib(worker.process.pid) for worker in workers), default=0.0)}

    tell("inbox", app.read_once, peaks)
    office.readers.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
