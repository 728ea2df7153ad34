"""Write down what a rule decided: its records and the mails it owes, in the caller's transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

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
from mailflow.service.office import Office
from mailflow.store import digests, feedback, inbox, meetings, opt_outs, proposals
from mailflow.store.engine import Work


def apply_records(work: Work, office: Office, records: Sequence[Record], inbox_n: int, now: datetime) -> list[Owed]:
    """Keep the records; give the mails that follow from them alone (a petition that qualified)."""
    follow: list[Owed] = []
    for record in records:
        if isinstance(record, PutSignature | ChangeSignature):
            follow += _sign(work, office, record, inbox_n, now)
        elif isinstance(record, CarryOut):
            from mailflow.service.commands import carry_out  # the services that it calls apply records themselves

            follow += carry_out(work, office, record, inbox_n, now)
        elif isinstance(record, Draft):
            from mailflow.service.proposing import draft

            follow += draft(work, office, record, now)
        else:
            _keep(work, record, inbox_n, now)
    return follow


def _sign(
    work: Work, office: Office, record: PutSignature | ChangeSignature, inbox_n: int, now: datetime
) -> list[Owed]:
    if isinstance(record, PutSignature):
        petition_id = record.signature.petition_id
        qualified = proposals.put_signature(work, office.kinds, record.signature, now)
    else:
        petition_id = record.petition_id
        qualified = proposals.change_signature(
            work, office.kinds, petition_id, record.member_id, record.to, record.reason, inbox_n, now
        )
    return qualified_notice(proposals.proposal(work, office.kinds, petition_id)) if qualified else []


def _keep(work: Work, record: Record, inbox_n: int, now: datetime) -> None:
    match record:
        case AddFeedback(kept):
            feedback.add_feedback(work, kept)
        case AddQuestion(asked):
            feedback.add_question(work, asked)
        case AnswerQuestion(n):
            feedback.answer_question(work, n, now)
        case OptOut(member_id, scope):
            opt_outs.opt_out(work, member_id, scope, now, "mail")
        case Suppress(address, reason, is_hard):
            opt_outs.suppress(work, address, reason, now, is_hard)
        case SetDigest(recipient, frequency):
            digests.choose(work, recipient.casefold(), frequency)
        case NoteMeetingAnswer():
            meetings.keep_answer(work, record.uid, record.member_id, record.object_id, record.answer, now, inbox_n)
        case ResolveMail(n, verdict, reason):
            row = inbox.row(work, n)
            if row is not None and row.state == MailState.HELD:
                inbox.settle(work, n, state=MailState.READ, verdict=verdict, reasons=[*row.reasons, reason])
