"""The cast of the demo: made from a seed, fit to be imported, different for different seeds."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import date
from pathlib import Path

import pytest

from mailflow.demo.cast import MEMBERS, PETITION_DAYS, ROSTER_FIELDS, ROSTER_ON, Cast, make_cast, write_roster
from mailflow.demo.places import UNITS, with_descendants
from mailflow.mail.address import domain_of, is_address, is_within

SEEDS = (1, 2, 3, 20130624)


@pytest.fixture(params=SEEDS, ids=lambda seed: f"seed {seed}")
def cast(request: pytest.FixtureRequest) -> Cast:
    return make_cast(request.param)


def _addresses(cast: Cast) -> list[str]:
    return [address for person in cast.members for address in (person.address, *person.other_addresses)]


def test_there_are_160_members_with_names_and_numbers_of_their_own(cast: Cast) -> None:
    assert len(cast.members) == MEMBERS == 160
    assert len({person.name for person in cast.members}) == MEMBERS
    assert len({person.member_id for person in cast.members}) == MEMBERS


def test_every_address_is_a_plain_one_under_example_org(cast: Cast) -> None:
    for address in [*_addresses(cast), *(person.address for person in cast.outsiders)]:
        assert is_address(address) and address.isascii()
        assert is_within(domain_of(address), "example.org") and domain_of(address) != "example.org"


def test_nobody_shares_an_address_but_the_two_of_one_office(cast: Cast) -> None:
    shared = [address for address, times in Counter(_addresses(cast)).items() if times > 1]
    assert shared == [cast.sharing[0].address] == [cast.sharing[1].address]


def test_some_have_lapsed_and_one_lapses_while_signatures_are_collected(cast: Cast) -> None:
    assert 7 <= len(cast.lapsed) <= 13
    assert cast.lapsing.in_good_standing(PETITION_DAYS[0])
    assert not cast.lapsing.in_good_standing(PETITION_DAYS[1])
    others = [person for person in cast.members if person not in (*cast.lapsed, cast.lapsing)]
    assert all(person.in_good_standing(PETITION_DAYS[1]) for person in others)


def test_a_member_lapses_by_the_word_or_by_the_date() -> None:
    ways = {person.standing for seed in SEEDS for person in make_cast(seed).lapsed}
    assert ways == {"lapsed", "good"}


def test_outsiders_are_no_members(cast: Cast) -> None:
    assert not {person.address for person in cast.outsiders} & set(_addresses(cast))
    assert all(person.member_id == "" for person in cast.outsiders)


def test_names_of_many_scripts_and_languages_take_part(cast: Cast) -> None:
    assert {"en", "fr", "es", "de", "ja", "pt"} <= {person.language for person in cast.members}
    assert any("\u4e00" <= person.name[0] <= "\u9fff" for person in cast.members)


def test_the_same_seed_gives_the_same_cast_and_another_gives_another() -> None:
    assert make_cast(7) == make_cast(7)
    assert {person.name for person in make_cast(7).members} != {person.name for person in make_cast(8).members}


def test_the_roster_is_written_as_the_contract_has_it(cast: Cast, tmp_path: Path) -> None:
    roster, _ = write_roster(cast, tmp_path)
    with roster.open(encoding="utf-8", newline="") as file:
        reader = csv.DictReader(file)
        rows = list(reader)
    assert tuple(reader.fieldnames or ()) == ROSTER_FIELDS
    assert [row["member_id"] for row in rows] == [person.member_id for person in cast.members]
    good = [row for row in rows if row["standing"] == "good" and _paid(row["paid_through"])]
    assert len(good) == MEMBERS - len(cast.lapsed)


def _paid(through: str) -> bool:
    return not through or date.fromisoformat(through) >= ROSTER_ON


def test_units_are_written_as_a_tree_that_has_all_units_of_the_members(cast: Cast, tmp_path: Path) -> None:
    _, units = write_roster(cast, tmp_path)
    with units.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    known = {row["unit_id"] for row in rows}
    assert {row["parent_id"] for row in rows} - {""} <= known
    assert {unit for person in cast.members for unit in person.units} <= known


def test_every_unit_hangs_under_a_root_and_the_tree_is_more_than_two_deep() -> None:
    roots = [unit.unit_id for unit in UNITS if not unit.parent_id]
    assert frozenset().union(*map(with_descendants, roots)) == {unit.unit_id for unit in UNITS}
    assert "div-public-bookmobiles" in with_descendants("divisions")


def test_some_member_belongs_to_a_group_and_to_the_group_above_it() -> None:
    """So that a notice to the parent has somebody to reach twice by mistake."""
    pairs = [
        (unit.unit_id, unit.parent_id)
        for seed in SEEDS for person in make_cast(seed).members
        for unit in UNITS if unit.unit_id in person.units and unit.parent_id in person.units
    ]  # fmt: skip
    assert pairs
