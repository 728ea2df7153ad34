"""What the clock tells people: reminders, the Monday's question, milestones, how it ended, and offers of more time.

Each is noted in the proposal's history in the transaction that queues it: twice is once.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime

from mailflow.domain.commands import answers
from mailflow.domain.decide_command import possible_about
from mailflow.domain.lifecycle import Act, Who, may
from mailflow.domain.model import BEFORE_PETITION, COLLECTING, Proposal, ProposalState, SignatureState
from mailflow.domain.outcome import Owed
from mailflow.domain.petition import confirm_until
from mailflow.domain.phrase import Sentence, say, why
from mailflow.domain.reminders import (
    HELD_MAX,
    due_reminder,
    extension_to_offer,
    is_counted_out,
    is_read_until,
    milestone,
    question_on,
)
from mailflow.errors import InputError, Refused
from mailflow.service import petitions
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.service.owing import owe, owe_many
from mailflow.service.posts import chiefs
from mailflow.service.standing import forecast_line
from mailflow.service.telling import tell_chiefs
from mailflow.service.words import deadline_words, instant_words
from mailflow.store import health, proposals, reminders, signatures
from mailflow.store.engine import Work

log = logging.getLogger(__name__)

REMIND, MILESTONE, COUNTED, OFFERED, ASKED = "remind", "milestone", "count", "offer more time", "ask to open"
AWAITED = "await confirmations"
WATCHED = COLLECTING | {
    ProposalState.FEEDBACK_OPEN,
    ProposalState.FEEDBACK_CLOSED,
    ProposalState.CLOSED,
    ProposalState.LAPSED,
}


def tell_people(office: Office, now: datetime) -> None:
    """Queue what is due to be told; a proposal at which it fails does not hold up the next."""
    with office.db.read() as work:
        watched = proposals.in_states(work, office.kinds, WATCHED)
        due = [(p.id, tell) for p in watched for tell in TELL if tell(work, office, p, now, dry=True)]
    for proposal_id, tell in due:
        try:
            with office.db.write() as work:
                proposal = proposals.lock(work, office.kinds, proposal_id)  # another host may have done it meanwhile
                tell(work, office, proposal, now, dry=False)
        except (Refused, InputError) as error:
            log.error("%s: %s", proposal_id, error)


def _noted(work: Work, proposal: Proposal, act: str, name: str) -> list[object]:
    return [e["details"].get(name) for e in proposals.events(work, proposal.id) if e["act"] == act]


def remind(work: Work, office: Office, proposal: Proposal, now: datetime, *, dry: bool) -> bool:
    """Remind those who were asked and have not answered: never who declined, opted out or waits for an answer."""
    sent = [str(name) for name in _noted(work, proposal, REMIND, "name")]
    name = due_reminder(proposal, sent, now)
    if not name or dry:
        return bool(name)
    is_feedback = name == "feedback"
    asked, notice = (
        ("proposal_open", "proposal_reminder") if is_feedback else ("petition_invitation", "petition_reminder")
    )
    silent = reminders.iter_unanswered(work, proposal.id, asked)
    mails = owe_many(work, office, notice, proposal, f"reminder-{name}", silent, now)
    proposals.note(work, proposal.id, now, REMIND, Who.CLOCK, details={"name": name, "mails": mails})
    return True


def ask_to_open(work: Work, office: Office, proposal: Proposal, now: datetime, *, dry: bool) -> bool:
    """Ask organizers and liaison on a Monday morning whether the petition shall open; the mail is its preview."""
    on = question_on(proposal, now)
    if on is None or str(on) in _noted(work, proposal, ASKED, "on"):
        return False
    if dry:
        return True
    proposals.note(work, proposal.id, now, ASKED, Who.CLOCK, details={"on": str(on)})
    try:
        preview = petitions.preview_now(work, office, proposal, now)
    except (Refused, InputError) as error:
        headline = say("The petition can't open: %(title)s", title=proposal.title)
        tell_chiefs(work, office, proposal, headline, [Sentence.of(why(error))], f"question-{on}", now)
        return True
    facts = {
        "recipients": preview.recipients,
        "left_out": preview.left_out,
        "sample": preview.samples[0]["text"] if preview.samples else "",
    }
    owed = [
        Owed(
            "open_question",
            proposal.id,
            MAILTO + address,
            version=str(on),
            facts={**facts, "answers": answers(possible_about(proposal, roles))},
        )
        for address, roles in chiefs(office, proposal)
    ]
    owe(work, office, owed, {proposal.id: proposal}, now)
    return True


def tell_milestone(work: Work, office: Office, petition: Proposal, now: datetime, *, dry: bool) -> bool:
    """Tell the organizers when a quarter, half and three quarters are reached, each once."""
    if petition.state not in COLLECTING:
        return False
    told = [int(str(percent)) for percent in _noted(work, petition, MILESTONE, "percent")]
    percent = milestone(petition.validated, petition.threshold, max(told, default=0))
    if not percent or dry:
        return bool(percent)
    headline = say(
        "%(validated)s of %(threshold)s signatures: %(title)s",
        validated=petition.validated,
        threshold=petition.threshold,
        title=petition.title,
    )
    lines = [say("%(percent)s %% of the signatures that are needed are there.", percent=percent)]
    tell_chiefs(work, office, petition, headline, lines, f"milestone-{percent}", now)
    proposals.note(work, petition.id, now, MILESTONE, Who.CLOCK, details={"percent": percent})
    return True


def tell_result(work: Work, office: Office, petition: Proposal, now: datetime, *, dry: bool) -> bool:
    """Say how a petition ended once all that arrived in time was read; one without its signatures lapses."""
    closes_at = petition.petition_closes_at
    if petition.state is not ProposalState.CLOSED or closes_at is None or why_not_counted(work, office, petition, now):
        return False
    if closes_at.isoformat() in _noted(work, petition, COUNTED, "closed_at"):
        return False
    has_qualified = petition.validated >= petition.threshold
    held = reminders.count_waiting(work, petition.id, closes_at)
    if not has_qualified and held and now < closes_at + HELD_MAX:
        return False  # a person may still find signatures among them
    if not has_qualified and _may_be_confirmed(work, office, petition, now):
        return _tell_of_waiting(work, office, petition, now, dry=dry)
    if dry:
        return True
    details = {"closed_at": closes_at.isoformat(), "validated": petition.validated}
    proposals.note(work, petition.id, now, COUNTED, Who.CLOCK, details=details)
    line = forecast_line(work, petition, now)
    if has_qualified:
        headline = say("Closed with the signatures it needs: %(title)s", title=petition.title)
        lines = [line, say("The next step is the committee: answer 'submit: checked by NAME', or ask the staff.")]
    else:
        proposals.move(work, petition.id, ProposalState.LAPSED, now)
        proposals.note(work, petition.id, now, Act.LAPSE, Who.CLOCK, f"{petition.validated} of {petition.threshold}")
        petition = proposals.proposal(work, office.kinds, petition.id)
        headline = say("Closed without the signatures it needs: %(title)s", title=petition.title)
        lines = [line, say("It has lapsed. If there shall be more time, extend it; the signatures are kept.")]
    tell_chiefs(work, office, petition, headline, lines, f"counted-{closes_at.isoformat()}", now, with_owner=True)
    return True


def _may_be_confirmed(work: Work, office: Office, petition: Proposal, now: datetime) -> bool:
    """Tell whether signatures that wait for their members' yes can still bring a closed petition what it needs."""
    until = confirm_until(petition)
    pending = signatures.tally(work, petition.id).get(SignatureState.PENDING, 0)
    if until is None or petition.validated + pending < petition.threshold:
        return False
    has_imap = office.settings.mailbox.imap is not None
    return not is_read_until(until, now, health.good_poll_at(work), has_imap=has_imap)


