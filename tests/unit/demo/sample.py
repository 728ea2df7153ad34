"""A mail as the association sends it, for the tests of what is answered to it."""

from __future__ import annotations

import email.policy
from email.message import EmailMessage

KEY = "abcdefghijklmnopqrstuvwxya"
TO_KEY = f"connect+{KEY}@example.org"
MESSAGE_ID = f"<{KEY}.x@example.org>"
SUBJECT = "Will you sign? Diversity Member Initiative Group"
TEXT = f"""Dear member,

A group of members asks for your signature under the petition "Diversity Member Initiative Group". To sign, answer \
with the single word SIGN, or press the button. You may also say no, or do nothing.

I sign this petition and ask the Committee on Organization to form the group.

The statement: libraries serve everybody – so who works in them, and what stands on their shelves is everybody’s matter.

Signatures are taken until Sunday, July 21, 2013, midnight.
Unsubscribe: https://connect.example.org/u/zyxw

Reference: {KEY}"""
HTML = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n")) + (
    '<p><a href="https://connect.example.org/p/abc?x=1&amp;y=2">Open my page</a></p>'
)


def sent_mail() -> bytes:
    """Give the mail, text and HTML, line ends CRLF."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["Message-ID"] = MESSAGE_ID
    message["Date"] = "Mon, 24 Jun 2013 14:00:00 +0000"
    message["From"] = "Library Association <connect@example.org>"
    message["Reply-To"] = TO_KEY
    message["To"] = "Jo Drummond <jo.drummond@city-library.example.org>"
    message["Subject"] = SUBJECT
    message.set_content(TEXT + "\n")
    message.add_alternative(f"<html><head><title>x</title></head><body>{HTML}</body></html>", subtype="html")
    return message.as_bytes()


def ascii_mail() -> bytes:
    """Give a mail that any charset can hold."""
    message = EmailMessage(policy=email.policy.SMTP)
    message["Message-ID"] = MESSAGE_ID
    message["Date"] = "Mon, 24 Jun 2013 14:00:00 +0000"
    message["From"] = "connect@example.org"
    message["Subject"] = "Will you sign?"
    message.set_content("Dear member,\n\nto sign, answer SIGN.\n")
    return message.as_bytes()
