"""What follows from a reply about a petition (design rules 3 to 5)."""

from __future__ import annotations

from dataclasses import replace

from mailflow.domain.acts import (
    ask_once,
    ask_the_contact,
    ask_whether_it_was_them,
    held,
    keep_feedback,
    question_record,
)
from mailflow.domain.facts import ReplyFacts
from mailflow.domain.identity import Identity
from mailflow.domain.model import SIGNED, Member, Proof, Proposal, Signature, SignatureState
from mailflow.domain.outcome import ONCE, ChangeSignature, Outcome, Owed, PutSignature, Verdict
from mailflow.domain.petition import (
    BEFORE_SUBMISSION,
    is_collecting,
    is_live,
    is_told_with_undo,
    may_confirm,
    new_signature,
)
from mailflow.domain.reading import Intent


def decide_about_petition(facts: ReplyFacts, who: Identity, petition: Proposal, reasons: tuple[str, ...]) -> Outcome:
    """Say what a member's words do to their signature."""
    assert who.member is not None
    signature = facts.signatures.get((petition.id, who.member.member_id))
    intent = facts.reading.intent
    if facts.key is not None and facts.key.notice == "signature_invalidated" and who.uses_key:
        return _objects(facts, who, petition, reasons)
    if intent is Intent.SIGN:
        return _about(_sign(facts, who, who.member, petition, signature), petition, who, reasons)
    if who.proof is Proof.NONE:
        return ask_whether_it_was_them(facts, who, petition.id, reasons)
    if facts.reading.undoes or intent is Intent.WITHDRAW:
        return _about(_take_back(facts, petition, signature, who.member), petition, who, reasons)
    if intent is Intent.DECLINE and not _has_signed(signature):
        return _about(_decline(facts, petition, signature, who.member), petition, who, reasons)
    if intent is Intent.QUESTION:
        return ask_the_contact(facts, who, petition, reasons)
    if intent is Intent.COMMENT:
        return keep_feedback(facts, who, petition, reasons)
    return ask_once(facts, who, petition, reasons)


def _objects(facts: ReplyFacts, who: Identity, petition: Proposal, reasons: tuple[str, ...]) -> Outcome:
    """Leave to a person what is answered to staff who took a signature out of the count, whatever it says."""
    why = "an answer to the mail that the signature was invalidated: a person decides"
    return _about(held(facts, Verdict.OBJECTION, why), petition, who, reasons)


def _about(outcome: Outcome, petition: Proposal, who: Identity, reasons: tuple[str, ...]) -> Outcome:
    """Add who and what about; a mail that nothing vouches for leaves no trace in ours, not even its id (R75)."""
    assert who.member is not None
    if who.proof is Proof.NONE:
        outcome = replace(outcome, owed=tuple(replace(owed, in_reply_to="") for owed in outcome.owed))
    return replace(
        outcome,
        reasons=(*reasons, *outcome.reasons),
        object_id=petition.id,
        member_id=who.member.member_id,
        proof=who.proof,
    )


def _has_signed(signature: Signature | None) -> bool:
    return signature is not None and signature.state in SIGNED


def _sign(facts: ReplyFacts, who: Identity, member: Member, petition: Proposal, signature: Signature | None) -> Outcome:
    if not is_collecting(petition, facts.arrived_at) and not may_confirm(petition, signature, facts.arrived_at):
        return _too_late(facts, member, petition, signature)
    if _has_signed(signature):
        told = _to(member, petition, facts, "signature_already")
        return Outcome(Verdict.ALREADY_SIGNED, reasons=("signed before: counted once",), owed=(told,))
    new = _signature(facts, who, member, petition, signature)
    outcome = _kept(facts, who, member, petition, new, again=signature is not None and not is_live(signature))
    if not facts.reading.has_question or who.proof is Proof.NONE:
        return outcome
    asked = question_record(facts, who, petition)
    if asked is None:
        return outcome
    return replace(outcome, records=(*outcome.records, asked[0]), owed=(*outcome.owed, asked[1]))


def _too_late(facts: ReplyFacts, member: Member, petition: Proposal, signature: Signature | None) -> Outcome:
    if signature is None or signature.state is not SignatureState.PENDING:
        why = "the mail arrived when the petition did not collect signatures"
        return Outcome(Verdict.WINDOW_CLOSED, reasons=(why,), owed=(_to(member, petition, facts, "petition_closed"),))
    why = "asked for in time, confirmed too late: the signature stays pending"
    return Outcome(Verdict.WINDOW_CLOSED, reasons=(why,), owed=(_to(member, petition, facts, "confirmation_late"),))


