"""Digests: to each organizer, liaison and contact what is new about their items; nothing new, no digest."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from mailflow.domain.commands import answers
from mailflow.domain.decide_command import possible
from mailflow.domain.digest import Frequency, is_due, read_frequency
from mailflow.domain.facts import Item
from mailflow.domain.model import COLLECTING, ProposalState
from mailflow.domain.outcome import Owed
from mailflow.domain.phrase import say
from mailflow.errors import InputError, NotFound, StoreError, TemplateError
from mailflow.mail.related import Picture
from mailflow.service import template_alarm
from mailflow.service.addressees import MAILTO, Reader, languages_of, reader_of
from mailflow.service.composing import frequency_url
from mailflow.service.digest_items import Known, is_urgent, know, picture_of, shown
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.posts import posts_of
from mailflow.service.previews import SAMPLE_KEY
from mailflow.service.rendering import facts_about, greeting
from mailflow.service.speech import in_language
from mailflow.service.words import instant_words
from mailflow.store import digests, launches, ledger, proposals, roster
from mailflow.store.engine import Work

log = logging.getLogger(__name__)

MORNING = timedelta(hours=7)  # what waits for the day is told from seven on, association time
FOLLOWED = COLLECTING | {ProposalState.FEEDBACK_OPEN, ProposalState.FEEDBACK_CLOSED, ProposalState.CLOSED}
FREQUENCY_WORDS = {
    Frequency.AT_ONCE: say("at once"),
    Frequency.DAILY: say("in the morning"),
    Frequency.WEEKLY: say("on Monday mornings"),
    Frequency.OFF: say("not at all"),
}


@dataclass(frozen=True, slots=True)
class Digest:
    """What one recipient would be told. news: the keys of what is new; items: as the template shows them."""

    recipient: str
    items: tuple[dict[str, Any], ...]
    news: tuple[str, ...]
    pictures: tuple[Picture, ...] = ()


@dataclass
class Round:
    """One round of looking: what is known of an item is loaded once, whoever follows it."""

    work: Work
    office: Office
    now: datetime
    _known: dict[str, Known] = field(default_factory=dict)

    def known(self, item: Item) -> Known:
        """Give what is known of an item."""
        if item.id not in self._known:
            self._known[item.id] = know(self.work, self.office, item, self.now)
        return self._known[item.id]

    def digest(self, recipient: str, items: Sequence[Item], zone: str) -> Digest:
        """Gather what is new for one recipient since their last digest. zone: theirs."""
        entries, news, pictures = [], list[str](), list[Picture]()
        for item in items:
            known = self.known(item)
            told = digests.told(self.work, recipient, known.keys)
            fresh = [key for key in known.keys if key not in told]
            if fresh:
                entries.append(shown(known, told, self.office, zone))
                pictures += picture_of(known)
                news += fresh
        return Digest(recipient, tuple(entries), tuple(news), tuple(pictures))


def followers(work: Work, office: Office) -> dict[str, list[Item]]:
    """Give by address, folded, the items that each organizer, liaison and contact follows."""
    found: dict[str, list[Item]] = {}
    for proposal in proposals.in_states(work, office.kinds, FOLLOWED):
        for address in dict.fromkeys([*(o.email for o in proposal.organizers), proposal.staff_liaison.email]):
            if address:
                found.setdefault(address.casefold(), []).append(proposal)
    for launch in launches.launches(work).values():
        contact = office.contact(launch.contact)
        if contact is not None and contact.email:
            found.setdefault(contact.email.casefold(), []).append(launch)
    return found


def zones(work: Work, office: Office, recipients: Iterable[str]) -> dict[str, str]:
    """Give in whose morning each is written to: a member's own zone where the roster has it, else the association's."""
    known = roster.members_by_address(work, set(recipients), office.settings.mailbox.delimiter)
    return {address: own for address, found in known.items() if len(found) == 1 and (own := found[0].timezone)}


# --- sending ----------------------------------------------------------------------------------------------------
def send_digests(office: Office, now: datetime, *, is_due_only: bool) -> int:
    """Queue the digests that hold something new and say how many; what one can't be told keeps nobody else waiting.

    With is_due_only they go at each reader's own times; without, to everybody who wants any, now.
    """
    with office.db.read() as work:
        followed = followers(work, office)
        chosen, zone_of = digests.choices(work), zones(work, office, followed)
        look = Round(work, office, now)
        due = [
            recipient
            for recipient, items in followed.items()
            if _is_due(look, recipient, items, chosen.get(recipient, digests.Choice()), zone_of, is_due_only)
        ]
    queued = 0
    for recipient in due:
        zone = zone_of.get(recipient, office.zone)
        try:
            with office.db.write() as work:
                queued += _send_one(work, office, recipient, zone, now, is_due_only=is_due_only)
        except StoreError:
            raise
        except TemplateError as error:
            log.error("digest: %s", error)
            template_alarm.tell(office, error, now)
        except Exception:
            log.exception("the digest to one of the followers of %s could not be made", followed[recipient][0].id)
    return queued


def _is_due(
    look: Round,
    recipient: str,
    items: Sequence[Item],
    choice: digests.Choice,
    zone_of: dict[str, str],
    is_due_only: bool,
) -> bool:
    if not is_due_only:
        return choice.frequency is not Frequency.OFF
    zone = zone_of.get(recipient, look.office.zone)
    if choice.frequency is not Frequency.AT_ONCE:
        return is_due(choice.frequency, choice.looked_at, look.now, zone)
    return is_due(Frequency.DAILY, choice.looked_at, look.now, zone) or _has_urgent(look, recipient, items)


def _has_urgent(look: Round, recipient: str, items: Sequence[Item]) -> bool:
    for item in items:
        keys = look.known(item).keys
        told = digests.told(look.work, recipient, keys)
        if is_urgent(key for key in keys if key not in told):
            return True
    return False


def _send_one(work: Work, office: Office, recipient: str, zone: str, now: datetime, *, is_due_only: bool) -> bool:
    choice = digests.lock(work, recipient)
    items = followers(work, office).get(recipient, [])
    look = Round(work, office, now)
    if not _is_due(look, recipient, items, choice, {recipient: zone}, is_due_only):
        return False  # another host was faster, or they chose otherwise meanwhile
    digests.looked(work, recipient, now)
    digests.give_back(work, recipient, MAILTO + recipient)
    digest = look.digest(recipient, items, zone)
    if not digest.news:
        return False
    last = digests.last_told_at(work, recipient)
    since = say("since %(when)s", when=instant_words(last, zone)) if last is not None else say("so far")
    facts = _facts(work, office, digest, items, since, choice.frequency)
    owed = Owed("digest", "", MAILTO + recipient, version=now.isoformat(), facts=facts)
    owe(work, office, [owed], {item.id: item for item in items}, now, pictures=digest.pictures)
    digests.tell(work, recipient, digest.news, now)
    return True


def _facts(
    work: Work, office: Office, digest: Digest, items: Sequence[Item], since: str, frequency: Frequency
) -> dict[str, object]:
    posts = posts_of(work, office, digest.recipient, [item.id for item in items])
    return {
        "items": list(digest.items),
        "since_words": since,
        "frequency_words": FREQUENCY_WORDS[frequency],
        "answers": answers(possible(list(posts))),
        "ledger_head": ledger.head(work),
        "has_pages": bool(office.settings.web.public_url),
    }


# --- asked for --------------------------------------------------------------------------------------------------
def preview_digest(office: Office, who: str, now: datetime) -> dict[str, Any]:
    """Show what WHO would be told now (contract: digest preview); nothing is queued."""
    with office.db.read() as work:
        followed = followers(work, office)
        recipient = _recipient(work, who, followed)
        choice = digests.choices(work).get(recipient, digests.Choice())
        zone = zones(work, office, [recipient]).get(recipient, office.zone)
        digest = Round(work, office, now).digest(recipient, followed[recipient], zone)
        facts = facts_about(office, None) | _facts(
            work, office, digest, followed[recipient], say("so far"), choice.frequency
        )
        spoken = languages_of(work, office, [MAILTO + recipient])
    owed = Owed("digest", "", MAILTO + recipient, facts=facts)
    reader = reader_of(office, owed, {item.id: item for item in followed[recipient]}, {}, spoken)
    text = _as_read(office, owed, reader) if digest.items and reader is not None else ""
    return {"to": recipient, "frequency": str(choice.frequency), "items": list(digest.items), "text": text}


def _as_read(office: Office, owed: Owed, reader: Reader) -> str:
    """Give the text of a digest as its reader would get it, with keys that stand for nothing."""
    facts = in_language({**owed.facts, "language": reader.language}, reader.language)
    skeleton = office.templates.render(owed.notice, facts)
    url = frequency_url(SAMPLE_KEY, office.settings)
    slots = dict.fromkeys(skeleton.slots, "") | {"greeting": greeting(reader), "frequency_url": url}
    return skeleton.words(slots).text


def set_frequency(office: Office, who: str, frequency: str) -> dict[str, str]:
    """Send WHO digests so often from now on. Raises InputError for another word, NotFound for who follows nothing."""
    found = read_frequency(frequency)
    if found is None:
        raise InputError(f"{frequency!r} is no frequency: at once, daily, weekly or off")
    with office.db.write() as work:
        recipient = _recipient(work, who, followers(work, office))
        digests.choose(work, recipient, found)
    return {"to": recipient, "frequency": str(found)}


def _recipient(work: Work, who: str, followed: dict[str, list[Item]]) -> str:
    member = roster.find(work, who)
    addresses = [a.casefold() for a in member.addresses] if member is not None else [who.casefold()]
    recipient = next((a for a in addresses if a in followed), "")
    if not recipient:
        raise NotFound(f"{who!r} is no organizer, liaison or contact of anything that is going on")
    return recipient
