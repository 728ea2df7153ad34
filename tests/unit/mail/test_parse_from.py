"""Who wrote: exactly one From field with exactly one address, or nobody (R43, R44)."""

from __future__ import annotations

import pytest

from mailflow.mail.parse import parse


def author_of(*fields: str) -> tuple[str | None, str]:
    head = "".join(f"{field}\r\n" for field in fields).encode("utf-8", "surrogateescape")
    message = parse(head + b"\r\nI sign.\r\n")
    return (message.from_.address if message.from_ else None), message.from_problem


ACCEPTED = [
    pytest.param("a@x.example.org", "a@x.example.org", id="bare address"),
    pytest.param("<a@x.example.org>", "a@x.example.org", id="angle brackets alone"),
    pytest.param("Ann Lee <a@x.example.org>", "a@x.example.org", id="name and address"),
    pytest.param('"Lee, Ann" <a@x.example.org>', "a@x.example.org", id="quoted name with a comma"),
    pytest.param('"Ann \\"Al\\" Lee" <a@x.example.org>', "a@x.example.org", id="quoted name with quotation marks"),
    pytest.param("=?utf-8?q?Ann_L=C3=A9e?= <a@x.example.org>", "a@x.example.org", id="encoded name"),
    pytest.param(
        "=?utf-8?q?b=40evil=2Eexample=2Eorg?= <a@x.example.org>", "a@x.example.org", id="encoded name, @ inside"
    ),
    pytest.param(
        "=?utf-8?b?PGJAZXZpbC5leGFtcGxlLm9yZz4=?= <a@x.example.org>", "a@x.example.org", id="encoded <..> inside"
    ),
    pytest.param("=?utf-8?q?Lee=2C_Ann?= <a@x.example.org>", "a@x.example.org", id="encoded comma"),
    pytest.param("=?utf-8?q?Ann=0D=0ABcc?= <a@x.example.org>", "a@x.example.org", id="encoded line end"),
    pytest.param("a@x.example.org <a@x.example.org>", "a@x.example.org", id="address as its own name"),
    pytest.param('"b@y.example.org" <a@x.example.org>', "a@x.example.org", id="another address as a quoted name"),
    pytest.param("a@x.example.org (Ann Lee)", "a@x.example.org", id="old form with the name in brackets"),
    pytest.param("Ann O'Neil Jr. <a.o'neil+x@x.example.org>", "a.o'neil+x@x.example.org", id="apostrophe and plus"),
    pytest.param("Änne Öst <a@x.example.org>", "a@x.example.org", id="raw UTF-8 name"),
    pytest.param("Ann Lee\r\n <a@x.example.org>", "a@x.example.org", id="folded"),
    pytest.param("A@X.Example.ORG", "A@X.Example.ORG", id="capitals stay as written"),
    pytest.param("Ann <\tа@x.example.org >", "а@x.example.org", id="Cyrillic letter: another address, exactly one"),
]
REFUSED = [
    pytest.param(["From:"], id="empty"),
    pytest.param(["From: <>"], id="null address"),
    pytest.param(["From: MAILER-DAEMON"], id="no address"),
    pytest.param(["Subject: x"], id="no From field"),
    pytest.param(["From: a@x.example.org", "From: b@y.example.org"], id="two fields"),
    pytest.param(
        ["From: a@x.example.org", "from : a@x.example.org"], id="two fields, one with a space before the colon"
    ),
    pytest.param(["From: a@x.example.org, b@y.example.org"], id="two addresses"),
    pytest.param(["From: Ann <a@x.example.org>, Bob <b@y.example.org>"], id="two mailboxes"),
    pytest.param(["From: me@evil.example.org <a@x.example.org>"], id="another address before the brackets"),
    pytest.param(["From: <a@x.example.org> <b@y.example.org>"], id="two angle brackets"),
    pytest.param(["From: <<a@x.example.org>>"], id="nested angle brackets"),
    pytest.param(["From: Ann <a@x.example.org> b@y.example.org"], id="address behind the brackets"),
    pytest.param(["From: Ann <a@x.example.org"], id="bracket not closed"),
    pytest.param(["From: Team: a@x.example.org;"], id="group"),
    pytest.param(["From: Team: a@x.example.org, b@y.example.org;"], id="group of two"),
    pytest.param(["From: undisclosed-recipients:;"], id="empty group"),
    pytest.param(["From: a@x.example.org (b@y.example.org)"], id="comment with an address"),
    pytest.param(["From: (b@y.example.org) a@x.example.org"], id="comment first"),
    pytest.param(["From: a(comment)@x.example.org"], id="comment inside the address"),
    pytest.param(["From: Ann (x <b@y.example.org>) <a@x.example.org>"], id="comment with brackets"),
    pytest.param(["From: Ann " + "(" * 3000 + " <a@x.example.org>"], id="3,000 brackets"),
    pytest.param(["From: <@relay.example.org:a@x.example.org>"], id="source route"),
    pytest.param(['From: "Ann <a@x.example.org>'], id="quotation mark not closed"),
    pytest.param(['From: "Ann" <a@x.example.org> "Bob'], id="quotation mark opened behind"),
    pytest.param(['From: "a b"@x.example.org'], id="quoted local part"),
    pytest.param(["From: a@b@x.example.org"], id="two at-signs"),
    pytest.param(["From: a@"], id="no domain"),
    pytest.param(["From: @x.example.org"], id="no local part"),
    pytest.param(["From: a..b@x.example.org"], id="two dots"),
    pytest.param(["From: a@x.example.org."], id="dot at the end"),
    pytest.param(["From: a@[192.0.2.1]"], id="address literal"),
    pytest.param(["From: a b@x.example.org"], id="space in the local part"),
    pytest.param(["From: a@x.exa\0mple.org"], id="NUL"),
    pytest.param(["From: a@x.example.org\rBcc: b@y.example.org"], id="bare CR"),
    pytest.param(["From: a\u200b@x.example.org"], id="invisible character"),
    pytest.param(["From: a\uff20x.example.org"], id="full-width at-sign"),
    pytest.param(["From: =?utf-8?q?a=40x=2Eexample=2Eorg?="], id="encoded address"),
    pytest.param(["From: <=?utf-8?q?a?=@x.example.org>, b@y.example.org"], id="encoded local part and another"),
    pytest.param(["From: Ann; <a@x.example.org>"], id="semicolon"),
    pytest.param(["From: " + "a" * 5000 + "@x.example.org"], id="too long"),
]


