"""The facts that a mail is held against right before it is sent: a few queries for a whole claimed batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.domain.model import LaunchState, NoticeState, ProposalState, SignatureState
from mailflow.domain.send_facts import SendFacts
from mailflow.mail.address import fold
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.meanwhile import load_meanwhile
from mailflow.store.outbox_rows import ClaimedMail, Mailing


def load_send_facts(
    work: Work, mails: Sequence[ClaimedMail], mailings: Mapping[int, Mailing], now: datetime
) -> dict[int, SendFacts]:
    """Give what is known now about each claimed mail, by its outbox id."""
    members = {mail.member_id for mail in mails if mail.member_id}
    objects = {mail.object_id for mail in mails if mail.object_id}
    suppressed = _suppressed(work, {fold(mail.address) for mail in mails})
    left, opt_outs = _left(work, members), _opt_outs(work, members)
    proposals = _proposals(work, objects)
    by_object = proposals | _launches(work, objects) | _notices(work, objects)
    signatures = _signatures(work, set(proposals), members)
    meanwhile = load_meanwhile(work, mails, now)
    return {
        mail.id: SendFacts(
            notice=mail.notice,
            now=now,
            object_id=mail.object_id,
            is_to_many=mailings[mail.mailing_id].is_to_many,
            is_suppressed=fold(mail.address) in suppressed,
            has_left=mail.member_id in left,
            opt_outs=opt_outs.get(mail.member_id, frozenset()),
            signature=signatures.get((mail.object_id, mail.member_id)),
            **by_object.get(mail.object_id, {}),
            **meanwhile.get(mail.id, {}),
        )
        for mail in mails
    }


def _suppressed(work: Work, addresses: Collection[str]) -> set[str]:
    s = t.suppression.c
    return set(work.execute(sa.select(s.address_norm).where(s.address_norm.in_(addresses), s.is_stopped)).scalars())


def _left(work: Work, members: Collection[str]) -> set[str]:
    m = t.member.c
    query = sa.select(m.member_id).where(m.member_id.in_(members), m.ended_at.is_not(None))
    return set(work.execute(query).scalars())


def _opt_outs(work: Work, members: Collection[str]) -> dict[str, frozenset[str]]:
    o = t.opt_out.c
    found: dict[str, frozenset[str]] = {}
    for row in work.execute(sa.select(o.member_id, o.scope).where(o.member_id.in_(members))):
        found[row.member_id] = found.get(row.member_id, frozenset()) | {row.scope}
    return found


def _proposals(work: Work, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    p = t.proposal.c
    query = sa.select(p.id, p.state, p.feedback_closes_at, p.petition_closes_at).where(p.id.in_(ids))
    return {
        row.id: {
            "proposal": ProposalState(row.state),
            "feedback_closes_at": row.feedback_closes_at,
            "petition_closes_at": row.petition_closes_at,
        }
        for row in work.execute(query)
    }


def _launches(work: Work, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    launch = t.launch.c
    query = sa.select(launch.id, launch.state, launch.planned_on).where(launch.id.in_(ids))
    return {
        row.id: {"launch_id": row.id, "launch": LaunchState(row.state), "planned_on": row.planned_on}
        for row in work.execute(query)
    }


def _notices(work: Work, ids: Collection[str]) -> dict[str, dict[str, Any]]:
    n, launch = t.notice.c, t.launch.c
    query = (
        sa.select(
            n.id, n.state, n.planned_on, n.launch_id, launch.state.label("launch"), launch.planned_on.label("now_on")
        )
        .join_from(t.notice, t.launch, n.launch_id == launch.id, isouter=True)
        .where(n.id.in_(ids))
    )
    return {
        row.id: {
            "notice_state": NoticeState(row.state),
            "tells_of": row.planned_on,
            "launch_id": row.launch_id,
            "launch": LaunchState(row.launch) if row.launch else None,
            "planned_on": row.now_on,
        }
        for row in work.execute(query)
    }


def _signatures(
    work: Work, petitions: Collection[str], members: Collection[str]
) -> dict[tuple[str, str], SignatureState]:
    if not petitions or not members:
        return {}
    s = t.signature.c
    query = sa.select(s.petition_id, s.member_id, s.state).where(s.petition_id.in_(petitions), s.member_id.in_(members))
    return {(row.petition_id, row.member_id): SignatureState(row.state) for row in work.execute(query)}
