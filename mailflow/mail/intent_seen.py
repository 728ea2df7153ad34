"""What one clause holds: the phrases found in it, their categories, and the words that are left without politeness."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mailflow.mail.intent_match import UNSPACED, Hit, Table, find, whole_categories
from mailflow.mail.intent_text import Clause, Sentence

NAME_WORDS_MAX = 5  # a clause of at most so many words may be a name under an answer
FILLER_WORDS_MAX = 6
CASELESS_NAME_CHARS_MAX = 3
PLAIN_ANSWERS = frozenset(("yes", "no", "lone", "confirm"))
_HEDGES = frozenset(("condition", "hedge", "negation", "question", "asking"))
_NEUTRAL = frozenset(("not condition", "offer", "polite", "object", "for", "decoy", "lead", "but", "negation"))
_NARROW = "not "  # 'not hedge' and its like drop hits of the category they name
_HOLDING = ("unsubscribe", "withdraw", "sign", "decline")
_TAKEN_AWAY = frozenset(("polite", "lead"))
_STANDING = frozenset(("decoy", "polite", "object", "for"))
_NAME_JOINTS = frozenset(
    ("of", "for", "and", "the", "de", "du", "des", "la", "del", "di", "da", "von", "van", "der", "für", "und")
)


@dataclass(slots=True)
class Seen:
    """What one clause holds. core: its words without politeness."""

    clause: Clause
    hits: list[Hit]
    categories: frozenset[str]
    core: str

    def has(self, *categories: str) -> bool:
        """Tell whether any of the categories is there."""
        return not self.categories.isdisjoint(categories)

    def of(self, category: str) -> list[Hit]:
        """Give the phrases of a category; none where only the clause as a whole says it."""
        return [h for h in self.hits if h.category == category]

    def end_of(self, category: str, otherwise: int = 0) -> int:
        """Tell where the last phrase of a category ends."""
        return max((h.end for h in self.hits if h.category == category), default=otherwise)

    def opens_with(self, category: str) -> bool:
        """Tell whether a phrase of the category stands first."""
        return any(h.category == category and h.start == 0 for h in self.hits)

    def stands(self, category: str) -> bool:
        """Tell whether a phrase is there and not denied right before it: 'not for my employer' is nobody else."""
        phrases = self.of(category)
        if not phrases:
            return self.has(category)
        denials = self.of("negation")
        return any(not any(0 <= h.start - d.end <= 1 for d in denials) for h in phrases)

    def is_name(self) -> bool:
        """Two to five capitalised words that no phrase opens: 'Pham Thu Ha' is no laughter."""
        raw = self.clause.raw
        return 1 < len(raw) <= NAME_WORDS_MAX and all(w[:1].isupper() for w in raw) and all(h.start for h in self.hits)

    def is_aside(self) -> bool:
        """Filler beside an answer in one sentence; scripts without capitals don't tell a name there, unless short."""
        if not self.is_filler() or not self.core.strip() or self.has("polite"):
            return self.is_filler()
        letters = self.clause.joined
        return letters.upper() != letters or len(letters) <= CASELESS_NAME_CHARS_MAX or not letters.isalpha()

    def is_filler(self) -> bool:
        """Politeness, a name or a number: nothing that changes an answer."""
        if self.categories - _NEUTRAL:
            return False
        if not self.core.strip() or (self.has("polite") and len(self.clause.words) <= FILLER_WORDS_MAX):
            return True
        raw = self.clause.raw
        if len(raw) > NAME_WORDS_MAX or raw[0][0].islower() or raw[-1][0].islower():
            return False
        return all(not word[0].islower() or word in _NAME_JOINTS for word in raw)


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence with what each of its clauses holds."""

    sentence: Sentence
    clauses: tuple[Seen, ...]

    @property
    def asks(self) -> bool:
        """It ends with (or opens with) a question mark."""
        return self.sentence.asks

    def has(self, *categories: str) -> bool:
        """Tell whether any clause holds any of the categories."""
        return any(seen.has(*categories) for seen in self.clauses)

    def is_filler(self) -> bool:
        """Nothing in it changes an answer."""
        return all(seen.is_filler() for seen in self.clauses)


def look(clause: Clause, tables: tuple[Table, ...]) -> Seen:
    """Find every phrase of the tables in a clause, and what the clause says as a whole."""
    hits = find(clause, tables)
    found = {h.category for h in hits}
    if "decoy" in found or any(category.startswith(_NARROW) for category in found):
        hits = _without_decoys(hits)
        found = {h.category for h in hits}
    core = " ".join(clause.words) if found.isdisjoint(_TAKEN_AWAY) else _core(clause, hits)
    whole = whole_categories(clause, core, tables)
    if not whole.isdisjoint(PLAIN_ANSWERS):
        # 'Sí' is a yes, though 'si' is also an if
        found -= _HEDGES
    return Seen(clause, hits, frozenset(found | whole), core)


def within_any(hit: Hit, others: Iterable[Hit]) -> bool:
    """Tell whether a phrase lies within one of the others."""
    return any(o.start <= hit.start and hit.end <= o.end for o in others)


def _without_decoys(hits: list[Hit]) -> list[Hit]:
    """Drop what a decoy covers; 'not condition' and the like drop only hits of the category they name."""
    decoys = [h for h in hits if h.category == "decoy"]
    narrow = [h for h in hits if h.category.startswith(_NARROW)]
    kept = [h for h in hits if h.category in _STANDING or not _overlaps(h, _not_held(h, decoys))]
    return [h for h in kept if not _overlaps(h, [n for n in narrow if n.category[4:] == h.category])]


def _not_held(hit: Hit, decoys: list[Hit]) -> list[Hit]:
    """Decoys but those that a longer phrase holds: 'cancel my subscription' is more than 'subscription'."""
    if hit.category not in _HOLDING:
        return decoys
    return [
        d for d in decoys if not (hit.start <= d.start and d.end <= hit.end and d.end - d.start < hit.end - hit.start)
    ]


def _overlaps(hit: Hit, others: Sequence[Hit]) -> bool:
    plain = hit.language in UNSPACED
    return any(hit.start < o.end and o.start < hit.end and (o.language in UNSPACED) == plain for o in others)


def _core(clause: Clause, hits: list[Hit]) -> str:
    """The words of a clause without politeness; without spaces where the politeness is of a script without them."""
    polite = {n for h in hits if h.category == "polite" and h.language not in UNSPACED for n in range(h.start, h.end)}
    for lead in sorted((h.start, h.end) for h in hits if h.category == "lead"):
        if all(n in polite for n in range(lead[0])):
            polite.update(range(*lead))
    letters = {n for h in hits if h.category == "polite" and h.language in UNSPACED for n in range(h.start, h.end)}
    if letters:
        return "".join(letter for n, letter in enumerate(clause.joined) if n not in letters)
    return " ".join(word for n, word in enumerate(clause.words) if n not in polite)
