"""What members' calendars answered to the invitation to a meeting: the newest answer of each."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.upsert import insert


@dataclass(frozen=True, slots=True)
class Answered:
    """A member's answer. uid: the meeting's, in every invitation. answer: accepted|declined|tentative."""

    uid: str
    member_id: str
    name: str
    answer: str
    at: datetime


def keep_answer(work: Work, uid: str, member_id: str, object_id: str, answer: str, at: datetime, inbox_n: int) -> None:
    """Keep an answer; one that arrived earlier than the one kept changes nothing."""
    row = {"uid": uid, "member_id": member_id}
    change = {"object_id": object_id, "answer": answer, "at": at, "inbox_n": inbox_n}
    put = insert(work, t.meeting_answer).values(**row, **change)
    put = put.on_conflict_do_update(index_elements=["uid", "member_id"], set_=change, where=t.meeting_answer.c.at <= at)
    work.execute(put)


def answers(work: Work, object_id: str) -> list[Answered]:
    """Give the answers to the meetings of a proposal, with names, in the order they came."""
    a = t.meeting_answer.c
    query = (
        sa.select(a.uid, a.member_id, t.member.c.name, a.answer, a.at)
        .join(t.member, t.member.c.member_id == a.member_id)
        .where(a.object_id == object_id)
        .order_by(a.at, a.member_id)
    )
    return [Answered(*row) for row in work.execute(query)]
