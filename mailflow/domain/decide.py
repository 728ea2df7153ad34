"""What follows from a reply: guards first, in the order a person would ask, then what the words say."""

from __future__ import annotations

from dataclasses import replace

from mailflow.domain.acts import ask_the_contact, ask_whether_it_was_them, held, keep_feedback
from mailflow.domain.decide_command import decide_command
from mailflow.domain.decide_digest import decide_digest
from mailflow.domain.decide_petition import decide_about_petition
from mailflow.domain.facts import Item, ReplyFacts
from mailflow.domain.identity import Identity, identify
from mailflow.domain.model import Proof, Proposal
from mailflow.domain.opt_out import object_scope, scope_asked, words
from mailflow.domain.outcome import AnswerQuestion, MailState, OptOut, Outcome, Owed, ResolveMail, Verdict
from mailflow.domain.question import CARRYING
from mailflow.domain.reading import Dmarc, Intent

EXPLICIT = frozenset({Intent.SIGN, Intent.WITHDRAW})


def decide_reply(facts: ReplyFacts) -> Outcome:
    """Say what follows from a mail that a person wrote. Pure: same facts, same outcome."""
    outcome = _decide(facts)
    if facts.key is None or facts.key.notice != "unclear_ask" or outcome.state is not MailState.READ:
        return outcome
    settled = ResolveMail(facts.key.about_n, Verdict.RESOLVED, "the member said in a later mail what they meant")
    return replace(outcome, records=(*outcome.records, settled))


def _decide(facts: ReplyFacts) -> Outcome:
    if facts.over:
        return held(facts, Verdict.OVER_LIMIT, "over a limit: " + ", ".join(facts.over))
    if facts.key is not None and facts.key.notice in CARRYING:
        return _answer_of_contact(facts)
    if (chosen := decide_digest(facts)) is not None:
        return chosen
    if (commanded := decide_command(facts)) is not None:
        return commanded
    who = identify(facts)
    item, why = _item(facts, who)
    if item is None:
        return _no_item(facts, who, why)
    reasons = (who.why, *facts.reading.reasons)
    if who.member is None:
        return _stranger(facts, who, item, reasons)
    if facts.key is not None and facts.key.notice == "was_that_you" and who.proof is Proof.CONFIRMED:
        return _was_it_them(facts, who)
    return _act(facts, who, item, reasons)


def _act(facts: ReplyFacts, who: Identity, item: Item, reasons: tuple[str, ...]) -> Outcome:
    if facts.reading.intent is Intent.UNSUBSCRIBE:
        return _unsubscribe(facts, who, item, reasons)
    if isinstance(item, Proposal) and _is_about_petition(facts, item):
        return decide_about_petition(facts, who, item, reasons)
    if who.proof is Proof.NONE:
        return ask_whether_it_was_them(facts, who, item.id, reasons)
    if facts.reading.intent is Intent.QUESTION:
        return ask_the_contact(facts, who, item, reasons)
    return keep_feedback(facts, who, item, reasons)


def _is_about_petition(facts: ReplyFacts, item: Proposal) -> bool:
    """A petition that was opened is what its mails are about; a mail asking for feedback stays about feedback."""
    if item.petition_opened_at is None:
        return False
    return facts.key is None or facts.key.notice not in {"proposal_open", "feedback_thanks", "meeting_changed"}


# --- which item -------------------------------------------------------------------------------------------------
def _item(facts: ReplyFacts, who: Identity) -> tuple[Item | None, str]:
    """Find what the mail is about: what its key names, else the one open window that fits."""
    if facts.item is not None:
        return facts.item, ""
    if len(facts.named) == 1:
        return facts.named[0], ""
    if len(facts.named) > 1:
        return None, "the subject fits more than one of our mails"
    if facts.reading.intent not in EXPLICIT:
        return None, "it answers nothing that we sent"
    if len(facts.windows) == 1:
        return facts.windows[0], ""
    return None, "no petition is open" if not facts.windows else "more than one petition is open, and it names none"


