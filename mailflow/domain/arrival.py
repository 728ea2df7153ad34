"""A mail as it lies at our door: raw bytes, where it lies, when it came. Nothing in it has been read yet."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Arrival:
    """A mail that a door hands over.

    door: "imap" or "lmtp". mailbox: the folder's configured name. account: whose mailbox, `user@host`.
    raw: the mail as it came (CRLF lines). With `headers_only` it holds the header section alone (at most 100 kB; when
    `problem` is "unreadable", a Subject of our own that says so): such a mail is held for a person.
    size_bytes: what the door said of the whole mail. arrived_at: aware UTC, INTERNALDATE; this is the time that counts.
    problem: "" | "too_large" (R24) | "unreadable" (the server lists the mail and does not give it out).
    """

    door: str
    mailbox: str
    uidvalidity: int
    uid: int
    raw: bytes
    headers_only: bool
    size_bytes: int
    arrived_at: datetime
    problem: str = ""
    account: str = ""

    @property
    def position(self) -> tuple[str, str, int, int]:
        """Where the mail lies (R16): account, mailbox, UIDVALIDITY, UID. It says nothing of what the mail is."""
        return (self.account, self.mailbox, self.uidvalidity, self.uid)
