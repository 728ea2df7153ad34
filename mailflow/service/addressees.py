"""Whom a mail is written to: a member, or an address that has a part in something; and in which language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from mailflow.domain.facts import Item
from mailflow.domain.model import Member, Proposal
from mailflow.domain.outcome import Owed
from mailflow.service.office import Office
from mailflow.service.speech import language_of
from mailflow.store import roster
from mailflow.store.audience import Recipient
from mailflow.store.engine import Work

MAILTO = "mailto:"


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a mail is written to. language: one that we write."""

    recipient: str
    member_id: str
    name: str
    address: str
    zone: str
    language: str


def meant(office: Office, one: Recipient) -> Reader:
    """Give one of the many that a mailing goes to."""
    recipient, language = one.member_id or MAILTO + one.address, language_of(one.language, office.language)
    return Reader(recipient, one.member_id, one.name, one.address, one.timezone, language)


def languages_of(work: Work, office: Office, recipients: Iterable[str]) -> dict[str, str]:
    """Give the language of those who are written to by address and are members besides."""
    addresses = {one.removeprefix(MAILTO) for one in recipients if one.startswith(MAILTO)}
    if not addresses:
        return {}
    found = roster.members_by_address(work, addresses, office.settings.mailbox.delimiter)
    spoken = {address: {m.language for m in people} for address, people in found.items()}
    return {MAILTO + a: language_of(*own, office.language) for a, own in spoken.items() if len(own) == 1}


def reader_of(
    office: Office, one: Owed, items: Mapping[str, Item], members: Mapping[str, Member], spoken: Mapping[str, str]
) -> Reader | None:
    """Give whom a single mail goes to; None where there is no address on file.

    items: what the mails are about, by id. spoken: the languages of those who are written to by address.
    """
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
