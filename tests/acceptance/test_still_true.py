"""Mail that waited while the world went on: what is not true any more stays, and says why (R93)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.domain.opt_out import ALL, PETITIONS
from mailflow.service import launches
from mailflow.service.digests import send_digests
from mailflow.service.erasure import erase
from mailflow.service.pausing import pause
from mailflow.service.petitions import extend_petition
from mailflow.service.questions import list_questions
from mailflow.service.schedule import run_due
from mailflow.store import opt_outs, pauses
from tests.acceptance.way_in import LAUNCH, ORGANIZER, OWNER, WayIn, open_way_in, parsed, text_of

HELP = "help@staff.example.org"
MORNING = datetime(2013, 6, 25, 12, 5, tzinfo=UTC)  # five past seven in Chicago
FEEDBACK = "feedback.closes = 2013-07-20"


def at(way_in: WayIn, instant: datetime) -> None:
    way_in.clock.pass_((instant - way_in.clock()).total_seconds())


def due(way_in: WayIn, instant: datetime) -> None:
    """Let the clock queue what is due at an instant; nothing is delivered."""
    at(way_in, instant)
    run_due(way_in.office, way_in.clock())


def whys(way_in: WayIn, notice: str) -> list[tuple[str, str]]:
    """The addresses and reasons of what was not sent."""
    return [(row.address, row.detail) for row in way_in.outbox(notice) if row.state == "suppressed"]


def ask(way_in: WayIn, words: str = "Will my files move too?") -> None:
    launch = launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    notice = launches.slip(way_in.office, launch, None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, notice.id, way_in.clock())
    way_in.deliver()
    way_in.arrive(way_in.answer(1, words, to=way_in.sent(1, "delay_notice")))
    way_in.deliver()


@pytest.mark.parametrize(
    ("days", "notice"),
    [
        pytest.param(3.1, "question_reminder", id="a reminder to the contact"),
        pytest.param(10.1, "alert", id="the word to the owner"),
    ],
)
def test_a_question_that_was_answered_meanwhile_is_not_recalled(tmp_path: Path, days: float, notice: str) -> None:
    """R93: the reminder is queued, the answer comes, then the relay is back."""
    way_in = open_way_in(tmp_path)
    ask(way_in)
    due(way_in, way_in.clock() + timedelta(days=days))
    assert notice in {row.notice for row in way_in.outbox() if row.state == "queued"}
    way_in.arrive(way_in.answer(HELP, "Yes, all of them.", to=way_in.sent(HELP, "question")))
    assert list_questions(way_in.office, way_in.clock()) == []
    way_in.deliver()
    to = {"alert": OWNER}.get(notice, HELP)
    assert (to, "the question was answered meanwhile") in whys(way_in, notice)


def say(way_in: WayIn, n: int, words: str) -> None:
    [mail] = way_in.arrive(way_in.answer(n, words, to=way_in.sent(n, "proposal_open")))
    assert mail.verdict == "feedback", mail.reasons


def digests_to(way_in: WayIn, address: str) -> list[str]:
    left = [parsed(e.body) for e in way_in.deliver() if e.rcpt_to == address]
    return [text_of(mail) for mail in left if str(mail["Subject"]).startswith("What is new")]


@pytest.mark.parametrize(
    "name", ["Robin Sample1", "Bo"], ids=["a name that is searched for", "a name too short for it"]
)
def test_a_digest_of_what_was_erased_stays_and_the_rest_comes_with_the_next(tmp_path: Path, name: str) -> None:
    """R93: nothing erased leaves, and nothing of the others is lost."""
    way_in = open_way_in(tmp_path, proposal=FEEDBACK, is_petition=False, roster={1: {"name": name}})
    say(way_in, 1, "Apples are good.")
    say(way_in, 2, "Bread is needed.")
    due(way_in, MORNING)
    erase(way_in.office, "m1", way_in.clock())
    assert digests_to(way_in, ORGANIZER) == []
    assert len(whys(way_in, "digest")) == 2  # the organizer's and the liaison's
    due(way_in, MORNING + timedelta(days=1))
    [text] = digests_to(way_in, ORGANIZER)
    assert ("Bread is needed." in text, "Apples" in text, "New feedback (1)" in text) == (True, False, True)
    due(way_in, MORNING + timedelta(days=2))
    assert digests_to(way_in, ORGANIZER) == []


def test_a_digest_of_questions_that_all_have_answers_is_not_sent(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path)
    ask(way_in)
    at(way_in, MORNING)
    assert send_digests(way_in.office, way_in.clock(), is_due_only=True)
    way_in.arrive(way_in.answer(HELP, "Yes, all of them.", to=way_in.sent(HELP, "question")))
    way_in.deliver()
    assert [address for address, _ in whys(way_in, "digest")] == [HELP]
    due(way_in, MORNING + timedelta(days=1))
    assert digests_to(way_in, HELP) == []


def test_who_signed_or_declined_while_the_reminder_waited_is_not_reminded(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, members=5)
    due(way_in, datetime(2013, 7, 8, 14, 5, tzinfo=UTC))  # the middle of the window
    assert len(way_in.outbox("petition_reminder")) == 5
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "No, thank you, I decline."))
    way_in.deliver()
    assert sorted(whys(way_in, "petition_reminder")) == [
        ("m1@library.example.org", "the member has signed meanwhile"),
        ("m2@library.example.org", "the member has answered meanwhile"),
    ]


@pytest.mark.parametrize("scope", ["mig-1", PETITIONS, ALL])
def test_who_wants_no_more_of_it_is_not_reminded(tmp_path: Path, scope: str) -> None:
    way_in = open_way_in(tmp_path, members=3)
    with way_in.db.write() as work:
        opt_outs.opt_out(work, "m2", scope, way_in.clock(), "link")
    due(way_in, datetime(2013, 7, 8, 14, 5, tzinfo=UTC))
    assert {row.member_id for row in way_in.outbox("petition_reminder")} == {"m1", "m3"}


def test_an_end_that_was_moved_again_is_told_once_and_right(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, members=3)
    first, second = datetime(2013, 8, 1, 5, tzinfo=UTC), datetime(2013, 8, 15, 5, tzinfo=UTC)
    extend_petition(way_in.office, "mig-1", first, way_in.clock(), "the library was closed")
    extend_petition(way_in.office, "mig-1", second, way_in.clock(), "and once more")
    told = [text_of(parsed(e.body)) for e in way_in.deliver()]
    assert len(told) == 5  # three members, organizer and liaison: each of the last end alone
    assert all("August 14" in text and "July 31" not in text for text in told)
    assert len(whys(way_in, "window_extended")) == 3
    assert len(whys(way_in, "organizer_note")) == 2


def test_a_paused_mailing_that_goes_on_alarms_nobody(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path)
    mailing_id = way_in.outbox("petition_invitation")[0].mailing_id
    with way_in.db.write() as work:
        pause(work, mailing_id, "9 of 10 mails failed for good", way_in.clock())
    due(way_in, way_in.clock())
    with way_in.db.write() as work:
        pauses.resume(work, way_in.clock(), mailing_id)
    way_in.deliver()
    assert (OWNER, "the mailing goes on") in whys(way_in, "alert")
