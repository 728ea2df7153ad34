"""What organizers, liaisons, contacts, the committee and staff can answer: the first line of their mail is the command.

Reading is strict on purpose: a sentence that only begins with such a word is a sentence, and goes to a person.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum

from mailflow.domain.phrase import say, why
from mailflow.domain.when import read_day, read_instant
from mailflow.errors import InputError

LINE_MAX = 400  # characters; what is longer is prose
WORDS_MAX = 8  # an answer that is longer is no mistyped command
REASON_MAX = 300
NAME_WORDS_MAX = 5


class Verb(StrEnum):
    """The first word of a command."""

    OPEN = "open"
    EXTEND = "extend"
    CLOSE = "close"
    SEND = "send"
    HOLD = "hold"
    SLIP = "slip"
    SET_DATE = "set date"
    LAUNCHED = "launched"
    ACKNOWLEDGE = "acknowledge"
    APPROVE = "approve"
    RETURN = "return"
    SUBMIT = "submit"
    REPORT = "reported"
    ADDRESS = "address"
    MEETING = "move meeting"
    STATUS = "status"
    HELP = "help"
    YES = "yes"
    NO = "no"


class Role(StrEnum):
    """What somebody is to an item."""

    ORGANIZER = "organizer"
    LIAISON = "liaison"
    CONTACT = "contact"
    COMMITTEE = "committee"
    COUNCIL = "council"
    STAFF = "staff"


_PETITION = frozenset({Verb.OPEN, Verb.EXTEND, Verb.CLOSE, Verb.HOLD, Verb.SUBMIT, Verb.ADDRESS, Verb.MEETING})
_LAUNCH = frozenset({Verb.SEND, Verb.HOLD, Verb.SLIP, Verb.SET_DATE, Verb.LAUNCHED})
_COMMITTEE = frozenset({Verb.ACKNOWLEDGE, Verb.APPROVE, Verb.RETURN})
_COUNCIL = frozenset({Verb.REPORT})
EVERYBODY = frozenset({Verb.STATUS, Verb.HELP, Verb.YES, Verb.NO})
MAY: dict[Role, frozenset[Verb]] = {
    Role.ORGANIZER: _PETITION,
    Role.LIAISON: _PETITION | _COUNCIL,
    Role.CONTACT: _LAUNCH,
    Role.COMMITTEE: _COMMITTEE,
    Role.COUNCIL: _COUNCIL,
    Role.STAFF: _PETITION | _LAUNCH | _COMMITTEE | _COUNCIL,
}
# mail to many, and decisions: done only when a preview was answered with a yes
NEEDS_YES = frozenset(
    {Verb.OPEN, Verb.EXTEND, Verb.CLOSE, Verb.SEND, Verb.SUBMIT, Verb.APPROVE, Verb.RETURN, Verb.MEETING}
)
ON_PROPOSALS = _PETITION | _COMMITTEE | _COUNCIL
ON_LAUNCHES = _LAUNCH


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it was written. object_id: the item it names, "" when it names none.

    until: for `extend`, and when a meeting begins, None: it is called off; number: which of several meetings.
    to_on: for `slip` and `set date`, None with `slip`: to be announced.
    name: the organizer whose address it tells, "" for one's own. problem: what keeps it from being carried out, ""
    when it is whole; said: the line itself.
    """

    verb: Verb
    object_id: str = ""
    until: datetime | None = None
    to_on: date | None = None
    reason: str = ""
    name: str = ""
    number: int = 0
    problem: str = ""
    said: str = ""


