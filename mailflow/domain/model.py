"""The nouns of the field, frozen. Instants are aware UTC; dates are civil dates in the association's zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum


class Proof(StrEnum):
    """How it is known who acted (design rule 3)."""

    KEY_FROM = "key+from"  # a valid reply key, written from an address of its owner
    DMARC = "dmarc"  # no key, but our own MTA stamped an aligned pass for the From of one member
    CONFIRMED = "confirmed"  # a new yes with the key that went to the address on file
    LINK = "link"  # the button on the personal page
    STAFF = "staff"  # entered by staff
    PAPER = "paper"  # entered by staff from paper
    NONE = ""  # nothing proved yet


PROOFS_THAT_COUNT = frozenset({Proof.KEY_FROM, Proof.DMARC, Proof.CONFIRMED, Proof.LINK, Proof.STAFF})


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to turn to. The address is used by the program and never shown to members."""

    name: str
    email: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of proposal as the bylaws define it: all of it is configuration.

    standing_as_of: "signing", "closing" or a date. threshold: signatures of members in good standing. lasts_years: how
    long what was approved lasts, 0 for no end; renewed_as: the kind of its renewal, "" for the same. committee_meets:
    the days on which the committee decides.
    """

    name: str
    title: str
    description: str = ""
    source: str = ""
    act: str = "I sign this petition."
    threshold: int = 100
    good_standing: bool = True
    standing_as_of: str | date = "signing"
    required: tuple[str, ...] = ()
    proof_that_counts: frozenset[Proof] = PROOFS_THAT_COUNT
    undo_hours: int = 72
    link_asks_member_number: bool = False
    contact: str = ""
    audience: str = "good"
    keep_months: int = 0  # personal data, after it is over; 0 keeps them
    lasts_years: int = 3
    renewed_as: str = ""
    committee_meets: tuple[date, ...] = ()


@dataclass(frozen=True, slots=True)
class Member:
    """A member as the roster has them now. addresses: the preferred one first."""

    member_id: str
    name: str
    addresses: tuple[str, ...]
    standing: str
    paid_through: date | None = None
    postal_address: str = ""
    language: str = ""
    timezone: str = ""
    units: tuple[str, ...] = ()
    ended: bool = False

    @property
    def address(self) -> str:
        """The address on file: where mail to this member goes; "" when there is none."""
        return self.addresses[0] if self.addresses else ""


def is_in_good_standing(standing: str, paid_through: date | None, on: date) -> bool:
    """Tell whether these roster values mean good standing on a day (contract: roster.csv)."""
    return standing == "good" and (paid_through is None or paid_through >= on)


class ProposalState(StrEnum):
    """States of a proposal and its petition, one line (contract)."""

    DRAFT = "draft"
    FEEDBACK_OPEN = "feedback_open"
    FEEDBACK_CLOSED = "feedback_closed"
    PETITION_OPEN = "petition_open"
    QUALIFIED = "qualified"  # the threshold is reached; still collects until it closes
    CLOSED = "closed"
    SUBMITTED = "submitted"
    ACKNOWLEDGED = "acknowledged"
    APPROVED = "approved"
    RETURNED = "returned"
    LAPSED = "lapsed"
    REPORTED = "reported"
    RENEWAL_DUE = "renewal_due"
    WITHDRAWN = "withdrawn"


COLLECTING = frozenset({ProposalState.PETITION_OPEN, ProposalState.QUALIFIED})
BEFORE_PETITION = frozenset({ProposalState.DRAFT, ProposalState.FEEDBACK_OPEN, ProposalState.FEEDBACK_CLOSED})


@dataclass(frozen=True, slots=True)
class Organizer:
    """A designated organizer; the addresses leave the house only in the packet (design rule 11)."""

    name: str
    email: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Author:
    """Who proposes; the picture is a URL or a path as given."""

    name: str
    email: str = ""
    picture: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that the author asks members to. sequence: how often it was changed since (RFC 5546 section 2.1.4)."""

    starts_at: datetime
    ends_at: datetime | None
    where: str = ""
    title: str = ""
    sequence: int = 0
    is_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class Proposal:
    """A proposal and, under the same id, its petition.

    petition_opens: "monday", "by organizer" or "" (an instant is given); petition_opens_at is worked out if it can be.
    validated: the counter that the threshold is held against, kept under the petition's lock.
    """

    id: str
    kind: Kind
    title: str
    state: ProposalState
    author: Author
    organizers: tuple[Organizer, ...]
    staff_liaison: Contact
    statement: str
    statement_sha256: str
    act_sha256: str
    zone: str
    audience: str
    online_document: str = ""
    meetings: tuple[Meeting, ...] = ()
    feedback_closes_at: datetime | None = None
    petition_opens: str = ""
    petition_opens_at: datetime | None = None
    petition_closes_at: datetime | None = None
    petition_opened_at: datetime | None = None
    feedback_opened_at: datetime | None = None
    validated: int = 0
    qualified_at: datetime | None = None

    @property
    def threshold(self) -> int:
        """Signatures of members in good standing that the kind asks for."""
        return self.kind.threshold


