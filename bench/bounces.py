"""Bounces: mailflow beside flufl.bounce, on the latter's own test data."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from bench import venv
from mailflow.mail.message import DeliveryStatus, MailKind
from mailflow.mail.proof import Trust
from mailflow.mail.reader import read_mail

SOURCE = "flufl.bounce==6.0.0"


def measure(folder: Path) -> None:
    """Print how far the two agree on recipients and on class. The data is fetched now and not kept."""
    problems = venv.installed()
    if SOURCE in problems:
        print(f"\nBounces: {SOURCE} could not be installed: {problems[SOURCE]}")
        return
    data = venv.source_of(SOURCE, folder) / "tests" / "data"
    theirs = json.loads(venv.run("bounces.py", data))
    agreed: Counter[str] = Counter()
    for name, peer in theirs.items():
        permanent, temporary, kind = _ours((data / name).read_bytes())
        wanted = set(peer["permanent"]) | set(peer["temporary"])
        agreed["files"] += 1
        agreed["it finds somebody"] += bool(wanted)
        agreed["we call it a bounce, of those"] += bool(wanted) and kind is MailKind.BOUNCE
        agreed["all its recipients are ours, of those"] += bool(wanted) and wanted <= permanent | temporary
        agreed["the same recipients, of those"] += bool(wanted) and wanted == permanent | temporary
        is_same_class = set(peer["permanent"]) <= permanent and set(peer["temporary"]) <= temporary
        agreed["the same class too, of those"] += bool(wanted) and is_same_class
        agreed["we find somebody where it finds nobody"] += not wanted and bool(permanent | temporary)
    print(f"\nBounces: flufl.bounce's own test data, its answers and ours ({SOURCE})")
    for what, n in agreed.items():
        print(f"  {what:<42} {n:>4}")


def _ours(raw: bytes) -> tuple[set[str], set[str], MailKind]:
    read = read_mail(raw, address="connect@example.org", delimiter="+", own=frozenset(), trust=Trust("", "", ()))
    found: dict[bool, set[str]] = {True: set(), False: set()}
    for status in read.statuses:
        found[_is_soft(status)].add(status.recipient.lower())
    return found[False], found[True], read.kind


def _is_soft(status: DeliveryStatus) -> bool:
    return status.action == "delayed" or status.status.startswith("4")
