"""Launches and notices."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import EntryKind
from mailflow.domain.model import Launch, LaunchState, Notice, NoticeState, Resource, Slip
from mailflow.errors import NotFound
from mailflow.store import ledger
from mailflow.store import tables as t
from mailflow.store.engine import Work


def save_launch(work: Work, launch: Launch, now: datetime) -> None:
    """Add a launch, or change it and its state; its history is added to by add_slip alone."""
    values = {n: getattr(launch, n) for n in ("title", "planned_on", "contact", "audience", "text")}
    values |= {"state": str(launch.state), "resources": [asdict(r) for r in launch.resources]}
    changed = work.execute(t.launch.update().where(t.launch.c.id == launch.id).values(**values)).rowcount
    if not changed:
        work.execute(t.launch.insert().values(id=launch.id, added_at=now, **values))


def add_slip(work: Work, launch_id: str, slip: Slip) -> None:
    """Add a change of date to a launch's history."""
    work.execute(
        t.slip.insert().values(
            launch_id=launch_id, at=slip.at, from_on=slip.from_on, to_on=slip.to_on, reason=slip.reason
        )
    )
    moved = {"from": str(slip.from_on or ""), "to": str(slip.to_on or "")}
    ledger.append(work, EntryKind.LAUNCH, launch_id, slip.at, moved)


def launches(work: Work, ids: Collection[str] | None = None) -> dict[str, Launch]:
    """Give launches by id: those asked for, or all."""
    query = sa.select(t.launch).order_by(t.launch.c.added_at, t.launch.c.id)
    if ids is not None:
        query = query.where(t.launch.c.id.in_(list(ids)))
    rows = work.execute(query).all()
    history = _slips(work, [row.id for row in rows]) if rows else {}
    return {row.id: _launch(row, history.get(row.id, ())) for row in rows}


def launch(work: Work, launch_id: str) -> Launch:
    """Give one launch. Raises NotFound."""
    found = launches(work, [launch_id])
    if not found:
        raise NotFound(f"there is no launch {launch_id!r}")
    return found[launch_id]


def _slips(work: Work, ids: Collection[str]) -> dict[str, list[Slip]]:
    found: dict[str, list[Slip]] = {}
    query = sa.select(t.slip).where(t.slip.c.launch_id.in_(list(ids))).order_by(t.slip.c.at, t.slip.c.id)
    for row in work.execute(query):
        found.setdefault(row.launch_id, []).append(Slip(row.at, row.from_on, row.to_on, row.reason))
    return found


def _launch(row: Any, history: Sequence[Slip]) -> Launch:
    return Launch(
        id=row.id,
        title=row.title,
        state=LaunchState(row.state),
        planned_on=row.planned_on,
        contact=row.contact,
        audience=row.audience,
        resources=tuple(Resource(**r) for r in row.resources),
        text=row.text,
        history=tuple(history),
    )


NOTICE_FIELDS = tuple(c.name for c in t.notice.columns if c.name not in {"added_at", "state"})


def save_notice(work: Work, notice: Notice, now: datetime) -> None:
    """Add a notice, or change it."""
    values = {n: getattr(notice, n) for n in NOTICE_FIELDS if n != "id"} | {"state": str(notice.state)}
    changed = work.execute(t.notice.update().where(t.notice.c.id == notice.id).values(**values)).rowcount
    if not changed:
        work.execute(t.notice.insert().values(id=notice.id, added_at=now, **values))


def notices(work: Work, ids: Collection[str] | None = None, launch_id: str = "") -> dict[str, Notice]:
    """Give notices by id, in the order they were added: those asked for, those of a launch, or all."""
    query = sa.select(t.notice).order_by(t.notice.c.added_at, t.notice.c.id)
    if ids is not None:
        query = query.where(t.notice.c.id.in_(list(ids)))
    if launch_id:
        query = query.where(t.notice.c.launch_id == launch_id)
    return {row.id: _notice(row) for row in work.execute(query)}


def notice(work: Work, notice_id: str) -> Notice:
    """Give one notice. Raises NotFound."""
    found = notices(work, [notice_id])
    if not found:
        raise NotFound(f"there is no notice {notice_id!r}; `mailflow notice list` shows them")
    return found[notice_id]


def _notice(row: Any) -> Notice:
    return Notice(state=NoticeState(row.state), **{n: getattr(row, n) for n in NOTICE_FIELDS})


def mails_by_state(work: Work, notice: Notice) -> dict[str, int]:
    """Count the mails of a notice by their state in the outbox; copies for a test are not counted."""
    query = (
        sa.select(t.outbox.c.state, sa.func.count())
        .where(
            t.outbox.c.notice == notice.kind,
            t.outbox.c.object_id == notice.id,
            t.outbox.c.version.not_like("test-%"),
        )
        .group_by(t.outbox.c.state)
    )
    return {row[0]: row[1] for row in work.execute(query)}


def went_out(work: Work, launch_id: str) -> list[Notice]:
    """Give the notices of a launch of which the relay took mails to members, in the order they were added."""
    known = notices(work, launch_id=launch_id)
    o, m = t.outbox.c, t.mailing.c
    taken_mail = sa.select(o.id).where(o.mailing_id == m.id, o.state == "accepted", o.member_id != "")
    query = sa.select(m.object_id).where(m.object_id.in_(known), m.is_to_many, taken_mail.exists())
    taken = set(work.execute(query).scalars())
    return [notice for notice in known.values() if notice.id in taken]


def why_left_out(work: Work, notice: Notice) -> dict[str, int]:
    """Count the mails of a notice that were suppressed right before sending, by reason (R93)."""
    o = t.outbox.c
    query = (
        sa.select(o.detail, sa.func.count())
        .where(o.notice == notice.kind, o.object_id == notice.id, o.state == "suppressed")
        .group_by(o.detail)
        .order_by(o.detail)
    )
    return {row[0]: row[1] for row in work.execute(query)}


def is_going_out(work: Work, notice: Notice) -> bool:
    """Tell whether mails of a notice still wait to leave."""
    return bool({"queued", "claimed", "deferred"} & mails_by_state(work, notice).keys())
