"""Values to the bytes of a mail: a skeleton, the frame of one mail, and a person's fields. Pure.

Keys, Message-ID, Date and boundary are arguments, so that a retry composes the same mail again (R85).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Literal

from mailflow.domain.packet import Attachment
from mailflow.mail import header
from mailflow.mail.attach import with_attachments
from mailflow.mail.calendar import with_invitation
from mailflow.mail.header import UnsafeValue
from mailflow.mail.related import Picture, with_pictures
from mailflow.mail.skeleton import Rendered, Skeleton

__all__ = ["Frame", "Rendered", "Skeleton", "UnsafeValue", "fill"]

AutoSubmitted = Literal["auto-generated", "auto-replied"]

# What an extra header may not be called: the frame writes these, or nobody does.
_OWN_FIELDS = frozenset(
    {"message-id", "date", "from", "to", "subject", "reply-to", "in-reply-to", "references", "auto-submitted"}
    | {"x-auto-response-suppress", "x-loop", "list-id", "list-unsubscribe", "list-unsubscribe-post"}
    | {"mime-version", "content-type", "content-transfer-encoding", "content-language"}
    | {"cc", "bcc", "sender", "return-path"}
)


@dataclass(frozen=True, slots=True)
class Frame:
    """The header of one mail. Empty strings: the field is left out.

    message_id, in_reply_to: with their angle brackets. date: aware. unsubscribe_mailto, unsubscribe_url: without
    brackets; one_click: the URL takes the POST of RFC 8058. list_id: the identifier alone (RFC 2919).
    """

    from_address: str
    from_name: str
    to_address: str
    message_id: str
    date: datetime
    to_name: str = ""
    reply_to: str = ""
    auto_submitted: AutoSubmitted = "auto-generated"
    list_id: str = ""
    in_reply_to: str = ""
    unsubscribe_mailto: str = ""
    unsubscribe_url: str = ""
    one_click: bool = False
    extra_headers: tuple[tuple[str, str], ...] = ()


def fill(
    skeleton: Skeleton,
    frame: Frame,
    fields: Mapping[str, str],
    attachments: Sequence[Attachment] = (),
    *,
    pictures: Sequence[Picture] = (),
    invitation: str = "",
) -> bytes:
    """Compose one mail. Raises UnsafeValue when a value can't stand where it goes, TemplateError when one is missing.

    The bytes are 7-bit clean with CRLF line ends and lines under 998 octets that begin with no dot, for any relay; only
    an address whose local part is not ASCII makes an RFC 6532 header. invitation: an iCalendar text, the last of
    the alternatives.
    """
    head = [
        f"Message-ID: {header.message_id(frame.message_id, 'Message-ID')}\r\n",
        f"Date: {header.date_time(frame.date)}\r\n",
        f"To: {header.mailbox(frame.to_address, frame.to_name, 'To')}\r\n",
        f"Subject: {skeleton.subject_line(fields)}\r\n",
        _standing_fields(frame.from_address, frame.from_name, frame.auto_submitted, frame.list_id),
    ]
    if frame.reply_to:
        head.append(f"Reply-To: {header.addr_spec(frame.reply_to, 'Reply-To')}\r\n")
    if frame.in_reply_to:
        answered = header.message_id(frame.in_reply_to, "In-Reply-To")
        head.append(f"In-Reply-To: {answered}\r\nReferences: {answered}\r\n")
    head.extend(_unsubscribe_fields(frame))
    head.extend(_extra_field(name, value) for name, value in frame.extra_headers)
    body = with_pictures(with_invitation(skeleton.body(fields), invitation), pictures)
    return ("".join(head) + with_attachments(body, attachments)).encode("utf-8")


@lru_cache(maxsize=256)
def _standing_fields(from_address: str, from_name: str, auto_submitted: str, list_id: str) -> str:
    """The fields that are the same for every mail of a mailing.

    R72: Auto-Submitted (RFC 3834), X-Auto-Response-Suppress (Microsoft's), X-Loop.
    """
    fields = (
        f"From: {header.mailbox(from_address, from_name, 'From')}\r\n"
        f"Auto-Submitted: {header.refuse_breaks(auto_submitted, 'Auto-Submitted')}\r\n"
        "X-Auto-Response-Suppress: All\r\n"
        f"X-Loop: {header.addr_spec(from_address, 'X-Loop')}\r\n"
    )
    if list_id:
        fields += f"List-Id: {header.message_id(f'<{list_id}>', 'List-Id')}\r\n"
    return fields


def _unsubscribe_fields(frame: Frame) -> list[str]:
    """RFC 2369 section 3.2 and RFC 8058."""
    ways = [f"<mailto:{_link(frame.unsubscribe_mailto)}>"] if frame.unsubscribe_mailto else []
    if frame.unsubscribe_url:
        ways.append(f"<{_link(frame.unsubscribe_url)}>")
    fields = ["List-Unsubscribe: " + ",\r\n ".join(ways) + "\r\n"] if ways else []
    if frame.one_click and frame.unsubscribe_url:
        fields.append("List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n")
    return fields


def _link(value: str) -> str:
    return header.message_id(f"<{value}>", "List-Unsubscribe")[1:-1]


def _extra_field(name: str, value: str) -> str:
    if header.field_name(name).lower() in _OWN_FIELDS:
        raise UnsafeValue(f"the header {name} is written by the frame alone")
    return f"{name}: {header.unstructured(value, name)}\r\n"
