"""What the database knows of the installation's health: notes of the roles, ages, and whether the books agree."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from mailflow.domain.health import Failing, Parked, Told
from mailflow.domain.model import SignatureState
from mailflow.domain.outcome import MailState, Verdict
from mailflow.store import meta
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.outbox_lookup import IS_OPEN, PRIORITIES
from mailflow.store.pauses import paused_ids

GOOD_POLL, BATCH, WATCH, TOLD, AUDITED_ON = (
    "poll.good_at",
    "poll.batch_at",
    "health.watch",
    "health.told",
    "health.audited_on",
)
POLL, RELAY = "poll.failing", "relay.failing"  # what may fail
GAP, STARTED = "poll.gap", "poll.started"
GAP_MIN = timedelta(hours=1)

_TEXT_MAX = 500


# --- notes ------------------------------------------------------------------------------------------------------
def failing(work: Work, what: str) -> Failing | None:
    """Give what keeps failing; None while it works. what: POLL or RELAY."""
    kept = meta.get(work, what)
    if not kept:
        return None
    note = json.loads(kept)
    since, last_at = (datetime.fromisoformat(note[name]) for name in ("since", "last_at"))
    return Failing(since, last_at, note["text"], note["is_login"])


def note_failure(work: Work, what: str, text: str, now: datetime, *, is_login: bool = False) -> None:
    """Note that something failed, again or for the first time."""
    before = failing(work, what)
    since = before.since if before is not None else now
    note = {"since": since.isoformat(), "last_at": now.isoformat(), "text": text[:_TEXT_MAX], "is_login": is_login}
    meta.put(work, what, json.dumps(note))


def note_works(work: Work, what: str) -> None:
    """Note that it works."""
    if meta.get(work, what):
        meta.put(work, what, "")


def note_good_poll(work: Work, now: datetime) -> None:
    """Note that all new mail of the mailbox was read."""
    before = good_poll_at(work)
    was_down = failing(work, POLL) is not None or bool(meta.get(work, STARTED))
    if before is not None and now - before >= GAP_MIN and was_down:
        meta.put(work, GAP, json.dumps([before.isoformat(), now.isoformat()]))
    if meta.get(work, STARTED):
        meta.put(work, STARTED, "")
    meta.put(work, GOOD_POLL, now.isoformat())
    note_works(work, POLL)


def good_poll_at(work: Work) -> datetime | None:
    """Give when the mailbox was last read to its end."""
    return _instant(meta.get(work, GOOD_POLL))


def note_batch(work: Work, now: datetime) -> None:
    """Note that a batch of mail was read, and more may lie there: of a full mailbox the end is hours away."""
    meta.put(work, BATCH, now.isoformat())


def last_read_at(work: Work) -> datetime | None:
    """Give when the mailbox was last read, to its end or a batch of it: it answers, and gives out its mail."""
    known = (good_poll_at(work), _instant(meta.get(work, BATCH)))
    return max((at for at in known if at is not None), default=None)


def note_start(work: Work, now: datetime) -> None:
    """Note that a service that stays up begins: if the mailbox was not read for long until now, it was down."""
    meta.put(work, STARTED, now.isoformat())


def last_gap(work: Work) -> tuple[datetime, datetime] | None:
    """Give the last time of an hour or more in which the service was down or the mailbox could not be read.

    Time between two `run --once` is none: nobody said that the service would stay up.
    """
    kept = meta.get(work, GAP)
    if not kept:
        return None
    begun, ended = (datetime.fromisoformat(at) for at in json.loads(kept))
    return begun, ended


def watch(work: Work) -> tuple[datetime | None, datetime | None]:
    """Give since when, and when last, somebody looked after the installation's health."""
    note = json.loads(meta.get(work, WATCH, "{}"))
    return _instant(note.get("since", "")), _instant(note.get("last_at", ""))


def note_watch(work: Work, since: datetime, now: datetime) -> None:
    """Note that somebody looked now."""
    meta.put(work, WATCH, json.dumps({"since": since.isoformat(), "last_at": now.isoformat()}))


def told(work: Work) -> dict[str, Told]:
    """Give the troubles that the owner was told of and that are not over."""
    notes = json.loads(meta.get(work, TOLD, "{}"))
    return {name: Told(episode, datetime.fromisoformat(at)) for name, (episode, at) in notes.items()}


def note_told(work: Work, troubles: Mapping[str, Told]) -> None:
    """Note which troubles are told and not over."""
    meta.put(work, TOLD, json.dumps({name: [one.episode, one.at.isoformat()] for name, one in troubles.items()}))


def _instant(text: str) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


# --- ages and counts --------------------------------------------------------------------------------------------
def is_owing(work: Work) -> bool:
    """Tell whether any mail waits to be sent; a mailing that is paused waits for a person, who was told."""
    o = t.outbox.c
    # in the order of ix_outbox_open, or SQLite would read the outbox from its start
    first = sa.select(o.id).where(IS_OPEN, *_not_paused(work)).order_by(o.priority, o.due_at, o.id).limit(1)
    return work.execute(first).first() is not None


