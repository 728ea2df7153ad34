"""DKIM and ARC checked here: what binds a mail to its author and to this mailbox, and every way in which it doesn't."""

from __future__ import annotations

import base64
import re
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat

from mailflow.domain.reading import Dmarc
from mailflow.mail.dkim_check import Aligned, as_dmarc, check, needed_keys
from mailflow.mail.dkim_sign import Signer, relaxed_body, relaxed_field
from mailflow.mail.parse import parse
from mailflow.mail.proof import Trust
from mailflow.mail.reader import read_mail, with_proof

KEY = generate_private_key(public_exponent=65537, key_size=2048)
PEM = KEY.private_bytes(Encoding.PEM, PrivateFormat.TraditionalOpenSSL, NoEncryption())
RECORD = Signer("town.example.org", "s1", KEY).record
NAME = "s1._domainkey.town.example.org"
MAILBOX, TAGGED = "connect@assoc.example.org", "connect+mfrggzdfmztwq2lknnwg23tpoa@assoc.example.org"
NOW = datetime(2013, 6, 24, 14, tzinfo=UTC)
SIGNED = ("from", "to", "subject", "date", "message-id")


def mail(
    body: str = "I sign.", from_: str = "ann@town.example.org", to: str = TAGGED, subject: str = "Re: Hi"
) -> bytes:
    head = f"From: Ann <{from_}>\r\nTo: {to}\r\nSubject: {subject}\r\nDate: Mon, 24 Jun 2013 09:00:00 -0500\r\n"
    return (head + "Message-ID: <1@town.example.org>\r\n\r\n" + body + "\r\n").encode()


class _Timed(dkim.DKIM):  # type: ignore[misc]
    """Signs with the t= and x= that a test wants, which the library's own call takes from the clock."""

    times: tuple[tuple[bytes, datetime | None], ...] = ()

    def gen_header(self, fields: list[tuple[bytes, bytes]], *rest: Any, **more: Any) -> Any:
        kept = [(n, v) for n, v in fields if n not in (b"t", b"x")]
        kept[-2:-2] = [(n, str(int(at.timestamp())).encode()) for n, at in self.times if at]
        return super().gen_header(kept, *rest, **more)


def signed(
    raw: bytes,
    domain: str = "town.example.org",
    names: tuple[str, ...] = SIGNED,
    signed_at: datetime | None = None,
    expires: datetime | None = None,
    length: bool = False,
) -> bytes:
    signer = _Timed(raw)
    signer.times = ((b"t", signed_at), (b"x", expires))
    relaxed = (b"relaxed", b"relaxed")
    include = [name.encode() for name in names]
    field = signer.sign(b"s1", domain.encode(), PEM, canonicalize=relaxed, include_headers=include, length=length)
    return bytes(field) + raw


def checked(
    raw: bytes, records: dict[str, str] | None = None, at: datetime = NOW, sealers: tuple[str, ...] = ()
) -> str:
    found = {NAME: RECORD} if records is None else records
    return check(raw, parse(raw), found, at, MAILBOX, "+", sealers).value


# --- what holds ------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(Signer("town.example.org", "s1", KEY).sign(mail()), id="signed by our own signer"),
        pytest.param(signed(mail()), id="signed by another program"),
        pytest.param(signed(mail(to=MAILBOX)), id="to the bare address"),
        pytest.param(signed(mail(to=f"Alex <alex@example.org>, Petitions <{TAGGED}>")), id="to us among others"),
        pytest.param(
            b"Received: from a by b; Mon, 24 Jun 2013 09:00:02 -0500\r\n" + signed(mail()), id="a trace on top"
        ),
        pytest.param(signed(signed(mail()), "other.example.net"), id="a second signature of somebody else"),
    ],
)
def test_an_aligned_signature_passes(raw: bytes) -> None:
    """R56: From, To, Subject, Date and the whole body are what the author's domain signed."""
    assert needed_keys(parse(raw), MAILBOX, "+") == (NAME,)
    assert checked(raw) == "pass"


