"""Whose digest when, and what stood in whose, so that nothing is told twice; the figures that digests tell."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

import sqlalchemy as sa

from mailflow.domain.digest import Frequency
from mailflow.domain.model import SignatureState
from mailflow.domain.outcome import Verdict
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.upsert import insert

KEYS_MAX = 500  # in one condition: SQLite takes no more than some thousands


@dataclass(frozen=True, slots=True)
class Choice:
    """How often somebody gets digests, and when it was last looked what is new for them."""

    frequency: Frequency = Frequency.DAILY
    looked_at: datetime | None = None


def told(work: Work, recipient: str, items: Collection[str]) -> set[str]:
    """Give those of the items that stood in a digest to this recipient already."""
    keys, found = list(items), set[str]()
    for start in range(0, len(keys), KEYS_MAX):
        query = sa.select(t.digest_item.c.item).where(
            t.digest_item.c.recipient == recipient, t.digest_item.c.item.in_(keys[start : start + KEYS_MAX])
        )
        found.update(work.execute(query).scalars())
    return found


def tell(work: Work, recipient: str, items: Iterable[str], at: datetime) -> None:
    """Note that these items stand in a digest that is queued in the same transaction."""
    rows = [{"recipient": recipient, "item": item, "at": at} for item in items]
    for start in range(0, len(rows), KEYS_MAX):
        some = rows[start : start + KEYS_MAX]
        work.execute(insert(work, t.digest_item).values(some).on_conflict_do_nothing())


def give_back(work: Work, recipient: str, mailto: str) -> None:
    """Forget that items stood in digests that were never sent: they are new again. mailto: as the outbox names them."""
    o = t.outbox.c
    unsent = sa.select(o.version).where(
        o.notice == "digest", o.object_id == "", o.recipient == mailto, o.state == "suppressed"
    )
    for version in work.execute(unsent).scalars().all():
        never = sa.and_(t.digest_item.c.recipient == recipient, t.digest_item.c.at == datetime.fromisoformat(version))
        work.execute(sa.delete(t.digest_item).where(never))


def last_told_at(work: Work, recipient: str) -> datetime | None:
    """Give when the recipient's last digest was queued."""
    found: datetime | None = work.execute(
        sa.select(t.digest_item.c.at)
        .where(t.digest_item.c.recipient == recipient)
        .order_by(t.digest_item.c.at.desc())
        .limit(1)
    ).scalar()
    return found


# --- how often --------------------------------------------------------------------------------------------------
def choices(work: Work) -> dict[str, Choice]:
    """Give what is known of everybody's digests, by folded address."""
    return {row.recipient: _choice(row) for row in work.execute(sa.select(t.digest_choice))}


def lock(work: Work, recipient: str) -> Choice:
    """Give one choice and keep others from it until the transaction ends: two clocks send one digest."""
    work.execute(insert(work, t.digest_choice).values(recipient=recipient).on_conflict_do_nothing())
    mine = sa.select(t.digest_choice).where(t.digest_choice.c.recipient == recipient)
    return _choice(work.execute(mine.with_for_update()).one())


def choose(work: Work, recipient: str, frequency: Frequency) -> None:
    """Keep how often somebody wants digests."""
    lock(work, recipient)
    mine = t.digest_choice.c.recipient == recipient
    work.execute(t.digest_choice.update().where(mine).values(frequency=str(frequency)))


def looked(work: Work, recipient: str, at: datetime) -> None:
    """Note that it was seen to what is new for somebody."""
    work.execute(t.digest_choice.update().where(t.digest_choice.c.recipient == recipient).values(looked_at=at))


def _choice(row: sa.Row[tuple[object, ...]]) -> Choice:
    return Choice(Frequency(row.frequency or Frequency.DAILY), row.looked_at)


# --- figures ----------------------------------------------------------------------------------------------------
def signed_by_day(work: Work, petition_id: str, zone: str) -> Counter[date]:
    """Count the signatures that count by the day they were given, in that zone."""
    s, there = t.signature.c, ZoneInfo(zone)
    query = sa.select(s.signed_at).where(s.petition_id == petition_id, s.state == SignatureState.VALIDATED.value)
    days = (at.astimezone(there).date() for at in work.scalars(query.execution_options(yield_per=5_000)))
    return Counter(days)


def count_undelivered(work: Work, object_id: str) -> int:
    """Count the mails about an object that did not arrive: refused by the relay for good, or bounced for good."""
    o, m, i = t.outbox.c, t.mailing.c, t.inbox.c
    refused = sa.select(o.key).join(t.mailing, m.id == o.mailing_id).where(m.object_id == object_id)
    keys = set(work.scalars(refused.where(o.state == "failed")))
    bounced = sa.select(i.key, i.reasons).where(i.object_id == object_id, i.verdict == Verdict.BOUNCED.value)
    for key, reasons in work.execute(bounced):
        if not any(reason.startswith("temporary") for reason in reasons):
            keys.add(key)
    return len(keys)
