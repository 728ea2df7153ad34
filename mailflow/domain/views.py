"""What the pages show: frozen, made by the service, with nothing in them that a reader of that page may not see."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from mailflow.domain.digest import Frequency
from mailflow.domain.model import LaunchState, ProposalState, SignatureState
from mailflow.domain.phrase import ENGLISH


@dataclass(frozen=True, slots=True)
class Site:
    """What every page says of the house.

    address: the mailbox that replies go to; zone: whose times are told; language: for readers of whom none is known.
    """

    association: str
    postal_address: str
    address: str
    zone: str
    language: str = ENGLISH


@dataclass(frozen=True, slots=True)
class PetitionView:
    """A petition as anybody may see it: no names of signatories, nobody's address.

    is_collecting: signatures are taken now. validated: what the threshold is held against, the one count shown.
    opens_at: when it opened, or will as far as is known; closes_at: exclusive (domain.civil), None without an end.
    statement: Markdown, as written.
    """

    id: str
    title: str
    kind_title: str
    kind_description: str
    kind_source: str
    state: ProposalState
    is_collecting: bool
    act: str
    act_sha256: str
    statement: str
    statement_sha256: str
    threshold: int
    validated: int
    author_name: str = ""
    organizer_names: tuple[str, ...] = ()
    liaison_name: str = ""
    online_document: str = ""
    opens_at: datetime | None = None
    closes_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class PersonalView:
    """A petition as one member sees it by their link.

    signature: the state of theirs, None where there is none. language: the member's, "" where the roster has none.
    """

    petition: PetitionView
    member_name: str
    signature: SignatureState | None
    signed_at: datetime | None
    may_sign: bool
    may_withdraw: bool
    asks_member_number: bool
    language: str = ""


@dataclass(frozen=True, slots=True)
class UnsubscribeView:
    """What an unsubscribe link is about.

    is_unsubscribed: from this mail, in whatever way. about: a title, "" for none. sort: domain.opt_out's, "" for none.
    choice: what the member chose (opt_out.Choice). is_sample: the page that test mails lead to; its buttons do nothing.
    language: the member's, "" where the roster has none.
    """

    is_unsubscribed: bool
    about: str = ""
    sort: str = ""
    choice: str = "nothing"
    is_sample: bool = False
    language: str = ""


@dataclass(frozen=True, slots=True)
class FrequencyView:
    """How often the reader of a digest gets one. is_sample: the page that a preview leads to; it changes nothing."""

    frequency: Frequency
    is_sample: bool = False


@dataclass(frozen=True, slots=True)
class SlipView:
    """A change of a launch's date, or its day; None while the date is to be announced."""

    at: datetime
    from_on: date | None
    to_on: date | None
    reason: str


@dataclass(frozen=True, slots=True)
class LaunchView:
    """A launch as anybody may see it: where it stands today. text: Markdown; resources: (title, url)."""

    id: str
    title: str
    state: LaunchState
    planned_on: date | None
    text: str = ""
    history: tuple[SlipView, ...] = ()
    resources: tuple[tuple[str, str], ...] = ()
    contact_name: str = ""
    contact_title: str = ""


class PageVerdict(StrEnum):
    """What came of a button on the personal page; where a mail can end the same way, the word is Verdict's."""

    SIGNED = "signed"
    PENDING = "pending"  # links do not count at once for this kind: a mail asks for confirmation
    NOT_IN_STANDING = "not_in_good_standing"
    ALREADY_SIGNED = "already_signed"
    WITHDRAWN = "withdrawn"
    NOT_SIGNED = "not_signed"  # there was nothing to withdraw
    WINDOW_CLOSED = "window_closed"
    TOO_LATE = "too_late"  # the petition has been submitted: a signature can't be withdrawn any more
    WRONG_NUMBER = "wrong_number"
    OVER_LIMIT = "over_limit"  # too many wrong numbers
    CHANGED = "changed"  # the statement or the act is not what the page had shown: read again, then sign
    UNKNOWN = "unknown"  # no such link
