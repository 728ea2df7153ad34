"""The way in: keep every mail, read it, decide, and write down what follows; one bad mail never holds up the next.

Raw bytes are committed before anything looks at them, effects and state in one transaction afterwards; only then may
the door say that the mail was taken. Reading is repeatable, effects are keyed and happen once.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mailflow.domain.arrival import Arrival
from mailflow.domain.decide import decide_reply
from mailflow.domain.decide_command import ANSWER, CONFIRM
from mailflow.domain.facts import Item
from mailflow.domain.machine import Bounce, decide_automatic, decide_bounce, decide_list_mail
from mailflow.domain.meeting import Answer, decide_meeting
from mailflow.domain.model import KeyFact
from mailflow.domain.outcome import CarryOut, MailState, Outcome, Owed, Verdict
from mailflow.errors import StoreAway, StoreError
from mailflow.mail.classify import RECEIVED_MAX
from mailflow.mail.key import redact_keys
from mailflow.mail.message import MailKind, Message
from mailflow.mail.reader import Reading, ReadMail
from mailflow.service.applying import apply_records
from mailflow.service.items import items_by_id
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.proposing import MISSING, Mailed, mailed_of, propose
from mailflow.service.proving import records_for
from mailflow.service.readers import Failure, Task
from mailflow.service.reply_facts import (
    Surroundings,
    context_of,
    key_of,
    load_facts,
    load_surroundings,
    names_items,
)
from mailflow.store import inbox
from mailflow.store.engine import PATIENCE_S, Work, is_passing, savepoint
from mailflow.store.inbox import ATTEMPTS_MAX, KeptMail

log = logging.getLogger(__name__)

BATCH = 50
_READING = threading.RLock()  # a process reads one batch at a time, whoever asks: the mailbox or the LMTP door
PROVED_HERE = "signed by the domain of its author: checked here (DKIM), for no stamp of our own mail server says so"
PROBLEMS = {
    "too_large": "{n} bytes: too large to be fetched; it lies in the mailbox",
    "unreadable": "the mail server lists it and does not give it out; it lies in the mailbox",
}


@dataclass(frozen=True, slots=True)
class ReadOne:
    """A kept mail and what reading gave: what it says by itself and as an answer, or why it could not be read."""

    kept: KeptMail
    read: ReadMail | None = None
    reading: Reading | None = None
    failure: Failure | None = None


def receive(office: Office, arrivals: Sequence[Arrival], now: datetime, patience_s: float = PATIENCE_S) -> list[int]:
    """Keep a batch of raw mails and give their numbers; when this returns they are ours (R1, R2).

    patience_s: how long to wait for a database that is away.
    """
    return office.db.redo(lambda work: inbox.keep(work, arrivals, now), patience_s)


def count_waiting(office: Office) -> int:
    """Count the mails that are kept and not read yet."""
    with office.db.read() as work:
        return inbox.count_waiting(work)


def read_waiting(office: Office, now: datetime, limit: int = 1_000_000) -> int:
    """Read mails that are kept and say how many were read; a batch that was tried before goes one by one (R6, R30)."""
    done = 0
    while done < limit:
        with _READING:
            count = _read_some(office, now)
        if not count:
            break
        done += count
    return done


def _read_some(office: Office, now: datetime) -> int:
    with office.db.read() as work:
        batch = inbox.waiting(work, BATCH)
    first_try = [kept for kept in batch if kept.attempts == 0]
    chosen = first_try or batch[:1]
    if chosen:
        read_batch(office, chosen, now)
    return len(chosen)


def read_batch(office: Office, batch: Sequence[KeptMail], now: datetime) -> None:
    """Read these mails and write down what follows, together, or each alone when that fails."""
    with office.db.write() as work:
        inbox.charge(work, [kept.n for kept in batch])  # before the attempt: a mail that kills us is known by it
    batch = [replace(kept, attempts=kept.attempts + 1) for kept in batch]
    with office.db.read() as work:
        reads = read_mails(work, office, batch)
    reads = _without_the_dead(office, reads)
    try:
        office.db.redo(lambda work: _settle_all(work, office, reads, now))  # what was settled is left alone (R12)
    except StoreAway:
        raise
    except Exception:
        if len(batch) == 1:
            raise
        log.warning("a batch of %d mails could not be written together; each goes alone", len(batch))
        for one in reads:
            office.db.redo(lambda work, one=one: _settle_all(work, office, [one], now))  # type: ignore[misc]


def read_mails(work: Work, office: Office, batch: Sequence[KeptMail]) -> list[ReadOne]:
    """Read what the mails say by themselves, then as answers to what we sent; nothing is written."""
    tried = [kept for kept in batch if kept.attempts <= ATTEMPTS_MAX]
    alone = office.readers.read([Task(raw=kept.raw) for kept in tried])
    parsed = [read for read in alone if isinstance(read, ReadMail)]
    around = load_surroundings(work, office, parsed)
    records = records_for(parsed, around, office.ask_keys)
    pairs = [(kept, read) for kept, read in zip(tried, alone, strict=True) if isinstance(read, ReadMail)]
    answers = iter(office.readers.read([_as_answer(kept, read, around, records) for kept, read in pairs]))
    reads = {kept.n: _read_one(kept, read, answers) for kept, read in zip(tried, alone, strict=True)}
    return [reads.get(kept.n, ReadOne(kept)) for kept in batch]


def _read_one(kept: KeptMail, read: object, answers: Iterator[object]) -> ReadOne:
    if isinstance(read, Failure):
        return ReadOne(kept, failure=read)
    assert isinstance(read, ReadMail)
    reading = next(answers)
    if isinstance(reading, Failure):
        return ReadOne(kept, failure=reading)
    assert isinstance(reading, Reading)
    return ReadOne(kept, read, reading)


def _as_answer(kept: KeptMail, read: ReadMail, around: Surroundings, records: Mapping[str, str]) -> Task:
    key = key_of(read, around)
    fitting = names_items(read.message.subject, around.open_items) or around.open_items
    sent = around.sent.get(key.key) if key is not None else None
    task = Task(read=read, sent=sent, context=context_of(key, fitting))
    known = {name: records[name] for name in read.needed_keys if name in records}
    return replace(task, raw=kept.raw, records=known, arrived_at=kept.arrived_at) if known else task


def _without_the_dead(office: Office, reads: Sequence[ReadOne]) -> list[ReadOne]:
    """Leave a mail that ended its reader for the next turn, alone, until it did so three times (R6)."""
    dead = [one for one in reads if one.failure and one.failure.has_died and one.kept.attempts < ATTEMPTS_MAX]
    for one in dead:
        assert one.failure is not None
        log.warning("inbox %d: %s; tried again, three times in all", one.kept.n, one.failure.error)
    return [one for one in reads if one not in dead]


def _settle_all(work: Work, office: Office, reads: Sequence[ReadOne], now: datetime) -> None:
    kept = inbox.still_kept(work, [one.kept.n for one in reads])  # another poller may have been faster (R29)
    reads = [one for one in reads if one.kept.n in kept]
    around = load_surroundings(work, office, [one.read for one in reads if one.read is not None])
    for one in reads:
        try:
            with savepoint(work):
                _settle_one(work, office, one, around, now)
        except StoreError:
            raise
        except Exception as error:
            if is_passing(error):
                raise  # the database's trouble is not the mail's
            inbox.settle(work, one.kept.n, **_parked(traceback.format_exc(), now))
            log.error("inbox %d: parked, it could not be read; `mailflow inbox show %d`", one.kept.n, one.kept.n)


def _parked(error: str, now: datetime) -> dict[str, Any]:
    return {
        "state": MailState.PARKED,
        "verdict": Verdict.FAILED,
        "error": error[-4000:],
        "reasons": ["our own failure: it is kept, and `mailflow inbox replay` reads it again"],
        "read_at": now,
    }


def _settle_one(work: Work, office: Office, one: ReadOne, around: Surroundings, now: datetime) -> None:
    kept, read, reading = one.kept, one.read, one.reading
    if one.failure is not None and not one.failure.has_died:
        inbox.settle(work, kept.n, **_parked(one.failure.error, now))
        return
    if read is None or reading is None:
        why = f"reading it ended the program {ATTEMPTS_MAX} times: it is not read again by itself"
        inbox.settle(work, kept.n, state=MailState.HELD, verdict=Verdict.FAILED, reasons=[why], read_at=now)
        return
    message = read.message
    known = {"message_id": message.message_id, "content_sha256": message.content_sha256, "subject": message.subject}
    earlier = inbox.same_mail(work, kept.n, kept.door, message.message_id, message.content_sha256)
    if earlier is not None:
        why = f"the same mail as number {earlier}: it took effect once"
        inbox.settle(work, kept.n, state=MailState.READ, verdict=Verdict.DUPLICATE, reasons=[why], read_at=now, **known)
        return
    outcome = _decide(work, office, kept, read, reading, around, now)
    other = inbox.id_with_other_content(work, kept.n, message.message_id, message.content_sha256)
    if other is not None:
        outcome = replace(outcome, reasons=(*outcome.reasons, f"its Message-ID was used by number {other} too"))
    refused = _carry_out(work, office, outcome, around, kept.n, now)
    key = key_of(read, around)
    inbox.settle(
        work,
        kept.n,
        state=outcome.state,
        kind=read.kind,
        intent=reading.intent.intent,
        verdict=outcome.verdict,
        reasons=[redact_keys(reason) for reason in (*outcome.reasons, *refused)],
        from_address=message.from_.address if message.from_ is not None else "",
        new_text=redact_keys(reading.new_text),
        proof=outcome.proof,
        object_id=outcome.object_id,
        member_id=outcome.member_id,
        key=key.key if key is not None else "",
        is_stray=outcome.is_stray,
        read_at=now,
        error="",
        **known,
    )
    log.info("inbox %d: %s (%s)%s", kept.n, outcome.verdict, outcome.state, f" {outcome.object_id}".rstrip())


def _decide(
    work: Work,
    office: Office,
    kept: KeptMail,
    read: ReadMail,
    reading: Reading,
    around: Surroundings,
    now: datetime,
) -> Outcome:
    message, key = read.message, key_of(read, around)
    if kept.problem:
        return Outcome(Verdict.OVER_LIMIT, MailState.HELD, (PROBLEMS[kept.problem].format(n=kept.size_bytes),))
    if read.kind is MailKind.BOUNCE:
        return decide_bounce([Bounce(s.action, s.status) for s in read.statuses], key, read.reasons)
    if read.calendar and (noted := _of_calendar(office, read, key, around)) is not None:
        return noted
    if read.kind is not MailKind.PERSON:
        return decide_automatic(key, is_complaint(message), is_loop(message, office.address), read.reasons)
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


def _of_calendar(office: Office, read: ReadMail, key: KeyFact | None, around: Surroundings) -> Outcome | None:
    """Say what follows from a calendar's answer to an invitation of ours, None where it is to nothing of ours."""
    author = read.message.from_
    senders = around.senders.get(author.address, ()) if author is not None else ()
    owner = around.owners.get(key.member_id) if key is not None else None
    said = [Answer(one.uid, one.answer) for one in read.calendar]
    return decide_meeting(said, key, owner, senders, read.dmarc, office.domain)


