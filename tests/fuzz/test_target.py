"""The fuzz target itself: every mail of the corpus and some mutations of them go through it."""

from __future__ import annotations

import random

from tests.fuzz.target import read_all, seeds
from tests.torture.fuzz import mutate


def test_every_mail_of_the_corpus_goes_through_the_whole_reader() -> None:
    """R5, R41: nothing escapes, nothing is left that a database can't keep."""
    for raw in seeds():
        read_all(raw)


def test_mutated_mails_go_through_it_too() -> None:
    """R5, R41: the long run is `python -m tests.fuzz`."""
    chance, sown = random.Random(8), seeds()
    for _ in range(200):
        read_all(mutate(chance.choice(sown), chance))
