"""Petitions: opened, extended, closed, signed by link or by staff, shown; the counter that is healed from the rows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from mailflow.domain.lifecycle import Act, Who, require
from mailflow.domain.model import BEFORE_PETITION, COLLECTING, Member, Proof, Proposal, ProposalState, SignatureState
from mailflow.domain.outcome import PutSignature
from mailflow.domain.petition import new_signature
from mailflow.domain.petition_notices import qualified_notice, to_organizers
from mailflow.domain.phrase import say
from mailflow.domain.proposal_file import BY_ORGANIZER
from mailflow.errors import InputError, Refused
from mailflow.service import mailings
from mailflow.service.applying import apply_records
from mailflow.service.items import standings
from mailflow.service.mailings import Preview, Sent
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.standing import forecast_shown
from mailflow.service.telling import tell_of_extension
from mailflow.service.template_alarm import told
from mailflow.store import effects, proposals, signatures
from mailflow.store.engine import Work


def _openable(proposal: Proposal, now: datetime) -> Proposal:
    if proposal.state is ProposalState.DRAFT and proposal.feedback_closes_at is not None:
        raise Refused(say("%(id)s is draft: `proposal open` asks for feedback first", id=proposal.id))
    require(proposal.id, proposal.state, Act.OPEN_PETITION)
    if proposal.petition_closes_at is not None and proposal.petition_closes_at <= now:
        was = proposal.petition_closes_at.isoformat()
        raise InputError(
            say("petition.closes was %(when)s: that is over; `petition extend` sets a later one", when=was)
        )
    return replace(proposal, state=ProposalState.PETITION_OPEN, petition_opened_at=now)


def preview_opening(office: Office, petition_id: str, now: datetime) -> Preview:
    """Say whom `petition open` would invite."""
    with told(office, now), office.db.read() as work:
        return preview_now(work, office, proposals.proposal(work, office.kinds, petition_id), now)


def preview_now(work: Work, office: Office, petition: Proposal, now: datetime) -> Preview:
    """Say whom opening this petition would invite, in the caller's transaction."""
    if petition.state not in COLLECTING:
        petition = _openable(petition, now)
    return mailings.preview(work, office, "petition_invitation", petition, now)


def open_petition(office: Office, petition_id: str, now: datetime) -> Sent:
    """Open a petition and invite its audience; again, it invites only who has not been invited."""
    with told(office, now), office.db.write() as work:
        return open_now(work, office, petition_id, Who.STAFF, now)


def open_now(work: Work, office: Office, petition_id: str, by: str, now: datetime) -> Sent:
    """Open a petition and invite its audience, in the caller's transaction."""
    petition = proposals.lock(work, office.kinds, petition_id)
    if petition.state not in COLLECTING:
        petition = start_petition(work, office, petition, by, now)
    return mailings.send(work, office, "petition_invitation", petition, "", now)


def start_petition(work: Work, office: Office, petition: Proposal, by: str, now: datetime) -> Proposal:
    """Begin to collect, and give the organizers what they may share: the public link and a text without keys."""
    petition = _openable(petition, now)
    proposals.move(work, petition.id, ProposalState.PETITION_OPEN, now, petition_opened_at=now)
    proposals.keep_version(work, petition, now)
    proposals.note(work, petition.id, now, Act.OPEN_PETITION, by)
    owe(work, office, to_organizers(petition, "share_kit"), {petition.id: petition}, now)
    return petition


def close_petition(office: Office, petition_id: str, now: datetime) -> None:
    """Stop collecting now."""
    with office.db.write() as work:
        close_now(work, office, petition_id, Who.STAFF, now)


def close_now(work: Work, office: Office, petition_id: str, by: str, now: datetime, reason: str = "") -> None:
    """Stop collecting, in the caller's transaction."""
    require_closable(proposals.lock(work, office.kinds, petition_id))
    proposals.move(work, petition_id, ProposalState.CLOSED, now, petition_closes_at=now)
    proposals.note(work, petition_id, now, Act.CLOSE_PETITION, by, reason)


def require_closable(petition: Proposal) -> None:
    """Raise Refused where the petition does not collect."""
    require(petition.id, petition.state, Act.CLOSE_PETITION)


def hold_opening(work: Work, office: Office, petition_id: str, by: str, now: datetime) -> Proposal:
    """Let a petition open only when its organizer says so, whatever was planned."""
    petition = proposals.lock(work, office.kinds, petition_id)
    if petition.state not in BEFORE_PETITION:
        raise Refused(
            say(
                "%(id)s is %(state)s: there is nothing to hold; 'close' stops collecting",
                id=petition_id,
                state=str(petition.state),
            )
        )
    proposals.move(work, petition_id, petition.state, now, petition_opens=BY_ORGANIZER, petition_opens_at=None)
    proposals.note(work, petition_id, now, "hold the opening", by)
    return petition


def extend_petition(office: Office, petition_id: str, until: datetime, now: datetime, reason: str = "") -> int:
    """Let a petition close later, and say how many members are told."""
    with office.db.write() as work:
        return extend_now(work, office, petition_id, until, reason, Who.STAFF, now)


