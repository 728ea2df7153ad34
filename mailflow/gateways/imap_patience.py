"""One mail that the server can't give out must not stop those behind it, nor be given up for a passing fault."""

from __future__ import annotations

import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

TRIES_MIN = 3


@dataclass(slots=True)
class _Suspect:
    since_s: float
    tries: int = 0


class Patience:
    """Remembers which UIDs a failed fetch asked for; these are then asked for alone, and given up after a while."""

    def __init__(self, patience_s: float) -> None:
        """patience_s: how long, and for three tries at least, a mail is tried before a person is asked."""
        self._patience_s = patience_s
        self._suspects: dict[int, _Suspect] = {}

    def narrowed(self, uids: Sequence[int]) -> Sequence[int]:
        """Return the UIDs before the first suspect one; that one alone when it comes first."""
        for at, uid in enumerate(uids):
            if uid in self._suspects:
                return uids[: max(at, 1)]
        return uids

    def failed(self, uids: Iterable[int]) -> None:
        """Note that a fetch of these UIDs failed."""
        for uid in uids:
            self._suspects.setdefault(uid, _Suspect(time.monotonic())).tries += 1

    def came(self, uids: Iterable[int]) -> None:
        """Note that these UIDs are settled."""
        for uid in uids:
            self._suspects.pop(uid, None)

    def is_over(self, uid: int) -> bool:
        """Tell whether the mail was tried long enough."""
        suspect = self._suspects.get(uid)
        if suspect is None or suspect.tries < TRIES_MIN:
            return False
        return time.monotonic() - suspect.since_s >= self._patience_s

    def forget(self) -> None:
        """Forget all: UIDVALIDITY changed, and the numbers mean other mails."""
        self._suspects.clear()
