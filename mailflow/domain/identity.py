"""Who wrote? Design rule 3, as a ladder."""

from __future__ import annotations

from dataclasses import dataclass

from mailflow.domain.facts import ReplyFacts
from mailflow.domain.model import Member, Proof
from mailflow.domain.reading import Dmarc

# mails that went to the address on file to be answered with one word: a yes with their key is a confirmation
CONFIRMING = frozenset({"signature_confirm", "was_that_you", "affirm_ask", "signature_entered"})


@dataclass(frozen=True, slots=True)
class Identity:
    """Who is taken to have written, on what proof, and why.

    member None: nobody is taken to have written. ask: the member on file to be asked 'was that you?'.
    uses_key: the key is the writer's own, so the mail that it went out in is the one being answered.
    """

    member: Member | None
    proof: Proof
    why: str
    ask: Member | None = None
    uses_key: bool = False


def identify(facts: ReplyFacts) -> Identity:
    """Say who wrote, from the key, the From address and what our own MTA stamped."""
    if facts.from_problem:
        return Identity(None, Proof.NONE, f"the author can't be told: {facts.from_problem}")
    if facts.owner is not None and _is_from(facts, facts.owner):
        return _owner(facts, facts.owner)
    if len(facts.senders) == 1:
        return _by_address(facts, facts.senders[0])
    if len(facts.senders) > 1:
        return Identity(None, Proof.NONE, f"{len(facts.senders)} members share this address, and there is no key")
    if facts.owner is not None:
        return Identity(None, Proof.NONE, "a member's key, but the From address is nobody's we know", ask=facts.owner)
    return Identity(None, Proof.NONE, "the From address is no member's, and there is no key")


def _is_from(facts: ReplyFacts, member: Member) -> bool:
    return any(sender.member_id == member.member_id for sender in facts.senders)


def _owner(facts: ReplyFacts, owner: Member) -> Identity:
    if facts.key is not None and facts.key.notice in CONFIRMING:
        # that key went to the address on file and nowhere else
        return Identity(owner, Proof.CONFIRMED, "answered with the key that went to the address on file", uses_key=True)
    if facts.dmarc is Dmarc.FAIL:
        why = "the key fits the From address, but our mail server says the From is forged (DMARC fail)"
        return Identity(owner, Proof.NONE, why, ask=owner, uses_key=True)
    return Identity(owner, Proof.KEY_FROM, "reply key and From address belong to the same member", uses_key=True)


def _by_address(facts: ReplyFacts, sender: Member) -> Identity:
    whose = "another member's key: read as mail without a key; " if facts.owner is not None else "no key; "
    if facts.dmarc is Dmarc.PASS:
        return Identity(sender, Proof.DMARC, whose + "our mail server vouches for the From address (DMARC pass)")
    why = whose + "the From address is a member's, but nothing vouches for it"
    return Identity(sender, Proof.NONE, why, ask=sender)
