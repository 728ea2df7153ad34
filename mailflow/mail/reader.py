"""From bytes to meaning, in two steps: what a mail says by itself, and what it says as an answer to what we sent.

Both values can be pickled: they are made in worker processes. Nothing here raises or reads anything but its arguments.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.domain.reading import Context, Dmarc, Intent, IntentReading
from mailflow.mail.calendar import CalendarAnswer, read_answers
from mailflow.mail.classify import classify
from mailflow.mail.dkim_check import Aligned, as_dmarc, check, needed_keys
from mailflow.mail.dsn import delivery_statuses
from mailflow.mail.dsn_free import own_part
from mailflow.mail.intent import read_intent
from mailflow.mail.key import candidate_keys
from mailflow.mail.message import DeliveryStatus, Division, MailKind, Message, SentText
from mailflow.mail.parse import parse
from mailflow.mail.proof import Trust, read_dmarc
from mailflow.mail.quote import divide


@dataclass(frozen=True, slots=True)
class ReadMail:
    """What a mail says by itself, without any fact from the database."""

    message: Message
    kind: MailKind
    may_answer: bool
    candidate_keys: tuple[str, ...]
    dmarc: Dmarc
    statuses: tuple[DeliveryStatus, ...]
    reasons: tuple[str, ...]
    is_reaction: bool = False
    calendar: tuple[CalendarAnswer, ...] = ()
    needed_keys: tuple[str, ...] = ()  # names of the TXT records that could prove it (R56)


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mail means as an answer to what we sent."""

    message: Message
    kind: MailKind
    may_answer: bool
    candidate_keys: tuple[str, ...]
    dmarc: Dmarc
    division: Division
    new_text: str
    intent: IntentReading
    statuses: tuple[DeliveryStatus, ...]
    reasons: tuple[str, ...]


def read_mail(raw: bytes, *, address: str, delimiter: str, own: frozenset[str], trust: Trust) -> ReadMail:
    """Parse and classify a mail, find the keys it may carry and what our own MTA says of its sender.

    address: the mailbox's own, without tag. own: folded addresses that we send from.
    """
    message = parse(raw)
    classification = classify(message, own)
    wants_proof = not trust.is_set and classification.kind is MailKind.PERSON
    is_bounce = classification.kind is MailKind.BOUNCE
    return ReadMail(
        message=message,
        kind=classification.kind,
        may_answer=classification.may_answer,
        candidate_keys=candidate_keys(message, address, delimiter),
        dmarc=read_dmarc(message, trust),
        statuses=delivery_statuses(message) if is_bounce or "action:" in message.status_text.lower() else (),
        reasons=classification.reasons,
        is_reaction=classification.is_reaction,
        calendar=read_answers(message.calendar_text) if message.calendar_text else (),
        needed_keys=needed_keys(message, address, delimiter, trust.arc_sealers) if wants_proof else (),
    )


def with_proof(
    read: ReadMail, raw: bytes, records: Mapping[str, str], at: datetime, address: str, delimiter: str, trust: Trust
) -> ReadMail:
    """Check the author's signatures with the keys that the DNS gave; a mail that needs no proof stays as it is."""
    if read.dmarc is not Dmarc.UNKNOWN or not any(name in records for name in read.needed_keys):
        return read
    aligned = check(raw, read.message, records, at, address, delimiter, trust.arc_sealers)
    if aligned is not Aligned.PASS:
        return read  # a broken signature is what mailing lists leave behind: it proves nothing, and accuses nobody
    return replace(read, dmarc=as_dmarc(aligned))


_MACHINE_INTENT = {MailKind.AUTO: Intent.AUTO, MailKind.REPORT: Intent.AUTO, MailKind.BOUNCE: Intent.BOUNCE}


def read_reply(read: ReadMail, sent: SentText | None, context: Context) -> Reading:
    """Divide a mail into new and old words and read what the new ones ask for.

    sent: the mail that is answered, where it is known. A machine's mail has the intent `auto` or `bounce`, and its own
    words are the new text.
    """
    division = divide(read.message, sent)
    new_text = division.new_text
    machine = _MACHINE_INTENT.get(read.kind)
    if read.is_reaction:
        # a click, of which nobody can say what it agrees to
        intent = IntentReading(Intent.UNCLEAR, read.reasons)
    elif machine is not None:
        if machine is Intent.BOUNCE:
            new_text = own_part(new_text or read.message.text).strip()
        intent = IntentReading(machine, read.reasons)
    else:
        intent = read_intent(new_text, read.message.subject, context, sent.subject if sent else "")
    return Reading(
        message=read.message,
        kind=read.kind,
        may_answer=read.may_answer,
        candidate_keys=read.candidate_keys,
        dmarc=read.dmarc,
        division=division,
        new_text=new_text,
        intent=intent,
        statuses=read.statuses,
        reasons=(*read.reasons, *(r for r in intent.reasons if r not in read.reasons)),
    )
