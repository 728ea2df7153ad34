"""Carry out what somebody commanded by mail: the acts that the command line has too, in the transaction of their mail.

What can't be done is answered with the reason and what would do; it leaves no trace in what it was about.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from mailflow.domain import launch as launch_rules
from mailflow.domain.commands import Verb, answers
from mailflow.domain.decide_command import ANSWER, CONFIRM, possible_about
from mailflow.domain.lifecycle import Act as LifeAct
from mailflow.domain.lifecycle import require
from mailflow.domain.model import BEFORE_PETITION, Launch, Notice, NoticeState, Proposal, ProposalState
from mailflow.domain.outcome import CarryOut, Owed
from mailflow.domain.phrase import Sayable, Several, say, say_n, why
from mailflow.errors import InputError, Refused, TemplateError
from mailflow.service import launches, petitions, proposals
from mailflow.service.addressees import MAILTO
from mailflow.service.decisions import decide_by_mail, preview_decision
from mailflow.service.mailings import Preview, Sent
from mailflow.service.moving import Change, change_now
from mailflow.service.moving import preview_now as preview_change
from mailflow.service.office import Office
from mailflow.service.ordering import order_submission, preview_order
from mailflow.service.organizers import change_in
from mailflow.service.owing import owe
from mailflow.service.posts import posts_of
from mailflow.service.standing import status_lines
from mailflow.service.template_alarm import alarm
from mailflow.service.words import day_words, deadline_words, instant_words
from mailflow.store import launches as launch_store
from mailflow.store import proposals as proposal_store
from mailflow.store import reminders
from mailflow.store.engine import Work, savepoint


@dataclass(frozen=True, slots=True)
class Told:
    """What an answer says: its headline, its lines, and for a preview what it would send."""

    headline: str
    lines: tuple[str, ...] = ()
    preview: Preview | None = None
    is_question: bool = False  # asks for a yes
    is_answered: bool = False  # another mail is the answer already


def carry_out(work: Work, office: Office, order: CarryOut, inbox_n: int, now: datetime) -> list[Owed]:
    """Do what a command says, or show what it would do; gives the answer to the one who wrote it."""
    try:
        with savepoint(work):
            told = _carry_out(work, office, order, inbox_n, now)
    except TemplateError as error:
        owe(work, office, alarm(office, error, now), {}, now)
        words = say("A template has a mistake; staff are told, and nothing was mailed.")
        told = Told(say("Nothing was done"), (words,))
    except (Refused, InputError) as error:
        told = Told(say("Nothing was done"), (_sentence(why(error)),))
    if told.is_answered:
        return []
    return [_answer(work, office, order, told, inbox_n)]


def _carry_out(work: Work, office: Office, order: CarryOut, inbox_n: int, now: datetime) -> Told:
    verb = order.command.verb
    if verb is Verb.STATUS:
        ids = [order.object_id] if order.object_id else []
        posts = posts_of(work, office, order.address, ids)
        return Told(
            say("How things stand"), tuple(line for p in posts for line in status_lines(work, office, p.item, now))
        )
    acts = _PREVIEWS if not order.is_confirmed else _ACTS
    return acts[verb](work, office, order, inbox_n, now)


def _answer(work: Work, office: Office, order: CarryOut, told: Told, inbox_n: int) -> Owed:
    verbs = frozenset({Verb.YES, Verb.NO})
    if not told.is_question:
        ids = [order.object_id] if order.object_id else []
        posts = posts_of(work, office, order.address, ids)
        verbs = frozenset().union(*(possible_about(p.item, p.roles) for p in posts))
    facts: dict[str, object] = {"headline": told.headline, "lines": list(told.lines), "answers": answers(verbs)}
    if told.is_question:
        preview = told.preview
        facts["recipients"] = preview.recipients if preview else 0
        facts["left_out"] = preview.left_out if preview else {}
        facts["sample"] = _sample(preview)
    return Owed(
        CONFIRM if told.is_question else ANSWER,
        order.object_id,
        MAILTO + order.address,
        version=str(inbox_n),
        facts=facts,
        in_reply_to=order.in_reply_to,
        about_n=inbox_n,
        is_answer=True,
    )


def _sample(preview: Preview | None) -> str:
    if preview is None or not preview.samples:
        return ""
    first = preview.samples[0]
    return say("Subject: %(subject)s\n\n%(text)s", subject=first["subject"], text=first["text"])


def _sentence(text: str) -> str:
    whole = text if isinstance(text, Sayable) else "; ".join(str(text).split("\n"))
    return whole if whole.endswith(".") else Several.of([whole, "."])


# --- what it would do -------------------------------------------------------------------------------------------
Act = Callable[[Work, Office, CarryOut, int, datetime], Told]


def _proposal(work: Work, office: Office, order: CarryOut) -> Proposal:
    return proposal_store.lock(work, office.kinds, order.object_id)


def _preview_open(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    proposal = _proposal(work, office, order)
    if opens_feedback(proposal):
        preview = proposals.preview_now(work, office, proposal, now)
        return Told(
            say("Ask for feedback? %(title)s", title=proposal.title),
            (say("This asks the members for feedback."),),
            preview,
            True,
        )
    require(proposal.id, proposal.state, LifeAct.OPEN_PETITION)
    preview = petitions.preview_now(work, office, proposal, now)
    lines = (say("This opens the petition for signatures."),)
    return Told(say("Open the petition? %(title)s", title=proposal.title), lines, preview, True)


def opens_feedback(proposal: Proposal) -> bool:
    """Tell what `open` means: a draft with a feedback window asks for feedback first."""
    return proposal.state is ProposalState.DRAFT and proposal.feedback_closes_at is not None


def _preview_extend(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    proposal, until = _proposal(work, office, order), order.command.until
    assert until is not None
    is_feedback = proposal.state in BEFORE_PETITION
    extended = proposals.extended(proposal, until, now) if is_feedback else petitions.extended(proposal, until, now)
    asked = "proposal_open" if is_feedback else "petition_invitation"
    told = reminders.count_unanswered(work, proposal.id, asked)
    words = deadline_words(until, extended.zone)
    feedback = say("Feedback would be taken until %(when)s.", when=words)
    lines: list[str] = [feedback if is_feedback else say("Signatures would be taken until %(when)s.", when=words)]
    lines.append(
        say("The reason that is told: %(reason)s", reason=order.command.reason)
        if order.command.reason
        else say("No reason is told; to give one, write: extend to June 30: the reason")
    )
    lines.append(say("Those who were asked and have not answered are told that there is more time."))
    return Told(say("More time? %(title)s", title=proposal.title), tuple(lines), Preview(told, {}, []), True)


def _preview_close(work: Work, office: Office, order: CarryOut, _n: int, _now: datetime) -> Told:
    proposal = _proposal(work, office, order)
    petitions.require_closable(proposal)
    lines = (
        say(
            "It has %(validated)s signatures that count; %(threshold)s are needed.",
            validated=proposal.validated,
            threshold=proposal.threshold,
        ),
        say("Mail that arrived before the close still counts. Members are not mailed about the close."),
    )
    return Told(say("Close the petition now? %(title)s", title=proposal.title), lines, None, True)


def _preview_send(work: Work, office: Office, order: CarryOut, inbox_n: int, now: datetime) -> Told:
    notice = _notice(work, order)
    more = {"in_reply_to": order.in_reply_to, "about_n": inbox_n, "is_answer": True}
    if launches.show_to_contact(work, office, notice, now, str(inbox_n), to=order.address, **more):
        return Told("", is_answered=True)
    raise Refused(say("%(id)s has no contact who could be shown it", id=notice.id))


def _notice(work: Work, order: CarryOut) -> Notice:
    """Give the notice that is meant: itself, or the one that its launch has ready."""
    found = launch_store.notices(work, [order.object_id]).get(order.object_id)
    if found is not None:
        return found
    ready = [
        n
        for n in launch_store.notices(work, launch_id=order.object_id).values()
        if n.state in {NoticeState.PREPARED, NoticeState.SENDING}
    ]
    if not ready:
        raise Refused(
            say("%(id)s has no notice that is ready; slip, set date and launched prepare one", id=order.object_id)
        )
    return ready[-1]


# --- what it does -----------------------------------------------------------------------------------------------
def _open(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    proposal = _proposal(work, office, order)
    if opens_feedback(proposal):
        sent = proposals.open_now(work, office, proposal.id, order.by, now)
        return Told(say("Feedback is asked for: %(title)s", title=proposal.title), (_sent(sent),))
    require(proposal.id, proposal.state, LifeAct.OPEN_PETITION)
    sent = petitions.open_now(work, office, proposal.id, order.by, now)
    return Told(say("The petition is open: %(title)s", title=proposal.title), (_sent(sent),))


def _sent(sent: Sent) -> str:
    out = Several.of(say("; left out: %(n)s (%(reason)s)", n=n, reason=why) for why, n in sent.left_out.items())
    return say_n(
        "%(n)s mail is on its way%(left_out)s.", "%(n)s mails are on their way%(left_out)s.", sent.queued, left_out=out
    )


def _extend(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    proposal, until = _proposal(work, office, order), order.command.until
    assert until is not None
    extend_now = proposals.extend_now if proposal.state in BEFORE_PETITION else petitions.extend_now
    told = extend_now(work, office, proposal.id, until, order.command.reason, order.by, now)
    words = deadline_words(until, proposal.zone)
    line = say_n(
        "It now runs until %(when)s; %(n)s member is told.",
        "It now runs until %(when)s; %(n)s members are told.",
        told,
        when=words,
    )
    return Told(say("There is more time: %(title)s", title=proposal.title), (line,))


def _close(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    proposal = _proposal(work, office, order)
    petitions.close_now(work, office, proposal.id, order.by, now, order.command.reason)
    line = say(
        "It has %(validated)s signatures that count; mail that is on its way may still add some.",
        validated=proposal.validated,
    )
    return Told(say("The petition is closed: %(title)s", title=proposal.title), (line,))


def _hold(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    if order.object_id in proposal_store.proposals(work, office.kinds, [order.object_id]):
        proposal = petitions.hold_opening(work, office, order.object_id, order.by, now)
        line = say("The petition does not open by itself; answer 'open' to open it.")
        return Told(say("On hold: %(title)s", title=proposal.title), (line,))
    notice = launches.stop_now(work, _notice(work, order).id, now)
    if notice.state is NoticeState.PREPARED:
        line = say("%(id)s was not sent and is not, until you answer 'send'.", id=notice.id)
        return Told(say("On hold: %(title)s", title=notice.subject), (line,))
    line = say("What of %(id)s had not left is not sent any more.", id=notice.id)
    return Told(say("Stopped: %(title)s", title=notice.subject), (line,))


def _send(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    notice = _notice(work, order)
    return Told(
        say("On its way: %(title)s", title=notice.subject), (_sent(launches.send_now(work, office, notice.id, now)),)
    )


def _slip(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    to_on, reason = order.command.to_on, order.command.reason
    title = launch_store.launch(work, order.object_id).title
    day = day_words(to_on) if to_on else say("a day that is told later")
    noted = say("Noted: %(title)s is put off to %(day)s", title=title, day=day)
    return _move(work, office, order, lambda one: launch_rules.slip(one, to_on, reason, now), noted, now)


def _set_date(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    to_on = order.command.to_on
    assert to_on is not None
    title = launch_store.launch(work, order.object_id).title
    noted = say("Noted: %(title)s is set for %(day)s", title=title, day=day_words(to_on))
    return _move(work, office, order, lambda one: launch_rules.set_date(one, to_on, now), noted, now)


def _launched(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    on = office.today(now)
    noted = say("Noted: %(title)s is launched", title=launch_store.launch(work, order.object_id).title)
    return _move(work, office, order, lambda one: launch_rules.launched(one, on, now), noted, now)


def _move(
    work: Work, office: Office, order: CarryOut, change: Callable[[Launch], Launch], noted: str, now: datetime
) -> Told:
    notice = launches.move_now(work, office, order.object_id, change, now)
    line = say("%(id)s tells it and is not sent yet: you get it to look at, and 'send' sends it.", id=notice.id)
    return Told(noted, (line,))


def _decide(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    headline, lines = decide_by_mail(work, office, order, now)
    return Told(headline, tuple(lines))


def _preview_decide(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    headline, lines = preview_decision(work, office, order, now)
    return Told(headline, tuple(lines), None, True)


def _preview_submit(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    headline, lines, asks = preview_order(work, office, order, now)
    return Told(headline, tuple(lines), None, asks)


def _submit(work: Work, office: Office, order: CarryOut, inbox_n: int, now: datetime) -> Told:
    headline, lines, _ = order_submission(work, office, order, inbox_n, now)
    return Told(headline, tuple(lines))


def _address(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    changes = {"address": order.command.reason}
    who = order.command.name or order.address
    after = change_in(work, office, order.object_id, who, changes, order.by, now)
    line = say("It stands in the packet for the committee, and nowhere else.")
    return Told(say("Noted: the postal address of %(name)s", name=after.name), (line,))


def _change(order: CarryOut) -> Change:
    command = order.command
    return Change(command.number, command.until, None, command.until is None, command.reason)


def _preview_meeting(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    proposal, change = _proposal(work, office, order), _change(order)
    preview = preview_change(work, office, proposal, change, now)
    if change.is_off:
        return Told(say("Call off the meeting? %(title)s", title=proposal.title), (), preview, True)
    assert change.starts_at is not None
    line = say("It would begin %(when)s.", when=instant_words(change.starts_at, proposal.zone))
    return Told(say("Move the meeting? %(title)s", title=proposal.title), (line,), preview, True)


def _meeting(work: Work, office: Office, order: CarryOut, _n: int, now: datetime) -> Told:
    change = _change(order)
    sent = change_now(work, office, order.object_id, change, order.by, now)
    title = _proposal(work, office, order).title
    done = say("The meeting is called off: %(title)s", title=title)
    return Told(done if change.is_off else say("The meeting has moved: %(title)s", title=title), (_sent(sent),))


_PREVIEWS: dict[Verb, Act] = {
    Verb.MEETING: _preview_meeting,
    Verb.OPEN: _preview_open,
    Verb.EXTEND: _preview_extend,
    Verb.CLOSE: _preview_close,
    Verb.SEND: _preview_send,
    Verb.APPROVE: _preview_decide,
    Verb.RETURN: _preview_decide,
    Verb.SUBMIT: _preview_submit,
}
_ACTS: dict[Verb, Act] = {
    Verb.MEETING: _meeting,
    Verb.OPEN: _open,
    Verb.EXTEND: _extend,
    Verb.CLOSE: _close,
    Verb.HOLD: _hold,
    Verb.SEND: _send,
    Verb.SLIP: _slip,
    Verb.SET_DATE: _set_date,
    Verb.LAUNCHED: _launched,
    Verb.ACKNOWLEDGE: _decide,
    Verb.APPROVE: _decide,
    Verb.RETURN: _decide,
    Verb.REPORT: _decide,
    Verb.SUBMIT: _submit,
    Verb.ADDRESS: _address,
}
