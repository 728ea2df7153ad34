"""What a sender has in hand and what the relay took: a file beside the database, written before the next body leaves.

A line for each mail: `id fence lease 0` when it was claimed, `id fence lease 250` when the relay accepted it. Whoever
opens the journal of a sender that was killed knows which of its mails went out, and that the others are free again.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path

# acceptances, and seconds, that lie at least between two fdatasync: what a power cut may repeat
SYNC_EVERY, SYNC_S = 32, 0.1
_FILES_MAX = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """A mail that the sender claimed. code: 0, or the code with which the relay accepted it."""

    id: int
    fence: int
    lease_until: datetime
    code: int = 0


class Journal:
    """One sender's journal; nobody else has it open. Every line is in the system's hands when the call returns."""

    def __init__(self, path: Path, descriptor: int) -> None:
        self.path, self._descriptor = path, descriptor
        self._unsynced, self._synced_s = 0, time.monotonic()

    def claimed(self, entries: Iterable[Entry]) -> None:
        """Note claims; called before they are committed, so that no kill can hide one."""
        self._write("".join(_line(entry) for entry in entries))

    def accepted(self, entry: Entry) -> None:
        """Note that the relay took a mail; entry.code is its reply."""
        self._write(_line(entry))
        self._unsynced += 1
        if self._unsynced >= SYNC_EVERY and time.monotonic() - self._synced_s >= SYNC_S:
            os.fdatasync(self._descriptor)
            self._unsynced, self._synced_s = 0, time.monotonic()

    def entries(self) -> list[Entry]:
        """Read what is noted, each mail once; a line cut off by a crash is left out."""
        found: dict[tuple[int, int], Entry] = {}
        for line in self.path.read_text("ascii", "replace").splitlines(keepends=True):
            entry = _entry(line)
            if entry is not None:
                known = found.get((entry.id, entry.fence))
                found[entry.id, entry.fence] = known if known is not None and known.code else entry
        return list(found.values())

    def clear(self) -> None:
        """Forget everything: all of it is recorded in the database."""
        os.ftruncate(self._descriptor, 0)
        self._unsynced = 0

    def close(self) -> None:
        """Let another sender have it."""
        os.close(self._descriptor)

    def _write(self, text: str) -> None:
        data = memoryview(text.encode("ascii"))
        while data:
            data = data[os.write(self._descriptor, data) :]


_text = lru_cache(maxsize=64)(datetime.isoformat)  # the mails of a claim have one lease


def _line(entry: Entry) -> str:
    return f"{entry.id} {entry.fence} {_text(entry.lease_until)} {entry.code}\n"


def _entry(line: str) -> Entry | None:
    parts = line.split(" ")
    if len(parts) != 4 or not parts[3].endswith("\n"):
        return None
    with contextlib.suppress(ValueError):
        return Entry(int(parts[0]), int(parts[1]), datetime.fromisoformat(parts[2]), int(parts[3]))
    return None


def journal_path(url: str, folder: Path) -> Path:
    """Say where a database's journals lie: X.journal beside SQLite's X.db, else mailflow.journal in folder."""
    path = url.removeprefix("sqlite:///").partition("?")[0]
    if url.startswith("sqlite:///") and path and path != ":memory:":
        return Path(path).with_suffix(".journal")
    return folder / "mailflow.journal"


def open_journal(base: Path) -> Journal:
    """Open the first journal that no other sender has: base, base-1, base-2, …"""
    for path in _names(base):
        journal = _try(path)
        if journal is not None:
            return journal
    raise OSError(f"{base}: {_FILES_MAX} senders at once")


def left_behind(base: Path) -> Iterator[Journal]:
    """Give, one after another, the journals that exist and that nobody has open."""
    for path in _names(base):
        if not path.exists():
            return
        journal = _try(path)
        if journal is not None:
            try:
                yield journal
            finally:
                journal.close()


def _names(base: Path) -> Iterator[Path]:
    yield base
    for n in range(1, _FILES_MAX):
        yield base.with_name(f"{base.name}-{n}")


def _try(path: Path) -> Journal | None:
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return Journal(path, descriptor)
