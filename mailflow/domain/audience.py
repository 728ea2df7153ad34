"""Who is meant: the audience language, from text to frozen terms and back.

An audience is terms joined by `+` and `-`, from left to right: `good + tag:youth - unit:board!`.
Ids may hold `+`, `-` and spaces, so this is what separates two terms:

- a `+` or `-` with a space on either side: `good - unit:alsc`, `unit:a-b + unit:c`;
- one right before a term that has a colon: `good+unit:x`, `unit:a-unit:b`;
- one right after `members` or `good`, which have no id: `members-good`.

Any other one belongs to the id: `unit:common-good` is one unit.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from mailflow.errors import InputError

TEXT_MAX = 2_000  # characters
TERMS_MAX = 50


class TermKind(StrEnum):
    """What a term chooses by."""

    MEMBERS = "members"  # everybody whose membership has not ended
    GOOD = "good"  # members in good standing on the day
    UNIT = "unit"  # with descendants, unless alone
    TAG = "tag"  # the units that bear the tag, each with its descendants
    SIGNED = "signed"  # signed the petition: validated or not in good standing
    UNSIGNED = "unsigned"  # members who did not
    SILENT = "silent"  # members who neither signed nor gave feedback nor wrote about it
    FEEDBACK = "feedback"  # gave feedback on the object
    TOLD = "told"  # whose mail of the notice the relay took
    LIST = "list"  # an existing mailing list: one copy, no key, no personal link


_BARE = frozenset({TermKind.MEMBERS.value, TermKind.GOOD.value})
_NAMED = tuple(kind.value for kind in TermKind if kind.value not in _BARE)
_NAMED_NEXT = re.compile(rf"(?:{'|'.join(_NAMED)}):")
_OPERATOR = re.compile(r"[+-]")
_LIST_ADDRESS = re.compile(r"[^\s@<>,;:]{1,64}@[^\s@<>,;:+]{1,255}\Z")
_FORMS = (
    "members, good, unit:ID, unit:ID!, tag:NAME, signed:ID, unsigned:ID, silent:ID, feedback:ID, told:ID"
    " or list:ADDRESS"
)


@dataclass(frozen=True, slots=True)
class Term:
    """One term. is_taken_away: it was joined by `-`; is_alone: `unit:ID!`, without descendants."""

    kind: TermKind
    value: str = ""
    is_taken_away: bool = False
    is_alone: bool = False

    def __str__(self) -> str:
        """Give the term as it is written, without its operator."""
        return f"{self.kind}:{self.value}{'!' * self.is_alone}" if self.value else self.kind.value


@dataclass(frozen=True, slots=True)
class Audience:
    """Terms in the order in which they apply; the first is never taken away."""

    terms: tuple[Term, ...]

    @property
    def lists(self) -> tuple[str, ...]:
        """The mailing lists that get one copy each."""
        return tuple(dict.fromkeys(term.value for term in self.terms if term.kind is TermKind.LIST))

    def __str__(self) -> str:
        """Give the text that parse_audience reads as this audience."""
        first, *rest = self.terms
        return str(first) + "".join(f" {'-' if term.is_taken_away else '+'} {term}" for term in rest)


def parse_audience(text: str) -> Audience:
    """Read an audience; InputError names every bad term and what would do."""
    if len(text) > TEXT_MAX:
        raise InputError(f"the audience has {len(text)} characters; the maximum is {TEXT_MAX}")
    if not text.strip():
        raise InputError(f"the audience is empty; write {_FORMS}, joined by + and -")
    pieces = _split(text)
    if len(pieces) > TERMS_MAX:
        raise InputError(f"the audience has {len(pieces)} terms; the maximum is {TERMS_MAX}: give the members a tag")
    terms: list[Term] = []
    problems: list[str] = []
    for operator, written in pieces:
        term = _term(written, operator == "-")
        if isinstance(term, Term):
            terms.append(term)
        else:
            problems.append(f"audience {_shown(text)}: {term}")
    if problems:
        raise InputError(problems)
    return Audience(tuple(terms))


def is_nameable(unit_id: str) -> bool:
    """Tell whether an audience can name this unit: `unit:ID` reads back as that unit alone, wherever it stands."""
    unit, more = Term(TermKind.UNIT, unit_id), Term(TermKind.MEMBERS)
    try:
        return all(parse_audience(str(each)) == each for each in (Audience((unit,)), Audience((unit, more))))
    except InputError:
        return False


def _split(text: str) -> list[tuple[str, str]]:
    """Cut a text into (operator, term); the operator of the first is ""."""
    pieces: list[tuple[str, str]] = []
    operator, start = "", 0
    for found in _OPERATOR.finditer(text):
        at = found.start()
        if _separates(text, start, at):
            pieces.append((operator, text[start:at].strip()))
            operator, start = text[at], at + 1
    pieces.append((operator, text[start:].strip()))
    return pieces


def _separates(text: str, start: int, at: int) -> bool:
    if text[at - 1 : at].isspace() or text[at + 1 : at + 2].isspace():
        return True
    return text[start:at].strip() in _BARE or _NAMED_NEXT.match(text, at + 1) is not None


def _term(written: str, is_taken_away: bool) -> Term | str:
    """Read one term, or say what is wrong with it."""
    if not written:
        return f"a term is missing beside a + or -; begin with who is meant and write {_FORMS} on both sides"
    if written in _BARE:
        return Term(TermKind(written), is_taken_away=is_taken_away)
    name, colon, value = written.partition(":")
    if not colon or name not in _NAMED:
        return f"{_shown(written)} is not a term; write {_FORMS}, joined by + and - with spaces around"
    return _named_term(TermKind(name), value.strip(), written, is_taken_away)


def _named_term(kind: TermKind, value: str, written: str, is_taken_away: bool) -> Term | str:
    is_alone = kind is TermKind.UNIT and value.endswith("!")
    value = value[:-1].rstrip() if is_alone else value
    if not value:
        return f"{_shown(written)} names nothing; write {kind}:{'ADDRESS' if kind is TermKind.LIST else 'ID'}"
    if not value.isprintable() or "!" in value or any(f" {other}:" in value for other in _NAMED):
        return f"{_shown(written)} is not one term; put + or - with spaces around between two terms"
    if kind is TermKind.LIST and not _LIST_ADDRESS.match(value):
        return (
            f"{_shown(written)} is not the address of a mailing list; write list:NAME@DOMAIN, then + or - with spaces"
        )
    if kind is TermKind.LIST and is_taken_away:
        return f"{_shown(written)} can't be taken away: who reads a list is not known here; leave the term out"
    return Term(kind, value, is_taken_away, is_alone)


def _shown(text: str) -> str:
    return repr(text if len(text) <= 80 else text[:79] + "…")
