"""Load what the rules must be told about a batch of mails: one query a noun for the whole batch."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from typing import Any

from mailflow.domain.commands import first_line, read_command
from mailflow.domain.decide_command import COMMANDED, CONFIRM
from mailflow.domain.facts import Item, ReplyFacts, WaitingMail
from mailflow.domain.model import (
    COLLECTING,
    KeyFact,
    Member,
    Notice,
    Proposal,
    ProposalState,
    Question,
    Signature,
    SignatureState,
)
from mailflow.domain.outcome import MailState
from mailflow.domain.question import CARRYING
from mailflow.domain.reading import Context, Intent, IntentReading
from mailflow.mail.key import message_id_for, redact_keys
from mailflow.mail.message import SentText
from mailflow.mail.reader import Reading, ReadMail
from mailflow.mail.skeleton import Skeleton
from mailflow.service.amending import accepted_versions
from mailflow.service.items import Standing, items_by_id, standings
from mailflow.service.office import Office
from mailflow.service.posts import posts_of
from mailflow.store import feedback, inbox, launches, outbox, proposals, roster
from mailflow.store.engine import Work

TITLE_MIN = 8  # a shorter title in a subject names nothing
WINDOWS = COLLECTING | {ProposalState.FEEDBACK_OPEN}

# what each mail of ours asks for: how a bare 'yes' in answer to it is read
CONTEXTS = {
    "petition_invitation": Context.PETITION,
    "petition_reminder": Context.PETITION,
    "signature_confirm": Context.CONFIRM,
    "affirm_ask": Context.CONFIRM,
    "window_extended": Context.PETITION,
    "proposal_reminder": Context.PROPOSAL,
    "was_that_you": Context.CONFIRM,
    "unclear_ask": Context.CONFIRM,
    "proposal_open": Context.PROPOSAL,
    "feedback_thanks": Context.PROPOSAL,
    "delay_notice": Context.LAUNCH,
    "firm_date_notice": Context.LAUNCH,
    "update_notice": Context.LAUNCH,
    "launch_notice": Context.LAUNCH,
    "notice": Context.LAUNCH,
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What is known around a batch of mails."""

    keys: dict[str, KeyFact]
    owners: dict[str, Member]
    senders: dict[str, list[Member]]
    items: dict[str, Item]
    open_items: tuple[Item, ...]
    sent: dict[str, SentText]
    questions: dict[int, Question]


def load_surroundings(work: Work, office: Office, reads: Sequence[ReadMail]) -> Surroundings:
    """Load keys, their owners and mails, the senders, and the items that any of these mails could be about."""
    keys = outbox.key_facts(work, {k for read in reads for k in read.candidate_keys}, office.domain)
    addresses = {read.message.from_.address for read in reads if read.message.from_ is not None}
    senders = roster.members_by_address(work, addresses, office.settings.mailbox.delimiter)
    about = [key.about_n for key in keys.values() if key.notice in CARRYING and key.about_n]
    open_items = _open_items(work, office)
    known = {item.id: item for item in open_items}
    missing = {key.object_id for key in keys.values() if key.object_id} - known.keys()
    items = {**known, **items_by_id(work, office, missing)}
    # what is answered to a launch's notice is about the launch
    items |= {n.id: items[n.launch_id] for n in items.values() if isinstance(n, Notice) and n.launch_id in items}
    return Surroundings(
        keys=keys,
        owners=roster.members(work, {key.member_id for key in keys.values() if key.member_id}),
        senders=senders,
        items=items,
        open_items=open_items,
        sent={key: _sent(parts) for key, parts in outbox.sent_texts(work, keys).items()},
        questions=feedback.questions_by_mail(work, about) if about else {},
    )


def _open_items(work: Work, office: Office) -> tuple[Item, ...]:
    """Give what mail without a key could be about: proposals that were opened, and every launch."""
    opened = [s for s in ProposalState if s is not ProposalState.DRAFT]
    return (*proposals.in_states(work, office.kinds, opened), *launches.launches(work).values())


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


