"""What the clock owes: windows close, petitions open, counters are healed, digests go. Twice is the same as once."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from mailflow.domain.lifecycle import Act, Who
from mailflow.domain.model import COLLECTING, ProposalState
from mailflow.domain.schedule import Move, due_moves
from mailflow.errors import TemplateError
from mailflow.service import mailings, template_alarm
from mailflow.service.digests import send_digests
from mailflow.service.health import audit_daily, check_health, tell_miscount
from mailflow.service.launches import settle_notices
from mailflow.service.office import Office
from mailflow.service.ordering import submit_ordered
from mailflow.service.owner_mail import tell_owner
from mailflow.service.petitions import recount_all, start_petition
from mailflow.service.questions import remind
from mailflow.service.reminding import tell_people
from mailflow.service.renewal import nudge_due
from mailflow.service.retention import forget_daily
from mailflow.service.verification import recheck_after_import
from mailflow.service.watching import watch_mailings
from mailflow.store import proposals
from mailflow.store.engine import Work
from mailflow.store.wrong_clock import bring_forward

log = logging.getLogger(__name__)

WATCHED = COLLECTING | {ProposalState.FEEDBACK_OPEN, ProposalState.FEEDBACK_CLOSED}


def run_due(office: Office, now: datetime) -> None:
    """Do all that is due now; what fails is logged and tried again at the next tick, and the rest goes on."""
    for do in (
        _bring_forward,
        _move_windows,
        tell_people,
        recheck_after_import,
        submit_ordered,
        _heal,
        _settle,
        _digests,
        nudge_due,
        remind,
        watch_mailings,
        tell_owner,
        check_health,
        audit_daily,
        forget_daily,
    ):
        try:
            do(office, now)
        except Exception:
            log.exception("the clock could not do %s; it tries again", do.__name__.strip("_").replace("_", " "))


def _bring_forward(office: Office, now: datetime) -> None:
    with office.db.write() as work:
        count = bring_forward(work, now)
    if count:
        log.warning("%d mails were due in the far future: the clock was ahead; they are due now", count)


def _move_windows(office: Office, now: datetime) -> None:
    with office.db.read() as work:
        due = [(p.id, due_moves(p, now)) for p in proposals.in_states(work, office.kinds, WATCHED)]
    for proposal_id, moves in due:
        for move in moves:
            try:
                with office.db.write() as work:
                    _move(work, office, proposal_id, move, now)
            except TemplateError as error:
                log.error("%s: %s", proposal_id, error)
                template_alarm.tell(office, error, now)
                break


def _move(work: Work, office: Office, proposal_id: str, move: Move, now: datetime) -> None:
    proposal = proposals.lock(work, office.kinds, proposal_id)
    if move not in due_moves(proposal, now):
        return  # another host did it meanwhile
    ACTS[move](work, office, proposal_id, now)
    log.info("%s: %s", proposal_id, move)


def _close_feedback(work: Work, office: Office, proposal_id: str, now: datetime) -> None:
    proposals.move(work, proposal_id, ProposalState.FEEDBACK_CLOSED, now)
    proposals.note(work, proposal_id, now, Act.CLOSE_FEEDBACK, Who.CLOCK)


def _open_petition(work: Work, office: Office, proposal_id: str, now: datetime) -> None:
    petition = start_petition(work, office, proposals.proposal(work, office.kinds, proposal_id), Who.CLOCK, now)
    mailings.send(work, office, "petition_invitation", petition, "", now)


def _close_petition(work: Work, office: Office, proposal_id: str, now: datetime) -> None:
    proposals.move(work, proposal_id, ProposalState.CLOSED, now)
    proposals.note(work, proposal_id, now, Act.CLOSE_PETITION, Who.CLOCK)


ACTS: dict[Move, Callable[[Work, Office, str, datetime], None]] = {
    Move.FEEDBACK_CLOSES: _close_feedback,
    Move.PETITION_OPENS: _open_petition,
    Move.PETITION_CLOSES: _close_petition,
}


def _heal(office: Office, now: datetime) -> None:
    for petition_id, said, true in recount_all(office, now):
        log.error("%s: the counter said %d, the signatures are %d: healed", petition_id, said, true)
        tell_miscount(office, petition_id, said, true, now)


def _settle(office: Office, now: datetime) -> None:
    with office.db.write() as work:
        settle_notices(work, now)


def _digests(office: Office, now: datetime) -> None:
    send_digests(office, now, is_due_only=True)
