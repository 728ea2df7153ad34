"""Erase one member: what leads to them goes, what counts stays (contract: `members erase`)."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.ledger import EntryKind
from mailflow.domain.model import Member
from mailflow.mail.address import fold
from mailflow.store import ledger
from mailflow.store import tables as t
from mailflow.store.engine import Database, Work
from mailflow.store.forgetting import OPEN, empty_text, forget_mails, forget_rows, forget_signatures, forget_texts

ERASED = "erased"  # the standing of a member whose data were taken out
WHY = "the member was erased"
_NEEDLE_MIN = 6  # a shorter name stands in too many words


@dataclass(frozen=True, slots=True)
class Erased:
    """What was taken out: mails in, mails out, signatures, texts. named_in: numbers of other people's mails."""

    mails_in: int
    mails_out: int
    signatures: int
    texts: int
    named_in: tuple[int, ...]


def mails_of(work: Work, member: Member) -> list[int]:
    """Give the numbers of the mails that came from a member, or because of mail to them, in order."""
    i = t.inbox.c
    unclaimed = sa.and_(i.member_id == "", sa.func.lower(i.from_address).in_(_own_norms(work, member)))
    mine = sa.or_(i.member_id == member.member_id, unclaimed)
    return list(work.scalars(sa.select(i.n).where(mine).order_by(i.n)))


def erase(work: Work, member: Member, now: datetime) -> Erased:
    """Take out all that leads to a member; the ledger notes that somebody was erased, not who.

    Live signatures that shall count no more were withdrawn before: the salt, which their entries need, goes here.
    """
    ledger.lock(work)
    ours = mails_of(work, member)
    rows = _rows_of(work, member, ours)
    mails_out = forget_rows(work, rows, now, reason=WHY)
    mails_out += _sweep(work, member, now) + _empty_packets(work, member)
    mails_in = forget_mails(work, ours, now)
    signatures = forget_signatures(work, t.signature.c.member_id == member.member_id)
    texts = forget_texts(work, t.feedback.c.member_id == member.member_id, t.question.c.member_id == member.member_id)
    named_in = tuple(_named_in(work, _own(work, member)))
    _leave_roster(work, member, now)
    ledger.append(work, EntryKind.ERASED, "", now, {})
    return Erased(mails_in, mails_out, signatures, texts, named_in)


def _own(work: Work, member: Member) -> list[str]:
    """Give the addresses that no other member has: by a shared one the other would be erased too."""
    a = t.member_address.c
    others = sa.select(a.address_norm).where(a.member_id != member.member_id)
    shared = set(work.scalars(others.where(a.address_norm.in_([fold(one) for one in member.addresses]))))
    return [one for one in member.addresses if fold(one) not in shared]


def _own_norms(work: Work, member: Member) -> list[str]:
    return [fold(address) for address in _own(work, member)]


def _rows_of(work: Work, member: Member, ns: Sequence[int]) -> list[int]:
    """Give the mails to the member, and the one to somebody else that carried their question or its answer."""
    o = t.outbox.c
    to_them = sa.select(o.id).where(o.member_id == member.member_id)
    carried = sa.select(o.id).where(o.about_n.in_(ns), o.notice.in_(("question", "answer", "owner_copy")))
    return sorted({*work.scalars(to_them), *work.scalars(carried)})


def _sweep(work: Work, member: Member, now: datetime) -> int:
    """Empty the mails to others that name the member: digests, questions, previews. Roles keep their own mail."""
    o, m = t.outbox.c, t.mailing.c
    needles = _needles([*_own(work, member), *([member.name] if len(member.name) >= _NEEDLE_MIN else [])])
    if not needles:
        return 0
    texts = (sa.cast(o.fields, sa.Text), o.name, o.detail, sa.cast(m.skeletons, sa.Text))
    named = sa.or_(*(sa.func.lower(text).contains(needle, autoescape=True) for text in texts for needle in needles))
    joined = sa.select(o.id, o.mailing_id, o.notice, o.state).join(t.mailing, m.id == o.mailing_id)
    found = work.execute(joined.where(named, m.is_to_many.is_(False))).all()
    waiting = [row.id for row in found if row.state in OPEN]
    work.execute(
        sa.update(t.outbox)
        .where(o.id.in_(waiting))
        .values(state="suppressed", detail=f"it named a member: {WHY}", settled_at=now, lease_until=None)
    )
    for row in found:
        empty_text(work, row.mailing_id, row.notice)
        work.execute(sa.update(t.outbox).where(o.id == row.id).values(name="", fields={}))
        work.execute(sa.update(t.outbox).where(o.id == row.id, o.id.not_in(waiting)).values(detail=""))
    return len(found)


