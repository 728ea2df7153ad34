"""Proposals and petitions: rows to frozen nouns and back; the petition's lock, counter and signatures."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import EntryKind
from mailflow.domain.lifecycle import Who
from mailflow.domain.model import (
    Author,
    Contact,
    Kind,
    Meeting,
    Organizer,
    Proof,
    Proposal,
    ProposalState,
    Signature,
    SignatureState,
)
from mailflow.domain.petition import crosses
from mailflow.domain.verification import RECHECK
from mailflow.errors import NotFound, Refused
from mailflow.store import ledger, standing
from mailflow.store import tables as t
from mailflow.store.engine import Work

Kinds = Mapping[str, Kind]
# the columns that a Proposal shares by name with its table
PLAIN = (
    "title",
    "statement",
    "statement_sha256",
    "act_sha256",
    "zone",
    "audience",
    "petition_opens",
    "feedback_opened_at",
    "feedback_closes_at",
    "petition_opens_at",
    "petition_opened_at",
    "petition_closes_at",
    "validated",
    "qualified_at",
)


def save(work: Work, proposal: Proposal, now: datetime) -> None:
    """Add a draft, or change one; a proposal that was opened is not changed by a file (contract)."""
    values = _values(proposal)
    found = work.execute(sa.select(t.proposal.c.state).where(t.proposal.c.id == proposal.id)).scalar()
    if found is None:
        work.execute(t.proposal.insert().values(id=proposal.id, added_at=now, **values))
    elif found != ProposalState.DRAFT:
        raise Refused(f"{proposal.id} is {found}: only a draft can be changed; use another id for a new proposal")
    else:
        work.execute(t.proposal.update().where(t.proposal.c.id == proposal.id).values(**values))


def _values(proposal: Proposal) -> dict[str, Any]:
    details = {
        "author": asdict(proposal.author),
        "organizers": [asdict(o) for o in proposal.organizers],
        "staff_liaison": asdict(proposal.staff_liaison),
        "online_document": proposal.online_document,
        "meetings": [
            {
                **asdict(m),
                "starts_at": m.starts_at.isoformat(),
                "ends_at": m.ends_at.isoformat() if m.ends_at else None,
            }
            for m in proposal.meetings
        ],
    }
    plain = {name: getattr(proposal, name) for name in PLAIN}
    return {**plain, "kind": proposal.kind.name, "state": str(proposal.state), "details": details}


def change_meetings(work: Work, proposal: Proposal) -> None:
    """Write the meetings of a proposal that is locked; the rest stays."""
    p = t.proposal.c
    details = work.execute(sa.select(p.details).where(p.id == proposal.id)).scalar_one()
    changed = {**details, "meetings": _values(proposal)["details"]["meetings"]}
    work.execute(t.proposal.update().where(p.id == proposal.id).values(details=changed))


def proposal_ids(work: Work) -> list[str]:
    """Give every id, in the order they were added."""
    return list(work.execute(sa.select(t.proposal.c.id).order_by(t.proposal.c.added_at, t.proposal.c.id)).scalars())


def proposals(work: Work, kinds: Kinds, ids: Collection[str] | None = None) -> dict[str, Proposal]:
    """Give proposals by id: those asked for, or all."""
    query = _WITH_ACT.order_by(t.proposal.c.added_at, t.proposal.c.id)
    if ids is not None:
        query = query.where(t.proposal.c.id.in_(list(ids)))
    return {row.id: _proposal(row, kinds) for row in work.execute(query)}


def proposal(work: Work, kinds: Kinds, proposal_id: str) -> Proposal:
    """Give one proposal. Raises NotFound."""
    found = proposals(work, kinds, [proposal_id])
    if not found:
        raise NotFound(f"there is no proposal {proposal_id!r}; `mailflow proposal list` shows them")
    return found[proposal_id]


def in_states(work: Work, kinds: Kinds, states: Collection[ProposalState]) -> list[Proposal]:
    """Give the proposals in one of these states."""
    wanted = _WITH_ACT.where(t.proposal.c.state.in_([str(s) for s in states]))
    return [_proposal(row, kinds) for row in work.execute(wanted.order_by(t.proposal.c.added_at, t.proposal.c.id))]


# the act sentence as it was when the proposal was opened: editing the configuration does not change what was signed
_version = t.statement_version.c
_WITH_ACT = sa.select(t.proposal, _version.act.label("opened_act")).outerjoin(
    t.statement_version,
    sa.and_(
        _version.proposal_id == t.proposal.c.id,
        _version.statement_sha256 == t.proposal.c.statement_sha256,
        _version.act_sha256 == t.proposal.c.act_sha256,
    ),
)


def _proposal(row: Any, kinds: Kinds) -> Proposal:
    details = row.details
    kind = kinds.get(row.kind) or Kind(row.kind, row.kind)
    meetings = tuple(
        Meeting(
            datetime.fromisoformat(m["starts_at"]),
            datetime.fromisoformat(m["ends_at"]) if m["ends_at"] else None,
            m["where"],
            m["title"],
            m.get("sequence", 0),
            m.get("is_cancelled", False),
        )
        for m in details["meetings"]
    )
    return Proposal(
        id=row.id,
        kind=replace(kind, act=row.opened_act) if row.opened_act is not None else kind,
        state=ProposalState(row.state),
        author=Author(**details["author"]),
        organizers=tuple(Organizer(**o) for o in details["organizers"]),
        staff_liaison=Contact(**details["staff_liaison"]),
        online_document=details["online_document"],
        meetings=meetings,
        **{name: getattr(row, name) for name in PLAIN},
    )


def lock(work: Work, kinds: Kinds, proposal_id: str) -> Proposal:
    """Give a proposal whose row nobody else changes until this transaction ends (R62)."""
    ledger.lock(work)
    row = work.execute(_WITH_ACT.where(t.proposal.c.id == proposal_id).with_for_update(of=t.proposal)).first()
    if row is None:
        raise NotFound(f"there is no proposal {proposal_id!r}; `mailflow proposal list` shows them")
    return _proposal(row, kinds)


def move(work: Work, proposal_id: str, state: ProposalState, at: datetime, **changes: Any) -> None:
    """Put a proposal into a state, with the instants that belong to the move; the ledger tells of it."""
    work.execute(t.proposal.update().where(t.proposal.c.id == proposal_id).values(state=str(state), **changes))
    ledger.append_all(work, [_moved(proposal_id, state, at)])


def _moved(proposal_id: str, state: ProposalState, at: datetime) -> ledger.NewEntry:
    return ledger.NewEntry(EntryKind.MOVED, proposal_id, at, {"state": str(state)})


def set_organizers(work: Work, proposal_id: str, organizers: Sequence[Organizer]) -> None:
    """Put other organizers in the place of those that are there."""
    details = work.execute(sa.select(t.proposal.c.details).where(t.proposal.c.id == proposal_id)).scalar_one()
    changed = {**details, "organizers": [asdict(one) for one in organizers]}
    work.execute(t.proposal.update().where(t.proposal.c.id == proposal_id).values(details=changed))


def note(
    work: Work,
    proposal_id: str,
    at: datetime,
    act: str,
    by: str = "",
    reason: str = "",
    details: Mapping[str, Any] | None = None,
) -> None:
    """Note what happened to a proposal: the act of its life, who did it and why."""
    work.execute(
        t.proposal_event.insert().values(
            proposal_id=proposal_id, at=at, act=str(act), by=by, reason=reason, details=dict(details or {})
        )
    )


def events(work: Work, proposal_id: str) -> list[dict[str, Any]]:
    """Give what happened to a proposal, in order."""
    e = t.proposal_event.c
    query = sa.select(e.at, e.act, e.by, e.reason, e.details).where(e.proposal_id == proposal_id).order_by(e.id)
    return [dict(row) for row in work.execute(query).mappings()]


def keep_version(work: Work, proposal: Proposal, now: datetime) -> None:
    """Keep the statement and act sentence that members are about to be shown (design rule 5)."""
    version = {
        "proposal_id": proposal.id,
        "statement_sha256": proposal.statement_sha256,
        "act_sha256": proposal.act_sha256,
    }
    known = sa.select(t.statement_version.c.at).where(*(t.statement_version.c[k] == v for k, v in version.items()))
    if work.execute(known).first() is None:
        work.execute(
            t.statement_version.insert().values(**version, statement=proposal.statement, act=proposal.kind.act, at=now)
        )


# --- signatures -------------------------------------------------------------------------------------------------
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


def put_signature(work: Work, kinds: Kinds, new: Signature, at: datetime, cause_n: int = 0) -> bool:
    """Write a signature; tells whether the petition qualified by it. cause_n: the mail that caused this change."""
    return bool(put_signatures(work, kinds, [(new, cause_n)], at))


def put_signatures(work: Work, kinds: Kinds, new: Sequence[tuple[Signature, int]], at: datetime) -> dict[int, str]:
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
            entries.append(_moved(petition.id, petition.state, at))
        petitions[pair[0]] = petition
    if changes:
        work.execute(_ADD_CHANGE, changes)
    ledger.append_all(work, entries)
    counted = [_counter(petition) for id_, petition in petitions.items() if petition != before_all[id_]]
    if counted:
        work.execute(_COUNT, counted)
    return qualified


def _lapsed_are_noted(
    work: Work, kinds: Kinds, petitions: Mapping[str, Proposal], new: Sequence[Signature], at: datetime
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


def _note_lapsed(work: Work, kinds: Kinds, petition: Proposal, but: Collection[str], at: datetime) -> bool:
    others = [one for one in signatures(work, petition.id) if one.member_id not in but]
    anew = standing.judged_anew(work, petition, others, at)
    lapsed = [one for one in anew if one.state is SignatureState.NOT_IN_GOOD_STANDING]
    if lapsed:
        put_signatures(work, kinds, [(one, 0) for one in lapsed], at)
        note(work, petition.id, at, RECHECK, Who.CLOCK, details={"lapsed": len(lapsed), "regained": 0})
    return bool(lapsed)


def _locked(work: Work, kinds: Kinds, petition_ids: Collection[str]) -> dict[str, Proposal]:
    return {petition_id: lock(work, kinds, petition_id) for petition_id in sorted(petition_ids)}


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
    kinds: Kinds,
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


def recount(work: Work, kinds: Kinds, petition_id: str, at: datetime) -> tuple[int, int, bool]:
    """Heal the counter from the rows: (what it said, what is true, whether the petition qualified by it) (R63)."""
    petition = lock(work, kinds, petition_id)
    true = tally(work, petition_id).get(str(SignatureState.VALIDATED), 0)
    if crosses(petition, true):
        _note_lapsed(work, kinds, petition, (), at)
        true = tally(work, petition_id).get(str(SignatureState.VALIDATED), 0)
    if true != petition.validated:
        work.execute(t.proposal.update().where(t.proposal.c.id == petition_id).values(validated=true))
    qualified = crosses(petition, true)
    if qualified:
        move(work, petition_id, _qualified(petition), at, qualified_at=at)
    return petition.validated, true, qualified
