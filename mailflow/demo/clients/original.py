"""The mail that is answered, as a mail program sees it."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

_BODY = re.compile(r"<body[^>]*>(.*)</body>", re.I | re.S)
_PREFIX = re.compile(r"^(?:re|aw|rv|ré|res|antw|tr|fwd?|wg|enc) ?: ", re.I)


@dataclass(frozen=True, slots=True)
class Original:
    """A received mail. reply_to: where answers go. mail_from: the envelope sender, where returned mail goes.

    text, html: what the program shows and quotes; html is what stands inside the body element.
    """

    message_id: str
    references: tuple[str, ...]
    subject: str
    from_name: str
    from_address: str
    to_name: str
    to_address: str
    reply_to: str
    mail_from: str
    sent_at: datetime
    text: str
    html: str
    raw: bytes

    @property
    def bare_subject(self) -> str:
        """Give the subject without the prefixes of replies and forwards."""
        return _PREFIX.sub("", self.subject)

    @property
    def author(self) -> str:
        """Give the name to show for the author."""
        return self.from_name or self.from_address


def read_original(raw: bytes) -> Original:
    """Read a mail that this program or a member of the cast sent: well-formed, so the library's own reader will do."""
    message = email.message_from_bytes(raw, policy=email.policy.default)
    from_name, from_address = parseaddr(str(message["From"] or ""))
    to_name, to_address = parseaddr(str(message["To"] or ""))
    reply_to = parseaddr(str(message["Reply-To"] or ""))[1] or from_address
    return Original(
        message_id=str(message["Message-ID"] or "").strip(),
        references=tuple(str(message["References"] or "").split()),
        subject=str(message["Subject"] or ""),
        from_name=from_name, from_address=from_address, to_name=to_name, to_address=to_address, reply_to=reply_to,
        mail_from=parseaddr(str(message["Return-Path"] or ""))[1] or reply_to,
        sent_at=parsedate_to_datetime(str(message["Date"])),
        text=_content(message, "plain").strip("\n"),
        html=_inside_body(_content(message, "html")),
        raw=raw,
    )  # fmt: skip


def _content(message: EmailMessage, subtype: str) -> str:
    part = message.get_body((subtype,))
    return "" if part is None else str(part.get_content()).replace("\r\n", "\n")


def _inside_body(html: str) -> str:
    body = _BODY.search(html)
    return (body[1] if body else html).strip()
