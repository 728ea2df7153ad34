"""Whose Authentication-Results are believed, and what they must say (RFC 8601)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.domain.reading import Dmarc
from mailflow.mail.message import Mailbox, Message
from mailflow.mail.proof import Trust, parse_stamp, read_dmarc

OURS = Trust(authserv_id="MX.assoc.example.org.")
MICROSOFT = Trust(profile="microsoft365")
ANN = Mailbox("ann@town.example.org")
PASS = "mx.assoc.example.org; dmarc=pass header.from=town.example.org"


def stamped(*fields: str, from_: Mailbox | None = ANN, more: tuple[tuple[str, str], ...] = ()) -> Message:
    return Message(from_=from_, headers=(*(("authentication-results", field) for field in fields), *more))


@pytest.mark.parametrize(
    ("field", "dmarc"),
    [
        pytest.param(PASS, Dmarc.PASS, id="pass"),
        pytest.param("MX.ASSOC.example.org.; dmarc=PASS header.from=Town.Example.Org", Dmarc.PASS, id="case and dot"),
        pytest.param("mx.assoc.example.org 1; dmarc=pass header.from=town.example.org", Dmarc.PASS, id="version"),
        pytest.param(
            "mx.assoc.example.org (a (nested) comment);\n dkim=pass header.d=town.example.org;"
            "\n dmarc=pass (p=none dis=none) header.from=town.example.org",
            Dmarc.PASS,
            id="comments and folding",
        ),
        pytest.param('"mx.assoc.example.org"; dmarc=pass header.from="town.example.org"', Dmarc.PASS, id="quoted"),
        pytest.param(
            "mx.assoc.example.org; dmarc/1=pass header.from=town.example.org", Dmarc.PASS, id="method version"
        ),
        pytest.param("mx.assoc.example.org; dmarc = pass header.from = town.example.org", Dmarc.PASS, id="spaces"),
        pytest.param(
            "mx.assoc.example.org; dkim=pass header.b=ab+/c= header.i=@town.example.org; "
            'dmarc=pass reason="ok; fine" policy.url=https://x.example.org/a header.from=town.example.org',
            Dmarc.PASS,
            id="marks within values",
        ),
        pytest.param("mx.assoc.example.org; dmarc=fail header.from=town.example.org", Dmarc.FAIL, id="fail"),
        pytest.param("mx.assoc.example.org; dmarc=none header.from=town.example.org", Dmarc.NONE, id="none"),
        pytest.param("mx.assoc.example.org; dmarc=temperror header.from=town.example.org", Dmarc.NONE, id="error"),
        pytest.param("mx.assoc.example.org; none", Dmarc.NONE, id="nothing checked"),
        pytest.param("mx.assoc.example.org; dkim=pass header.d=town.example.org", Dmarc.NONE, id="aligned DKIM alone"),
        pytest.param("mx.assoc.example.org; dmarc=pass", Dmarc.NONE, id="pass of nobody"),
        pytest.param("mx.assoc.example.org; dmarc=pass header.from=other.example.org", Dmarc.NONE, id="another domain"),
        pytest.param("mx.assoc.example.org; dmarc=pass header.from=evil-town.example.org", Dmarc.NONE, id="R60"),
    ],
)
def test_our_own_stamp_is_read(field: str, dmarc: Dmarc) -> None:
    """R54, R55."""
    assert read_dmarc(stamped(field), OURS) is dmarc


FORGED = [
    pytest.param("mx.assoc.example.org.evil.example.net; dmarc=pass header.from=town.example.org", id="longer id"),
    pytest.param("evil-mx.assoc.example.org; dmarc=pass header.from=town.example.org", id="id within an id"),
    pytest.param("evil.example.net (mx.assoc.example.org); dmarc=pass header.from=town.example.org", id="in a comment"),
    pytest.param(
        'evil.example.net; spf=fail reason="mx.assoc.example.org; dmarc=pass header.from=town.example.org"',
        id="in a quoted string",
    ),
    pytest.param("evil.example.net; x=mx.assoc.example.org; dmarc=pass header.from=town.example.org", id="as a value"),
]


@pytest.mark.parametrize("field", FORGED)
def test_a_forged_stamp_is_ignored(field: str) -> None:
    """R54: each of these passes a test for a substring."""
    assert "mx.assoc.example.org" in field
    assert "dmarc=pass" in field
    assert read_dmarc(stamped(field), OURS) is Dmarc.UNKNOWN


@pytest.mark.parametrize("field", FORGED)
def test_a_forged_stamp_above_ours_changes_nothing(field: str) -> None:
    """R54."""
    assert (
        read_dmarc(stamped(field, "mx.assoc.example.org; dmarc=fail header.from=town.example.org"), OURS) is Dmarc.FAIL
    )


def test_only_the_topmost_of_our_own_stamps_counts() -> None:
    """R54: the one beneath came with the mail."""
    fail = "mx.assoc.example.org; dmarc=fail header.from=town.example.org"
    assert read_dmarc(stamped(fail, PASS), OURS) is Dmarc.FAIL
    assert read_dmarc(stamped("mx.assoc.example.org; spf=pass", PASS), OURS) is Dmarc.NONE


def test_words_in_a_reason_or_comment_of_our_own_stamp_are_no_result() -> None:
    """R54: a sender chooses parts of what our MTA quotes."""
    field = 'mx.assoc.example.org; dmarc=fail (dmarc=pass) reason="x; dmarc=pass header.from=town.example.org"'
    assert read_dmarc(stamped(field), OURS) is Dmarc.FAIL


@pytest.mark.parametrize(
    "trust",
    [OURS, MICROSOFT, Trust(), Trust(authserv_id="other.example.org")],
    ids=lambda t: t.authserv_id or t.profile,
)
def test_no_trusted_stamp_is_unknown(trust: Trust) -> None:
    """R55: never a pass."""
    assert read_dmarc(stamped(), trust) is Dmarc.UNKNOWN
    assert read_dmarc(stamped("other.example.net; dmarc=pass header.from=town.example.org"), trust) is Dmarc.UNKNOWN
    if trust is not OURS:
        assert read_dmarc(stamped(PASS), trust) is Dmarc.UNKNOWN


def test_without_one_author_nothing_passes() -> None:
    """R43: two From fields, or two addresses in one."""
    assert read_dmarc(stamped(PASS, from_=None), OURS) is Dmarc.NONE


EXCHANGE = (
    "spf=pass (sender IP is 192.0.2.1) smtp.mailfrom=town.example.org; dkim=pass (signature was verified) "
    "header.d=town.example.org;dmarc=pass action=none header.from=town.example.org;compauth=pass reason=100"
)


def test_microsofts_form_counts_by_profile_only() -> None:
    assert read_dmarc(stamped(EXCHANGE), MICROSOFT) is Dmarc.PASS
    assert read_dmarc(stamped(EXCHANGE), OURS) is Dmarc.UNKNOWN
    assert read_dmarc(stamped(EXCHANGE), Trust()) is Dmarc.UNKNOWN
    assert read_dmarc(stamped("evil.example.net; spf=pass", EXCHANGE), MICROSOFT) is Dmarc.UNKNOWN
    assert read_dmarc(stamped(EXCHANGE, from_=Mailbox("ann@other.example.org")), MICROSOFT) is Dmarc.NONE
    assert read_dmarc(stamped(EXCHANGE.replace("dmarc=pass", "dmarc=fail")), MICROSOFT) is Dmarc.FAIL


def sealed(sealer: str, arc: str, inner: str) -> Message:
    return stamped(
        f"mx.assoc.example.org; arc={arc}; dmarc=fail header.from=town.example.org",
        more=(
            ("arc-seal", f"i=1; a=rsa-sha256; d={sealer}; s=x; cv=none; b=abc"),
            ("arc-message-signature", f"i=1; a=rsa-sha256; d={sealer}; s=x; h=from; bh=abc; b=abc"),
            ("arc-authentication-results", f"i=1; lists.example.org; dmarc={inner} header.from=town.example.org"),
        ),
    )


@pytest.mark.parametrize(
    ("message", "dmarc"),
    [
        pytest.param(sealed("lists.example.org", "pass", "pass"), Dmarc.PASS, id="trusted forwarder"),
        pytest.param(sealed("evil.example.net", "pass", "pass"), Dmarc.FAIL, id="unknown forwarder"),
        pytest.param(sealed("evil-lists.example.org", "pass", "pass"), Dmarc.FAIL, id="R60"),
        pytest.param(sealed("lists.example.org", "fail", "pass"), Dmarc.FAIL, id="broken chain"),
        pytest.param(sealed("lists.example.org", "pass", "fail"), Dmarc.FAIL, id="the forwarder saw a fail"),
    ],
)
def test_a_trusted_forwarders_seal_keeps_a_pass(message: Message, dmarc: Dmarc) -> None:
    assert read_dmarc(message, Trust("mx.assoc.example.org", arc_sealers=("lists.example.org",))) is dmarc


def test_without_configured_sealers_no_seal_counts() -> None:
    assert read_dmarc(sealed("lists.example.org", "pass", "pass"), OURS) is Dmarc.FAIL


@pytest.mark.parametrize(
    "field",
    [
        "",
        ";",
        "mx 2; none",
        "mx; dmarc",
        "mx; dmarc=",
        "mx; =pass",
        "mx; dmarc=pass (unclosed",
        'mx; a="unclosed',
        "(" * 60 + ")" * 60,
    ],
    ids=repr,
)
def test_a_breach_of_the_grammar_is_no_stamp(field: str) -> None:
    assert parse_stamp(field) is None


@given(st.text(alphabet='mx;=/()"\\ ab.12\n', max_size=80))
def test_no_field_makes_the_parser_raise(field: str) -> None:
    parse_stamp(field)
    parse_stamp(field, named=False)
    read_dmarc(stamped(field), OURS)
