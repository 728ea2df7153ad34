"""What words of signing amount to: the act itself, or one of the ways in which they don't. Doubt is no signature.

The rules stand in `_RULES`, in the order in which a careful clerk would ask; the first that holds gives the name of
what the words are. Where none holds, they are what they say.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from mailflow.mail.intent_seen import Said, Seen, within_any

_KINDS = ("sign", "request", "willing", "lone")
_ANSWERING = ("yes", "no", "lone", "confirm", "sign", "request", "willing", "withdraw", "unsubscribe", "notme")


@dataclass(frozen=True, slots=True)
class Place:
    """A clause in its sentence and mail. following: languages that put the negation behind the verb."""

    said: tuple[Said, ...]
    number: int
    at: int
    following: frozenset[str]

    @property
    def seen(self) -> Seen:
        """The clause itself."""
        return self.said[self.number].clauses[self.at]

    @property
    def sentence(self) -> tuple[Seen, ...]:
        """The clauses of its sentence."""
        return self.said[self.number].clauses

    @property
    def asks(self) -> bool:
        """Its sentence is a question."""
        return self.said[self.number].asks

    @property
    def is_alone(self) -> bool:
        """A one-word answer is one where its sentence holds nothing else: 'see the end, please' does not say END."""
        others = (seen for n, seen in enumerate(self.sentence) if n != self.at)
        return all(s.is_aside() or s.has(*_ANSWERING, "polite", "support") for s in others)

    @property
    def is_announced(self) -> bool:
        """'I did not hesitate: SIGN.'"""
        group = self.sentence
        return 0 < self.at == len(group) - 1 and group[self.at - 1].clause.after in (":", "：")

    @property
    def opens_sentence(self) -> bool:
        """Before it stands nothing but another answer or politeness."""
        openings = ("polite", "support", "yes", "no", "decline", "but", "irony")
        return all(s.is_filler() or s.has(*openings) for s in self.sentence[: self.at])


def judge_signing(place: Place) -> str:
    """Say what words of signing in a clause amount to: a kind of signing, or a doubt; "" where there are none."""
    seen = place.seen
    kind = next((c for c in _KINDS if seen.has(c)), "")
    if not kind or seen.has("decline", "withdraw", "unsubscribe", "notme", "would"):
        return ""
    return next((name for name, holds in _RULES if holds(place, kind)), kind)


def _is_for_something_else(place: Place, kind: str) -> bool:
    """'Count me in for the dinner', 'add my name to the guest list', 'if you want a tester, sign me up'."""
    offered = kind == "request" and any(s.has("offer") for s in place.sentence[: place.at])
    if offered or (kind == "request" and _names_something_else(place.seen)):
        return True
    return kind in ("request", "willing") and any(s.has("elsewhere") for s in place.sentence)


def _names_something_else(seen: Seen) -> bool:
    """'Sign me up as a tester': what is named after it can't be signed here."""
    end = seen.end_of("request")
    last = len(seen.clause.words)  # 'sign me on' leads to nothing
    leads = [h for h in seen.of("for") if h.start in (end - 1, end, end + 1) and h.end < last]
    return bool(leads) and not any(h.start >= leads[0].start for h in seen.of("object"))


def _is_asked(place: Place, kind: str) -> bool:
    """A question about signing; a request may be put as a question ('could you add my name?')."""
    if kind == "request":
        return place.asks and (place.sentence[0].has("inquiry") or place.seen.has("concede"))
    return place.asks or (kind != "lone" and place.seen.has("question", "asking"))


def _is_aside(place: Place, kind: str) -> bool:
    """A lone word among others: 'this is editing, signing, whatever'."""
    return kind == "lone" and not (place.sentence[0].has("self") or place.is_announced or place.is_alone)


def _is_closing(place: Place, kind: str) -> bool:
    """'Signed, Bill' under other words is a closing formula."""
    if kind != "lone" or not place.seen.has("closing"):
        return False
    before = any(not said.is_filler() for said in place.said[: place.number])
    after = [s for said in place.said[place.number :] for s in said.clauses][1:]
    return before and bool(after) and all(s.is_filler() for s in after)


def _is_negated(place: Place, kind: str) -> bool:
    """A negation before the act; in languages that put it last, anywhere in the clause."""
    acts = place.seen.of(kind)
    if kind == "lone" or not acts:
        return False
    end = max(h.end for h in acts)
    follows = any(h.language in place.following for h in acts)
    return any((follows or h.start < end) and not within_any(h, acts) for h in place.seen.of("negation"))


def _is_doubtful(place: Place, kind: str) -> bool:
    """A condition or an employer anywhere in the sentence, a hedge right before, somebody else, irony, a 'but'."""
    group, at = place.sentence, place.at
    if any(s.has("condition") or s.stands("behalf") for s in group) or _condition_follows(place):
        return True
    if any(s.has("hedge", "would") for s in group[max(at - 1, 0) : at + 1]):
        return True
    if kind != "request" and _is_demanded(place, kind):
        return True
    if kind == "request" and place.seen.has("relation"):
        return True  # 'please add my husband'
    return place.seen.stands("third") or place.seen.has("irony") or (kind != "lone" and _but_follows(place, kind))


def _is_demanded(place: Place, kind: str) -> bool:
    """'Change the title and I sign': what is demanded first is a condition."""
    start = min((h.start for h in place.seen.of(kind)), default=0)
    return any(s.has("demand") for s in place.sentence[: place.at]) or any(
        h.end <= start for h in place.seen.of("demand")
    )


def _condition_follows(place: Place) -> bool:
    """'I sign. But only if …': the next sentence takes back what this one said."""
    if place.number + 1 >= len(place.said):
        return False
    first = place.said[place.number + 1].clauses[0]
    return first.opens_with("but") and first.has("condition", "hedge")


def _but_follows(place: Place, kind: str) -> bool:
    """'Happy to sign, but …': a 'but' later in the sentence, or, after mere willingness, opening the next one."""
    later = list(place.sentence[place.at + 1 :])
    if kind == "willing" and place.number + 1 < len(place.said):
        later += place.said[place.number + 1].clauses[:1]
    end = place.seen.end_of(kind, otherwise=len(place.seen.clause.words))
    return any(s.opens_with("but") for s in later) or any(h.start >= end for h in place.seen.of("but"))


def _is_past(place: Place, kind: str) -> bool:
    """'I signed last week': nothing that happens now."""
    return kind != "request" and place.seen.has("past")


Rule = Callable[[Place, str], bool]
_RULES: tuple[tuple[str, Rule], ...] = (
    ("elsewhere", _is_for_something_else),
    ("asked", _is_asked),
    ("aside", _is_aside),
    ("closing", _is_closing),
    ("negated", _is_negated),
    ("doubtful sign", _is_doubtful),
    ("past", _is_past),
)
