"""The story of a member group, lived from the first mail to Council: every act is a mail, the test moves the clock.

At the dates of 2013, and across the end of daylight saving time; approved at once, and returned and mended.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.app import open_office
from mailflow.service import evidence
from mailflow.service.proposals import show_proposal
from mailflow.service.roster import import_members
from mailflow.store import migrate
from mailflow.store.engine import connect
from tests.acceptance.databases import database_url
from tests.acceptance.outbox_house import FakeClock
from tests.acceptance.test_clock import members, tick
from tests.acceptance.way_in import (
    LIAISON,
    PETITION,
    TITLE,
    WayIn,
    address_of,
    parsed,
    roster_of,
    settings_for,
    text_of,
)

COO, COUNCIL = "coo@staff.example.org", "secretary@council.example.org"
ALEX = address_of(1)
EVERYBODY = range(1, 9)
CONTACTS = f"""
[contacts.liaison]
name = "Michelle Harrell Washington"
email = "{LIAISON}"
[contacts.committee]
name = "Committee on Organization"
email = "{COO}"
[contacts.council]
name = "Secretary of Council"
email = "{COUNCIL}"
"""
PROPOSAL = """+++
kind = "mig"
title = "{title}"
author = {{name = "Alexandra Rivera"}}
staff_liaison = {{name = "Michelle Harrell Washington", email = "{liaison}"}}
online_document = "https://docs.example.org/diversity"
feedback.closes = {feedback}
petition.opens = "by organizer"
petition.closes = {closes}
[[organizers]]
name = "Alexandra Rivera"
email = "{alex}"
address = "7 Hidden Lane"
+++
We ask that a group be formed whose members learn from each other.
"""


@dataclass(frozen=True)
class Season:
    """When things happen: what the proposal says in civil time, and the instants that follow."""

    mailed_at: datetime
    feedback: str
    feedback_ends: datetime
    deadline_words: str
    monday: datetime
    closes: str
    closes_at: datetime


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


JUNE = Season(
    at(2013, 6, 3, 15),
    "2013-06-23",
    at(2013, 6, 24, 5),
    "Sunday, June 23, 2013",
    at(2013, 6, 24, 14),
    "2013-07-21T16:30:00",
    at(2013, 7, 21, 21, 30),
)
# the clocks go back on November 3: that Sunday has 25 hours, and all of them belong to the window
NOVEMBER = Season(
    at(2013, 10, 14, 15),
    "2013-11-03",
    at(2013, 11, 4, 6),
    "Sunday, November 3, 2013",
    at(2013, 11, 4, 15),
    "2013-12-01T16:30:00",
    at(2013, 12, 1, 22, 30),
)


def open_house(folder: Path, now: datetime) -> WayIn:
    """An association with eight members and no proposal; the fifth member's dues have lapsed."""
    settings = settings_for(folder, threshold=3, more=CONTACTS)
    settings = replace(settings, database=replace(settings.database, url=database_url(folder)))
    db = connect(settings.database.url)
    migrate.upgrade(db)
    changes = {1: {"name": "Alexandra Rivera", "postal_address": "7 Hidden Lane"}, 5: {"standing": "lapsed"}}
    (folder / "roster.csv").write_text(roster_of(len(EVERYBODY), changes), "utf-8")
    import_members(db, folder / "roster.csv", now - timedelta(days=30))
    return WayIn(folder, open_office(db, settings), FakeClock(now))


def reply(house: WayIn, who: int | str, words: str, notice: str, when: datetime | None = None) -> str:
    """Somebody answers the last mail of that name; gives what was made of it, and sends what follows."""
    address = address_of(who) if isinstance(who, int) else who
    row = house.arrive(house.answer(who, words, to=house.sent(address, notice)), at=when)[0]
    house.deliver()
    return str(row.verdict)


def told(house: WayIn, who: int | str, notice: str) -> str:
    """The words of the last mail of that name, on one line."""
    address = address_of(who) if isinstance(who, int) else who
    return " ".join(text_of(parsed(house.sent(address, notice))).split())


def recipients(house: WayIn, notice: str) -> list[str]:
    return sorted(row.address for row in house.outbox(notice))


def state(house: WayIn) -> str:
    return str(house.petition["state"])


def propose(house: WayIn, season: Season) -> None:
    """The proposal comes by mail; the liaison says yes, and every member is asked for feedback."""
    words = PROPOSAL.format(title=TITLE, liaison=LIAISON, feedback=season.feedback, closes=season.closes, alex=ALEX)
    row = house.arrive(house.answer(1, words, to=b"", subject="Our proposal"))[0]
    house.deliver()
    assert row.verdict == "proposed"
    assert recipients(house, "proposal_drafted")[:1] == [LIAISON], told(house, 1, "proposal_missing")
    assert state(house) == "draft"
    assert recipients(house, "proposal_open") == []
    reply(house, LIAISON, "Yes", "proposal_drafted")
    assert state(house) == "feedback_open"
    assert recipients(house, "proposal_open") == members(*EVERYBODY)
    asked = told(house, 4, "proposal_open")
    for said in (season.deadline_words, "https://docs.example.org/diversity", "We ask that a group be formed"):
        assert said in asked
    assert "Hidden Lane" not in asked
    assert ALEX not in asked


