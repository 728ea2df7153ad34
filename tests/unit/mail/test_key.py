"""Reply keys: how they are written, and every place from which a reply gives them back."""

from __future__ import annotations

import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.key import (
    CANDIDATES_MAX,
    candidate_keys,
    encode_key,
    is_key,
    message_id_for,
    redact_keys,
    reply_address,
)
from mailflow.mail.message import Message

ADDRESS = "connect@assoc.example.org"
A, B, C, D = (encode_key(bytes([n]) * 16) for n in (1, 77, 130, 255))


def test_a_key_is_26_characters_of_lower_case_base32() -> None:
    """R50."""
    assert encode_key(bytes(16)) == "a" * 26
    assert encode_key(b"\xff" * 16) == "7" * 25 + "4"
    with pytest.raises(ValueError, match="16 bytes"):
        encode_key(b"short")


@given(st.binary(min_size=16, max_size=16))
def test_every_key_has_the_form_of_one_and_fits_a_local_part(random: bytes) -> None:
    """R50: the local part stays within 64 octets."""
    key = encode_key(random)
    assert key == base64.b32encode(random).decode().rstrip("=").lower()
    assert is_key(key)
    assert is_key(key.upper())
    assert len(reply_address(ADDRESS, key, "+").split("@")[0]) <= 64


def test_a_key_of_whose_bits_the_last_two_are_not_zero_is_none() -> None:
    assert not is_key("a" * 25 + "b")


def test_addresses_and_message_ids_carry_the_key() -> None:
    assert reply_address(ADDRESS, A, "+") == f"connect+{A}@assoc.example.org"
    assert message_id_for(A, "assoc.example.org") == f"<{A}.x@assoc.example.org>"


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(Message(to=(f"connect+{A}@assoc.example.org",)), id="To"),
        pytest.param(Message(to=(f"CONNECT+{A.upper()}@ASSOC.EXAMPLE.ORG",)), id="upper case"),
        pytest.param(Message(delivered_to=(f"connect+{A}@assoc.example.org",)), id="Delivered-To"),
        pytest.param(Message(headers=(("cc", f"Desk <connect+{A}@assoc.example.org>"),)), id="Cc"),
        pytest.param(Message(in_reply_to=(f"<{A}.x@assoc.example.org>",)), id="In-Reply-To"),
        pytest.param(Message(in_reply_to=(f"<{A.upper()}.X@assoc.example.org>".replace(".X", ".x"),)), id="folded id"),
        pytest.param(Message(references=("<other@x.example.org>", f"<{A}.x@assoc.example.org>")), id="References"),
        pytest.param(Message(text=f"yes\n\nReference: {A}\n"), id="line of the body"),
        pytest.param(Message(text=f"> > Reference: {A}"), id="quoted"),
        pytest.param(Message(text=f"> Reference:\n> {A}"), id="quoted and wrapped"),
        pytest.param(Message(html=f"<p>Reference: <b>{A}</b></p>"), id="HTML"),
        pytest.param(Message(html=f"<p>Reference:&nbsp;{A}</p>"), id="HTML with a fixed space"),
        pytest.param(
            Message(headers=(("received", f"from x by y for <connect+{A}@assoc.example.org>; Mon"),)), id="envelope"
        ),
        pytest.param(Message(returned_headers=(("message-id", f"<{A}.x@assoc.example.org>"),)), id="returned mail"),
    ],
)
def test_a_key_is_found_wherever_a_reply_carries_it(message: Message) -> None:
    assert candidate_keys(message, ADDRESS, "+") == (A,)


def test_the_most_trustworthy_place_comes_first() -> None:
    message = Message(
        to=(f"connect+{A}@assoc.example.org",),
        in_reply_to=(f"<{B}.x@assoc.example.org>",),
        references=(f"<{D}.x@assoc.example.org>", f"<{C}.x@assoc.example.org>"),
        text=f"Reference: {A}",
    )
    assert candidate_keys(message, ADDRESS, "+") == (A, B, C, D)


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(Message(to=(f"xconnect+{A}@assoc.example.org",)), id="another mailbox"),
        pytest.param(Message(to=(f"connect+{A}@evil.example.net",)), id="another domain"),
        pytest.param(Message(to=(f"connect+{A}x@assoc.example.org",)), id="too long"),
        pytest.param(Message(to=("connect+short@assoc.example.org",)), id="too short"),
        pytest.param(Message(in_reply_to=(f"<{A}@assoc.example.org>",)), id="not our form of Message-ID"),
        pytest.param(Message(text=f"see {A}"), id="no reference line"),
        pytest.param(Message(text="Reference: internationalizationalisms"), id="a word"),
    ],
)
def test_what_only_looks_like_a_key_is_left(message: Message) -> None:
    assert candidate_keys(message, ADDRESS, "+") == ()


def test_no_more_than_twenty_candidates_are_taken() -> None:
    """Limits on everything: a mail with a thousand keys costs no more than one with twenty."""
    keys = [encode_key(n.to_bytes(16, "big")) for n in range(1000)]
    message = Message(references=tuple(f"<{key}.x@assoc.example.org>" for key in keys))
    assert len(candidate_keys(message, ADDRESS, "+")) == CANDIDATES_MAX


@pytest.mark.parametrize(
    ("text", "redacted"),
    [
        (f"write to connect+{A}@assoc.example.org", "write to connect+[key]@assoc.example.org"),
        (f"<{A}.x@assoc.example.org>", "<[key].x@assoc.example.org>"),
        (f"Reference: {A.upper()}", "Reference: [key]"),
        (f"https://assoc.example.org/p/{A}?x=1", "https://assoc.example.org/p/[key]?x=1"),
        ("nothing to hide", "nothing to hide"),
        (f"x{A}", f"x{A}"),
    ],
)
def test_keys_are_redacted(text: str, redacted: str) -> None:
    """R59."""
    assert redact_keys(text) == redacted


@given(st.text(max_size=200), st.text(max_size=20), st.sampled_from(["+", "-", ""]))
def test_no_text_makes_the_search_raise(text: str, address: str, delimiter: str) -> None:
    message = Message(to=(text,), in_reply_to=(text,), references=(text,), text=text, html=text)
    assert all(is_key(key) for key in candidate_keys(message, address, delimiter))
    assert isinstance(redact_keys(text), str)
