"""What follows from a mail: a verdict with its reasons, records to keep, and mails that are owed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum

from mailflow.domain.commands import Command
from mailflow.domain.digest import Frequency
from mailflow.domain.model import Feedback, Question, Signature, SignatureState


class Verdict(StrEnum):
    """What was made of a mail, in the words of `inbox list`."""

    SIGNED = "signed"
    PENDING = "pending"
    NOT_IN_STANDING = "not_in_good_standing"
    ALREADY_SIGNED = "already_signed"
    WITHDRAWN = "withdrawn"
    UNDONE = "undone"
    DECLINED = "declined"
    FEEDBACK = "feedback"
    QUESTION = "question"
    ANSWER = "answer"
    OBJECTION = "objection"  # to what staff did with a signature: a person decides
    UNSUBSCRIBED = "unsubscribed"
    WINDOW_CLOSED = "window_closed"
    ASKED = "asked"  # unclear: the member was asked, once
    UNCLEAR = "unclear"  # unclear, and asked before: a person decides
    NOT_PROVED = "not_proved"  # the member on file was asked whether it was they
    UNKNOWN_SENDER = "unknown_sender"
    AMBIGUOUS = "ambiguous"  # two members, two windows: a person decides
    NOT_OURS = "not_ours"  # answers nothing of ours: left where it lies, its owner is told
    AUTOMATIC = "automatic"
    BOUNCED = "bounced"
    LOOP = "loop"
    DUPLICATE = "duplicate"
    OVER_LIMIT = "over_limit"
    FAILED = "failed"
    RESOLVED = "resolved"
    CONFIRMED_OTHER = "confirmed_other"  # a yes to 'was that you?': the mail that waited took effect
    NOT_THEM = "not_them"  # a no to 'was that you?'
    COMMAND = "command"  # an organizer's, contact's or committee's command: carried out, or previewed
    NO_COMMAND = "no_command"  # meant as a command, and not one that would do: they were told what would
    PROPOSED = "proposed"  # a proposal that came by mail


class MailState(StrEnum):
    """States of a mail that came in (contract: status)."""

    KEPT = "kept"
    READ = "read"
    HELD = "held"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class PutSignature:
    """Write this state of a signature; the store keeps the history and the counter."""

    signature: Signature


@dataclass(frozen=True, slots=True)
class ChangeSignature:
    """Move a signature that exists to another state, with the reason."""

    petition_id: str
    member_id: str
    to: SignatureState
    reason: str


@dataclass(frozen=True, slots=True)
class AddFeedback:
    """Keep feedback."""

    feedback: Feedback


@dataclass(frozen=True, slots=True)
class AddQuestion:
    """Keep a question that waits for its contact; `question.n` is given by the store."""

    question: Question


@dataclass(frozen=True, slots=True)
class AnswerQuestion:
    """Mark a question as answered."""

    n: int


@dataclass(frozen=True, slots=True)
class OptOut:
    """Send this member no more mail of that scope: 'all' or the id of an object."""

    member_id: str
    scope: str


@dataclass(frozen=True, slots=True)
class Suppress:
    """Count a bounce or complaint against an address; hard stops it at once."""

    address: str
    reason: str
    is_hard: bool


@dataclass(frozen=True, slots=True)
class ResolveMail:
    """A mail that waited is settled by this one."""

    n: int
    verdict: Verdict
    reason: str


@dataclass(frozen=True, slots=True)
class SetDigest:
    """Send somebody digests so often. recipient: their address."""

    recipient: str
    frequency: Frequency


@dataclass(frozen=True, slots=True)
class NoteMeetingAnswer:
    """Keep what a member's calendar answered to an invitation. answer: accepted|declined|tentative.

    sequence: of the invitation that it answers; a meeting that was changed since has a higher one.
    """

    uid: str
    member_id: str
    object_id: str
    answer: str
    sequence: int = 0


@dataclass(frozen=True, slots=True)
class CarryOut:
    """Do what a command says, or show what it would do. object_id: the proposal, launch or notice it is about.

    by: who says so, in words for the history; address: where the answer goes. is_confirmed: a preview was answered
    with a yes, or the command needs none.
    """

    command: Command
    object_id: str
    by: str
    address: str
    is_confirmed: bool
    in_reply_to: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """Draft the proposal that a mail holds. document: a proposal.md; approver: the address of who says yes to it.

    member_id: who sent it.
    """

    document: str
    approver: str
    member_id: str
    in_reply_to: str = ""


BREAKER = timedelta(minutes=10)  # how far back the breaker looks (R74)
ONCE = "once"  # the version of a mail that somebody gets once an object, whatever happens

Record = (
    PutSignature
    | ChangeSignature
    | AddFeedback
    | AddQuestion
    | AnswerQuestion
    | OptOut
    | Suppress
    | ResolveMail
    | CarryOut
    | Draft
    | SetDigest
    | NoteMeetingAnswer
)


@dataclass(frozen=True, slots=True)
class Owed:
    """A mail that is owed to one person: a row in the same commit (design rule 2).

    recipient: a member_id, or 'mailto:' and the address of somebody who is no member.
    version: (notice, object, recipient, version) is unique: owed twice is sent once.
    slots: what differs from person to person; facts: what the template is rendered with.
    """

    notice: str
    object_id: str
    recipient: str
    version: str = ONCE
    facts: Mapping[str, object] = field(default_factory=dict)
    slots: Mapping[str, str] = field(default_factory=dict)
    in_reply_to: str = ""
    about_n: int = 0
    is_answer: bool = False


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows from one mail. reasons: why, in words a clerk understands, in the order they were found."""

    verdict: Verdict
    state: MailState = MailState.READ
    reasons: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()
    owed: tuple[Owed, ...] = ()
    object_id: str = ""
    member_id: str = ""
    proof: str = ""
    is_stray: bool = False


@dataclass(frozen=True, slots=True)
class AnswersSent:
    """How many answers an address got: in all today, of the same notice today; and all unproved answers lately.

    confirmations: how often it was ever asked to confirm something about the same object.
    """

    today: int = 0
    same_today: int = 0
    unproved_lately: int = 0
    confirmations: int = 0


STORM = "more than 100 answers to unproved senders in ten minutes: stopped"


def may_answer(is_proved: bool, sent: AnswersSent) -> str:
    """Say why no answer may go out now, or "" when it may (design rule 7, R73, R74, R76)."""
    if is_proved:
        return "20 answers to this person today" if sent.today >= 20 else ""
    if sent.unproved_lately >= 100:
        return STORM
    if sent.confirmations >= 5:
        return "five confirmations about this were asked for already"
    if sent.same_today >= 1:
        return "this was answered today already"
    return "three answers to this address today" if sent.today >= 3 else ""
