"""Proposals and petitions: rows to frozen nouns and back; the lock of one, its moves and what happened to it."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.ledger import EntryKind
from mailflow.domain.model import (
    Author,
    Contact,
    Kind,
    Meeting,
    Organizer,
    Proposal,
    ProposalState,
)
from mailflow.errors import NotFound, Refused
from mailflow.store import ledger
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
    ledger.append_all(work, [moved(proposal_id, state, at)])


def moved(proposal_id: str, state: ProposalState, at: datetime) -> ledger.NewEntry:
    """Say what the ledger is told of a move."""
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
