"""What bounces say; the forms of the families are in tests/corpus/machine."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mailflow.mail.dsn import delivery_statuses, original_message_id
from mailflow.mail.message import DeliveryStatus, Mailbox, Message

HEAD = "Reporting-MTA: dns; mx.town.example.org\n\n"


A = "a@x.example.org"
FINAL = f"Final-Recipient: rfc822; {A}\n"
ORIGINAL = f"Original-Recipient: rfc822;{A}\nFinal-Recipient: rfc822;b@y.example.org\n"


@pytest.mark.parametrize(
    ("group", "expected"),
    [
        (FINAL + "Action: failed\nStatus: 5.1.1", (A, "failed", "5.1.1")),
        (f"final-recipient: RFC822;<{A}>\naction: Failed\nstatus: 5.1.1 (gone)", (A, "failed", "5.1.1")),
        ("Final-Recipient: utf-8; ä@x.org\nAction: failed\nStatus: 5.1.1", ("ä@x.org", "failed", "5.1.1")),
        (f"Final-Recipient: {A}\nAction: delayed\nStatus: 4.4.7", (A, "delayed", "4.4.7")),
        (FINAL + "Action: failure\nStatus: 553", (A, "failed", "")),
        (FINAL + "Status: 4.2.2", (A, "delayed", "4.2.2")),
        (FINAL + "Action: expanded\nStatus: 2.0.0", (A, "expanded", "2.0.0")),
        (ORIGINAL + "Action: failed\nStatus: 5.0.0", (A, "failed", "5.0.0")),
        (FINAL + "Action: failed\nStatus: 5.0.0\nDiagnostic-Code: smtp; 550\n 5.7.1 no", (A, "failed", "5.0.0")),
    ],
)
def test_a_recipients_fields_are_read(group: str, expected: tuple[str, str, str]) -> None:
    """R79: RFC 3464 section 2.3, and what hosts make of it."""
    (status,) = delivery_statuses(Message(status_text=HEAD + group))
    assert (status.recipient, status.action, status.status) == expected


def test_a_folded_diagnostic_is_one_line() -> None:
    text = HEAD + "Final-Recipient: rfc822; a@x.example.org\nAction: failed\nDiagnostic-Code: smtp; 550\n 5.7.1 no"
    assert delivery_statuses(Message(status_text=text)) == (
        DeliveryStatus("a@x.example.org", "failed", "5.7.1", "smtp; 550 5.7.1 no"),
    )


def test_recipients_are_named_once_and_not_without_end() -> None:
    group = "Final-Recipient: rfc822; {}@x.example.org\nAction: failed\nStatus: 5.1.1\n\n"
    text = HEAD + group.format("a") * 3 + "".join(group.format(f"m{n}") for n in range(500))
    found = delivery_statuses(Message(status_text=text))
    assert len(found) == 100
    assert [s.recipient for s in found].count("a@x.example.org") == 1


def test_our_own_and_the_mail_systems_addresses_are_no_recipients() -> None:
    message = Message(
        from_=Mailbox("mailer-daemon@x.example.org"),
        to=("connect@assoc.example.org",),
        text="From connect@assoc.example.org, could not be delivered to the following:\n\n<gone@x.example.org>\n"
        "\nAsk postmaster@x.example.org.",
    )
    assert [s.recipient for s in delivery_statuses(message)] == ["gone@x.example.org"]


@pytest.mark.parametrize(
    ("message", "recipient"),
    [
        pytest.param(
            Message(
                text="This mail is confidential.",
                returned_headers=(("content-type", "multipart/report; report-type=delivery-status"),),
                returned_text="Delivery to the following recipients failed.\n\n   gone@x.example.org\n",
            ),
            "gone@x.example.org",
            id="a filter put the report beneath words of its own",
        ),
        pytest.param(
            Message(
                delivered_to=("gone@x.example.org",),
                text='--- Non-Delivery Report ---\nNot delivered to the following:\n\n"gone" <gone@x.example.org>\n',
            ),
            "gone@x.example.org",
            id="a host that notes the failed address as the delivered one",
        ),
        pytest.param(
            Message(
                from_=Mailbox("mailer-daemon@x.example.org"),
                text="Your mail to the following recipients could not be delivered because they are\n"
                "not accepting mail from connect@assoc.example.org:\n\tgone\n",
            ),
            "gone@x.example.org",
            id="our own address as the one that is not wanted",
        ),
    ],
)
def test_the_address_that_failed_is_told_from_ours(message: Message, recipient: str) -> None:
    """R79."""
    assert [s.recipient for s in delivery_statuses(message)] == [recipient]


@pytest.mark.parametrize(
    "message",
    [
        pytest.param(Message(returned_headers=(("message-id", "<a@assoc.example.org>"),)), id="returned header"),
        pytest.param(Message(status_text="Original-Message-ID: <a@assoc.example.org>"), id="disposition notification"),
        pytest.param(Message(text="copy follows\n\nMessage-ID: <a@assoc.example.org>\n"), id="in the text"),
        pytest.param(Message(references=("<b@x>", "<a@assoc.example.org>")), id="References"),
        pytest.param(Message(in_reply_to=("<a@assoc.example.org>",)), id="In-Reply-To"),
    ],
)
def test_the_mail_that_came_back_is_named(message: Message) -> None:
    assert original_message_id(message) == "<a@assoc.example.org>"


@given(st.text(max_size=400), st.text(max_size=400))
def test_no_text_makes_the_reader_raise(status: str, text: str) -> None:
    for found in delivery_statuses(Message(status_text=status, text=text)):
        assert found.recipient
        assert found.action in ("failed", "delayed", "delivered", "relayed", "expanded")
    assert isinstance(original_message_id(Message(status_text=status, text=text)), str)
