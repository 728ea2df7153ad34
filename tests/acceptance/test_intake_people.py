"""People: questions and answers, other people's mail, leaving the list, no address; and no key in anybody's sight."""

from __future__ import annotations

import json
import logging
import re
from pathlib import Path

import pytest

from mailflow.domain.arrival import Arrival
from mailflow.service import launches, reading
from mailflow.service.digests import preview_digest
from mailflow.service.intake import receive
from mailflow.service.owner_mail import tell_owner
from mailflow.service.petitions import list_signatures, show_petition
from mailflow.service.proposals import show_proposal
from mailflow.service.schedule import run_due
from mailflow.service.status import status
from mailflow.store import inbox
from mailflow.store import tables as t
from tests.acceptance.way_in import (
    ADDRESS,
    LAUNCH,
    LIAISON,
    ORGANIZER,
    OWNER,
    PETITION,
    WayIn,
    address_of,
    home_of,
    open_way_in,
    parsed,
    text_of,
)

HELP = "help@staff.example.org"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


# --- questions --------------------------------------------------------------------------------------------------
def test_a_question_reaches_the_organizer_and_the_answer_the_asker_without_anybodys_address(way_in: WayIn) -> None:
    """Design rules 10 and 11: new words only, each once."""
    asked = way_in.answer(1, "When does the group meet?", from_=home_of(1))
    [question] = way_in.arrive(asked)
    assert (question.verdict, way_in.notices(1), way_in.notices(ORGANIZER)) == (
        "question",
        ["question_received"],
        ["question"],
    )
    way_in.deliver()
    carried = way_in.sent(ORGANIZER, "question")
    assert "When does the group meet?" in text_of(parsed(carried))
    [answer] = way_in.arrive(way_in.answer(ORGANIZER, "On Fridays, at noon.", to=carried))
    assert answer.verdict == "answer"
    [relayed] = way_in.deliver()
    words = text_of(parsed(relayed.body))
    assert (relayed.rcpt_to, "On Fridays, at noon." in words) == (address_of(1), True)
    for private in (ORGANIZER, "Hidden Lane", LIAISON):
        assert private.encode() not in relayed.body
    for private in (address_of(1), home_of(1)):
        assert private.encode() not in carried
    assert way_in.rows(t.question)[0].answered_at is not None
    again = way_in.answer(ORGANIZER, "On Fridays, at noon.", to=carried, message_id=parsed(asked)["Message-ID"])
    way_in.arrive(again)
    assert len(way_in.outbox("answer")) == 2  # a second mail of the organizer is a second answer


@pytest.mark.parametrize(("sender", "dmarc"), [("evil@else.example.org", "pass"), (ORGANIZER, "fail")])
def test_an_answer_that_is_not_the_contacts_is_not_relayed(way_in: WayIn, sender: str, dmarc: str) -> None:
    way_in.arrive(way_in.answer(1, "When does the group meet?"))
    way_in.deliver()
    carried = way_in.sent(ORGANIZER, "question")
    [mail] = way_in.arrive(way_in.answer(ORGANIZER, "Send me money.", to=carried, from_=sender, dmarc=dmarc))  # type: ignore[arg-type]
    assert (mail.state, way_in.outbox("answer")) == ("held", [])


def test_a_question_about_a_launch_goes_to_its_contact(way_in: WayIn) -> None:
    launch = launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    notice = launches.slip(way_in.office, launch, None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, notice.id, way_in.clock())
    way_in.deliver()
    [mail] = way_in.arrive(way_in.answer(1, "Will my files move too?", to=way_in.sent(1, "delay_notice")))
    assert (mail.verdict, mail.object_id, way_in.notices(HELP)) == (
        "question",
        launch,
        ["notice_preview", "question"],
    )


# --- other people's mail ----------------------------------------------------------------------------------------
def stray(way_in: WayIn, n: int = 1) -> bytes:
    return way_in.answer(f"reader{n}@else.example.org", f"When do you open? {n}", to=b"", subject="Opening hours")


