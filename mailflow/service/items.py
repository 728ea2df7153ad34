"""Find what a mail is about: proposals, launches and notices by their ids."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime

from mailflow.domain.civil import end_of_day
from mailflow.domain.facts import Item
from mailflow.domain.model import Proposal
from mailflow.domain.petition import day_that_counts
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


def standings(
    work: Work, petition: Proposal, member_ids: Collection[str], signed_at: datetime, now: datetime
) -> dict[str, Standing]:
    """Give the roster's values for these members as they count under a petition, with the day they are held against.

    The values are those that were valid on that day, or now when the day is still to come (R64).
    """
    histories = roster.standing_histories(work, member_ids)
    return {one: standing_then(histories.get(one, ()), petition, signed_at, now) for one in member_ids}


def standing_then(history: Sequence[roster.Said], petition: Proposal, signed_at: datetime, now: datetime) -> Standing:
    """Give one member's standing as it counts under a petition, from all that the roster ever said of them."""
    day = day_that_counts(petition, signed_at)
    return (*roster.standing_as_of(history, min(end_of_day(day, petition.zone), now)), day)
