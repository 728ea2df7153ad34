"""What the submission packet is made from, beside the signatures: receipts, digests of mails and of the roster."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from hashlib import sha256

import sqlalchemy as sa

from mailflow.domain.ledger import Entry, EntryKind, commitment
from mailflow.domain.lifecycle import Act
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import chunks

FETCH = 1_000


def receipts(work: Work, petition_id: str, member_ids: Collection[str]) -> dict[str, str]:
    """Give the receipt code of the latest entry about each member's signature, by member_id."""
    entry = t.ledger.c
    query = sa.select(entry.subject, entry.code).where(entry.object_id == petition_id, entry.subject != "")
    latest = {row.subject: row.code for row in work.execute(query.order_by(entry.n))}
    found: dict[str, str] = {}
    member = t.member.c
    for ids in chunks(member_ids):
        for row in work.execute(sa.select(member.member_id, member.salt).where(member.member_id.in_(ids))):
            found[row.member_id] = latest.get(commitment(row.salt, row.member_id, petition_id), "")
    return found


def mail_digests(work: Work, ns: Collection[int]) -> dict[int, str]:
    """Give the SHA-256 that was written down when each of these mails came, by number."""
    found: dict[int, str] = {}
    for some in chunks(ns):
        query = sa.select(t.inbox.c.n, t.inbox.c.raw_sha256).where(t.inbox.c.n.in_(some))
        found.update((row.n, row.raw_sha256) for row in work.execute(query))
    return found


def kept_digests(work: Work, ns: Collection[int]) -> dict[int, str]:
    """Give the SHA-256 of the bytes that are kept now of each of these mails; those that are gone are left out."""
    found: dict[int, str] = {}
    for some in chunks(ns, 100):
        query = sa.select(t.inbox_raw.c.n, t.inbox_raw.c.raw).where(t.inbox_raw.c.n.in_(some))
        found.update((row.n, sha256(row.raw).hexdigest()) for row in work.execute(query))
    return found


def roster_digest(work: Work, as_of: datetime) -> tuple[int, str]:
    """Give (how many members, SHA-256) of the roster as it stood at an instant; streams.

    The digest is over a line a member, ordered by member_id: the id, standing and paid_through, joined by tabs.
    """
    h = t.member_standing.c
    query = sa.select(h.member_id, h.standing, h.paid_through).where(h.valid_from <= as_of)
    digest, members, last = sha256(), 0, ("", "")
    for row in work.execute(query.order_by(h.member_id, h.valid_from).execution_options(yield_per=FETCH)):
        if row.member_id != last[0] and last[1]:
            digest.update(last[1].encode())
            members += 1
        last = (row.member_id, f"{row.member_id}\t{row.standing}\t{row.paid_through or ''}\n")
    if last[1]:
        digest.update(last[1].encode())
        members += 1
    return members, digest.hexdigest()


def packets_with(work: Work, entry: Entry) -> list[datetime]:
    """Give when packets were submitted in which the signature of this entry stands: it was the latest word then."""
    e = t.ledger.c
    later = sa.select(e.n).where(e.subject == entry.subject, e.object_id == entry.object_id, e.n > entry.n)
    superseded_n = work.execute(later.order_by(e.n).limit(1)).scalar()
    query = sa.select(e.at).where(e.kind == str(EntryKind.SUBMITTED), e.object_id == entry.object_id, e.n > entry.n)
    if superseded_n is not None:
        query = query.where(e.n < superseded_n)
    return list(work.scalars(query.order_by(e.n))) if entry.kind == EntryKind.SIGNED else []


def version_of(work: Work, petition_id: str) -> tuple[int, int]:
    """Give the numbers of the last entry and the last event about a petition: they move with all that a packet says."""
    entry, event = t.ledger.c, t.proposal_event.c
    last_entry = sa.select(sa.func.max(entry.n)).where(entry.object_id == petition_id)
    last_event = sa.select(sa.func.max(event.id)).where(event.proposal_id == petition_id)
    return work.execute(last_entry).scalar() or 0, work.execute(last_event).scalar() or 0


def submitted_to(work: Work, petition_id: str) -> str:
    """Give the address that a petition was submitted to last, "" for none."""
    event = t.proposal_event.c
    query = sa.select(event.details).where(event.proposal_id == petition_id, event.act == str(Act.SUBMIT))
    details = work.execute(query.order_by(event.id.desc()).limit(1)).scalar()
    return str(details.get("to", "")) if details else ""


def submitted(work: Work, petition_id: str) -> list[str]:
    """Give the SHA-256 of the manifest of each packet that was submitted for a petition, the first first."""
    entry = t.ledger.c
    query = sa.select(entry.data).where(entry.object_id == petition_id, entry.kind == str(EntryKind.SUBMITTED))
    return [str(row.data["manifest_sha256"]) for row in work.execute(query.order_by(entry.n))]
