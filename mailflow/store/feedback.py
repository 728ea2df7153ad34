"""Feedback and questions."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.model import Feedback, Question
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.upsert import insert


def add_feedback(work: Work, new: Sequence[Feedback]) -> None:
    """Keep feedback; the same mail about the same object is kept once."""
    _add(work, t.feedback, [{name: getattr(one, name) for name in _FEEDBACK} for one in new])


_FEEDBACK = tuple(c.name for c in t.feedback.columns if c.name != "id")
_QUESTION = tuple(c.name for c in t.question.columns if c.name != "n")


def _add(work: Work, table: sa.Table, rows: Sequence[Mapping[str, Any]]) -> None:
    if rows:
        work.execute(insert(work, table).on_conflict_do_nothing(index_elements=["object_id", "inbox_n"]), rows)


def feedback_about(work: Work, object_id: str) -> list[Feedback]:
    """Give the feedback about an object with its writers' names, first received first."""
    query = (
        sa.select(t.feedback, t.member.c.name)
        .join(t.member, t.member.c.member_id == t.feedback.c.member_id)
        .where(t.feedback.c.object_id == object_id)
        .order_by(t.feedback.c.received_at, t.feedback.c.id)
    )
    return [
        Feedback(r.object_id, r.member_id, r.name, r.text, r.received_at, r.late, r.inbox_n)
        for r in work.execute(query)
    ]


def add_questions(work: Work, new: Sequence[Question]) -> None:
    """Keep questions; the same mail about the same object is kept once."""
    _add(work, t.question, [{name: getattr(one, name) for name in _QUESTION} for one in new])


def answer_question(work: Work, n: int, at: datetime) -> None:
    """Mark a question as answered; the first answer's instant stays."""
    work.execute(
        t.question.update().where(t.question.c.n == n, t.question.c.answered_at.is_(None)).values(answered_at=at)
    )


def questions_by_mail(work: Work, inbox_ns: Collection[int]) -> dict[int, Question]:
    """Give questions by the number of the mail that asked them."""
    return {
        row.inbox_n: _question(row)
        for row in work.execute(sa.select(t.question).where(t.question.c.inbox_n.in_(list(inbox_ns))))
    }


def open_questions(work: Work, object_id: str = "") -> list[Question]:
    """Give the questions that wait for an answer, about an object or any, the oldest first."""
    query = sa.select(t.question).where(t.question.c.answered_at.is_(None))
    if object_id:
        query = query.where(t.question.c.object_id == object_id)
    return [_question(row) for row in work.execute(query.order_by(t.question.c.asked_at, t.question.c.n))]


def lock_question(work: Work, n: int) -> Question | None:
    """Give a question and keep others from it until the transaction ends."""
    row = work.execute(sa.select(t.question).where(t.question.c.n == n).with_for_update()).first()
    return _question(row) if row is not None else None


def reminded(work: Work, n: int, steps: int) -> None:
    """Note how many steps were taken about a question that waits."""
    work.execute(t.question.update().where(t.question.c.n == n).values(reminders=steps))


def _question(row: Any) -> Question:
    return Question(**{c.name: getattr(row, c.name) for c in t.question.columns})