def _may_propose(key: KeyFact | None) -> bool:
    """Tell whether a mail can hold a proposal: it answers nothing of ours, or our question what is missing."""
    return key is None or key.notice == MISSING


def _mailed(kept: KeptMail, read: ReadMail, reading: Reading, around: Surroundings) -> Mailed:
    message, key = read.message, key_of(read, around)
    senders = tuple(around.senders.get(message.from_.address, ())) if message.from_ is not None else ()
    return mailed_of(kept.n, kept.raw, reading, senders, (key.about_n, key.member_id) if key is not None else (0, ""))


def decide_again(work: Work, office: Office, kept: KeptMail, now: datetime) -> tuple[Reading | None, Outcome]:
    """Read a kept mail with today's rules and decide as if it had just come; nothing is written."""
    one = read_mails(work, office, [replace(kept, attempts=1)])[0]
    if one.read is None or one.reading is None:
        return None, Outcome(Verdict.FAILED, MailState.PARKED, ("it can't be read",))
    around = load_surroundings(work, office, [one.read])
    return one.reading, _decide(work, office, kept, one.read, one.reading, around, now)


def is_through_list(message: Message) -> bool:
    """Tell whether a mail was distributed by a mailing list (RFC 2369, RFC 2919)."""
    return any(message.header(name) for name in ("list-id", "list-post", "mailing-list", "x-mailing-list"))