@pytest.mark.parametrize(
    ("from_", "domain", "passes"),
    [
        ("ann@town.example.org", "town.example.org", True),
        ("ann@Town.Example.Org", "town.example.org", True),
        ("ann@branch.town.example.org", "town.example.org", True),
        ("ann@town.example.org", "example.org", True),
        ("ann@town.example.org", "org", False),
        ("ann@town.example.org", "evil.example.net", False),
        ("ann@town.example.org", "evil-town.example.org", False),
        ("ann@eviltown.example.org", "town.example.org", False),
        ("ann@example.org", "town.example.org", False),
    ],
)
def test_alignment_is_by_label_boundary(from_: str, domain: str, passes: bool) -> None:
    """R56, R60: the domain in From or one above it; nobody beneath it, beside it, or that only looks like it."""
    raw = signed(mail(from_=from_), domain)
    assert checked(raw, {f"s1._domainkey.{domain}": RECORD}) == ("pass" if passes else "none")


# --- what doesn't ----------------------------------------------------------------------------------------------------
def without(name: str) -> tuple[str, ...]:
    return tuple(n for n in SIGNED if n != name)


GENUINE = signed(mail())


@pytest.mark.parametrize(
    ("raw", "result"),
    [
        pytest.param(mail(), "none", id="no signature"),
        pytest.param(GENUINE.replace(b"I sign.", b"I don't sign."), "fail", id="other words"),
        pytest.param(GENUINE + b"-- \r\nThe list's footer\r\n", "fail", id="append: a list's footer"),
        pytest.param(GENUINE.replace(b"Subject: Re: Hi", b"Subject: SIGN"), "fail", id="another subject"),
        pytest.param(signed(mail(), length=True), "none", id="l= refused"),
        pytest.param(signed(mail(), length=True) + b"SIGN\r\n", "none", id="append under l="),
        pytest.param(signed(mail(), names=without("subject")), "none", id="subject not signed"),
        pytest.param(signed(mail(), names=without("to")), "none", id="receiver not signed"),
        pytest.param(signed(mail(), names=without("date")), "none", id="date not signed"),
        pytest.param(signed(mail(to="board@elsewhere.example.org")), "none", id="replay: written to others"),
        pytest.param(
            signed(mail(to="board@elsewhere.example.org")).replace(
                b"To: board", b"To: " + TAGGED.encode() + b", board"
            ),
            "fail",
            id="replay: our address added",
        ),
        pytest.param(
            b"To: " + TAGGED.encode() + b"\r\n" + signed(mail(to="board@elsewhere.example.org")),
            "none",
            id="replay: a second To on top",
        ),
        pytest.param(b"Cc: " + TAGGED.encode() + b"\r\n" + signed(mail(to="b@example.org")), "none", id="replay: a Cc"),
        pytest.param(b"Subject: SIGN\r\n" + GENUINE, "none", id="append: a second Subject"),
        pytest.param(b"From: eve@town.example.org\r\n" + GENUINE, "none", id="append: a second From"),
        pytest.param(b"Content-Type: text/html\r\nContent-Type: text/plain\r\n" + GENUINE, "none", id="two types"),
        pytest.param(GENUINE.replace(b"a=rsa-sha256", b"a=rsa-sha1"), "none", id="SHA-1"),
        pytest.param(GENUINE.replace(b"s=s1;", b"s=s1; s=s1;"), "none", id="a tag twice"),
        pytest.param(GENUINE.replace(b"h=from", b"h=from :" + b"x" * 5000), "none", id="an endless field"),
        pytest.param(signed(mail("x" + " " * 3000 + "y")), "none", id="blanks that cost time"),
    ],
)
def test_what_does_not_bind_a_mail_to_its_author_and_to_us_proves_nothing(raw: bytes, result: str) -> None:
    """R56: replay and append."""
    assert checked(raw) == result


@pytest.mark.parametrize(
    "record",
    [
        pytest.param("", id="none"),
        pytest.param("v=DKIM1; p=", id="revoked"),
        pytest.param("v=DKIM1; k=rsa; p=AAAA", id="no key"),
        pytest.param(RECORD.replace("v=DKIM1", "v=DKIM2"), id="another version"),
        pytest.param(RECORD + "; t=y", id="testing"),
        pytest.param(RECORD + "; h=sha1", id="for another hash"),
        pytest.param("é" * 50, id="not ASCII"),
        pytest.param(Signer("x.example.org", "s", generate_private_key(65537, 2048)).record, id="another key"),
        pytest.param("v=DKIM1; p=" + "A" * 60_000, id="endless"),
    ],
)
def test_a_record_that_holds_no_fitting_key_proves_nothing(record: str) -> None:
    """R56."""
    assert checked(GENUINE, {NAME: record}) in ("none", "fail")


