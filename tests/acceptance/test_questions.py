"""A question is a conversation: asked, due, reminded, answered, relayed, asked further."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.service import launches
from mailflow.service.digests import preview_digest
from mailflow.service.questions import close_question, list_questions
from mailflow.service.schedule import run_due
from mailflow.service.status import status
from mailflow.store import tables as t
from tests.acceptance.way_in import LAUNCH, OWNER, WayIn, address_of, open_way_in, parsed, text_of

HELP = "help@staff.example.org"
DAY_S = 86_400.0


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    way_in = open_way_in(tmp_path)
    launch = launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    notice = launches.slip(way_in.office, launch, None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, notice.id, way_in.clock())
    way_in.deliver()
    return way_in


def ask(way_in: WayIn, n: int, words: str) -> bytes:
    asked = way_in.answer(n, words, to=way_in.sent(n, "delay_notice"))
    [mail] = way_in.arrive(asked)
    assert mail.verdict == "question"
    way_in.deliver()
    return asked


def days_later(way_in: WayIn, days: float) -> None:
    way_in.clock.pass_(days * DAY_S)
    run_due(way_in.office, way_in.clock())
    way_in.deliver()


def count(way_in: WayIn, notice: str, address: str) -> int:
    return sum(row.address == address for row in way_in.outbox(notice))


def test_a_question_is_asked_reminded_answered_and_relayed(way_in: WayIn) -> None:
    asked = parsed(ask(way_in, 1, "Will my files move too?"))
    [waiting] = list_questions(way_in.office, way_in.clock())
    assert (waiting["object"], waiting["contact"], waiting["is_late"]) == ("launch-1", HELP, False)
    assert waiting["due_at"] - waiting["asked_at"] == timedelta(days=3)  # from a Monday
    days_later(way_in, 2.9)
    assert count(way_in, "question_reminder", HELP) == 0
    days_later(way_in, 0.2)
    days_later(way_in, 0.1)
    assert count(way_in, "question_reminder", HELP) == 1, "once, however often the clock looks"
    assert status(way_in.office, way_in.clock())["questions"] == {"open": 1, "late": 1}
    reminder = way_in.sent(HELP, "question_reminder")
    assert "> Will my files move too?" in text_of(parsed(reminder))
    [mail] = way_in.arrive(way_in.answer(HELP, "Yes, all of them.", to=reminder))
    assert mail.verdict == "answer"
    way_in.deliver()
    relayed = parsed(way_in.sent(1, "answer"))
    assert "Yes, all of them." in text_of(relayed)
    assert relayed["In-Reply-To"] == asked["Message-ID"], "it stands under the question in the asker's mailbox"
    assert HELP not in str(relayed)
    assert list_questions(way_in.office, way_in.clock()) == []
    days_later(way_in, 30)
    assert count(way_in, "question_reminder", HELP) == 1


def test_an_answer_to_the_answer_keeps_the_thread(way_in: WayIn) -> None:
    ask(way_in, 1, "Will my files move too?")
    first = parsed(way_in.sent(HELP, "question"))
    way_in.arrive(way_in.answer(HELP, "Yes, all of them.", to=way_in.sent(HELP, "question")))
    way_in.deliver()
    [mail] = way_in.arrive(way_in.answer(1, "And when will they move?", to=way_in.sent(1, "answer")))
    assert (mail.verdict, mail.object_id) == ("question", "launch-1")
    way_in.deliver()
    second = parsed(way_in.sent(HELP, "question"))
    assert "And when will they move?" in text_of(second)
    assert second["In-Reply-To"] == first["Message-ID"]


def test_two_reminders_then_the_owner_is_told_and_then_nobody(way_in: WayIn) -> None:
    ask(way_in, 1, "Will my files move too?")
    alerts = []
    for _ in range(20):
        days_later(way_in, 1)
        alerts.append(sum("question" in row.version for row in way_in.outbox("alert")))
    assert count(way_in, "question_reminder", HELP) == 2
    assert (alerts[8], alerts[9], alerts[-1]) == (0, 1, 1), "on the tenth day"
    assert "Will my files move too?" in text_of(parsed(way_in.sent(OWNER, "alert")))


def test_a_question_answered_in_another_way_is_closed_by_staff(way_in: WayIn) -> None:
    ask(way_in, 1, "Will my files move too?")
    [waiting] = list_questions(way_in.office, way_in.clock())
    close_question(way_in.office, waiting["question"], way_in.clock())
    days_later(way_in, 12)
    assert way_in.outbox("question_reminder") == []


def test_the_contacts_summary_groups_what_asks_the_same(way_in: WayIn) -> None:
    ask(way_in, 1, "Will my files move too?")
    ask(way_in, 2, "Hello, will my old files move?")
    ask(way_in, 3, "Where do I get a password?")
    [item] = preview_digest(way_in.office, HELP, way_in.clock())["items"]
    assert [len(group["names"]) for group in item["questions"]] == [2, 1]
    assert len(way_in.rows(t.question)) == 3
    assert address_of(1) not in str(item), "names, not addresses"
