"""A mail that is to be deleted where it lies, known by its bytes."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Removal:
    """n: its inbox number. uid means something under this uidvalidity alone; elsewhere size and raw_sha256 find it."""

    n: int
    uidvalidity: int
    uid: int
    size_bytes: int
    raw_sha256: str
