"""What every child tells: how many, how long, and the peaks of its memory."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from pathlib import Path


def peak_mib(pid: int | str = "self") -> float:
    """Give the peak resident memory of a process in MiB; 0 when it is gone.

    VmHWM and not getrusage: the latter begins with what the parent had when it forked.
    """
    try:
        found = re.search(r"VmHWM:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0.0
    return int(found[1]) / 1024 if found else 0.0


def tell(name: str, do: Callable[[], int], others: Callable[[], dict[str, float]] = dict) -> None:
    """Do it, and print how many it did and what that took. others: peaks of further processes, asked for at the end."""
    began_at, began = time.time(), time.perf_counter()
    count = do()
    seconds = time.perf_counter() - began
    peaks_mib = {name: peak_mib(), **others()}
    print(json.dumps({"count": count, "seconds": seconds, "began_at": began_at, "peaks_mib": peaks_mib}))
