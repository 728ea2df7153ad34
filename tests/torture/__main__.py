"""`python -m tests.torture`: every part in full counts, resumable; finished chunks are remembered in .torture/.

--only PART, --minutes N (60): no chunk is begun after that; run it again to go on. --fresh forgets what was finished.
Ends with 1 when something is lost, double or escaped, and with 3 when parts are still to be done.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sys
import time
from pathlib import Path
from typing import Any

from tests.torture.parts import PARTS, Chunk, Servers

MEMORY = Path(".torture")
BAD = ("lost", "double", "escapes", "slow", "failed")


def main() -> int:
    """Do what is not done yet, and print a table of everything."""
    parser = argparse.ArgumentParser(prog="torture", description=__doc__)
    parser.add_argument("--only", choices=sorted(PARTS), action="append")
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--fresh", action="store_true")
    arguments = parser.parse_args()
    if arguments.fresh:
        shutil.rmtree(MEMORY, ignore_errors=True)
    MEMORY.mkdir(exist_ok=True)
    ends_at = time.monotonic() + 60 * arguments.minutes
    chunks = [(name, chunk) for name in arguments.only or PARTS for chunk in PARTS[name]()]
    done = _remembered()
    with Servers(MEMORY) as servers:
        for _, chunk in chunks:
            if chunk.name not in done and time.monotonic() < ends_at:
                began = time.monotonic()
                done[chunk.name] = _run(chunk, servers) | {"seconds": round(time.monotonic() - began, 1)}
                (MEMORY / "done.json").write_text(json.dumps(done, indent=1))
                print(f"{chunk.name}: {done[chunk.name]}", flush=True)
    return _show(chunks, done)


def _remembered() -> dict[str, dict[str, Any]]:
    path = MEMORY / "done.json"
    return dict(json.loads(path.read_text())) if path.exists() else {}


def _run(chunk: Chunk, servers: Servers) -> dict[str, Any]:
    try:
        return chunk.run(servers)
    except Exception as error:
        return {"failed": 1, "why": f"{type(error).__name__}: {error}"[:500]}


def _show(chunks: list[tuple[str, Chunk]], done: dict[str, dict[str, Any]]) -> int:
    print("\npart                      chunks  figures")
    is_bad, left = False, 0
    for name in dict.fromkeys(name for name, _ in chunks):
        names = [chunk.name for part, chunk in chunks if part == name]
        results = [done[each] for each in names if each in done]
        left += len(names) - len(results)
        total: dict[str, float] = {}
        for result in results:
            for key, value in result.items():
                if isinstance(value, int | float):
                    most = key.startswith(("slowest", "peak"))
                    total[key] = max(total.get(key, 0), value) if most else total.get(key, 0) + value
        is_bad = is_bad or any(total.get(key) for key in BAD)
        figures = ", ".join(f"{key} {value:,.0f}" for key, value in total.items())
        print(f"{name:<24} {len(results):>4}/{len(names):<4} {figures}")
        for result in results:
            for why in (result.get("why"), *result.get("first", ())):
                if why:
                    print(f"    {why}")
    return 1 if is_bad else 3 if left else 0


if __name__ == "__main__":
    sys.exit(main())
