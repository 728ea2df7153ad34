"""What follows from one mail: a machine's, a list's, a proposal, or what a person answered."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailflow.domain.decide import decide_reply
from mailflow.domain.machine import Bounce, decide_automatic, decide_bounce, decide_list_mail
from mailflow.domain.meeting import Answer, decide_meeting
from mailflow.domain.model import KeyFact
from mailflow.domain.outcome import CarryOut, MailState, Outcome, Verdict
from mailflow.mail.address import fold
from mailflow.mail.classify import is_loop
from mailflow.mail.message import MailKind, Message
from mailflow.mail.reader import Reading, ReadMail
from mailflow.service.office import Office
from mailflow.service.proposing import MISSING, Mailed, mailed_of, propose
from mailflow.service.reply_facts import load_facts
from mailflow.service.surroundings import ToDecide, key_of
from mailflow.store.engine import Work
from mailflow.store.inbox import KeptMail

PROVED_HERE = "signed by the domain of its author: checked here (DKIM), for no stamp of our own mail server says so"
PROBLEMS = {
    "too_large": "{n} bytes: too large to be fetched; it lies in the mailbox",
    "unreadable": "the mail server lists it and does not give it out; it lies in the mailbox",
}


def decide(
    work: Work,
    office: Office,
    kept: KeptMail,
    read: ReadMail,
    reading: Reading,
    around: ToDecide,
    now: datetime,
) -> Outcome:
    """Say what follows from a mail, whoever or whatever wrote it; nothing is written."""
    message, key = read.message, key_of(read, around)
    if kept.problem:
        return Outcome(Verdict.OVER_LIMIT, MailState.HELD, (PROBLEMS[kept.problem].format(n=kept.size_bytes),))
    if read.kind is MailKind.BOUNCE:
        return decide_bounce([Bounce(s.action, s.status) for s in read.statuses], key, read.reasons)
    if read.calendar and (noted := _of_calendar(office, read, key, around)) is not None:
        return noted
    if read.kind is not MailKind.PERSON:
        return decide_automatic(
            key, is_complaint(message), is_loop(message, frozenset({fold(office.address)})), read.reasons
        )
    if is_through_list(message) and (key is None or not key.member_id):
        return decide_list_mail(key, read.reasons)
    proposed = propose(work, office, _mailed(kept, read, reading, around), now) if _may_propose(key) else None
    outcome = proposed or decide_reply(load_facts(work, office, kept.n, read, reading, around, kept.arrived_at, now))
    if reading.dmarc is not read.dmarc:
        outcome = replace(outcome, reasons=(*outcome.reasons, PROVED_HERE))
    if not read.may_answer and any(isinstance(record, CarryOut) for record in outcome.records):
        held_for = ("a command in a mail that must not be answered: a person decides", *read.reasons)
        return Outcome(Verdict.COMMAND, MailState.HELD, held_for, object_id=outcome.object_id)
    if not read.may_answer and any(o.is_answer for o in outcome.owed):
        unanswered = tuple(o for o in outcome.owed if not o.is_answer)
        why = "not answered: " + ", ".join(read.reasons)
        outcome = replace(outcome, owed=unanswered, reasons=(*outcome.reasons, why))
    return outcome


def _of_calendar(office: Office, read: ReadMail, key: KeyFact | None, around: ToDecide) -> Outcome | None:
    """Say what follows from a calendar's answer to an invitation of ours, None where it is to nothing of ours."""
    author = read.message.from_
    senders = around.senders.get(author.address, ()) if author is not None else ()
    owner = around.owners.get(key.member_id) if key is not None else None
    said = [Answer(one.uid, one.answer, one.sequence) for one in read.calendar]
    return decide_meeting(said, key, owner, senders, read.dmarc, office.domain)


def _may_propose(key: KeyFact | None) -> bool:
    """Tell whether a mail can hold a proposal: it answers nothing of ours, or our question what is missing."""
    return key is None or key.notice == MISSING


def _mailed(kept: KeptMail, read: ReadMail, reading: Reading, around: ToDecide) -> Mailed:
    message, key = read.message, key_of(read, around)
    senders = tuple(around.senders.get(message.from_.address, ())) if message.from_ is not None else ()
    return mailed_of(kept.n, kept.raw, reading, senders, (key.about_n, key.member_id) if key is not None else (0, ""))


def is_through_list(message: Message) -> bool:
    """Tell whether a mail was distributed by a mailing list (RFC 2369, RFC 2919)."""
    return any(message.header(name) for name in ("list-id", "list-post", "mailing-list", "x-mailing-list"))


def is_complaint(message: Message) -> bool:
    """Tell an abuse report (ARF, RFC 5965) from other reports; 'not-spam' is none (section 7.3)."""
    is_report = "feedback-report" in message.header("content-type").lower()
    return is_report and "feedback-type: not-spam" not in message.status_text.lower()