def _tell_of_waiting(work: Work, office: Office, petition: Proposal, now: datetime, *, dry: bool) -> bool:
    closes_at, until = petition.petition_closes_at, confirm_until(petition)
    assert closes_at is not None and until is not None
    is_told = closes_at.isoformat() in _noted(work, petition, AWAITED, "closed_at")
    if is_told or dry:
        return not is_told
    proposals.note(work, petition.id, now, AWAITED, Who.CLOCK, details={"closed_at": closes_at.isoformat()})
    words = deadline_words(until, petition.zone)
    lines = [
        forecast_line(work, petition, now),
        say(
            "Who signed before the close can still confirm it until %(when)s. Then you are told how it ended.",
            when=words,
        ),
    ]
    headline = say("Closed, and confirmations are awaited: %(title)s", title=petition.title)
    tell_chiefs(work, office, petition, headline, lines, f"waits-{closes_at.isoformat()}", now, with_owner=True)
    return True


def why_not_counted(work: Work, office: Office, petition: Proposal, now: datetime) -> str:
    """Say why it can't be told yet how a petition ended; "" when all that arrived before its close was read."""
    has_imap = office.settings.mailbox.imap is not None
    good_poll_at = health.good_poll_at(work)
    if is_counted_out(petition, now, good_poll_at, has_imap=has_imap):
        return ""
    if good_poll_at is None or petition.petition_closes_at is None:
        return say("the mailbox was not read since it closed")
    read = instant_words(good_poll_at, petition.zone)
    return say("mail that arrived before the close may be on its way; the mailbox was last read %(when)s", when=read)


def offer_time(work: Work, office: Office, proposal: Proposal, now: datetime, *, dry: bool) -> bool:
    """Offer organizers, liaison and the owner more time when the service was down past the end of a window."""
    gap = health.last_gap(work)
    is_feedback = proposal.state in BEFORE_PETITION
    closes_at = proposal.feedback_closes_at if is_feedback else proposal.petition_closes_at
    offer = extension_to_offer(closes_at, *gap, proposal.zone) if gap else None
    if offer is None or closes_at is None or closes_at.isoformat() in _noted(work, proposal, OFFERED, "closed_at"):
        return False
    on, until = offer
    act = Act.EXTEND_FEEDBACK if is_feedback else Act.EXTEND_PETITION
    opens_at = proposal.petition_opens_at
    if not may(proposal.state, act) or until <= now or (is_feedback and opens_at is not None and until > opens_at):
        return False
    if dry:
        return True
    proposals.note(work, proposal.id, now, OFFERED, Who.CLOCK, details={"closed_at": closes_at.isoformat()})
    assert gap is not None
    words = [instant_words(at, proposal.zone) for at in gap]
    lines = [
        say(
            "The mailbox could not be read from %(first)s to %(last)s, and the end of the window lay in between.",
            first=words[0],
            last=words[1],
        ),
        say("What arrived before the end counts all the same. But nobody was answered in that time."),
        say(
            "To give that time back, answer: extend to %(day)s: the mail service was down",
            day=f"{on:%B} {on.day}, {on.year}",
        ),
    ]
    headline = say("More time could be given: %(title)s", title=proposal.title)
    tell_chiefs(work, office, proposal, headline, lines, f"offer-{closes_at.isoformat()}", now, with_owner=True)
    return True


Tell = Callable[..., bool]
TELL: tuple[Tell, ...] = (remind, ask_to_open, tell_milestone, tell_result, offer_time)