def test_a_key_shorter_than_1024_bits_proves_nothing() -> None:
    """RFC 8301 section 3.2; such a key can't be made here, so the field is cut to what a short one would look like."""
    short = "MEgCQQC7VJTUt9Us8cKjMzEfYyjiWA4R4/M2bS1GB4t7NXp98C3SC6dVMvDuictGeurT8jNbvJZHtCSuYEvuNMoSfm76oqFvAp8Gy0iz5"
    assert checked(GENUINE, {NAME: f"v=DKIM1; p={short}"}) == "fail"


@pytest.mark.parametrize(
    ("tags", "result"),
    [
        pytest.param({"expires": NOW + timedelta(days=1)}, "pass", id="in force"),
        pytest.param({"expires": NOW - timedelta(days=1)}, "fail", id="expired before it arrived"),
        pytest.param({"signed_at": NOW - timedelta(minutes=1)}, "pass", id="signed before it arrived"),
        pytest.param({"signed_at": NOW + timedelta(days=1)}, "fail", id="signed after it arrived"),
    ],
)
def test_a_signature_is_judged_by_the_time_of_arrival(tags: dict[str, datetime], result: str) -> None:
    """R56, section 3.5: never by the clock, so that reading a mail again gives the same."""
    raw = signed(mail(), **tags)
    assert checked(raw) == result


def test_at_most_three_signatures_are_looked_at() -> None:
    """R56: a mail with a hundred signatures asks for three keys."""
    raw = mail()
    for n in range(6):
        raw = signed(raw).replace(b"s=s1;", f"s=k{n};".encode(), 1)
    assert len(needed_keys(parse(raw), MAILBOX, "+")) == 3


@pytest.mark.parametrize("name", ["..", "a b", "x" * 300, "s1/../x", "*"])
def test_no_odd_name_is_asked_for(name: str) -> None:
    raw = GENUINE.replace(b"s=s1;", f"s={name};".encode())
    assert not [n for n in needed_keys(parse(raw), MAILBOX, "+") if "/" in n or "*" in n or ".." in n or len(n) > 253]


# --- Ed25519 ---------------------------------------------------------------------------------------------------------
ED = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
ED_POINT = base64.b64encode(ED.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw)).decode()
ED_NAME, ED_RECORD = "ed._domainkey.town.example.org", f"v=DKIM1; k=ed25519; p={ED_POINT}"


def ed_signed(raw: bytes, names: tuple[str, ...] = SIGNED, algorithm: str = "ed25519-sha256") -> bytes:
    """Sign by hand as RFC 8463 section 3 says: relaxed, the SHA-256 of the fields being what is signed."""
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    covered = [f for name in names for f in fields if f.lower().startswith(name.encode() + b":")]
    body_hash = base64.b64encode(sha256(relaxed_body(body)).digest()).decode()
    field = f"DKIM-Signature: v=1; a={algorithm}; c=relaxed/relaxed; d=town.example.org; s=ed; h={':'.join(names)}"
    unsigned = f"{field}; bh={body_hash}; b=".encode()
    data = b"".join(relaxed_field(f + b"\r\n") for f in [*covered, unsigned])[:-2]
    return unsigned + base64.b64encode(ED.sign(sha256(data).digest())) + b"\r\n" + raw


