"""Invitations to a meeting, and what calendars answer to them: iCalendar by mail (RFC 5545, 5546, 6047). Pure.

Instants are written in UTC: every calendar shows them in its reader's zone, and no zone's rules have to be sent along.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from mailflow.mail.header import refuse_breaks

KEPT_AS = "+meetings"
TEXT_MAX = 65_536  # characters of an answer that are looked at
LINES_MAX = 2_000
_FOLD_OCTETS = 73
_HOUR = timedelta(hours=1)  # of a meeting whose end was not told: an event without length is shown by nobody
_ASKS = "PARTSTAT=NEEDS-ACTION;RSVP=TRUE;"
SEQUENCE_MAX = 1_000_000
ANSWERS = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentative"}


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting that readers are asked to. uid: the same in every invitation to it.

    sequence: how often it was changed; is_cancelled: it does not take place (RFC 5546 section 3.2.5).
    """

    uid: str
    title: str
    starts_at: datetime
    ends_at: datetime | None
    where: str = ""
    text: str = ""
    sequence: int = 0
    is_cancelled: bool = False

    @property
    def method(self) -> str:
        """The iTIP method of a mail about it."""
        return "CANCEL" if self.is_cancelled else "REQUEST"


@dataclass(frozen=True, slots=True)
class CalendarAnswer:
    """What a calendar answered. answer: accepted|declined|tentative; attendee: the address it answers for.

    sequence: of the invitation that it answers; one that does not tell it answers the first (RFC 5545 3.8.7.4).
    """

    uid: str
    answer: str
    attendee: str = ""
    sequence: int = 0


