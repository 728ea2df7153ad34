"""What leaves: every mail of every name with its headers, and nothing that is no longer true."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.domain.verification import Which
from mailflow.service import committee, launches
from mailflow.service.notices import NOTICES
from mailflow.service.owner_mail import alert_owner, tell_owner
from mailflow.service.petitions import open_petition
from mailflow.service.proposals import add_proposal, open_proposal
from mailflow.service.schedule import run_due
from mailflow.service.submitting import submit
from mailflow.service.verification import enter_signatures, invalidate
from tests.acceptance.way_in import (
    ADDRESS,
    LAUNCH,
    LIAISON,
    ORGANIZER,
    PETITION,
    PROPOSAL,
    WayIn,
    key_in,
    open_way_in,
    parsed,
    text_of,
)

COUNCIL = '[contacts.council]\nname = "Secretary"\nemail = "secretary@council.example.org"\n'
NAMED = "Diversity Member Initiative Group"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


def every_notice(folder: Path) -> WayIn:
    """An office that has sent a mail of every name that it knows."""
    way_in = open_way_in(folder, 10, threshold=2, roster={6: {"standing": "lapsed"}}, more=COUNCIL)
    way_in.arrive(
        way_in.answer(1, "I sign. When do you meet?"),
        way_in.answer(2, "SIGN", dmarc="none"),
        way_in.answer(2, "SIGN"),
        way_in.answer(3, "SIGN", to=b"", subject=NAMED, dmarc=None),
        way_in.answer(4, "I sign.", from_="stranger@else.example.org"),
        way_in.answer(5, "Hm, well."),
        way_in.answer(6, "SIGN"),
        way_in.answer(5, "When do you meet?"),
        way_in.answer(4, "No, I will not sign."),
        way_in.answer(5, "I think the group should meet on Fridays."),
        way_in.answer(4, "Please unsubscribe me."),
        way_in.answer("reader@else.example.org", "When do you open?", to=b""),
    )
    way_in.deliver()
    by_staff(way_in)
    way_in.arrive(
        way_in.answer(ORGANIZER, "On Fridays.", to=way_in.sent(ORGANIZER, "question"), from_=ORGANIZER),
        way_in.answer(2, "NOT ME", to=way_in.sent(2, "signature_recorded")),
        way_in.answer(1, "I withdraw my signature."),
    )
    document = PROPOSAL.format(
        title="Second Group", liaison=LIAISON, organizer=ORGANIZER, more="feedback.closes = 2013-07-10"
    )
    add_proposal(way_in.office, document, way_in.clock())
    open_proposal(way_in.office, "mig-2", way_in.clock())
    launch = launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    for move in (
        lambda: launches.slip(way_in.office, launch, None, "tests failed", way_in.clock()),
        lambda: launches.set_date(way_in.office, launch, date(2013, 8, 1), way_in.clock()),
        lambda: launches.launched(way_in.office, launch, way_in.clock()),
    ):
        launches.send_notice(way_in.office, move().id, way_in.clock())
        way_in.deliver()
    alert_owner(way_in.office, "A test.", [], "", "1", way_in.clock())
    tell_owner(way_in.office, way_in.clock())
    way_in.clock.pass_(86_400)
    run_due(way_in.office, way_in.clock())
    way_in.deliver()
    for words, to in (("status", "share_kit"), ("extend to July 31: a test", "share_kit"), ("yes", "command_confirm")):
        way_in.arrive(way_in.answer(ORGANIZER, words, to=way_in.sent(ORGANIZER, to)))
        way_in.deliver()
    for day in (8, 13, 15):
        # reminders, and the question whether the second group's petition shall open
        way_in.clock.at = datetime(2013, 7, day, 14, tzinfo=UTC)
        run_due(way_in.office, way_in.clock())
        way_in.deliver()
    way_in.clock.at += timedelta(days=30)
    way_in.arrive(way_in.answer(5, "SIGN"), way_in.answer(9, "YES", to=way_in.sent(9, "signature_confirm")))
    way_in.deliver()
    decided_twice(way_in)
    return way_in


def by_staff(way_in: WayIn) -> None:
    """A signature that nobody vouches for; one is entered from paper and taken out of the count again."""
    way_in.arrive(way_in.answer(9, "SIGN", dmarc="fail"))
    (way_in.folder / "paper.csv").write_text("member\nm10\n", "utf-8")
    enter_signatures(way_in.office, PETITION, way_in.folder / "paper.csv", way_in.clock())
    way_in.deliver()
    invalidate(way_in.office, PETITION, Which(frozenset({"m10"})), "a copy", way_in.clock())
    way_in.deliver()


def decided_twice(way_in: WayIn) -> None:
    """A petition that is like another one is submitted, returned, submitted again, approved and reported."""
    office, clock = way_in.office, way_in.clock
    for _ in range(2):
        document = PROPOSAL.format(title="Preservation of Paper", liaison=LIAISON, organizer=ORGANIZER, more="")
        petition = add_proposal(office, document.replace("petition.closes = 2013-07-21T16:30:00", ""), clock())
    open_petition(office, petition, clock())
    way_in.deliver()
    way_in.arrive(way_in.answer(2, "I sign"), way_in.answer(3, "I sign"))
    for is_approved in (False, True):
        submit(office, petition, clock(), to="committee@organization.example.org")
        way_in.deliver()
        committee.decide(office, petition, is_approved, "The first page.", "Kim Stone", None, "", clock())
        way_in.deliver()
    committee.report(office, petition, "", clock())
    way_in.clock.at += timedelta(days=366 * 3)
    run_due(office, clock())
    way_in.deliver()


def test_every_mail_that_leaves_says_that_a_machine_wrote_it_and_takes_no_machines_answer(tmp_path: Path) -> None:
    """R72, and the headers of the contract, on every template that leaves."""
    way_in = every_notice(tmp_path)
    rows = {row.key: row for row in way_in.outbox()}
    seen = set()
    for envelope in way_in.relay.offered:
        message = parsed(envelope.body)
        row = rows[key_in(message)]
        seen.add(row.notice)
        answers = (
            {"auto-replied", NOTICES[row.notice].auto_submitted}
            if row.is_answer
            else {"auto-generated", "auto-replied"}
        )
        assert message["Auto-Submitted"] in answers, row.notice
        assert (message["X-Auto-Response-Suppress"], message["X-Loop"]) == ("All", ADDRESS)
        assert message["Reply-To"] == envelope.mail_from == f"connect+{row.key}@lists.example.org"
        assert message["Message-ID"] == f"<{row.key}.x@lists.example.org>"
        assert message["List-Id"]
        assert message["Date"].datetime == row.message_date.replace(microsecond=0)
        assert text_of(message).strip()
        assert message.get_body(("html",)) is not None
        is_to_many = NOTICES[row.notice].to_many
        assert ("List-Unsubscribe" in message, "List-Unsubscribe-Post" in message) == (is_to_many, is_to_many), (
            row.notice
        )
    untold = {
        "notice",
        "notice_preview",
        "update_notice",
        "affirm_ask",
        "meeting_changed",
    }  # each has a test of its own
    untold |= {"proposal_missing", "proposal_received", "proposal_drafted", "question_reminder"}
    assert set(NOTICES) - seen - untold == set()


def test_a_delay_notice_that_waits_does_not_leave_after_the_launch(way_in: WayIn) -> None:
    """R93: end to end; the launch notice goes instead."""
    launch = launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    delay = launches.slip(way_in.office, launch, None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, delay.id, way_in.clock())
    done = launches.launched(way_in.office, launch, way_in.clock())
    launches.send_notice(way_in.office, done.id, way_in.clock())
    sent = way_in.deliver()
    rows = {row.key: row.notice for row in way_in.outbox()}
    assert {rows[key_in(envelope.body)] for envelope in sent} == {"launch_notice"}
    assert len(sent) == 6
    assert {(row.state, bool(row.detail)) for row in way_in.outbox("delay_notice")} == {("suppressed", True)}
