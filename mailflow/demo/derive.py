"""Ids, boundaries and choices that look random and are not: the same story gives the same bytes."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from typing import TypeVar

LETTERS = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
HEX = "0123456789abcdef"
DIGITS = "0123456789"
_Value = TypeVar("_Value")


def number(*seeds: object) -> int:
    """Give a number of 256 bits that follows from the seeds alone."""
    digest = hashlib.sha256()
    for seed in seeds:
        part = seed if isinstance(seed, bytes) else str(seed).encode()
        digest.update(len(part).to_bytes(8, "big") + part)
    return int.from_bytes(digest.digest(), "big")


def token(length: int, *seeds: object, alphabet: str = LETTERS) -> str:
    """Give `length` (at most 40) characters of the alphabet that follow from the seeds alone."""
    rest, characters = number(*seeds), ""
    for _ in range(length):
        rest, index = divmod(rest, len(alphabet))
        characters += alphabet[index]
    return characters


def uuid_like(*seeds: object) -> str:
    """Give 32 upper-case hexadecimal digits in the grouping of a UUID."""
    digits = token(32, *seeds, alphabet=HEX).upper()
    return "-".join((digits[:8], digits[8:12], digits[12:16], digits[16:20], digits[20:]))


def choose(options: Sequence[_Value], *seeds: object) -> _Value:
    """Give one of the options, by the seeds alone."""
    return options[number(*seeds) % len(options)]
