"""Rules of a petition: when it collects, what counts, when it qualifies."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailflow.domain.civil import last_day
from mailflow.domain.model import (
    COLLECTING,
    LIVE,
    Kind,
    Member,
    Proof,
    Proposal,
    ProposalState,
    Signature,
    SignatureState,
    is_in_good_standing,
)
from mailflow.domain.reading import Dmarc
from mailflow.domain.reminders import GRACE
from mailflow.domain.verification import standing_words

# once the petition went to the committee, a withdrawal is a matter for a person; a returned one is back with us
BEFORE_SUBMISSION = COLLECTING | {ProposalState.CLOSED, ProposalState.RETURNED}


def is_collecting(petition: Proposal, arrived_at: datetime) -> bool:
    """Tell whether a signature that arrived then is in time: what counts is arrival, never when it was read (R67).

    The opening instant belongs to the window, the closing instant does not.
    """
    if petition.petition_opened_at is None or petition.state is ProposalState.WITHDRAWN:
        return False
    if arrived_at < petition.petition_opened_at:
        return False
    if petition.petition_closes_at is None:
        return petition.state in COLLECTING
    return arrived_at < petition.petition_closes_at and petition.state in COLLECTING | {ProposalState.CLOSED}


def confirm_until(petition: Proposal) -> datetime | None:
    """Say until when a signature that was asked for in time can be confirmed: as long after the close as it could be
    undone, and never less than the grace that mail in transit has. None: for as long as the petition collects.
    """
    closes_at = petition.petition_closes_at
    return None if closes_at is None else closes_at + max(GRACE, timedelta(hours=petition.kind.undo_hours))


def may_confirm(petition: Proposal, signature: Signature | None, arrived_at: datetime) -> bool:
    """Tell whether a yes that arrived then confirms a signature that waits: the SIGN came in time, the yes may be late.

    Once the petition has lapsed or gone to the committee nothing is added to it.
    """
    until = confirm_until(petition)
    if signature is None or signature.state is not SignatureState.PENDING or until is None:
        return False
    return petition.state in COLLECTING | {ProposalState.CLOSED} and arrived_at < until


def takes_feedback(proposal: Proposal, arrived_at: datetime) -> bool:
    """Tell whether feedback that arrived then is in time."""
    if proposal.feedback_opened_at is None or arrived_at < proposal.feedback_opened_at:
        return False
    return proposal.feedback_closes_at is None or arrived_at < proposal.feedback_closes_at


def crosses(petition: Proposal, validated: int) -> bool:
    """Tell whether the petition qualifies now; `>=`, so that a missed crossing heals (R62, R63).

    One that has closed can still qualify: signatures that arrived in time are read late, or confirmed by staff (R67).
    """
    if petition.state not in {ProposalState.PETITION_OPEN, ProposalState.CLOSED} or petition.qualified_at is not None:
        return False
    return validated >= petition.threshold


def day_that_counts(petition: Proposal, signed_at: datetime) -> date:
    """Say on which civil day good standing is asked for: at signing, at closing, or a fixed date (contract: kinds)."""
    as_of = petition.kind.standing_as_of
    if isinstance(as_of, date):
        return as_of
    closes_at = petition.petition_closes_at
    counts_at = closes_at if as_of == "closing" and closes_at is not None else signed_at
    whole_day = last_day(counts_at, petition.zone) if as_of == "closing" else None
    return whole_day or counts_at.astimezone(ZoneInfo(petition.zone)).date()


def state_that_counts(kind: Kind, proof: Proof, standing: tuple[str, date | None, date]) -> SignatureState:
    """Say in which state a signature is kept, by how it is proved and the member's standing on the day that counts.

    standing: (standing, paid_through, the day), as the roster had them.
    """
    if proof not in kind.proof_that_counts:
        return SignatureState.PENDING
    word, paid_through, day = standing
    if kind.good_standing and not is_in_good_standing(word, paid_through, day):
        return SignatureState.NOT_IN_GOOD_STANDING
    return SignatureState.VALIDATED


def is_told_with_undo(proof: Proof, dmarc: Dmarc, kind: Kind) -> bool:
    """Tell whether the address on file must be told with a one-word undo (design rule 3).

    A key alone proves possession of a mail, not a person; a forwarded mail carries both key and link. What staff
    entered from paper the member has not seen either.
    """
    if proof is Proof.PAPER:
        return True
    if proof is Proof.KEY_FROM:
        return dmarc is not Dmarc.PASS
    return proof is Proof.LINK and not kind.link_asks_member_number


def is_live(signature: Signature | None) -> bool:
    """Tell whether there is a signature that stands, counted or not."""
    return signature is not None and signature.state in LIVE


def new_signature(
    petition: Proposal,
    member: Member,
    proof: Proof,
    standing: tuple[str, date | None, date],
    *,
    arrived_at: datetime,
    via: str = "mail",
    message_id: str = "",
    inbox_n: int = 0,
    dmarc: Dmarc = Dmarc.UNKNOWN,
    shown: tuple[str, str] = ("", ""),
    told_at: datetime | None = None,
) -> Signature:
    """Make the signature of a member. shown: SHA-256 of the statement and of the act sentence they were shown.

    told_at: when the member is told of it, if that is not when it arrived; they can undo it from then on.
    """
    undo_until = None
    if member.address and is_told_with_undo(proof, dmarc, petition.kind):
        undo_until = (told_at or arrived_at) + timedelta(hours=petition.kind.undo_hours)
    return Signature(
        petition_id=petition.id,
        member_id=member.member_id,
        name=member.name,
        address=member.address,
        state=state_that_counts(petition.kind, proof, standing),
        signed_at=arrived_at,
        via=via,
        proof=proof,
        statement_sha256=shown[0] or petition.statement_sha256,
        act_sha256=shown[1] or petition.act_sha256,
        message_id=message_id,
        inbox_n=inbox_n,
        standing=standing_words(standing),
        undo_until=undo_until,
    )
