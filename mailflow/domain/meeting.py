"""What follows when a member's calendar answers an invitation: it is noted for the organizers; nobody is answered."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.domain.model import KeyFact, Member
from mailflow.domain.outcome import NoteMeetingAnswer, Outcome, Verdict
from mailflow.domain.reading import Dmarc

_PART = ".meeting-"


@dataclass(frozen=True, slots=True)
class Answer:
    """A calendar's answer: accepted|declined|tentative."""

    uid: str
    answer: str


def meeting_uid(proposal_id: str, number: int) -> str:
    """Give what all invitations to a meeting carry, before the '@' and our domain. number: from 1 on."""
    return f"{proposal_id}{_PART}{number}"


def proposal_of(uid: str, domain: str) -> str:
    """Give the proposal that a UID of ours belongs to, "" for anybody else's."""
    local, _, host = uid.partition("@")
    proposal_id, part, number = local.partition(_PART)
    return proposal_id if part and number.isdecimal() and host.casefold() == domain.casefold() else ""


def decide_meeting(
    answers: Sequence[Answer],
    key: KeyFact | None,
    owner: Member | None,
    senders: Sequence[Member],
    dmarc: Dmarc,
    domain: str,
) -> Outcome | None:
    """Note a calendar's answer when it is a member's, to a meeting of ours; None where it is neither.

    By key: whoever's key it carries, written from an address of theirs. Without: the UID, and the From of one member.
    """
    named = [(proposal_of(one.uid, domain), one) for one in answers]
    ours = [(proposal_id or (key.object_id if key is not None else ""), one) for proposal_id, one in named]
    ours = [(object_id, one) for object_id, one in ours if object_id]
    if not ours:
        return None
    object_id, said = ours[0]
    member, why = _who(owner, senders, dmarc)
    if member is None:
        return Outcome(Verdict.AUTOMATIC, reasons=("a calendar's answer", why), object_id=object_id)
    uid = said.uid if proposal_of(said.uid, domain) else f"{meeting_uid(object_id, 1)}@{domain}"
    record = NoteMeetingAnswer(uid, member.member_id, object_id, said.answer)
    reasons = (f"a calendar's answer: {said.answer}", "noted for the organizers, and not answered")
    return Outcome(
        Verdict.AUTOMATIC, reasons=reasons, records=(record,), object_id=object_id, member_id=member.member_id
    )


def _who(owner: Member | None, senders: Sequence[Member], dmarc: Dmarc) -> tuple[Member | None, str]:
    if dmarc is Dmarc.FAIL:
        return None, "not noted: our mail server says that the From is forged (DMARC fail)"
    if owner is not None and any(one.member_id == owner.member_id for one in senders):
        return owner, ""
    if len(senders) == 1:
        return senders[0], ""
    return None, "not noted: the From is no member's, or that of several"
