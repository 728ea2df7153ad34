"""A group's end: nudges nine, six and three months before, a prefilled draft, and its signatories invited again."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mailflow.domain.model import ProposalState
from mailflow.errors import Refused
from mailflow.service import committee
from mailflow.service.petitions import open_petition, show_petition
from mailflow.service.proposals import show_proposal
from mailflow.service.renewal import draft_renewal
from mailflow.service.schedule import run_due
from mailflow.service.submitting import submit
from tests.acceptance.way_in import LIAISON, ORGANIZER, PETITION, TITLE, WayIn, open_way_in, parsed, text_of

KIND = '2\nrenewed_as = "mig-renewal"'
MORE = '[kinds.mig-renewal]\ntitle = "Renewal"\nact = "I ask that it go on."\nthreshold = 2\n'


@pytest.fixture
def office(tmp_path: Path) -> WayIn:
    """Approved at the meeting of August 12, 2013, recorded two days later."""
    way_in = open_way_in(tmp_path, threshold=KIND, more=MORE)
    way_in.arrive(way_in.answer(1, "I sign"), way_in.answer(2, "I sign"))
    submit(way_in.office, PETITION, way_in.clock(), to="committee@organization.example.org")
    recorded_at = datetime(2013, 8, 14, 15, tzinfo=UTC)
    way_in.clock.at = recorded_at
    committee.decide(way_in.office, PETITION, True, "", "Kim", date(2013, 8, 12), "", recorded_at)
    committee.report(way_in.office, PETITION, "", recorded_at)
    way_in.deliver()
    return way_in


def on(way_in: WayIn, year: int, month: int, day: int) -> list[str]:
    """Let the clock come to a morning; gives the versions of the nudges that the organizer was sent until then."""
    way_in.clock.at = datetime(year, month, day, 15, tzinfo=UTC)
    run_due(way_in.office, way_in.clock())
    run_due(way_in.office, way_in.clock())
    way_in.deliver()
    return [row.version for row in way_in.outbox("renewal") if row.address == ORGANIZER]


def state_of(way_in: WayIn, petition: str = PETITION) -> str:
    return str(show_petition(way_in.office, petition)["state"])


def test_organizers_and_liaison_are_nudged_nine_six_and_three_months_before_and_at_the_end(office: WayIn) -> None:
    assert on(office, 2015, 11, 11) == []
    assert on(office, 2015, 11, 12) == ["renewal-9"]
    words = text_of(parsed(office.sent(LIAISON, "renewal")))
    assert "Friday, August 12, 2016, in 9 months" in words and f"mailflow proposal renew {PETITION}" in words
    assert on(office, 2016, 2, 12) == ["renewal-9", "renewal-6"]
    assert on(office, 2016, 5, 12) == ["renewal-9", "renewal-6", "renewal-3"]
    assert state_of(office) == ProposalState.REPORTED
    assert on(office, 2016, 8, 12) == ["renewal-9", "renewal-6", "renewal-3", "renewal-0"]
    assert state_of(office) == ProposalState.RENEWAL_DUE
    assert len(on(office, 2017, 1, 1)) == 4


def test_after_a_long_pause_the_latest_nudge_alone_goes_out(office: WayIn) -> None:
    assert on(office, 2016, 6, 1) == ["renewal-3"]


def test_the_draft_is_prefilled_and_its_signatories_are_invited_when_it_is_opened(office: WayIn) -> None:
    on(office, 2015, 11, 12)
    new = draft_renewal(office.office, PETITION, office.clock())
    assert new == "mig-renewal-1" == draft_renewal(office.office, PETITION, office.clock())
    before, draft = show_proposal(office.office, PETITION), show_proposal(office.office, new)
    assert draft["title"] == f"Renewal: {TITLE}" and draft["state"] == ProposalState.DRAFT
    assert draft["statement_sha256"] == before["statement_sha256"] and draft["organizers"] == before["organizers"]
    assert show_petition(office.office, new)["act"] == "I ask that it go on."
    open_petition(office.office, new, office.clock())
    invited = [row.member_id for row in office.outbox("petition_invitation") if row.object_id == new]
    assert invited == ["m1", "m2"]
    office.deliver()
    office.arrive(office.answer(1, "I sign"))
    assert show_petition(office.office, new)["tally"]["validated"] == 1
    assert show_petition(office.office, PETITION)["tally"]["validated"] == 2


def test_a_nudge_names_the_draft_and_none_goes_out_once_it_is_open(office: WayIn) -> None:
    new = draft_renewal(office.office, PETITION, office.clock())
    on(office, 2015, 11, 12)
    assert f"The draft of the renewal is there: {new}" in text_of(parsed(office.sent(ORGANIZER, "renewal")))
    open_petition(office.office, new, office.clock())
    assert on(office, 2016, 2, 12) == ["renewal-9"]


def test_what_was_not_approved_is_not_renewed(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path)
    with pytest.raises(Refused, match="mig-1 is petition_open"):
        draft_renewal(way_in.office, PETITION, way_in.clock())


def test_a_kind_that_lasts_for_ever_is_never_nudged(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, threshold="1\nlasts_years = 0")
    way_in.arrive(way_in.answer(1, "I sign"))
    submit(way_in.office, PETITION, way_in.clock(), to="committee@organization.example.org")
    committee.decide(way_in.office, PETITION, True, "", "Kim", None, "", way_in.clock())
    assert on(way_in, 2020, 1, 1) == []
