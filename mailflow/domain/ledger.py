"""The evidence ledger: entries chained by hash, so that nothing can be changed, cut or put in without being seen.

An entry names no person. A member stands in it as a commitment: SHA-256 over a salt that lies in their own row, so
that erasing the row leaves the chain whole and the entry nobody's (design rule 11).
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from hashlib import sha256

GENESIS = "0" * 64
CODE_CHARS = 16  # of base32: 80 bits of the entry's hash, short enough to be read out on the telephone


class EntryKind(StrEnum):
    """What an entry says has happened."""

    RECEIVED = "received"  # a batch of mails: their numbers and the SHA-256 of their bytes
    PENDING = "pending"
    SIGNED = "signed"
    NOT_IN_STANDING = "not_in_good_standing"
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"
    SENT = "sent"  # a batch of mails that the relay accepted
    SUBMITTED = "submitted"  # the packet went to the committee: the SHA-256 of its manifest
    DECIDED = "decided"  # what the committee decided, as it was reported
    MOVED = "moved"  # a proposal or petition went into another state
    LAUNCH = "launch"  # a launch's date or state changed
    ERASED = "erased"  # a member's personal data were removed
    RESTORED = "restored"  # the database was put back from a backup: what had come after it is gone from here


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry. n counts from 1; subject: a commitment, "" where it is about nobody; prev: the hash before it."""

    n: int
    at: datetime
    kind: str
    object_id: str
    subject: str
    data: Mapping[str, object]
    prev: str
    hash: str

    @property
    def code(self) -> str:
        """Give the receipt code of this entry, as a signatory gets it."""
        return receipt_code(self.hash)


def commitment(salt: str, member_id: str, object_id: str) -> str:
    """Give what stands for a member in entries about one object; without the salt it can't be told whose it is."""
    return sha256(f"{salt}\n{member_id}\n{object_id}".encode()).hexdigest()


def entry_hash(
    n: int, at: datetime, kind: str, object_id: str, subject: str, data: Mapping[str, object], prev: str
) -> str:
    """Give an entry's hash: SHA-256 (hex) over its canonical JSON, the hash of the entry before it among it."""
    fields = [n, at.astimezone(UTC).isoformat(timespec="microseconds"), kind, object_id, subject, data, prev]
    canonical = json.dumps(fields, sort_keys=True, separators=(",", ":"), ensure_ascii=True)
    return sha256(canonical.encode()).hexdigest()


def chained(
    last_n: int, prev: str, at: datetime, kind: str, object_id: str, subject: str, data: Mapping[str, object]
) -> Entry:
    """Make the entry that follows."""
    n = last_n + 1
    return Entry(n, at, kind, object_id, subject, data, prev, entry_hash(n, at, kind, object_id, subject, data, prev))


def receipt_code(hash_: str) -> str:
    """Give the code of an entry: the first 80 bits of its hash in base32, in groups of four."""
    code = base64.b32encode(bytes.fromhex(hash_))[:CODE_CHARS].decode().lower()
    return "-".join(code[i : i + 4] for i in range(0, CODE_CHARS, 4))


def folded_code(code: str) -> str:
    """Give a code as somebody typed it in the form that receipt_code gives."""
    plain = "".join(c for c in code.lower() if c.isalnum())
    return "-".join(plain[i : i + 4] for i in range(0, len(plain), 4))


@dataclass(frozen=True, slots=True)
class Audit:
    """What verifying found: problems in the order of the chain, [] when it is whole; head: the last hash."""

    entries: int
    head: str
    problems: tuple[str, ...]


def verify(entries: Iterable[Entry], head: str = "", known: str = "") -> Audit:
    """Hold a chain against itself, against the head that is kept beside it and against one that somebody wrote down.

    head: what the house says is the last hash. known: one from a digest, receipt or packet, which must stand in it.
    """
    problems: list[str] = []
    last_n, prev, found = 0, GENESIS, not known
    for entry in entries:
        if entry.n != last_n + 1:
            problems.append(f"entry {last_n + 1} is missing: {entry.n} follows {last_n}")
        if entry.prev != prev:
            problems.append(f"entry {entry.n} does not follow from the one before it")
        true = entry_hash(entry.n, entry.at, entry.kind, entry.object_id, entry.subject, entry.data, entry.prev)
        if true != entry.hash:
            problems.append(f"entry {entry.n} was changed: its hash does not fit what it says")
        found = found or entry.hash == known
        last_n, prev = entry.n, entry.hash
    if head and head != prev:
        problems.append(
            f"the chain ends with entry {last_n}, but not with the head that is kept: the end was cut or added to"
        )
    if not found:
        problems.append(f"the head {known} stands nowhere in the chain: it was cut, or made anew")
    return Audit(last_n, prev, tuple(problems))
