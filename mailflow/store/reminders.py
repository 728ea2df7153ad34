"""Who was asked and has not answered: for reminders, and for telling that there is more time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.opt_out import PETITIONS
from mailflow.domain.outcome import MailState, Verdict
from mailflow.mail.message import MailKind
from mailflow.store import tables as t
from mailflow.store.audience import FETCH, IS_SUPPRESSED, PREFERRED, Condition, Recipient, has_opted_out
from mailflow.store.engine import Work

# whoever said one of these is not asked again; nor is one whose mail waits for a person
SAID_NO = (Verdict.DECLINED, Verdict.WITHDRAWN, Verdict.UNDONE, Verdict.UNSUBSCRIBED, Verdict.NOT_THEM)


def iter_unanswered(work: Work, object_id: str, notice: str) -> Iterator[Recipient]:
    """Give the members who were sent this mail about an object and may be asked again; streams, by member_id.

    notice: petition_invitation (without a signature in any state) or proposal_open (silent altogether).
    """
    m, address = t.member.c, t.member_address.c
    query = (
        sa.select(m.member_id, m.name, address.address, m.language, m.timezone)
        .join(t.member_address, PREFERRED)
        .where(_may_be_asked(object_id, notice))
        .order_by(m.member_id)
        .execution_options(yield_per=FETCH)
    )
    for row in work.execute(query):
        yield Recipient(*row)


def count_unanswered(work: Work, object_id: str, notice: str) -> int:
    """Count what iter_unanswered would give."""
    joined = sa.select(sa.func.count()).select_from(t.member).join(t.member_address, PREFERRED)
    return int(work.execute(joined.where(_may_be_asked(object_id, notice))).scalar_one())


def count_waiting(work: Work, object_id: str, before: datetime) -> int:
    """Count the mails about an object that arrived before an instant and wait for a person, or to be read."""
    i = t.inbox.c
    query = sa.select(sa.func.count()).where(
        i.object_id == object_id,
        i.state.in_([MailState.HELD.value, MailState.PARKED.value, MailState.KEPT.value]),
        i.arrived_at < before,
    )
    return int(work.execute(query).scalar_one())


def _may_be_asked(object_id: str, notice: str) -> Condition:
    m = t.member.c
    o = t.outbox.c
    was_asked = sa.select(o.member_id).where(o.notice == notice, o.object_id == object_id, o.state == "accepted")
    answered = _spoke(object_id) if notice == "proposal_open" else _said_no(object_id)
    s, f = t.signature.c, t.feedback.c
    signed = sa.select(s.member_id).where(s.petition_id == object_id)
    gone = [answered, signed]
    if notice == "proposal_open":
        gone.append(sa.select(f.member_id).where(f.object_id == object_id))
    return sa.and_(
        m.ended_at.is_(None),
        m.member_id.in_(was_asked),
        *(m.member_id.not_in(some) for some in gone),
        ~has_opted_out((object_id, PETITIONS)),  # as opt_out.scopes_about says of a proposal
        ~IS_SUPPRESSED,
    )


def _spoke(object_id: str) -> sa.Select[str]:
    i = t.inbox.c
    return sa.select(i.member_id).where(i.object_id == object_id, i.kind == MailKind.PERSON.value)


def _said_no(object_id: str) -> sa.Select[str]:
    i = t.inbox.c
    waits = i.state.in_([MailState.HELD.value, MailState.PARKED.value])
    said_no = i.verdict.in_([verdict.value for verdict in SAID_NO])
    return sa.select(i.member_id).where(i.object_id == object_id, sa.or_(waits, said_no))
