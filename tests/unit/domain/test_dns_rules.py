"""What the DNS should say about the domain that we write from: the records are values here."""

from __future__ import annotations

import pytest

from mailflow.domain.dns_rules import Answer, Lookup, check_dkim, check_dmarc, check_mx, check_spf

NOBODY = Answer(why_unknown="no DNS server answers here")


def said(*values: str) -> Lookup:
    return lambda name: Answer(values)


def at(**records: str) -> Lookup:
    """Records by name; dots are written as `__` here."""
    known = {name.replace("__", "."): value for name, value in records.items()}
    return lambda name: Answer((known[name],)) if name in known else Answer()


@pytest.mark.parametrize(
    ("values", "state"),
    [
        pytest.param(["v=spf1 mx -all"], "ok", id="ends"),
        pytest.param(["V=SPF1 include:x.example.net ~all"], "ok", id="soft, in capitals"),
        pytest.param(["v=spf1 redirect=x.example.net"], "ok", id="elsewhere"),
        pytest.param(["other", "v=spf1 -all"], "ok", id="among others"),
        pytest.param([], "problem", id="none"),
        pytest.param(["v=spf10 -all"], "problem", id="another version"),
        pytest.param(["v=spf1 mx -all", "v=spf1 a -all"], "problem", id="RFC 7208 4.5: two"),
        pytest.param(
            ["v=spf1 " + "include:x.example.net " * 11 + "-all"], "problem", id="RFC 7208 4.6.4: eleven lookups"
        ),
        pytest.param(["v=spf1 " + "include:x.example.net " * 10 + "-all"], "ok", id="RFC 7208 4.6.4: ten"),
        pytest.param(["v=spf1 " + "ip4:192.0.2.1 " * 30 + "-all"], "ok", id="addresses cost nothing"),
        pytest.param(["v=spf1 +all"], "problem", id="everybody"),
        pytest.param(["v=spf1 all"], "problem", id="everybody, unsaid"),
        pytest.param(["v=spf1 mx"], "warning", id="no end"),
    ],
)
def test_spf(values: list[str], state: str) -> None:
    assert check_spf("example.org", said(*values)).state == state


@pytest.mark.parametrize(
    ("values", "public_key", "state"),
    [
        pytest.param(["v=DKIM1; k=rsa; p=AAAA BBBB"], "AAAABBBB", "ok", id="ours, folded"),
        pytest.param(["p=AAAA"], "", "ok", id="anybody's"),
        pytest.param(["v=DKIM1; p=CCCC"], "AAAA", "problem", id="another key"),
        pytest.param(["v=DKIM1; p="], "", "problem", id="revoked"),
        pytest.param([], "AAAA", "problem", id="none"),
        pytest.param(["v=spf1 -all"], "", "problem", id="no key in it"),
        pytest.param(["v=DKIM1; t=y; p=AAAA"], "", "warning", id="a test"),
        pytest.param(["v=DKIM1; t=s; p=AAAA"], "", "ok", id="strict"),
    ],
)
def test_dkim(values: list[str], public_key: str, state: str) -> None:
    """RFC 6376 section 3.6.1."""
    assert check_dkim("example.org", "s", said(*values), public_key).state == state


def test_a_missing_key_is_told_with_the_record_that_belongs_there() -> None:
    assert check_dkim("example.org", "s", said(), "AAAA").remedy == 'add a TXT record "v=DKIM1; p=AAAA"'


@pytest.mark.parametrize(
    ("lookup", "state", "detail"),
    [
        pytest.param(
            at(_dmarc__lists__example__org="v=DMARC1; p=reject"), "ok", "_dmarc.lists.example.org: p=reject", id="own"
        ),
        pytest.param(at(_dmarc__example__org="v=DMARC1;p=none"), "ok", "_dmarc.example.org: p=none", id="from above"),
        pytest.param(
            at(_dmarc__org="v=DMARC1; p=none"), "problem", "lists.example.org has no DMARC record", id="too far up"
        ),
        pytest.param(at(_dmarc__example__org="v=DMARC1"), "problem", "", id="no policy"),
        pytest.param(at(), "problem", "lists.example.org has no DMARC record", id="none"),
    ],
)
def test_dmarc(lookup: Lookup, state: str, detail: str) -> None:
    check = check_dmarc("lists.example.org", lookup)
    assert check.state == state and detail in check.detail


def test_two_dmarc_records_are_none() -> None:
    """RFC 7489 section 6.6.3."""
    assert check_dmarc("example.org", said("v=DMARC1; p=none", "v=DMARC1; p=reject")).state == "problem"


@pytest.mark.parametrize(
    ("values", "state"),
    [(["10 mx.example.org."], "ok"), ([], "warning"), (["0 ."], "problem")],
    ids=["one", "none", "RFC 7505: null"],
)
def test_mx(values: list[str], state: str) -> None:
    assert check_mx("example.org", said(*values)).state == state


def test_what_could_not_be_asked_is_not_known() -> None:
    """A machine without DNS has no problem, and no good news either."""
    ask: Lookup = lambda name: NOBODY  # noqa: E731 -- a value in this test
    checks = [
        check_mx("example.org", ask),
        check_spf("example.org", ask),
        check_dkim("example.org", "s", ask),
        check_dmarc("example.org", ask),
    ]
    assert {str(check.state) for check in checks} == {"unknown"}
    assert {check.detail for check in checks} == {NOBODY.why_unknown}
