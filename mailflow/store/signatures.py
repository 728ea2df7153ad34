"""Signatures under petitions: rows to frozen nouns and back, their history, and the petition's counter that follows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import EntryKind
from mailflow.domain.lifecycle import Who
from mailflow.domain.model import Proof, Proposal, ProposalState, Signature, SignatureState
from mailflow.domain.petition import crosses
from mailflow.domain.verification import RECHECK
from mailflow.errors import NotFound
from mailflow.store import ledger, proposals, standing
from mailflow.store import tables as t
from mailflow.store.engine import Work


def signatures_of(
    work: Work, petition_ids: Collection[str], member_ids: Collection[str]
) -> dict[tuple[str, str], Signature]:
    """Give the signatures, live and former, of these members under these petitions."""
    query = sa.select(t.signature).where(
        t.signature.c.petition_id.in_(list(petition_ids)), t.signature.c.member_id.in_(list(member_ids))
    )
    return {(row.petition_id, row.member_id): _signature(row) for row in work.execute(query)}


def signatures(work: Work, petition_id: str) -> list[Signature]:
    """Give all signatures under a petition, first signed first."""
    query = sa.select(t.signature).where(t.signature.c.petition_id == petition_id)
    return [_signature(row) for row in work.execute(query.order_by(t.signature.c.signed_at, t.signature.c.id))]


SIGNATURE_FIELDS = tuple(c.name for c in t.signature.columns if c.name not in {"id", "state", "proof"})


def _signature(row: Any) -> Signature:
    plain = {name: getattr(row, name) for name in SIGNATURE_FIELDS}
    return Signature(state=SignatureState(row.state), proof=Proof(row.proof), **plain)


def put_signature(work: Work, kinds: proposals.Kinds, new: Signature, at: datetime, cause_n: int = 0) -> bool:
    """Write a signature; tells whether the petition qualified by it. cause_n: the mail that caused this change."""
    return bool(put_signatures(work, kinds, [(new, cause_n)], at))


def put_signatures(
    work: Work, kinds: proposals.Kinds, new: Sequence[tuple[Signature, int]], at: datetime
) -> dict[int, str]:
    """Write signatures, each with the number of the mail that caused it (0: the one it names); no pair of petition and
    member twice. Keeps their history and the petitions' counters; gives which of them let a petition qualify, by place.

    One row a member and petition whatever the address (R61); the counter moves and the threshold is held against it
    under the petition's lock, in the transaction of the signatures (R62).
    """
    ids_asked = {signature.petition_id for signature, _ in new}
    before_all = _locked(work, kinds, ids_asked)
    if _lapsed_are_noted(work, kinds, before_all, [signature for signature, _ in new], at):
        before_all = _locked(work, kinds, ids_asked)
    petitions = dict(before_all)
    known = _known(work, new)
    ids = _write(work, [signature for signature, _ in new], known)
    changes, entries, qualified = [], [], {}
    for place, (signature, cause_n) in enumerate(new):
        pair = (signature.petition_id, signature.member_id)
        before = known.get(pair)
        n = cause_n or signature.inbox_n
        if before is None or (before.state, before.proof) != (signature.state, signature.proof):
            changes.append(_change(ids[pair], before, signature, n, at))
            entries.append(_entry(signature, n, at))
        petition = _counted(petitions[pair[0]], before, signature, at)
        if petition.qualified_at != petitions[pair[0]].qualified_at:
            qualified[place] = petition.id
            entries.append(proposals.moved(petition.id, petition.state, at))
        petitions[pair[0]] = petition
    if changes:
        work.execute(_ADD_CHANGE, changes)
    ledger.append_all(work, entries)
    counted = [_counter(petition) for id_, petition in petitions.items() if petition != before_all[id_]]
    if counted:
        work.execute(_COUNT, counted)
    return qualified


def _lapsed_are_noted(
    work: Work, kinds: proposals.Kinds, petitions: Mapping[str, Proposal], new: Sequence[Signature], at: datetime
) -> bool:
    """Where these may let a petition qualify, hold the others against the roster first: nobody who lapsed since they
    signed carries a threshold, although the roster's own check comes later (R64). Tells whether somebody had.
    """
    adding = Counter(one.petition_id for one in new if one.state is SignatureState.VALIDATED)
    crossing = [petitions[id_] for id_, n in adding.items() if crosses(petitions[id_], petitions[id_].validated + n)]
    noted = [
        _note_lapsed(work, kinds, p, {one.member_id for one in new if one.petition_id == p.id}, at) for p in crossing
    ]
    return any(noted)


def _note_lapsed(work: Work, kinds: proposals.Kinds, petition: Proposal, but: Collection[str], at: datetime) -> bool:
    others = [one for one in signatures(work, petition.id) if one.member_id not in but]
    anew = standing.judged_anew(work, petition, others, at)
    lapsed = [one for one in anew if one.state is SignatureState.NOT_IN_GOOD_STANDING]
    if lapsed:
        put_signatures(work, kinds, [(one, 0) for one in lapsed], at)
        proposals.note(work, petition.id, at, RECHECK, Who.CLOCK, details={"lapsed": len(lapsed), "regained": 0})
    return bool(lapsed)


def _locked(work: Work, kinds: proposals.Kinds, petition_ids: Collection[str]) -> dict[str, Proposal]:
    return {petition_id: proposals.lock(work, kinds, petition_id) for petition_id in sorted(petition_ids)}


@dataclass(frozen=True, slots=True)
class _Known:
    id: int
    state: SignatureState
    proof: Proof


_KNOWN = sa.select(*(t.signature.c[n] for n in ("petition_id", "member_id", "id", "state", "proof"))).where(
    t.signature.c.petition_id.in_(sa.bindparam("petitions", expanding=True)),
    t.signature.c.member_id.in_(sa.bindparam("members", expanding=True)),
)


def _known(work: Work, new: Sequence[tuple[Signature, int]]) -> dict[tuple[str, str], _Known]:
    wanted = {
        "petitions": sorted({signature.petition_id for signature, _ in new}),
        "members": sorted({signature.member_id for signature, _ in new}),
    }
    return {(r[0], r[1]): _Known(r[2], SignatureState(r[3]), Proof(r[4])) for r in work.execute(_KNOWN, wanted)}


_ADD_SIGNATURE = t.signature.insert().returning(t.signature.c.petition_id, t.signature.c.member_id, t.signature.c.id)
_ADD_CHANGE = t.signature_history.insert()


def _write(work: Work, new: Sequence[Signature], known: Mapping[tuple[str, str], _Known]) -> dict[tuple[str, str], int]:
    """Add or change the rows; give their ids by petition and member."""
    ids = {pair: row.id for pair, row in known.items()}
    added = [one for one in new if (one.petition_id, one.member_id) not in known]
    if added:
        for petition_id, member_id, id_ in work.execute(_ADD_SIGNATURE, [_values_of(one) for one in added]):
            ids[petition_id, member_id] = id_
    for one in new:
        if (row := known.get((one.petition_id, one.member_id))) is not None:
            work.execute(t.signature.update().where(t.signature.c.id == row.id).values(**_values_of(one)))
    return ids


def _values_of(signature: Signature) -> dict[str, Any]:
    plain = {name: getattr(signature, name) for name in SIGNATURE_FIELDS}
    return {**plain, "state": str(signature.state), "proof": str(signature.proof)}


def _change(signature_id: int, before: _Known | None, new: Signature, inbox_n: int, at: datetime) -> dict[str, Any]:
    from_state = before.state if before is not None else ""
    said = {"proof": str(new.proof), "reason": new.reason, "inbox_n": inbox_n}
    return {"signature_id": signature_id, "at": at, "from_state": str(from_state), "to_state": str(new.state), **said}


ENTRIES = {
    SignatureState.PENDING: EntryKind.PENDING,
    SignatureState.VALIDATED: EntryKind.SIGNED,
    SignatureState.NOT_IN_GOOD_STANDING: EntryKind.NOT_IN_STANDING,
    SignatureState.WITHDRAWN: EntryKind.WITHDRAWN,
    SignatureState.INVALIDATED: EntryKind.INVALIDATED,
}


def _entry(new: Signature, inbox_n: int, at: datetime) -> ledger.NewEntry:
    """Say what the ledger is told; it knows the member by a commitment alone."""
    data = {
        "state": str(new.state),
        "proof": str(new.proof),
        "statement": new.statement_sha256,
        "act": new.act_sha256,
        "inbox": inbox_n,
    }
    return ledger.NewEntry(ENTRIES[new.state], new.petition_id, at, data, new.member_id)


def _counted(petition: Proposal, before: _Known | None, new: Signature, at: datetime) -> Proposal:
    """Give the petition with its counter moved, and qualified when it crosses its threshold by that."""
    was_counted = before is not None and before.state is SignatureState.VALIDATED
    validated = petition.validated + (new.state is SignatureState.VALIDATED) - was_counted
    if not crosses(petition, validated):
        return replace(petition, validated=validated)
    return replace(petition, validated=validated, state=_qualified(petition), qualified_at=at)


_COUNT = (
    t.proposal.update()
    .where(t.proposal.c.id == sa.bindparam("b_id"))
    .values({name: sa.bindparam(f"b_{name}") for name in ("validated", "state", "qualified_at")})
)


def _counter(petition: Proposal) -> dict[str, Any]:
    counted = {"b_validated": petition.validated, "b_state": str(petition.state)}
    return {"b_id": petition.id, **counted, "b_qualified_at": petition.qualified_at}


def change_signature(
    work: Work,
    kinds: proposals.Kinds,
    petition_id: str,
    member_id: str,
    to: SignatureState,
    reason: str,
    inbox_n: int,
    at: datetime,
) -> bool:
    """Move a signature to another state with the reason; nothing is deleted (R65)."""
    found = signatures_of(work, [petition_id], [member_id]).get((petition_id, member_id))
    if found is None:
        raise NotFound(f"{member_id} has no signature under {petition_id}")
    return put_signature(work, kinds, replace(found, state=to, reason=reason), at, inbox_n)


def _qualified(petition: Proposal) -> ProposalState:
    """One that has closed stays so; qualified_at says that it has what it needs."""
    return petition.state if petition.state is ProposalState.CLOSED else ProposalState.QUALIFIED


def tally(work: Work, petition_id: str) -> dict[str, int]:
    """Count the signatures by state, from the rows and not from the counter."""
    query = (
        sa.select(t.signature.c.state, sa.func.count())
        .where(t.signature.c.petition_id == petition_id)
        .group_by(t.signature.c.state)
    )
    return {row[0]: row[1] for row in work.execute(query)}


def recount(work: Work, kinds: proposals.Kinds, petition_id: str, at: datetime) -> tuple[int, int, bool]:
    """Heal the counter from the rows: (what it said, what is true, whether the petition qualified by it) (R63)."""
    petition = proposals.lock(work, kinds, petition_id)
    true = tally(work, petition_id).get(str(SignatureState.VALIDATED), 0)
    if crosses(petition, true):
        _note_lapsed(work, kinds, petition, (), at)
        true = tally(work, petition_id).get(str(SignatureState.VALIDATED), 0)
    if true != petition.validated:
        work.execute(t.proposal.update().where(t.proposal.c.id == petition_id).values(validated=true))
    qualified = crosses(petition, true)
    if qualified:
        proposals.move(work, petition_id, _qualified(petition), at, qualified_at=at)
    return petition.validated, true, qualified
