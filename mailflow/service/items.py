"""Find what a mail is about: proposals, launches and notices by their ids."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailflow.domain.civil import end_of_day, last_day
from mailflow.domain.facts import Item
from mailflow.domain.model import Proposal
from mailflow.service.office import Office
from mailflow.store import launches, proposals, roster
from mailflow.store.engine import Work

Standing = tuple[str, date | None, date]


def items_by_id(work: Work, office: Office, ids: Collection[str]) -> dict[str, Item]:
    """Give the items of these ids, whatever they are; unknown ones are left out."""
    if not ids:
        return {}
    return {
        **proposals.proposals(work, office.kinds, ids),
        **launches.launches(work, ids),
        **launches.notices(work, ids),
    }


def day_that_counts(petition: Proposal, signed_at: datetime) -> date:
    """Say on which civil day good standing is asked for: at signing, at closing, or a fixed date (contract: kinds)."""
    as_of = petition.kind.standing_as_of
    if isinstance(as_of, date):
        return as_of
    closes_at = petition.petition_closes_at
    counts_at = closes_at if as_of == "closing" and closes_at is not None else signed_at
    whole_day = last_day(counts_at, petition.zone) if as_of == "closing" else None
    return whole_day or counts_at.astimezone(ZoneInfo(petition.zone)).date()


def standings(
    work: Work, petition: Proposal, member_ids: Collection[str], signed_at: datetime, now: datetime
) -> dict[str, Standing]:
    """Give the roster's values for these members as they count under a petition, with the day they are held against.

    The values are those that were valid on that day, or now when the day is still to come (R64).
    """
    day = day_that_counts(petition, signed_at)
    as_of = min(end_of_day(day, petition.zone), now)
    found = roster.standings_on(work, member_ids, as_of)
    return {member_id: (*found.get(member_id, ("", None)), day) for member_id in member_ids}