def _no_item(facts: ReplyFacts, who: Identity, why: str) -> Outcome:
    if facts.named or (facts.reading.intent in EXPLICIT and (facts.windows or who.member is not None)):
        verdict = Verdict.UNKNOWN_SENDER if who.member is None else Verdict.AMBIGUOUS
        return held(facts, verdict, who.why, why, *facts.reading.reasons)
    return Outcome(Verdict.NOT_OURS, MailState.READ, (why, who.why), is_stray=True)


# --- who --------------------------------------------------------------------------------------------------------
def _stranger(facts: ReplyFacts, who: Identity, item: Item, reasons: tuple[str, ...]) -> Outcome:
    if who.ask is not None:
        return ask_whether_it_was_them(facts, who, item.id, reasons)
    return replace(held(facts, Verdict.UNKNOWN_SENDER, *reasons), object_id=item.id)


def _was_it_them(facts: ReplyFacts, who: Identity) -> Outcome:
    """Act on the mail that waited, or drop it, as the member on file says."""
    waiting = facts.waiting
    if waiting is None or who.member is None:
        return Outcome(Verdict.RESOLVED, reasons=(who.why, "the mail that this is about was settled before"))
    if facts.reading.undoes or facts.reading.intent in {Intent.DECLINE, Intent.WITHDRAW}:
        settled = ResolveMail(waiting.n, Verdict.NOT_THEM, "the member on file says that it was not they")
        return Outcome(
            Verdict.NOT_THEM,
            reasons=(who.why, settled.reason),
            records=(settled,),
            object_id=waiting.object_id,
            member_id=who.member.member_id,
        )
    if facts.reading.intent is not Intent.SIGN:
        return held(facts, Verdict.UNCLEAR, who.why, "neither yes nor no", *facts.reading.reasons)
    # from here on as if the member had sent the mail that waited from the address on file
    then = replace(
        facts,
        reading=waiting.reading,
        new_text=waiting.new_text,
        arrived_at=waiting.arrived_at,
        message_id=waiting.message_id or facts.message_id,
        waiting=None,
        dmarc=Dmarc.PASS,
    )
    item = facts.item
    if item is None:
        return held(facts, Verdict.AMBIGUOUS, who.why, "what it was about is gone")
    outcome = _act(then, who, item, (who.why, "the member on file says that it was they"))
    settled = ResolveMail(waiting.n, Verdict.CONFIRMED_OTHER, "the member on file says that it was they")
    return replace(outcome, records=(*outcome.records, settled))


# --- what the words ask for -------------------------------------------------------------------------------------
def _unsubscribe(facts: ReplyFacts, who: Identity, item: Item, reasons: tuple[str, ...]) -> Outcome:
    """Stop the mail at once and tell the address on file, whoever asked (design: a forwarded mail holds the key)."""
    assert who.member is not None
    scope = scope_asked(f"{facts.subject} {facts.new_text}", object_scope(item))
    said = {"about_words": words(item, scope)}
    told = Owed("unsubscribed", item.id, who.member.member_id, version=str(facts.inbox_n), facts=said, is_answer=True)
    return Outcome(
        Verdict.UNSUBSCRIBED,
        reasons=reasons,
        records=(OptOut(who.member.member_id, scope),),
        owed=(told,),
        object_id=item.id,
        member_id=who.member.member_id,
        proof=who.proof,
    )


def _answer_of_contact(facts: ReplyFacts) -> Outcome:
    """Relay a contact's answer to the one who asked: new text only, each once (design rule 10)."""
    key, question = facts.key, facts.question
    assert key is not None
    if facts.from_address.casefold() != key.address.casefold() or facts.dmarc is Dmarc.FAIL:
        why = "it carries the key of a contact's mail, but is not provably from that contact"
        return held(facts, Verdict.UNKNOWN_SENDER, why)
    if question is None or not facts.new_text:
        return held(facts, Verdict.UNCLEAR, "an answer without words, or to a question that is not there")
    answer = Owed(
        "answer",
        question.object_id,
        question.member_id,
        version=str(facts.inbox_n),
        facts={"question": question.text, "answer": facts.new_text},
        in_reply_to=facts.thread,
        about_n=question.inbox_n,
    )
    return Outcome(
        Verdict.ANSWER,
        reasons=("the contact's answer: relayed to the member who asked",),
        records=(AnswerQuestion(question.n),),
        owed=(answer,),
        object_id=question.object_id,
        proof=Proof.KEY_FROM,
    )