def test_mail_that_answers_nothing_of_ours_is_told_to_the_owner_within_the_hour(way_in: WayIn) -> None:
    """Design rule 9: the first at once, more of them together; nobody else hears of it."""
    [mail] = way_in.arrive(stray(way_in))
    assert (mail.verdict, mail.is_stray, way_in.notices("reader1@else.example.org")) == ("not_ours", True, [])
    assert tell_owner(way_in.office, way_in.clock()) == 1
    way_in.deliver()
    told = text_of(parsed(way_in.sent(OWNER, "owner_copy")))
    assert "Opening hours" in told
    assert "When do you open? 1" in told
    way_in.clock.pass_(600)
    way_in.arrive(stray(way_in, 2), stray(way_in, 3))
    assert tell_owner(way_in.office, way_in.clock()) == 0
    way_in.clock.pass_(3_000)
    assert tell_owner(way_in.office, way_in.clock()) == 1
    way_in.deliver()
    told = text_of(parsed(way_in.sent(OWNER, "owner_copy")))
    assert ("open? 1" in told, "open? 2" in told, "open? 3" in told) == (False, True, True)


def test_what_waits_for_a_person_is_told_daily_and_once(way_in: WayIn) -> None:
    way_in.arrive(way_in.answer(1, "I sign.", from_="stranger@else.example.org"))
    run_due(way_in.office, way_in.clock())
    run_due(way_in.office, way_in.clock())
    assert [row.address for row in way_in.outbox("held_summary")] == [OWNER]
    way_in.clock.pass_(86_400)
    run_due(way_in.office, way_in.clock())
    assert len(way_in.outbox("held_summary")) == 1


def test_a_mail_that_comes_to_wait_after_later_ones_were_told_is_told_too(way_in: WayIn) -> None:
    """Design rule 9: nothing is ever held without a person being told."""
    first, second = way_in.arrive(stray(way_in), way_in.answer(1, "I sign.", from_="stranger@else.example.org"))
    run_due(way_in.office, way_in.clock())
    with way_in.db.write() as work:
        inbox.settle(work, first.n, state="held", verdict="failed", reasons=["read again, and too much for us"])
    way_in.clock.pass_(86_400)
    run_due(way_in.office, way_in.clock())
    way_in.deliver()
    assert len(way_in.outbox("held_summary")) == 2
    told = text_of(parsed(way_in.sent(OWNER, "held_summary")))
    assert ("Opening hours" in told, "stranger@" in told) == (True, False)
    assert second.state == "held"


def test_an_oversized_mail_is_held_by_its_headers_and_never_signs(way_in: WayIn) -> None:
    """R24, R40"""
    head = way_in.answer(1, "SIGN").partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    huge = way_in.arrival(head, headers_only=True, size_bytes=99_999_999, problem="too_large")
    assert isinstance(huge, Arrival)
    [n] = receive(way_in.office, [huge], way_in.clock())
    way_in.read()
    mail = way_in.mail(n)
    assert (mail.state, mail.verdict, mail.from_address) == ("held", "over_limit", address_of(1))
    assert "99999999 bytes" in mail.reasons[0]
    assert (way_in.tally, way_in.notices(1)) == ({}, [])


def test_a_mail_over_a_limit_is_held_and_its_sender_gets_no_answer(way_in: WayIn) -> None:
    """R40"""
    [mail] = way_in.arrive(way_in.answer(1, "SIGN", headers=[("X-Many", "x")] * 1_100))
    assert (mail.state, mail.verdict, way_in.tally, way_in.notices(1)) == ("held", "over_limit", {}, [])


