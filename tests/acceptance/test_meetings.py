"""A proposal's meeting goes out as a calendar invitation; what three clients answer is listed for the organizer."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from mailflow.mail.calendar import read_answers
from mailflow.service.digests import preview_digest
from mailflow.service.proposals import show_proposal
from mailflow.store import tables as t
from tests.acceptance.way_in import ADDRESS, ORGANIZER, WayIn, address_of, home_of, key_in, open_way_in, parsed
from tests.calendar_answers import calendar_answer

UID = "mig-1.meeting-1@lists.example.org"
MEETINGS = """feedback.closes = 2013-07-10
[[meetings]]
starts = 2013-06-28T16:00:00
ends = 2013-06-28T17:00:00
where = "Room 5"
title = "Open house"
[[meetings]]
starts = 2013-07-05T16:00:00
title = "Second look"
[[meetings]]
starts = 2013-06-01T16:00:00
title = "Over already"
"""


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path, members=9, proposal=MEETINGS, is_petition=False)


def invited(way_in: WayIn, n: int) -> Any:
    return parsed(way_in.sent(n, "proposal_open"))


def reply_to(way_in: WayIn, n: int) -> str:
    return str(invited(way_in, n)["Reply-To"])


def answers(way_in: WayIn) -> dict[str, str]:
    return {row.member_id: row.answer for row in way_in.rows(t.meeting_answer)}


def test_the_proposals_mail_carries_an_invitation_for_each_meeting_to_come(way_in: WayIn) -> None:
    mail = invited(way_in, 1)
    calendars = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert len(calendars) == 2
    alternatives = next(part for part in mail.walk() if part.get_content_type() == "multipart/alternative")
    kinds = [part.get_content_type() for part in alternatives.iter_parts()]
    assert kinds == ["text/plain", "text/html", "text/calendar"]
    text = calendars[0].get_content().replace("\r\n ", "").replace("\n ", "")
    assert calendars[0].get_param("method") == "REQUEST"
    for line in (f"UID:{UID}", "DTSTART:20130628T210000Z", "DTEND:20130628T220000Z", "LOCATION:Room 5"):
        assert line in text
    assert f"mailto:{reply_to(way_in, 1)}" in text, "a calendar answers to the key of this mail"
    assert f"mailto:{address_of(1)}" in text
    assert calendars[1].get_filename() == "meeting-2.ics"


def test_the_invitation_of_a_meeting_has_one_uid_for_all(way_in: WayIn) -> None:
    uids = {line for n in (1, 2) for part in invited(way_in, n).walk() if part.get_content_type() == "text/calendar"
            for line in part.get_content().splitlines() if line.startswith("UID:")}  # fmt: skip
    assert uids == {f"UID:{UID}", "UID:mig-1.meeting-2@lists.example.org"}


def test_answers_of_three_clients_are_listed_and_never_answered(way_in: WayIn) -> None:
    """R72: a calendar's answer is a machine's."""
    rows = way_in.arrive(
        calendar_answer("outlook", "ACCEPTED", UID, address_of(1), "Robin", reply_to(way_in, 1), 1),
        calendar_answer("google", "DECLINED", UID, address_of(2), "Robin", reply_to(way_in, 2), 2),
        calendar_answer("apple", "TENTATIVE", UID, address_of(3), "Robin", reply_to(way_in, 3), 3),
        calendar_answer("apple", "ACCEPTED", UID, address_of(4), "Robin", reply_to(way_in, 4), 4),
    )
    assert [(row.verdict, row.state, row.is_stray) for row in rows] == [("automatic", "read", False)] * 4
    assert answers(way_in) == {"m1": "accepted", "m2": "declined", "m3": "tentative", "m4": "accepted"}
    assert way_in.deliver() == []
    shown = preview_digest(way_in.office, ORGANIZER, way_in.clock())
    assert "- 2 will come: Robin Sample1, Robin Sample4" in shown["text"]
    assert "- 1 may come: Robin Sample3" in shown["text"]
    assert "- 1 will not come: Robin Sample2" in shown["text"]
    [first, *_] = show_proposal(way_in.office, "mig-1")["meetings"]
    assert (first["title"], first["declined"]) == ("Open house", ["Robin Sample2"])


def test_a_change_of_mind_counts_and_the_same_mail_twice_changes_nothing(way_in: WayIn) -> None:
    yes = calendar_answer("google", "ACCEPTED", UID, address_of(1), "Robin", reply_to(way_in, 1), 1)
    way_in.arrive(yes)
    way_in.clock.pass_(60)
    way_in.arrive(calendar_answer("google", "DECLINED", UID, address_of(1), "Robin", reply_to(way_in, 1), 2))
    way_in.clock.pass_(60)
    way_in.arrive(yes)
    assert answers(way_in) == {"m1": "declined"}


@pytest.mark.parametrize(
    ("sender", "uid", "to", "noted"),
    [
        pytest.param(home_of(1), UID, ADDRESS, {"m1": "accepted"}, id="no key, the UID and the From of a member"),
        pytest.param("x@example.org", UID, ADDRESS, {}, id="no key, nobody's address"),
        pytest.param(address_of(1), "meeting@elsewhere.example.org", ADDRESS, {}, id="somebody else's meeting"),
        pytest.param("x@example.org", UID, "KEY", {}, id="forwarded: a member's key, nobody's address"),
        pytest.param(address_of(2), UID, "KEY", {"m2": "accepted"}, id="another member's key: the From says who"),
        pytest.param(address_of(1), "A1B2C3", "KEY", {"m1": "accepted"}, id="a client that made a UID of its own"),
    ],
)
def test_whose_answer_it_is(way_in: WayIn, sender: str, uid: str, to: str, noted: dict[str, str]) -> None:
    at = reply_to(way_in, 1) if to == "KEY" else to
    [row] = way_in.arrive(calendar_answer("apple", "ACCEPTED", uid, sender, "Robin", at))
    assert row.verdict in {"automatic", "not_ours"}
    assert answers(way_in) == noted


def test_an_answer_signs_nothing_and_is_no_feedback(way_in: WayIn) -> None:
    [row] = way_in.arrive(calendar_answer("google", "ACCEPTED", UID, address_of(1), "Robin", reply_to(way_in, 1)))
    assert (way_in.rows(t.signature), way_in.rows(t.feedback)) == ([], [])
    assert row.key == key_in(way_in.sent(1, "proposal_open"))
    assert read_answers("") == ()
