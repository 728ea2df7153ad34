"""Our own DKIM signatures, verified by a library that we do not sign with."""

from __future__ import annotations

import base64
import re
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import dkim
import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key as generate_rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from mailflow import config
from mailflow.errors import ConfigError
from mailflow.mail.dkim_sign import Signer, relaxed_body, relaxed_field, signer
from mailflow.service.composing import compose_mail
from tests.acceptance.outbox_house import House, ScriptedRelay, mail_to, open_house
from tests.unit.service.test_composing import MAIL, MANY, SETTINGS


def pem(key: object) -> str:
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()  # type: ignore[attr-defined]


RSA, ED25519 = pem(generate_rsa(65537, 2048)), pem(Ed25519PrivateKey.generate())
SIGNERS = [pytest.param(signer("example.org", "s1", key), id=name) for name, key in (("rsa", RSA), ("ed", ED25519))]


class _VerifyKey:
    """What dkimpy takes from PyNaCl, over `cryptography`: the curve alone; all the rest is dkimpy's."""

    def __init__(self, encoded: bytes, encoder: object) -> None:
        self._key = Ed25519PublicKey.from_public_bytes(base64.b64decode(encoded))

    def verify(self, data: bytes, signature: bytes) -> bytes:
        self._key.verify(signature, data)
        return data


NACL = SimpleNamespace(
    signing=SimpleNamespace(VerifyKey=_VerifyKey),
    encoding=SimpleNamespace(Base64Encoder=None),
    exceptions=SimpleNamespace(BadSignatureError=InvalidSignature, ValueError=ValueError),
)


@pytest.fixture(autouse=True)
def curve(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dkim, "nacl", NACL, raising=False)


def is_valid(raw: bytes, by: Signer) -> bool:
    """Ask dkimpy, which asks for the record at selector and domain."""

    def record(name: bytes, timeout: int = 5) -> bytes | None:
        return by.record.encode() if name == b"s1._domainkey.example.org." else None

    return bool(dkim.verify(raw, dnsfunc=record))


def with_dkim(settings: config.Settings, key: str = RSA) -> config.Settings:
    return replace(settings, relay=replace(settings.relay, dkim=config.Dkim("example.org", "s1", key)))


@pytest.mark.parametrize("by", SIGNERS)
@pytest.mark.parametrize(
    "raw",
    [
        b"From: a@example.org\r\nSubject: Hi\r\n\r\nHello.\r\n",
        b"From: a@example.org\r\n\r\n",
        b"From: a@example.org\r\n\r\n\r\n\r\n",
        b"From: a@example.org\r\n\r\nno line end",
        b"From: a@example.org\r\n\r\ntwo  spaces\tand a tab \t \r\n \r\n\t\r\n\r\n",
        b"From:a@example.org\r\nSubject:  folded\r\n  over\r\n\tlines  \r\n\r\n .\r\n..\r\n",
        b"From: a@example.org\r\nSubject: one\r\nReferences: <a@x>\r\n <b@x>\r\n\r\n" + b"x" * 900 + b"\r\n",
        b"From: a@example.org\r\nX-Other: not signed\r\nTo: =?utf-8?q?J=C3=BC?= <j@example.org>\r\n\r\nB\xc3\xbc\r\n",
    ],
)
def test_what_we_sign_verifies(raw: bytes, by: Signer) -> None:
    """RFC 6376, RFC 8463: empty bodies, blank lines at the end, folded fields, white space."""
    signed = by.sign(raw)
    assert signed.endswith(raw) and signed.startswith(b"DKIM-Signature: v=1; a=")
    assert is_valid(signed, by)
    assert max(len(line) for line in signed[: -len(raw)].split(b"\r\n")) < 100


@pytest.mark.parametrize("by", SIGNERS)
@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b"News.", b"Fake."),
        (b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n", b""),
        (b"/u/", b"/v/"),
        (b"To: ", b"To: x"),
        (b"\r\nFrom: ", b"\r\nFrom: other@example.net\r\nFrom: "),
        (b"\r\nSubject: ", b"\r\nSubject: another\r\nSubject: "),
        (b"\r\nList-Unsubscribe: ", b"\r\nList-Unsubscribe: <https://evil.example.net/>\r\nList-Unsubscribe: "),
    ],
)
def test_what_is_changed_or_added_afterwards_breaks_the_signature(old: bytes, new: bytes, by: Signer) -> None:
    """R97: both List-Unsubscribe fields are signed; RFC 6376 section 8.15: nobody can add a second From."""
    words = replace(MANY, skeletons={"en": MANY.skeletons["en"].replace("Hello.", "News.")})
    signed = by.sign(compose_mail(words, MAIL, SETTINGS).body)
    head, tail = signed[: signed.index(b"Message-ID:")], signed[signed.index(b"Message-ID:") :]
    assert is_valid(signed, by) and old in tail
    assert not is_valid(head + tail.replace(old, new, 1), by)


