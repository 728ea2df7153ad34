"""What a member can want no more of: one object, all mail of its sort, or all mail to many."""

from __future__ import annotations

import re
from enum import StrEnum

from mailflow.domain.facts import Item
from mailflow.domain.model import Notice, Proposal
from mailflow.domain.phrase import say

ALL = "all"
PETITIONS, ANNOUNCEMENTS = "petitions", "announcements"  # the two sorts of mail to many
SORT_WORDS = {PETITIONS: say("about proposals and petitions"), ANNOUNCEMENTS: say("about launches, and announcements")}

_TEXT_MAX = 400  # characters that are looked at
_ONLY_THIS = re.compile(r"\b(?:only|just) (?:from )?this\b|\bthis (?:\w{1,20} )?only\b")


class Choice(StrEnum):
    """What a member chooses on the page of their preferences."""

    OBJECT = "object"  # no more about this one
    SORT = "sort"  # no more of this sort
    ALL = "all"  # no more mail to many
    NOTHING = "nothing"  # everything again


def object_scope(item: Item) -> str:
    """Give the id that an opt-out from one object is kept under: a notice of a launch is about the launch."""
    return item.launch_id or item.id if isinstance(item, Notice) else item.id


def sort_of(item: Item) -> str:
    """Give the sort of mail to many that mail about an item belongs to."""
    return PETITIONS if isinstance(item, Proposal) else ANNOUNCEMENTS


def scopes_about(item: Item) -> tuple[str, ...]:
    """Give the scopes of opt-outs, beside ALL, that keep mail about an item away."""
    return (object_scope(item), sort_of(item))


def words(item: Item | None, scope: str) -> str:
    """Say what an opt-out is about, as it stands behind 'no more mail'; "" for all mail to many."""
    if scope == ALL or (item is None and scope not in SORT_WORDS):
        return ""
    if scope in SORT_WORDS or item is None:
        return SORT_WORDS[scope]
    title = item.subject if isinstance(item, Notice) else item.title
    return say("about “%(title)s”", title=" ".join(title.split()))


def scope_asked(text: str, object_id: str) -> str:
    """Say what a mail that asks for no more mail is about: this object when it says so, else all mail to many.

    'unsubscribe', 'unsubscribe me' mean everything; 'unsubscribe mig-1' and 'unsubscribe only from this' the object.
    """
    said = " ".join(text[:_TEXT_MAX].casefold().split())
    words = {word.strip(".,;:!?()'\"") for word in said.split()}
    return object_id if object_id and (object_id.casefold() in words or _ONLY_THIS.search(said)) else ALL