def gather_feedback(house: WayIn, season: Season) -> None:
    """The last minute of the last day is in time, the next one is late, kept and told."""
    house.clock.at = season.mailed_at + timedelta(days=7)
    assert reply(house, 2, "I would join such a group.", "proposal_open") == "feedback"
    house.clock.at = season.feedback_ends - timedelta(minutes=1)
    assert reply(house, 3, "Good, but meet online.", "proposal_open") == "feedback"
    tick(house, season.feedback_ends)
    assert state(house) == "feedback_closed"
    house.clock.at = season.feedback_ends + timedelta(hours=2)
    reply(house, 4, "Sorry to be late: I like it.", "proposal_open", when=season.feedback_ends)
    shown = show_proposal(house.office, PETITION)
    assert {f["member_id"]: f["late"] for f in shown["feedback"]} == {"m2": False, "m3": False, "m4": True}
    assert shown["feedback_closes_at"] == season.feedback_ends


def open_on_monday(house: WayIn, season: Season) -> None:
    """At nine on the Monday the organizer is asked, and opens with a word."""
    assert ("open_question", ALEX) not in tick(house, season.monday - timedelta(minutes=1))
    assert ("open_question", ALEX) in tick(house, season.monday)
    reply(house, 1, "Open", "open_question")
    assert state(house) == "petition_open"
    assert recipients(house, "petition_invitation") == members(*EVERYBODY)
    assert house.petition["closes_at"] == season.closes_at


def sign(house: WayIn, season: Season) -> None:
    """Three sign and count, one is lapsed, one says no, one changes their mind; the clock closes it."""
    house.clock.at = season.monday + timedelta(days=1)
    verdicts = [reply(house, n, "SIGN", "petition_invitation") for n in (2, 3, 5)]
    assert verdicts == ["signed", "signed", "not_in_good_standing"]
    assert reply(house, 6, "No, thank you.", "petition_invitation") == "declined"
    assert state(house) == "petition_open"
    assert reply(house, 4, "SIGN", "petition_invitation") == "signed"
    assert state(house) == "qualified"
    assert ALEX in recipients(house, "petition_qualified")
    reply(house, 7, "SIGN", "petition_invitation")
    assert reply(house, 7, "I withdraw my signature.", "signature_recorded") == "withdrawn"
    assert house.tally == {"signed": 4, "validated": 3, "not_in_good_standing": 1, "withdrawn": 1}
    tick(house, season.closes_at - timedelta(minutes=1))
    assert state(house) == "qualified"
    tick(house, season.closes_at)
    assert state(house) == "closed"
    assert reply(house, 8, "SIGN", "petition_invitation", when=season.closes_at) == "window_closed"


def hand_in(house: WayIn, notice: str) -> None:
    """An organizer submits it in answer to a mail, after a yes; the committee has the packet and says so.

    notice: the mail that is answered.
    """
    tick(house, house.clock() + timedelta(days=1))
    sent = len(house.outbox("submission"))
    reply(house, 1, "Submit: checked by Kim Stone", notice)
    for said in ("Submit it?", "At least 3 signatures of members in good standing: met (3 that count)", "Kim Stone"):
        assert said in told(house, 1, "command_confirm")
    reply(house, 1, "Yes", "command_confirm")
    assert len(house.outbox("submission")) == sent
    assert {("submission", COO), ("submission", LIAISON)} <= set(tick(house, house.clock() + timedelta(minutes=1)))
    assert state(house) == "submitted"
    assert ALEX in recipients(house, "submission_told")
    assert "3 signatures" in told(house, COO, "submission")
    assert "Robin Sample" not in told(house, 1, "submission_told")
    reply(house, COO, "Acknowledged", "submission")
    assert state(house) == "acknowledged"


def decide(house: WayIn, words: str, then: str, notice: str) -> None:
    """The committee decides by mail, after a yes to the preview; who signed and who organizes is told."""
    before = state(house)
    reply(house, COO, words, "submission")
    assert state(house) == before
    reply(house, COO, "yes", "command_confirm")
    assert state(house) == then
    assert set(members(2, 3, 4)) <= set(recipients(house, notice))
    assert address_of(6) not in recipients(house, notice)
    assert ALEX in recipients(house, "outcome_told")


@pytest.mark.parametrize("is_returned", [False, True], ids=["approved at once", "returned and submitted again"])
@pytest.mark.parametrize("season", [JUNE, NOVEMBER], ids=["June 2013", "across the end of DST"])
def test_from_a_proposal_by_mail_to_council(tmp_path: Path, season: Season, is_returned: bool) -> None:
    house = open_house(tmp_path, season.mailed_at)
    propose(house, season)
    gather_feedback(house, season)
    open_on_monday(house, season)
    sign(house, season)
    hand_in(house, "petition_qualified")
    if is_returned:
        decide(house, "return: say who may join", "returned", "outcome_returned")
        assert "say who may join" in told(house, 2, "outcome_returned")
        hand_in(house, "outcome_told")
    decide(house, "approve: 7 to 1", "approved", "outcome_approved")
    assert "7 to 1" in told(house, 3, "outcome_approved")
    assert "REPORTED" in told(house, COUNCIL, "outcome_told")
    reply(house, LIAISON, "Reported", "outcome_told")
    assert state(house) == "reported"
    report = told(house, COUNCIL, "council_report")
    assert TITLE in report
    assert "Hidden Lane" not in report
    acts = [event["act"] for event in show_proposal(house.office, PETITION)["history"]]
    order = [
        "open feedback",
        "close feedback",
        "open the petition",
        "close the petition",
        "submit",
        "approve",
        "report",
    ]
    assert [act for act in acts if act in order and act != "submit"] == [act for act in order if act != "submit"]
    assert acts.count("submit") == 1 + is_returned
    assert evidence.verify(house.office)["is_whole"]
    house.db.close()