@pytest.mark.parametrize(
    ("raw", "record", "result"),
    [
        pytest.param(ed_signed(mail()), ED_RECORD, "pass", id="it holds"),
        pytest.param(ed_signed(signed(mail())), ED_RECORD, "pass", id="beside an RSA signature whose key is gone"),
        pytest.param(ed_signed(mail()), ED_RECORD + "; s=email", "pass", id="a key for mail"),
        pytest.param(ed_signed(mail()), ED_RECORD + "; s=tlsrpt", "fail", id="a key for something else"),
        pytest.param(ed_signed(mail()), f"v=DKIM1; p={ED_POINT}", "fail", id="a record that says RSA"),
        pytest.param(ed_signed(mail()), RECORD, "fail", id="an RSA key"),
        pytest.param(ed_signed(mail(), algorithm="rsa-sha256"), ED_RECORD, "fail", id="said to be RSA"),
        pytest.param(ed_signed(mail()), ED_RECORD.replace("p=", "p=AAAA"), "fail", id="a key too long"),
        pytest.param(ed_signed(mail()), "v=DKIM1; k=ed25519; p=", "fail", id="revoked"),
        pytest.param(ed_signed(mail()), ED_RECORD + "; t=y", "fail", id="testing"),
        pytest.param(ed_signed(mail()).replace(b"I sign.", b"SIGN"), ED_RECORD, "fail", id="other words"),
        pytest.param(ed_signed(mail()).replace(b"Subject: Re: Hi", b"Subject: SIGN"), ED_RECORD, "fail", id="subject"),
        pytest.param(ed_signed(mail()).replace(b"; b=", b"; b=AAAA", 1), ED_RECORD, "fail", id="a longer signature"),
        pytest.param(ed_signed(mail(), names=without("subject")), ED_RECORD, "none", id="subject not signed"),
        pytest.param(ed_signed(mail(to="board@elsewhere.example.org")), ED_RECORD, "none", id="written to others"),
    ],
)
def test_an_ed25519_signature_is_worth_what_an_rsa_one_is(raw: bytes, record: str, result: str) -> None:
    """R56, RFC 8463."""
    assert checked(raw, {ED_NAME: record}) == result


def test_the_example_of_rfc_8463_holds() -> None:
    """Appendix A, with its key and its mail: the arithmetic is not only ours."""
    mail_, record = (
        RFC_8463_MAIL.replace(b"\n", b"\r\n"),
        "v=DKIM1; k=ed25519; p=11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=",
    )
    at = datetime(2018, 6, 11, tzinfo=UTC)
    found = check(mail_, parse(mail_), {RFC_8463_NAME: record}, at, "suzie@shopping.example.net", "+", ())
    assert found is Aligned.PASS


RFC_8463_NAME = "brisbane._domainkey.football.example.com"
RFC_8463_MAIL = b"""DKIM-Signature: v=1; a=ed25519-sha256; c=relaxed/relaxed;
 d=football.example.com; i=@football.example.com;
 q=dns/txt; s=brisbane; t=1528637909; h=from : to :
 subject : date : message-id : from : subject : date;
 bh=2jUSOH9NhtVGCQWNr9BrIAPreKQjO6Sn7XIkfJVOzv8=;
 b=/gCrinpcQOoIfuHNQIbq4pgh9kyIK3AQUdt9OdqQehSwhEIug4D11Bus
 Fa3bT3FY5OsU7ZbnKELq+eXdp1Q1Dw==
From: Joe SixPack <joe@football.example.com>
To: Suzie Q <suzie@shopping.example.net>
Subject: Is dinner ready?
Date: Fri, 11 Jul 2003 21:00:37 -0700 (PDT)
Message-ID: <20030712040037.46341.5F8J@football.example.com>

Hi.

We lost the game.  Are you hungry yet?

Joe.
"""


# --- mailing lists and forwarders ------------------------------------------------------------------------------------
def test_a_list_that_rewrites_from_never_signs_for_the_member() -> None:
    """R56: the list's own signature is aligned with the list, which is no member."""
    through = mail(from_="members@lists.example.net", subject="[members] Re: Hi").replace(
        b"From: Ann", b'Reply-To: Ann <ann@town.example.org>\r\nFrom: "Ann via members"'
    )
    raw = signed(through, "lists.example.net")
    read = read_mail(raw, address=MAILBOX, delimiter="+", own=frozenset(), trust=Trust())
    assert read.message.from_ is not None
    assert read.message.from_.address == "members@lists.example.net"


def test_a_list_that_keeps_from_and_adds_a_footer_breaks_the_signature_and_its_own_is_not_aligned() -> None:
    """R56: a fail accuses nobody, and what the list signs anew speaks for the list."""
    raw = signed(GENUINE + b"_____\r\nmembers mailing list\r\n", "lists.example.net")
    assert checked(raw, {NAME: RECORD, "s1._domainkey.lists.example.net": RECORD}) == "fail"
    assert as_dmarc(Aligned.FAIL) is as_dmarc(Aligned.NONE) is Dmarc.UNKNOWN


