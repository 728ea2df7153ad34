"""Decide about mails that were read and write down what follows, a round together, in the caller's transaction."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from mailflow.domain.decide_command import ANSWER, CONFIRM
from mailflow.domain.facts import Item
from mailflow.domain.outcome import CarryOut, MailState, Outcome, Owed, Verdict
from mailflow.mail.key import redact_keys
from mailflow.mail.reader import Reading, ReadMail
from mailflow.service.applying import apply_each
from mailflow.service.batch_reading import ReadOne
from mailflow.service.deciding import decide
from mailflow.service.items import items_by_id
from mailflow.service.office import Office
from mailflow.service.owing import Debt, owe_each
from mailflow.service.rounds import Thresholds, apart, is_alone
from mailflow.service.surroundings import ToDecide, key_of, load_to_decide
from mailflow.store import inbox, same_mail
from mailflow.store.engine import Work, is_of_database
from mailflow.store.inbox import ATTEMPTS_MAX

log = logging.getLogger(__name__)

Row = dict[str, Any]  # columns of the inbox, with the mail's number


@dataclass(frozen=True, slots=True)
class _Decided:
    one: ReadOne
    read: ReadMail
    reading: Reading
    outcome: Outcome


def settle_round(work: Work, office: Office, reads: Sequence[ReadOne], now: datetime) -> int:
    """Settle the leading mails that can be decided together, and say how many they were; at least one."""
    around = load_to_decide(work, office, [one.read for one in reads if one.read is not None])
    reads = reads[: apart([one.read for one in reads], around)]
    rows, decided = _decide_round(work, office, reads, around, now)
    reasons = _carry_out(work, office, decided, around, now)
    rows += [_row_of(each, said, around, now) for each, said in zip(decided, reasons, strict=True)]
    inbox.settle_all(work, rows)
    return len(rows)


def parked_row(n: int, error: str, now: datetime) -> Row:
    """Say that we failed at a mail: it is kept for `inbox replay`."""
    log.error("inbox %d: parked, it could not be read; `mailflow inbox show %d`", n, n)
    return {
        "n": n,
        "state": MailState.PARKED,
        "verdict": Verdict.FAILED,
        "error": error[-4000:],
        "reasons": ["our own failure: it is kept, and `mailflow inbox replay` reads it again"],
        "read_at": now,
    }


# --- deciding ---------------------------------------------------------------------------------------------------
def _decide_round(
    work: Work, office: Office, reads: Sequence[ReadOne], around: ToDecide, now: datetime
) -> tuple[list[Row], list[_Decided]]:
    """Decide about the mails up to one that changes what the others see; rows of those that lead to nothing."""
    before = _seen_before(work, reads)
    thresholds = Thresholds(around)
    rows: list[Row] = []
    decided: list[_Decided] = []
    for one in reads:
        if (row := _undecided(one, before, now)) is not None:
            rows.append(row)
            continue
        each = _decide_one(work, office, one, around, before, now)
        if not isinstance(each, _Decided):
            rows.append(each)
            continue
        if decided and is_alone(each.outcome):
            break  # it is decided anew when those before it have taken effect
        decided.append(each)
        if is_alone(each.outcome) or thresholds.may_cross(each.outcome):
            break
    return rows, decided


@dataclass(frozen=True, slots=True)
class _Before:
    """Earlier mails: the same ones, and others under the same Message-ID, by the number of the one that is read."""

    same: Mapping[int, int]
    others: Mapping[int, int]


def _seen_before(work: Work, reads: Iterable[ReadOne]) -> _Before:
    marks = [
        same_mail.Mark(one.kept.n, one.kept.door, one.read.message.message_id, one.read.message.content_sha256)
        for one in reads
        if one.read is not None
    ]
    return _Before(same_mail.same_mails(work, marks), same_mail.ids_with_other_content(work, marks))


def _known(read: ReadMail) -> Row:
    message = read.message
    return {"message_id": message.message_id, "content_sha256": message.content_sha256, "subject": message.subject}


def _undecided(one: ReadOne, before: _Before, now: datetime) -> Row | None:
    """Give what becomes of a mail that could not be read, or that took effect before; None for any other."""
    n = one.kept.n
    if one.failure is not None and not one.failure.has_died:
        return parked_row(n, one.failure.error, now)
    if one.read is None or one.reading is None:
        why = f"reading it ended the program {ATTEMPTS_MAX} times: it is not read again by itself"
        return {"n": n, "state": MailState.HELD, "verdict": Verdict.FAILED, "reasons": [why], "read_at": now}
    if n not in before.same:
        return None
    why = f"the same mail as number {before.same[n]}: it took effect once"
    settled = {"n": n, "state": MailState.READ, "verdict": Verdict.DUPLICATE, "reasons": [why], "read_at": now}
    return {**settled, **_known(one.read)}


def _decide_one(
    work: Work, office: Office, one: ReadOne, around: ToDecide, before: _Before, now: datetime
) -> _Decided | Row:
    assert one.read is not None
    assert one.reading is not None
    n = one.kept.n
    try:
        outcome = decide(work, office, one.kept, one.read, one.reading, around, now)
    except Exception as error:
        if is_of_database(error):
            raise  # nothing can be written any more in this transaction
        return parked_row(n, traceback.format_exc(), now)
    if n in before.others:
        reasons = (*outcome.reasons, f"its Message-ID was used by number {before.others[n]} too")
        outcome = replace(outcome, reasons=reasons)
    return _Decided(one, one.read, one.reading, outcome)


# --- writing down -----------------------------------------------------------------------------------------------
def _carry_out(
    work: Work, office: Office, decided: Sequence[_Decided], around: ToDecide, now: datetime
) -> list[list[str]]:
    """Keep the records and queue the mails that are owed; give for each mail what is to be said of that."""
    follow = apply_each(work, office, [(each.one.kept.n, each.outcome.records) for each in decided], now)
    items = {**around.items, **_changed_items(work, office, decided, follow)}
    debts = []
    for each, following in zip(decided, follow, strict=True):
        n, outcome = each.one.kept.n, each.outcome
        debts.append(Debt(_caused_by(n, _at_most_one_answer(outcome)), is_proved=bool(outcome.proof)))
        debts.append(Debt(_caused_by(n, following)))
    refused = owe_each(work, office, debts, items, now, known=around.owners)
    said = [[str(o.facts["headline"]) for o in some if o.notice in {CONFIRM, ANSWER}] for some in follow]
    return [[*line, *refused[2 * i], *refused[2 * i + 1]] for i, line in enumerate(said)]


def _changed_items(
    work: Work, office: Office, decided: Sequence[_Decided], follow: Sequence[Sequence[Owed]]
) -> dict[str, Item]:
    """Give what commands are about as it stands after them, and what came into being by a mail."""
    records = [record for each in decided for record in each.outcome.records]
    commanded = [record.object_id for record in records if isinstance(record, CarryOut) and record.object_id]
    drafted = [one.object_id for some in follow for one in some if one.notice == "proposal_drafted"]
    return items_by_id(work, office, [*commanded, *drafted])


def _caused_by(n: int, owed: Sequence[Owed]) -> list[Owed]:
    """Note on each mail that is owed the one that brought it about (R104)."""
    return [one if one.about_n else replace(one, about_n=n) for one in owed]


def _at_most_one_answer(outcome: Outcome) -> list[Owed]:
    """A mail gets at most one answer (design rule 7): the first that the rule named."""
    answers = [owed for owed in outcome.owed if owed.is_answer]
    return [*answers[:1], *(owed for owed in outcome.owed if not owed.is_answer)]


def _row_of(each: _Decided, said: Sequence[str], around: ToDecide, now: datetime) -> Row:
    n, read, reading, outcome = each.one.kept.n, each.read, each.reading, each.outcome
    key, from_ = key_of(read, around), read.message.from_
    log.info("inbox %d: %s (%s)%s", n, outcome.verdict, outcome.state, f" {outcome.object_id}".rstrip())
    return {
        "n": n,
        "state": outcome.state,
        "kind": read.kind,
        "intent": reading.intent.intent,
        "verdict": outcome.verdict,
        "reasons": [redact_keys(reason) for reason in (*outcome.reasons, *said)],
        "from_address": from_.address if from_ is not None else "",
        "new_text": redact_keys(reading.new_text),
        "proof": outcome.proof,
        "object_id": outcome.object_id,
        "member_id": outcome.member_id,
        "key": key.key if key is not None else "",
        "is_stray": outcome.is_stray,
        "read_at": now,
        "error": "",
        **_known(read),
    }
