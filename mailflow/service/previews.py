"""A mail before it is sent: as one recipient would read it, and a test copy; its keys and links stand for nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from mailflow.domain.facts import Item
from mailflow.mail.skeleton import Skeleton
from mailflow.service.addressees import MAILTO, Reader, languages_of, meant
from mailflow.service.composing import reply_to, unsubscribe_url
from mailflow.service.notices import NOTICES
from mailflow.service.office import Office
from mailflow.service.rendering import facts_about, mail_to, mailing_of, rendered
from mailflow.store import outbox
from mailflow.store.audience import Recipient
from mailflow.store.engine import Work

SAMPLE_KEY = "a" * 26  # nobody's key


def preview_words(
    office: Office, notice: str, item: Item, recipient: Recipient, said: Mapping[str, object]
) -> dict[str, str]:
    """Give a mail as one recipient would read it, with keys that stand for nothing."""
    spec = NOTICES[notice]
    reader = meant(office, recipient)
    skeleton, _ = rendered(office, spec, facts_about(office, item) | dict(said), reader.language)
    mail = mail_to(office, spec, item, reader, {})
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
    mailing = mailing_of(office, spec, item, item.id, facts_about(office, item) | dict(said), [language])
    mailing_id = outbox.add_mailing(work, replace(mailing, is_to_many=False), now)
    reader = Reader(MAILTO + address, "", "", address, office.zone, language)
    mail = mail_to(office, spec, item, reader, {})
    fields = mail.fields | {"language": language, **_sample_pages(office)}
    outbox.enqueue(work, mailing_id, [replace(mail, fields=fields, version=f"test-{now.isoformat()}")], now)


def _sample_pages(office: Office) -> dict[str, str]:
    """Give links that show what a member would see and act for nobody."""
    url = unsubscribe_url(SAMPLE_KEY, office.settings)
    return {"page_url": url, "unsubscribe_url": url}
