"""The searches for what must not stand in mails and pages find it where it stands: a check without power is none."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime
from types import SimpleNamespace

import pytest

from mailflow.demo.privacy import leaks, text_of
from mailflow.demo.smtp_server import Accepted
from mailflow.demo.stage import Left
from mailflow.demo.story.people import AUTHOR
from mailflow.demo.story.script import Script, write_script

SCRIPT = write_script(1)
READER = SCRIPT.cast.members[5]
LAPSED = SCRIPT.cast.lapsed[0]
KEY, OTHER = "abcdefghijklmnopqrstuvwxya", "bbcdefghijklmnopqrstuvwxya"


@dataclass
class Played:
    """As much of a play as the searches look at."""

    stage: SimpleNamespace
    script: Script = SCRIPT
    pages: dict[str, str] = field(default_factory=dict)


def mail(to: str, body: str, key: str = KEY) -> Left:
    raw = f"From: connect@example.org\r\nMessage-ID: <{key}.x@example.org>\r\nSubject: News\r\n\r\n{body}\r\n"
    return Left(datetime(2013, 6, 25, tzinfo=UTC), "digest", Accepted("", (to,), raw.encode()))


def found(*left: Left, pages: dict[str, str] | None = None) -> list[str]:
    return list(leaks(Played(SimpleNamespace(left=list(left)), pages=pages or {})))  # type: ignore[arg-type]


def test_a_mail_that_tells_nothing_of_others_is_passed() -> None:
    assert found(mail(READER.address, "Dear member"), mail(AUTHOR.email, f"to {AUTHOR.email}", OTHER)) == []


def test_somebodys_own_name_may_stand_in_their_own_mail_and_page() -> None:
    assert found(mail(LAPSED.address, f"Dear {LAPSED.name}"), pages={LAPSED.name: f"for {LAPSED.name}"}) == []


@pytest.mark.parametrize(
    ("body", "what"),
    [
        pytest.param(AUTHOR.postal_address, "a digest shows an organizer's postal address", id="postal address"),
        pytest.param(AUTHOR.email, "a digest shows an organizer's address", id="address"),
        pytest.param(LAPSED.name, "a digest shows the name of a member whose dues have lapsed", id="lapsed"),
    ],
)
def test_what_a_mail_to_others_must_not_tell_is_found(body: str, what: str) -> None:
    assert found(mail(READER.address, f"See: {body}.")) == [what]


def test_a_key_that_stands_in_mails_to_two_people_is_found() -> None:
    assert found(mail(READER.address, "one"), mail(LAPSED.address, f"two: {KEY}", OTHER)) == [
        "a key stands in mails to 2 people"
    ]


def test_a_lapsed_members_name_on_a_page_is_found() -> None:
    assert found(pages={"": f"<p>{LAPSED.name}</p>"}) == ["a page shows the name of a member whose dues have lapsed"]


def test_the_text_of_a_mail_is_decoded() -> None:
    raw = b"Subject: =?utf-8?q?Na=C3=AFve?=\r\nContent-Type: text/plain; charset=utf-8\r\n"
    raw += b"Content-Transfer-Encoding: quoted-printable\r\n\r\ncaf=C3=A9\r\n"
    assert text_of(raw).split() == ["Naïve", "café"]
