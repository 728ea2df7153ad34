"""Put together what the rules must be told about one mail, from what was loaded for its batch."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any

from mailflow.domain.commands import first_line, read_command
from mailflow.domain.decide_command import COMMANDED, CONFIRM
from mailflow.domain.facts import Item, ReplyFacts, WaitingMail
from mailflow.domain.model import KeyFact, Member, Proposal, SignatureState
from mailflow.domain.outcome import MailState
from mailflow.domain.question import CARRYING
from mailflow.domain.reading import Intent, IntentReading
from mailflow.mail.key import message_id_for, redact_keys
from mailflow.mail.reader import Reading, ReadMail
from mailflow.service.amending import accepted_versions
from mailflow.service.items import Standing, standing_then
from mailflow.service.office import Office
from mailflow.service.posts import posts_of
from mailflow.service.surroundings import WINDOWS, ToDecide, key_of, names_items
from mailflow.store import inbox, outbox
from mailflow.store.engine import Work


def people_of(read: ReadMail, around: ToDecide) -> tuple[tuple[Member, ...], Member | None]:
    """Give the members who may have written a mail, by its From, and the one whom its key went to."""
    key, from_ = key_of(read, around), read.message.from_
    senders = tuple(around.senders.get(from_.address, ())) if from_ is not None else ()
    return senders, around.owners.get(key.member_id) if key is not None else None


def load_facts(
    work: Work,
    office: Office,
    n: int,
    read: ReadMail,
    reading: Reading,
    around: ToDecide,
    arrived_at: datetime,
    now: datetime,
) -> ReplyFacts:
    """Put together what the rules must know about one mail; few mails need a further look into the database."""
    message = read.message
    key = key_of(read, around)
    senders, owner = people_of(read, around)
    item = around.items.get(key.object_id) if key is not None else None
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
        signatures=around.signatures,
        standing=_standing(around, people, arrived_at, now),
        asked=around.asked,
        contacts=around.contacts,
        question=around.questions.get(key.about_n) if key is not None else None,
    )
    return _of_key(work, office, facts, key, item) if key is not None else facts


def _of_key(work: Work, office: Office, facts: ReplyFacts, key: KeyFact, item: Item | None) -> ReplyFacts:
    """Add what the mail that is answered asks for."""
    if key.statement_sha256 and isinstance(item, Proposal):
        facts = replace(facts, is_stale=_is_stale(work, key, item))
    if key.notice == "was_that_you":
        facts = replace(facts, waiting=_waiting(work, key))
    if not key.member_id and key.notice in COMMANDED:
        facts = replace(facts, zone=office.zone, **_posts(work, office, key, item))
    if not key.about_n:
        return facts
    return replace(facts, thread=_thread(work, office, key))


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
    around: ToDecide, people: Iterable[str], arrived_at: datetime, now: datetime
) -> dict[tuple[str, str], Standing]:
    """Give standing as it counts under each petition; for a signature that waits, the day of the SIGN counts."""
    found: dict[tuple[str, str], Standing] = {}
    for member_id in people:
        history = around.histories.get(member_id, ())
        for petition in around.petitions:
            signed = around.signatures.get((petition.id, member_id))
            is_waiting = signed is not None and signed.state is SignatureState.PENDING
            signed_at = signed.signed_at if signed is not None and is_waiting else arrived_at
            if petition.petition_opened_at is not None or is_waiting:
                found[petition.id, member_id] = standing_then(history, petition, signed_at, now)
    return found


def _waiting(work: Work, key: KeyFact) -> WaitingMail | None:
    row = inbox.row(work, key.about_n)
    if row is None or row.state != MailState.HELD:
        return None
    reading = IntentReading(Intent(row.intent or Intent.UNCLEAR), tuple(row.reasons))
    return WaitingMail(row.n, row.object_id, row.new_text, row.arrived_at, row.message_id, reading)
