"""Signatures checked by the house itself, where its mail server stamps nothing; keys come from the DNS (R55, R56)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key

from mailflow.gateways.dns import Dns
from mailflow.gateways.dns_keys import DnsKeys
from mailflow.mail.dkim_sign import Signer
from tests.acceptance.dns_server import DnsServer
from tests.acceptance.way_in import ADDRESS, TITLE, WayIn, address_of, open_way_in

NAME = "s1._domainkey.library.example.org"


@cache
def signer() -> Signer:
    return Signer("library.example.org", "s1", generate_private_key(65537, 2048))


@pytest.fixture
def dns() -> Iterator[DnsServer]:
    record = signer().record
    with DnsServer({(NAME, "TXT"): [f'"{record[:200]}" "{record[200:]}"']}) as server:
        yield server


def house(folder: Path, dns: DnsServer, trust: str = "") -> WayIn:
    way_in = open_way_in(folder, trust=trust)
    if not trust:
        keys = DnsKeys(lambda: Dns(("127.0.0.1",), dns.port, timeout_s=1.0))
        way_in.office = replace(way_in.office, ask_keys=keys)
    return way_in


def keyless(n: int, words: str = "I sign.", to: str = ADDRESS) -> bytes:
    lines = [f"From: {address_of(n)}", f"To: {to}", f"Subject: {TITLE}", "Date: Mon, 24 Jun 2013 09:30:00 -0500"]
    return "\r\n".join([*lines, f"Message-ID: <dkim{n}@client.example.org>", "", words, ""]).encode()


def test_a_keyless_answer_that_its_authors_domain_signed_counts(tmp_path: Path, dns: DnsServer) -> None:
    """R56: the proof is dmarc, as if our own mail server had found it."""
    way_in = house(tmp_path, dns)
    [mail] = way_in.arrive(signer().sign(keyless(1)))
    assert (mail.verdict, mail.proof) == ("signed", "dmarc")
    assert any("DKIM" in reason for reason in mail.reasons)
    assert way_in.tally == {"signed": 1, "validated": 1}


@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(lambda: keyless(2), id="not signed"),
        pytest.param(lambda: signer().sign(keyless(2)) + b"PS: and I withdraw.\r\n", id="append"),
        pytest.param(lambda: signer().sign(keyless(2, to="board@example.org, x@example.org")), id="replay"),
    ],
)
def test_what_proves_nothing_is_asked_for_once_and_never_counted(tmp_path: Path, dns: DnsServer, raw: object) -> None:
    """R55, R56: unknown is not a fail: the address on file is asked."""
    way_in = house(tmp_path, dns)
    way_in.arrive(raw())  # type: ignore[operator]
    assert "validated" not in way_in.tally


def test_a_dns_that_fails_holds_up_nothing_and_is_asked_again_later(tmp_path: Path, dns: DnsServer) -> None:
    """R56: the mail is read without a proof; for five minutes nobody is asked."""
    now_s = [0.0]
    way_in = house(tmp_path, dns)
    keys = DnsKeys(lambda: Dns(("127.0.0.1",), dns.port, timeout_s=0.2), lambda: now_s[0])
    way_in.office = replace(way_in.office, ask_keys=keys)
    dns.fails = True
    first, second = way_in.arrive(signer().sign(keyless(1)))[0], way_in.arrive(signer().sign(keyless(2)))[0]
    assert (first.proof, second.proof) == ("", "")
    asked = len(dns.asked)
    dns.fails = False
    way_in.arrive(signer().sign(keyless(3)))
    assert len(dns.asked) == asked
    now_s[0] = 301.0
    assert way_in.arrive(signer().sign(keyless(4)))[0].proof == "dmarc"


def test_keys_are_asked_for_once_and_for_members_only(tmp_path: Path, dns: DnsServer) -> None:
    """R56: no stranger makes us ask, and a domain's key is remembered."""
    way_in = house(tmp_path, dns)
    stranger = keyless(1).replace(b"From: m1@", b"From: nobody@")
    way_in.arrive(signer().sign(stranger))
    assert dns.asked == []
    way_in.arrive(*(signer().sign(keyless(n)) for n in (1, 2, 3)))
    way_in.arrive(signer().sign(keyless(4)))
    assert dns.asked == [(NAME, "TXT")]


def test_where_our_own_mail_server_stamps_nobody_is_asked(tmp_path: Path, dns: DnsServer) -> None:
    """R55: with trust.authserv_id its stamp is what counts, and a mail without one is unknown."""
    way_in = house(tmp_path, dns, trust='authserv_id = "mx.example.org"')
    assert way_in.office.ask_keys([NAME]) == {}
    assert way_in.arrive(signer().sign(keyless(1)))[0].proof == ""
