"""Questions that ask the same: grouped by the words they share, so that a contact answers once."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TypeVar

T = TypeVar("T")

WORDS_MAX = 40  # of a text, from its beginning
FIRST_WORDS = 6
OVERLAP_MIN = 0.5  # of the words of both: two texts that share half of all their words ask the same
GROUPS_MAX = 200  # beyond, a text is a group of its own: the time stays linear

_WORD = re.compile(r"\w+")
# words that any question holds
_COMMON = frozenset(
    re.split(
        r"\s+",
        """a an and are as at be been but by can could dear do does for from good have hello hi how i if in is it its
        know me my of on or our please so some tell thank thanks that the there they this to us was we what when where
        which who why will with would you your""",
    )
)


def words_of(text: str) -> tuple[str, ...]:
    """Give the words that make a text, in order, without those that any text holds; a final plural s is dropped."""
    found = (word.casefold() for word in _WORD.findall(text[:2000]))
    kept = [word.removesuffix("s") if len(word) > 3 else word for word in found if word not in _COMMON]
    return tuple(kept[:WORDS_MAX])


def is_similar(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Tell whether two texts, as words_of gives them, ask the same: they begin alike or share most words."""
    if not one or not other:
        return False
    if len(one) >= FIRST_WORDS and one[:FIRST_WORDS] == other[:FIRST_WORDS]:
        return True
    mine, theirs = set(one), set(other)
    return len(mine & theirs) >= OVERLAP_MIN * len(mine | theirs)


def grouped(items: Iterable[T], text_of: Callable[[T], str]) -> list[list[T]]:
    """Put together what asks the same, in the order of the first of each group; the first decides who belongs."""
    groups: list[tuple[tuple[str, ...], list[T]]] = []
    for item in items:
        words = words_of(text_of(item))
        fitting = next((group for first, group in groups[:GROUPS_MAX] if is_similar(first, words)), None)
        if fitting is not None:
            fitting.append(item)
        else:
            groups.append((words, [item]))
    return [group for _, group in groups]
