"""What speaks for each intent, gathered over a whole mail, sentence by sentence.

A clause that holds words of an act is evidence for that act only where it stands for what the writer says now and for
themselves: what words of signing amount to is told in intent_signing, what a question is in intent_question.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from mailflow.domain.reading import Context
from mailflow.mail.intent_language import choose_tables
from mailflow.mail.intent_question import is_question
from mailflow.mail.intent_seen import Said, look
from mailflow.mail.intent_signing import Place, judge_signing
from mailflow.mail.intent_spelling import spelled
from mailflow.mail.intent_text import Clause, cut

LONG_WORDS = 30
ANSWERS = (
    "yes",
    "no",
    "lone",
    "confirm",
    "sign",
    "request",
    "willing",
    "withdraw",
    "unsubscribe",
    "notme",
    "polite",
    "support",
)
SIGNINGS = ("sign", "request", "lone", "willing")  # evidence of a signature
_SIDE_REMARKS = ("condition", "hedge", "past", "third", "behalf", "irony", "but", "support", "receipt", "relation")
# a clause without any of these is evidence for nothing
_WEIGHED = frozenset((*ANSWERS, *_SIDE_REMARKS, "decline", "would")) - {"polite"}
QUOTED_WORDS_MAX = 12  # of a clause, in a reason


@dataclass(slots=True)
class Evidence:
    """What speaks for each intent, in the order of the text: (sentence number, words)."""

    found: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, what: str, at: int, clause: Clause) -> None:
        """Note a clause as evidence. at: the number of its sentence."""
        self.found.setdefault(what, []).append((at, " ".join(clause.raw[:QUOTED_WORDS_MAX])))

    def has(self, *names: str) -> bool:
        """Tell whether there is evidence of any of the names."""
        return any(name in self.found for name in names)

    def last(self, *names: str) -> int:
        """Give the number of the last sentence that is evidence of any of the names; -1: none."""
        return max((at for name in names for at, _ in self.found.get(name, ())), default=-1)

    def quote(self, name: str) -> str:
        """Give the words of the first evidence of a name."""
        return f"'{self.found[name][0][1]}'" if name in self.found else ""


@dataclass(frozen=True, slots=True)
class Words:
    """One mail's new words, with what they are evidence for. questions: the numbers of sentences to be answered."""

    context: Context
    language: str
    said: tuple[Said, ...]
    evidence: Evidence
    questions: tuple[int, ...]

    @property
    def word_count(self) -> int:
        """How many words there are."""
        return sum(said.sentence.word_count for said in self.said)

    def is_empty(self) -> bool:
        """Nothing but politeness and names."""
        return all(seen.is_filler() and not seen.has("support") for said in self.said for seen in said.clauses)

    def says_little_else(self) -> bool:
        """Nothing but an answer, politeness and names."""
        return all(seen.is_filler() or seen.has(*ANSWERS, "decline") for said in self.said for seen in said.clauses)

    def questions_are_by_the_way(self) -> bool:
        """A long opinion with a few questions in it, the last word being none."""
        asked = sum(self.said[n].sentence.word_count for n in self.questions)
        count = self.word_count
        ends = [n for n, said in enumerate(self.said) if not said.is_filler()]
        return count > LONG_WORDS and asked * 3 < count and ends[-1] not in self.questions


def weigh(text: str, context: Context) -> Words:
    """Read newly written words into evidence."""
    sentences = cut(text)
    language, tables = choose_tables(word for s in sentences for clause in s.clauses for word in clause.words)
    sentences = spelled(sentences, tuple(t.language for t in tables))
    said = tuple(Said(s, tuple(look(clause, tables) for clause in s.clauses)) for s in sentences)
    following = frozenset(t.language for t in tables if t.negation_follows)
    has_unquoted = any(not seen.clause.quoted for s in said for seen in s.clauses)
    evidence = Evidence()
    for number, sentence in enumerate(said):
        for at, seen in enumerate(sentence.clauses):
            if not (seen.categories.isdisjoint(_WEIGHED) or (seen.clause.quoted and has_unquoted)):
                _weigh_clause(evidence, Place(said, number, at, following))
    return Words(context, language, said, evidence, tuple(n for n in range(len(said)) if is_question(said, n)))


def _weigh_clause(evidence: Evidence, place: Place) -> None:
    number, seen = place.number, place.seen
    if not place.asks or seen.has("withdraw", "unsubscribe"):
        for category in _acts(place):
            evidence.add(category, number, seen.clause)
    if seen.has("would"):
        evidence.add("doubtful sign", number, seen.clause)
    signing = judge_signing(place)
    if signing:
        evidence.add(signing, number, seen.clause)
    if not (seen.categories.isdisjoint(_SIDE_REMARKS) or seen.is_name()):
        for category in _SIDE_REMARKS:
            if seen.has(category) and _is_remark(place, category):
                evidence.add(category, number, seen.clause)


def _is_remark(place: Place, category: str) -> bool:
    """'Not for my employer' speaks of nobody else; 'When will we know?' sets no condition."""
    if category in ("third", "behalf"):
        return place.seen.stands(category)
    return category != "condition" or not place.asks


def _acts(place: Place) -> list[str]:
    """Decline, withdraw, unsubscribe, not me, yes, no: a question about them is none of them."""
    seen = place.seen
    found = []
    for category in ("unsubscribe", "withdraw", "notme", "decline"):
        whole = seen.has(category) and not seen.of(category)
        if seen.has(category) and (not whole or place.is_alone) and (category == "decline" or seen.stands(category)):
            found.append(category)
    if seen.has("yes") and (place.is_alone or place.is_announced):
        found.append("yes")
    # 'this is editing, not signing': a short answer opens its sentence
    if seen.has("no") and (place.opens_sentence or place.is_announced):
        found.append("no")
    if seen.has("confirm"):
        found.append("confirm")
    return found
