"""Mailings that wait for a person because too many of their mails failed: noted beside the outbox, one row each."""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailflow.errors import NotFound
from mailflow.store import meta
from mailflow.store import tables as t
from mailflow.store.engine import Work

_PAUSED, _RESUMED = "outbox.paused.", "outbox.resumed."
TO_MANY = 2  # the priority of one mail of many


@dataclass(frozen=True, slots=True)
class Pause:
    """A mailing that is paused. waiting: how many of its mails have not left."""

    mailing_id: int
    notice: str
    object_id: str
    at: datetime
    why: str
    waiting: int


def paused_ids(work: Work) -> list[int]:
    """Give the mailings of which nothing may be claimed now."""
    name = t.meta.c.name
    found = work.execute(sa.select(name).where(name >= _PAUSED, name < _PAUSED[:-1] + "/")).scalars()
    return sorted(int(each.removeprefix(_PAUSED)) for each in found)


def pause(work: Work, mailing_id: int, why: str, at: datetime) -> bool:
    """Keep what of a mailing has not left until a person lets it go on; False when it is paused already."""
    if mailing_id in paused_ids(work):
        return False
    meta.put(work, f"{_PAUSED}{mailing_id}", json.dumps({"at": at.isoformat(), "why": why}))
    return True


def resume(work: Work, at: datetime, mailing_id: int = 0) -> list[int]:
    """Let a mailing go on, or all of them: their failures are counted afresh. Gives which. Raises NotFound."""
    paused = paused_ids(work)
    if mailing_id and mailing_id not in paused:
        raise NotFound(f"mailing {mailing_id} is not paused")
    for each in paused:
        if mailing_id in (0, each):
            work.execute(sa.delete(t.meta).where(t.meta.c.name == f"{_PAUSED}{each}"))
            meta.put(work, f"{_RESUMED}{each}", at.isoformat())
    return [each for each in paused if mailing_id in (0, each)]


def pauses(work: Work) -> list[Pause]:
    """Give the mailings that are paused, why, and how much of them waits."""
    return [_pause(work, each) for each in paused_ids(work)]


def _pause(work: Work, mailing_id: int) -> Pause:
    told = json.loads(meta.get(work, f"{_PAUSED}{mailing_id}", "{}"))
    row = work.execute(sa.select(t.mailing.c.notice, t.mailing.c.object_id).where(t.mailing.c.id == mailing_id)).one()
    is_open = t.outbox.c.state.in_(("queued", "deferred", "claimed"))
    waiting = sa.select(sa.func.count()).where(t.outbox.c.mailing_id == mailing_id, is_open)
    at = datetime.fromisoformat(told["at"])
    return Pause(mailing_id, row.notice, row.object_id, at, told["why"], work.execute(waiting).scalar_one())


def outcomes(work: Work, mailing_id: int) -> tuple[int, int]:
    """Count the final answers to a mailing since it was last resumed, and those of them that were failures.

    A mail that was taken and came back, so that its address is stopped now, is a failure too.
    """
    o, a, s = t.outbox.c, t.member_address.c, t.suppression.c
    since = meta.get(work, f"{_RESUMED}{mailing_id}")
    mine = [o.mailing_id == mailing_id, o.state.in_(("accepted", "failed"))]
    if since:
        mine.append(o.settled_at >= datetime.fromisoformat(since))
    count = sa.select(sa.func.count())
    answers = work.execute(count.where(*mine)).scalar_one()
    refused = work.execute(count.where(*mine, o.state == "failed")).scalar_one()
    joined = sa.join(
        sa.join(t.outbox, t.member_address, sa.and_(a.member_id == o.member_id, a.position == 0)),
        t.suppression,
        s.address_norm == a.address_norm,
    )
    came_back = work.execute(
        count.select_from(joined).where(*mine, o.state == "accepted", s.is_stopped, s.at >= o.queued_at)
    ).scalar_one()
    return answers, refused + came_back


def bounced_lately(work: Work, since: datetime, queued_since: datetime) -> Collection[int]:
    """Give the mailings to many, still going out, some of whose addresses were stopped since an instant."""
    o, a, s = t.outbox.c, t.member_address.c, t.suppression.c
    joined = sa.join(
        sa.join(t.suppression, t.member_address, a.address_norm == s.address_norm), t.outbox, o.address == a.address
    )
    query = (
        sa.select(o.mailing_id)
        .select_from(joined)
        .where(s.is_stopped, s.at > since, o.priority == TO_MANY, o.queued_at > queued_since)
        .distinct()
    )
    waits = sa.select(o.id).where(o.state.in_(("queued", "deferred")))
    found = work.execute(query).scalars().all()
    return [each for each in found if work.execute(waits.where(o.mailing_id == each).limit(1)).first()]


LATELY = timedelta(minutes=15)
STILL_OUT = timedelta(days=5)
