"""`python -m bench`: every claim about speed and memory, measured beside what it is held against, in one run.

--quick: a tenth, one round, to see that it works. --large: ten times the number, for memory. --only NAME: one part.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bench import bounces, door, enqueue, reading, way_in, way_out
from bench.cluster import private_cluster


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="bench", description=__doc__)
    size = parser.add_mutually_exclusive_group()
    size.add_argument("--quick", action="store_true")
    size.add_argument("--large", action="store_true")
    parser.add_argument("--rounds", type=int, default=0)
    parser.add_argument("--only", choices=tuple(PARTS), action="append")
    arguments = parser.parse_args()
    tenths = 1 if arguments.quick else 100 if arguments.large else 10
    rounds = arguments.rounds or (3 if tenths == 10 else 1)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}; medians of {rounds} interleaved rounds")
    for name in arguments.only or PARTS:
        folder = Path(tempfile.mkdtemp(prefix=f"bench-{name}-"))
        folder.chmod(0o755)
        began = time.monotonic()
        try:
            PARTS[name](folder, tenths, rounds)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        print(f"  ({name}: {time.monotonic() - began:.0f} s)", flush=True)


def _out(folder: Path, tenths: int, rounds: int) -> None:
    with private_cluster() as url:
        way_out.measure(folder, url, 2_000 * tenths, rounds)


def _in(folder: Path, tenths: int, rounds: int) -> None:
    way_in.measure(folder, 1_000 * tenths, rounds)


PARTS: dict[str, Callable[[Path, int, int], None]] = {
    "out": _out,
    "in": _in,
    "enqueue": lambda folder, tenths, _rounds: enqueue.measure(folder, tenths),
    "lmtp": lambda folder, tenths, rounds: door.measure(folder, 500 * tenths, rounds),
    "reading": lambda folder, _tenths, _rounds: reading.measure(folder),
    "bounces": lambda folder, _tenths, _rounds: bounces.measure(folder),
}

if __name__ == "__main__":
    main()
