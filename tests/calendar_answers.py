"""Answers to an invitation in the shapes that three clients give them; people and addresses are invented."""

from __future__ import annotations

import base64
import textwrap

CLIENTS = ("outlook", "google", "apple")
_WORDS = {"ACCEPTED": "Accepted", "DECLINED": "Declined", "TENTATIVE": "Tentative"}


def calendar_answer(
    client: str, answer: str, uid: str, address: str, name: str, to: str, n: int = 1, sequence: int = 0
) -> bytes:
    """Give the mail that this client sends when its user presses a button. answer: as PARTSTAT says it.

    sequence: of the invitation that it answers, which all three repeat.
    """
    shape = {"outlook": _outlook, "google": _google, "apple": _apple}[client]
    head, body = shape(answer, uid, address, name, sequence)
    fields = (
        f"From: {name} <{address}>\nTo: {to}\nDate: Mon, 24 Jun 2013 15:30:00 +0000\n"
        f"Message-ID: <calendar{n}.{client}@mail.example.org>\nMIME-Version: 1.0\n"
    )
    return (fields + head + "\n" + body).encode()


def _event(answer: str, uid: str, attendee: str, product: str, sequence: int, more: str = "") -> str:
    folded = f"UID:{uid}" if len(uid) < 60 else f"UID:{uid[:60]}\n {uid[60:]}"
    return (
        f"BEGIN:VCALENDAR\nPRODID:{product}\nVERSION:2.0\nCALSCALE:GREGORIAN\nMETHOD:REPLY\nBEGIN:VEVENT\n"
        f"DTSTART:20130628T210000Z\nDTEND:20130628T220000Z\nDTSTAMP:20130624T153000Z\n"
        f"ORGANIZER;CN=Example Library Association:mailto:connect@lists.example.org\n{folded}\n{attendee}\n{more}"
        f"SEQUENCE:{sequence}\nSTATUS:CONFIRMED\nSUMMARY:Open house\nTRANSP:OPAQUE\nEND:VEVENT\nEND:VCALENDAR\n"
    )


def _outlook(answer: str, uid: str, address: str, name: str, sequence: int) -> tuple[str, str]:
    """Exchange: multipart/alternative, the calendar in base64, words of its own in the parameters."""
    attendee = f'ATTENDEE;PARTSTAT={answer};CN="{name}":MAILTO:{address}'
    more = "COMMENT;LANGUAGE=en-US:\\n\nX-MICROSOFT-CDO-BUSYSTATUS:BUSY\n"
    event = _event(answer, uid, attendee, "Microsoft Exchange Server 2010", sequence, more)
    encoded = "\n".join(textwrap.wrap(base64.b64encode(event.encode()).decode(), 76))
    head = (
        f"Subject: {_WORDS[answer]}: Open house\nContent-Language: en-US\n"
        "Content-Class: urn:content-classes:calendarmessage\n"
        'Content-Type: multipart/alternative; boundary="_000_ABC_"\n'
    )
    body = (
        '--_000_ABC_\nContent-Type: text/plain; charset="us-ascii"\n\n\n\n'
        '--_000_ABC_\nContent-Type: text/html; charset="us-ascii"\n\n<html><body></body></html>\n\n'
        '--_000_ABC_\nContent-Type: text/calendar; charset="utf-8"; method=REPLY\n'
        f"Content-Transfer-Encoding: base64\n\n{encoded}\n--_000_ABC_--\n"
    )
    return head, body


def _google(answer: str, uid: str, address: str, name: str, sequence: int) -> tuple[str, str]:
    """Google Calendar: multipart/mixed around the alternatives, and the same once more as a file."""
    attendee = (
        f"ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT={answer};RSVP=TRUE\n"
        f" ;CN={name};X-NUM-GUESTS=0:mailto:{address}"
    )
    event = _event(answer, uid, attendee, "-//Google Inc//Google Calendar 70.9054//EN", sequence)
    said = f"{name} has {answer.lower()} this invitation.\n\nOpen house\nFri Jun 28, 2013 4pm - 5pm\n"
    head = (
        f"Subject: {_WORDS[answer]}: Open house @ Fri Jun 28, 2013 4pm - 5pm (CDT)\n"
        "Sender: Google Calendar <calendar-notification@calendar.example.org>\n"
        'Content-Type: multipart/mixed; boundary="000a"\n'
    )
    body = (
        '--000a\nContent-Type: multipart/alternative; boundary="000b"\n\n'
        f'--000b\nContent-Type: text/plain; charset="UTF-8"\n\n{said}\n'
        f'--000b\nContent-Type: text/html; charset="UTF-8"\n\n<p>{said}</p>\n'
        f'--000b\nContent-Type: text/calendar; charset="UTF-8"; method=REPLY\n\n{event}\n--000b--\n'
        '--000a\nContent-Type: application/ics; name="invite.ics"\n'
        'Content-Disposition: attachment; filename="invite.ics"\n\n'
        f"{event}\n--000a--\n"
    )
    return head, body


def _apple(answer: str, uid: str, address: str, name: str, sequence: int) -> tuple[str, str]:
    """Apple's Calendar: a sentence, and the calendar beside it."""
    attendee = f"ATTENDEE;CN={name};CUTYPE=INDIVIDUAL;PARTSTAT={answer};ROLE=REQ-PARTICIPANT:mai\n lto:{address}"
    event = _event(answer, uid, attendee, "-//Apple Inc.//Mac OS X 10.8.4//EN", sequence)
    verb = {"ACCEPTED": "accepted", "DECLINED": "declined", "TENTATIVE": "tentatively accepted"}[answer]
    head = (
        f"Subject: {_WORDS[answer]}: Open house\nX-Mailer: iCal 5.0.3\n"
        'Content-Type: multipart/alternative; boundary="Apple-Mail=_1"\n'
    )
    body = (
        "--Apple-Mail=_1\nContent-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 7bit\n\n"
        f"{name} has {verb} your invitation.\n"
        '--Apple-Mail=_1\nContent-Type: text/calendar; method=REPLY; charset=utf-8; name="iCal-1.ics"\n'
        f"Content-Transfer-Encoding: 8bit\n\n{event}\n--Apple-Mail=_1--\n"
    )
    return head, body
