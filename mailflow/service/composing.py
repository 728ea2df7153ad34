"""A row of the outbox to the mail that leaves: for the relay, and the same for previews and kept copies."""

from __future__ import annotations

from functools import lru_cache
from urllib.parse import quote

from mailflow.config import Settings
from mailflow.domain.packet import Attachment
from mailflow.domain.relay import Envelope
from mailflow.errors import ConfigError, TemplateError
from mailflow.mail import attach, calendar, related
from mailflow.mail.compose import Frame, fill
from mailflow.mail.key import message_id_for, reply_address
from mailflow.mail.skeleton import Skeleton
from mailflow.service.notices import NOTICES
from mailflow.store.outbox_lookup import skeleton_for
from mailflow.store.outbox_rows import ClaimedMail, Mailing

PAGE_PATH = "/m/"  # + link_key: the personal page
FREQUENCY_PATH = "/d/"  # + link_key of a digest
UNSUBSCRIBE_PATH = "/u/"  # + link_key in bodies: a page with a button; + unsubscribe_key in the header: RFC 8058


def compose_mail(mailing: Mailing, mail: ClaimedMail, settings: Settings) -> Envelope:
    """Compose a mail; the same row gives the same bytes, whenever it is tried (R85).

    Raises UnsafeValue when a value can't stand in a mail, TemplateError when one is missing.
    """
    skeleton = _skeleton(skeleton_for(mailing.skeletons, mail.fields.get("language", "")), mail.notice)
    attachments, pictures, invitation = _what_goes_with(mailing, mail, settings)
    body = fill(
        skeleton,
        frame_of(mailing, mail, settings),
        slots_of(mail, settings),
        attachments,
        pictures=pictures,
        invitation=invitation,
    )
    is_wire_text = not (attachments or pictures or invitation or settings.relay.dkim) and body.isascii()
    return Envelope(reply_to(mail.key, settings), mail.address, signed(body, settings), is_wire_text)


def signed(raw: bytes, settings: Settings) -> bytes:
    """Give the mail with our DKIM signature where relay.dkim says so, else as it is. Raises ConfigError."""
    dkim = settings.relay.dkim
    if dkim is None:
        return raw
    from mailflow.mail.dkim_sign import signer  # 60 ms that nobody pays whose relay signs

    try:
        return signer(dkim.domain, dkim.selector, dkim.key).sign(raw)
    except ValueError as error:
        raise ConfigError("relay.dkim.key", str(error)) from None


def check_signing(settings: Settings) -> None:
    """Raise ConfigError when relay.dkim can't sign: said before a mail is claimed, or each would be parked for it."""
    signed(b"From: x@example.org\r\n\r\n", settings)


def frame_of(mailing: Mailing, mail: ClaimedMail, settings: Settings) -> Frame:
    """Give the header of a mail (contract: Mail)."""
    address = settings.mailbox.address
    domain = address.rpartition("@")[2]
    spec = NOTICES.get(mail.notice)
    answer_to = _answer_to(mailing, mail, settings)
    has_unsubscribe = mailing.is_to_many and mail.unsubscribe_key is not None
    return Frame(
        from_address=address,
        from_name=settings.association.name,
        to_address=mail.address,
        to_name=mail.name,
        message_id=message_id_for(mail.key, domain),
        date=mail.message_date,
        reply_to=answer_to,
        auto_submitted="auto-replied" if mail.is_answer else spec.auto_submitted if spec else "auto-generated",
        list_id=f"{mail.object_id or 'mail'}.{domain}",
        in_reply_to=mail.in_reply_to,
        unsubscribe_mailto=f"{answer_to}?subject=unsubscribe" if has_unsubscribe else "",
        unsubscribe_url=unsubscribe_url(mail.unsubscribe_key, settings) if has_unsubscribe else "",
        one_click=has_unsubscribe,
    )


