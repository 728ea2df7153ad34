"""Which mails are worth asking the DNS for a key: a member's, that our own mail server says nothing about (R56)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from mailflow.domain.reading import Dmarc
from mailflow.mail.message import MailKind
from mailflow.mail.reader import ReadMail
from mailflow.service.key_records import KeyRecords
from mailflow.service.surroundings import Surroundings

NAMES_MAX = 100  # of a batch of fifty mails


def records_for(reads: Iterable[ReadMail], around: Surroundings, ask: KeyRecords) -> Mapping[str, str]:
    """Ask once for all the keys that a batch wants."""
    names = dict.fromkeys(name for read in reads if is_worth_asking(read, around) for name in read.needed_keys)
    return ask(list(names)[:NAMES_MAX]) if names else {}


def is_worth_asking(read: ReadMail, around: Surroundings) -> bool:
    """Tell whether a proof would change anything: only a member's own words are ever counted."""
    sender = read.message.from_
    is_members = sender is not None and bool(around.senders.get(sender.address))
    return is_members and read.kind is MailKind.PERSON and read.dmarc is Dmarc.UNKNOWN
