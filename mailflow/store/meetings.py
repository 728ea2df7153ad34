"""Who was invited to a meeting, and what their calendars answered: the newest answer of each."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.outcome import NoteMeetingAnswer
from mailflow.store import tables as t
from mailflow.store.audience import FETCH, PREFERRED, Recipient, has_opted_out
from mailflow.store.engine import Work
from mailflow.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Answered:
    """A member's answer. uid: the meeting's, in every invitation. answer: accepted|declined|tentative.

    sequence: of the invitation that was answered.
    """

    uid: str
    member_id: str
    name: str
    answer: str
    at: datetime
    sequence: int = 0


def keep_answer(work: Work, said: NoteMeetingAnswer, at: datetime, inbox_n: int) -> None:
    """Keep an answer; one to an older invitation, or that arrived earlier, than the one kept changes nothing."""
    row = {"uid": said.uid, "member_id": said.member_id}
    change = {"object_id": said.object_id, "answer": said.answer, "sequence": said.sequence}
    change |= {"at": at, "inbox_n": inbox_n}
    a = t.meeting_answer.c
    put = insert(work, t.meeting_answer).values(**row, **change)
    # RFC 5546 section 2.1.5: the sequence first, then the time
    is_newer = sa.or_(a.sequence < said.sequence, sa.and_(a.sequence == said.sequence, a.at <= at))
    put = put.on_conflict_do_update(index_elements=["uid", "member_id"], set_=change, where=is_newer)
    work.execute(put)


def answers(work: Work, object_id: str) -> list[Answered]:
    """Give the answers to the meetings of a proposal, with names, in the order they came."""
    a = t.meeting_answer.c
    query = (
        sa.select(a.uid, a.member_id, t.member.c.name, a.answer, a.at, a.sequence)
        .join(t.member, t.member.c.member_id == a.member_id)
        .where(a.object_id == object_id)
        .order_by(a.at, a.member_id)
    )
    return [Answered(*row) for row in work.execute(query)]


@dataclass(frozen=True, slots=True)
class Invited(Recipient):
    """Somebody in whose calendar an invitation lies. key: the mail's; address: as it was written to then."""

    key: str = ""
    invited_as: str = ""


def iter_invited(work: Work, object_id: str, scopes: tuple[str, ...]) -> Iterator[Invited]:
    """Give the members whose invitation left or is about to, and who want mail about it; streams, by member_id."""
    m, a, o = t.member.c, t.member_address.c, t.outbox.c
    query = (
        sa.select(m.member_id, m.name, a.address, m.language, m.timezone, o.key, o.address.label("invited_as"))
        .join(t.member_address, PREFERRED)
        .join(t.outbox, o.member_id == m.member_id)
        .where(*_invited(object_id), m.ended_at.is_(None), ~has_opted_out(scopes))
        .order_by(m.member_id)
        .execution_options(yield_per=FETCH)
    )
    for row in work.execute(query):
        yield Invited(*row)


def count_invited(work: Work, object_id: str, scopes: tuple[str, ...]) -> int:
    """Count what iter_invited would give."""
    m, o = t.member.c, t.outbox.c
    joined = sa.select(sa.func.count()).select_from(t.member).join(t.member_address, PREFERRED)
    joined = joined.join(t.outbox, o.member_id == m.member_id)
    return int(
        work.execute(joined.where(*_invited(object_id), m.ended_at.is_(None), ~has_opted_out(scopes))).scalar_one()
    )


def _invited(object_id: str) -> list[sa.ColumnElement[bool]]:
    o = t.outbox.c
    left = o.state.in_(("queued", "claimed", "deferred", "accepted"))
    return [o.notice == "proposal_open", o.object_id == object_id, left]
