"""What we answer, and when we are silent: machines, loops, storms, bombs; bounces, true and forged."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.demo.cast import Person
from mailflow.demo.clients.machines import exchange_auto_reply, out_of_office, ticket_system
from mailflow.demo.clients.reports import read_receipt
from mailflow.demo.mta import stamp
from mailflow.service.schedule import run_due
from tests.acceptance.way_in import (
    ADDRESS,
    LIAISON,
    ORGANIZER,
    OWNER,
    WayIn,
    address_of,
    open_way_in,
    parsed,
    reopen,
)

NAMED = "Diversity Member Initiative Group"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


def robin(n: int) -> Person:
    return Person(f"Robin Sample{n}", address_of(n))


# --- machines ---------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "field",
    [
        ("Auto-Submitted", "auto-replied"),
        ("Auto-Submitted", "auto-generated"),
        ("Auto-Submitted", "Auto-Replied (vacation)"),
        ("Precedence", "bulk"),
        ("Precedence", "junk"),
        ("Precedence", "list"),
        ("Precedence", "auto_reply"),
        ("List-Id", "<news.example.org>"),
        ("List-Unsubscribe", "<mailto:off@example.org>"),
        ("X-Auto-Response-Suppress", "All"),
        ("X-Auto-Response-Suppress", "OOF, AutoReply"),
        ("X-Autoreply", "yes"),
        ("X-Loop", ADDRESS),
        ("Return-Path", "<>"),
    ],
    ids=": ".join,
)
def test_a_mail_that_a_machine_marked_gets_no_answer(way_in: WayIn, field: tuple[str, str]) -> None:
    """R71"""
    raw = way_in.answer(1, "I sign. When do you meet?", headers=[field] if field[0] != "Return-Path" else [])
    if field[0] == "Return-Path":
        raw = raw.replace(f"Return-Path: <{address_of(1)}>".encode(), b"Return-Path: <>")
    [mail] = way_in.arrive(raw)
    assert way_in.notices(1) == []
    assert mail.reasons


def test_auto_submitted_no_is_a_person_and_gets_an_answer(way_in: WayIn) -> None:
    """R71: the token is parsed."""
    way_in.arrive(way_in.answer(1, "SIGN", headers=[("Auto-Submitted", "No (I wrote this)")]))
    assert way_in.notices(1) == ["signature_recorded"]


@pytest.mark.parametrize(
    "sender", ["mailer-daemon@h.example.org", "postmaster@h.example.org", "no-reply@h.example.org", ADDRESS]
)
def test_a_mail_of_a_mail_system_or_of_ourselves_gets_no_answer(way_in: WayIn, sender: str) -> None:
    """R71, R77"""
    way_in.arrive(way_in.answer(1, "I sign", from_=sender), way_in.answer(1, "When?", from_=sender, to=b""))
    assert (way_in.tally, way_in.notices(sender), way_in.notices(1)) == ({}, [], [])


def test_machines_answers_to_an_invitation_sign_nothing_and_get_no_answer(way_in: WayIn) -> None:
    """R71: absences marked and unmarked, an Exchange mailbox, a help desk, a read receipt."""
    at, raws = way_in.clock(), []
    for n, sent in ((n, way_in.sent(n)) for n in range(1, 7)):
        to = str(parsed(sent)["Reply-To"])
        machines = (
            out_of_office(robin(n), sent, at),
            out_of_office(robin(n), sent, at, language="de", marked=False),
            exchange_auto_reply(robin(n), sent, at),
            ticket_system(robin(n), sent, at),
            read_receipt(robin(n), sent, at),
        )
        raws += [stamp(raw, address_of(n), to, at) for raw in machines]
    queued = len(way_in.outbox())
    assert {mail.verdict for mail in way_in.arrive(*raws)} == {"automatic"}
    assert (way_in.tally, len(way_in.outbox())) == ({}, queued)


def test_two_offices_that_face_each_other_fall_silent(tmp_path: Path) -> None:
    """R77: what one sends the other reads as a machine's; neither answers."""
    one, two = tmp_path / "one", tmp_path / "two"
    one.mkdir()
    two.mkdir()
    facing = "petitions@other.example.org"
    first = open_way_in(one, members=1, roster={1: {"email": facing}})
    second = open_way_in(two, members=1, roster={1: {"email": ADDRESS}}, address=facing)
    queued = len(first.outbox()), len(second.outbox())
    for here, there, sender in ((first, second, ADDRESS), (second, first, facing)):
        for envelope in here.relay.offered:
            there.arrive(stamp(envelope.body, envelope.mail_from or sender, envelope.rcpt_to, here.clock()))
    assert (len(first.outbox()), len(second.outbox())) == queued
    assert (first.tally, second.tally) == ({}, {})


