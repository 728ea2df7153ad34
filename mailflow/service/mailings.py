"""Mail to many: who gets it, who is left out and why, three samples; then the queueing itself."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice

from mailflow.domain.audience import Audience, parse_audience
from mailflow.domain.facts import Item
from mailflow.domain.model import Proposal
from mailflow.domain.opt_out import scopes_about
from mailflow.domain.outcome import ONCE
from mailflow.domain.phrase import say
from mailflow.errors import InputError
from mailflow.service.office import Office
from mailflow.service.owing import owe_many
from mailflow.service.previews import preview_words
from mailflow.store import audience as audiences
from mailflow.store.audience import Recipient
from mailflow.store.engine import Work

SAMPLES = 3


@dataclass(frozen=True, slots=True)
class Preview:
    """What a mailing would be (contract: notice preview). samples: subject and text as three recipients read it.

    by_term: recipients by the terms of the audience; somebody whom two terms mean counts under both.
    """

    recipients: int
    left_out: dict[str, int]
    samples: list[dict[str, str]]
    by_term: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Sent:
    """What was queued: `queued` mails are new, `recipients` were meant."""

    recipients: int
    queued: int
    left_out: dict[str, int]


def audience_of(item: Item) -> str:
    """Give the audience of an item: its own, else good standing."""
    default = item.kind.audience if isinstance(item, Proposal) else "members"
    return item.audience or default


def preview(
    work: Work,
    office: Office,
    notice: str,
    item: Item,
    now: datetime,
    said: Mapping[str, object] | None = None,
    without: Collection[str] = (),
) -> Preview:
    """Say whom a mailing would reach and show it, queueing nothing. without: as `send` has it."""
    audience = _checked(work, item)
    on, scope = office.today(now), scopes_about(item)
    first = islice(_but(audiences.iter_recipients(work, audience, on, scope), without), SAMPLES)
    samples = [preview_words(office, notice, item, one, said or {}) for one in first]
    # a mail shows the first: in the language that whoever is asked most likely reads
    samples.sort(key=lambda sample: sample["language"] != office.language)
    everyone = audiences.iter_recipients(work, audience, on, scope) if without else iter(())
    return Preview(
        audiences.count_recipients(work, audience, on, scope) - sum(one.member_id in without for one in everyone),
        _in_words(audiences.left_out(work, audience, on, scope)),
        samples,
        audiences.count_by_term(work, audience, on, scope),
    )


def send(
    work: Work,
    office: Office,
    notice: str,
    item: Item,
    version: str,
    now: datetime,
    said: Mapping[str, object] | None = None,
    audience: str = "",
    without: Collection[str] = (),
) -> Sent:
    """Queue a mailing to an item's audience, or another; the same version again queues only what is new.

    without: members who are told the same by another mail.
    """
    meant = _checked(work, item, audience)
    on, scope = office.today(now), scopes_about(item)
    left_out = _in_words(audiences.left_out(work, meant, on, scope))
    recipients = audiences.count_recipients(work, meant, on, scope)
    if without:
        recipients -= sum(one.member_id in without for one in audiences.iter_recipients(work, meant, on, scope))
    everyone = _but(audiences.iter_recipients(work, meant, on, scope), without)
    queued = owe_many(work, office, notice, item, version or ONCE, everyone, now, said)
    return Sent(recipients, queued, left_out)


def _but(recipients: Iterable[Recipient], without: Collection[str]) -> Iterator[Recipient]:
    return (one for one in recipients if not one.member_id or one.member_id not in without)


def _in_words(left_out: Mapping[str, int]) -> dict[str, int]:
    """Give the reasons as they can be said in every language."""
    known = {str(each): each for each in (say("opted out"), say("no address"), say("suppressed"))}
    return {known.get(reason, reason): n for reason, n in left_out.items()}


def _checked(work: Work, item: Item, text: str = "") -> Audience:
    audience = parse_audience(text or audience_of(item))
    problems = audiences.problems_of(work, audience)
    if problems:
        raise InputError(problems)
    return audience
