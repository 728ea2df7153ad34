"""Addresses that people type, and how they are compared."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.address import (
    domain_of,
    fold,
    fold_domain,
    is_listed,
    is_within,
    parse_address,
    strip_tag,
    tag_of,
)
from mailflow.mail.message import Mailbox


@pytest.mark.parametrize(
    ("text", "mailbox"),
    [
        ("ann@lib.example.org", Mailbox("ann@lib.example.org")),
        ("  ann@lib.example.org ", Mailbox("ann@lib.example.org")),
        ("Ann Poe <ann@lib.example.org>", Mailbox("ann@lib.example.org", "Ann Poe")),
        ('"Poe, Ann" <ann@lib.example.org>', Mailbox("ann@lib.example.org", "Poe, Ann")),
        ("<ann@lib.example.org>", Mailbox("ann@lib.example.org")),
        ("mailto:ann@lib.example.org", Mailbox("ann@lib.example.org")),
        ("o'neil+x@lib.example.org", Mailbox("o'neil+x@lib.example.org")),
        ("müller@büchereien.example.org", Mailbox("müller@büchereien.example.org")),
    ],
    ids=lambda value: str(value)[:40],
)
def test_one_address_is_read(text: str, mailbox: Mailbox) -> None:
    assert parse_address(text) == mailbox


@pytest.mark.parametrize(
    "text",
    [
        "", "ann", "ann@", "@lib.example.org", "ann@localhost", "ann@lib..org", "ann@-lib.org", "a b@lib.example.org",
        "ann@lib.example.org, bob@lib.example.org", "ann@lib.example.org;bob@lib.example.org", "ann@lib.example.org\n",
        "me@evil.example.net <ann@lib.example.org>x",
        "me@evil.example.net <ann@lib.example.org>", ".ann@lib.example.org",
        "ann.@lib.example.org", "an..n@lib.example.org", "ann@192.0.2.1", "ann@[192.0.2.1]", '"ann"@lib.example.org',
        "a" * 65 + "@lib.example.org",
        "ann@" + "a" * 64 + ".example.org", "ann\u200b@lib.example.org",
        "ann@lib.example.org\x00",
        "Poe, Ann <ann@lib.example.org>", "ann@@lib.example.org", "<ann@lib.example.org", "x" * 2000,
    ],
    ids=lambda text: repr(text)[:40],
)  # fmt: skip
def test_anything_else_is_refused(text: str) -> None:
    if text == "ann@lib.example.org\n":
        text = "ann@lib.example.org\nBcc: eve@evil.example.net"
    assert parse_address(text) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Ann@Lib.Example.ORG", "ann@lib.example.org"),
        ("ann@lib.example.org.", "ann@lib.example.org"),
        ("müller@BÜCHER.example.org", "müller@xn--bcher-kva.example.org"),
    ],
)
def test_spellings_of_one_address_fold_to_one(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("address", "delimiter", "stripped", "tag"),
    [
        ("connect+abc@assoc.example.org", "+", "connect@assoc.example.org", "abc"),
        ("connect@assoc.example.org", "+", "connect@assoc.example.org", ""),
        ("connect-abc@assoc.example.org", "-", "connect@assoc.example.org", "abc"),
        ("connect+a+b@assoc.example.org", "+", "connect@assoc.example.org", "a+b"),
        ("+abc@assoc.example.org", "+", "+abc@assoc.example.org", "abc"),
        ("connect+abc@assoc.example.org", "", "connect+abc@assoc.example.org", ""),
    ],
)
def test_a_tag_is_taken_off(address: str, delimiter: str, stripped: str, tag: str) -> None:
    assert strip_tag(address, delimiter) == stripped
    assert tag_of(address, delimiter) == tag


@pytest.mark.parametrize(
    ("domain", "parent", "within"),
    [
        ("example.org", "example.org", True),
        ("mail.example.org", "example.org", True),
        ("Mail.Example.Org.", "example.org", True),
        ("attacker-example.org", "example.org", False),
        ("attackerexample.org", "example.org", False),
        ("example.org.evil.example.net", "example.org", False),
        ("org", "example.org", False),
        ("example.org", "", False),
    ],
    ids=lambda value: str(value),
)
def test_domains_match_on_a_label_boundary(domain: str, parent: str, within: bool) -> None:
    """R60."""
    assert is_within(domain, parent) is within
    assert is_listed(domain, frozenset((parent,))) is within


@given(st.text(max_size=80))
def test_no_text_makes_the_readers_raise(text: str) -> None:
    mailbox = parse_address(text)
    assert mailbox is None or "@" in mailbox.address
    assert isinstance(fold(text), str)
    assert fold_domain(fold_domain(text)) == fold_domain(text) or not text.isascii()
    assert isinstance(domain_of(text) + strip_tag(text, "+"), str)
