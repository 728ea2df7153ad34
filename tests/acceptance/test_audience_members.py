"""Whom an audience reaches: the query against plain Python sets."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from mailflow.domain.audience import Audience, Term, TermKind, parse_audience
from mailflow.domain.model import SIGNED
from mailflow.store import migrate
from mailflow.store import tables as t
from mailflow.store.audience import count_recipients, iter_recipients, left_out, problems_of, select_members
from mailflow.store.engine import Database, Work, connect
from tests.acceptance.databases import database_url

NOW = datetime(2013, 6, 24, 14, tzinfo=UTC)
ON = date(2013, 6, 24)
UNITS = ("a", "b", "c", "d")
TAGS = ("x", "y")
SCOPE = "p"


@dataclass(frozen=True)
class Person:
    """A member, and what they did about the object `p`."""

    standing: str
    paid_through: date | None
    is_ended: bool
    units: frozenset[str]
    address: str
    opted_out: str
    signature: str
    gave_feedback: bool
    mail_kind: str

    def is_good(self) -> bool:
        return self.standing == "good" and (self.paid_through is None or self.paid_through >= ON)

    def is_silent(self) -> bool:
        return not self.signature and not self.gave_feedback and self.mail_kind != "person"


@dataclass(frozen=True)
class World:
    """Members by number, the parents and tags of the units, and the addresses that are stopped."""

    people: tuple[Person, ...]
    parents: dict[str, str]
    tags: dict[str, frozenset[str]]
    stopped: frozenset[str]

    def below(self, unit_id: str) -> set[str]:
        reached, size = {unit_id}, 0
        while len(reached) != size:
            size = len(reached)
            reached |= {unit for unit, parent in self.parents.items() if parent in reached}
        return reached

    def reached_by(self, term: Term) -> set[int]:
        units = {term.value} if term.is_alone else self.below(term.value)
        if term.kind is TermKind.TAG:
            units = {one for unit, tags in self.tags.items() if term.value in tags for one in self.below(unit)}
        rules = {
            TermKind.MEMBERS: lambda one: True,
            TermKind.GOOD: Person.is_good,
            TermKind.UNIT: lambda one: bool(one.units & units),
            TermKind.TAG: lambda one: bool(one.units & units),
            TermKind.SIGNED: lambda one: one.signature in SIGNED,
            TermKind.UNSIGNED: lambda one: one.signature not in SIGNED,
            TermKind.FEEDBACK: lambda one: one.gave_feedback,
            TermKind.SILENT: Person.is_silent,
        }
        return {n for n, one in enumerate(self.people) if not one.is_ended and rules[term.kind](one)}

    def meant_by(self, audience: Audience) -> set[int]:
        meant: set[int] = set()
        for term in audience.terms:
            meant = meant - self.reached_by(term) if term.is_taken_away else meant | self.reached_by(term)
        return meant

    def why_left_out(self, n: int) -> str:
        one = self.people[n]
        if one.opted_out in ("all", SCOPE):
            return "opted out"
        if not one.address:
            return "no address"
        return "suppressed" if one.address in self.stopped else ""


addresses = st.sampled_from(["", "a@example.org", "b@example.org", "c@example.org"])
people = st.builds(
    Person,
    standing=st.sampled_from(["good", "lapsed"]),
    paid_through=st.sampled_from([None, date(2013, 6, 23), ON, date(2013, 6, 25)]),
    is_ended=st.booleans(),
    units=st.frozensets(st.sampled_from(UNITS)),
    address=addresses,
    opted_out=st.sampled_from(["", "", "all", SCOPE, "other"]),
    signature=st.sampled_from(["", "", "pending", "validated", "not_in_good_standing", "withdrawn", "invalidated"]),
    gave_feedback=st.booleans(),
    mail_kind=st.sampled_from(["", "person", "auto"]),
)
worlds = st.builds(
    World,
    people=st.lists(people, max_size=7).map(tuple),
    parents=st.dictionaries(st.sampled_from(UNITS), st.sampled_from(["", *UNITS])),  # loops too
    tags=st.dictionaries(st.sampled_from(UNITS), st.frozensets(st.sampled_from(TAGS))),
    stopped=st.frozensets(addresses.filter(bool)),
).map(lambda world: World(world.people, {**dict.fromkeys(world.tags, ""), **world.parents}, world.tags, world.stopped))
objects = st.just("p")
terms = st.one_of(
    st.builds(Term, st.sampled_from([TermKind.MEMBERS, TermKind.GOOD]), is_taken_away=st.booleans()),
    st.builds(Term, st.just(TermKind.UNIT), st.sampled_from(UNITS), st.booleans(), st.booleans()),
    st.builds(Term, st.just(TermKind.TAG), st.sampled_from(TAGS), st.booleans()),
    st.builds(
        Term,
        st.sampled_from([TermKind.SIGNED, TermKind.UNSIGNED, TermKind.SILENT, TermKind.FEEDBACK]),
        st.just("p"),
        st.booleans(),
    ),
)
audiences = st.lists(terms, min_size=1, max_size=5).map(
    lambda some: Audience((Term(some[0].kind, some[0].value, False, some[0].is_alone), *some[1:]))
)


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A database whose tables stay empty: each example is undone."""
    db = connect(database_url(tmp_path))
    migrate.upgrade(db)
    yield db
    db.close()


