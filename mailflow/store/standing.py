"""Signatures held against the roster once more: which of them count otherwise than they are kept (R64)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime

from mailflow.domain.civil import end_of_day
from mailflow.domain.model import Proposal, Signature, SignatureState
from mailflow.domain.petition import day_that_counts, state_that_counts
from mailflow.domain.verification import RECHECKED, standing_words
from mailflow.store import roster
from mailflow.store.engine import Work


def judged_anew(work: Work, petition: Proposal, signatures: Iterable[Signature], now: datetime) -> Iterator[Signature]:
    """Give the signatures that change, as they are to be kept; one query for each day that counts."""
    by_day: dict[date, list[Signature]] = {}
    for signature in signatures:
        if signature.state in RECHECKED:
            by_day.setdefault(day_that_counts(petition, signature.signed_at), []).append(signature)
    for day, signed in by_day.items():
        as_of = min(end_of_day(day, petition.zone), now)
        known = roster.standings_on(work, [s.member_id for s in signed], as_of)
        for signature in signed:
            standing = (*known.get(signature.member_id, ("", None)), day)
            state = state_that_counts(petition.kind, signature.proof, standing)
            if state not in {signature.state, SignatureState.PENDING}:
                words = standing_words(standing)
                yield replace(signature, state=state, standing=words, reason=f"the roster says: {words}")
