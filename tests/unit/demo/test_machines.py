"""What machines answer, what is passed on, and what our mail server stamps on top."""

from __future__ import annotations

import email
import email.policy
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.demo.cast import make_cast
from mailflow.demo.client_names import Client
from mailflow.demo.clients import reply
from mailflow.demo.clients.machines import exchange_auto_reply, out_of_office, outlook_reaction, ticket_system
from mailflow.demo.clients.passed_on import answer_by_button, forward, links_in, new_mail
from mailflow.demo.clients.reports import delayed, hard_bounce, read_receipt
from mailflow.demo.mta import Dmarc, stamp
from mailflow.domain.reading import Dmarc as Verdict
from mailflow.mail.classify import classify
from mailflow.mail.dsn import delivery_statuses
from mailflow.mail.key import candidate_keys
from mailflow.mail.message import MailKind
from mailflow.mail.parse import parse
from mailflow.mail.proof import Trust, read_dmarc
from tests.unit.demo.sample import KEY, MESSAGE_ID, TO_KEY, sent_mail

AT = datetime(2013, 6, 25, 17, 30, tzinfo=UTC)
CAST = make_cast(1)
MEMBER, COLLEAGUE = CAST.members[20], CAST.outsiders[0]
SENT = sent_mail()
OWN = frozenset({"connect@example.org"})

MACHINES: list[tuple[str, Callable[[], bytes], str, MailKind]] = [
    ("out of office", lambda: out_of_office(MEMBER, SENT, AT), "", MailKind.AUTO),
    ("Abwesenheit", lambda: out_of_office(MEMBER, SENT, AT, language="de"), "", MailKind.AUTO),
    ("out of office without a mark", lambda: out_of_office(MEMBER, SENT, AT, marked=False), "own", MailKind.AUTO),
    (
        "Abwesenheit without a mark",
        lambda: out_of_office(MEMBER, SENT, AT, language="de", marked=False),
        "own",
        MailKind.AUTO,
    ),
    ("Exchange", lambda: exchange_auto_reply(MEMBER, SENT, AT), "", MailKind.AUTO),
    ("ticket system", lambda: ticket_system(MEMBER, SENT, AT), "desk", MailKind.AUTO),
    ("reaction", lambda: outlook_reaction(MEMBER, SENT, AT), "own", MailKind.AUTO),
    ("hard bounce", lambda: hard_bounce(MEMBER.address, SENT, AT), "", MailKind.BOUNCE),
    ("delayed", lambda: delayed(MEMBER.address, SENT, AT), "", MailKind.BOUNCE),
    ("read receipt", lambda: read_receipt(MEMBER, SENT, AT), "", MailKind.REPORT),
]
ENVELOPES = {"": "", "own": MEMBER.address, "desk": f"helpdesk@{MEMBER.library.domain}"}
machines = pytest.mark.parametrize(
    ("write", "envelope", "kind"), [pytest.param(*rest, id=name) for name, *rest in MACHINES]
)


@machines
def test_a_machine_is_taken_for_one(write: Callable[[], bytes], envelope: str, kind: MailKind) -> None:
    """R71: no automatic mail is taken for a person's, marked or not."""
    message = parse(stamp(write(), ENVELOPES[envelope], TO_KEY, AT))
    assert classify(message, OWN).kind is kind


@machines
def test_it_goes_to_the_reply_key_and_is_the_same_each_time(
    write: Callable[[], bytes], envelope: str, kind: MailKind
) -> None:
    raw = write()
    assert raw == write()
    assert TO_KEY in str(email.message_from_bytes(raw)["To"])
    message = email.message_from_bytes(raw, policy=email.policy.default)
    assert not [defect for part in message.walk() for defect in part.defects]
    assert KEY in candidate_keys(parse(raw), "connect@example.org", "+")


@pytest.mark.parametrize(
    ("write", "action", "permanent"),
    [pytest.param(hard_bounce, "failed", True, id="returned"), pytest.param(delayed, "delayed", False, id="delayed")],
)
def test_a_report_names_the_address_and_what_became_of_the_mail(
    write: Callable[[str, bytes, datetime], bytes], action: str, permanent: bool
) -> None:
    (status,) = delivery_statuses(parse(write(MEMBER.address, SENT, AT)))
    assert (status.recipient, status.action, status.is_permanent) == (MEMBER.address, action, permanent)


def test_a_forward_carries_the_key_to_a_colleague_whose_answer_carries_it_back() -> None:
    """The colleague's program answers the member; the key in the quoted lines and the button leads to us."""
    passed_on = forward(MEMBER, COLLEAGUE, SENT, "Isn't this one for you?", AT)
    message = email.message_from_bytes(passed_on, policy=email.policy.default)
    assert str(message["To"]) == COLLEAGUE.address
    answer = parse(reply(Client.GMAIL, COLLEAGUE, passed_on, "I sign.", AT + timedelta(hours=1)))
    assert candidate_keys(answer, "connect@example.org", "+") == (KEY,)


def test_the_button_prepares_one_word_to_the_key() -> None:
    message = email.message_from_bytes(answer_by_button(COLLEAGUE, SENT, AT), policy=email.policy.default)
    assert (message["To"], message["Subject"], message.get_content().strip()) == (TO_KEY, "SIGN", "SIGN")
    assert message["From"].addresses[0].addr_spec == COLLEAGUE.address
    assert message["In-Reply-To"] is None


def test_a_new_mail_answers_nothing() -> None:
    raw = new_mail(MEMBER, "connect@example.org", "A question", "Where do I find the minutes?", AT)
    assert candidate_keys(parse(raw), "connect@example.org", "+") == ()


def test_links_are_found_once_each_in_html_and_in_text() -> None:
    assert links_in(SENT) == ["https://connect.example.org/p/abc?x=1&y=2", "https://connect.example.org/u/zyxw"]


@pytest.mark.parametrize(
    ("dmarc", "verdict"),
    [("pass", Verdict.PASS), ("fail", Verdict.FAIL), ("none", Verdict.NONE), (None, Verdict.UNKNOWN)],
)
def test_our_mail_server_says_what_it_thinks_of_the_sender(dmarc: Dmarc, verdict: Verdict) -> None:
    raw = stamp(reply(Client.IPHONE, MEMBER, SENT, "I sign.", AT), MEMBER.address, TO_KEY, AT, dmarc=dmarc)
    assert read_dmarc(parse(raw), Trust("mx.example.org")) is verdict


def test_a_stamp_by_another_name_is_not_ours() -> None:
    raw = reply(Client.IPHONE, MEMBER, SENT, "I sign.", AT)
    raw = stamp(raw, MEMBER.address, TO_KEY, AT, authserv_id="mx.elsewhere.example.org")
    assert read_dmarc(parse(raw), Trust("mx.example.org")) is Verdict.UNKNOWN


def test_the_stamp_keeps_the_envelope() -> None:
    message = parse(stamp(hard_bounce(MEMBER.address, SENT, AT), "", TO_KEY, AT))
    assert message.return_path == ""
    assert message.delivered_to == (TO_KEY,)
    assert MESSAGE_ID in dict(message.returned_headers).get("message-id", "")
