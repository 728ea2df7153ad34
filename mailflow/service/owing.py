"""Turn mails that are owed into outbox rows, in the transaction that owes them (design rule 2)."""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from mailflow.domain.facts import Item
from mailflow.domain.model import COLLECTING, Launch, Member, Proposal, ProposalState
from mailflow.domain.outcome import STORM, Owed
from mailflow.domain.packet import Attachment
from mailflow.domain.phrase import LANGUAGES, say
from mailflow.errors import TemplateError
from mailflow.mail import calendar, related
from mailflow.mail.attach import KEPT_AS, frozen
from mailflow.mail.key import encode_key
from mailflow.mail.related import Picture
from mailflow.mail.skeleton import Skeleton
from mailflow.service import item_facts
from mailflow.service.answer_limits import AnswerLimits
from mailflow.service.composing import reply_to, unsubscribe_url
from mailflow.service.meetings import events_of
from mailflow.service.notices import NOTICES, NoticeSpec
from mailflow.service.office import Office
from mailflow.service.speech import in_language, language_of, speech
from mailflow.service.words import deadline_words, greeting_words
from mailflow.store import ledger, outbox, outbox_single, roster
from mailflow.store.audience import Recipient
from mailflow.store.engine import Work
from mailflow.store.meetings import Invited

MAILTO = "mailto:"
SAMPLE_KEY = "a" * 26  # stands for nobody's key, in previews and test mails
TO_LIST = "list"  # the skeleton of the one copy that goes to a mailing list: no key, no personal link


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a mail is written to. language: one that we write."""

    recipient: str
    member_id: str
    name: str
    address: str
    zone: str
    language: str


def owe(
    work: Work,
    office: Office,
    owed: Sequence[Owed],
    items: Mapping[str, Item],
    now: datetime,
    *,
    is_proved: bool = True,
    attachments: Sequence[Attachment] = (),
    pictures: Sequence[Picture] = (),
) -> list[str]:
    """Queue single mails; give the reasons why some of them may not go out (design rule 7).

    items: what the mails are about, by id. is_proved: whether the mail that is answered is known to be its author's.
    attachments, pictures: files that go with each of these mails, and what their HTML shows.
    """
    goes_with = {KEPT_AS: frozen(attachments)} if attachments else {}
    if pictures:
        goes_with[related.KEPT_AS] = related.frozen(pictures)
    return owe_each(work, office, [Debt(owed, is_proved)], items, now, goes_with=goes_with)[0]


def owe_each(
    work: Work,
    office: Office,
    debts: Sequence[Debt],
    items: Mapping[str, Item],
    now: datetime,
    *,
    known: Mapping[str, Member] | None = None,
    goes_with: Mapping[str, str] | None = None,
) -> list[list[str]]:
    """Queue the mails of several causes together; give for each cause the reasons why some may not go out.

    An answer counts against the limits of those after it. known: members that were loaded already.
    """
    members = dict(known or {})
    wanted = {o.recipient for debt in debts for o in debt.owed if not o.recipient.startswith(MAILTO)}
    members |= roster.members(work, wanted - members.keys())
    spoken = languages_of(work, office, [o.recipient for debt in debts for o in debt.owed])
    drafts = [
        [_Draft(o, items.get(o.object_id), _reader(office, o, items, members, spoken)) for o in d.owed] for d in debts
    ]
    answered = {each.reader.address for some in drafts for each in some if each.reader and each.owed.is_answer}
    limits = AnswerLimits(work, answered, now)
    refused = [
        [_why_not(limits, each, debt.is_proved) for each in some] for debt, some in zip(debts, drafts, strict=True)
    ]
    whys = [why for some in refused for why in some]
    going = [each for each, why in zip((each for some in drafts for each in some), whys, strict=True) if not why]
    if any(STORM in why for why in whys):
        going += _storm(office, now)
    _queue(work, office, going, now, goes_with or {})
    return [[why for why in some if why] for some in refused]


@dataclass(frozen=True, slots=True)
class Debt:
    """The mails that one cause owes. is_proved: whether the mail that is answered is known to be its author's."""

    owed: Sequence[Owed]
    is_proved: bool = True


@dataclass(frozen=True, slots=True)
class _Draft:
    owed: Owed
    item: Item | None
    reader: Reader | None  # None: there is no address on file


def _why_not(limits: AnswerLimits, draft: _Draft, is_proved: bool) -> str:
    one, reader = draft.owed, draft.reader
    if reader is None:
        return f"{one.notice}: there is no address on file to write to"
    if not one.is_answer:
        return ""
    if why := limits.why_not(one, reader.address, is_proved):
        return f"{one.notice}: not sent: {why}"
    limits.add(one, reader.address)
    return ""


