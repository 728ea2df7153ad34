"""A meeting moves or is called off: who was invited is told, in words and in their calendar (RFC 5546)."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from mailflow.errors import InputError, Refused
from mailflow.service.digests import preview_digest
from mailflow.service.moving import Change, change_meeting, preview_change
from mailflow.service.proposals import add_proposal, show_proposal
from mailflow.service.schedule import run_due
from mailflow.store import opt_outs
from mailflow.store import tables as t
from tests.acceptance.way_in import (
    LIAISON,
    ORGANIZER,
    PROPOSAL,
    WayIn,
    address_of,
    home_of,
    open_way_in,
    parsed,
    text_of,
)
from tests.calendar_answers import CLIENTS, calendar_answer

UID = "mig-1.meeting-1@lists.example.org"
MEETING = """feedback.closes = 2013-07-10
[[meetings]]
starts = 2013-06-28T16:00:00
ends = 2013-06-28T17:00:00
where = "Room 5"
title = "Open house"
"""
LATER = datetime(2013, 6, 29, 22, tzinfo=UTC)  # five in the afternoon in Chicago


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path, members=5, proposal=MEETING, is_petition=False)


def calendar_of(raw: bytes) -> dict[str, str]:
    """The properties of the invitation in a mail, with the method of its part."""
    [part] = [part for part in parsed(raw).walk() if part.get_content_type() == "text/calendar"]
    text = part.get_content().replace("\r\n", "\n").replace("\n ", "")
    found = {re.split("[;:]", line)[0]: line for line in text.splitlines()}
    return found | {"method": str(part.get_param("method"))}


def move(way_in: WayIn, **what: Any) -> None:
    change_meeting(way_in.office, "mig-1", Change(**({"starts_at": LATER} | what)), way_in.clock())


def answer(
    way_in: WayIn, n: int, said: str, sequence: int, notice: str = "proposal_open", client: str = "google"
) -> None:
    to = str(parsed(way_in.sent(n, notice))["Reply-To"])
    raw = calendar_answer(client, said, UID, address_of(n), f"Robin Sample{n}", to, n + 10 * sequence, sequence)
    way_in.arrive(raw)


def test_a_meeting_that_moves_is_updated_in_the_calendars_of_those_invited(way_in: WayIn) -> None:
    """RFC 5546 section 3.2.2.1: same UID, organizer and attendee, the sequence one higher."""
    before = calendar_of(way_in.sent(1, "proposal_open"))
    assert preview_change(way_in.office, "mig-1", Change(starts_at=LATER), way_in.clock()).recipients == 5
    move(way_in, where="Room 7", reason="the room is taken")
    assert len([e for e in way_in.deliver() if e.rcpt_to in {address_of(n) for n in range(1, 6)}]) == 5
    raw = way_in.sent(1, "meeting_changed")
    after = calendar_of(raw)
    assert (after["METHOD"], after["method"], after["STATUS"]) == ("METHOD:REQUEST", "REQUEST", "STATUS:CONFIRMED")
    assert (before["SEQUENCE"], after["SEQUENCE"]) == ("SEQUENCE:0", "SEQUENCE:1")
    for same in ("UID", "ORGANIZER", "ATTENDEE", "SUMMARY"):
        assert after[same] == before[same], same
    assert (after["DTSTART"], after["DTEND"]) == ("DTSTART:20130629T220000Z", "DTEND:20130629T230000Z")
    assert after["LOCATION"] == "LOCATION:Room 7"
    mail = parsed(raw)
    assert (mail["Auto-Submitted"], mail["X-Auto-Response-Suppress"]) == ("auto-generated", "All")
    assert str(mail["List-Unsubscribe-Post"]) == "List-Unsubscribe=One-Click"
    assert str(mail["Subject"]) == "Changed: Open house, now Saturday, June 29, 2013, 5:00 PM (Chicago time)"
    assert "The reason: the room is taken" in text_of(mail)
    assert "Before: Friday, June 28, 2013, 4:00 PM (Chicago time), Room 5" in text_of(mail)
    move(way_in, starts_at=None, where="Room 9")
    way_in.deliver()
    assert calendar_of(way_in.sent(1, "meeting_changed"))["SEQUENCE"] == "SEQUENCE:2"


def test_a_meeting_that_is_called_off_leaves_the_calendars(way_in: WayIn) -> None:
    """RFC 5546 section 3.2.5."""
    before = calendar_of(way_in.sent(1, "proposal_open"))
    change_meeting(way_in.office, "mig-1", Change(is_off=True, reason="too few can come"), way_in.clock())
    way_in.deliver()
    raw = way_in.sent(1, "meeting_changed")
    after = calendar_of(raw)
    assert (after["METHOD"], after["method"], after["STATUS"]) == ("METHOD:CANCEL", "CANCEL", "STATUS:CANCELLED")
    assert (after["SEQUENCE"], after["UID"], after["ORGANIZER"]) == ("SEQUENCE:1", before["UID"], before["ORGANIZER"])
    assert "PARTSTAT" not in after["ATTENDEE"] and "RSVP" not in after["ATTENDEE"]
    assert str(parsed(raw)["Subject"]) == "Called off: Open house"
    assert "too few can come" in text_of(parsed(raw))
    with pytest.raises(InputError, match="no meeting that is still to come"):
        move(way_in)
    assert show_proposal(way_in.office, "mig-1")["meetings"][0]["is_cancelled"]


def test_organizer_and_liaison_are_told_what_was_done(way_in: WayIn) -> None:
    move(way_in)
    way_in.deliver()
    for address in (ORGANIZER, LIAISON):
        mail = parsed(way_in.sent(address, "organizer_note"))
        assert str(mail["Subject"]).startswith("Changed: Open house, now Saturday")
        assert "5 members who were invited are told" in text_of(mail)


@pytest.mark.parametrize("client", CLIENTS)
def test_an_answer_to_the_time_before_is_noted_as_such(way_in: WayIn, client: str) -> None:
    answer(way_in, 1, "ACCEPTED", 0, client=client)
    move(way_in)
    way_in.deliver()
    answer(way_in, 2, "ACCEPTED", 0, client=client)  # pressed in the old mail
    answer(way_in, 3, "ACCEPTED", 1, "meeting_changed", client)
    [meeting] = show_proposal(way_in.office, "mig-1")["meetings"]
    assert meeting["accepted"] == ["Robin Sample3"]
    assert sorted(meeting["earlier"]) == ["Robin Sample1", "Robin Sample2"]
    text = preview_digest(way_in.office, ORGANIZER, way_in.clock())["text"]
    assert "- 1 will come: Robin Sample3" in text
    assert "- 2 answered before it changed: Robin Sample1, Robin Sample2" in text
    answer(way_in, 1, "DECLINED", 1, "meeting_changed", client)
    way_in.clock.pass_(60)
    answer(way_in, 1, "ACCEPTED", 0, client=client)  # the old mail once more: RFC 5546 section 2.1.5
    [meeting] = show_proposal(way_in.office, "mig-1")["meetings"]
    assert (meeting["accepted"], meeting["declined"]) == (["Robin Sample3"], ["Robin Sample1"])


@pytest.mark.parametrize(
    ("words", "subject"),
    [
        pytest.param(
            "Move meeting to June 29, 2013, 5 pm: the room is taken",
            "Changed: Open house, now Saturday, June 29, 2013, 5:00 PM (Chicago time)",
            id="moved",
        ),
        pytest.param("cancel meeting: the room is taken", "Called off: Open house", id="called off"),
    ],
)
def test_an_organizer_moves_a_meeting_by_mail_and_confirms_the_preview(way_in: WayIn, words: str, subject: str) -> None:
    way_in.arrive(way_in.answer(1, "Fine by me.", to=way_in.sent(1, "proposal_open")))
    way_in.clock.pass_(86_400)
    run_due(way_in.office, way_in.clock())
    way_in.deliver()
    digest = way_in.sent(ORGANIZER, "digest")
    assert "cancel meeting: the reason" in text_of(parsed(digest))
    way_in.arrive(way_in.answer(ORGANIZER, words, to=digest))
    way_in.deliver()
    preview = way_in.sent(ORGANIZER, "command_confirm")
    assert "the room is taken" in text_of(parsed(preview)) and "5 " in text_of(parsed(preview))
    assert way_in.outbox("meeting_changed") == []
    way_in.arrive(way_in.answer(ORGANIZER, "yes", to=preview))
    way_in.deliver()
    assert str(parsed(way_in.sent(1, "meeting_changed"))["Subject"]) == subject
    assert way_in.sent(LIAISON, "organizer_note")
    assert "organizer_note" not in way_in.notices(ORGANIZER), "the answer tells it already"


def test_an_update_is_for_whom_the_invitation_named_though_the_address_on_file_changed(way_in: WayIn) -> None:
    before = calendar_of(way_in.sent(1, "proposal_open"))
    with way_in.db.write() as work:
        a = t.member_address
        work.execute(a.update().where(a.c.member_id == "m1").values(position=1 - a.c.position))
    move(way_in)
    way_in.deliver()
    after = calendar_of(way_in.sent(home_of(1), "meeting_changed"))
    assert after["ATTENDEE"] == before["ATTENDEE"] and address_of(1) in after["ATTENDEE"]


def test_who_left_or_wants_no_more_mail_about_it_is_not_told(way_in: WayIn) -> None:
    with way_in.db.write() as work:
        opt_outs.opt_out(work, "m1", "mig-1", way_in.clock(), "mail")
        work.execute(t.member.update().where(t.member.c.member_id == "m2").values(ended_at=way_in.clock()))
    move(way_in)
    assert {row.member_id for row in way_in.outbox("meeting_changed")} == {"m3", "m4", "m5"}


def test_an_update_that_waited_too_long_or_was_overtaken_is_not_sent(way_in: WayIn) -> None:
    """R93."""
    move(way_in, where="Room 7")
    move(way_in, starts_at=None, where="Room 9")
    way_in.deliver()
    states = [(row.version, row.state) for row in way_in.outbox("meeting_changed") if row.member_id == "m1"]
    assert states == [("1-1", "suppressed"), ("1-2", "accepted")]
    change_meeting(way_in.office, "mig-1", Change(is_off=True), way_in.clock())
    way_in.clock.pass_((LATER - way_in.clock()).total_seconds() + 1)
    way_in.deliver()
    assert {row.detail for row in way_in.outbox("meeting_changed") if row.version == "1-3"} == {
        "the meeting is over, or was changed again"
    }


def test_words_in_answer_to_an_update_are_feedback(way_in: WayIn) -> None:
    move(way_in)
    way_in.deliver()
    [mail] = way_in.arrive(way_in.answer(1, "Five is too late for me.", to=way_in.sent(1, "meeting_changed")))
    assert (mail.verdict, mail.object_id) == ("feedback", "mig-1")


@pytest.mark.parametrize(
    ("what", "problem"),
    [
        pytest.param({"starts_at": datetime(2013, 6, 24, 12, tzinfo=UTC)}, "is over", id="a time that is over"),
        pytest.param({"starts_at": None, "where": "Room 5"}, "already", id="nothing changes"),
        pytest.param({"number": 2}, "which meeting", id="no such meeting"),
    ],
)
def test_what_can_not_be_is_said_and_nobody_is_told(way_in: WayIn, what: dict[str, Any], problem: str) -> None:
    with pytest.raises(InputError, match=problem):
        move(way_in, **what)
    assert way_in.outbox("meeting_changed") == []


def test_a_draft_is_changed_by_its_file(way_in: WayIn) -> None:
    draft = PROPOSAL.format(title="Second Group of All", liaison=LIAISON, organizer=ORGANIZER, more=MEETING)
    add_proposal(way_in.office, draft, way_in.clock())
    with pytest.raises(Refused, match="add its file again"):
        change_meeting(way_in.office, "mig-2", Change(starts_at=LATER), way_in.clock())
