"""What happened between queueing a mail and sending it, for those sorts of mail that it makes untrue (R93).

Each look is made only where a batch holds such a mail; mail to thousands is mostly of one sort.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.digest import FEEDBACK, QUESTION
from mailflow.domain.model import ProposalState
from mailflow.domain.outcome import MailState
from mailflow.mail.message import MailKind
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.outbox_rows import ClaimedMail
from mailflow.store.pauses import paused_ids
from mailflow.store.reminders import SAID_NO

MAILTO = "mailto:"
PAUSED = "paused-"  # the version of the alert that a mailing is paused: its number, and when
Found = Iterator[tuple[int, dict[str, Any]]]


def load_meanwhile(work: Work, mails: Sequence[ClaimedMail], now: datetime) -> dict[int, dict[str, Any]]:
    """Give, by outbox id, the facts of domain.send_facts that only some mails need."""
    found: dict[int, dict[str, Any]] = {}
    for notices, look in _LOOKS:
        mine = [mail for mail in mails if mail.notice in notices]
        if mine:
            for outbox_id, facts in look(work, mine, now):
                found.setdefault(outbox_id, {}).update(facts)
    return found


def _versions(work: Work, mails: Sequence[ClaimedMail], _now: datetime) -> Found:
    o = t.outbox.c
    for row in work.execute(sa.select(o.id, o.version).where(o.id.in_([mail.id for mail in mails]))):
        yield row.id, {"version": row.version}


def _answered(work: Work, mails: Sequence[ClaimedMail], _now: datetime) -> Found:
    q = t.question.c
    asked = {mail.about_n for mail in mails if mail.about_n}
    rows = work.execute(sa.select(q.inbox_n, q.object_id).where(q.inbox_n.in_(asked), q.answered_at.is_not(None)))
    answered = {(row.inbox_n, row.object_id) for row in rows}
    answered |= {(n, "") for n, _ in answered}  # the owner's alert is about no object
    for mail in mails:
        yield mail.id, {"is_answered": (mail.about_n, mail.object_id) in answered}


def _settled(work: Work, mails: Sequence[ClaimedMail], _now: datetime) -> Found:
    i = t.inbox.c
    asked = {mail.about_n for mail in mails}
    # a mail of the batch that is just being read is kept still
    waiting = (MailState.HELD.value, MailState.KEPT.value, MailState.PARKED.value)
    settled = set(work.execute(sa.select(i.n).where(i.n.in_(asked), i.state.not_in(waiting))).scalars())
    for mail in mails:
        yield mail.id, {"is_settled": mail.about_n in settled}


def _spoken(work: Work, mails: Sequence[ClaimedMail], _now: datetime) -> Found:
    """Who has answered the proposal at all, or said no to the petition, or waits for a person to read it."""
    i, p = t.inbox.c, t.proposal.c
    objects, members = {mail.object_id for mail in mails}, {mail.member_id for mail in mails if mail.member_id}
    feedback_open = sa.select(p.id).where(p.id.in_(objects), p.state == ProposalState.FEEDBACK_OPEN.value)
    said_no = i.verdict.in_([verdict.value for verdict in SAID_NO])
    waits = i.state.in_([MailState.HELD.value, MailState.PARKED.value])
    spoke = sa.and_(i.kind == MailKind.PERSON.value, i.object_id.in_(feedback_open))
    rows = work.execute(
        sa.select(i.object_id, i.member_id).where(
            i.object_id.in_(objects), i.member_id.in_(members), sa.or_(said_no, waits, spoke)
        )
    )
    pairs = {(row.object_id, row.member_id) for row in rows}
    for mail in mails:
        yield mail.id, {"has_spoken": (mail.object_id, mail.member_id) in pairs}


def _digests(work: Work, mails: Sequence[ClaimedMail], now: datetime) -> Found:
    versions = {outbox_id: facts["version"] for outbox_id, facts in _versions(work, mails, now)}
    d = t.digest_item.c
    for mail in mails:
        recipient, at = mail.recipient.removeprefix(MAILTO), datetime.fromisoformat(versions[mail.id])
        news = list(work.execute(sa.select(d.item).where(d.recipient == recipient, d.at == at)).scalars())
        yield mail.id, {"is_void": _is_void(work, news)}


def _is_void(work: Work, news: Collection[str]) -> bool:
    """Tell whether something of a digest was erased, or all of it were questions that have their answers."""
    said = [key.split(":") for key in news if key.startswith(FEEDBACK)]
    asked = [int(key.removeprefix(QUESTION)) for key in news if key.startswith(QUESTION)]
    f, q = t.feedback.c, t.question.c
    for _, object_id, n in said:
        kept = sa.select(f.text).where(f.object_id == object_id, f.inbox_n == int(n))
        if not work.execute(kept).scalar():
            return True
    if not asked:
        return False
    rows = work.execute(sa.select(q.text, q.answered_at).where(q.n.in_(asked))).all()
    if len(rows) < len(asked) or any(not row.text for row in rows):
        return True
    return len(asked) == len(news) and all(row.answered_at is not None for row in rows)


def _held(work: Work, mails: Sequence[ClaimedMail], _now: datetime) -> Found:
    waits = work.execute(sa.select(t.inbox.c.n).where(t.inbox.c.state == MailState.HELD.value).limit(1)).first()
    for mail in mails:
        yield mail.id, {"is_void": waits is None}


def _alerts(work: Work, mails: Sequence[ClaimedMail], now: datetime) -> Found:
    paused = set(paused_ids(work))
    for outbox_id, facts in _versions(work, mails, now):
        version = facts["version"]
        number = version.removeprefix(PAUSED).partition("-")[0] if version.startswith(PAUSED) else ""
        yield outbox_id, {"is_void": number.isdecimal() and int(number) not in paused}


def _meetings(work: Work, mails: Sequence[ClaimedMail], now: datetime) -> Found:
    """Whether a meeting is over, or was changed again; the version tells its number and how often it was changed."""
    p = t.proposal.c
    rows = work.execute(sa.select(p.id, p.details).where(p.id.in_({mail.object_id for mail in mails})))
    known = {row.id: row.details["meetings"] for row in rows}
    about = {mail.id: mail.object_id for mail in mails}
    for outbox_id, facts in _versions(work, mails, now):
        number, sequence = (int(part) for part in facts["version"].split("-"))
        meeting = known[about[outbox_id]][number - 1]
        is_over = datetime.fromisoformat(meeting["starts_at"]) <= now
        yield outbox_id, {"is_void": is_over or meeting["sequence"] != sequence}


_ANSWERABLE = frozenset({"question", "question_reminder", "alert"})
_LOOKS: tuple[tuple[frozenset[str], Callable[[Work, Sequence[ClaimedMail], datetime], Found]], ...] = (
    (frozenset({"organizer_note", "window_extended"}), _versions),
    (_ANSWERABLE, _answered),
    (frozenset({"was_that_you", "unclear_ask"}), _settled),
    (frozenset({"proposal_reminder", "petition_reminder", "window_extended"}), _spoken),
    (frozenset({"digest"}), _digests),
    (frozenset({"held_summary"}), _held),
    (frozenset({"meeting_changed"}), _meetings),
    (frozenset({"alert"}), _alerts),
)