def _queue(work: Work, office: Office, drafts: Sequence[_Draft], now: datetime, goes_with: Mapping[str, str]) -> None:
    receipts = _receipts(work, drafts)
    texts: dict[tuple[str, ...], outbox.NewMailing] = {}  # alike for all to whom the same is said of the same
    mails = []
    for draft in drafts:
        one, spec = draft.owed, NOTICES[draft.owed.notice]
        assert draft.reader is not None
        language = draft.reader.language
        told = json.dumps(one.facts, sort_keys=True, default=str) if one.facts else ""
        said = (one.notice, one.object_id, language, told)
        if said not in texts:
            facts = facts_about(office, draft.item) | dict(one.facts)
            made = _mailing(office, spec, draft.item, one.object_id, facts, [language])
            texts[said] = replace(made, skeletons={**made.skeletons, **goes_with}) if goes_with else made
        slots = {**one.slots, **receipts.get((draft.reader.member_id, one.object_id), {})} if receipts else one.slots
        mail = _mail(office, spec, draft.item, draft.reader, slots)
        mail = replace(mail, version=one.version, in_reply_to=one.in_reply_to)
        mails.append((texts[said], replace(mail, about_n=one.about_n, is_answer=one.is_answer)))
    ids = outbox_single.add_mailings(work, [mailing for mailing, _ in mails], now)
    outbox_single.enqueue_each(work, [(id_, *each) for id_, each in zip(ids, mails, strict=True)], now)


def _receipts(work: Work, drafts: Sequence[_Draft]) -> dict[tuple[str, str], dict[str, str]]:
    """Give the receipt of each signature that is told of."""
    told = [each for each in drafts if "receipt" in NOTICES[each.owed.notice].slots and each.reader is not None]
    if not told:
        return {}
    whose = [(each.reader.member_id, each.owed.object_id) for each in told if each.reader is not None]
    entries, head = ledger.last_of_each(work, whose), ledger.head(work)
    return {one: {"receipt": entries[one].code if one in entries else "", "ledger_head": head} for one in whose}


def owe_many(
    work: Work,
    office: Office,
    notice: str,
    item: Item,
    version: str,
    recipients: Iterable[Recipient],
    now: datetime,
    said: Mapping[str, object] | None = None,
    *,
    goes_with: Mapping[str, str] | None = None,
) -> int:
    """Queue a mailing to many and say how many mails are new; streams, so that no mailing is held in memory.

    goes_with: what goes with each mail, such as a meeting for the calendars.
    """
    spec = NOTICES[notice]
    facts = facts_about(office, item) | dict(said or {})
    mailing = replace(_mailing(office, spec, item, item.id, facts, LANGUAGES), version=version, is_to_many=True)
    for_lists = _rendered(office, spec, facts | {"to_list": True}, office.language)[0]
    more = {**_invitations(office, notice, item, now), **(goes_with or {})}
    mailing = replace(mailing, skeletons={**mailing.skeletons, TO_LIST: for_lists, **more})
    mailing_id = outbox.add_mailing(work, mailing, now)
    return outbox.enqueue(work, mailing_id, _mails(office, spec, item, recipients), now)


def _invitations(office: Office, notice: str, item: Item, now: datetime) -> dict[str, str]:
    """Give the meetings that the mail asks to, for the calendars of its readers."""
    if notice != "proposal_open" or not isinstance(item, Proposal):
        return {}
    events = events_of(item, office.domain, public_url(office, item), now)
    return {calendar.KEPT_AS: calendar.frozen(events)} if events else {}


def _mails(office: Office, spec: NoticeSpec, item: Item, recipients: Iterable[Recipient]) -> Iterator[outbox.NewMail]:
    for one in recipients:
        # an update of a meeting comes from, and is for, whom the invitation named
        slots = {"organizer_key": one.key, "attendee": one.invited_as} if isinstance(one, Invited) else {}
        yield _mail(office, spec, item, _meant(office, one), slots)


def _meant(office: Office, one: Recipient) -> Reader:
    recipient, language = one.member_id or MAILTO + one.address, language_of(one.language, office.language)
    return Reader(recipient, one.member_id, one.name, one.address, one.timezone, language)


def preview_words(
    office: Office, notice: str, item: Item, recipient: Recipient, said: Mapping[str, object]
) -> dict[str, str]:
    """Give a mail as one recipient would read it, with keys that stand for nothing."""
    spec = NOTICES[notice]
    reader = _meant(office, recipient)
    skeleton, _ = _rendered(office, spec, facts_about(office, item) | dict(said), reader.language)
    mail = _mail(office, spec, item, reader, {})
    fields = mail.fields | {
        "key": SAMPLE_KEY,
        "reply_to": reply_to(SAMPLE_KEY, office.settings),
        **_sample_pages(office),
    }
    words = Skeleton.from_json(skeleton).words(fields)
    to, language = recipient.name or recipient.address, reader.language
    return {"to": to, "language": language, "subject": words.subject, "text": words.text}


