"""Acts that several rules end in: hold, ask, keep, carry to a contact."""

from __future__ import annotations

from dataclasses import replace

from mailflow.domain.discretion import is_not_for_others
from mailflow.domain.facts import Item, ReplyFacts
from mailflow.domain.identity import Identity
from mailflow.domain.model import Feedback, Proposal, Question
from mailflow.domain.outcome import ONCE, AddFeedback, AddQuestion, MailState, Outcome, Owed, Verdict
from mailflow.domain.petition import is_collecting, is_live, takes_feedback


def held(facts: ReplyFacts, verdict: Verdict, *reasons: str) -> Outcome:
    """Leave the mail to a person, with the reasons."""
    object_id = facts.item.id if facts.item is not None else ""
    return Outcome(verdict, MailState.HELD, tuple(r for r in reasons if r), object_id=object_id)


def ask_whether_it_was_them(facts: ReplyFacts, who: Identity, object_id: str, reasons: tuple[str, ...]) -> Outcome:
    """Hold the mail, and ask the member on file, once a key: nothing goes to the address it came from."""
    if who.ask is None:
        return replace(held(facts, Verdict.UNKNOWN_SENDER, *reasons), object_id=object_id)
    by_key = facts.key.key if facts.key is not None else facts.arrived_at.strftime("%Y-%m-%d")
    asked = Owed(
        "was_that_you",
        object_id,
        who.ask.member_id,
        version=by_key,
        about_n=facts.inbox_n,
        is_answer=True,
    )
    why = (*reasons, "the member on file is asked whether it was they")
    return Outcome(
        Verdict.NOT_PROVED, MailState.HELD, why, owed=(asked,), object_id=object_id, member_id=who.ask.member_id
    )


def question_record(facts: ReplyFacts, who: Identity, item: Item) -> tuple[AddQuestion, Owed] | None:
    """Make the question and the mail that carries it to its contact; None when there is no contact to turn to."""
    contact = facts.contacts.get(item.id, "")
    if not contact or who.member is None:
        return None
    question = Question(0, item.id, who.member.member_id, contact, facts.new_text, facts.arrived_at, facts.inbox_n)
    carried = Owed(
        "question",
        item.id,
        f"mailto:{contact}",
        version=str(facts.inbox_n),
        facts={"question": facts.new_text, "asker_name": who.member.name},
        in_reply_to=facts.thread,
        about_n=facts.inbox_n,
    )
    return AddQuestion(question), carried


def ask_the_contact(facts: ReplyFacts, who: Identity, item: Item, reasons: tuple[str, ...]) -> Outcome:
    """Send a question to the one who answers for the item, and tell the asker so (design rule 10)."""
    assert who.member is not None
    if _is_for_staff(facts, item):
        return _leave_to_staff(facts, who, item, reasons)
    made = question_record(facts, who, item)
    if made is None:
        return replace(
            held(facts, Verdict.QUESTION, *reasons, "nobody is named who answers for this"),
            object_id=item.id,
            member_id=who.member.member_id,
        )
    received = Owed(
        "question_received",
        item.id,
        who.member.member_id,
        version=str(facts.inbox_n),
        in_reply_to=facts.message_id,
        is_answer=True,
    )
    return Outcome(
        Verdict.QUESTION,
        reasons=reasons,
        records=(made[0],),
        owed=(made[1], received),
        object_id=item.id,
        member_id=who.member.member_id,
        proof=who.proof,
    )


def keep_feedback(facts: ReplyFacts, who: Identity, item: Item, reasons: tuple[str, ...]) -> Outcome:
    """Keep what a member wrote about an item, in time or late, and thank them once."""
    assert who.member is not None
    if not facts.new_text:
        return ask_once(facts, who, item, (*reasons, "nothing was newly written"))
    if _is_for_staff(facts, item) and facts.reading.has_question:
        return _leave_to_staff(facts, who, item, reasons)
    late = isinstance(item, Proposal) and not takes_feedback(item, facts.arrived_at)
    if isinstance(item, Proposal) and item.feedback_closes_at is None:
        late = False
    kept = Feedback(
        item.id, who.member.member_id, who.member.name, facts.new_text, facts.arrived_at, late, facts.inbox_n
    )
    records: tuple[AddFeedback | AddQuestion, ...] = (AddFeedback(kept),)
    owed: tuple[Owed, ...] = (_thanks(facts, who.member.member_id, item, late=late),)
    asked = question_record(facts, who, item) if facts.reading.has_question else None
    if asked is not None:
        records, owed = (*records, asked[0]), (*owed, asked[1])
    told = "the feedback window had closed: kept as late" if late else "kept as feedback"
    return Outcome(
        Verdict.FEEDBACK,
        reasons=(*reasons, told),
        records=records,
        owed=owed,
        object_id=item.id,
        member_id=who.member.member_id,
        proof=who.proof,
    )


def _thanks(facts: ReplyFacts, member_id: str, item: Item, *, late: bool) -> Owed:
    for_staff = _is_for_staff(facts, item)
    return Owed(
        "feedback_thanks",
        item.id,
        member_id,
        version="late" if late else "for staff" if for_staff else ONCE,
        facts={"late": late, "for_staff": for_staff},
        in_reply_to=facts.message_id,
        is_answer=True,
    )


def _is_for_staff(facts: ReplyFacts, item: Item) -> bool:
    """Tell whether organizers, who are members themselves, may not see this; launches and notices staff answer for."""
    return isinstance(item, Proposal) and is_not_for_others(facts.new_text)


def _leave_to_staff(facts: ReplyFacts, who: Identity, item: Item, reasons: tuple[str, ...]) -> Outcome:
    """Let staff answer what the organizer, who else gets questions, may not see; the member is told that it came."""
    assert who.member is not None
    return replace(
        held(facts, Verdict.QUESTION, *reasons, "asks that others not see it: staff answer"),
        owed=(_thanks(facts, who.member.member_id, item, late=False),),
        object_id=item.id,
        member_id=who.member.member_id,
        proof=who.proof,
    )


def ask_once(facts: ReplyFacts, who: Identity, item: Item, reasons: tuple[str, ...]) -> Outcome:
    """Ask the member what they meant, once an item; the mail waits for the answer or for a person."""
    assert who.member is not None
    again = (item.id, who.member.member_id) in facts.asked
    asked = Owed(
        "unclear_ask",
        item.id,
        who.member.member_id,
        facts={"can_sign": _can_sign(facts, who.member.member_id, item)},
        in_reply_to=facts.message_id,
        about_n=facts.inbox_n,
        is_answer=True,
    )
    why = "asked before: a person decides" if again else "the member is asked, once"
    return Outcome(
        Verdict.UNCLEAR if again else Verdict.ASKED,
        MailState.HELD,
        (*reasons, why),
        owed=() if again else (asked,),
        object_id=item.id,
        member_id=who.member.member_id,
        proof=who.proof,
    )


def _can_sign(facts: ReplyFacts, member_id: str, item: Item) -> bool:
    """Tell whether SIGN would do something: who has signed, or comes after the close, is not asked for it."""
    signed = is_live(facts.signatures.get((item.id, member_id)))
    return isinstance(item, Proposal) and is_collecting(item, facts.arrived_at) and not signed
