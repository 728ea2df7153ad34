"""Searches all mails and pages of the story for what must not stand in them (design rule 11)."""

from __future__ import annotations

import email
import re
from collections.abc import Iterable, Iterator
from email.header import decode_header, make_header

from mailflow.demo.cast import Person
from mailflow.demo.play import Play
from mailflow.demo.stage import Left
from mailflow.demo.story.people import ORGANIZERS

_KEY = re.compile(r"(?<![a-z0-9])[a-z2-7]{26}(?![a-z0-9])")


def leaks(play: Play) -> Iterator[str]:
    """Give a sentence for each mail or page that tells of somebody else what is theirs."""
    texts = [(left, text_of(left.mail.raw)) for left in play.stage.left]
    cast = play.script.cast
    lapsed = [*cast.lapsed, cast.lapsing]
    for left, text in texts:
        # the packet names who signed in good standing, and that they lapsed since is not in it
        yield from _in_mail(left, text, cast.lapsed if left.notice == "submission" else lapsed)
    for seen_by, page in play.pages.items():
        for found in _in_text(page, [person for person in lapsed if person.name != seen_by]):
            yield f"a page shows {found}"
        if any(organizer.email in page for organizer in ORGANIZERS):
            yield "a page shows an organizer's address"
    yield from _shared_keys(texts)


def text_of(raw: bytes) -> str:
    """Give a mail's subject and the text of all its parts, decoded."""
    message = email.message_from_bytes(raw)
    parts = [str(make_header(decode_header(str(message["Subject"] or ""))))]
    for part in message.walk():
        if part.get_content_maintype() == "text":
            payload = part.get_payload(decode=True)
            parts.append(payload.decode("utf-8", "replace") if isinstance(payload, bytes) else "")
    return "\n".join(parts)


def _in_mail(left: Left, text: str, lapsed: Iterable[Person]) -> Iterator[str]:
    others = [person for person in lapsed if not left.mail.is_for(person.address)]
    for found in _in_text(text, others):
        yield f"a {left.notice} shows {found}"
    for organizer in ORGANIZERS:
        if organizer.email in text and not left.mail.is_for(organizer.email):
            yield f"a {left.notice} shows an organizer's address"


def _in_text(text: str, lapsed: Iterable[Person]) -> Iterator[str]:
    if any(organizer.postal_address in text for organizer in ORGANIZERS):
        yield "an organizer's postal address"
    if any(person.name in text for person in lapsed):
        yield "the name of a member whose dues have lapsed"


def _shared_keys(texts: Iterable[tuple[Left, str]]) -> Iterator[str]:
    """Find keys that stand in mails to more than one person: each belongs to one reader."""
    readers: dict[str, set[tuple[str, ...]]] = {}
    for left, text in texts:
        header = left.mail.raw.partition(b"\r\n\r\n")[0].decode("ascii", "replace")
        for key in set(_KEY.findall(header + text)):
            readers.setdefault(key, set()).add(left.mail.rcpt_to)
    for to in readers.values():
        if len(to) > 1:
            yield f"a key stands in mails to {len(to)} people"
