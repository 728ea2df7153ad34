"""Invitations for calendars, and what Outlook, Google and Apple answer to them."""

from __future__ import annotations

import email
import email.policy
from datetime import UTC, datetime

import pytest

from mailflow.mail.calendar import CalendarAnswer, Event, frozen, invitation, read_answers, thawed, with_invitation
from mailflow.mail.classify import classify
from mailflow.mail.message import MailKind
from mailflow.mail.parse import parse
from tests.calendar_answers import CLIENTS, calendar_answer

UID = "mig-1.meeting-1@lists.example.org"
STARTS = datetime(2013, 6, 28, 21, tzinfo=UTC)
EVENT = Event(UID, "Open house; come, all", STARTS, None, "Salle « Été », 5", "Why\nand how")
BODY = (
    'MIME-Version: 1.0\r\nContent-Type: multipart/alternative;\r\n boundary="=_b"\r\n\r\n'
    "--=_b\r\nContent-Type: text/plain\r\n\r\nwords\r\n--=_b--\r\n"
)


def written() -> str:
    return invitation(EVENT, "c+key@lists.example.org", 'The "Library"', "sam@example.org", "Sam Élan", STARTS)


def test_an_invitation_is_folded_escaped_and_in_utc() -> None:
    """RFC 5545 sections 3.1, 3.3.11, 3.3.5."""
    text = written()
    lines = text.split("\r\n")
    assert all(len(line.encode()) <= 75 for line in lines)
    whole = text.replace("\r\n ", "").split("\r\n")
    assert "SUMMARY:Open house\\; come\\, all" in whole
    assert "DESCRIPTION:Why\\nand how" in whole
    assert ("DTSTART:20130628T210000Z" in whole, "DTEND:20130628T220000Z" in whole) == (True, True)
    assert "ORGANIZER;CN=\"The 'Library'\":mailto:c+key@lists.example.org" in whole
    assert any(line.startswith("ATTENDEE;") and line.endswith('CN="Sam Élan":mailto:sam@example.org') for line in whole)
    assert whole[-2:] == ["END:VCALENDAR", ""]


def test_an_invitation_is_the_last_alternative_of_a_mail() -> None:
    """RFC 6047 section 2.4: method and charset stand in the part's type."""
    mail = email.message_from_bytes(with_invitation(BODY, written()).encode(), policy=email.policy.default)
    parts = list(mail.iter_parts())  # type: ignore[attr-defined]
    assert [p.get_content_type() for p in parts] == ["text/plain", "text/calendar"]
    assert parts[1].get_param("method") == "REQUEST"
    assert parts[1].get_content().replace("\r\n", "\n") == written().replace("\r\n", "\n")
    assert with_invitation(BODY, "") == BODY


def test_meetings_come_back_from_json_as_they_were() -> None:
    assert thawed(frozen([EVENT])) == (EVENT,)
    assert thawed("") == ()


@pytest.mark.parametrize("client", CLIENTS)
@pytest.mark.parametrize("answer", ["ACCEPTED", "DECLINED", "TENTATIVE"])
def test_a_clients_answer_is_read_and_is_a_machines(client: str, answer: str) -> None:
    raw = calendar_answer(client, answer, UID, "m1@library.example.org", "Robin", "c+key@lists.example.org")
    message = parse(raw)
    assert read_answers(message.calendar_text) == (CalendarAnswer(UID, answer.lower(), "m1@library.example.org"),)
    assert classify(message, frozenset()).kind is MailKind.AUTO


REPLY = "BEGIN:VCALENDAR\nMETHOD:{method}\nBEGIN:VEVENT\nUID:u@x\n{attendees}END:VEVENT\nEND:VCALENDAR\n"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param(REPLY.format(method="REQUEST", attendees="ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x\n"), id="request"),
        pytest.param(REPLY.format(method="REPLY", attendees=""), id="nobody answers"),
        pytest.param(
            REPLY.format(method="REPLY", attendees="ATTENDEE;PARTSTAT=DELEGATED:mailto:a@x\n"), id="delegated"
        ),
        pytest.param(
            REPLY.format(method="REPLY", attendees="ATTENDEE;PARTSTAT=ACCEPTED:mailto:a@x\n" * 2), id="two attendees"
        ),
        pytest.param('ATTENDEE;CN="' * 5000, id="quotation marks without end"),
        pytest.param("\n " * 30_000, id="folds without end"),
        pytest.param("", id="nothing"),
    ],
)
def test_what_is_no_answer_gives_none(text: str) -> None:
    assert read_answers(text) == ()