def oldest_due_at(work: Work, now: datetime) -> datetime | None:
    """Give since when the oldest unsent mail has been due, without what is paused; None when nothing is."""
    o = t.outbox.c
    found, goes = list[datetime](), _not_paused(work)
    for priority in PRIORITIES:  # one look each into ix_outbox_open
        due = sa.select(o.due_at).where(IS_OPEN, *goes, o.priority == priority, o.due_at <= now)
        found += work.execute(due.order_by(o.due_at).limit(1)).scalars()
    return min(found, default=None)


def _not_paused(work: Work) -> list[sa.ColumnElement[bool]]:
    paused = paused_ids(work)
    return [t.outbox.c.mailing_id.not_in(paused)] if paused else []


def oldest_owed_at(work: Work) -> datetime | None:
    """Give when the oldest mail that waits to be sent was queued."""
    found: datetime | None = work.execute(sa.select(sa.func.min(t.outbox.c.queued_at)).where(IS_OPEN)).scalar()
    return found


def last_settled_at(work: Work) -> datetime | None:
    """Give when a mail last got an answer from the relay, or was put aside."""
    found: datetime | None = work.execute(sa.select(sa.func.max(t.outbox.c.settled_at))).scalar()
    return found


def unknown_answers(work: Work) -> int:
    """Count the mails' answers that never came after the final dot (R89)."""
    some = sa.select(sa.func.coalesce(sa.func.sum(t.outbox.c.unknowns), 0)).where(sa.text(t.UNKNOWN))
    return int(work.execute(some).scalar_one())


def parked(work: Work) -> Parked:
    """Count what our own failure keeps back; alerts are left out, or one would call the next."""
    i, o = t.inbox.c, t.outbox.c
    came = work.execute(sa.select(sa.func.count(), sa.func.max(i.n)).where(i.state == MailState.PARKED)).one()
    owed = work.execute(
        sa.select(sa.func.count(), sa.func.max(o.id)).where(sa.text(t.PARKED), o.notice != "alert")
    ).one()
    return Parked(came[0], owed[0], came[1] or 0, owed[1] or 0)


def signatures(work: Work) -> dict[tuple[str, str], int]:
    """Count the signatures by petition and state."""
    s = t.signature.c
    rows = work.execute(sa.select(s.petition_id, s.state, sa.func.count()).group_by(s.petition_id, s.state))
    return {(row[0], row[1]): row[2] for row in rows}


# --- whether the books agree ------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Miscount:
    """A petition whose counter says something else than its rows (R66)."""

    petition_id: str
    said: int
    true: int


def miscounts(work: Work) -> list[Miscount]:
    """Hold every petition's counter against its rows."""
    s, p = t.signature.c, t.proposal.c
    true = sa.func.count(s.id)
    query = (
        sa.select(p.id, p.validated, true)
        .outerjoin_from(t.proposal, t.signature, (s.petition_id == p.id) & (s.state == SignatureState.VALIDATED))
        .group_by(p.id, p.validated)
        .having(p.validated != true)
    )
    return [Miscount(*row) for row in work.execute(query.order_by(p.id))]


def unaccounted(work: Work, read_before: datetime, limit: int) -> dict[int, str]:
    """Give mails that are in no state, or in one without what belongs to it: number -> what is missing (R9).

    Each mail must be read with a verdict, held or parked with a reason, or kept for a short while. read_before: what
    is still kept from before then is unaccounted for.
    """
    i = t.inbox.c
    # JSON of an empty list on both databases
    has_no_reason = sa.cast(i.reasons, sa.Text).in_(["[]", "null", ""])
    wrong = sa.case(
        (i.state.not_in(list(MailState)), "it has no state that is known"),
        ((i.state == MailState.READ) & (i.verdict == ""), "it is read, without a verdict"),
        ((i.state == MailState.HELD) & has_no_reason, "it is held, without a reason"),
        ((i.state == MailState.PARKED) & (i.error == "") & has_no_reason, "it is parked, without an error"),
        ((i.state == MailState.KEPT) & (i.kept_at < read_before), "it was kept and never read"),
        else_="",
    )
    found = work.execute(sa.select(i.n, wrong.label("wrong")).where(wrong != "").order_by(i.n).limit(limit))
    return {row.n: row.wrong for row in found}


def without_effect(work: Work, since: datetime, limit: int) -> dict[int, str]:
    """Give mails whose verdict says that they took effect, and of whose effect there is no record (R4, R9)."""
    i = t.inbox.c
    signed = sa.union_all(sa.select(t.signature.c.inbox_n), sa.select(t.signature_history.c.inbox_n))
    found: dict[int, str] = {}
    for verdict, effects in ((Verdict.SIGNED, signed), (Verdict.FEEDBACK, sa.select(t.feedback.c.inbox_n))):
        query = sa.select(i.n).where(i.verdict == verdict, i.read_at >= since, i.n.not_in(effects))
        for n in work.execute(query.order_by(i.n).limit(limit)).scalars():
            found[n] = f"its verdict is {verdict}, and there is no record of it"
    return found