_WORDS: dict[str, Verb] = {
    "open": Verb.OPEN, "extend": Verb.EXTEND, "close": Verb.CLOSE, "send": Verb.SEND, "hold": Verb.HOLD,
    "slip": Verb.SLIP, "delay": Verb.SLIP, "postpone": Verb.SLIP, "set": Verb.SET_DATE, "launched": Verb.LAUNCHED,
    "acknowledge": Verb.ACKNOWLEDGE, "acknowledged": Verb.ACKNOWLEDGE, "received": Verb.ACKNOWLEDGE,
    "submit": Verb.SUBMIT, "report": Verb.REPORT, "reported": Verb.REPORT, "address": Verb.ADDRESS,
    "move": Verb.MEETING, "meeting": Verb.MEETING,
    "approve": Verb.APPROVE, "approved": Verb.APPROVE, "return": Verb.RETURN, "returned": Verb.RETURN,
    "status": Verb.STATUS, "help": Verb.HELP, "commands": Verb.HELP, "?": Verb.HELP,
    "yes": Verb.YES, "confirm": Verb.YES, "confirmed": Verb.YES, "no": Verb.NO, "cancel": Verb.NO,
    # the one-word answers that mails in Spanish and French ask for
    "sí": Verb.YES, "si": Verb.YES, "oui": Verb.YES, "non": Verb.NO,
    "abrir": Verb.OPEN, "ouvrir": Verb.OPEN, "enviar": Verb.SEND, "envoyer": Verb.SEND,
}  # fmt: skip
_HEAD = re.compile(r"([^\W\d_]+|\?)(?: +([a-z]{1,40}-[1-9][0-9]{0,8})(?![\w-]))?[ ,.!]*")
_ID = re.compile(r"[a-z]{1,40}-[1-9][0-9]{0,8}\Z")
# what may follow the word of a command that takes nothing more
_FILLER = frozenset(
    [
        "it",
        "now",
        "please",
        "this",
        "that",
        "the",
        "a",
        "petition",
        "proposal",
        "feedback",
        "window",
        "notice",
        "mail",
        "out",
        "thanks",
        "thank",
        "you",
        "today",
    ]
)
_TO = re.compile(
    r"(?:(?:the |this )?(?:petition|proposal|feedback|window|deadline|launch|date|it) )?(?:to|until|till) "
)
_COURTESY = frozenset(
    ["thanks", "thank", "ok", "okay", "great", "fine", "hello", "hi", "dear", "good", "noted", "perfect", "sure"]
)


def first_line(text: str) -> str:
    """Give the first line that has words, "" where there is none."""
    return next((" ".join(line.split()) for line in text.split("\n", 20)[:20] if line.strip()), "")[: LINE_MAX + 1]


def read_command(line: str, now: datetime, zone: str) -> Command | None:
    """Read the first line of an answer; None when it is no command but something that a person wrote."""
    said = " ".join(line.split()).lstrip("*_`'\"“‘ ").rstrip("*_`'\"”’ ")
    if not said or len(said) > LINE_MAX:
        return None
    found = _HEAD.match(said.casefold())
    verb = _WORDS.get(found[1]) if found else None
    if found is None or verb is None:
        return None
    command = Command(verb, found[2] or "", said=said)
    rest = said[found.end() :].strip()
    if verb is Verb.MEETING or (verb is Verb.NO and _MEETING.match(rest.casefold())):
        return _meeting(command, found[1], rest, now, zone)
    if verb is Verb.SET_DATE:
        return _set_date(command, rest, now, zone)
    if verb is Verb.EXTEND:
        return _extend(command, rest, now, zone)
    if verb is Verb.SLIP:
        return _slip(command, rest, now, zone)
    if verb is Verb.ADDRESS:
        return _address(command, rest)
    if verb in {Verb.RETURN, Verb.APPROVE, Verb.ACKNOWLEDGE, Verb.SUBMIT, Verb.REPORT}:
        return _decision(command, said, rest)
    return command if _is_filler(rest) else None


def _is_filler(rest: str) -> bool:
    return all(word.strip(",.!?:") in _FILLER | {""} for word in rest.casefold().split())


def _with_reason(rest: str) -> tuple[str, str]:
    """Cut 'June 30: because' into the day and the reason; a time of day keeps its colon."""
    found = re.search(r": |(?<!\d):|(?<=\d):(?!\d\d\b)|;| (?:because|since) ", rest)
    if found is None:
        return rest, ""
    return rest[: found.start()].strip(), rest[found.end() :].strip()[:REASON_MAX]