# --- out --------------------------------------------------------------------------------------------------------
def invitation(
    event: Event, organizer: str, organizer_name: str, attendee: str, attendee_name: str, stamp: datetime
) -> str:
    """Write an invitation, or its cancellation, for one person (RFC 5546 sections 3.2.2 and 3.2.5).

    organizer: the address that answers go to; it and the attendee are the same in all mails about a meeting, or
    calendars would take them for different people's.
    """
    starts_at, ends_at = event.starts_at, event.ends_at or event.starts_at + _HOUR
    lines = [
        "BEGIN:VCALENDAR",
        "PRODID:-//mailflow//mailflow//EN",
        "VERSION:2.0",
        "CALSCALE:GREGORIAN",
        f"METHOD:{event.method}",
        "BEGIN:VEVENT",
        f"UID:{refuse_breaks(event.uid, 'UID')}",
        f"DTSTAMP:{_instant(stamp)}",
        f"DTSTART:{_instant(starts_at)}",
        f"DTEND:{_instant(ends_at)}",
        f"SUMMARY:{_text(event.title)}",
        *([f"LOCATION:{_text(event.where)}"] if event.where else []),
        *([f"DESCRIPTION:{_text(event.text)}"] if event.text else []),
        f"ORGANIZER;CN={_quoted(organizer_name)}:mailto:{refuse_breaks(organizer, 'ORGANIZER')}",
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;{_ASKS if not event.is_cancelled else ''}"
        f"CN={_quoted(attendee_name or attendee)}:mailto:{refuse_breaks(attendee, 'ATTENDEE')}",
        f"SEQUENCE:{event.sequence}",
        f"STATUS:{'CANCELLED' if event.is_cancelled else 'CONFIRMED'}",
        f"TRANSP:{'TRANSPARENT' if event.is_cancelled else 'OPAQUE'}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) for line in lines)


def with_invitation(body: str, calendar: str) -> str:
    """Give a mail's body with an invitation as its last alternative (RFC 6047). body: as Skeleton.body gives it."""
    if not calendar:
        return body
    at = body.rindex("\r\n--")
    boundary = body[at + 4 : -len("--\r\n")]
    content = base64.encodebytes(calendar.encode("utf-8")).decode("ascii").replace("\n", "\r\n")
    part = (
        f"Content-Type: text/calendar; charset=utf-8; method={method_of(calendar)}\r\n"
        f"Content-Transfer-Encoding: base64\r\n\r\n{content}"
    )
    return f"{body[:at]}\r\n--{boundary}\r\n{part}\r\n--{boundary}--\r\n"


def method_of(calendar: str) -> str:
    """Give the method of an invitation, which the part's header repeats (RFC 6047 section 2.4)."""
    return "CANCEL" if "METHOD:CANCEL\r\n" in calendar[:200] else "REQUEST"


def _instant(at: datetime) -> str:
    return at.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _text(value: str) -> str:
    """RFC 5545 section 3.3.11."""
    if not value.isprintable():
        value = "".join(c for c in value.replace("\r\n", "\n").replace("\r", "\n") if c == "\n" or c.isprintable())
    for plain, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        value = value.replace(plain, escaped)
    return value


def _quoted(value: str) -> str:
    """A parameter's value (RFC 5545 section 3.2), where no quotation mark may stand."""
    printable = value if value.isprintable() else "".join(c for c in value if c.isprintable())
    return '"' + printable.replace('"', "'") + '"'


def _folded(line: str) -> str:
    """RFC 5545 section 3.1: no more than 75 octets a line, no character cut in two."""
    if line.isascii():  # nearly all of them, and one for each reader
        rest = range(_FOLD_OCTETS, len(line), _FOLD_OCTETS - 1)
        return "\r\n ".join([line[:_FOLD_OCTETS], *(line[i : i + _FOLD_OCTETS - 1] for i in rest)]) + "\r\n"
    out, octets = [], 0
    for char in line:
        size = len(char.encode("utf-8", "replace"))
        if octets + size > _FOLD_OCTETS:
            out.append("\r\n ")
            octets = 1
        out.append(char)
        octets += size
    return "".join(out) + "\r\n"


def frozen(events: list[Event]) -> str:
    """Give meetings as JSON text, kept with a mailing."""
    return json.dumps([
        [e.uid, e.title, e.starts_at.isoformat(), e.ends_at.isoformat() if e.ends_at else "", e.where, e.text,
         e.sequence, e.is_cancelled]
        for e in events
    ])  # fmt: skip


def thawed(text: str) -> tuple[Event, ...]:
    """Take meetings back from their JSON text; "" is none."""
    return tuple(
        Event(
            uid, title, datetime.fromisoformat(at), datetime.fromisoformat(ends) if ends else None, where, words, *more
        )
        for uid, title, at, ends, where, words, *more in (json.loads(text) if text else [])
    )


# --- in ---------------------------------------------------------------------------------------------------------
def read_answers(text: str) -> tuple[CalendarAnswer, ...]:
    """Read what a calendar answered: METHOD:REPLY, a UID, one attendee with PARTSTAT; anything else gives nothing."""
    method, uid, sequence = "", "", 0
    said: list[tuple[str, str]] = []  # attendee and answer, of the event that is being read
    found: list[CalendarAnswer] = []
    for name, parameters, value in _properties(text[:TEXT_MAX]):
        value = value.strip()
        if name == "METHOD":
            method = value.upper()
        elif name == "UID":
            uid = value
        elif name == "SEQUENCE":
            sequence = min(int(value), SEQUENCE_MAX) if value.isdecimal() and len(value) <= 9 else 0
        elif name == "ATTENDEE":
            said.append((_address(value), ANSWERS.get(parameters.get("PARTSTAT", "").upper(), "")))
        elif name == "END" and value.upper() == "VEVENT":
            if uid and len(said) == 1 and said[0][1]:
                found.append(CalendarAnswer(uid, said[0][1], said[0][0], sequence))
            uid, said, sequence = "", [], 0
    return tuple(found) if method == "REPLY" else ()


def _address(value: str) -> str:
    return value[7:] if value[:7].lower() == "mailto:" else ""


def _properties(text: str) -> Iterator[tuple[str, dict[str, str], str]]:
    """Give (NAME, parameters, value) of each content line, unfolded (RFC 5545 section 3.1)."""
    joined = text.replace("\r\n", "\n").replace("\r", "\n").replace("\n ", "").replace("\n\t", "")
    for line in joined.split("\n", LINES_MAX)[:LINES_MAX]:
        pieces, at = _cut(line)
        if at >= 0:
            name, *parameters = pieces
            pairs = (each.partition("=") for each in parameters)
            yield name.strip().upper(), {n.strip().upper(): v.strip(' "') for n, _, v in pairs}, line[at + 1 :]


def _cut(line: str) -> tuple[list[str], int]:
    """Cut a line's name and parameters at ';' outside quotation marks; gives them and where the value's ':' is."""
    pieces, start, is_quoted = [], 0, False
    for i, char in enumerate(line):
        if char == '"':
            is_quoted = not is_quoted
        elif not is_quoted and char in ";:":
            pieces.append(line[start:i])
            start = i + 1
            if char == ":":
                return pieces, i
    return pieces, -1