def fill(work: Work, world: World) -> None:
    work.execute(sa.insert(t.proposal).values(id="p", details={}, added_at=NOW))
    for unit_id, parent_id in world.parents.items():
        work.execute(sa.insert(t.unit).values(unit_id=unit_id, parent_id=parent_id or None))
    for unit_id, tags in world.tags.items():
        for tag in tags:
            work.execute(sa.insert(t.unit_tag).values(unit_id=unit_id, tag=tag))
    for address in world.stopped:
        work.execute(sa.insert(t.suppression).values(address_norm=address, at=NOW, is_stopped=True))
    for n, person in enumerate(world.people):
        fill_person(work, n, person)


def fill_person(work: Work, n: int, person: Person) -> None:
    who = {"member_id": str(n)}
    ended_at = NOW if person.is_ended else None
    values = {"standing": person.standing, "paid_through": person.paid_through, "ended_at": ended_at}
    work.execute(sa.insert(t.member).values(**who, **values))
    for unit_id in person.units:
        work.execute(sa.insert(t.member_unit).values(**who, unit_id=unit_id))
    if person.address:
        for position, address in enumerate([person.address, f"second-{n}@example.org"]):
            row = {"address": address.upper(), "address_norm": address, "position": position}
            work.execute(sa.insert(t.member_address).values(**who, **row))
    if person.opted_out:
        work.execute(sa.insert(t.opt_out).values(**who, scope=person.opted_out, at=NOW))
    if person.signature:
        work.execute(sa.insert(t.signature).values(**who, petition_id="p", state=person.signature, signed_at=NOW))
    if person.gave_feedback:
        row = {"object_id": "p", "received_at": NOW, "late": False, "inbox_n": n}
        work.execute(sa.insert(t.feedback).values(**who, **row))
    if person.mail_kind:
        row = {"object_id": "p", "kind": person.mail_kind, "arrived_at": NOW, "kept_at": NOW, "reasons": []}
        work.execute(sa.insert(t.inbox).values(**who, **row))


# one database for all examples: each is undone
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(world=worlds, audience=audiences)
def test_audience_is_the_algebra_of_sets(db: Database, world: World, audience: Audience) -> None:
    meant = world.meant_by(audience)
    why = Counter(reason for n in meant if (reason := world.why_left_out(n)))
    expected = [(str(n), world.people[n].address.upper()) for n in sorted(meant) if not world.why_left_out(n)]
    with db.read() as work:  # what is written in it is undone at its end
        fill(work, world)
        assert set(work.scalars(select_members(audience, ON))) == {str(n) for n in meant}
        found = list(iter_recipients(work, audience, ON, SCOPE))
        assert [(one.member_id, one.address) for one in found] == expected
        assert count_recipients(work, audience, ON, SCOPE) == len(expected)
        assert left_out(work, audience, ON, SCOPE) == dict(why)


QUIET = Person("good", None, False, frozenset(), "a@example.org", "", "", False, "")
PEOPLE = {
    "did nothing": QUIET,
    "has an out-of-office": replace(QUIET, mail_kind="auto"),
    "asked": replace(QUIET, mail_kind="person"),
    "gave feedback": replace(QUIET, gave_feedback=True),
    "is to confirm": replace(QUIET, signature="pending"),
    "signed": replace(QUIET, signature="validated"),
    "signed, lapsed": replace(QUIET, signature="not_in_good_standing"),
    "withdrew": replace(QUIET, signature="withdrawn"),
    "ended": replace(QUIET, is_ended=True),
}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        pytest.param("silent:p", {"did nothing", "has an out-of-office"}, id="an automatic mail is silence"),
        pytest.param("signed:p", {"signed", "signed, lapsed"}, id="signed is proved, in good standing or not"),
        pytest.param("members - unsigned:p", {"signed", "signed, lapsed"}, id="unsigned is everybody else"),
        pytest.param("feedback:p", {"gave feedback"}, id="feedback"),
        pytest.param("signed:other", set(), id="another petition"),
    ],
)
def test_what_members_did_decides(db: Database, text: str, names: set[str]) -> None:
    with db.read() as work:
        fill(work, World(tuple(PEOPLE.values()), {}, {}, frozenset()))
        found = {list(PEOPLE)[int(n)] for n in work.scalars(select_members(parse_audience(text), ON))}
    assert found == names


def test_mailing_list_gets_one_copy_without_member(db: Database) -> None:
    audience = parse_audience("list:all@lists.example.org + list:all@lists.example.org + members")
    with db.read() as work:
        assert [(one.member_id, one.address) for one in iter_recipients(work, audience, ON)] == [
            ("", "all@lists.example.org")
        ]
        assert count_recipients(work, audience, ON) == 1


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param("good", [], id="nothing is named"),
        pytest.param("unit:a + unit:root + unit:theirs! + tag:x + unsigned:p", [], id="all are known"),
        pytest.param("unit:a-good", ["unit:a-good", "spaces around"], id="a joint without spaces"),
        pytest.param("tag:z + signed:q", ["tag:z", "signed:q"], id="a tag and a petition"),
    ],
)
def test_what_an_audience_names_and_nobody_knows_is_told(db: Database, text: str, told: list[str]) -> None:
    with db.read() as work:
        work.execute(sa.insert(t.proposal).values(id="p", details={}, added_at=NOW))
        work.execute(sa.insert(t.unit).values(unit_id="a", parent_id="root"))
        work.execute(sa.insert(t.unit_tag).values(unit_id="a", tag="x"))
        work.execute(sa.insert(t.member).values(member_id="1"))
        work.execute(sa.insert(t.member_unit).values(member_id="1", unit_id="theirs"))
        problems = "\n".join(problems_of(work, parse_audience(text)))
    assert bool(problems) is bool(told)
    assert all(word in problems for word in told)