def is_complaint(message: Message) -> bool:
    """Tell an abuse report (ARF, RFC 5965) from other reports; 'not-spam' is none (section 7.3)."""
    is_report = "feedback-report" in message.header("content-type").lower()
    return is_report and "feedback-type: not-spam" not in message.status_text.lower()


def is_loop(message: Message, address: str) -> bool:
    """Tell whether a mail went round: our own X-Loop, or more than fifty hosts (R77)."""
    own = any(address.casefold() in value.casefold() for value in message.all_headers("x-loop"))
    return own or len(message.all_headers("received")) > RECEIVED_MAX


def _carry_out(work: Work, office: Office, outcome: Outcome, around: Surroundings, n: int, now: datetime) -> list[str]:
    follow = apply_records(work, office, outcome.records, n, now)
    items = around.items | _commanded_items(work, office, outcome)
    is_proved = bool(outcome.proof)
    refused = owe(work, office, _caused_by(n, _at_most_one_answer(outcome)), items, now, is_proved=is_proved)
    items = items | _owed_items(work, office, follow)
    said = [str(o.facts["headline"]) for o in follow if o.notice in {CONFIRM, ANSWER}]
    return said + refused + owe(work, office, _caused_by(n, follow), items, now)


def _commanded_items(work: Work, office: Office, outcome: Outcome) -> dict[str, Item]:
    """Give what commands are about as it stands after them: their answers tell it."""
    return items_by_id(work, office, [r.object_id for r in outcome.records if isinstance(r, CarryOut) and r.object_id])


def _owed_items(work: Work, office: Office, follow: Sequence[Owed]) -> dict[str, Item]:
    """Give what came into being by a mail: a proposal that was drafted."""
    drafted = [one.object_id for one in follow if one.notice == "proposal_drafted"]
    return items_by_id(work, office, drafted) if drafted else {}


def _caused_by(n: int, owed: Sequence[Owed]) -> list[Owed]:
    """Note on each mail that is owed the one that brought it about (R104)."""
    return [one if one.about_n else replace(one, about_n=n) for one in owed]


def _at_most_one_answer(outcome: Outcome) -> list[Owed]:
    """A mail gets at most one answer (design rule 7): the first that the rule named."""
    answers = [owed for owed in outcome.owed if owed.is_answer]
    return [*answers[:1], *(owed for owed in outcome.owed if not owed.is_answer)]
