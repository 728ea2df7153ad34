"""What follows from mail that a machine wrote: nobody is answered, and nothing but an address's fate is touched."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from mailflow.domain.model import KeyFact
from mailflow.domain.outcome import OptOut, Outcome, Suppress, Verdict


@dataclass(frozen=True, slots=True)
class Bounce:
    """What a bounce says of a recipient: the action and status of RFC 3464."""

    action: str
    status: str = ""


# policy and spam say nothing about the address (R81); nor does a full mailbox for ever (x.2.2)
NOT_THE_ADDRESS = ("5.7.",)
SOFT = ("5.2.2", "4.2.2")


def decide_bounce(bounces: Sequence[Bounce], key: KeyFact | None, reasons: tuple[str, ...]) -> Outcome:
    """Stop an address that does not take mail; only a bounce of a mail that we sent counts (R78, R79)."""
    if key is None:
        why = "a bounce without a key of ours: it changes nothing"
        return Outcome(Verdict.NOT_OURS, reasons=(why, *reasons), is_stray=True)
    failed = [b for b in bounces if b.action == "failed"]
    if not failed:
        return Outcome(
            Verdict.BOUNCED,
            reasons=("temporary: nothing follows", *reasons),
            object_id=key.object_id,
            member_id=key.member_id,
        )
    if all(b.status.startswith(NOT_THE_ADDRESS) for b in failed):
        return Outcome(
            Verdict.BOUNCED,
            reasons=("refused by policy, not for the address", *reasons),
            object_id=key.object_id,
            member_id=key.member_id,
        )
    is_hard = any(b.status.startswith("5") and b.status not in SOFT for b in failed)
    status = next((b.status for b in failed if b.status), "no status")
    stop = Suppress(key.address, f"bounced: {status}", is_hard)
    why = "the address is stopped" if is_hard else "a soft bounce: counted"
    return Outcome(
        Verdict.BOUNCED, reasons=(why, *reasons), records=(stop,), object_id=key.object_id, member_id=key.member_id
    )


def decide_list_mail(key: KeyFact | None, reasons: tuple[str, ...]) -> Outcome:
    """Leave what was written to a mailing list: said to its readers, it signs nothing, and no list is answered.

    key: of the copy that the list got of us, or none; an answer that carries a member's own key is not list mail.
    """
    why = "written to a mailing list, not to us: it counts for nothing"
    return Outcome(Verdict.NOT_OURS, reasons=(why, *reasons), object_id=key.object_id if key else "", is_stray=True)


def decide_automatic(key: KeyFact | None, is_complaint: bool, is_loop: bool, reasons: tuple[str, ...]) -> Outcome:
    """Note an automatic mail, never answer it; a complaint about a mail of ours is a wish to get no more."""
    if is_loop:
        return Outcome(Verdict.LOOP, reasons=reasons)
    if key is None:
        return Outcome(Verdict.NOT_OURS, reasons=("automatic, and it answers nothing of ours", *reasons), is_stray=True)
    if is_complaint and key.member_id:
        return Outcome(
            Verdict.UNSUBSCRIBED,
            reasons=("a complaint: no more mail to many", *reasons),
            records=(OptOut(key.member_id, "all"),),
            object_id=key.object_id,
            member_id=key.member_id,
        )
    return Outcome(
        Verdict.AUTOMATIC,
        reasons=("automatic: never an answer of the member", *reasons),
        object_id=key.object_id,
        member_id=key.member_id,
    )