def _answer_to(mailing: Mailing, mail: ClaimedMail, settings: Settings) -> str:
    """Give where answers and bounces go: with this mail's key, but for the copy that a mailing list gets."""
    is_list = mailing.is_to_many and not mail.member_id
    return settings.mailbox.address if is_list else reply_to(mail.key, settings)


def slots_of(mail: ClaimedMail, settings: Settings) -> dict[str, str]:
    """Give what the skeleton's slots take: the row's fields, and what follows from its keys."""
    return {
        "greeting": f"Dear {mail.name}," if mail.name else "Dear reader,",
        "closes_words": "",
        "key": mail.key,
        "reply_to": reply_to(mail.key, settings),
        "page_url": page_url(mail.link_key, settings),
        "unsubscribe_url": unsubscribe_url(mail.link_key, settings),
        "frequency_url": frequency_url(mail.link_key, settings),
        **mail.fields,
    }


def reply_to(key: str, settings: Settings) -> str:
    """Give the address that answers go to, and bounces too; it carries the key where sub-addressing is to be had."""
    mailbox = settings.mailbox
    return reply_address(mailbox.address, key, mailbox.delimiter) if mailbox.sub_addressing else mailbox.address


def page_url(link_key: str | None, settings: Settings) -> str:
    """Give the address of a personal page, "" without a key."""
    return f"{settings.web.public_url}{PAGE_PATH}{_in_path(link_key)}" if link_key else ""


def unsubscribe_url(unsubscribe_key: str | None, settings: Settings) -> str:
    """Give the address to unsubscribe at, "" without a key."""
    if not unsubscribe_key:
        return ""
    return f"{settings.web.public_url}{UNSUBSCRIBE_PATH}{_in_path(unsubscribe_key)}"


def frequency_url(link_key: str | None, settings: Settings) -> str:
    """Give the address at which the reader of a digest says how often, "" without a key."""
    return f"{settings.web.public_url}{FREQUENCY_PATH}{_in_path(link_key)}" if link_key else ""


def _in_path(key: str) -> str:
    return key if key.isascii() and key.isalnum() else quote(key, safe="")  # ours are, and quote is slow


@lru_cache(maxsize=64)
def _skeleton(text: str, notice: str) -> Skeleton:
    if not text:
        raise TemplateError(f"{notice}: the mailing has no text")
    try:
        return Skeleton.from_json(text)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise TemplateError(f"{notice}: the mailing's text can't be read: {error}") from error


def _what_goes_with(
    mailing: Mailing, mail: ClaimedMail, settings: Settings
) -> tuple[tuple[Attachment, ...], tuple[related.Picture, ...], str]:
    """Give files, pictures, and the invitation to a meeting."""
    kept = mailing.skeletons
    if not (attach.KEPT_AS in kept or related.KEPT_AS in kept or calendar.KEPT_AS in kept):
        return (), (), ""
    try:
        events = calendar.thawed(kept.get(calendar.KEPT_AS, "")) if mail.member_id else ()  # a list accepts nothing
        invitations = [_invitation(event, mail, settings) for event in events]
        # the first is what clients show buttons for; further ones are files: an answer is to one event (RFC 5546)
        more = [Attachment(f"meeting-{n}.ics", "text/calendar", i.encode()) for n, i in enumerate(invitations[1:], 2)]
        return (
            (*attach.thawed(kept.get(attach.KEPT_AS, "")), *more),
            related.thawed(kept.get(related.KEPT_AS, "")),
            invitations[0] if invitations else "",
        )
    except (ValueError, TypeError) as error:
        raise TemplateError(f"{mail.notice}: what goes with the mailing can't be read: {error}") from error


def _invitation(event: calendar.Event, mail: ClaimedMail, settings: Settings) -> str:
    """Write a meeting's invitation: its answers go where the answers of the first mail about it go."""
    organizer = reply_to(mail.fields.get("organizer_key", mail.key), settings)
    attendee = mail.fields.get("attendee", mail.address)
    return calendar.invitation(event, organizer, settings.association.name, attendee, mail.name, mail.message_date)
