"""Which bodies that exist have a purpose like that of a new proposal? Words in common, weighed by how rare they are.

A hint for people, not a verdict: what it finds is shown to the organizer and the liaison, who know what it means.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

UNIT = "unit"
LIKE = 0.45  # from here on it is shown; chosen on the pairs in tests/unit/domain/overlap_pairs.py
SHOWN_MAX = 5
TEXT_MAX = 20_000  # characters that are looked at
# how much a word says: in the title, as a unit's tag, several times in the text, once
_TITLE, _TAG, _OFTEN, _ONCE = 1.0, 0.7, 0.6, 0.3
_UNSEEN = 50  # bodies that a young association has not yet: two of three that say a word do not make it common
_BACKGROUND = 0.1  # of its weight is left to a word that the association says of every body


@dataclass(frozen=True, slots=True)
class Body:
    """Something that exists or was proposed. what: "unit", "group" or "proposal". text: its statement and tags."""

    id: str
    what: str
    title: str
    text: str = ""


@dataclass(frozen=True, slots=True)
class Overlap:
    """A body like the new proposal. score: 0 to 1. shared: the words in common, the most telling first."""

    body: Body
    score: float
    shared: tuple[str, ...]


def overlaps(new: Body, bodies: Sequence[Body], background: str = "") -> tuple[Overlap, ...]:
    """Give the bodies whose purpose is like the new one's, the most alike first; at most SHOWN_MAX.

    background: words that the association says of all its bodies (its name, the description of the kind), which
    tell one from another little.
    """
    others = [body for body in bodies if body.id != new.id]
    said = {body.id: _said(body) for body in (new, *others)}
    rarity = _rarity(said.values(), _stems(background))
    found = [_compare(said[new.id], said[body.id], body, rarity) for body in others]
    alike = [one for one in found if one.score >= LIKE]
    return tuple(sorted(alike, key=lambda one: (-one.score, one.body.id))[:SHOWN_MAX])


@dataclass(frozen=True, slots=True)
class _Said:
    """How much each stem says of a body, and a word for each as it was written."""

    weight: Mapping[str, float]
    written: Mapping[str, str]


def _said(body: Body) -> _Said:
    title, text = _stems(body.title), _stems(body.text[:TEXT_MAX])
    counts = Counter(text.values())
    once, often = (_TAG, _TAG) if body.what == UNIT else (_ONCE, _OFTEN)
    weight = {stem: often if n > 1 else once for stem, n in counts.items()}
    weight |= dict.fromkeys(title.values(), _TITLE)
    written = {stem: word for word, stem in (*text.pairs, *title.pairs)}
    return _Said(weight, written)


class _Words:
    """The words of a text with their stems, in order."""

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)

    def values(self) -> list[str]:
        """Give the stems, as often as they stand there."""
        return [stem for _, stem in self.pairs]


def _rarity(said: Collection[_Said], background: _Words) -> dict[str, float]:
    """Weigh each stem by the bodies that have it (inverse document frequency); little for what is said of all."""
    bodies = Counter(stem for one in said for stem in one.weight)
    common = set(background.values())
    known = len(said) + _UNSEEN
    rarity = {stem: math.log(1 + known / n) / math.log(1 + known) for stem, n in bodies.items()}
    return {stem: value * (_BACKGROUND if stem in common else 1.0) for stem, value in rarity.items()}


def _compare(new: _Said, other: _Said, body: Body, rarity: Mapping[str, float]) -> Overlap:
    """Take each word in common for a sign: how sure all of them together make it that the purposes are alike."""
    signs = {
        stem: rarity[stem] ** 2 * new.weight[stem] * other.weight[stem]
        for stem in new.weight.keys() & other.weight.keys()
    }
    score = 1 - math.prod(1 - sign for sign in signs.values())
    telling = sorted(signs, key=lambda stem: (-signs[stem], stem))
    return Overlap(body, round(score, 3), tuple(new.written[stem] for stem in telling[:SHOWN_MAX]))


# --- words ------------------------------------------------------------------------------------------------------
_WORD = re.compile(r"[^\W\d_]{3,40}")
# words of every proposal: of the language, of meeting and working together, of the bodies of an association
_COMMON = frozenset(
    _WORD.findall(
        """
    about above after again against all also among and any are around because been before being below between both
    but can could did does doing down during each either few for from further had has have having here how into its
    itself just less like made make makes many may might more most much must need needs neither nobody none nor not
    nothing now off once one ones only other others our ours out over own place places same several shall she should
    since some somebody someone something still such than that the their them themselves then there these they thing
    things this those three through too two under until upon use used uses using very was way ways well were what
    when where which while who whoever whom whose why will with within without would you your yet first second new
    year years month months week day days time today hour hours often long short small large good better best great
    every everybody everyone work works working worked worker workers help helps helping share shares shared sharing
    meet meets meeting meetings learn learns learning keep keeps gather gathers bring brings give gives take takes
    get gets find finds want wants wish ask asks say says tell tells write writes read talk talks discuss discusses
    discussing discussion discussions plan plans offer offers hold holds build builds create creates support
    supports supporting promote promotes advance advances improve improves provide provides encourage encourages
    foster fosters develop develops serve serves exist exists call calls online web list lists open together common
    purpose concern concerns interest interests interested question questions answer answers idea ideas experience
    experiences practice practices lesson lessons example examples guide guides report reports project projects
    program programs programme programmes topic topics issue issues association society organization organizations
    group groups member members membership initiative committee committees division divisions round table tables
    section sections unit units task force council board chapter chapters network office forum caucus roundtable
    proposal petition body bodies profession professional professionals user users drive drives campaign campaigns
    people person staff colleague colleagues community communities service services international national state
    local
        """
    )
)
_ENDINGS = (
    "ization", "isation", "ational", "fulness", "iveness", "ations", "ities", "ation", "ments", "ness", "ment", "ings",
    "ions", "ians", "ical", "able", "ible", "ists", "isms", "ity", "ies", "ing", "ion", "ian", "ers", "ist", "ism",
    "ial", "ive", "ous", "ary", "ed", "er", "al", "ic", "es", "ly", "y", "s", "e",
)  # fmt: skip
_STEM_MIN = 4


def _stems(text: str) -> _Words:
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(c for c in folded if not unicodedata.combining(c))
    return _Words((word, _stem(word)) for word in _WORD.findall(plain) if word not in _COMMON)


def _stem(word: str) -> str:
    """Cut the ending of a word, so that its forms are one: preserve, preserving, preservation."""
    for _ in range(2):
        ending = next((e for e in _ENDINGS if word.endswith(e) and len(word) - len(e) >= _STEM_MIN), "")
        if not ending:
            break
        word = word[: len(word) - len(ending)]
    return word
