"""What a bounce says of each recipient: delivery status parts (RFC 3464), else the free forms of many mail systems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mailflow.mail.classify_text import html_words
from mailflow.mail.dsn_free import free_statuses
from mailflow.mail.message import DeliveryStatus, Message

RECIPIENTS_MAX = 100
STATUS_MAX = 128 * 1024

_FIELD = re.compile(r"^([A-Za-z][A-Za-z0-9\-]{1,40}):[ \t]*(.*)$")
_ENHANCED = re.compile(r"(?<![\d.])([245])\.(\d{1,3})\.(\d{1,3})(?![\d.])")
_ACTIONS = frozenset(("failed", "delayed", "delivered", "relayed", "expanded"))
_MESSAGE_ID = re.compile(r"^(?:original-)?message-id:[ \t]*(<[^<>\s]{1,300}>)", re.I | re.M)


def delivery_statuses(message: Message) -> tuple[DeliveryStatus, ...]:
    """Give what a bounce says of each recipient, each address once; () when it names none."""
    statuses = list(_of_status_part(message.status_text[:STATUS_MAX])) if message.status_text else []
    if not statuses:
        text = message.text or html_words(message.html)
        # a filter may pack the whole report into an attached mail
        statuses = free_statuses(message, text) if text.strip() else []
        if not statuses and (not text.strip() or _holds_report(message)):
            statuses = free_statuses(message, message.returned_text)
    unique: dict[str, DeliveryStatus] = {}
    for status in statuses[: RECIPIENTS_MAX * 2]:
        unique.setdefault(status.recipient.casefold(), status)
    return tuple(unique.values())[:RECIPIENTS_MAX]


def _holds_report(message: Message) -> bool:
    """Tell whether what came back is a report itself, beneath words that a filter added."""
    return any(n == "content-type" and "multipart/report" in v.lower() for n, v in message.returned_headers)


def original_message_id(message: Message) -> str:
    """Give the Message-ID of the mail that came back, with its angle brackets, or ""."""
    for name, value in message.returned_headers:
        if name == "message-id" and value.strip():
            return value.strip()
    for text in (message.status_text, message.returned_text, message.text):
        match = _MESSAGE_ID.search(text[:STATUS_MAX])
        if match:
            return match[1]
    return next(iter((*message.references[-1:], *message.in_reply_to)), "")


def _of_status_part(text: str) -> Iterator[DeliveryStatus]:
    for group in _groups(text):
        # the address that we wrote to, rather than the one it was forwarded or expanded to
        fields = ("original-recipient", "final-recipient", "x-actual-recipient")
        recipient = next((found for name in fields if (found := _address(group.get(name, "")))), "")
        if recipient:
            yield _status(recipient, group)


def _status(recipient: str, group: dict[str, str]) -> DeliveryStatus:
    diagnostic = group.get("diagnostic-code", "")
    action = group.get("action", "").split("(")[0].strip().lower().split(" ")[0]
    code = _ENHANCED.search(group.get("status", "")) or _ENHANCED.search(diagnostic)
    status = code[0] if code else ""
    if action not in _ACTIONS:
        action = "delayed" if status.startswith("4") else "delivered" if status.startswith("2") else "failed"
    # some hosts call a full or busy mailbox failed with a class of 4: they gave up, the address may still be good
    return DeliveryStatus(recipient, action, status, " ".join(diagnostic.split())[:500])


def _groups(text: str) -> Iterator[dict[str, str]]:
    """Yield the fields of each block between blank lines."""
    group: dict[str, str] = {}
    last = ""
    for line in (*text.splitlines(), ""):
        if not line.strip():
            if group:
                yield group
            group, last = {}, ""
            continue
        match = _FIELD.match(line)
        if match and not line[0].isspace():
            last = match[1].lower()
            group.setdefault(last, match[2].strip())
        elif last:
            group[last] += " " + line.strip()


def _address(value: str) -> str:
    """Read `rfc822; <a@b>` (RFC 3464 section 2.3.1); other address types give ""."""
    kind, semicolon, address = value.partition(";")
    if not semicolon:
        address = value
    elif kind.strip().lower() not in ("rfc822", "utf-8", "utf8", "rfc-822", "smtp", "unknown", ""):
        return ""
    address = address.strip().strip("<>").strip()
    if address[:7].lower() == "mailto:":
        address = address[7:]
    return address if "@" in address and len(address) <= 320 and not any(c.isspace() for c in address) else ""
