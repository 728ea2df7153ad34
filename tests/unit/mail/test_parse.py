"""Bytes to a Message: never an exception, limits that are said, nothing unsafe to store."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import fields

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.mail.message import Message
from mailflow.mail.parse import parse

HEAD = b"From: Ann <a@example.org>\r\nSubject: x\r\n"
MIXED = b"Content-Type: multipart/mixed; boundary=m\r\n\r\n"


def nested(depth: int) -> bytes:
    """Give a mail whose text stands in `depth` multiparts, one inside the other."""
    opening = b"".join(b'Content-Type: multipart/mixed; boundary="b%d"\r\n\r\n--b%d\r\n' % (i, i) for i in range(depth))
    return HEAD + opening + b"\r\nhello\r\n"


def strings_of(message: Message) -> list[str]:
    """Give every string in a message, however deep."""
    waiting: list[object] = [getattr(message, field.name) for field in fields(message)]
    found = []
    while waiting:
        value = waiting.pop()
        if isinstance(value, str):
            found.append(value)
        elif isinstance(value, tuple):
            waiting.extend(value)
        elif hasattr(value, "__slots__"):
            waiting.extend(getattr(value, name) for name in value.__slots__)
    return found


def assert_safe(message: Message) -> None:
    for value in strings_of(message):
        assert "\0" not in value
        value.encode("utf-8")  # fails on a lone surrogate


PIECES = st.sampled_from(
    [
        b"\r\n",
        b"\n",
        b"\r",
        b"--b",
        b"--b--",
        b"\r\n--b\r\n",
        b"From: a@example.org\r\n",
        b"\0",
        b"\xff\xfe",
        b"=?",
        b"?=",
        b"Content-Type: multipart/mixed; boundary=b\r\n",
        b'Content-Type: text/plain; charset="\0utf-8"\r\n',
        b"=?utf-8?b?=",
        b"Content-Type: text/html; charset=utf-7\r\n",
        b"Content-Transfer-Encoding: base64\r\n",
        b"=ZZ",
        b"+AAA-",
        b"\x1b$B",
        b"Content-Type: message/rfc822\r\n",
        b"Content-Type: text/plain; charset=unicode_escape; format=flowed\r\n",
        b"> ",
        b"Content-Disposition: attachment; filename*0*=utf-8''%00; filename*1=x\r\n",
        b"\xed\xa0\x80",
        b"<blockquote>",
        b"\x85",
        b"Content-Type: text/plain; charset=utf-16\r\n",
        b"Message-ID: <a\r\n b>\r\n",
        b"References: <<<\r\n",
        b":",
        b" ",
    ]
)


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_no_bytes_raise(raw: bytes) -> None:
    """R39, R41: every byte string is a message that can be stored."""
    assert_safe(parse(raw))


@given(st.lists(PIECES | st.binary(max_size=8), max_size=30).map(b"".join))
@settings(max_examples=1000, deadline=None)
def test_no_pieces_of_mail_raise(raw: bytes) -> None:
    """R39, R41: nor does any heap of pieces that mean something to a parser."""
    assert_safe(parse(raw))


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(HEAD + b"\r\n" + b"x" * 10_000_000, "larger than", id="10 MB and more"),
        pytest.param(HEAD + b"X: " + b"y" * 100_000 + b"\r\n\r\nhello", "headers larger", id="100 KB of headers"),
        pytest.param(HEAD + b"X: y\r\n" * 999 + b"\r\nhello", "header fields", id="1,001 fields"),
        pytest.param(nested(51), "nested deeper", id="depth 51"),
        pytest.param(nested(5000), "nested deeper", id="depth 5,000"),
        pytest.param(
            HEAD + MIXED + b"--m\r\n\r\nx\r\n" * 501,
            "parts",
            id="501 parts",
        ),
        pytest.param(HEAD + b"To: " + b"a@example.org, " * 101 + b"\r\n\r\nhello", "addresses", id="101 addresses"),
        pytest.param(HEAD + b"\r\n" + b"x" * 65_537, "bytes of text", id="64 KB of text and one byte"),
        pytest.param(
            HEAD + b"Content-Type: text/html\r\n\r\n" + b"x" * 524_289, "bytes of HTML", id="512 KB of HTML and one"
        ),
    ],
)
def test_what_is_over_a_limit_is_said(raw: bytes, reason: str) -> None:
    """R40: each limit plus one; the mail is held for a person, never dropped."""
    message = parse(raw)
    assert any(reason in over for over in message.over)
    assert message.size_bytes == len(raw)


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(HEAD + b"X: y\r\n" * 998 + b"\r\nhello", id="1,000 fields"),
        pytest.param(nested(50), id="depth 50"),
        pytest.param(HEAD + MIXED + b"--m\r\n\r\nx\r\n" * 499, id="499 parts"),
        pytest.param(HEAD + b"To: " + b"a@example.org, " * 100 + b"\r\n\r\nhello", id="100 addresses"),
        pytest.param(HEAD + b"\r\n" + b"x" * 65_536, id="64 KB of text"),
    ],
)
def test_what_is_at_a_limit_is_not_over(raw: bytes) -> None:
    """R40."""
    assert parse(raw).over == ()


def test_pictures_in_the_markup_are_no_text() -> None:
    """R40: a pasted picture of a megabyte does not put a short letter over the limit."""
    raw = (
        HEAD + b'Content-Type: text/html\r\n\r\n<p>yes</p><img src="data:image/png;base64,' + b"QUJD" * 250_000 + b'">'
    )
    assert parse(raw).over == ()


@pytest.mark.parametrize(
    ("content_type", "body", "text"),
    [
        pytest.param(b"text/plain; charset=utf-8", "Grüße", "Grüße", id="as declared"),
        pytest.param(b"text/plain; charset=us-ascii", "Grüße", "Grüße", id="declared ASCII, is UTF-8"),
        pytest.param(b"text/plain; charset=iso-8859-1", "Grüße", "Grüße", id="declared Latin-1, is UTF-8"),
        pytest.param(b"text/plain; charset=nonsense", "Grüße", "Grüße", id="unknown charset"),
        pytest.param(b"text/plain; charset=", "Grüße", "Grüße", id="empty charset"),
        pytest.param(b"text/plain", "Grüße", "Grüße", id="no charset"),
        pytest.param(b"text", "Grüße", "Grüße", id="half a content type"),
        pytest.param(b"", "Grüße", "Grüße", id="empty content type"),
    ],
)
def test_text_is_decoded(content_type: bytes, body: str, text: str) -> None:
    raw = HEAD + b"Content-Type: " + content_type + b"\r\n\r\n" + body.encode() + b"\r\n"
    assert parse(raw).text.strip() == text


def test_the_text_parts_are_joined_and_alternatives_are_not() -> None:
    raw = (
        HEAD + MIXED + b"--m\r\nContent-Type: multipart/alternative; boundary=a\r\n\r\n"
        b"--a\r\n\r\none\r\n--a\r\nContent-Type: text/html\r\n\r\n<p>one</p>\r\n--a--\r\n--m\r\n\r\ntwo\r\n--m--\r\n"
    )
    message = parse(raw)
    assert message.text.split() == ["one", "two"]
    assert message.html.strip() == "<p>one</p>"


def test_html_beside_text_and_no_alternative_is_read_too() -> None:
    """A list puts its footer as text below a mail that is HTML alone: both are the text, in their order."""
    raw = (
        HEAD + MIXED + b"--m\r\nContent-Type: text/html\r\n\r\n"
        b"<p>I sign</p><blockquote type=cite>old</blockquote>\r\n--m\r\n\r\nfooter\r\n--m--\r\n"
    )
    lines = [line for line in parse(raw).text.split("\n") if line.strip(" >")]
    assert lines == ["I sign", "> old", "footer"]


def test_attachments_are_hashed_and_their_names_are_no_paths() -> None:
    """R46: the name is for showing; the hash is of the content."""
    raw = (
        HEAD
        + b"Content-Type: multipart/mixed; boundary=m\r\n\r\n--m\r\n\r\nhi\r\n--m\r\nContent-Type: application/pdf\r\n"
        b'Content-Transfer-Encoding: base64\r\nContent-Disposition: attachment; filename="../../x\\\\y.pdf"\r\n\r\n'
        + base64.encodebytes(b"content")
        + b"--m\r\nContent-Type: text/plain; name=notes.txt\r\n\r\nI sign\r\n--m--\r\n"
    )
    first, second = parse(raw).attachments
    assert first.name == ".._.._x_y.pdf"
    assert (first.size_bytes, first.sha256) == (7, hashlib.sha256(b"content").hexdigest())
    assert second.name == "notes.txt"
    assert "sign" not in parse(raw).text


def opaque(content: bytes, *, is_in_pieces: bool) -> bytes:
    """Wrap an entity as S/MIME does, without certificates (RFC 5652)."""
    if is_in_pieces:
        octets = b"\x24\x80" + b"".join(b"\x04\x05" + content[i : i + 5] for i in range(0, len(content) // 5 * 5, 5))
        rest = content[len(content) // 5 * 5 :]
        octets += bytes([4, len(rest)]) + rest + b"\0\0"
        return bytes.fromhex("308006092a864886f70d010702a0803080020101310030800609" + "2a864886f70d010701a080") + octets
    octets = b"\x04\x81" + bytes([len(content)]) + content
    return bytes.fromhex("308006092a864886f70d010702a08030800201013100308006092a864886f70d010701a08197") + octets


@pytest.mark.parametrize("is_in_pieces", [False, True], ids=["whole", "in pieces"])
def test_an_opaque_signature_is_unwrapped(is_in_pieces: bool) -> None:
    """RFC 8551: some offices send the whole mail inside its signature."""
    content = b"Content-Type: text/plain; charset=utf-8\r\n\r\nI sign, and my office signs around it.\r\n"
    raw = (
        HEAD + b"Content-Type: application/pkcs7-mime; smime-type=signed-data; name=smime.p7m\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n" + base64.encodebytes(opaque(content, is_in_pieces=is_in_pieces))
    )
    assert parse(raw).text.strip() == "I sign, and my office signs around it."


def test_a_body_that_has_a_name_is_still_the_body() -> None:
    raw = HEAD + b"Content-Type: text/plain; name=body.txt\r\nContent-Disposition: inline\r\n\r\nI sign\r\n"
    assert parse(raw).text.strip() == "I sign"


def test_a_returned_mail_is_kept_apart() -> None:
    raw = (
        HEAD + b"Content-Type: multipart/report; boundary=r\r\n\r\n--r\r\n\r\nnot delivered\r\n"
        b"--r\r\nContent-Type: message/delivery-status\r\n\r\nReporting-MTA: dns; mx\r\n\r\nAction: failed\r\n"
        b"--r\r\nContent-Type: message/rfc822\r\n\r\nMessage-ID: <k@example.org>\r\n"
        b"Content-Type: text/plain\r\n\r\nour mail\r\n--r--\r\n"
    )
    message = parse(raw)
    assert message.text.strip() == "not delivered"
    assert "Action: failed" in message.status_text
    assert ("message-id", "<k@example.org>") in message.returned_headers
    assert message.returned_text.strip() == "our mail"
    assert message.content_type == "multipart/report"


@pytest.mark.parametrize(
    ("body", "text"),
    [
        pytest.param("one \ntwo\nthree", "one two\nthree", id="joined"),
        pytest.param("> one \n> two\nmine", "> one two\nmine", id="joined inside a quote"),
        pytest.param("one \n> two", "one \n> two", id="not over a change of depth"),
        pytest.param("a \n-- \nme", "a \n-- \nme", id="not into a signature separator"),
        pytest.param(" > no quote\n  two", "> no quote\n two", id="space-stuffing"),
    ],
)
def test_flowed_text_is_joined(body: str, text: str) -> None:
    """RFC 3676."""
    raw = HEAD + b"Content-Type: text/plain; format=flowed\r\n\r\n" + body.replace("\n", "\r\n").encode()
    assert parse(raw).text == text


def test_flowed_text_with_delsp_loses_its_spaces() -> None:
    raw = HEAD + b"Content-Type: text/plain; format=flowed; delsp=yes\r\n\r\none \r\ntwo\r\n"
    assert parse(raw).text.strip() == "onetwo"


@pytest.mark.parametrize(
    ("encoding", "body", "text"),
    [
        pytest.param(b"base64", b"SSBzaWduLg==", "I sign.", id="base64"),
        pytest.param(b"base64", b"SSBz\r\n!!aWdu\r\nLg", "I sign.", id="base64 with rubbish and no padding"),
        pytest.param(b"base64", b"SSBzaWduLg==\r\n-- footer", "I sign.", id="base64 with a footer behind"),
        pytest.param(b"quoted-printable", b"I=20sign=2E=", "I sign.", id="quoted-printable"),
        pytest.param(b"quoted-printable", b"I =ZZ sign", "I =ZZ sign", id="broken quoted-printable"),
        pytest.param(b"x-unknown", b"I sign.", "I sign.", id="unknown encoding"),
    ],
)
def test_transfer_encodings_are_undone(encoding: bytes, body: bytes, text: str) -> None:
    raw = HEAD + b"Content-Transfer-Encoding: " + encoding + b"\r\n\r\n" + body + b"\r\n"
    assert parse(raw).text.strip().startswith(text)


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        pytest.param(b"=?utf-8?q?Gr=C3=BC=C3=9Fe?=", "Grüße", id="Q"),
        pytest.param(b"=?utf-8?b?R3LDvMOf?= =?utf-8?b?ZQ==?=", "Grüße", id="two words side by side"),
        pytest.param(b"=?utf-8?q?Gr=C3?= =?utf-8?q?=BC=C3=9Fe?=", "Grüße", id="a character cut in two"),
        pytest.param(b"=?iso-2022-jp?b?GyRCPXBMPhsoQg==?=", "署名", id="ISO-2022-JP"),
        pytest.param(b"=?x-unknown?q?a?= b", "a b", id="unknown charset"),
        pytest.param(b"=?utf-8*en?q?a?=", "a", id="language tag of RFC 2231"),
        pytest.param("Grüße".encode(), "Grüße", id="raw UTF-8"),
        pytest.param(b"a\r\n\tb", "a b", id="folded"),
        pytest.param(b"=?utf-8?b?????=", "=?utf-8?b?????=", id="not an encoded word"),
    ],
)
def test_subjects_are_decoded(raw: bytes, subject: str) -> None:
    assert parse(b"Subject: " + raw + b"\r\n\r\n").subject == subject


def test_header_values_keep_their_encoded_words() -> None:
    message = parse(b"Received: one\r\nSubject: =?utf-8?q?a?=\r\nReceived: two\r\n x\r\n\r\n")
    assert message.header("SUBJECT") == "=?utf-8?q?a?="
    assert message.all_headers("received") == ("one", "two x")


def test_ids_and_addresses_of_the_envelope() -> None:
    message = parse(
        b"Return-Path: <>\r\nDelivered-To: post+k@example.org\r\nX-Original-To: post@example.org\r\n"
        b"Message-ID:\r\n <1@example.org>\r\nIn-Reply-To: <k.x@example.org> (seen)\r\n"
        b"References: <a@example.org>\r\n <k.x@example.org>\r\nTo: Ann <a@example.org>\r\n\r\n"
    )
    assert message.return_path == ""
    assert message.delivered_to == ("post+k@example.org", "post@example.org")
    assert message.message_id == "<1@example.org>"
    assert message.in_reply_to == ("<k.x@example.org>",)
    assert message.references == ("<a@example.org>", "<k.x@example.org>")
    assert message.to == ("a@example.org",)
    assert parse(b"Subject: x\r\n\r\n").return_path is None


def test_the_same_mail_over_another_way_has_the_same_content_hash() -> None:
    one = parse(b"Received: here\r\nFrom: a@example.org\r\nDate: d\r\nSubject: s\r\n\r\nI sign\r\n")
    two = parse(b"Received: there\nSubject: s\nFrom: a@example.org\nDate: d\n\nI sign\n\n")
    other = parse(b"From: a@example.org\r\nDate: d\r\nSubject: s\r\n\r\nI do not sign\r\n")
    assert one.content_sha256 == two.content_sha256 != other.content_sha256
    assert one.raw_sha256 != two.raw_sha256


def test_a_lost_blank_line_and_an_mbox_line_lose_nothing() -> None:
    message = parse(b"From a@example.org Mon Jun  2\r\nFrom: a@example.org\r\nI sign, and here is why\r\nmore\r\n")
    assert message.from_ is not None
    assert message.text.startswith("I sign, and here is why")
    assert message.defects
