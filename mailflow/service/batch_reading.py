"""Read a batch of kept mails in the readers: what each says by itself, and what it says as an answer to ours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from mailflow.mail.reader import Reading, ReadMail
from mailflow.service.office import Office
from mailflow.service.proving import records_for
from mailflow.service.readers import Failure, Task
from mailflow.service.surroundings import ToRead, context_of, key_of, load_to_read, names_items
from mailflow.store.engine import Work
from mailflow.store.inbox import ATTEMPTS_MAX, KeptMail


@dataclass(frozen=True, slots=True)
class ReadOne:
    """A kept mail and what reading gave: what it says by itself and as an answer, or why it could not be read."""

    kept: KeptMail
    read: ReadMail | None = None
    reading: Reading | None = None
    failure: Failure | None = None


def read_mails(work: Work, office: Office, batch: Sequence[KeptMail]) -> list[ReadOne]:
    """Read what the mails say by themselves, then as answers to what we sent; nothing is written."""
    tried = [kept for kept in batch if kept.attempts <= ATTEMPTS_MAX]
    alone = office.readers.read([Task(raw=kept.raw) for kept in tried])
    parsed = [read for read in alone if isinstance(read, ReadMail)]
    around = load_to_read(work, office, parsed)
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


def _as_answer(kept: KeptMail, read: ReadMail, around: ToRead, records: Mapping[str, str]) -> Task:
    key = key_of(read, around)
    fitting = names_items(read.message.subject, around.open_items) or around.open_items
    sent = around.sent.get(key.key) if key is not None else None
    task = Task(read=read, sent=sent, context=context_of(key, fitting))
    known = {name: records[name] for name in read.needed_keys if name in records}
    return replace(task, raw=kept.raw, records=known, arrived_at=kept.arrived_at) if known else task
