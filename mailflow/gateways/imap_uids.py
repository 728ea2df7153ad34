"""UIDs in commands: cut into sets that servers accept, and ranges whose answer fits into one line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

SET_MAX = 100
"""UIDs in a command: 100 of ten digits are 1,100 octets, and servers take 8,000 (RFC 2683 section 3.2.1.5)."""
WINDOW_MIN, WINDOW_MAX = 2_000, 60_000
"""UIDs asked for in one SEARCH: imaplib refuses an answer line over a million octets; a batch needs the first few."""


def uid_sets(uids: Iterable[int]) -> Iterator[list[int]]:
    """Yield the UIDs, each once and rising, in lists of at most 100."""
    rising = sorted(set(uids))
    for start in range(0, len(rising), SET_MAX):
        yield rising[start : start + SET_MAX]


def search_ranges(first: int, uidnext: int, mails: int) -> Iterator[str]:
    """Yield UID ranges that cover `first` and all above it; one open range when the folder holds few mails.

    The last range is open, for `uidnext` and `mails` may be old. RFC 3501 section 6.4.8 lets `9:*` also name the last
    mail when that is below 9, so the caller filters.
    """
    start, window = first, WINDOW_MIN
    while mails > WINDOW_MIN and start + window < uidnext:
        yield f"{start}:{start + window - 1}"
        start, window = start + window, min(2 * window, WINDOW_MAX)
    yield f"{start}:*"


def leading_within(sizes: Iterable[tuple[int, int]], most_bytes: int) -> list[int]:
    """Return the first UIDs of (uid, bytes) that fit together into `most_bytes`; at least one."""
    taken: list[int] = []
    total = 0
    for uid, size in sizes:
        if taken and total + size > most_bytes:
            break
        taken.append(uid)
        total += size
    return taken