def load_facts(
    work: Work,
    office: Office,
    n: int,
    read: ReadMail,
    reading: Reading,
    around: Surroundings,
    arrived_at: datetime,
    now: datetime,
) -> ReplyFacts:
    """Put together what the rules must know about one mail; the signature is read here, for mails before it in the
    same batch may have changed it."""
    message = read.message
    key = key_of(read, around)
    senders = tuple(around.senders.get(message.from_.address, ())) if message.from_ is not None else ()
    owner = around.owners.get(key.member_id) if key is not None else None
    item = around.items.get(key.object_id) if key is not None else None
    petitions = [p for p in (*around.open_items, item) if isinstance(p, Proposal)]
    people = {m.member_id for m in (*senders, *((owner,) if owner else ()))}
    facts = ReplyFacts(
        inbox_n=n,
        arrived_at=arrived_at,
        from_address=message.from_.address if message.from_ is not None else "",
        reading=reading.intent,
        message_id=message.message_id,
        subject=message.subject,
        from_problem=message.from_problem,
        new_text=redact_keys(reading.new_text),  # what is kept and relayed hands no key on (R59)
        dmarc=reading.dmarc,
        over=message.over,
        key=key,
        owner=owner,
        senders=senders,
        item=item,
        windows=tuple(i for i in around.open_items if isinstance(i, Proposal) and i.state in WINDOWS),
        named=names_items(message.subject, around.open_items),
    )
    if key is not None and key.statement_sha256 and isinstance(item, Proposal):
        facts = replace(facts, is_stale=_is_stale(work, key, item))
    if key is not None and key.notice == "was_that_you":
        facts = replace(facts, waiting=_waiting(work, key, around))
    if key is not None and not key.member_id and key.notice in COMMANDED:
        facts = replace(facts, zone=office.zone, **_posts(work, office, key, item))
    signatures = proposals.signatures_of(work, [p.id for p in petitions], people) if people else {}
    return replace(
        facts,
        signatures=signatures,
        standing=_standing(work, petitions, people, arrived_at, now) | _of_waiting(work, petitions, signatures, now),
        asked=inbox.asked(work, [(i.id, m) for i in (*around.open_items, *((item,) if item else ())) for m in people]),
        contacts=_contacts(office, (*around.open_items, *((item,) if item else ()))),
        question=around.questions.get(key.about_n) if key is not None else None,
        thread=_thread(work, office, key) if key is not None and key.about_n else "",
    )


def _is_stale(work: Work, key: KeyFact, petition: Proposal) -> bool:
    """Tell whether a mail showed a statement that was materially changed since."""
    shown = key.statement_sha256
    return shown != petition.statement_sha256 and shown not in accepted_versions(work, petition)


def _thread(work: Work, office: Office, key: KeyFact) -> str:
    """Give the Message-ID that a conversation goes on under (facts.thread)."""
    if key.notice in CARRYING:
        row = inbox.row(work, key.about_n)
        return row.message_id if row is not None else ""
    if key.notice != "answer":
        return ""
    carried = outbox.key_about(work, "question", key.about_n)
    return message_id_for(carried, office.domain) if carried else ""


def _posts(work: Work, office: Office, key: KeyFact, item: Item | None) -> dict[str, Any]:
    """Give what the addressee of one of our mails has a part in, and the command that the mail asks a yes for."""
    posts = posts_of(work, office, key.address, [key.object_id, *([item.id] if item else [])] if key.object_id else [])
    ordered = None
    if key.notice == CONFIRM and (row := inbox.row(work, key.about_n)) is not None:
        ordered = read_command(first_line(row.new_text), row.arrived_at, office.zone)
    return {"posts": posts, "ordered": ordered}


def _standing(
    work: Work, petitions: Sequence[Proposal], people: set[str], arrived_at: datetime, now: datetime
) -> dict[tuple[str, str], Standing]:
    found: dict[tuple[str, str], Standing] = {}
    for petition in {p.id: p for p in petitions if p.petition_opened_at is not None}.values():
        for member_id, standing in standings(work, petition, people, arrived_at, now).items():
            found[petition.id, member_id] = standing
    return found


def _of_waiting(
    work: Work, petitions: Sequence[Proposal], signatures: Mapping[tuple[str, str], Signature], now: datetime
) -> dict[tuple[str, str], Standing]:
    """Give standing as of the day of the SIGN, for signatures that wait: that day counts, not the confirmation's."""
    by_id = {p.id: p for p in petitions}
    return {
        (petition_id, member_id): standings(work, by_id[petition_id], [member_id], one.signed_at, now)[member_id]
        for (petition_id, member_id), one in signatures.items()
        if one.state is SignatureState.PENDING
    }


def _contacts(office: Office, items: Iterable[Item]) -> dict[str, str]:
    return {item.id: contact.email for item in items if (contact := office.contact_for(item)) is not None}


def _waiting(work: Work, key: KeyFact, around: Surroundings) -> WaitingMail | None:
    row = inbox.row(work, key.about_n)
    if row is None or row.state != MailState.HELD:
        return None
    reading = IntentReading(Intent(row.intent or Intent.UNCLEAR), tuple(row.reasons))
    return WaitingMail(row.n, row.object_id, row.new_text, row.arrived_at, row.message_id, reading)