class SignatureState(StrEnum):
    """States of a signature (contract); nothing is ever deleted, states carry reasons (design rule 5)."""

    PENDING = "pending"  # waits for a confirmation
    VALIDATED = "validated"  # proved and in good standing: what the threshold counts
    NOT_IN_GOOD_STANDING = "not_in_good_standing"  # proved, does not count now
    WITHDRAWN = "withdrawn"
    INVALIDATED = "invalidated"


LIVE = frozenset({SignatureState.PENDING, SignatureState.VALIDATED, SignatureState.NOT_IN_GOOD_STANDING})
SIGNED = frozenset({SignatureState.VALIDATED, SignatureState.NOT_IN_GOOD_STANDING})


@dataclass(frozen=True, slots=True)
class Signature:
    """One member's signature under one petition, whatever the address it came from.

    name, address: as on file when signed. via: mail|link|staff|paper.
    inbox_n: the mail that asked for it, 0 where none did.
    standing: the roster values it was judged by, kept as a snapshot (R64): "good, paid through 2014-08-31".
    """

    petition_id: str
    member_id: str
    name: str
    address: str
    state: SignatureState
    signed_at: datetime
    via: str
    proof: Proof
    statement_sha256: str
    act_sha256: str
    message_id: str = ""
    inbox_n: int = 0
    standing: str = ""
    undo_until: datetime | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Feedback:
    """What a member answered to a proposal, launch or notice; late: it arrived after the window."""

    object_id: str
    member_id: str
    name: str
    text: str
    received_at: datetime
    late: bool
    inbox_n: int


class LaunchState(StrEnum):
    """States of a launch (contract)."""

    PLANNED = "planned"
    DELAYED = "delayed"
    FIRM = "firm"
    LAUNCHED = "launched"


@dataclass(frozen=True, slots=True)
class Resource:
    """Something members are pointed to."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Slip:
    """One change of a launch's date: from and to are None while the date is to be announced."""

    at: datetime
    from_on: date | None
    to_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class Launch:
    """Something that the association will make available on a day. contact: a name under [contacts]."""

    id: str
    title: str
    state: LaunchState
    planned_on: date | None
    contact: str
    audience: str
    resources: tuple[Resource, ...] = ()
    text: str = ""
    history: tuple[Slip, ...] = ()


class NoticeState(StrEnum):
    """States of a notice (contract)."""

    PREPARED = "prepared"
    SENDING = "sending"
    SENT = "sent"
    REPLACED = "replaced"


@dataclass(frozen=True, slots=True)
class Notice:
    """An announcement, or the notice that a launch prepared.

    kind: notice|update_notice|delay_notice|firm_date_notice|launch_notice.
    planned_on: the launch's date that the notice tells; an update tells the one of the day it is sent.
    """

    id: str
    kind: str
    state: NoticeState
    subject: str
    audience: str
    contact: str
    text: str = ""
    launch_id: str = ""
    planned_on: date | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class KeyFact:
    """What is known of a reply key: the mail it went out in.

    notice: the name of that mail (petition_invitation, signature_confirm, …).
    about_n: the inbox number it is about, 0 for none.
    """

    key: str
    notice: str
    object_id: str
    member_id: str
    address: str
    message_id: str
    about_n: int = 0
    statement_sha256: str = ""
    act_sha256: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """A question that waits for an answer by its contact."""

    n: int
    object_id: str
    member_id: str
    contact_address: str
    text: str
    asked_at: datetime
    inbox_n: int
    answered_at: datetime | None = None
    reminders: int = 0
