"""The values of the outbox: what goes in, what is claimed, what is settled, what is shown."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class NewMailing:
    """What the mails of one cause have in common. skeletons: language -> frozen skeleton; "" is the default one."""

    notice: str
    object_id: str
    version: str
    statement_sha256: str = ""
    act_sha256: str = ""
    skeletons: dict[str, str] = field(default_factory=dict)
    is_to_many: bool = False


@dataclass(frozen=True, slots=True)
class Mailing(NewMailing):
    """A mailing as it is stored."""

    id: int = 0


@dataclass(frozen=True, slots=True)
class NewMail:
    """One mail of a mailing.

    recipient: member_id, or 'mailto:' and the address of somebody who is no member. fields: what the skeleton's slots
    take; fields["language"] picks the skeleton. about_n: the inbox number it is about. is_answer: answers a mail, and
    goes out before everything else. due_at: None for at once. version: "" for the mailing's.
    """

    recipient: str
    member_id: str
    address: str
    name: str
    fields: dict[str, str]
    key: str
    link_key: str | None = None
    unsubscribe_key: str | None = None
    in_reply_to: str = ""
    about_n: int = 0
    is_answer: bool = False
    due_at: datetime | None = None
    version: str = ""


@dataclass(frozen=True, slots=True)
class ClaimedMail:
    """A mail that one worker may send until lease_until; what it settles counts only with this fence (R86)."""

    id: int
    mailing_id: int
    notice: str
    object_id: str
    recipient: str
    member_id: str
    address: str
    name: str
    fields: dict[str, str]
    key: str
    link_key: str | None
    unsubscribe_key: str | None
    in_reply_to: str
    about_n: int
    is_answer: bool
    message_date: datetime
    queued_at: datetime
    lease_until: datetime
    fence: int
    attempts: int
    unknowns: int


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claimed mail. due_at: when a deferred one is tried again. unknowns: in all, this attempt too."""

    id: int
    fence: int
    state: str
    due_at: datetime | None = None
    code: int = 0
    detail: str = ""
    unknowns: int = 0


@dataclass(frozen=True, slots=True)
class Waiting:
    """A mail that waits, as it is shown."""

    id: int
    notice: str
    object_id: str
    recipient: str
    address: str
    state: str
    due_at: datetime
    attempts: int
    code: int
    detail: str


@dataclass(frozen=True, slots=True)
class SentText:
    """What a mail was made of, for finding it again in the quote of a reply."""

    key: str
    notice: str
    object_id: str
    name: str
    address: str
    skeleton: str
    fields: dict[str, str]
