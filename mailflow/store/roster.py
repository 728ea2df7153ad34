"""Members as the roster has them, by id and by address, and their standing as of an instant."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime
from itertools import islice
from typing import TypeVar

import sqlalchemy as sa

from mailflow.domain.model import Member
from mailflow.errors import Refused
from mailflow.mail.address import fold, strip_tag
from mailflow.store import tables as t
from mailflow.store.engine import Work

IN_MAX = 1_000  # values in one IN list
V = TypeVar("V")


def chunks(values: Collection[V], size: int = IN_MAX) -> Iterator[list[V]]:
    """Cut a collection into lists of at most `size`."""
    rest = iter(values)
    while chunk := list(islice(rest, size)):
        yield chunk


def member(work: Work, member_id: str) -> Member | None:
    """Give the member of that id, ended or not."""
    return members(work, [member_id]).get(member_id)


def members(work: Work, member_ids: Collection[str]) -> dict[str, Member]:
    """Give the members of these ids by id; three queries for each thousand. Unknown ids are left out."""
    found: dict[str, Member] = {}
    for ids in chunks(member_ids):
        addresses, units = _addresses(work, ids), _units(work, ids)
        for row in work.execute(sa.select(t.member).where(t.member.c.member_id.in_(ids))).mappings():
            found[row["member_id"]] = _member(row, addresses, units)
    return found


def all_members(work: Work, include_ended: bool = False) -> Iterator[Member]:
    """Give every member in the order of their ids, a thousand at a time in memory."""
    last: str | None = None
    while True:
        query = sa.select(t.member.c.member_id).order_by(t.member.c.member_id).limit(IN_MAX)
        if last is not None:
            query = query.where(t.member.c.member_id > last)
        if not include_ended:
            query = query.where(t.member.c.ended_at.is_(None))
        ids = list(work.scalars(query))
        if not ids:
            return
        found = members(work, ids)
        yield from (found[member_id] for member_id in ids)
        last = ids[-1]


def members_by_address(work: Work, addresses: Collection[str], delimiter: str = "+") -> dict[str, list[Member]]:
    """Give for each address the members who have it, living ones first; addresses of nobody are left out.

    The address as it is goes first; where nobody has it, the one without its tag (R61): `anna+x@` is `anna@`. Keys of
    the answer are the addresses as they were given, in any spelling. Two members may share an address.
    """
    exact = {given: fold(given) for given in addresses}
    bare = {given: strip_tag(norm, delimiter) for given, norm in exact.items()}
    owners = _owners(work, {*exact.values(), *bare.values()})
    people = members(work, sorted({one for ids in owners.values() for one in ids}))
    found: dict[str, list[Member]] = {}
    for given in addresses:
        if ids := owners.get(exact[given]) or owners.get(bare[given]):
            found[given] = sorted((people[one] for one in ids), key=lambda one: (one.ended, one.member_id))
    return found


def find(work: Work, who: str) -> Member | None:
    """Give the member of a member_id or an address; Refused when an address is shared and so doesn't tell."""
    who = who.strip()
    if found := member(work, who):
        return found
    owners = members_by_address(work, [who]).get(who, []) if "@" in who else []
    living = [one for one in owners if not one.ended] or owners
    if len(living) > 1:
        ids = ", ".join(one.member_id for one in living[:5])
        raise Refused(f"{who} is the address of {len(living)} members ({ids}): say which one by member_id")
    return living[0] if living else None


def standing_on(work: Work, member_id: str, as_of: datetime) -> tuple[str, date | None]:
    """Give (standing, paid_through) that the roster said at an instant; ("", None) for a stranger."""
    return standings_on(work, [member_id], as_of).get(member_id, ("", None))


def standings_on(work: Work, member_ids: Collection[str], as_of: datetime) -> dict[str, tuple[str, date | None]]:
    """Give (standing, paid_through) by member: the latest values not after the instant, else the earliest known."""
    return {one: standing_as_of(said, as_of) for one, said in standing_histories(work, member_ids).items()}


Said = tuple[datetime, str, date | None]  # valid_from, standing, paid_through
_HISTORIES = (
    sa.select(*(t.member_standing.c[name] for name in ("member_id", "valid_from", "standing", "paid_through")))
    .where(t.member_standing.c.member_id.in_(sa.bindparam("ids", expanding=True)))
    .order_by(t.member_standing.c.member_id, t.member_standing.c.valid_from)
)


def standing_histories(work: Work, member_ids: Collection[str]) -> dict[str, list[Said]]:
    """Give what the roster said of each of these members and from when, the earliest first; strangers are left out."""
    found: dict[str, list[Said]] = defaultdict(list)
    for ids in chunks(member_ids):
        for member_id, *said in work.execute(_HISTORIES, {"ids": ids}):
            found[member_id].append((said[0], said[1], said[2]))
    return dict(found)


def standing_as_of(history: Sequence[Said], as_of: datetime) -> tuple[str, date | None]:
    """Give (standing, paid_through) as of an instant: the latest not after it, else the earliest known."""
    known = [said for said in history if said[0] <= as_of] or history[:1]
    return known[-1][1:] if known else ("", None)


def standing_history(work: Work, member_id: str) -> list[Said]:
    """Give (valid_from, standing, paid_through) of a member, the earliest first."""
    return standing_histories(work, [member_id]).get(member_id, [])


def count_members(work: Work) -> int:
    """Count the members whose membership has not ended."""
    query = sa.select(sa.func.count()).select_from(t.member).where(t.member.c.ended_at.is_(None))
    return work.execute(query).scalar_one()


def _owners(work: Work, norms: Collection[str]) -> dict[str, list[str]]:
    owners: dict[str, list[str]] = defaultdict(list)
    address = t.member_address.c
    for some in chunks(norms):
        for row in work.execute(
            sa.select(address.address_norm, address.member_id).where(address.address_norm.in_(some))
        ):
            owners[row.address_norm].append(row.member_id)
    return owners


def _addresses(work: Work, ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    address = t.member_address.c
    query = sa.select(address.member_id, address.address).where(address.member_id.in_(ids))
    for row in work.execute(query.order_by(address.position)):
        found[row.member_id].append(row.address)
    return found


def _units(work: Work, ids: list[str]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in work.execute(sa.select(t.member_unit).where(t.member_unit.c.member_id.in_(ids))):
        found[row.member_id].append(row.unit_id)
    return found


def _member(row: sa.RowMapping, addresses: dict[str, list[str]], units: dict[str, list[str]]) -> Member:
    return Member(
        member_id=row["member_id"],
        name=row["name"],
        addresses=tuple(addresses.get(row["member_id"], ())),
        standing=row["standing"],
        paid_through=row["paid_through"],
        postal_address=row["postal_address"],
        language=row["language"],
        timezone=row["timezone"],
        units=tuple(sorted(units.get(row["member_id"], ()))),
        ended=row["ended_at"] is not None,
    )