def test_a_mail_that_goes_round_is_ignored(way_in: WayIn) -> None:
    """R77: more than fifty hosts."""
    hop = "from a.example.org by b.example.org; Mon, 24 Jun 2013 15:00:00 +0000"
    [mail] = way_in.arrive(way_in.answer(1, "SIGN", headers=[("Received", hop)] * 51))
    assert (way_in.notices(1), mail.state) == ([], "read")
    assert mail.verdict in {"loop", "automatic"}


# --- limits -----------------------------------------------------------------------------------------------------
def test_a_loop_of_unproved_mail_gets_one_answer_a_kind_and_day_across_restarts(way_in: WayIn) -> None:
    """R73: the count is in the database; three in all a day, whatever is written."""
    for n in range(8):
        way_in.arrive(way_in.answer(1, "SIGN", to=b"", subject=NAMED, dmarc=None))
        way_in.arrive(way_in.answer(1, f"Who asks, and why number {n}?", to=b"", subject=NAMED, dmarc=None))
        way_in.arrive(way_in.answer(1, "Please unsubscribe me.", to=b"", subject=NAMED, dmarc=None))
        again = reopen(way_in.folder, way_in)
        way_in = WayIn(way_in.folder, again.office, way_in.clock, way_in.relay, way_in._uid, way_in._id)
        way_in.clock.pass_(60)
    told = way_in.notices(1)
    assert len(told) == len(set(told)) <= 3
    way_in.clock.pass_(86_400)
    way_in.arrive(way_in.answer(1, "SIGN", to=b"", subject=NAMED, dmarc=None))
    assert len(way_in.notices(1)) <= 6


def test_the_same_unproved_mail_again_and_again_gets_one_answer_a_day(way_in: WayIn) -> None:
    """R73"""
    for day in (1, 2):
        for _ in range(4):
            way_in.arrive(way_in.answer(1, "Please unsubscribe me.", to=b"", subject=NAMED, dmarc=None))
            way_in.clock.pass_(60)
        assert way_in.notices(1) == ["unsubscribed"] * day
        way_in.clock.pass_(86_400)


def test_a_proved_person_gets_at_most_twenty_answers_a_day(way_in: WayIn) -> None:
    """R73, design rule 7"""
    for _ in range(15):
        way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(1, "I withdraw my signature."))
    assert len(way_in.notices(1)) == 20
    assert way_in.tally == {"withdrawn": 1}


def test_a_storm_of_unproved_mail_is_stopped_after_a_hundred_answers_in_ten_minutes(tmp_path: Path) -> None:
    """R74: and proved mail is answered all the while."""
    way_in = open_way_in(tmp_path, members=130)
    way_in.arrive(*(way_in.answer(n, "SIGN", to=b"", subject=NAMED, dmarc=None) for n in range(1, 126)))
    assert len(way_in.outbox("signature_confirm")) == 100
    assert [row.address for row in way_in.outbox("alert")] == [OWNER]
    way_in.arrive(way_in.answer(130, "SIGN"))
    assert way_in.notices(130) == ["signature_recorded"]
    way_in.clock.pass_(601)
    way_in.arrive(way_in.answer(129, "SIGN", to=b"", subject=NAMED, dmarc=None))
    assert way_in.notices(129) == ["signature_confirm"]


def test_a_stranger_can_make_us_write_to_a_member_only_so_often(way_in: WayIn) -> None:
    """R76: a bomb of forged mails over ten days is at most five confirmations in all."""
    for _ in range(10):
        for _ in range(3):
            signs = way_in.answer(1, "SIGN", to=b"", subject=NAMED, dmarc="fail")
            way_in.arrive(signs, way_in.answer(1, "When do you meet?", to=b"", subject=NAMED, dmarc="fail"))
            way_in.clock.pass_(300)
        way_in.clock.pass_(86_400)
    assert len(way_in.notices(1)) == 5


def test_nothing_of_an_unproved_mail_stands_in_what_it_brings_about(way_in: WayIn) -> None:
    """R75: subject, name, words and Message-ID."""
    marked = {"subject": f"MARKER-A {NAMED}", "message_id": "<MARKER-B@x.example.org>"}
    for n, words in enumerate(("SIGN MARKER-C", "I sign. MARKER-D?", "Unsubscribe me, MARKER-E", "Hm MARKER-F"), 1):
        author = f"MARKER-G <{address_of(n)}>"
        way_in.arrive(way_in.answer(n, words, to=b"", from_=author, dmarc="fail", **marked))
        way_in.arrive(way_in.answer(n, words, from_="MARKER-H <stranger@else.example.org>", **marked))
    run_due(way_in.office, way_in.clock())
    sent = [envelope for envelope in way_in.deliver() if envelope.rcpt_to not in {OWNER, ORGANIZER, LIAISON}]
    assert sent
    assert [envelope.rcpt_to for envelope in sent if b"MARKER" in envelope.body] == []