def _empty_packets(work: Work, member: Member) -> int:
    """Empty the mails that carried a packet with the member's signature: its files are not text, no search finds it."""
    s, o, m = t.signature.c, t.outbox.c, t.mailing.c
    signed = sa.select(s.petition_id).where(s.member_id == member.member_id)
    waiting = sa.select(o.mailing_id).where(o.state.in_(OPEN))
    carried = sa.select(m.id).where(m.notice == "submission", m.object_id.in_(signed), m.id.not_in(waiting))
    found = list(work.scalars(carried))
    for mailing_id in found:
        empty_text(work, mailing_id, "submission")
    return len(found)


def _needles(texts: Collection[str]) -> set[str]:
    """Give texts as they may stand in a column: as they are, and as JSON writes them, once and twice."""
    once = {json.dumps(text)[1:-1] for text in texts}
    twice = {json.dumps(text)[1:-1] for text in once}
    return {text.lower() for text in {*texts, *once, *twice} if text}


def _leave_roster(work: Work, member: Member, now: datetime) -> None:
    """Leave an id with the word 'erased'. Standing that a submitted packet's digest of the roster is over stays."""
    me = member.member_id
    norms = _own_norms(work, member)
    work.execute(sa.delete(t.suppression).where(t.suppression.c.address_norm.in_(norms)))
    for table in (t.member_address, t.member_unit, t.opt_out, t.meeting_answer):
        work.execute(sa.delete(table).where(table.c.member_id == me))
    for choices in (t.digest_choice, t.digest_item):
        work.execute(sa.delete(choices).where(choices.c.recipient.in_([me, *norms])))
    e, h = t.ledger.c, t.member_standing.c
    last = work.execute(sa.select(sa.func.max(e.at)).where(e.kind == str(EntryKind.SUBMITTED))).scalar()
    history = sa.delete(t.member_standing).where(h.member_id == me)
    work.execute(history if last is None else history.where(h.valid_from > last))
    gone = {"name": "", "postal_address": "", "language": "", "timezone": "", "salt": "", "paid_through": None}
    work.execute(sa.update(t.member).where(t.member.c.member_id == me).values(standing=ERASED, ended_at=now, **gone))


def roles_of(work: Work, member: Member) -> list[str]:
    """Give the proposals in whose file the member stands, as author, organizer or liaison: part of the proposal."""
    p = t.proposal.c
    told = sa.func.lower(sa.cast(p.details, sa.Text))
    needles = _needles(_own(work, member))
    if not needles:
        return []
    named = sa.or_(*(told.contains(needle, autoescape=True) for needle in needles))
    return list(work.scalars(sa.select(p.id).where(named).order_by(p.id)))


def _named_in(work: Work, addresses: Collection[str]) -> list[int]:
    """Give the mails of other people that hold one of these addresses."""
    raw = t.inbox_raw.c.raw
    find = sa.func.instr if work.dialect.name == "sqlite" else sa.func.pg_catalog.position
    spelled = {spelling for address in addresses for spelling in (address, address.lower())}
    if not spelled:
        return []
    holds = sa.or_(*(find(raw, sa.literal(one.encode(), sa.LargeBinary)) > 0 for one in sorted(spelled)))
    return list(work.scalars(sa.select(t.inbox_raw.c.n).where(holds).order_by(t.inbox_raw.c.n)))


def overwrite(work: Work) -> None:
    """Let SQLite write zeros over what this transaction deletes; PostgreSQL's VACUUM does the like in its time."""
    if work.dialect.name == "sqlite":
        work.exec_driver_sql("PRAGMA secure_delete=ON")


def empty_log(db: Database) -> None:
    """Bring SQLite's write-ahead log into the file and cut it: old pages lie in it."""
    if db.is_sqlite:
        with db.engine.connect() as work:
            work.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
