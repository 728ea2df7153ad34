"""What stood in whose digest, so that nothing is told twice."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.upsert import insert


def told(work: Work, recipient: str, items: Collection[str]) -> set[str]:
    """Give those of the items that stood in a digest to this recipient already."""
    query = sa.select(t.digest_item.c.item).where(
        t.digest_item.c.recipient == recipient, t.digest_item.c.item.in_(list(items))
    )
    return set(work.execute(query).scalars())


def tell(work: Work, recipient: str, items: Iterable[str], at: datetime) -> None:
    """Note that these items stand in a digest that is queued in the same transaction."""
    rows = [{"recipient": recipient, "item": item, "at": at} for item in items]
    if rows:
        work.execute(insert(work, t.digest_item).values(rows).on_conflict_do_nothing())


def last_told_at(work: Work, recipient: str) -> datetime | None:
    """Give when the recipient's last digest was queued."""
    found: datetime | None = work.execute(
        sa.select(t.digest_item.c.at)
        .where(t.digest_item.c.recipient == recipient)
        .order_by(t.digest_item.c.at.desc())
        .limit(1)
    ).scalar()
    return found
