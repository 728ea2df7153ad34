"""What a mailing is made of: facts, a skeleton in each language, and one reader's fields and keys."""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from mailflow.domain.facts import Item
from mailflow.domain.model import COLLECTING, Launch, Proposal, ProposalState
from mailflow.domain.phrase import say
from mailflow.errors import TemplateError
from mailflow.mail.key import encode_key
from mailflow.service import item_facts
from mailflow.service.addressees import Reader
from mailflow.service.notices import NoticeSpec
from mailflow.service.office import Office
from mailflow.service.speech import in_language, speech
from mailflow.service.words import deadline_words, greeting_words
from mailflow.store import outbox

TO_LIST = "list"  # the skeleton of the one copy that goes to a mailing list: no key, no personal link


def facts_about(office: Office, item: Item | None) -> dict[str, object]:
    """Give what templates are told: the association, and the item in words that every language can say."""
    association = office.settings.association
    facts = item_facts.common_facts(association.name, association.postal_address, office.language)
    facts["sub_addressing"] = office.settings.mailbox.sub_addressing
    if item is None:
        return facts
    contact = office.contact_for(item)
    if isinstance(item, Proposal):
        name = contact.name if contact else ""
        facts |= item_facts.proposal_facts(item, name, public_url(office, item))
    elif isinstance(item, Launch):
        facts |= item_facts.launch_facts(item, contact, public_url(office, item))
    else:
        facts |= item_facts.notice_facts(item, contact)
    return facts


def public_url(office: Office, item: Proposal | Launch) -> str:
    """Give the address of the public page, "" where pages are on no address that could be told."""
    url = office.settings.web.public_url
    return f"{url}/{'p' if isinstance(item, Proposal) else 'l'}/{item.id}" if url else ""


def mailing_of(
    office: Office,
    spec: NoticeSpec,
    item: Item | None,
    object_id: str,
    facts: Mapping[str, object],
    languages: Sequence[str],
) -> outbox.NewMailing:
    """Render a mailing in these languages; a mistake in one of them is raised before there is any mail of it."""
    shown = (item.statement_sha256, item.act_sha256) if isinstance(item, Proposal) else ("", "")
    made = {language: rendered(office, spec, facts, language) for language in languages}
    told = "".join(told for _, told in made.values())
    version = sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
    skeletons = {language: skeleton for language, (skeleton, _) in made.items()}
    return outbox.NewMailing(spec.name, object_id, version, *shown, skeletons, spec.to_many)


def rendered(office: Office, spec: NoticeSpec, facts: Mapping[str, object], language: str) -> tuple[str, str]:
    """Give the skeleton in a language, and what it was told."""
    if missing := set(spec.facts) - facts.keys():
        raise TemplateError(f"{spec.name}: nothing is known of {', '.join(sorted(missing))}")
    needed = {name: facts.get(name) for name in sorted({*spec.facts, "sub_addressing", "to_list"})}
    told = json.dumps(in_language(needed, language) | {"language": language}, default=str)
    return _skeleton(office.templates, spec.name, told), told


@lru_cache(maxsize=64)
def _skeleton(templates: object, notice: str, told: str) -> str:
    from mailflow.service.templates import Templates

    assert isinstance(templates, Templates)
    return templates.render(notice, json.loads(told)).to_json()


def new_key() -> str:
    """Draw a key: 128 random bits (contract)."""
    return encode_key(secrets.token_bytes(16))


def mail_to(
    office: Office, spec: NoticeSpec, item: Item | None, reader: Reader, slots: Mapping[str, str]
) -> outbox.NewMail:
    """Give one reader's mail of a mailing: their fields, and keys of their own."""
    # what follows from the keys is put in when the mail is composed
    is_list = spec.to_many and not reader.member_id
    fields = {"language": TO_LIST if is_list else reader.language, "greeting": greeting(reader), **slots}
    if "closes_words" in spec.slots:
        fields["closes_words"] = closes_words(item, reader.zone or office.zone, reader.language)
    is_members = bool({"page_url", "unsubscribe_url"} & set(spec.slots)) and bool(reader.member_id)
    has_page = is_members or "frequency_url" in spec.slots
    return outbox.NewMail(
        recipient=reader.recipient,
        member_id=reader.member_id,
        address=reader.address,
        name=reader.name,
        fields=fields,
        key=new_key(),
        link_key=new_key() if has_page else None,
        unsubscribe_key=new_key() if spec.to_many and reader.member_id else None,
    )


def greeting(reader: Reader) -> str:
    """Greet by name; somebody who is no member and whose name is not known is not called one."""
    if reader.name or reader.member_id:
        return greeting_words(reader.name, reader.language)
    return say("Good day,").said_in(speech(reader.language))


def closes_words(item: Item | None, zone: str, language: str) -> str:
    """Say until when the item's open window runs, in the reader's zone and language; "" when it has no end."""
    if not isinstance(item, Proposal):
        return ""
    closes_at = item.feedback_closes_at if item.state is ProposalState.FEEDBACK_OPEN else item.petition_closes_at
    if item.state in {ProposalState.DRAFT, ProposalState.FEEDBACK_CLOSED} | COLLECTING and closes_at is None:
        return ""
    return _deadline(closes_at, zone, language) if closes_at is not None else ""


@lru_cache(maxsize=256)
def _deadline(closes_at: datetime, zone: str, language: str) -> str:
    return str(deadline_words(closes_at, zone, language))
