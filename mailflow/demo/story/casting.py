"""Who plays which part: members in good standing, each at most once, in an order that the seed makes."""

from __future__ import annotations

import random
from collections.abc import Callable, Container, Iterator
from datetime import datetime, timedelta

from mailflow.demo.cast import PETITION_DAYS, Cast, Person
from mailflow.demo.story.people import ORGANIZERS


def _anybody(person: Person) -> bool:
    return True


class Casting:
    """Hands out the members that play a part; organizers, the lapsed and the two of one office are cast by name."""

    def __init__(self, cast: Cast, rng: random.Random) -> None:
        self.cast, self.rng = cast, rng
        named = {*cast.members[: len(ORGANIZERS)], *cast.sharing, cast.lapsing}
        free = [each for each in cast.members if each not in named and each.in_good_standing(PETITION_DAYS[1])]
        rng.shuffle(free)
        self._free = free

    def pick(self, suits: Callable[[Person], bool] = _anybody) -> Person:
        """Give a member who has no part yet and suits it."""
        chosen = next(person for person in self._free if suits(person))
        self._free.remove(chosen)
        return chosen

    def picks(self, count: int) -> list[Person]:
        """Give that many members who have no part yet."""
        return [self.pick() for _ in range(count)]

    def leave_out(self, member_ids: Container[str]) -> None:
        """Give no part to these members."""
        self._free = [person for person in self._free if person.member_id not in member_ids]

    def left(self) -> int:
        """Count those who have no part yet."""
        return len(self._free)

    def scattered(self, first: datetime, days: int, count: int) -> Iterator[datetime]:
        """Give instants after `first`, most of them in its first days, in daytime by its clock, in order."""
        instants = []
        for _ in range(count):
            day = min(int(self.rng.expovariate(0.2)), days - 1)
            time_of_day = timedelta(seconds=self.rng.randint(0, 12 * 3600))
            instants.append(first + timedelta(days=day) + time_of_day)
        return iter(sorted(instants))


def speaks(language: str) -> Callable[[Person], bool]:
    """Suit those whose language this is."""
    return lambda person: person.language == language
