"""Verification by staff: which signatures are meant, what a change of the statement asks for, standing in words."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from difflib import SequenceMatcher
from zoneinfo import ZoneInfo

from mailflow.domain.model import LIVE, Proof, Signature, SignatureState

RECHECK = "check standing"  # in a petition's history
TYPO_MIN = 0.9  # how alike the words of two versions must be for the change to pass as a correction
WORDS_COMPARED = 4_000


@dataclass(frozen=True, slots=True)
class Which:
    """Conditions on signatures; all that are given must hold. domain: of the address on file, or a parent of it.

    signed_from, signed_to: instants, the second exclusive.
    """

    members: frozenset[str] = frozenset()
    via: str = ""
    proof: str = ""
    domain: str = ""
    signed_from: datetime | None = None
    signed_to: datetime | None = None

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing is asked: that would mean everybody (R70)."""
        return self == Which()

    def means(self, signature: Signature) -> bool:
        """Tell whether a signature that stands is meant."""
        return (
            signature.state in LIVE
            and (not self.members or signature.member_id in self.members)
            and self.via in {"", signature.via}
            and self.proof in {"", str(signature.proof)}
            and (not self.domain or is_within_domain(signature.address, self.domain))
            and (self.signed_from is None or signature.signed_at >= self.signed_from)
            and (self.signed_to is None or signature.signed_at < self.signed_to)
        )

    def in_words(self) -> str:
        """Say the conditions, for the history."""
        said = [("via", self.via), ("proof", self.proof), ("domain", self.domain)]
        said += [("from", str(self.signed_from or "")), ("to", str(self.signed_to or ""))]
        said += [("member", ", ".join(sorted(self.members)[:5]))]
        return "; ".join(f"{name} {value}" for name, value in said if value)


def is_within_domain(address: str, domain: str) -> bool:
    """Tell whether an address is of a domain or below it, on label boundaries (R60)."""
    of, wanted = address.rpartition("@")[2].casefold().rstrip("."), domain.casefold().strip(".@ ")
    return of == wanted or of.endswith("." + wanted)


def is_typo(before: str, after: str) -> bool:
    """Tell whether two versions of a statement are alike enough for the change to be a correction."""
    one, other = before.split(), after.split()
    if max(len(one), len(other)) > WORDS_COMPARED:  # comparing is quadratic
        return abs(len(one) - len(other)) <= 10 and SequenceMatcher(None, one, other).quick_ratio() >= TYPO_MIN
    return SequenceMatcher(None, one, other, autojunk=False).ratio() >= TYPO_MIN


def same_statements(current: str, corrections: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Give the versions that differ from the current one by corrections alone. corrections: (before, after)."""
    found, edges = {current}, list(corrections)
    while new := {before for before, after in edges if after in found} - found:
        found |= new
    return frozenset(found)


# --- bursts (R69) -----------------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Burst:
    """How many signed in an hour from addresses of one domain."""

    hour: datetime
    domain: str
    signatures: int
    proofs: tuple[Proof, ...]


def bursts(signatures: Iterable[Signature], zone: str, least: int) -> list[Burst]:
    """Give the hours in which at least so many signed from one domain, the largest first."""
    found: dict[tuple[datetime, str], list[Signature]] = {}
    for one in signatures:
        hour = one.signed_at.astimezone(ZoneInfo(zone)).replace(minute=0, second=0, microsecond=0)
        found.setdefault((hour, one.address.rpartition("@")[2].casefold()), []).append(one)
    rows = [
        Burst(hour, domain, len(some), tuple(sorted({s.proof for s in some})))
        for (hour, domain), some in found.items()
        if len(some) >= least
    ]
    return sorted(rows, key=lambda row: (-row.signatures, row.hour, row.domain))


def standing_words(standing: tuple[str, date | None, date]) -> str:
    """Say the roster's values that a signature is judged by (R64)."""
    word, paid_through, day = standing
    return f"{word or 'unknown'}, paid through {paid_through or 'no date'}, on {day}"


RECHECKED = frozenset({SignatureState.VALIDATED, SignatureState.NOT_IN_GOOD_STANDING})
