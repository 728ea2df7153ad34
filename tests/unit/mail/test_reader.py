"""From bytes to meaning: what a mail says by itself, and as an answer to what we sent."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.domain.reading import Context, Dmarc, Intent
from mailflow.mail.key import encode_key
from mailflow.mail.message import MailKind, SentText
from mailflow.mail.proof import Trust
from mailflow.mail.reader import ReadMail, read_mail, read_reply

KEY = encode_key(b"sixteen bytes ok")
SENT = SentText(
    text="Dear member,\n\nwill you sign the petition? Reply with the word SIGN, or say so in your own words.\n"
    'If you do not wish to sign, reply "No". To stop all mail, reply unsubscribe.\n',
    subject="Will you sign?",
    message_id=f"<{KEY}.x@assoc.example.org>",
)


def mail(body: str, *headers: str) -> bytes:
    fields = [
        "Return-Path: <ann@town.example.org>",
        "Authentication-Results: mx.assoc.example.org; dmarc=pass header.from=town.example.org",
        "From: Ann Poe <ann@town.example.org>",
        f"To: connect+{KEY}@assoc.example.org",
        f"In-Reply-To: <{KEY}.x@assoc.example.org>",
        "Subject: Re: Will you sign?",
        "Content-Type: text/plain; charset=utf-8",
        *headers,
    ]
    return ("\r\n".join(fields) + "\r\n\r\n" + body.replace("\n", "\r\n")).encode()


def read(raw: bytes) -> ReadMail:
    trust = Trust("mx.assoc.example.org")
    return read_mail(raw, address="connect@assoc.example.org", delimiter="+", own=frozenset(), trust=trust)


def quoted(text: str) -> str:
    return "On Mon, 24 Jun 2013, Connect wrote:\n" + "".join(f"> {line}\n" for line in text.splitlines())


def test_a_reply_is_read_by_itself() -> None:
    found = read(mail("I sign.\n"))
    assert found.kind is MailKind.PERSON
    assert found.may_answer
    assert found.candidate_keys == (KEY,)
    assert found.dmarc is Dmarc.PASS
    assert found.statuses == ()


@pytest.mark.parametrize(
    ("body", "intent", "new_text"),
    [
        ("I sign.\n\n" + quoted(SENT.text), Intent.SIGN, "I sign."),
        (quoted(SENT.text) + "\nI sign.\n", Intent.SIGN, "I sign."),
        (quoted(SENT.text), Intent.UNCLEAR, ""),
        (SENT.text, Intent.UNCLEAR, ""),
        ("No\n\n" + quoted(SENT.text), Intent.DECLINE, "No"),
        ("unsubscribe\n\n" + quoted(SENT.text), Intent.UNSUBSCRIBE, "unsubscribe"),
        ("Who reads this?\n\n" + quoted(SENT.text), Intent.QUESTION, "Who reads this?"),
    ],
    ids=["top", "bottom", "quote only", "quote without marks", "no", "unsubscribe", "question"],
)
def test_only_what_was_newly_written_counts(body: str, intent: Intent, new_text: str) -> None:
    """R45: our own question that comes back never signs."""
    reading = read_reply(read(mail(body)), SENT, Context.PETITION)
    assert (reading.intent.intent, reading.new_text) == (intent, new_text)
    assert reading.reasons


def test_a_reading_says_why_in_one_list() -> None:
    reading = read_reply(read(mail("I sign.\n", "List-Id: <x.example.org>")), SENT, Context.PETITION)
    assert reading.kind is MailKind.LIST
    assert not reading.may_answer
    assert any("list" in reason for reason in reading.reasons)
    assert any("signs" in reason for reason in reading.reasons)


def test_both_values_pass_between_processes() -> None:
    found = read(mail("I sign.\n"))
    reading = read_reply(found, SENT, Context.PETITION)
    assert pickle.loads(pickle.dumps(found)) == found
    assert pickle.loads(pickle.dumps(reading)) == reading


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=400), st.sampled_from(Context))
def test_no_bytes_make_the_reader_raise(raw: bytes, context: Context) -> None:
    """R39."""
    for mail_bytes in (raw, b"Content-Type: multipart/report; boundary=b\r\n\r\n--b\r\n" + raw, b"Subject: " + raw):
        assert read_reply(read(mail_bytes), SENT, context).reasons is not None
