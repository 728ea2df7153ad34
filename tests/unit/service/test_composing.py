from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes
from email.message import Message
from pathlib import Path

import pytest

from mailflow import config
from mailflow.errors import TemplateError
from mailflow.mail.skeleton import Rendered, Skeleton, marker
from mailflow.service.composing import compose_mail
from mailflow.store.outbox_rows import ClaimedMail, Mailing

AT = datetime(2013, 6, 24, 14, tzinfo=UTC)
KEY, LINK, UNSUBSCRIBE = "a" * 26, "b" * 25 + "e", "c" * 25 + "i"
SETTINGS = config.parse(
    """
    association = { name = "Example Library Association", timezone = "America/Chicago" }
    web = { public_url = "https://connect.example.org" }
    [mailbox]
    address = "connect@example.org"
    lmtp = {}
    """,
    Path("/srv/mailflow"),
)
BARE = replace(SETTINGS, mailbox=replace(SETTINGS.mailbox, sub_addressing=False))


def skeleton(words: str, slot: str = "greeting") -> str:
    rendered = Rendered("News", f"{marker(slot, 'text', 'n0')}\n{words}\n", "<p>News</p>")
    return Skeleton.read("notice", rendered, "=_b", "n0").to_json()


MANY = Mailing(
    "notice", "notice-1", "1", skeletons={"en": skeleton("Hello."), "de": skeleton("Hallo.")}, is_to_many=True, id=1
)
ONE = replace(MANY, is_to_many=False)
MAIL = ClaimedMail(
    id=1,
    mailing_id=1,
    notice="notice",
    object_id="notice-1",
    recipient="m1",
    member_id="m1",
    address="sam@example.org",
    name="Sam Lee",
    fields={},
    key=KEY,
    link_key=LINK,
    unsubscribe_key=UNSUBSCRIBE,
    in_reply_to="",
    about_n=0,
    is_answer=False,
    message_date=AT,
    queued_at=AT,
    lease_until=AT,
    fence=1,
    attempts=1,
    unknowns=0,
)


def composed(mailing: Mailing, mail: ClaimedMail, settings: config.Settings = SETTINGS) -> Message:
    return message_from_bytes(compose_mail(mailing, mail, settings).body)


def text_of(mail: Message) -> str:
    part = mail.get_payload(0)
    assert isinstance(part, Message)
    return bytes(part.get_payload(decode=True)).decode().replace("\r\n", "\n")


def test_the_envelope_and_reply_address_carry_the_key() -> None:
    envelope = compose_mail(MANY, MAIL, SETTINGS)
    assert (envelope.mail_from, envelope.rcpt_to) == (f"connect+{KEY}@example.org", "sam@example.org")
    assert message_from_bytes(envelope.body)["Reply-To"] == f"connect+{KEY}@example.org"


def test_without_sub_addressing_the_bare_address_is_answered() -> None:
    mail = composed(MANY, MAIL, BARE)
    assert compose_mail(MANY, MAIL, BARE).mail_from == "connect@example.org"
    assert (mail["Reply-To"], mail["Message-ID"]) == ("connect@example.org", f"<{KEY}.x@example.org>")


def test_mail_to_many_can_be_unsubscribed_from_with_one_click() -> None:
    """R97: https and mailto, and the POST of RFC 8058."""
    mail = composed(MANY, MAIL)
    assert f"<https://connect.example.org/u/{UNSUBSCRIBE}>" in mail["List-Unsubscribe"]
    assert f"<mailto:connect+{KEY}@example.org?subject=unsubscribe>" in mail["List-Unsubscribe"]
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


def test_the_one_click_key_stands_in_no_body() -> None:
    page = replace(MANY, skeletons={"": skeleton("", "unsubscribe_url")})
    mail = composed(page, MAIL)
    assert text_of(mail).strip() == f"https://connect.example.org/u/{LINK}"
    assert UNSUBSCRIBE not in text_of(mail)


def test_mail_to_one_person_has_no_unsubscribe_header() -> None:
    assert composed(ONE, MAIL)["List-Unsubscribe"] is None


@pytest.mark.parametrize(
    ("fields", "text"),
    [
        pytest.param({}, "Dear Sam Lee,\nHello.\n", id="greeting by name"),
        pytest.param({"greeting": "Hi Sam,"}, "Hi Sam,\nHello.\n", id="the row's own greeting"),
        pytest.param({"language": "de"}, "Dear Sam Lee,\nHallo.\n", id="in the reader's language"),
    ],
)
def test_the_words_of_one_mail(fields: dict[str, str], text: str) -> None:
    assert text_of(composed(MANY, replace(MAIL, fields=fields))) == text


@pytest.mark.parametrize(
    ("mail", "kind"),
    [
        (MAIL, "auto-generated"),
        (replace(MAIL, is_answer=True), "auto-replied"),
        (replace(MAIL, notice="signature_recorded"), "auto-replied"),
    ],
    ids=["news", "an answer", "a mail that only ever answers"],
)
def test_every_mail_says_that_a_machine_wrote_it(mail: ClaimedMail, kind: str) -> None:
    """R72."""
    found = composed(ONE, mail)
    assert (found["Auto-Submitted"], found["X-Auto-Response-Suppress"], found["X-Loop"]) == (
        kind,
        "All",
        "connect@example.org",
    )


def test_the_same_row_is_the_same_mail() -> None:
    """R85: whatever changed about the attempt."""
    later = replace(MAIL, fence=9, attempts=9, unknowns=1, lease_until=AT.replace(year=2014))
    assert compose_mail(MANY, later, SETTINGS) == compose_mail(MANY, MAIL, SETTINGS)


@pytest.mark.parametrize("text", ["", "{", "[]", '{"notice": "x"}'])
def test_a_mailing_without_a_text_is_a_template_error(text: str) -> None:
    with pytest.raises(TemplateError):
        compose_mail(replace(MANY, skeletons={"": text}), MAIL, SETTINGS)
