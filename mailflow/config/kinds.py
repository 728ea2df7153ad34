"""The kinds of proposal as config.toml has them: [kinds.NAME]."""

# ruff: noqa: RUF009 -- option() is dataclasses.field() with a check
from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from mailflow.config.checks import Bad, boolean, choice, listing, option, shown, text, whole, word
from mailflow.domain.audience import parse_audience
from mailflow.domain.model import PROOFS_THAT_COUNT, Kind, Proof
from mailflow.domain.proposal_file import REQUIRABLE
from mailflow.domain.submission import OVERLAP
from mailflow.errors import InputError

DEFAULT_ACT = "I sign this petition."


def standing_as_of(value: Any) -> str | date:
    """The day that good standing is asked about: "signing", "closing" or a date."""
    if value in ("signing", "closing"):
        return str(value)
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Bad(f"is {shown(value)}", 'it must be "signing", "closing" or a date such as 2013-06-24') from None


def days(value: Any) -> tuple[date, ...]:
    """A date, or several."""
    return tuple(sorted(_day(one) for one in (value if isinstance(value, list | tuple) else [value])))


def _day(value: Any) -> date:
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise Bad(f"is {shown(value)}", "it must be a date such as 2013-08-12, or a list of dates") from None


def act(value: Any) -> str:
    """The sentence that a member agrees to."""
    return " ".join(word(text(value).replace("\n", " ")).split())


def audience(value: Any) -> str:
    """Who is asked unless a proposal says otherwise."""
    value = word(value)
    try:
        parse_audience(value)
    except InputError as error:
        raise Bad(f"is {shown(value)}", str(error).replace("\n", "; ")) from None
    return str(value)


@dataclass(frozen=True, slots=True)
class KindTable:
    """One [kinds.NAME]: the keys of domain.model.Kind. title: the name when not given."""

    title: str = option(word, "")
    description: str = option(text, "")
    source: str = option(text, "")
    act: str = option(act, DEFAULT_ACT)
    threshold: int = option(whole(1, 10_000_000, "100 is the default"), 100)
    good_standing: bool = option(boolean, True)
    standing_as_of: str | date = option(standing_as_of, "signing")
    required: tuple[str, ...] = option(listing(choice(*REQUIRABLE, OVERLAP)), ())
    proof_that_counts: tuple[str, ...] = option(
        listing(choice(*(p.value for p in Proof if p))), tuple(sorted(PROOFS_THAT_COUNT))
    )
    undo_hours: int = option(whole(0, 24 * 60, "72 is the default"), 72)
    link_asks_member_number: bool = option(boolean, False)
    contact: str = option(text, "")
    audience: str = option(audience, "good")
    keep_months: int = option(whole(0, 1200, "0 keeps personal data; 36 would do"), 0)
    lasts_years: int = option(whole(0, 100, "3 is the default, 0 is for ever"), 3)
    renewed_as: str = option(text, "")
    committee_meets: tuple[date, ...] = option(days, ())

    def named(self, name: str) -> Kind:
        """Give the kind as the rules know it."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        values["title"] = self.title or name
        values["proof_that_counts"] = frozenset(Proof(p) for p in self.proof_that_counts)
        return Kind(name=name, **values)
