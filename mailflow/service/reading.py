"""Staff's side of the inbox: show a mail with what was cut from it, settle it by hand, read it again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from mailflow.domain.facts import Item
from mailflow.domain.model import Feedback, Member, Proof, Proposal, SignatureState
from mailflow.domain.outcome import (
    AddFeedback,
    ChangeSignature,
    MailState,
    OptOut,
    Outcome,
    Owed,
    Record,
    Verdict,
)
from mailflow.domain.petition import takes_feedback
from mailflow.domain.reading import Intent
from mailflow.errors import InputError, NotFound, Refused
from mailflow.mail.key import redact_keys
from mailflow.service import petitions
from mailflow.service.applying import apply_records
from mailflow.service.intake import decide_again, read_batch
from mailflow.service.items import items_by_id
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.store import effects, inbox, roster, signatures
from mailflow.store.engine import Work

RESOLVE_AS = ("sign", "decline", "withdraw", "unsubscribe", "comment", "question", "ignore")


def list_inbox(office: Office, *, held_only: bool) -> list[dict[str, Any]]:
    """Give every mail, or those that wait for a person (contract: inbox list)."""
    with office.db.read() as work:
        states = (MailState.HELD, MailState.PARKED) if held_only else ("",)
        rows = [row for state in states for row in inbox.rows(work, state=state)]
    return [_line(row) for row in sorted(rows, key=lambda r: int(r.n))]


def _line(row: Any) -> dict[str, Any]:
    return {
        "n": row.n,
        "from": row.from_address,
        "subject": redact_keys(row.subject),
        "arrived_at": row.arrived_at,
        "state": row.state,
        "intent": row.intent or None,
        "verdict": row.verdict or None,
        "object": row.object_id or None,
        "member_id": row.member_id or None,
        "proof": row.proof or None,
        "reasons": list(row.reasons),
    }


def show_mail(office: Office, n: int) -> dict[str, Any]:
    """Give all that is known of one mail, its parts with what was cut from it, and how it is read today."""
    with office.db.read() as work:
        row = _row(work, n)
        kept = inbox.by_number(work, [n])[0]
        reading, _ = decide_again(work, office, kept, row.arrived_at)
        led_to = effects.effects_of(work, n)
    return {
        **_line(row),
        "message_id": row.message_id,
        "raw_sha256": row.raw_sha256,
        "size_bytes": row.size_bytes,
        "attempts": row.attempts,
        "new_text": row.new_text,
        "parts": [{"kind": s.kind, "text": redact_keys(s.text)} for s in reading.division.segments] if reading else [],
        "error": row.error,
        "effects": [asdict(effect) for effect in led_to],
    }


def raw_mail(office: Office, n: int) -> bytes:
    """Give a mail as it came, byte for byte."""
    with office.db.read() as work:
        _row(work, n)
        return inbox.raw(work, n)


def _row(work: Work, n: int) -> Any:
    row = inbox.row(work, n)
    if row is None:
        raise NotFound(f"there is no mail number {n}; `mailflow inbox list` shows them")
    return row


# --- reading again ----------------------------------------------------------------------------------------------
def replay(office: Office, ns: Sequence[int], now: datetime) -> list[dict[str, Any]]:
    """Read kept mail again with today's rules: what waits or failed takes effect now; what took effect is compared.

    Without numbers: everything that is parked or held. Gives a line for each mail whose reading differs or changed,
    none for one whose words are gone (erased, or its time is over).
    """
    with office.db.read() as work:
        chosen = list(ns) or [
            row.n for state in (MailState.PARKED, MailState.HELD) for row in inbox.rows(work, state=state)
        ]
        before = {n: _row(work, n) for n in chosen}
    lines = []
    for n in sorted(chosen):
        row = before[n]
        if row.state in {MailState.PARKED, MailState.HELD}:
            _read_afresh(office, n, now)
            with office.db.read() as work:
                after = _row(work, n)
            lines.append(_difference(n, row, after.verdict, after.intent, after.state, has_effect=True))
        else:
            with office.db.read() as work:
                found = inbox.by_number(work, [n])
                if not found:
                    continue
                reading, outcome = decide_again(work, office, found[0], row.arrived_at)
            intent = str(reading.intent.intent) if reading else ""
            lines.append(_difference(n, row, outcome.verdict, intent, outcome.state, has_effect=False))
    return [line for line in lines if line["differs"] or ns]


def _read_afresh(office: Office, n: int, now: datetime) -> None:
    with office.db.write() as work:
        inbox.settle(work, n, state=MailState.KEPT, verdict="", attempts=0)
    with office.db.read() as work:
        kept = inbox.by_number(work, [n])
    read_batch(office, kept, now)


def _difference(n: int, row: Any, verdict: str, intent: str, state: str, *, has_effect: bool) -> dict[str, Any]:
    # what took effect reads as "already signed" and the like now: only the intent says whether it reads otherwise
    differs = (row.verdict, row.state) != (verdict, state) if has_effect else row.intent != intent
    return {
        "n": n,
        "was": {"intent": row.intent or None, "verdict": row.verdict or None, "state": row.state},
        "now": {"intent": intent or None, "verdict": str(verdict), "state": str(state)},
        "took_effect": has_effect,
        "differs": differs,
    }


# --- settling by hand -------------------------------------------------------------------------------------------
def resolve(
    office: Office, n: int, how: str, now: datetime, *, who: str = "", object_id: str = "", reason: str = ""
) -> str:
    """Settle a mail as staff say: it takes effect with the proof `staff`, with the reason kept. Gives what was done."""
    with office.db.write() as work:
        row = _row(work, n)
        if row.state == MailState.READ and not row.is_stray:
            raise Refused(f"mail {n} was read as {row.verdict}: it took effect; `inbox show {n}` tells what")
        if how == "ignore":
            _settle(work, n, row, "ignored by staff", reason)
            return "ignored"
        member = _member(work, row, who)
        item = _item(work, office, row, object_id)
        outcome = _as(work, office, row, how, member, item, now)
        apply_records(work, office, outcome.records, n, now)
        _settle(work, n, row, f"read as {how} by staff", reason, member.member_id, item.id)
    return str(outcome.verdict)


def _settle(work: Work, n: int, row: Any, what: str, reason: str, member_id: str = "", object_id: str = "") -> None:
    reasons = [*row.reasons, f"{what}: {reason}" if reason else what]
    values = {"state": MailState.READ, "verdict": Verdict.RESOLVED, "reasons": reasons, "proof": Proof.STAFF}
    if member_id:
        values |= {"member_id": member_id, "object_id": object_id}
    inbox.settle(work, n, **values)


def _member(work: Work, row: Any, who: str) -> Member:
    wanted = who or row.member_id or row.from_address
    member = roster.find(work, wanted) if wanted else None
    if member is None:
        raise InputError(f"--member {wanted!r} is nobody on the roster; give a member_id or an address of a member")
    return member


def _item(work: Work, office: Office, row: Any, object_id: str) -> Item:
    wanted = object_id or row.object_id
    item = items_by_id(work, office, [wanted]).get(wanted) if wanted else None
    if item is None:
        raise InputError(f"--object {wanted!r} names nothing; give the id of a proposal, launch or notice")
    return item


def _as(work: Work, office: Office, row: Any, how: str, member: Member, item: Item, now: datetime) -> Outcome:
    if how == Intent.SIGN:
        if not isinstance(item, Proposal) or item.petition_opened_at is None:
            raise Refused(f"{item.id} is no petition that was opened: nobody can sign it")
        pair = (item.id, member.member_id)
        before = signatures.signatures_of(work, [item.id], [member.member_id]).get(pair)
        state = petitions.sign_for(
            work,
            office,
            item,
            member,
            Proof.STAFF,
            now,
            via="staff",
            arrived_at=row.arrived_at,
            inbox_n=row.n,
            message_id=row.message_id,
        )
        if before is not None and before.state is SignatureState.INVALIDATED and state is SignatureState.VALIDATED:
            back = Owed("signature_recorded", *pair, f"back-{row.n}", {"undo": False}, about_n=row.n)
            owe(work, office, [back], {item.id: item}, now)  # who objected is told that it counts again
        return Outcome(Verdict.SIGNED)
    records: tuple[Record, ...] = ()
    if how == Intent.WITHDRAW:
        change = ChangeSignature(item.id, member.member_id, SignatureState.WITHDRAWN, "withdrawn; entered by staff")
        return Outcome(Verdict.WITHDRAWN, records=(change,))
    if how == Intent.UNSUBSCRIBE:
        return Outcome(Verdict.UNSUBSCRIBED, records=(OptOut(member.member_id, "all"),))
    if how in {Intent.COMMENT, Intent.QUESTION}:
        late = isinstance(item, Proposal) and not takes_feedback(item, row.arrived_at)
        text = row.new_text or row.subject
        kept = Feedback(item.id, member.member_id, member.name, text, row.arrived_at, late, row.n)
        records = (AddFeedback(kept),)
        return Outcome(Verdict.FEEDBACK, records=records)
    return Outcome(Verdict.DECLINED)
