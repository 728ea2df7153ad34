"""Whom not to write to: a member's own choice (opt-out), and addresses that don't take mail (suppression)."""

from __future__ import annotations

from collections.abc import Collection
from datetime import UTC, datetime

import sqlalchemy as sa

from mailflow.mail.address import fold
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import chunks
from mailflow.store.upsert import insert

ALL = "all"  # the scope of an opt-out from everything
SCORE_STOP = 4  # soft bounces on as many days stop an address


def opt_out(work: Work, member_id: str, scope: str, at: datetime, via: str) -> None:
    """Keep that a member wants no more mail: scope ALL or the id of an object; the first choice stands."""
    row = {"member_id": member_id, "scope": scope, "at": at, "via": via}
    work.execute(insert(work, t.opt_out).values(row).on_conflict_do_nothing())


def opt_in(work: Work, member_id: str, scope: str) -> None:
    """Take an opt-out of that scope back."""
    work.execute(sa.delete(t.opt_out).where(t.opt_out.c.member_id == member_id, t.opt_out.c.scope == scope))


def opted_out(work: Work, member_ids: Collection[str], scope: str) -> set[str]:
    """Give those of the members who want no mail about `scope`, or none at all."""
    choice = t.opt_out.c
    found: set[str] = set()
    for ids in chunks(member_ids):
        query = sa.select(choice.member_id).where(choice.member_id.in_(ids), choice.scope.in_([ALL, scope]))
        found.update(work.scalars(query))
    return found


def choices(work: Work, member_id: str) -> list[str]:
    """Give the scopes that a member has opted out of."""
    choice = t.opt_out.c
    return list(work.scalars(sa.select(choice.scope).where(choice.member_id == member_id).order_by(choice.scope)))


def suppress(work: Work, address: str, reason: str, at: datetime, hard: bool) -> bool:
    """Keep that an address bounced or complained; True when it is now stopped.

    hard stops it at once; a soft bounce scores one, at most once a UTC day, and SCORE_STOP of them stop it.
    """
    norm = fold(address)
    known = t.suppression.c
    query = sa.select(t.suppression).where(known.address_norm == norm).with_for_update()
    row = work.execute(query).first()
    if row is None:
        first = {"address_norm": norm, "at": at, "reason": reason, "score": 1, "is_stopped": hard}
        work.execute(insert(work, t.suppression).values(first).on_conflict_do_nothing())
        return hard
    is_same_day = row.at.astimezone(UTC).date() == at.astimezone(UTC).date()
    score = row.score + (not is_same_day)
    is_stopped = row.is_stopped or hard or score >= SCORE_STOP
    if not row.is_stopped and (hard or not is_same_day):
        change = {"at": at, "reason": reason, "score": score, "is_stopped": is_stopped}
        work.execute(sa.update(t.suppression).where(known.address_norm == norm).values(change))
    return is_stopped


def unsuppress(work: Work, address: str) -> None:
    """Forget what is held against an address: staff say that it works again."""
    work.execute(sa.delete(t.suppression).where(t.suppression.c.address_norm == fold(address)))


def suppressed(work: Work, addresses: Collection[str]) -> set[str]:
    """Give those of the addresses that are stopped, as they were given."""
    norms = {given: fold(given) for given in addresses}
    known = t.suppression.c
    stopped: set[str] = set()
    for some in chunks(set(norms.values())):
        stopped.update(
            work.scalars(sa.select(known.address_norm).where(known.address_norm.in_(some), known.is_stopped))
        )
    return {given for given, norm in norms.items() if norm in stopped}