def _extend(command: Command, rest: str, now: datetime, zone: str) -> Command | None:
    day, reason = _with_reason(rest)
    said_to = _TO.match(day.casefold())
    day = day[said_to.end() :] if said_to else day
    if not said_to and len(day.split()) > 6:
        return None
    if not day.strip():
        return replace(command, problem=say("until when? Write: extend to June 30: the reason"))
    try:
        return replace(command, until=read_instant(day, now, zone), reason=reason)
    except InputError as error:
        return replace(command, problem=why(error)) if said_to else None


def _slip(command: Command, rest: str, now: datetime, zone: str) -> Command | None:
    day, reason = _with_reason(rest)
    said_to = _TO.match(day.casefold() + " ")
    day = day[said_to.end() :].strip() if said_to else day
    folded = day.casefold().strip(" .")
    if not said_to and folded and folded not in _TBA and len(day.split()) > 6:
        return None
    if not reason:
        return replace(command, problem=say("a reason is needed, in words for the members: slip to TBA: the reason"))
    if folded in _TBA:
        return replace(command, reason=reason)
    try:
        return replace(command, to_on=read_day(day, now, zone), reason=reason)
    except InputError as error:
        return replace(command, problem=why(error))


_TBA = frozenset({"", "tba", "tbd", "to be announced", "a later date", "later"})


def _set_date(command: Command, rest: str, now: datetime, zone: str) -> Command | None:
    found = re.match(r"(?:the )?date(?: +([a-z]{1,40}-[1-9][0-9]{0,8})(?![\w-]))?[ :]*(?:to |for )?", rest.casefold())
    if found is None:
        return None
    try:
        on = read_day(rest[found.end() :], now, zone)
    except InputError as error:
        return replace(command, object_id=found[1] or command.object_id, problem=why(error))
    return replace(command, object_id=found[1] or command.object_id, to_on=on)


def _decision(command: Command, said: str, rest: str) -> Command | None:
    """Read 'return: what is missing', 'approve', 'approved: 5 to 2 on August 12'."""
    head, colon, reason = said.partition(":")
    if colon and all(_ID.match(word) or word in _FILLER | _WORDS.keys() for word in head.casefold().split()):
        command = replace(command, reason=reason.strip()[:REASON_MAX])
    elif not _is_filler(rest):
        return None
    if command.verb is Verb.RETURN and not command.reason:
        return replace(command, problem=say("what is missing? Write: return: what must be mended"))
    return command


def _address(command: Command, rest: str) -> Command | None:
    """Read 'address: 7 Hidden Lane, Springfield' and 'address of Alex Rivera: 7 Hidden Lane, Springfield'."""
    name, colon, address = (part.strip() for part in rest.partition(":"))
    name = name[3:].strip() if name.casefold().startswith("of ") else name
    if len(name.split()) > NAME_WORDS_MAX or not (colon or _is_filler(name)):
        return None
    if not address:
        return replace(command, problem=_WHICH_ADDRESS)
    return replace(command, name="" if _is_filler(name) else name, reason=address[:REASON_MAX])


def _meeting(command: Command, word: str, rest: str, now: datetime, zone: str) -> Command | None:
    """Read 'move meeting 2 to June 29, 5 pm: the reason', 'meeting to June 29, 5 pm', 'cancel meeting: the reason'."""
    phrase = f"meeting {rest}" if word == "meeting" else rest
    found = _MEETING.match(phrase.casefold())
    if found is None:
        return None
    command = replace(command, verb=Verb.MEETING, number=int(found[1] or 0))
    day, reason = _with_reason(phrase[found.end() :].strip())
    if word == "cancel":
        return replace(command, reason=reason) if _is_filler(day) else None
    said_to = _TO.match(day.casefold())
    if not said_to:
        return replace(command, problem=_WHEN) if _is_filler(day) else None
    try:
        begins, ends = (read_instant(day[said_to.end() :], now, zone, bound) for bound in ("start", "end"))
    except InputError as error:
        return replace(command, problem=why(error))
    return replace(command, until=begins, reason=reason) if begins == ends else replace(command, problem=_WHEN)