def _signature(
    facts: ReplyFacts, who: Identity, member: Member, petition: Proposal, before: Signature | None
) -> Signature:
    """Make the signature; one that was pending keeps the instant and the version at which it was asked for."""
    shown = ("", "")
    if who.uses_key and facts.key is not None:
        shown = (facts.key.statement_sha256, facts.key.act_sha256)
    new = new_signature(
        petition,
        member,
        who.proof,
        facts.standing[petition.id, member.member_id],
        arrived_at=facts.arrived_at,
        message_id=facts.message_id,
        inbox_n=facts.inbox_n,
        dmarc=facts.dmarc,
        shown=shown,
    )
    if facts.is_stale and who.uses_key:
        why = "the statement was changed after the mail that was answered"
        return replace(new, state=SignatureState.PENDING, reason=why)
    is_affirmed = facts.key is not None and facts.key.notice == "affirm_ask" and who.uses_key
    if before is None or before.state is not SignatureState.PENDING or is_affirmed:
        return new
    return replace(new, signed_at=before.signed_at, statement_sha256=before.statement_sha256)


def _kept(
    facts: ReplyFacts, who: Identity, member: Member, petition: Proposal, new: Signature, *, again: bool
) -> Outcome:
    # a first signature has one thank-you and one confirmation; later ones are told by the mail that caused them
    version = str(facts.inbox_n) if again else ONCE
    if new.state is SignatureState.PENDING and facts.is_stale and who.uses_key:
        told = _to(member, petition, facts, "affirm_ask", petition.statement_sha256[:16], {"reason": ""})
        return Outcome(Verdict.PENDING, reasons=(new.reason,), records=(PutSignature(new),), owed=(told,))
    if new.state is SignatureState.PENDING:
        told = _to(member, petition, facts, "signature_confirm", version, about_n=facts.inbox_n)
        why = "nothing vouches for the sender: the member on file is asked to confirm; not counted until then"
        return Outcome(Verdict.PENDING, reasons=(why,), records=(PutSignature(new),), owed=(told,))
    if new.state is SignatureState.NOT_IN_GOOD_STANDING:
        told = _to(member, petition, facts, "signature_not_in_standing", version)
        why = f"kept, not counted: {new.standing}"
        return Outcome(Verdict.NOT_IN_STANDING, reasons=(why,), records=(PutSignature(new),), owed=(told,))
    undo = is_told_with_undo(who.proof, facts.dmarc, petition.kind)
    told = _to(member, petition, facts, "signature_recorded", version, {"undo": undo})
    return Outcome(Verdict.SIGNED, reasons=("counted",), records=(PutSignature(new),), owed=(told,))


def _take_back(facts: ReplyFacts, petition: Proposal, signature: Signature | None, member: Member) -> Outcome:
    if not is_live(signature):
        told = _to(member, petition, facts, "decline_noted")
        return Outcome(Verdict.DECLINED, reasons=("there is no signature to take back",), owed=(told,))
    if petition.state not in BEFORE_SUBMISSION:
        return held(facts, Verdict.WINDOW_CLOSED, "the petition went to the committee: a person decides")
    if facts.reading.undoes:
        why = "the member says that it was not they"
        change = ChangeSignature(petition.id, member.member_id, SignatureState.INVALIDATED, why)
        told = _to(member, petition, facts, "signature_undone", str(facts.inbox_n))
        return Outcome(Verdict.UNDONE, reasons=(why,), records=(change,), owed=(told,))
    change = ChangeSignature(petition.id, member.member_id, SignatureState.WITHDRAWN, "withdrawn by the member's reply")
    told = _to(member, petition, facts, "signature_withdrawn", str(facts.inbox_n))
    return Outcome(Verdict.WITHDRAWN, reasons=("the signature is withdrawn",), records=(change,), owed=(told,))


def _decline(facts: ReplyFacts, petition: Proposal, signature: Signature | None, member: Member) -> Outcome:
    told = _to(member, petition, facts, "decline_noted")
    if not is_live(signature):
        return Outcome(Verdict.DECLINED, reasons=("an explicit no",), owed=(told,))
    why = "the member says no to the question whether they sign"
    change = ChangeSignature(petition.id, member.member_id, SignatureState.WITHDRAWN, why)
    return Outcome(Verdict.DECLINED, reasons=(why,), records=(change,), owed=(told,))


def _to(
    member: Member,
    petition: Proposal,
    facts: ReplyFacts,
    notice: str,
    version: str = ONCE,
    said: dict[str, object] | None = None,
    about_n: int = 0,
) -> Owed:
    return Owed(
        notice,
        petition.id,
        member.member_id,
        version=version,
        facts=said or {},
        in_reply_to=facts.message_id,
        about_n=about_n,
        is_answer=True,
    )
