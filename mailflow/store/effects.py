"""From a mail to all that it led to, and from an effect back to its mail: one query each way (R104)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailflow.store import tables as t
from mailflow.store.engine import Work


@dataclass(frozen=True, slots=True)
class Effect:
    """One thing that a mail led to.

    kind: signature | feedback | question | mail. id: its row. object_id: the petition, proposal, launch or notice.
    who: a member_id, or a mail's recipient. state: a signature's new state, a mail's state, what a question waits for.
    """

    kind: str
    id: int
    object_id: str
    who: str
    state: str
    at: datetime


def effects_of(work: Work, n: int) -> list[Effect]:
    """Give what the mail of this number led to, in the order it happened."""
    both = sa.union_all(_signatures(n), _feedback(n), _questions(n), _mails(n)).subquery()
    at = sa.type_coerce(both.c.at, t.Instant())
    rows = work.execute(
        sa.select(both.c.kind, both.c.id, both.c.object_id, both.c.who, both.c.state, at.label("at")).order_by(
            both.c.at, both.c.kind, both.c.id
        )
    )
    return [Effect(*row) for row in rows]


def mails_of(work: Work, petition_id: str) -> dict[str, tuple[int, ...]]:
    """Give the mails behind each signature of a petition, by member: those that changed it, in order."""
    h, s = t.signature_history.c, t.signature.c
    query = (
        sa.select(s.member_id, h.inbox_n)
        .join_from(t.signature_history, t.signature, h.signature_id == s.id)
        .where(s.petition_id == petition_id, h.inbox_n > 0)
        .order_by(h.id)
    )
    found: dict[str, tuple[int, ...]] = {}
    for row in work.execute(query):
        before = found.get(row.member_id, ())
        if row.inbox_n not in before:
            found[row.member_id] = (*before, row.inbox_n)
    return found


def _signatures(n: int) -> sa.Select[tuple[str, int, str, str, str, datetime]]:
    h, s = t.signature_history.c, t.signature.c
    return (
        sa.select(sa.literal("signature").label("kind"), s.id.label("id"), s.petition_id.label("object_id"))
        .add_columns(s.member_id.label("who"), h.to_state.label("state"), h.at.label("at"))
        .join_from(t.signature_history, t.signature, h.signature_id == s.id)
        .where(h.inbox_n == n)
    )


def _feedback(n: int) -> sa.Select[tuple[str, int, str, str, str, datetime]]:
    f = t.feedback.c
    late = sa.case((f.late, "late"), else_="in time")
    return sa.select(sa.literal("feedback"), f.id, f.object_id, f.member_id, late, f.received_at).where(f.inbox_n == n)


def _questions(n: int) -> sa.Select[tuple[str, int, str, str, str, datetime]]:
    q = t.question.c
    state = sa.case((q.answered_at.is_(None), "waits for an answer"), else_="answered")
    return sa.select(sa.literal("question"), q.n, q.object_id, q.member_id, state, q.asked_at).where(q.inbox_n == n)


def _mails(n: int) -> sa.Select[tuple[str, int, str, str, str, datetime]]:
    o = t.outbox.c
    what = o.notice + " " + o.state
    return sa.select(sa.literal("mail"), o.id, o.object_id, o.recipient, what, o.queued_at).where(
        sa.text(t.ABOUT), o.about_n == n
    )