_MEETING = re.compile(r"(?:(?:the|this) )?meeting(?: +(\d{1,2})(?!\d))?(?=[ :,.!;]|\Z)[ ,.!]*")
_WHEN = say("on which day and at what time? Write: move meeting to June 29, 5 pm: the reason")

_WHICH_ADDRESS = say("which address? Write: address: the street, the town (or: address of NAME: the street, the town)")


def mistyped(line: str) -> str:
    """Say what is wrong with a short line that looks meant as a command and is none; "" for a person's words."""
    words = line.casefold().split()
    if not words or len(words) > WORDS_MAX:
        return ""
    word = words[0].strip(".,:;!?*\"'")
    if not word.isalpha() or word in _COURTESY:
        return ""
    near = get_close_matches(word, sorted(_WORDS), 1, 0.75)
    if near and word not in _WORDS:
        return say("'%(word)s' is no command; did you mean '%(near)s'?", word=word, near=near[0])
    if len(words) == 1 and word not in _WORDS and len(word) <= 20:
        return say("'%(word)s' is no command", word=word)
    if word in _WORDS and len(words) <= 4 and not line.rstrip().endswith("?"):
        return say("'%(line)s' can't be read as a command", line=" ".join(line.split()))
    return ""


# --- what can be answered ---------------------------------------------------------------------------------------
ANSWERS: dict[Verb, tuple[str, str]] = {
    Verb.OPEN: ("open", say("begins what comes next: feedback or the petition; you get a preview first")),
    Verb.EXTEND: (say("extend to June 30: the reason"), say("lets it close later, and tells those concerned")),
    Verb.CLOSE: ("close", say("stops collecting signatures")),
    Verb.SEND: ("send", say("sends the notice that is ready; you get a preview first")),
    Verb.HOLD: ("hold", say("stops what would begin or leave by itself, until you say otherwise")),
    Verb.SLIP: (say("slip to TBA: the reason"), say("puts the launch off (or: slip to 2018-06-05: the reason)")),
    Verb.SET_DATE: ("set date June 5, 2018", say("tells a firm date")),
    Verb.LAUNCHED: ("launched", say("says that it is there")),
    Verb.ACKNOWLEDGE: ("acknowledge", say("says that the petition has arrived")),
    Verb.APPROVE: ("approve", say("records that it is approved (or: approve: the meeting, its date and the vote)")),
    Verb.RETURN: (say("return: what is missing"), say("gives it back to be mended")),
    Verb.SUBMIT: (
        "submit: checked by NAME",
        say("submits it to the committee; NAME checked that no single unit covers its purpose; you get a preview"),
    ),
    Verb.REPORT: ("reported", say("records that it was reported to Council (or: reported: the meeting and its date)")),
    Verb.ADDRESS: ("address: 7 Main Street, Springfield", say("notes your postal address, for the committee alone")),
    Verb.MEETING: (
        "move meeting to June 29, 5 pm: the reason",
        say("tells who was invited, in their calendars too (or: cancel meeting: the reason); you get a preview"),
    ),
    Verb.STATUS: ("status", say("tells how things stand")),
    Verb.HELP: ("help", say("lists these words")),
    Verb.YES: ("yes", say("does it")),
    Verb.NO: ("no", say("leaves everything as it is")),
}


def answers(verbs: Iterable[Verb]) -> list[dict[str, str]]:
    """Give the words for these verbs as mails list them: [{word, what}], in one order always."""
    wanted = set(verbs)
    return [{"word": ANSWERS[verb][0], "what": ANSWERS[verb][1]} for verb in Verb if verb in wanted]


def allowed(roles: Iterable[Role]) -> frozenset[Verb]:
    """Give what these roles may say about an item."""
    return EVERYBODY.union(*(MAY[role] for role in roles))
