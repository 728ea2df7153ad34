"""What every service is given: the database, the settings and the templates of one association."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from mailflow.config import Settings
from mailflow.domain.facts import Item
from mailflow.domain.model import Contact, Kind, Proposal
from mailflow.service.key_records import KeyRecords, nobody_asks
from mailflow.service.readers import Readers
from mailflow.service.templates import Templates
from mailflow.store.engine import Database


@dataclass(frozen=True)
class Office:
    """One association at work."""

    db: Database
    settings: Settings
    templates: Templates
    readers: Readers
    ask_keys: KeyRecords = nobody_asks

    @property
    def address(self) -> str:
        """The address that everything is sent from and answered to."""
        return self.settings.mailbox.address

    @property
    def domain(self) -> str:
        """The domain of that address, which Message-IDs end in."""
        return self.address.rpartition("@")[2]

    @property
    def kinds(self) -> Mapping[str, Kind]:
        """The kinds of proposals that the bylaws know."""
        return self.settings.kinds

    @property
    def zone(self) -> str:
        """The association's time zone."""
        return self.settings.association.timezone

    @property
    def language(self) -> str:
        """The language of whoever's own is not known."""
        return self.settings.association.language

    def today(self, now: datetime) -> date:
        """Give the civil date at the association."""
        return now.astimezone(ZoneInfo(self.zone)).date()

    def contact(self, name: str) -> Contact | None:
        """Give the contact under [contacts.NAME]."""
        return self.settings.contacts.get(name)

    def contact_for(self, item: Item) -> Contact | None:
        """Say who answers for an item (design rule 10): organizer, staff liaison, the kind's contact."""
        if not isinstance(item, Proposal):
            return self.contact(item.contact)
        for organizer in item.organizers:
            if organizer.email:
                return Contact(organizer.name, organizer.email, "organizer")
        if item.staff_liaison.email:
            return item.staff_liaison
        return self.contact(item.kind.contact)
