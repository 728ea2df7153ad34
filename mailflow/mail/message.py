"""The value that parsing a mail gives: what its bytes say, before anybody asks what it means."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum


class MailKind(StrEnum):
    """Who wrote a mail: a person, or which sort of machine."""

    PERSON = "person"
    AUTO = "auto"  # absence, ticket, challenge, reaction, calendar answer: RFC 3834
    BOUNCE = "bounce"  # delivery status, also temporary: RFC 3464
    REPORT = "report"  # read receipt (RFC 8098), complaint (ARF, RFC 5965)
    LIST = "list"  # sent through a mailing list, or a list's notice to its moderators


@dataclass(frozen=True, slots=True)
class Mailbox:
    """An address as a header gives it (RFC 5322 section 3.4): `address` is local@domain as written, never decoded."""

    address: str
    name: str = ""

    @property
    def norm(self) -> str:
        """The address folded for comparing."""
        return self.address.casefold()


@dataclass(frozen=True, slots=True)
class Attachment:
    """A part that is not the text of the mail. Its name is for showing only, never a path."""

    name: str
    content_type: str
    size_bytes: int
    sha256: str


@dataclass(frozen=True, slots=True)
class DeliveryStatus:
    """What a bounce says of a recipient (RFC 3464): action failed|delayed|delivered|relayed|expanded, status x.y.z."""

    recipient: str
    action: str
    status: str = ""
    diagnostic: str = ""

    @property
    def is_permanent(self) -> bool:
        """Tell whether the address should be stopped at once (RFC 3463 section 2: class 5)."""
        return self.action == "failed" and self.status.startswith("5")


@dataclass(frozen=True, slots=True)
class Message:
    """A parsed mail. Every field is safe to store: no NUL, no lone surrogate.

    headers: (lower-case name, unfolded raw value with encoded words left alone), in the order of the mail, topmost
    first.
    message_id, in_reply_to, references: with their angle brackets, as written. to: addresses of To and Cc.
    from_: the author where there is exactly one From field with exactly one address (R43), else None and
    `from_problem` says why.
    return_path: the address of the topmost Return-Path; "" is the null reverse-path (RFC 5321 section 4.5.5); None
    when absent.
    text: the decoded text/plain bodies, joined (format=flowed rejoined, RFC 3676), line ends LF; "" where there is
    none.
    html: the decoded text/html bodies, joined, or "". HTML that stands beside text and is no alternative to it is in
    both.
    over: the limits that this mail is over (R40); it is held for a person where there are any.
    returned_headers, returned_text: header section and text of a message/rfc822 or text/rfc822-headers part (bounces).
    status_text: the body of a message/delivery-status or disposition-notification part.
    calendar_text: the first text/calendar part (RFC 6047).
    content_sha256: over From, Date, Subject and body, not trace headers (design: same mail).
    """

    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    subject: str = ""
    date: str = ""
    from_: Mailbox | None = None
    from_problem: str = ""
    to: tuple[str, ...] = ()
    delivered_to: tuple[str, ...] = ()  # Delivered-To, X-Original-To, Envelope-To, topmost first
    return_path: str | None = None
    headers: tuple[tuple[str, str], ...] = ()
    content_type: str = "text/plain"
    text: str = ""
    html: str = ""
    attachments: tuple[Attachment, ...] = ()
    status_text: str = ""
    calendar_text: str = ""
    returned_headers: tuple[tuple[str, str], ...] = ()
    returned_text: str = ""
    defects: tuple[str, ...] = ()
    over: tuple[str, ...] = ()
    size_bytes: int = 0
    raw_sha256: str = ""
    content_sha256: str = ""

    def header(self, name: str) -> str:
        """Give the topmost field of that name, or ""."""
        name = name.lower()
        return next((value for key, value in self.headers if key == name), "")

    def all_headers(self, name: str) -> tuple[str, ...]:
        """Give every field of that name, topmost first."""
        name = name.lower()
        return tuple(value for key, value in self.headers if key == name)


@dataclass(frozen=True, slots=True)
class SentText:
    """What we sent, as far as the reader of an answer needs it.

    personal: what stood in this person's copy alone (greeting, dates in their zone), where text and html have gaps for
    it: then text and html are the same for a whole mailing, and are made ready for comparing once.
    """

    text: str = ""
    html: str = ""
    subject: str = ""
    message_id: str = ""
    personal: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a mail: kind is new|quoted|attribution|signature|footer|banner."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Division:
    """A reply divided into what was newly written and everything else; nothing is thrown away."""

    segments: tuple[Segment, ...] = field(default=())

    @property
    def new_text(self) -> str:
        """Give what the person newly wrote: a closing that was typed stays, a signature block goes."""
        return "\n".join(s.text.strip("\n") for s in self.segments if s.kind == "new").strip()
