"""What machines answer in a person's name or place: absences, ticket systems, reactions.

They write to Reply-To of what they answer. The envelope sender that a docstring names is the one that such mail has;
"" is the null reverse-path.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from mailflow.demo.cast import Person
from mailflow.demo.clients.answer import escaped
from mailflow.demo.clients.mime import both, encoded, finish, fitting_charset, mailbox, multipart, text_part
from mailflow.demo.clients.original import Original, read_original
from mailflow.demo.derive import DIGITS, HEX, LETTERS, token

_ABSENCES = {
    "en": (
        "Out of office: ",
        "Thank you for your message. I am away from my desk until Monday and will sign and answer nothing before then. "
        "If it can't wait, please call the front desk.",
    ),
    "de": (
        "Abwesenheitsnotiz: ",
        "Vielen Dank für Ihre Nachricht. Ich bin bis zum 15. Juli nicht im Haus; Ihre E-Mail wird nicht "
        "weitergeleitet. In dringenden Fällen wenden Sie sich bitte an die Auskunft.\n\nMit freundlichen Grüßen",
    ),
}


def out_of_office(sender: Person, sent: bytes, at: datetime, *, language: str = "en", marked: bool = True) -> bytes:
    """Write a vacation notice. Envelope sender: "" if marked, else the sender's.

    language: "en" or "de". marked: with the header fields that RFC 3834 asks for.
    """
    prefix, words = _ABSENCES[language]
    original = read_original(sent)
    text = f"{words}\n{sender.name}\n"
    charset = fitting_charset(text, ("us-ascii", "iso-8859-1", "utf-8"))
    fields = machine_fields(sender, original, at, prefix + original.subject, "vacation")
    if marked:
        fields += [("Auto-Submitted", "auto-replied (vacation)"), ("Precedence", "bulk"), ("X-Autoreply", "yes")]
    return finish(fields, text_part(text, "plain", charset, "quoted-printable"))


def exchange_auto_reply(sender: Person, sent: bytes, at: datetime) -> bytes:
    """Write the automatic reply of an Exchange mailbox, text and HTML. Envelope sender: ""."""
    original = read_original(sent)
    text = f"I am on leave and read no mail.\n\n{sender.name}\n{sender.library.name}\n"
    html = f"<html><body><p>I am on leave and read no mail.</p><p>{escaped(sender.name)}</p></body></html>\n"
    fields = machine_fields(sender, original, at, "Automatic reply: " + original.subject, "exchange")
    fields += [
        ("Thread-Topic", encoded(original.subject)),
        ("X-MS-Has-Attach", ""),
        ("X-Auto-Response-Suppress", "All"),
        ("X-MS-Exchange-Inbox-Rules-Loop", sender.address),
        ("auto-submitted", "auto-generated"),
        ("x-ms-exchange-generated-message-source", "Mailbox Rules Agent"),
    ]
    boundary = f"_000_{machine_id(36, original, at, HEX).upper()}_"
    return finish(fields, multipart("alternative", boundary, both(text, html)))


def ticket_system(sender: Person, sent: bytes, at: datetime) -> bytes:
    """Write what a help desk answers that stands behind a member's address. Envelope sender: the desk's address."""
    original = read_original(sent)
    number = machine_id(6, original, at, DIGITS)
    desk = Person(f"{sender.library.name} Help Desk", f"helpdesk@{sender.library.domain}", timezone=sender.timezone)
    text = (
        f"Your request has been received and given the number {number}. A member of our staff will answer soon.\n"
        f"To add to it, reply to this message.\n\n---------\n{original.text}\n"
    )
    fields = machine_fields(desk, original, at, f"[Ticket#{number}] {original.subject}", "ticket")
    fields += [
        ("X-Ticket-System", "desk"),
        ("Auto-Submitted", "auto-replied"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
    ]
    return finish(fields, text_part(text, "plain", "utf-8", "quoted-printable"))


def outlook_reaction(sender: Person, sent: bytes, at: datetime) -> bytes:
    """Tell that somebody pressed a thumb in Outlook; nothing marks it as automatic. Envelope sender: the sender's."""
    original = read_original(sent)
    head = f"From: {original.author} <{original.from_address}>\nSubject: {original.subject}"
    text = f"{sender.name} reacted to your message:\n\n👍\n\n{'_' * 32}\n{head}\n\n{original.text}\n"
    lines = f"<div>{escaped(sender.name)} reacted to your message:</div><div>👍</div><hr>"
    html = f"<html><body>{lines}{original.html}</body></html>\n"
    fields = machine_fields(sender, original, at, "Reaction: " + original.subject, "reaction")
    fields += [("x-ms-reactions", "allow"), ("Thread-Topic", encoded(original.subject))]
    boundary = f"_000_{machine_id(36, original, at, HEX).upper()}_"
    return finish(fields, multipart("alternative", boundary, both(text, html, "base64")))


def machine_fields(sender: Person, original: Original, at: datetime, subject: str, kind: str) -> list[tuple[str, str]]:
    """Give the header fields of a mail that a machine writes in the name of `sender`; kind: any word, for its id."""
    domain = sender.address.rpartition("@")[2]
    return [
        ("From", mailbox(sender.name, sender.address)),
        ("To", original.reply_to),
        ("Subject", encoded(subject)),
        ("Date", format_datetime(local_time(sender, at))),
        ("Message-ID", f"<{token(24, kind, original.message_id, sender.address, at)}@{domain}>"),
        ("In-Reply-To", original.message_id),
        ("References", original.message_id),
        ("MIME-Version", "1.0"),
    ]


def local_time(sender: Person, at: datetime) -> datetime:
    """Give when a mail that arrives `at` was sent, in the sender's zone."""
    return (at - timedelta(seconds=2)).astimezone(ZoneInfo(sender.timezone))


def machine_id(length: int, original: Original, at: datetime, alphabet: str = LETTERS) -> str:
    """Give an id that follows from the mail that is answered and the instant."""
    return token(length, "machine", original.message_id, at, alphabet=alphabet)
