"""What was signed in time and is confirmed after the close: until when a yes counts, and what waits for it (R67)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.service.roster import import_members
from tests.acceptance.test_clock import note, tick
from tests.acceptance.way_in import ORGANIZER, WayIn, open_way_in, parsed, roster_of, text_of

CLOSES = datetime(2013, 7, 21, 21, 30, tzinfo=UTC)
ENDS = CLOSES + timedelta(hours=72)
SECOND = timedelta(seconds=1)


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    """Two are needed: one has signed, and of two others nobody knows whether they wrote what came before the close."""
    way_in = open_way_in(tmp_path, threshold=2)
    way_in.arrive(way_in.answer(1, "SIGN"))
    way_in.clock.at = CLOSES - SECOND
    subject = "Re: Diversity Member Initiative Group"
    way_in.arrive(*(way_in.answer(n, "I sign", to=b"", subject=subject, dmarc="none") for n in (2, 3)))
    way_in.deliver()
    return way_in


def confirm(way_in: WayIn, n: int, when: datetime) -> str:
    row = way_in.arrive(way_in.answer(n, "YES", to=way_in.sent(n, "signature_confirm")), at=when)[0]
    way_in.deliver()
    return str(row.verdict)


def test_a_yes_within_the_hours_for_it_counts_and_the_day_of_the_sign_stays(way_in: WayIn) -> None:
    """R67: asked for in time, confirmed at the last second for it; read later still."""
    asked = " ".join(text_of(parsed(way_in.sent(2, "signature_confirm"))).split())
    assert "answer this mail with YES by Wednesday, July 24, 2013, 4:30 PM (Chicago time)" in asked
    tick(way_in, CLOSES)
    way_in.clock.at = ENDS + timedelta(hours=2)
    assert confirm(way_in, 2, ENDS - SECOND) == "signed"
    assert way_in.signatures["m2"]["signed_at"] == CLOSES - SECOND
    assert way_in.petition["qualified_at"] is not None
    assert confirm(way_in, 3, ENDS) == "window_closed"
    assert way_in.tally == {"signed": 2, "validated": 2, "pending": 1}
    late = " ".join(text_of(parsed(way_in.sent(3, "confirmation_late"))).split())
    assert "A confirmation was taken until Wednesday, July 24, 2013, 4:30 PM" in late


def test_a_petition_does_not_lapse_while_a_yes_can_still_bring_what_it_needs(way_in: WayIn) -> None:
    tick(way_in, CLOSES)
    assert ("organizer_note", ORGANIZER) in tick(way_in, CLOSES + timedelta(hours=2))
    assert way_in.petition["state"] == "closed"
    said = " ".join(note(way_in).split())
    assert "Closed, and confirmations are awaited" in said
    assert "1 signed, 1 of them count; 2 wait for a confirmation" in said
    assert "until Wednesday, July 24, 2013, 4:30 PM (Chicago time)" in said
    tick(way_in, ENDS + timedelta(hours=1), is_read=False)
    assert way_in.petition["state"] == "closed"  # nobody has read the mailbox since
    tick(way_in, ENDS + timedelta(hours=2))
    assert way_in.petition["state"] == "lapsed"


def test_a_yes_that_brings_what_it_needs_is_told(way_in: WayIn) -> None:
    tick(way_in, CLOSES + timedelta(hours=2))
    way_in.clock.at = CLOSES + timedelta(hours=20)
    confirm(way_in, 3, way_in.clock())
    assert ("organizer_note", ORGANIZER) in tick(way_in, CLOSES + timedelta(hours=21))
    assert "Closed with the signatures it needs" in note(way_in)
    assert way_in.petition["state"] == "closed"


def test_a_yes_that_can_bring_nothing_is_not_waited_for(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, threshold=4)
    way_in.clock.at = CLOSES - SECOND
    way_in.arrive(way_in.answer(2, "I sign", dmarc="fail"))
    way_in.deliver()
    tick(way_in, CLOSES)
    tick(way_in, CLOSES + timedelta(hours=2))
    assert way_in.petition["state"] == "lapsed"
    assert confirm(way_in, 2, CLOSES + timedelta(hours=3)) == "window_closed"
    assert way_in.tally == {"pending": 1}


def test_standing_is_that_of_the_day_of_the_sign(way_in: WayIn) -> None:
    """R64: who is paid through the day of the SIGN and confirms on the next counts."""
    path = way_in.folder / "again.csv"
    path.write_text(roster_of(6, {2: {"paid_through": "2013-07-21"}}), "utf-8")
    import_members(way_in.db, path, way_in.clock() - timedelta(hours=1))
    tick(way_in, CLOSES)
    assert confirm(way_in, 2, CLOSES + timedelta(hours=24)) == "signed"
    assert way_in.signatures["m2"]["standing"] == "good, paid through 2013-07-21, on 2013-07-21"
