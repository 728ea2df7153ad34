"""What the script is made of: acts of people and machines by mail, and steps that organizers and staff take."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

from mailflow.demo.cast import Person
from mailflow.demo.client_names import Client
from mailflow.demo.mta import Dmarc

ZONE = ZoneInfo("America/Chicago")


class Way(StrEnum):
    """How an act comes about; the values of machines are the names of the functions that write their mail."""

    REPLY = "reply"
    BUTTON = "answer_by_button"  # 'Sign by mail': a new mail to the key, subject and body the one word
    NEW = "new_mail"  # a mail that answers nothing, to the association's address
    FORWARDED = "forwarded"  # an answer to what a member passed on: their key, somebody else's address
    FORWARDED_BUTTON = "forwarded_button"  # the button of a mail that a member passed on
    LINK = "link"  # the button on the personal page
    SCAN = "scan_links"  # a link scanner fetches everything in the mail
    OUT_OF_OFFICE = "out_of_office"
    OUT_OF_OFFICE_UNMARKED = "out_of_office_unmarked"
    ABWESENHEIT = "abwesenheit"
    ABWESENHEIT_UNMARKED = "abwesenheit_unmarked"
    EXCHANGE = "exchange_auto_reply"
    TICKET = "ticket_system"
    REACTION = "outlook_reaction"
    RECEIPT = "read_receipt"
    BOUNCE = "hard_bounce"
    DELAYED = "delayed"


class Effect(StrEnum):
    """What must come of an act."""

    SIGNS = "signs"  # proved; whether it counts follows from the roster on that day
    SIGNS_AGAIN = "signs again"  # has signed already: counted once
    IS_ASKED_TO_CONFIRM = "is asked to confirm"  # a signature that waits
    IS_HELD = "is held"  # no signature; a person, or the member on file, decides
    WITHDRAWS = "withdraws"
    UNDOES = "undoes"  # NOT ME: somebody else had signed
    DISOWNS = "disowns"  # NOT ME, where nothing had been counted
    DECLINES = "declines"
    IS_LATE = "is late"  # after the end of the petition
    GIVES_FEEDBACK = "gives feedback"
    GIVES_LATE_FEEDBACK = "gives late feedback"
    ASKS = "asks"  # a question that reaches its contact
    COMMANDS = "commands"  # answers a mail of ours with the word that does the next step
    ANSWERS = "answers"  # the contact's answer, relayed to the one who asked
    IS_ASKED_WHAT = "is asked what they mean"
    UNSUBSCRIBES = "unsubscribes"
    IS_IGNORED = "is ignored"  # a machine wrote
    STOPS_ADDRESS = "stops the address"  # a hard bounce
    IS_LEFT = "is left where it lies"  # answers nothing of ours
    NOTHING = "nothing"  # no mail at all


@dataclass(frozen=True, slots=True)
class Act:
    """Somebody writes, or a machine does. at: when it reaches the mailbox.

    answers: the name of the notice (template) that is answered, the newest that `of` received; "" for none.
    of: whose copy is answered; None is the writer's own. about: whose records change; None is the writer's.
    client: another mail program, address: another From address, subject: another subject than the writer's own.
    """

    at: datetime
    who: Person
    words: str
    way: Way
    answers: str
    expected: Effect
    note: str = ""
    of: Person | None = None
    about: Person | None = None
    client: Client | None = None
    address: str = ""
    subject: str = ""
    dmarc: Dmarc = "pass"

    @property
    def reader(self) -> Person:
        """Whose copy of the notice is answered."""
        return self.of or self.who

    @property
    def member(self) -> Person:
        """Whose records change."""
        return self.about or self.who

    @property
    def program(self) -> Client:
        """The mail program that writes the answer."""
        return self.client or self.who.client


@dataclass(frozen=True, slots=True)
class Step:
    """A command that an organizer or the staff gives. command: the words after `mailflow`."""

    at: datetime
    by: str
    command: tuple[str, ...]
    why: str = ""


def on(year: int, month: int, day: int, hour: int = 9, minute: int = 0, second: int = 0) -> datetime:
    """Give an instant by the association's clock."""
    return datetime(year, month, day, hour, minute, second, tzinfo=ZONE)