def test_a_mail_composed_for_the_relay_carries_a_signature_when_it_is_configured(tmp_path: Path) -> None:
    """The signature covers what a receiver wants signed (RFC 8058 section 4), and stands first."""
    raw = compose_mail(MANY, MAIL, with_dkim(SETTINGS)).body
    assert is_valid(raw, signer("example.org", "s1", RSA))
    signed_fields = re.search(rb"h=([^;]+);", raw)
    assert signed_fields
    names = re.sub(rb"\s", b"", signed_fields[1]).split(b":")
    assert {b"list-unsubscribe", b"list-unsubscribe-post", b"message-id", b"reply-to"} <= set(names)
    assert names.count(b"from") == 2
    assert b"DKIM-Signature" not in compose_mail(MANY, MAIL, SETTINGS).body


def test_a_retry_is_the_same_mail_to_the_octet() -> None:
    """R85."""
    settings = with_dkim(SETTINGS)
    assert compose_mail(MANY, MAIL, settings) == compose_mail(MANY, replace(MAIL, attempts=7), settings)


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_house(tmp_path)


def test_every_mail_that_leaves_is_signed(house: House) -> None:
    house.settings = with_dkim(house.settings, ED25519)
    house.enqueue(mail_to(n) for n in range(1, 4))
    relay = ScriptedRelay()
    assert house.deliver(lambda: relay).accepted == 3
    assert [is_valid(e.body, signer("example.org", "s1", ED25519)) for e in relay.offered] == [True] * 3


@pytest.mark.parametrize(
    ("key", "said"),
    [
        ("not a key", "no private key in PEM"),
        (RSA.replace("PRIVATE", "PUBLIC"), "no private key in PEM"),
        (pem(generate_private_key(SECP256R1())), "neither an RSA nor an Ed25519"),
    ],
)
def test_a_key_that_cannot_sign_is_told_before_any_mail_is_claimed(key: str, said: str, house: House) -> None:
    """Our own mistake costs no mail its place in the queue (R91)."""
    house.settings = with_dkim(house.settings, key)
    house.enqueue([mail_to(1)])
    with pytest.raises(ConfigError, match=f"relay.dkim.key {'is '}?.*{said}"):
        house.deliver(ScriptedRelay)
    assert house.counts() == {"queued": 1}


@pytest.mark.parametrize(
    ("field", "canonical"),
    [
        (b"A: X", b"a:X\r\n"),
        (b"B : Y\t\r\n\tZ  ", b"b:Y Z\r\n"),
        (b"Subject:", b"subject:\r\n"),
    ],
)
def test_header_fields_are_canonicalised_as_the_rfc_shows(field: bytes, canonical: bytes) -> None:
    """RFC 6376 section 3.4.5, its own example and an empty field."""
    assert relaxed_field(field) == canonical


@pytest.mark.parametrize(
    ("body", "canonical"),
    [
        (b" C \r\nD \t E\r\n\r\n\r\n", b" C\r\nD E\r\n"),
        (b"", b""),
        (b"\r\n\r\n", b""),
        (b"a", b"a\r\n"),
        (b"a \t", b"a\r\n"),
        (b"a\r\n \r\n\t\r\n", b"a\r\n"),
    ],
)
def test_bodies_are_canonicalised_as_the_rfc_shows(body: bytes, canonical: bytes) -> None:
    """RFC 6376 section 3.4.5, its own example, and what section 3.4.4 says of ends."""
    assert relaxed_body(body) == canonical


def test_the_record_fits_what_dkim_looks_for() -> None:
    assert signer("Example.ORG", "S1", RSA).record.startswith("v=DKIM1; k=rsa; p=MIIB")
    assert len(signer("example.org", "s1", ED25519).public_key) == 44
