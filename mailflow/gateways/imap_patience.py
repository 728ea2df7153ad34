"""One mail that the server can't give out must not stop those behind it, nor be given up for a passing fault.

A fetch that fails makes its UIDs suspect: from then on each is asked for alone. A suspect is given up when it was tried
three times and for long enough, another mail could be fetched meanwhile, and it failed once more after that: so an
outage of the server, however long, gives nothing up.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TRIES_MIN = 3


@dataclass(slots=True)
class _Suspect:
    since_s: float
    tries: int = 0
    server_works: bool = False  # another mail came since this one failed
    tries_since_then: int = 0


class Patience:
    """Remembers which UIDs a failed fetch asked for."""

    def __init__(self, patience_s: float) -> None:
        """patience_s: how long a mail is tried at least before it is given up."""
        self._patience_s = patience_s
        self._suspects: dict[int, _Suspect] = {}

    def narrowed(self, uids: Sequence[int]) -> Sequence[int]:
        """Return the UIDs before the first suspect one; that one alone when it comes first."""
        for at, uid in enumerate(uids):
            if uid in self._suspects:
                return uids[: max(at, 1)]
        return uids

    def probe(self, uids: Sequence[int]) -> list[int]:
        """Return a UID to show whether the server works, when the first one would otherwise be given up; or nothing."""
        first = self._suspects.get(uids[0])
        if first is None or first.server_works or not self._tried_enough(first):
            return []
        others = sorted(uids[1:], key=lambda uid: uid in self._suspects)
        return others[:1]

    def failed(self, uids: Iterable[int]) -> None:
        """Note that a fetch of these UIDs failed."""
        for uid in uids:
            suspect = self._suspects.setdefault(uid, _Suspect(time.monotonic()))
            suspect.tries += 1
            suspect.tries_since_then += suspect.server_works

    def came(self, uids: Iterable[int]) -> None:
        """Note that these UIDs are settled, which shows that the server works."""
        settled = list(uids)
        for uid in settled:
            self._suspects.pop(uid, None)
        for suspect in self._suspects.values() if settled else ():
            suspect.server_works = True

    def is_over(self, uid: int) -> bool:
        """Tell whether the mail is given up."""
        suspect = self._suspects.get(uid)
        return suspect is not None and suspect.tries_since_then > 0 and self._tried_enough(suspect)

    def forget(self) -> None:
        """Forget all: UIDVALIDITY changed, and the numbers mean other mails."""
        self._suspects.clear()

    def _tried_enough(self, suspect: _Suspect) -> bool:
        return suspect.tries >= TRIES_MIN and time.monotonic() - suspect.since_s >= self._patience_s
