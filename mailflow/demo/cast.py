"""The cast: members of an invented association, made from a seed number, the same for the same seed.

Who signs, declines or keeps silent is the story's business; here is what the association's roster knows of people, and
the mail program that each of them uses, which it doesn't.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from mailflow.demo.client_names import LANGUAGES, Client
from mailflow.demo.names import ORIGINS, full_name
from mailflow.demo.places import HOME_DOMAINS, LIBRARIES, STREETS, UNITS, Library

MEMBERS = 160
ROSTER_ON = date(2013, 6, 3)  # the day whose roster this is
PETITION_DAYS = (date(2013, 6, 24), date(2013, 7, 21))  # during which one member's dues run out
ROSTER_FIELDS = (
    "member_id", "name", "email", "other_emails", "standing", "paid_through", "units", "postal_address", "language",
    "timezone",
)  # fmt: skip
_CLIENT_WEIGHTS = {
    Client.GMAIL: 26, Client.IPHONE: 18, Client.OUTLOOK_DESKTOP: 16, Client.OUTLOOK_WEB: 10, Client.APPLE_MAIL: 8,
    Client.OUTLOOK_MOBILE: 7, Client.YAHOO: 5, Client.THUNDERBIRD: 4, Client.SAMSUNG: 4, Client.PROTONMAIL: 3,
    Client.HTML_ONLY: 3, Client.THUNDERBIRD_BOTTOM: 2, Client.THUNDERBIRD_INTERLEAVED: 1,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who reads and writes mail; a member where member_id is not "".

    language: ISO 639-1. timezone: IANA. library: where they work, for signature blocks and postal addresses.
    """

    name: str
    address: str
    member_id: str = ""
    other_addresses: tuple[str, ...] = ()
    standing: str = "good"
    paid_through: date | None = None
    units: tuple[str, ...] = ()
    postal_address: str = ""
    language: str = "en"
    timezone: str = "America/Chicago"
    client: Client = Client.GMAIL
    library: Library = LIBRARIES[0]

    def in_good_standing(self, on: date) -> bool:
        """Tell whether the roster counts this member as in good standing on a day (contract: roster.csv)."""
        return self.standing == "good" and (self.paid_through is None or self.paid_through >= on)


@dataclass(frozen=True, slots=True)
class Cast:
    """Everybody in the story.

    sharing: the two members who have one office address between them. lapsing: whose dues run out during the petition.
    outsiders: colleagues who are no members.
    """

    seed: int
    members: tuple[Person, ...]
    sharing: tuple[Person, Person]
    lapsing: Person
    outsiders: tuple[Person, ...]

    @property
    def lapsed(self) -> tuple[Person, ...]:
        """Give the members who were not in good standing on the day of the roster."""
        return tuple(person for person in self.members if not person.in_good_standing(ROSTER_ON))

    def member(self, member_id: str) -> Person:
        """Give the member of that number."""
        return next(person for person in self.members if person.member_id == member_id)


def make_cast(seed: int, size: int = MEMBERS) -> Cast:
    """Make the cast that belongs to a seed number."""
    rng = random.Random(f"cast {seed}")
    people = _distinct_people(rng, size + 4)
    members = [_enrol(rng, person, 100_001 + n) for n, person in enumerate(people[:size])]
    order = list(range(12, size))  # the first dozen are in good standing: organizers come from there
    rng.shuffle(order)
    for n in order[: rng.randint(7, 13)]:
        members[n] = _lapse(rng, members[n])
    lapsing, first, second, *_ = order[-3:]
    runs_out = PETITION_DAYS[0] + timedelta(days=rng.randint(3, 9))
    members[lapsing] = replace(members[lapsing], standing="good", paid_through=runs_out)
    office = f"reference@{members[first].library.domain}"
    for n in (first, second):
        members[n] = replace(members[n], address=office, other_addresses=(), library=members[first].library)
    return Cast(seed, tuple(members), (members[first], members[second]), members[lapsing], tuple(people[size:]))


def write_roster(cast: Cast, folder: Path) -> tuple[Path, Path]:
    """Write roster.csv and units.csv into a folder; gives their paths."""
    roster, units = folder / "roster.csv", folder / "units.csv"
    _write_csv(roster, ROSTER_FIELDS, (_roster_row(person) for person in cast.members))
    rows = ((unit.unit_id, unit.name, unit.parent_id, ";".join(unit.tags)) for unit in UNITS)
    _write_csv(units, ("unit_id", "name", "parent_id", "tags"), rows)
    return roster, units


def _write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(header)
        writer.writerows(rows)


def _roster_row(person: Person) -> tuple[str, ...]:
    paid = person.paid_through.isoformat() if person.paid_through else ""
    return (
        person.member_id, person.name, person.address, ";".join(person.other_addresses), person.standing, paid,
        ";".join(person.units), person.postal_address, person.language, person.timezone,
    )  # fmt: skip


def _distinct_people(rng: random.Random, count: int) -> list[Person]:
    people: dict[str, Person] = {}
    while len(people) < count:
        person = _person(rng)
        people.setdefault(person.address.partition("@")[0], person)  # no two alike, in name or address
    return list(people.values())


def _person(rng: random.Random) -> Person:
    origin = rng.choice(ORIGINS)
    name, local = full_name(origin, rng.choice(origin.given), rng.choice(origin.family))
    library = rng.choice(LIBRARIES)
    domain = library.domain if rng.random() < 0.7 else rng.choice(HOME_DOMAINS)
    client = rng.choices(list(_CLIENT_WEIGHTS), list(_CLIENT_WEIGHTS.values()))[0]
    language = origin.language if origin.language in LANGUAGES else "en"
    street = f"{rng.randint(1, 980)} {rng.choice(STREETS)}, {library.town}"
    return Person(
        name, f"{local}@{domain}", language=language, timezone=rng.choice(origin.zones), client=client,
        library=library, postal_address=street,
    )  # fmt: skip


def _enrol(rng: random.Random, person: Person, number: int) -> Person:
    local, _, domain = person.address.partition("@")
    second = (rng.choice([d for d in HOME_DOMAINS if d != domain]),) if rng.random() < 0.2 else ()
    leaves = [unit.unit_id for unit in UNITS if unit.parent_id]
    paid = rng.choice((None, date(2013, 8, 31), date(2013, 12, 31), date(2014, 6, 30), date(2014, 12, 31)))
    return replace(
        person, member_id=f"M-{number}", paid_through=paid, other_addresses=tuple(f"{local}@{d}" for d in second),
        units=tuple(rng.sample(leaves, rng.choices((0, 1, 2, 3), (1, 5, 5, 2))[0])),
    )  # fmt: skip


def _lapse(rng: random.Random, member: Person) -> Person:
    """Take somebody out of good standing, by the word or by the date."""
    if rng.random() < 0.5:
        return replace(member, standing="lapsed")
    return replace(member, paid_through=ROSTER_ON - timedelta(days=rng.randint(1, 200)))