def send_test(
    work: Work, office: Office, notice: str, item: Item, address: str, said: Mapping[str, object], now: datetime
) -> None:
    """Queue one copy of a mailing to one address; its links lead to a sample page, and it unsubscribes nobody."""
    spec = NOTICES[notice]
    language = languages_of(work, office, [MAILTO + address]).get(MAILTO + address, office.language)
    mailing = _mailing(office, spec, item, item.id, facts_about(office, item) | dict(said), [language])
    mailing_id = outbox.add_mailing(work, replace(mailing, is_to_many=False), now)
    reader = Reader(MAILTO + address, "", "", address, office.zone, language)
    mail = _mail(office, spec, item, reader, {})
    fields = mail.fields | {"language": language, **_sample_pages(office)}
    outbox.enqueue(work, mailing_id, [replace(mail, fields=fields, version=f"test-{now.isoformat()}")], now)


def _sample_pages(office: Office) -> dict[str, str]:
    """Give links that show what a member would see and act for nobody."""
    url = unsubscribe_url(SAMPLE_KEY, office.settings)
    return {"page_url": url, "unsubscribe_url": url}


# --- facts and fields -------------------------------------------------------------------------------------------
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


def _mailing(
    office: Office,
    spec: NoticeSpec,
    item: Item | None,
    object_id: str,
    facts: Mapping[str, object],
    languages: Sequence[str],
) -> outbox.NewMailing:
    """Render a mailing in these languages; a mistake in one of them is raised before there is any mail of it."""
    shown = (item.statement_sha256, item.act_sha256) if isinstance(item, Proposal) else ("", "")
    rendered = {language: _rendered(office, spec, facts, language) for language in languages}
    told = "".join(told for _, told in rendered.values())
    version = sha256(told.encode("utf-8", "replace")).hexdigest()[:16]
    skeletons = {language: skeleton for language, (skeleton, _) in rendered.items()}
    return outbox.NewMailing(spec.name, object_id, version, *shown, skeletons, spec.to_many)


def _rendered(office: Office, spec: NoticeSpec, facts: Mapping[str, object], language: str) -> tuple[str, str]:
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


def _mail(
    office: Office, spec: NoticeSpec, item: Item | None, reader: Reader, slots: Mapping[str, str]
) -> outbox.NewMail:
    # what follows from the keys is put in when the mail is composed
    is_list = spec.to_many and not reader.member_id
    fields = {"language": TO_LIST if is_list else reader.language, "greeting": _greeting(reader), **slots}
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


def _greeting(reader: Reader) -> str:
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


def languages_of(work: Work, office: Office, recipients: Iterable[str]) -> dict[str, str]:
    """Give the language of those who are written to by address and are members besides."""
    addresses = {one.removeprefix(MAILTO) for one in recipients if one.startswith(MAILTO)}
    if not addresses:
        return {}
    found = roster.members_by_address(work, addresses, office.settings.mailbox.delimiter)
    spoken = {address: {m.language for m in people} for address, people in found.items()}
    return {MAILTO + a: language_of(*own, office.language) for a, own in spoken.items() if len(own) == 1}


def _reader(
    office: Office, one: Owed, items: Mapping[str, Item], members: Mapping[str, Member], spoken: Mapping[str, str]
) -> Reader | None:
    if one.recipient.startswith(MAILTO):
        address = one.recipient.removeprefix(MAILTO)
        language = spoken.get(one.recipient, office.language)
        return Reader(one.recipient, "", _name_of(office, address, items), address, office.zone, language)
    member = members.get(one.recipient)
    if member is None or not member.address:
        return None
    language = language_of(member.language, office.language)
    return Reader(member.member_id, member.member_id, member.name, member.address, member.timezone, language)


def _name_of(office: Office, address: str, items: Mapping[str, Item]) -> str:
    """Find the name of somebody who is written to for their part in an item."""
    named = [(c.email, c.name) for c in office.settings.contacts.values()]
    for item in items.values():
        if isinstance(item, Proposal):
            named += [(o.email, o.name) for o in item.organizers]
            named.append((item.staff_liaison.email, item.staff_liaison.name))
    return next((name for email, name in named if email and email.casefold() == address.casefold()), "")


def _storm(office: Office, now: datetime) -> list[_Draft]:
    """Tell the owner, once a day, that the breaker stopped answers (R74)."""
    if not (owner := office.settings.mailbox.owner):
        return []
    facts = {
        "what": say("Many mails that nothing vouches for came in a short time; answering them was stopped."),
        "details": [
            say("Mail that is provably a member's is answered all the while. What was not answered is in the inbox.")
        ],
        "remedy": say("`mailflow inbox list` shows them; somebody may be sending mail in your members' names."),
    }
    told = Owed("alert", "", MAILTO + owner, version=f"storm-{office.today(now)}", facts=facts)
    return [_Draft(told, None, Reader(told.recipient, "", "", owner, office.zone, office.language))]
