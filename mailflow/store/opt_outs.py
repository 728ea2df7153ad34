"""Whom not to write to: a member's own choice (opt-out), and addresses that don't take mail (suppression)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.opt_out import ALL
from mailflow.domain.suppression import Trouble, counted
from mailflow.mail.address import fold
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import chunks
from mailflow.store.upsert import insert


def opt_out(work: Work, member_id: str, scope: str, at: datetime, via: str) -> None:
    """Keep that a member wants no more mail: scope ALL, a sort or the id of an object; the first choice stands."""
    row = {"member_id": member_id, "scope": scope, "at": at, "via": via}
    work.execute(insert(work, t.opt_out).values(row).on_conflict_do_nothing())


def opt_in(work: Work, member_id: str, *scopes: str) -> None:
    """Take opt-outs of these scopes back."""
    work.execute(sa.delete(t.opt_out).where(t.opt_out.c.member_id == member_id, t.opt_out.c.scope.in_(scopes)))


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
    """Keep that an address bounced or complained; True when it is now stopped (domain.suppression)."""
    norm = fold(address)
    known = t.suppression.c
    row = work.execute(sa.select(t.suppression).where(known.address_norm == norm).with_for_update()).first()
    before = Trouble(row.score, row.at, row.is_stopped) if row is not None else None
    after = counted(before, at, hard)
    if after != before:
        change = {"at": after.at, "reason": reason, "score": after.score, "is_stopped": after.is_stopped}
        put = insert(work, t.suppression).values(address_norm=norm, **change)
        work.execute(put.on_conflict_do_update(index_elements=["address_norm"], set_=change))
    return after.is_stopped


def unsuppress(work: Work, *addresses: str) -> int:
    """Forget what is held against addresses: staff say that they work again. Gives how many were known."""
    norms = {fold(address) for address in addresses}
    return work.execute(sa.delete(t.suppression).where(t.suppression.c.address_norm.in_(norms))).rowcount


@dataclass(frozen=True, slots=True)
class Suppression:
    """An address that bounced or complained, as staff see it. address: folded. is_stopped: nothing is sent there."""

    address: str
    reason: str
    at: datetime
    score: int
    is_stopped: bool


def suppressions(work: Work, addresses: Collection[str] | None = None) -> list[Suppression]:
    """Give what is held against these addresses, or against any; the newest first."""
    s = t.suppression.c
    query = sa.select(s.address_norm, s.reason, s.at, s.score, s.is_stopped).order_by(s.at.desc(), s.address_norm)
    if addresses is not None:
        query = query.where(s.address_norm.in_({fold(address) for address in addresses}))
    return [Suppression(*row) for row in work.execute(query)]


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