def extend_now(
    work: Work, office: Office, petition_id: str, until: datetime, reason: str, by: str, now: datetime
) -> int:
    """Let a petition close later, in the caller's transaction; who was invited and has not answered is told."""
    petition = proposals.lock(work, office.kinds, petition_id)
    petition = extended(petition, until, now)
    proposals.move(work, petition_id, petition.state, now, petition_closes_at=until)
    proposals.note(work, petition_id, now, Act.EXTEND_PETITION, by, reason, {"until": until.isoformat()})
    if petition.petition_opened_at is None:
        return 0
    return tell_of_extension(work, office, petition, "petition_invitation", until, reason, by, now)


def extended(petition: Proposal, until: datetime, now: datetime) -> Proposal:
    """Give the petition as it will be with a later end. Raises Refused and InputError."""
    if petition.petition_opened_at is not None:
        require(petition.id, petition.state, Act.EXTEND_PETITION)
    if until <= now or (petition.petition_closes_at is not None and until <= petition.petition_closes_at):
        raise InputError(say("%(when)s is not later than now and than the petition's end", when=until.isoformat()))
    state = petition.state
    if state in {ProposalState.CLOSED, ProposalState.LAPSED, ProposalState.RETURNED}:
        state = ProposalState.QUALIFIED if petition.qualified_at is not None else ProposalState.PETITION_OPEN
    return replace(petition, state=state, petition_closes_at=until)


def sign_for(
    work: Work,
    office: Office,
    petition: Proposal,
    member: Member,
    proof: Proof,
    now: datetime,
    *,
    via: str,
    arrived_at: datetime | None = None,
    inbox_n: int = 0,
    message_id: str = "",
) -> SignatureState:
    """Write a member's signature that did not come as a plain reply: by the page's button, or entered by staff.

    One that waited, or was taken out of the count and is put back, stays signed when it was.
    """
    before = signatures.signatures_of(work, [petition.id], [member.member_id]).get((petition.id, member.member_id))
    is_back = before is not None and before.state in {SignatureState.PENDING, SignatureState.INVALIDATED}
    signed_at = before.signed_at if before is not None and is_back else arrived_at or now
    standing = standings(work, petition, [member.member_id], signed_at, now)[member.member_id]
    new = new_signature(
        petition,
        member,
        proof,
        standing,
        arrived_at=signed_at,
        via=via,
        inbox_n=inbox_n,
        message_id=message_id,
        told_at=now,
    )
    follow = apply_records(work, office, [PutSignature(new)], inbox_n, now)
    owe(work, office, follow, {petition.id: petition}, now)
    return new.state


def recount_all(office: Office, now: datetime) -> list[tuple[str, int, int]]:
    """Hold every petition's counter against its rows, and heal what differs (R63): (id, said, true) for those."""
    healed = []
    with office.db.read() as work:
        watched = proposals.in_states(work, office.kinds, COLLECTING | {ProposalState.CLOSED})
    for petition in watched:
        with office.db.write() as work:  # one at a time: two locks at once could wait for each other
            said, true, qualified = signatures.recount(work, office.kinds, petition.id, now)
            if said != true:
                healed.append((petition.id, said, true))
            if qualified:
                petition = replace(petition, validated=true)
                owe(work, office, qualified_notice(petition), {petition.id: petition}, now)
    return healed


def tally_of(counts: dict[str, int]) -> dict[str, int]:
    """Give the tally of the contract from counts by state."""
    tally = {str(state): counts.get(str(state), 0) for state in SignatureState}
    signed = tally["validated"] + tally["not_in_good_standing"]
    return {"signed": signed, **tally}


def show_petition(office: Office, petition_id: str, now: datetime | None = None) -> dict[str, Any]:
    """Give a petition and its tally (contract: petition show). now: for what is to be expected, else that is None."""
    with office.db.read() as work:
        petition = proposals.proposal(work, office.kinds, petition_id)
        counts = signatures.tally(work, petition_id)
        expected = forecast_shown(work, petition, now) if now is not None else None
    return {
        "id": petition.id,
        "title": petition.title,
        "state": petition.state,
        "threshold": petition.threshold,
        "tally": tally_of(counts),
        "opens_at": petition.petition_opened_at or petition.petition_opens_at,
        "closes_at": petition.petition_closes_at,
        "statement_sha256": petition.statement_sha256,
        "act_sha256": petition.act_sha256,
        "act": petition.kind.act,
        "qualified_at": petition.qualified_at,
        "counter": petition.validated,
        "forecast": expected,
    }


def list_signatures(office: Office, petition_id: str) -> Sequence[dict[str, Any]]:
    """Give all signatures (contract: petition signatures)."""
    with office.db.read() as work:
        proposals.proposal(work, office.kinds, petition_id)
        found = signatures.signatures(work, petition_id)
        mails = effects.mails_of(work, petition_id)
    return [
        {
            "member_id": s.member_id,
            "name": s.name,
            "address": s.address,
            "state": s.state,
            "signed_at": s.signed_at,
            "via": s.via,
            "proof": s.proof,
            "message_id": s.message_id,
            "statement_sha256": s.statement_sha256,
            "inbox": s.inbox_n or None,
            "mails": mails.get(s.member_id, ()),
            "standing": s.standing,
            "reason": s.reason,
        }
        for s in found
    ]
