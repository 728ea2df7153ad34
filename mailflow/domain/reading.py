"""What a reply means: the words that rules decide by. The reader in mail/ fills them in."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Intent(StrEnum):
    """What the newly written words ask for."""

    SIGN = "sign"
    DECLINE = "decline"
    WITHDRAW = "withdraw"
    UNSUBSCRIBE = "unsubscribe"
    QUESTION = "question"
    COMMENT = "comment"
    UNCLEAR = "unclear"
    AUTO = "auto"
    BOUNCE = "bounce"


class Context(StrEnum):
    """What had been asked in the mail that is answered; it says how a bare 'yes' or 'no' is read."""

    PETITION = "petition"
    PROPOSAL = "proposal"
    LAUNCH = "launch"  # also announcements
    CONFIRM = "confirm"  # 'do you sign?', 'was that you?': answerable with one word
    NONE = ""


class Dmarc(StrEnum):
    """What our own MTA says of the From domain (RFC 7489, stamped as RFC 8601 says)."""

    PASS = "pass"
    FAIL = "fail"
    NONE = "none"  # our MTA looked, and the domain has no policy or nothing aligned was checked
    UNKNOWN = "unknown"  # no stamp of our own MTA: never a pass (R55)


@dataclass(frozen=True, slots=True)
class IntentReading:
    """An intent and why: each rule that fired is named in `reasons`.

    has_question: the writer also asks something, besides what `intent` says; both are acted on.
    undoes: the reply says 'NOT ME' or the like: somebody else acted in the writer's name.
    language: ISO 639-1 of the new words, "" when not told.
    """

    intent: Intent
    reasons: tuple[str, ...] = ()
    language: str = ""
    has_question: bool = False
    undoes: bool = False
