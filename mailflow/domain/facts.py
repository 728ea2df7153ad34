"""What a rule is told before it decides about a reply: everything, so that it never has to look anything up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from mailflow.domain.commands import Command, Role
from mailflow.domain.model import KeyFact, Launch, Member, Notice, Proposal, Question, Signature
from mailflow.domain.reading import Dmarc, IntentReading

Item = Proposal | Launch | Notice


@dataclass(frozen=True, slots=True)
class WaitingMail:
    """A mail that waits for 'was that you?' to be answered."""

    n: int
    object_id: str
    new_text: str
    arrived_at: datetime
    message_id: str
    reading: IntentReading


@dataclass(frozen=True, slots=True)
class Post:
    """What somebody who is written to for their part is to an item, and under which name."""

    item: Item
    roles: frozenset[Role]
    name: str = ""


@dataclass(frozen=True, slots=True)
class ReplyFacts:
    """One mail written by a person, and what the store knows about it.

    key, owner: the reply key it carries and the member that key was sent to, None where there is none.
    senders: the members whose address the From is. item: what the key's mail was about.
    windows: the proposals that are open now; named: those items whose title the subject repeats.
    signatures: live and former ones by (petition, member). standing: roster values by member, as they count here.
    posts: the items that the key's addressee has a part in, when the key's mail went to them for that part.
    is_stale: the key's mail showed a statement that was materially changed since.
    ordered: the command that the key's mail asks a yes for. zone: the association's, for the days in commands.
    thread: Message-ID of the mail that what follows belongs under: for an answer the question's, in the asker's
    mailbox; for a question that answers an answer ours, in the contact's.
    asked: (object, member) pairs that were asked once already. contacts: the address that answers for an item.
    """

    inbox_n: int
    arrived_at: datetime
    from_address: str
    reading: IntentReading
    message_id: str = ""
    subject: str = ""
    from_problem: str = ""
    new_text: str = ""
    dmarc: Dmarc = Dmarc.UNKNOWN
    over: tuple[str, ...] = ()
    key: KeyFact | None = None
    owner: Member | None = None
    senders: tuple[Member, ...] = ()
    item: Item | None = None
    windows: tuple[Proposal, ...] = ()
    named: tuple[Item, ...] = ()
    signatures: Mapping[tuple[str, str], Signature] = field(default_factory=dict)
    standing: Mapping[tuple[str, str], tuple[str, date | None, date]] = field(default_factory=dict)
    asked: frozenset[tuple[str, str]] = frozenset()
    contacts: Mapping[str, str] = field(default_factory=dict)
    question: Question | None = None
    thread: str = ""
    waiting: WaitingMail | None = None
    posts: tuple[Post, ...] = ()
    ordered: Command | None = None
    is_stale: bool = False
    zone: str = "UTC"
