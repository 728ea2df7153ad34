"""Groups of the association: a tree with tags."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Unit:
    """A division, committee, round table or member group. parent_id "": a root."""

    unit_id: str
    name: str
    parent_id: str = ""
    tags: tuple[str, ...] = ()


def find_loop(parents: Mapping[str, str]) -> tuple[str, ...]:
    """Give one loop among unit_id -> parent_id as the ids on it, the first one again at the end; () for a tree.

    Linear: a unit that was once found to lead to a root is not walked again.
    """
    sound: set[str] = set()
    for start in parents:
        path: dict[str, None] = {}  # keeps the order of the walk
        here = start
        while here and here in parents and here not in sound:
            if here in path:
                walk = list(path)
                return (*walk[walk.index(here) :], here)
            path[here] = None
            here = parents[here]
        sound.update(path)
    return ()
