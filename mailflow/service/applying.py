"""Write down what a rule decided: its records and the mails it owes, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from mailflow.domain.model import Signature
from mailflow.domain.outcome import (
    AddFeedback,
    AddQuestion,
    AnswerQuestion,
    CarryOut,
    ChangeSignature,
    Draft,
    MailState,
    NoteMeetingAnswer,
    OptOut,
    Owed,
    PutSignature,
    Record,
    ResolveMail,
    SetDigest,
    Suppress,
)
from mailflow.domain.petition_notices import qualified_notice
from mailflow.errors import NotFound
from mailflow.service.office import Office
from mailflow.store import digests, feedback, inbox, meetings, opt_outs, proposals, signatures
from mailflow.store.engine import Work


def apply_records(work: Work, office: Office, records: Sequence[Record], inbox_n: int, now: datetime) -> list[Owed]:
    """Keep the records; give the mails that follow from them alone (a petition that qualified)."""
    return apply_each(work, office, [(inbox_n, records)], now)[0]


def apply_each(
    work: Work, office: Office, caused: Sequence[tuple[int, Sequence[Record]]], now: datetime
) -> list[list[Owed]]:
    """Keep the records of several mails together; give for each the mails that follow from its records alone.

    caused: the mail's number and its records; nobody's signature under a petition is changed by two of them.
    """
    records = [record for _, some in caused for record in some]
    follow = _sign(work, office, caused, now)
    feedback.add_feedback(work, [record.feedback for record in records if isinstance(record, AddFeedback)])
    feedback.add_questions(work, [record.question for record in records if isinstance(record, AddQuestion)])
    for owed, (inbox_n, some) in zip(follow, caused, strict=True):
        for record in some:
            owed += _keep(work, office, record, inbox_n, now)
    return follow


def _sign(
    work: Work, office: Office, caused: Sequence[tuple[int, Sequence[Record]]], now: datetime
) -> list[list[Owed]]:
    changed = [
        (place, inbox_n, record)
        for place, (inbox_n, records) in enumerate(caused)
        for record in records
        if isinstance(record, PutSignature | ChangeSignature)
    ]
    follow: list[list[Owed]] = [[] for _ in caused]
    if not changed:
        return follow
    known = _to_change(work, [record for _, _, record in changed if isinstance(record, ChangeSignature)])
    new = [
        (record.signature, 0) if isinstance(record, PutSignature) else (_changed(record, known), inbox_n)
        for _, inbox_n, record in changed
    ]
    for at, petition_id in signatures.put_signatures(work, office.kinds, new, now).items():
        follow[changed[at][0]] += qualified_notice(proposals.proposal(work, office.kinds, petition_id))
    return follow


def _to_change(work: Work, records: Sequence[ChangeSignature]) -> Mapping[tuple[str, str], Signature]:
    if not records:
        return {}
    return signatures.signatures_of(work, {r.petition_id for r in records}, {r.member_id for r in records})


def _changed(record: ChangeSignature, known: Mapping[tuple[str, str], Signature]) -> Signature:
    found = known.get((record.petition_id, record.member_id))
    if found is None:
        raise NotFound(f"{record.member_id} has no signature under {record.petition_id}")
    return replace(found, state=record.to, reason=record.reason)


def _keep(work: Work, office: Office, record: Record, inbox_n: int, now: datetime) -> list[Owed]:
    match record:
        case CarryOut():
            from mailflow.service.commands import carry_out  # the services that it calls apply records themselves

            return carry_out(work, office, record, inbox_n, now)
        case Draft():
            from mailflow.service.proposing import draft

            return draft(work, office, record, now)
        case AnswerQuestion(n):
            feedback.answer_question(work, n, now)
        case OptOut(member_id, scope):
            opt_outs.opt_out(work, member_id, scope, now, "mail")
        case Suppress(address, reason, is_hard):
            opt_outs.suppress(work, address, reason, now, is_hard)
        case SetDigest(recipient, frequency):
            digests.choose(work, recipient.casefold(), frequency)
        case NoteMeetingAnswer():
            meetings.keep_answer(work, record, now, inbox_n)
        case ResolveMail(n, verdict, reason):
            row = inbox.row(work, n)
            if row is not None and row.state == MailState.HELD:
                inbox.settle(work, n, state=MailState.READ, verdict=verdict, reasons=[*row.reasons, reason])
    return []
