"""From evidence to one intent: ladders of guards, in the order in which a careful clerk would ask.

Each step that decides says so, in words a clerk understands.
"""

from __future__ import annotations

from mailflow.domain.reading import Context, Intent
from mailflow.mail.intent_evidence import SIGNINGS, Evidence, Words

SIGNABLE = (Context.PETITION, Context.CONFIRM, Context.NONE)
SHORT_WORDS = 8
OPINION_WORDS = 25  # a text of so many words is an opinion, whatever it approves of

Decision = tuple[Intent, list[str]]


def decide(words: Words) -> Decision:
    """Say what a mail's words ask for. In a proposal, launch or announcement nothing is signed."""
    if words.context not in SIGNABLE:
        return _decide_talk(words)
    e = words.evidence
    if e.has("notme"):
        return _decide_not_me(words)
    if e.has("unsubscribe") and not e.has("withdraw"):
        if e.has(*SIGNINGS):
            return Intent.UNCLEAR, ["signs and wants no more mail: a person decides", *_signing_reason(e)]
        return Intent.UNSUBSCRIBE, [f"wants no more mail: {e.quote('unsubscribe')}"]
    if e.has("withdraw"):
        if e.has(*SIGNINGS) and e.last(*SIGNINGS) > e.last("withdraw"):
            return Intent.UNCLEAR, [f"takes a signature back and signs: {e.quote('withdraw')}"]
        return Intent.WITHDRAW, [f"takes a signature back: {e.quote('withdraw')}"]
    if e.has(*SIGNINGS):
        return _decide_sign(words)
    if e.has("decline"):
        if e.has("condition") and not e.has("but", "no"):
            return Intent.UNCLEAR, [f"declines under a condition: {e.quote('decline')}"]
        return Intent.DECLINE, [f"does not sign: {e.quote('decline')}"]
    return _decide_short_answer(words)


def _decide_not_me(words: Words) -> Decision:
    e = words.evidence
    if words.context is Context.CONFIRM:  # nothing counts yet that could be taken back
        return Intent.DECLINE, [f"says that it was not them: {e.quote('notme')}"]
    return Intent.WITHDRAW, [f"says that somebody else acted in their name: {e.quote('notme')}"]


def _signing_reason(e: Evidence) -> list[str]:
    said = {
        "sign": "signs in words",
        "lone": "the answer is the act itself",
        "request": "asks to put their name down",
        "willing": "gladly signs",
    }
    return [f"{words}: {e.quote(name)}" for name, words in said.items() if e.has(name)][:1]


def _decide_sign(words: Words) -> Decision:
    """There are words of signing that stand: does anything else in the mail take them back?"""
    e = words.evidence
    if e.has("decline", "no"):
        if e.last("decline", "no") >= e.last(*SIGNINGS):
            return Intent.DECLINE, [f"says no last, after words of signing: {e.quote('decline') or e.quote('no')}"]
        if e.has("decline"):
            return Intent.UNCLEAR, [f"declines and signs: {e.quote('decline')}"]
    if e.has("irony"):
        return Intent.UNCLEAR, [f"may not be meant: {e.quote('irony')}"]
    if e.has("doubtful sign", "behalf") and not e.has("sign", "lone"):
        return Intent.UNCLEAR, [f"signs and hedges: {e.quote('doubtful sign')}"]
    reasons = _signing_reason(e)
    if words.questions and not e.has("sign", "request", "lone"):
        return Intent.QUESTION, [f"would gladly sign, and asks first: {e.quote('willing')}"]
    if words.questions:
        reasons.append("also asks something")
    return Intent.SIGN, reasons


def _decide_short_answer(words: Words) -> Decision:
    """A plain yes or no is read by what was asked."""
    e = words.evidence
    if e.has("no") and not e.has("yes"):
        if words.context is Context.NONE:
            return Intent.UNCLEAR, ["a bare no, and it is not known what it answers"]
        return Intent.DECLINE, [f"answers no: {e.quote('no')}"]
    confirmed = words.context is Context.CONFIRM and e.has("confirm")
    if (e.has("yes") or confirmed) and not e.has("no"):
        return _decide_yes(words, "yes" if e.has("yes") else "confirm")
    return _decide_undecided(words)


_DOUBTS_OF_A_YES = {
    "condition": "a condition",
    "hedge": "a hedge",
    "third": "somebody else",
    "behalf": "an employer",
    "receipt": "a mail that arrived",
    "irony": "irony",
    "but": "a 'but'",
    "past": "an earlier act",
    "asked": "a question about signing",
    "elsewhere": "something else",
}


def _decide_yes(words: Words, name: str) -> Decision:
    e = words.evidence
    if words.context is Context.NONE:
        return Intent.UNCLEAR, ["a bare yes, and it is not known what it answers"]
    for doubt, told in _DOUBTS_OF_A_YES.items():
        if doubt == "past" and words.context is Context.CONFIRM:
            continue  # the earlier act is what was asked about
        if e.has(doubt):
            return Intent.UNCLEAR, [f"says yes, with {told}: {e.quote(doubt)}"]
    if e.found[name][0][0] > 0 and not words.says_little_else():
        return Intent.UNCLEAR, [f"a yes within other words: {e.quote(name)}"]
    if any(words.said[n].sentence.word_count == 1 for n in words.questions):
        return Intent.UNCLEAR, [f"says yes, and asks back: {e.quote(name)}"]  # 'Yes, I am a member. Why?'
    return Intent.SIGN, [f"answers yes to the question whether they sign: {e.quote(name)}"]


_UNDECIDED = {
    "doubtful sign": "speaks of signing under a condition, later, or for somebody else",
    "past": "speaks of an earlier signature",
    "third": "speaks for somebody else",
    "behalf": "speaks for an employer or group",
    "relation": "speaks of somebody else",
    "hedge": "has not decided",
    "condition": "sets a condition",
    "support": "approves, and does not sign",
    "confirm": "agrees, and does not sign",
    "elsewhere": "wants to be counted in for something else",
}
_UNCLEAR_AT_ANY_LENGTH = ("doubtful sign", "past", "third", "behalf", "elsewhere", "confirm")


def _decide_undecided(words: Words) -> Decision:
    e = words.evidence
    if words.is_empty():
        return Intent.UNCLEAR, ["nothing was newly written"]
    if words.questions:
        return Intent.QUESTION, ["asks something and decides nothing"]
    count = words.word_count
    for name, told in _UNDECIDED.items():
        if e.has(name) and (name in _UNCLEAR_AT_ANY_LENGTH or count < OPINION_WORDS):
            return Intent.UNCLEAR, [f"{told}: {e.quote(name)}"]
    if count < SHORT_WORDS:
        return Intent.UNCLEAR, ["too short to tell what is meant"]
    return Intent.COMMENT, ["feedback, without a decision on signing"]


def _decide_talk(words: Words) -> Decision:
    """Proposal, launch, announcement: nothing is signed there."""
    e = words.evidence
    if e.has("unsubscribe"):
        return Intent.UNSUBSCRIBE, [f"wants no more mail: {e.quote('unsubscribe')}"]
    if words.word_count == 0:
        return Intent.UNCLEAR, ["nothing was newly written"]
    if words.questions and not words.questions_are_by_the_way():
        return Intent.QUESTION, ["asks something"]
    return Intent.COMMENT, ["feedback; nothing is signed here"]