# --- leaving ----------------------------------------------------------------------------------------------------
def test_unsubscribing_by_mail_works_at_once_and_the_address_on_file_is_told(way_in: WayIn) -> None:
    """Design rule 8: no mail to many any more; what answers them and the signature stay."""
    way_in.arrive(way_in.answer(1, "SIGN"))
    [mail] = way_in.arrive(way_in.answer(1, "unsubscribe", quote=False, subject="unsubscribe"))
    assert (mail.verdict, way_in.notices(1)) == ("unsubscribed", ["signature_recorded", "unsubscribed"])
    launch = launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    notice = launches.slip(way_in.office, launch, None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, notice.id, way_in.clock())
    sent = [e.rcpt_to for e in way_in.deliver() if b"New Community Site" in e.body]
    assert sorted(sent) == [address_of(n) for n in range(2, 7)]
    assert way_in.tally == {"signed": 1, "validated": 1}


def test_a_member_without_an_address_is_left_out_and_can_be_entered_by_staff(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, roster={2: {"email": "", "other_emails": ""}})
    assert "m2" not in {row.member_id for row in way_in.outbox("petition_invitation")}
    [held] = way_in.arrive(way_in.answer(1, "I sign for Robin.", from_="desk@library.example.org"))
    reading.resolve(way_in.office, held.n, "sign", way_in.clock(), who="m2", object_id=PETITION, reason="came by post")
    assert way_in.signatures["m2"]["proof"] == "staff"
    assert way_in.tally == {"signed": 1, "validated": 1}


# --- nobody sees a key ------------------------------------------------------------------------------------------
def test_no_key_stands_in_logs_the_inbox_digests_exports_or_relayed_words(
    way_in: WayIn, caplog: pytest.LogCaptureFixture
) -> None:
    """R59: whoever pastes the key of a mail into words does not hand it on."""
    keys = [key for row in way_in.outbox() for key in (row.key, row.link_key, row.unsubscribe_key) if key]
    [mine] = [row.key for row in way_in.outbox("petition_invitation") if row.member_id == "m1"]
    with caplog.at_level(logging.DEBUG, "mailflow"):
        mails = way_in.arrive(
            way_in.answer(1, f"When do you meet? My key is {mine}", subject=f"Re: {mine}"),
            way_in.answer(2, f"I think the group should meet on Fridays, {mine}."),
            way_in.answer(3, "SIGN"),
            way_in.answer(1, f"I sign {mine}", from_="stranger@else.example.org", subject=mine),
            way_in.answer("reader@else.example.org", f"What is {mine}?", to=b"", subject=f"Found {mine.upper()}"),
        )
        run_due(way_in.office, way_in.clock())
        shown: list[object] = [reading.show_mail(way_in.office, mail.n) for mail in mails]
        shown += reading.list_inbox(way_in.office, held_only=False)
        shown += reading.replay(way_in.office, [mail.n for mail in mails], way_in.clock())
        shown += [preview_digest(way_in.office, ORGANIZER, way_in.clock()), show_proposal(way_in.office, PETITION)]
        shown += [show_petition(way_in.office, PETITION), list_signatures(way_in.office, PETITION)]
        shown += [status(way_in.office, way_in.clock())]
    for seen in (caplog.text, *(json.dumps(one, default=str) for one in shown)):
        assert [key for key in keys if re.search(key, seen, re.I)] == [], seen
    assert {mail.verdict for mail in mails} == {"question", "feedback", "signed", "not_proved", "not_ours"}
    for message in (parsed(envelope.body) for envelope in way_in.deliver()):
        seen = text_of(message) + str(message.get_body(("html",))) + str(message["Subject"])
        assert [key for key in keys if re.search(key, seen, re.I)] == [], seen


def test_status_says_what_is_there_and_what_waits(way_in: WayIn) -> None:
    """R103"""
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN", from_="stranger@else.example.org"))
    way_in.keep(way_in.answer(3, "SIGN"))
    said = status(way_in.office, way_in.clock())
    assert {name: said["inbox"][name] for name in ("read", "held", "parked", "waiting")} == {
        "read": 1,
        "held": 1,
        "parked": 0,
        "waiting": 1,
    }
    assert said["outbox"]["accepted"] == 7
    assert said["outbox"]["queued"] == 2
    assert said["oldest_waiting_at"] == way_in.clock()
    assert said["last_good_poll_at"] is None
    assert ADDRESS not in json.dumps(said, default=str)
