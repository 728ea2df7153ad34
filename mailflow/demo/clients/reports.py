"""What mail servers and mail programs report of a mail: returned, delayed, read. Their reverse-path is null."""

from __future__ import annotations

from datetime import datetime, timedelta
from email.utils import format_datetime

from mailflow.demo.cast import Person
from mailflow.demo.clients.machines import local_time, machine_fields, machine_id
from mailflow.demo.clients.mime import Part, finish, multipart, text_part
from mailflow.demo.clients.original import read_original
from mailflow.demo.derive import HEX


def hard_bounce(recipient: str, sent: bytes, at: datetime) -> bytes:
    """Return a mail for good: no such user (RFC 3464), to the envelope sender of the mail."""
    words = (
        f"The mail below could not be delivered to\n\n    <{recipient}>\n\nThe host said: 550 5.1.1 No such user here\n"
    )
    diagnostic = "smtp; 550 5.1.1 No such user here"
    return _delivery_status(
        recipient, sent, at, "Undelivered Mail Returned to Sender", words, "failed", "5.1.1", diagnostic
    )


def delayed(recipient: str, sent: bytes, at: datetime) -> bytes:
    """Tell that a mail still waits; it was not returned (RFC 3464), to the envelope sender of the mail."""
    words = f"This is a warning. Your mail to\n\n    <{recipient}>\n\ncould not be delivered yet. It is tried again.\n"
    diagnostic = "smtp; 451 4.7.1 Try again later"
    return _delivery_status(
        recipient, sent, at, "Delayed Mail (still being retried)", words, "delayed", "4.7.1", diagnostic
    )


def read_receipt(sender: Person, sent: bytes, at: datetime) -> bytes:
    """Tell that a mail was shown on a screen (RFC 8098)."""
    original = read_original(sent)
    shown_at = format_datetime(local_time(sender, at))
    words = f"Your message\n\n  To: {sender.name}\n  Subject: {original.subject}\n\nwas read on {shown_at}.\n"
    status = (
        f"Reporting-UA: {sender.library.domain}; Mail Reader\nFinal-Recipient: rfc822;{sender.address}\n"
        f"Original-Message-ID: {original.message_id}\n"
        "Disposition: manual-action/MDN-sent-automatically; displayed\n"
    )
    parts = [
        text_part(words, "plain", "utf-8", "quoted-printable"),
        Part((("Content-Type", "message/disposition-notification"),), status.encode()),
    ]
    fields = machine_fields(sender, original, at, "Read: " + original.subject, "receipt")
    kind = " report-type=disposition-notification;"
    return finish(fields, multipart("report", f"b{machine_id(20, original, at, HEX)}", parts, kind))


def _delivery_status(
    recipient: str, sent: bytes, at: datetime, subject: str, words: str, action: str, status: str, diagnostic: str
) -> bytes:
    original = read_original(sent)
    host = f"mx.{recipient.rpartition('@')[2]}"
    report = (
        f"Reporting-MTA: dns; {host}\nArrival-Date: {format_datetime(original.sent_at)}\n\n"
        f"Final-Recipient: rfc822; {recipient}\nAction: {action}\nStatus: {status}\nDiagnostic-Code: {diagnostic}\n"
    )
    header, _, _ = sent.replace(b"\r\n", b"\n").partition(b"\n\n")
    parts = [
        text_part(words, "plain", "us-ascii", "7bit"),
        Part((("Content-Type", "message/delivery-status"),), report.encode()),
        Part((("Content-Type", "text/rfc822-headers"),), header + b"\n"),
    ]
    fields = [
        ("Date", format_datetime(at - timedelta(seconds=1))),
        ("From", f"MAILER-DAEMON@{host} (Mail Delivery System)"),
        ("Subject", subject),
        ("To", original.mail_from),
        ("Auto-Submitted", "auto-replied"),
        ("MIME-Version", "1.0"),
        ("Message-ID", f"<{machine_id(20, original, at)}@{host}>"),
    ]
    boundary = f"{machine_id(12, original, at, HEX).upper()}.{int(at.timestamp())}/{host}"
    return finish(fields, multipart("report", boundary, parts, " report-type=delivery-status;"))
