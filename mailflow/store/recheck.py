"""The facts that a mail is held against right before it is sent: a few queries for a whole claimed batch."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

import sqlalchemy as sa

from mailflow.domain.model import LaunchState, NoticeState, ProposalState, SignatureState
from mailflow.domain.send_facts import SendFacts
from mailflow.mail.address import fold
from mailflow.store import tables as t
from mailflow.store.among import among
from mailflow.store.engine import Work
from mailflow.store.meanwhile import load_meanwhile
from mailflow.store.outbox_rows import ClaimedMail, Mailing


def load_send_facts(
    work: Work, mails: Sequence[ClaimedMail], mailings: Mapping[int, Mailing], now: datetime
) -> dict[int, SendFacts]:
    """Give what is known now about each claimed mail, by its outbox id."""
    people = _People(work, mails)
    objects = {mail.object_id for mail in mails if mail.object_id}
    proposals = _proposals(work, objects)
    by_object = proposals | _launches(work, objects) | _notices(work, objects)
    signatures = _signatures(work, set(proposals), people.members)
    meanwhile = load_meanwhile(work, mails, now)

    @cache  # nearly all mails of a mailing have the same facts
    def facts(notice: str, object_id: str, mailing_id: int, signature: SignatureState | None, who: Who) -> SendFacts:
        return SendFacts(
            notice=notice,
            now=now,
            object_id=object_id,
            is_to_many=mailings[mailing_id].is_to_many,
            is_suppressed=who.is_suppressed,
            has_left=who.has_left,
            opt_outs=who.opt_outs,
            signature=signature,
            **by_object.get(object_id, {}),
        )

    found: dict[int, SendFacts] = {}
    for mail in mails:
        signature = signatures.get((mail.object_id, mail.member_id))
        known = facts(mail.notice, mail.object_id, mail.mailing_id, signature, people.who(mail))
        found[mail.id] = replace(known, **meanwhile[mail.id]) if mail.id in meanwhile else known
    return found


class Who(NamedTuple):
    """What is known of a recipient whatever the mail. opt_outs: scopes (domain.opt_out)."""

    is_suppressed: bool = False
    has_left: bool = False
    opt_outs: frozenset[str] = frozenset()


_SUPPRESSED = sa.select(t.suppression.c.address_norm).where(
    among(t.suppression.c.address_norm, "addresses"), t.suppression.c.is_stopped
)
_LEFT = sa.select(t.member.c.member_id).where(among(t.member.c.member_id, "members"), t.member.c.ended_at.is_not(None))
_OPT_OUTS = sa.select(t.opt_out.c.member_id, t.opt_out.c.scope).where(among(t.opt_out.c.member_id, "members"))
_NOBODY = Who()


class _People:
    """The recipients of a batch."""

    def __init__(self, work: Work, mails: Sequence[ClaimedMail]) -> None:
        self.members = list({mail.member_id for mail in mails if mail.member_id})
        self._folded = {mail.id: fold(mail.address) for mail in mails}
        addresses = {"addresses": list(set(self._folded.values()))}
        self._suppressed = set(work.execute(_SUPPRESSED, addresses).scalars())
        self._left = set(work.execute(_LEFT, {"members": self.members}).scalars())
        self._opt_outs: dict[str, frozenset[str]] = {}
        for row in work.execute(_OPT_OUTS, {"members": self.members}):
            self._opt_outs[row.member_id] = self._opt_outs.get(row.member_id, frozenset()) | {row.scope}

    def who(self, mail: ClaimedMail) -> Who:
        is_suppressed, has_left = self._folded[mail.id] in self._suppressed, mail.member_id in self._left
        opt_outs = self._opt_outs.get(mail.member_id)
        return (
            Who(is_suppressed, has_left, opt_outs or frozenset()) if is_suppressed or has_left or opt_outs else _NOBODY
        )


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
    rows = work.execute(_SIGNATURES, {"petitions": petitions, "members": members})
    return {(row.petition_id, row.member_id): SignatureState(row.state) for row in rows}


_SIGNATURES = sa.select(t.signature.c.petition_id, t.signature.c.member_id, t.signature.c.state).where(
    among(t.signature.c.petition_id, "petitions"), among(t.signature.c.member_id, "members")
)
