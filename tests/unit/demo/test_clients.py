"""Answers of mail programs: well-formed, threaded, to the reply key, and read back as exactly the words written."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage

import pytest

from mailflow.demo.cast import Person, make_cast
from mailflow.demo.client_names import LANGUAGES, Client
from mailflow.demo.clients import reply
from mailflow.mail.key import candidate_keys
from mailflow.mail.message import SentText
from mailflow.mail.parse import parse
from mailflow.mail.quote import divide

KEY = "abcdefghijklmnopqrstuvwxya"
TO_KEY = f"connect+{KEY}@example.org"
AT = datetime(2013, 6, 25, 17, 30, tzinfo=UTC)
TEXT = """Dear member,

A group of members asks for your signature under the petition "Diversity Member Initiative Group". To sign, answer \
with the single word SIGN, or press the button. You may also say no, or do nothing.

I sign this petition and ask the Committee on Organization to form the group.

The statement: libraries serve everybody – so who works in them, and what stands on their shelves is everybody’s matter.

Signatures are taken until Sunday, July 21, 2013, midnight.
Unsubscribe: https://connect.example.org/u/zyxw

Reference: """
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in TEXT.split("\n\n"))

WORDS = {
    "en": "Yes, I sign.\n\nMy colleagues at the branch have waited for this.",
    "fr": "Je signe la pétition, avec plaisir.\n\nMerci à vous, et à bientôt.",
    "es": "Firmo la petición. ¡Adelante, compañeras!",
    "de": "Ich unterschreibe gern.\n\nSchöne Grüße aus der Zweigstelle",
    "ja": "署名します。よろしくお願いします。",
    "pt": "Assino a petição, com muita satisfação.",
}


def _sent() -> bytes:
    message = EmailMessage(policy=email.policy.SMTP)
    message["Message-ID"] = f"<{KEY}.x@example.org>"
    message["Date"] = "Mon, 24 Jun 2013 14:00:00 +0000"
    message["From"] = "Library Association <connect@example.org>"
    message["Reply-To"] = TO_KEY
    message["To"] = "Jo Drummond <jo.drummond@city-library.example.org>"
    message["Subject"] = "Will you sign? Diversity Member Initiative Group"
    message.set_content(TEXT + KEY + "\n")
    message.add_alternative(f"<html><head><title>x</title></head><body>{MARKUP}{KEY}</body></html>", subtype="html")
    return message.as_bytes()


SENT = _sent()
SENT_TEXT = SentText(
    text=TEXT + KEY, html=f"<html><body>{MARKUP}{KEY}</body></html>",
    subject="Will you sign? Diversity Member Initiative Group", message_id=f"<{KEY}.x@example.org>",
)  # fmt: skip


def _person(language: str) -> Person:
    return next(person for person in make_cast(1).members if person.language == language)


def _folded(text: str) -> str:
    return "".join(text.split())


every_client = pytest.mark.parametrize("client", list(Client))
every_language = pytest.mark.parametrize("language", LANGUAGES)


@every_client
@every_language
def test_the_library_reads_the_answer_without_a_defect(client: Client, language: str) -> None:
    raw = reply(client, _person(language), SENT, WORDS[language], AT)
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not [defect for part in message.walk() for defect in part.defects]
    assert str(message["From"]).endswith(f"<{_person(language).address}>")
    assert _person(language).name in str(message["From"]).replace('"', "")
    body = message.get_body(("plain", "html"))
    assert body is not None
    assert _folded(WORDS[language])[:7] in _folded(body.get_content())


@every_client
@every_language
def test_line_ends_are_crlf_and_no_line_is_over_the_limit(client: Client, language: str) -> None:
    raw = reply(client, _person(language), SENT, WORDS[language], AT)
    assert raw.replace(b"\r\n", b"").find(b"\n") == raw.replace(b"\r\n", b"").find(b"\r") == -1
    assert max(map(len, raw.split(b"\r\n"))) <= 998


@every_client
def test_the_answer_goes_to_reply_to_and_names_the_mail_that_it_answers(client: Client) -> None:
    message = email.message_from_bytes(reply(client, _person("en"), SENT, "I sign.", AT), policy=email.policy.default)
    assert TO_KEY in str(message["To"])
    threading = f"{message['In-Reply-To']} {message['References']}"
    assert f"<{KEY}.x@example.org>" in threading
    assert str(message["Subject"]).endswith("Will you sign? Diversity Member Initiative Group")
    assert datetime.strptime(str(message["Date"]), "%a, %d %b %Y %H:%M:%S %z") == AT - timedelta(seconds=4)


@every_client
def test_the_key_is_found_in_the_answer(client: Client) -> None:
    message = parse(reply(client, _person("en"), SENT, "I sign.", AT))
    assert candidate_keys(message, "connect@example.org", "+") == (KEY,)


@every_client
@every_language
@pytest.mark.parametrize("known", [True, False], ids=["beside the mail that was answered", "blind"])
def test_new_text_is_what_the_person_wrote(client: Client, language: str, known: bool) -> None:
    """R45: newly written words, wherever they stand, and nothing else."""
    message = parse(reply(client, _person(language), SENT, WORDS[language], AT))
    division = divide(message, SENT_TEXT if known else None)
    assert _folded(division.new_text) == _folded(WORDS[language])


@every_client
def test_the_same_arguments_give_the_same_bytes_and_other_words_another_id(client: Client) -> None:
    first = reply(client, _person("en"), SENT, "I sign.", AT)
    assert reply(client, _person("en"), SENT, "I sign.", AT) == first
    other = reply(client, _person("en"), SENT, "I sign!", AT)
    assert email.message_from_bytes(first)["Message-ID"] != email.message_from_bytes(other)["Message-ID"]


@every_client
def test_a_second_address_and_a_subject_of_ones_own_are_used(client: Client) -> None:
    raw = reply(client, _person("en"), SENT, "I sign.", AT, from_address="me@postbox.example.org", subject="SIGN")
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert message["From"].addresses[0].addr_spec == "me@postbox.example.org"
    assert message["Subject"] == "SIGN"


@every_client
def test_an_answer_to_an_answer_names_both_and_keeps_one_prefix(client: Client) -> None:
    first = reply(Client.GMAIL, _person("en"), SENT, "May I ask something?", AT)
    second = email.message_from_bytes(
        reply(client, _person("en"), first, "Never mind.", AT + timedelta(hours=1)), policy=email.policy.default
    )
    assert str(second["Subject"]).lower() == "re: will you sign? diversity member initiative group"
    first_id = email.message_from_bytes(first)["Message-ID"]
    assert first_id in f"{second['In-Reply-To']} {second['References']}"


def test_old_charsets_are_used_where_they_fit() -> None:
    plain = SENT.replace("–".encode(), b"-")
    assert b"charset=iso-2022-jp" in reply(Client.OUTLOOK_DESKTOP, _person("ja"), SENT, WORDS["ja"], AT)
    assert b"charset=iso-2022-jp" in reply(Client.THUNDERBIRD, _person("ja"), _ascii_mail(), WORDS["ja"], AT)
    assert b"charset=iso-8859-1" in reply(Client.OUTLOOK_DESKTOP, _person("fr"), _ascii_mail(), WORDS["fr"], AT)
    assert b"charset=windows-1252" in reply(Client.OUTLOOK_DESKTOP, _person("fr"), plain, WORDS["fr"], AT)
    assert b"charset=us-ascii" in reply(Client.IPHONE, replace(_person("en"), name="Jo"), _ascii_mail(), "I sign", AT)


def _ascii_mail() -> bytes:
    message = EmailMessage(policy=email.policy.SMTP)
    message["Message-ID"] = f"<{KEY}.x@example.org>"
    message["Date"] = "Mon, 24 Jun 2013 14:00:00 +0000"
    message["From"] = "connect@example.org"
    message["Subject"] = "Will you sign?"
    message.set_content("Dear member,\n\nto sign, answer SIGN.\n")
    return message.as_bytes()
