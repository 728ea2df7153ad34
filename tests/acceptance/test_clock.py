"""A month by the clock: feedback, the Monday's question, reminders, milestones, the close, the grace, an outage."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.service.petitions import extend_petition
from mailflow.service.proposals import show_proposal
from mailflow.service.schedule import run_due
from mailflow.store import health
from tests.acceptance.way_in import (
    LIAISON,
    ORGANIZER,
    OWNER,
    PETITION,
    WayIn,
    address_of,
    open_way_in,
    parsed,
    text_of,
)


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def tick(way_in: WayIn, when: datetime, *, is_read: bool = True) -> list[tuple[str, str]]:
    """Move the clock, let it do what is due twice, send it; gives (notice, address) of what left."""
    way_in.clock.at = when
    if is_read:
        with way_in.db.write() as work:
            health.note_good_poll(work, when)
    run_due(way_in.office, when)
    run_due(way_in.office, when)
    before = len(way_in.outbox())
    run_due(way_in.office, when)
    assert len(way_in.outbox()) == before
    left = way_in.deliver()
    rows = {row.key: row for row in way_in.outbox()}
    found = [rows[str(parsed(e.body)["Message-ID"]).strip("<").partition(".x@")[0]] for e in left]
    return sorted((row.notice, row.address) for row in found if row.notice not in {"digest", "held_summary", "alert"})


def members(*ns: int) -> list[str]:
    return [address_of(n) for n in ns]


def note(way_in: WayIn, who: str = ORGANIZER) -> str:
    return text_of(parsed(way_in.sent(who, "organizer_note")))


# -- feedback, and the Monday --------------------------------------------------------------------------------------


@pytest.fixture
def asking(tmp_path: Path) -> WayIn:
    """Feedback from June 24 through Sunday, July 7; the organizer opens."""
    return open_way_in(tmp_path, proposal="feedback.closes = 2013-07-07", is_petition=False)


def test_the_silent_are_reminded_once_before_feedback_closes(asking: WayIn) -> None:
    way_in = asking
    way_in.arrive(
        way_in.answer(1, "I like it.", to=way_in.sent(1, "proposal_open")),
        way_in.answer(2, "When do you meet?", to=way_in.sent(2, "proposal_open")),
        way_in.answer(3, "Please unsubscribe me.", to=way_in.sent(3, "proposal_open")),
    )
    way_in.deliver()
    assert tick(way_in, at(2013, 7, 5, 13, 59)) == []
    assert tick(way_in, at(2013, 7, 5, 14)) == [("proposal_reminder", a) for a in members(4, 5, 6)]
    assert "This is the only reminder" in text_of(parsed(way_in.sent(4, "proposal_reminder")))
    way_in.arrive(way_in.answer(4, "Fine by me.", to=way_in.sent(4, "proposal_reminder")))
    way_in.deliver()
    assert tick(way_in, at(2013, 7, 6, 14)) == []
    feedback = show_proposal(way_in.office, PETITION)["feedback"]
    assert {f["member_id"]: f["late"] for f in feedback} == {"m1": False, "m4": False}


def test_the_organizer_is_asked_on_monday_and_opens_with_one_word(asking: WayIn) -> None:
    way_in = asking
    tick(way_in, at(2013, 7, 8, 5))
    assert way_in.petition["state"] == "feedback_closed"
    assert tick(way_in, at(2013, 7, 8, 14)) == [("open_question", ORGANIZER), ("open_question", LIAISON)]
    shown = text_of(parsed(way_in.sent(ORGANIZER, "open_question")))
    assert "6 members are invited to sign until Sunday, July 21, 2013, 4:30 PM" in " ".join(shown.split())
    assert "Will you sign" in shown
    assert tick(way_in, at(2013, 7, 9, 14)) == []
    # no answer: asked once more a week later, by the liaison's word it opens
    assert len(tick(way_in, at(2013, 7, 15, 14))) == 2
    way_in.arrive(way_in.answer(LIAISON, "Open", to=way_in.sent(LIAISON, "open_question")))
    assert way_in.petition["state"] == "petition_open"
    assert len(way_in.outbox("petition_invitation")) == 6
    way_in.deliver()
    way_in.arrive(way_in.answer(ORGANIZER, "open", to=way_in.sent(ORGANIZER, "open_question")))
    way_in.deliver()
    assert "it can't open the petition now" in text_of(parsed(way_in.sent(ORGANIZER, "command_answer")))
    assert len(way_in.outbox("petition_invitation")) == 6


def test_a_petition_whose_end_is_over_asks_for_a_later_one(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, proposal="feedback.closes = 2013-07-20", is_petition=False)
    tick(way_in, at(2013, 7, 22, 6))
    assert way_in.petition["state"] == "feedback_closed"
    assert tick(way_in, at(2013, 7, 22, 14)) == [("organizer_note", ORGANIZER), ("organizer_note", LIAISON)]
    assert "is over" in note(way_in)


# -- the petition --------------------------------------------------------------------------------------------------


def test_a_month_of_a_petition(tmp_path: Path) -> None:
    """R67: each act of the clock once, at its civil time; nobody who answered is reminded."""
    way_in = open_way_in(tmp_path, members=12, threshold=4)  # June 24 to July 21, 4:30 p.m.
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "No."), way_in.answer(3, "Hm, well."))
    way_in.arrive(way_in.answer(4, "SIGN", dmarc="none", without=["In-Reply-To", "References"], key="a" * 26))
    way_in.deliver()
    # a quarter of 4
    assert tick(way_in, at(2013, 6, 25, 15)) == [("organizer_note", ORGANIZER), ("organizer_note", LIAISON)]
    assert "25 % of the signatures" in note(way_in)
    assert tick(way_in, at(2013, 7, 7, 15)) == []
    # the middle: those who neither signed, said no, nor wait for an answer
    assert tick(way_in, at(2013, 7, 8, 14)) == sorted(("petition_reminder", a) for a in members(*range(5, 13)))
    way_in.arrive(*(way_in.answer(n, "SIGN", to=way_in.sent(n, "petition_reminder")) for n in (5, 6)))
    way_in.arrive(way_in.answer(7, "NO", to=way_in.sent(7, "petition_reminder")))
    way_in.deliver()
    # half and three quarters in one go: only the higher
    assert [n for n, _ in tick(way_in, at(2013, 7, 9, 14))] == ["organizer_note"] * 2
    assert "75 %" in note(way_in)
    assert tick(way_in, at(2013, 7, 18, 14)) == sorted(("petition_reminder", a) for a in members(*range(8, 13)))
    assert tick(way_in, at(2013, 7, 20, 14)) == []
    # the close is at 4:30 p.m. in Chicago; a mail of 4:29 is read at 4:40
    assert tick(way_in, at(2013, 7, 21, 21, 30)) == []
    assert way_in.petition["state"] == "closed"
    way_in.clock.at = at(2013, 7, 21, 21, 40)
    raw = way_in.answer(8, "SIGN")
    way_in.arrive(raw, at=at(2013, 7, 21, 21, 29))
    late = way_in.answer(9, "SIGN")
    assert way_in.arrive(late, at=at(2013, 7, 21, 21, 30))[0].verdict == "window_closed"
    way_in.deliver()
    assert tick(way_in, at(2013, 7, 21, 22, 29)) == []
    assert tick(way_in, at(2013, 7, 21, 22, 31)) == sorted(("organizer_note", a) for a in (ORGANIZER, LIAISON, OWNER))
    assert "Closed with the signatures it needs" in note(way_in)
    assert way_in.petition["state"] == "closed"
    assert way_in.tally["validated"] == 4
    acts = [(e["act"], e["by"]) for e in show_proposal(way_in.office, PETITION)["history"]]
    assert acts == [
        ("open the petition", "staff"),
        ("milestone", "the clock"),
        ("remind", "the clock"),
        ("milestone", "the clock"),
        ("remind", "the clock"),
        ("close the petition", "the clock"),
        ("count", "the clock"),
    ]


def test_a_petition_without_its_signatures_lapses_after_grace_and_reading_and_can_be_extended(way_in: WayIn) -> None:
    closes = at(2013, 7, 21, 21, 30)
    tick(way_in, closes, is_read=False)
    tick(way_in, closes + timedelta(hours=20), is_read=False)
    assert way_in.petition["state"] == "closed"  # nobody has read the mailbox since
    assert [n for n, _ in tick(way_in, closes + timedelta(hours=21))] == ["organizer_note"] * 3
    assert way_in.petition["state"] == "lapsed"
    assert "0 signed" in note(way_in)
    way_in.arrive(
        way_in.answer(ORGANIZER, "extend to July 31: so few days", to=way_in.sent(ORGANIZER, "organizer_note"))
    )
    way_in.deliver()
    way_in.arrive(way_in.answer(ORGANIZER, "yes", to=way_in.sent(ORGANIZER, "command_confirm")))
    way_in.deliver()
    assert way_in.petition["state"] == "petition_open"
    way_in.arrive(way_in.answer(1, "SIGN", to=way_in.sent(1, "window_extended")))
    assert way_in.tally == {"signed": 1, "validated": 1}
    way_in.deliver()
    # and it is counted again after the new end
    assert [n for n, _ in tick(way_in, at(2013, 8, 1, 7))] == ["organizer_note"] * 3
    assert way_in.petition["state"] == "lapsed"


def test_mail_that_waits_for_a_person_keeps_a_petition_from_lapsing_for_a_week(way_in: WayIn) -> None:
    closes = at(2013, 7, 21, 21, 30)
    way_in.arrive(way_in.answer(1, "Hm, well."))
    way_in.deliver()
    tick(way_in, closes)
    tick(way_in, closes + timedelta(days=2))
    assert way_in.petition["state"] == "closed"
    tick(way_in, closes + timedelta(days=7))
    assert way_in.petition["state"] == "lapsed"


def test_time_that_the_mailbox_could_not_be_read_past_the_end_is_offered(way_in: WayIn) -> None:
    closes = at(2013, 7, 21, 21, 30)
    tick(way_in, closes - timedelta(hours=5))
    with way_in.db.write() as work:
        health.note_failure(work, health.POLL, "refused", closes - timedelta(hours=4))
    tick(way_in, closes + timedelta(hours=1), is_read=False)
    left = tick(way_in, closes + timedelta(hours=8))
    # the outcome and the offer, each to organizer, liaison and owner
    assert [n for n, _ in left].count("organizer_note") == 6
    offers = [r for r in way_in.outbox("organizer_note") if r.version.startswith("offer-")]
    assert {r.address for r in offers} == {ORGANIZER, LIAISON, OWNER}
    words = [text_of(parsed(e.body)) for e in way_in.relay.offered if e.rcpt_to == ORGANIZER]
    offer = next(w for w in words if "could not be read" in w)
    assert "answer: extend to July 23, 2013: the mail service was down" in " ".join(offer.split())


def test_an_extension_on_the_command_line_tells_those_concerned_too(way_in: WayIn) -> None:
    told = extend_petition(way_in.office, PETITION, at(2013, 8, 1, 5), way_in.clock(), "the holiday")
    assert told == 6
    way_in.deliver()
    assert "The reason: the holiday" in text_of(parsed(way_in.sent(2, "window_extended")))
    assert "they are told" not in note(way_in)
    assert "6 members who have not answered are told" in " ".join(note(way_in).split())


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)