@pytest.mark.parametrize(("value", "address"), ACCEPTED)
def test_one_address_is_the_author(value: str, address: str) -> None:
    """R43: exactly one field with exactly one address, read before encoded words are decoded."""
    assert author_of(f"From: {value}") == (address, "")


@pytest.mark.parametrize("fields", REFUSED)
def test_anything_else_is_nobody_with_a_reason(fields: list[str]) -> None:
    """R43: what two programs could read in two ways identifies nobody."""
    address, problem = author_of(*fields)
    assert address is None
    assert problem


@pytest.mark.parametrize("field", ["Reply-To", "Sender", "Resent-From", "X-Original-From", "X-Sender", "Return-Path"])
def test_no_other_field_identifies(field: str) -> None:
    """R44: Reply-To, Sender and X-* never say who wrote."""
    assert author_of(f"{field}: member@example.org")[0] is None
    assert author_of("From: a@x.example.org", f"{field}: member@example.org")[0] == "a@x.example.org"


def test_a_forwarded_or_quoted_from_does_not_identify() -> None:
    """R44: a From line in the body or in an attached mail is text."""
    raw = (
        b"Subject: Fwd\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nFrom: member@example.org\r\n"
        b"--b\r\nContent-Type: message/rfc822\r\n\r\nFrom: member@example.org\r\nSubject: x\r\n\r\nI sign\r\n--b--\r\n"
    )
    assert parse(raw).from_ is None


def test_the_name_is_decoded_and_harmless() -> None:
    message = parse(b"From: =?utf-8?q?Zo=C3=AB=00?= <z@example.org>\r\n\r\n")
    assert message.from_ is not None
    assert message.from_.name == "Zoë\ufffd"
    assert message.from_.norm == "z@example.org"
