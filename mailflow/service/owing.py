"""Turn mails that are owed into outbox rows, in the transaction that owes them (design rule 2)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.domain.facts import Item
from mailflow.domain.model import Member, Proposal
from mailflow.domain.outcome import STORM, Owed
from mailflow.domain.packet import Attachment
from mailflow.domain.phrase import LANGUAGES, say
from mailflow.mail import calendar, related
from mailflow.mail.attach import KEPT_AS, frozen
from mailflow.mail.related import Picture
from mailflow.service.addressees import MAILTO, Reader, languages_of, meant, reader_of
from mailflow.service.answer_limits import AnswerLimits
from mailflow.service.meetings import events_of
from mailflow.service.notices import NOTICES, NoticeSpec
from mailflow.service.office import Office
from mailflow.service.rendering import TO_LIST, facts_about, mail_to, mailing_of, public_url, rendered
from mailflow.store import ledger, outbox, outbox_single, roster
from mailflow.store.audience import Recipient
from mailflow.store.engine import Work
from mailflow.store.meetings import Invited


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
        [_Draft(o, items.get(o.object_id), reader_of(office, o, items, members, spoken)) for o in d.owed] for d in debts
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
            made = mailing_of(office, spec, draft.item, one.object_id, facts, [language])
            texts[said] = replace(made, skeletons={**made.skeletons, **goes_with}) if goes_with else made
        slots = {**one.slots, **receipts.get((draft.reader.member_id, one.object_id), {})} if receipts else one.slots
        mail = mail_to(office, spec, draft.item, draft.reader, slots)
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
    mailing = replace(mailing_of(office, spec, item, item.id, facts, LANGUAGES), version=version, is_to_many=True)
    for_lists = rendered(office, spec, facts | {"to_list": True}, office.language)[0]
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
        yield mail_to(office, spec, item, meant(office, one), slots)


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
