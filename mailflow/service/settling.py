"""What the relay's answer makes of a row of the outbox: pure."""

from __future__ import annotations

from datetime import datetime

from mailflow.domain.relay import RelayAnswer
from mailflow.domain.retry import next_attempt_at
from mailflow.store.outbox_rows import ClaimedMail, Settled

ATTEMPTS_MAX = 60  # five days of retries are fewer than 40; who is here more often takes senders down with it (R91)

# RFC 3463 section 3.2: the recipient's address is bad. 5.1.7 and 5.1.8 are about the sender's, 5.7.x is policy (R81)
_BAD_ADDRESS = frozenset({"5.1.0", "5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10"})


def settle_answer(mail: ClaimedMail, answer: RelayAnswer, now: datetime) -> Settled:
    """Say what follows from an answer: accepted, deferred and until when, failed, or parked as our own mistake."""
    said = f"{answer.code} {answer.text}".strip() if answer.code else answer.text
    if answer.result == "accepted":
        return Settled(mail.id, mail.fence, "accepted", None, answer.code, said, mail.unknowns)
    if answer.stage == "local":
        return parked(mail, said)
    unknowns = mail.unknowns + (answer.result == "unknown")
    due_at = next_attempt_at(mail.queued_at, mail.attempts, answer, now, earlier_unknown=mail.unknowns)
    if due_at is not None:
        return Settled(mail.id, mail.fence, "deferred", due_at, answer.code, said, unknowns)
    if answer.result == "unknown":
        said = f"twice no answer, it may have arrived: {said}"
    elif answer.result == "transient":
        said = f"given up: {said}"
    return Settled(mail.id, mail.fence, "failed", None, answer.code, said, unknowns)


def parked(mail: ClaimedMail, why: str) -> Settled:
    """Our own failure: put aside for a person, so that it blocks nobody (R91)."""
    return Settled(mail.id, mail.fence, "parked", None, 0, why, mail.unknowns)


def suppressed(mail: ClaimedMail, why: str) -> Settled:
    """No longer wanted or true (R93)."""
    return Settled(mail.id, mail.fence, "suppressed", None, 0, why, mail.unknowns)


def says_address_is_bad(answer: RelayAnswer) -> bool:
    """Tell whether the relay refused this recipient because there is no such address, for good."""
    return answer.result == "permanent" and answer.stage == "rcpt" and answer.enhanced in _BAD_ADDRESS


def says_address_is_in_trouble(answer: RelayAnswer, became: str) -> bool:
    """Tell whether a recipient was refused, or given up on, for what may pass: a full mailbox, a host that is away.

    became: the state of the mail after the answer. Policy says nothing about the address (R81).
    """
    is_final = became == "failed" and answer.result in ("permanent", "transient")
    is_about_them = answer.stage == "rcpt" or answer.enhanced[1:].startswith(".2.")  # x.2.x: the mailbox, RFC 3463
    return (
        is_final
        and is_about_them
        and not says_address_is_bad(answer)
        and not answer.enhanced.startswith(("5.7.", "4.7."))
    )


def refuses_us(answer: RelayAnswer) -> bool:
    """Tell whether a refusal is of us or of what we say, rather than of one recipient."""
    if answer.result != "permanent" or answer.stage == "local":
        return False
    if answer.stage == "rcpt":
        return answer.enhanced.startswith("5.7.")
    return not answer.enhanced.startswith(("5.1.", "5.2."))
