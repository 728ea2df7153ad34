"""How fast a mailing is queued, and in what memory: a notice to every member, as `notice send` queues it."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

from mailflow.app import open_office
from mailflow.service import launches
from mailflow.service.roster import import_members
from mailflow.store import migrate
from mailflow.store.engine import connect
from tests.acceptance.way_in import LAUNCH, roster_of, settings_for

NOW = datetime(2018, 4, 18, 19, tzinfo=UTC)
SMALL, LARGE = 60_000, 1_000_000


def measure(folder: Path, tenths: int) -> None:
    """Print the seconds and the peak of memory for 60,000 members, and for a million: each in a process of its own.

    tenths: of these numbers; 100 is taken for 10.
    """
    print("queueing a notice to every member (SQLite, synchronous=FULL)")
    for members in (SMALL, LARGE):
        n = members * min(tenths, 10) // 10
        where = folder / str(n)
        where.mkdir()
        run = [sys.executable, "-m", "bench.enqueue", str(where), str(n)]
        told = json.loads(subprocess.run(run, check=True, capture_output=True, text=True).stdout)
        print(
            f"  {n:>9,} members: {told['queue_s']:.1f} s, {n / told['queue_s']:,.0f} a second;"
            f" memory {told['before_mb']} MB before, {told['peak_mb']} MB at most"
        )


def queue(folder: Path, members: int) -> dict[str, float]:
    """Fill a roster, prepare a delay notice to everybody, and queue it; gives seconds and megabytes."""
    with (folder / "roster.csv").open("w", encoding="utf-8") as file:
        file.write(roster_of(0))
        file.writelines(f"m{n},Robin Sample{n},m{n}@library.example.org,,good,,,,\n" for n in range(1, members + 1))
    settings = settings_for(folder)
    db = connect(f"sqlite:///{folder / 'mailflow.db'}")
    migrate.upgrade(db)
    import_members(db, folder / "roster.csv", NOW)
    office = open_office(db, settings)
    launch = launches.add_launch(office, LAUNCH, NOW)
    notice = launches.slip(office, launch, None, "tests failed", NOW)
    before = _peak_mb()
    began = time.monotonic()
    sent = launches.send_notice(office, notice.id, NOW)
    queue_s = time.monotonic() - began
    assert sent.queued == members
    return {"queue_s": queue_s, "before_mb": before, "peak_mb": _peak_mb()}


def _peak_mb() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    print(json.dumps(queue(Path(sys.argv[1]), int(sys.argv[2]))))
