"""What is known around a batch of mails: one query a noun for the whole batch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from mailflow.domain.facts import Item
from mailflow.domain.model import COLLECTING, KeyFact, Member, Notice, Proposal, ProposalState, Question, Signature
from mailflow.domain.question import CARRYING
from mailflow.domain.reading import Context
from mailflow.mail.message import SentText
from mailflow.mail.reader import ReadMail
from mailflow.mail.skeleton import Skeleton
from mailflow.service.items import items_by_id
from mailflow.service.office import Office
from mailflow.store import feedback, inbox, launches, outbox, proposals, roster, signatures
from mailflow.store.engine import Work

TITLE_MIN = 8  # a shorter title in a subject names nothing
WINDOWS = COLLECTING | {ProposalState.FEEDBACK_OPEN}

# what each mail of ours asks for: how a bare 'yes' in answer to it is read
CONTEXTS = {
    "petition_invitation": Context.PETITION,
    "petition_reminder": Context.PETITION,
    "signature_confirm": Context.CONFIRM,
    "affirm_ask": Context.CONFIRM,
    "signature_entered": Context.CONFIRM,
    "window_extended": Context.PETITION,
    "proposal_reminder": Context.PROPOSAL,
    "was_that_you": Context.CONFIRM,
    "unclear_ask": Context.CONFIRM,
    "proposal_open": Context.PROPOSAL,
    "feedback_thanks": Context.PROPOSAL,
    "meeting_changed": Context.PROPOSAL,
    "delay_notice": Context.LAUNCH,
    "firm_date_notice": Context.LAUNCH,
    "update_notice": Context.LAUNCH,
    "launch_notice": Context.LAUNCH,
    "notice": Context.LAUNCH,
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around a batch of mails: the keys in them, who has the addresses they are from, what is open."""

    keys: Mapping[str, KeyFact]
    senders: Mapping[str, Sequence[Member]]
    open_items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ToRead(Surroundings):
    """What it takes to read them as answers. sent: the mails of ours that they answer, by key."""

    sent: Mapping[str, SentText]


@dataclass(frozen=True, slots=True)
class ToDecide(Surroundings):
    """What it takes to decide about them.

    owners: whom the keys went to. items: what they can be about. signatures: live and former ones by (petition,
    member). histories: what the roster ever said of each member. asked: (object, member) that were asked once already.
    """

    owners: Mapping[str, Member]
    items: Mapping[str, Item]
    questions: Mapping[int, Question]
    signatures: Mapping[tuple[str, str], Signature]
    histories: Mapping[str, Sequence[roster.Said]]
    asked: frozenset[tuple[str, str]]
    contacts: Mapping[str, str]
    petitions: tuple[Proposal, ...]


def load_to_read(work: Work, office: Office, reads: Sequence[ReadMail]) -> ToRead:
    """Load what the mails may answer."""
    keys = _keys(work, office, reads)
    wants_proof = [read for read in reads if read.needed_keys]
    sent = {key: _sent(parts) for key, parts in outbox.sent_texts(work, keys).items()}
    return ToRead(keys, _senders(work, office, wants_proof), _open_items(work, office), sent)


def load_to_decide(work: Work, office: Office, reads: Sequence[ReadMail]) -> ToDecide:
    """Load the people, and the items that any of these mails could be about, with what is between them."""
    keys, senders, open_items = _keys(work, office, reads), _senders(work, office, reads), _open_items(work, office)
    owners = {member.member_id: member for members in senders.values() for member in members}
    owners |= roster.members(work, {key.member_id for key in keys.values() if key.member_id} - owners.keys())
    items = _items(work, office, open_items, {key.object_id for key in keys.values() if key.object_id})
    petitions = tuple({i.id: i for i in (*open_items, *items.values()) if isinstance(i, Proposal)}.values())
    about = [key.about_n for key in keys.values() if key.notice in CARRYING and key.about_n]
    return ToDecide(
        keys=keys,
        senders=senders,
        open_items=open_items,
        owners=owners,
        items=items,
        questions=feedback.questions_by_mail(work, about) if about else {},
        signatures=signatures.signatures_of(work, [p.id for p in petitions], owners),
        histories=roster.standing_histories(work, owners),
        asked=inbox.asked(work, owners),
        contacts={i.id: one.email for i in items.values() if (one := office.contact_for(i)) is not None},
        petitions=petitions,
    )


def _keys(work: Work, office: Office, reads: Iterable[ReadMail]) -> dict[str, KeyFact]:
    return outbox.key_facts(work, {key for read in reads for key in read.candidate_keys}, office.domain)


def _senders(work: Work, office: Office, reads: Iterable[ReadMail]) -> dict[str, list[Member]]:
    addresses = {read.message.from_.address for read in reads if read.message.from_ is not None}
    return roster.members_by_address(work, addresses, office.settings.mailbox.delimiter) if addresses else {}


def _open_items(work: Work, office: Office) -> tuple[Item, ...]:
    """Give what mail without a key could be about: proposals that were opened, and every launch."""
    opened = [s for s in ProposalState if s is not ProposalState.DRAFT]
    return (*proposals.in_states(work, office.kinds, opened), *launches.launches(work).values())


def _items(work: Work, office: Office, open_items: Iterable[Item], named: Collection[str]) -> dict[str, Item]:
    known = {item.id: item for item in open_items}
    items = {**known, **items_by_id(work, office, set(named) - known.keys())}
    # what is answered to a launch's notice is about the launch
    return items | {n.id: items[n.launch_id] for n in items.values() if isinstance(n, Notice) and n.launch_id in items}


def _sent(parts: outbox.SentText) -> SentText:
    shared = _shared_words(parts.skeleton)
    personal = tuple(value for name, value in parts.fields.items() if name != "language" and value)
    return replace(shared, personal=(*personal, f"Reference: {parts.key}"))


@lru_cache(maxsize=64)
def _shared_words(skeleton: str) -> SentText:
    """Give what a mailing says to everybody, with gaps where a person's own fields go."""
    read = Skeleton.from_json(skeleton)
    words = read.words(dict.fromkeys(read.slots, ""))
    return SentText(text=words.text, html=words.html, subject=words.subject)


def key_of(read: ReadMail, around: Surroundings) -> KeyFact | None:
    """Give the first key that the mail carries and that we gave out."""
    return next((around.keys[key] for key in read.candidate_keys if key in around.keys), None)


def context_of(key: KeyFact | None, items: Iterable[Item]) -> Context:
    """Say what had been asked: by the mail that the key went out in, else by what is open."""
    if key is not None:
        return CONTEXTS.get(key.notice, Context.NONE)
    found = list(items)
    if any(isinstance(i, Proposal) and i.petition_opened_at is not None for i in found):
        return Context.PETITION
    return Context.PROPOSAL if any(isinstance(i, Proposal) for i in found) else Context.LAUNCH


def names_items(subject: str, items: Iterable[Item]) -> tuple[Item, ...]:
    """Give the items whose title stands in a subject: a mail without a key names what it answers."""
    folded = " ".join(subject.casefold().split())
    return tuple(item for item in items if len(title(item)) >= TITLE_MIN and title(item).casefold() in folded)


def title(item: Item) -> str:
    """Give the title that mails about an item carry in their subject."""
    return " ".join((item.subject if isinstance(item, Notice) else item.title).split())
