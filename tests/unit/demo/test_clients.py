"""Answers of mail programs: well-formed, threaded, to the reply key, and read back as exactly the words written."""

from __future__ import annotations

import email
import email.policy
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.demo.cast import Person, make_cast
from mailflow.demo.client_names import LANGUAGES, Client
from mailflow.demo.clients import reply
from mailflow.mail.key import candidate_keys
from mailflow.mail.message import SentText
from mailflow.mail.parse import parse
from mailflow.mail.quote import divide
from tests.unit.demo.sample import HTML, KEY, MESSAGE_ID, SUBJECT, TEXT, TO_KEY, ascii_mail, sent_mail

AT = datetime(2013, 6, 25, 17, 30, tzinfo=UTC)
WORDS = {
    "en": "Yes, I sign.\n\nMy colleagues at the branch have waited for this.",
    "fr": "Je signe la pétition, avec plaisir.\n\nMerci à vous, et à bientôt.",
    "es": "Firmo la petición. ¡Adelante, compañeras!",
    "de": "Ich unterschreibe gern.\n\nSchöne Grüße aus der Zweigstelle",
    "ja": "署名します。よろしくお願いします。",
    "pt": "Assino a petição, com muita satisfação.",
}


SENT = sent_mail()
SENT_TEXT = SentText(text=TEXT, html=f"<html><body>{HTML}</body></html>", subject=SUBJECT, message_id=MESSAGE_ID)


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
    assert MESSAGE_ID in threading
    assert str(message["Subject"]).endswith(SUBJECT)
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
    assert b"charset=iso-2022-jp" in reply(Client.THUNDERBIRD, _person("ja"), ascii_mail(), WORDS["ja"], AT)
    assert b"charset=iso-8859-1" in reply(Client.OUTLOOK_DESKTOP, _person("fr"), ascii_mail(), WORDS["fr"], AT)
    assert b"charset=windows-1252" in reply(Client.OUTLOOK_DESKTOP, _person("fr"), plain, WORDS["fr"], AT)
    assert b"charset=us-ascii" in reply(Client.IPHONE, replace(_person("en"), name="Jo"), ascii_mail(), "I sign", AT)