def sealed(raw: bytes, sealer: str = "lists.example.net", said: str = "pass") -> bytes:
    """Put an ARC set on top (RFC 8617 section 5.1), numbered after those that are there."""
    head, _, body = raw.partition(b"\r\n\r\n")
    fields = re.split(rb"\r\n(?![ \t])", head)
    earlier = [f for f in reversed(fields) if f.lower().startswith(b"arc-")]
    n = len(earlier) // 3 + 1
    who = f"d={sealer}; s=s1"
    aar = f"ARC-Authentication-Results: i={n}; mx.{sealer}; dmarc={said} header.from=town.example.org".encode()
    body_hash = base64.b64encode(sha256(relaxed_body(body)).digest()).decode()
    ams = f"ARC-Message-Signature: i={n}; a=rsa-sha256; {who}; h={':'.join(SIGNED)}; bh={body_hash}; b=".encode()
    covered = [f for name in SIGNED for f in fields if f.lower().startswith(name.encode() + b":")]
    ams += b64_signature([*covered, ams])
    cv = "pass" if n > 1 else "none"
    seal = f"ARC-Seal: i={n}; a=rsa-sha256; cv={cv}; {who}; b=".encode()
    seal += b64_signature([*earlier, aar, ams, seal])
    return b"\r\n".join([seal, ams, aar, raw])


def b64_signature(fields: list[bytes]) -> bytes:
    data = b"".join(relaxed_field(f + b"\r\n") for f in fields)[:-2]
    return base64.b64encode(KEY.sign(data, PKCS1v15(), SHA256()))


LIST_KEYS = {f"s1._domainkey.{d}": RECORD for d in ("lists.example.net", "evil.example.net", "town.example.org")}
TRUSTED = ("lists.example.net",)


@pytest.mark.parametrize(
    ("raw", "sealers", "result"),
    [
        pytest.param(sealed(mail()), TRUSTED, "pass", id="trusted forwarder"),
        pytest.param(sealed(mail()), (), "none", id="nobody is trusted"),
        pytest.param(sealed(mail(), "evil.example.net"), TRUSTED, "none", id="another forwarder"),
        pytest.param(sealed(mail(), said="fail"), TRUSTED, "none", id="the forwarder saw a fail"),
        pytest.param(sealed(mail()).replace(b"I sign.", b"I do sign."), TRUSTED, "none", id="changed after the seal"),
        pytest.param(sealed(sealed(mail()), "evil.example.net"), TRUSTED, "none", id="a stranger sealed after"),
        pytest.param(
            b"ARC-Seal: a=rsa-sha256; i=2; d=evil.example.net; s=s1; cv=pass; b=AAAA\r\n" + sealed(mail()),
            TRUSTED,
            "none",
            id="a seal whose number hides",
        ),
        pytest.param(b"Subject: SIGN\r\n" + sealed(mail()), TRUSTED, "none", id="a second Subject on top"),
    ],
)
def test_a_seal_counts_where_the_chain_holds_and_the_last_forwarder_is_trusted(
    raw: bytes, sealers: tuple[str, ...], result: str
) -> None:
    """R54-R56, RFC 8617: verified here where our own mail server says nothing."""
    assert checked(raw, LIST_KEYS, sealers=sealers) == result


# --- within the reader -----------------------------------------------------------------------------------------------
def test_the_reader_asks_for_keys_only_where_our_own_mail_server_leaves_no_stamp() -> None:
    """R55, R56."""
    for trust, names in ((Trust(), (NAME,)), (Trust("mx.example.org"), ()), (Trust(profile="microsoft365"), ())):
        read = read_mail(GENUINE, address=MAILBOX, delimiter="+", own=frozenset(), trust=trust)
        assert (read.dmarc, read.needed_keys) == (Dmarc.UNKNOWN, names)


@pytest.mark.parametrize(
    ("records", "dmarc"), [({NAME: RECORD}, Dmarc.PASS), ({}, Dmarc.UNKNOWN), ({NAME: "v=DKIM1; p="}, Dmarc.UNKNOWN)]
)
def test_a_signature_that_holds_is_a_pass_and_everything_else_stays_unknown(
    records: dict[str, str], dmarc: Dmarc
) -> None:
    """R55, R56: never a fail, for lists break signatures."""
    read = read_mail(GENUINE, address=MAILBOX, delimiter="+", own=frozenset(), trust=Trust())
    assert with_proof(read, GENUINE, records, NOW, MAILBOX, "+", Trust()).dmarc is dmarc
