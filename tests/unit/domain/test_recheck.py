from __future__ import annotations

import os
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.domain.model import LaunchState, NoticeState, ProposalState, SignatureState
from mailflow.domain.recheck import MOMENTS, RULES, table, why_not
from mailflow.domain.send_facts import SendFacts
from mailflow.service.notices import NOTICES

NOW = datetime(2013, 6, 24, 9, tzinfo=UTC)
LATER, EARLIER = NOW + timedelta(days=1), NOW - timedelta(seconds=1)

ANSWER = SendFacts("feedback_thanks", NOW, "mig-1")
NEWS = SendFacts("notice", NOW, "notice-1", is_to_many=True, notice_state=NoticeState.SENDING)
PROPOSAL = SendFacts(
    "proposal_open",
    NOW,
    "mig-1",
    is_to_many=True,
    proposal=ProposalState.FEEDBACK_OPEN,
    feedback_closes_at=LATER,
)
INVITATION = SendFacts(
    "petition_invitation",
    NOW,
    "mig-1",
    is_to_many=True,
    proposal=ProposalState.PETITION_OPEN,
    petition_closes_at=LATER,
)
CONFIRM = SendFacts("signature_confirm", NOW, "mig-1", signature=SignatureState.PENDING)
DELAY = SendFacts(
    "delay_notice",
    NOW,
    "notice-2",
    is_to_many=True,
    notice_state=NoticeState.SENDING,
    tells_of=date(2018, 5, 1),
    launch_id="launch-1",
    launch=LaunchState.DELAYED,
    planned_on=date(2018, 5, 1),
)
LAUNCHED = replace(DELAY, notice="launch_notice", launch=LaunchState.LAUNCHED, planned_on=date(2018, 5, 2))


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(ANSWER, "", id="an answer goes out"),
        pytest.param(replace(ANSWER, is_suppressed=True), "the address does not take mail", id="suppressed address"),
        pytest.param(replace(ANSWER, opt_outs=frozenset({"all"})), "", id="an answer to one who opted out goes out"),
        pytest.param(replace(ANSWER, has_left=True), "", id="an answer to one who left goes out"),
        pytest.param(NEWS, "", id="news goes out"),
        pytest.param(replace(NEWS, has_left=True), "the member has left", id="left meanwhile"),
        pytest.param(replace(NEWS, opt_outs=frozenset({"all"})), "the member opted out", id="opted out of all"),
        pytest.param(replace(NEWS, opt_outs=frozenset({"notice-1"})), "the member opted out", id="opted out of this"),
        pytest.param(replace(NEWS, opt_outs=frozenset({"mig-1"})), "", id="opted out of something else"),
        pytest.param(PROPOSAL, "", id="proposal still open"),
        pytest.param(
            replace(PROPOSAL, proposal=ProposalState.WITHDRAWN), "feedback is no longer open", id="proposal withdrawn"
        ),
        pytest.param(
            replace(PROPOSAL, feedback_closes_at=NOW),
            "the feedback window has closed",
            id="feedback closes this instant",
        ),
        pytest.param(replace(PROPOSAL, feedback_closes_at=None), "", id="proposal without an end"),
        pytest.param(replace(PROPOSAL, proposal=None), "feedback is no longer open", id="proposal gone"),
        pytest.param(INVITATION, "", id="petition collects"),
        pytest.param(
            replace(INVITATION, proposal=ProposalState.QUALIFIED), "", id="a qualified petition still collects"
        ),
        pytest.param(
            replace(INVITATION, proposal=ProposalState.CLOSED),
            "the petition no longer collects signatures",
            id="petition closed",
        ),
        pytest.param(
            replace(INVITATION, petition_closes_at=EARLIER), "the petition has closed", id="past the closing instant"
        ),
        pytest.param(
            replace(INVITATION, signature=SignatureState.VALIDATED), "the member has signed meanwhile", id="signed"
        ),
        pytest.param(
            replace(INVITATION, signature=SignatureState.NOT_IN_GOOD_STANDING),
            "the member has signed meanwhile",
            id="signed, not in good standing",
        ),
        pytest.param(
            replace(INVITATION, signature=SignatureState.PENDING), "", id="somebody signed in the name, unproved"
        ),
        pytest.param(replace(INVITATION, signature=SignatureState.WITHDRAWN), "", id="withdrew the signature"),
        pytest.param(CONFIRM, "", id="signature still pending"),
        pytest.param(
            replace(CONFIRM, signature=SignatureState.VALIDATED), "the signature is no longer pending", id="confirmed"
        ),
        pytest.param(replace(CONFIRM, signature=None), "the signature is no longer pending", id="no signature"),
        pytest.param(DELAY, "", id="delay still true"),
        pytest.param(
            replace(DELAY, notice_state=NoticeState.REPLACED), "a newer notice replaced this one", id="second slip"
        ),
        pytest.param(
            replace(DELAY, launch=LaunchState.LAUNCHED), "the launch has happened", id="delay notice after the launch"
        ),
        pytest.param(
            replace(DELAY, planned_on=date(2018, 6, 1)), "the launch has another date now", id="the date moved"
        ),
        pytest.param(replace(DELAY, planned_on=None), "the launch has another date now", id="the date was taken back"),
        pytest.param(
            replace(DELAY, opt_outs=frozenset({"launch-1"})), "the member opted out", id="opted out of the launch"
        ),
        pytest.param(LAUNCHED, "", id="launched"),
        pytest.param(
            replace(LAUNCHED, launch=LaunchState.FIRM), "the launch has not happened", id="launch notice too early"
        ),
    ],
)
def test_a_mail_is_checked_right_before_it_is_sent(facts: SendFacts, reason: str) -> None:
    """R93: still wanted, not superseded, not suppressed, not past its deadline."""
    assert why_not(facts) == reason


S = ProposalState
REMINDER = replace(INVITATION, notice="petition_reminder")
EXTENDED = replace(INVITATION, notice="window_extended", version=LATER.isoformat())
FOR_MORE = replace(PROPOSAL, notice="window_extended", version=LATER.isoformat())
NOTE = SendFacts("organizer_note", NOW, "mig-1", proposal=S.PETITION_OPEN, petition_closes_at=LATER)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        pytest.param(replace(PROPOSAL, notice="proposal_reminder"), "", id="a reminder of feedback"),
        pytest.param(
            replace(PROPOSAL, notice="proposal_reminder", has_spoken=True), "the member has answered", id="who wrote"
        ),
        pytest.param(
            replace(PROPOSAL, notice="proposal_reminder", feedback_closes_at=NOW), "window has closed", id="too late"
        ),
        pytest.param(REMINDER, "", id="a reminder to sign"),
        pytest.param(replace(REMINDER, has_spoken=True), "the member has answered", id="who declined"),
        pytest.param(replace(REMINDER, signature=SignatureState.VALIDATED), "has signed", id="who signed"),
        pytest.param(EXTENDED, "", id="more time to sign"),
        pytest.param(replace(EXTENDED, version=NOW.isoformat()), "moved again", id="extended once more"),
        pytest.param(
            replace(EXTENDED, version="2013-06-25T04:00:00-05:00"), "", id="the same instant, told in another zone"
        ),
        pytest.param(replace(EXTENDED, proposal=S.CLOSED), "no longer collects", id="closed early"),
        pytest.param(FOR_MORE, "", id="more time for feedback"),
        pytest.param(replace(FOR_MORE, version=NOW.isoformat()), "moved again", id="feedback extended once more"),
        pytest.param(
            SendFacts("signature_recorded", NOW, "mig-1", signature=SignatureState.WITHDRAWN),
            "does not stand",
            id="recorded, and withdrawn before the mail left",
        ),
        pytest.param(
            SendFacts("signature_recorded", NOW, "mig-1", signature=SignatureState.VALIDATED), "", id="recorded"
        ),
        pytest.param(
            SendFacts("signature_withdrawn", NOW, "mig-1", signature=SignatureState.VALIDATED),
            "has signed meanwhile",
            id="withdrawn, and signed again",
        ),
        pytest.param(SendFacts("was_that_you", NOW, "mig-1", is_settled=True), "is settled", id="nothing to ask"),
        pytest.param(SendFacts("unclear_ask", NOW, "mig-1"), "", id="still unclear"),
        pytest.param(
            SendFacts("outcome_approved", NOW, "mig-1", proposal=S.RETURNED), "does not stand", id="not approved"
        ),
        pytest.param(SendFacts("outcome_returned", NOW, "mig-1", proposal=S.APPROVED), "approved", id="not returned"),
        pytest.param(SendFacts("question", NOW, "mig-1", is_answered=True), "answered meanwhile", id="answered"),
        pytest.param(SendFacts("question_reminder", NOW, "mig-1"), "", id="a reminder of an open question"),
        pytest.param(
            SendFacts("question_reminder", NOW, "mig-1", is_answered=True),
            "answered meanwhile",
            id="a reminder of a question that was answered",
        ),
        pytest.param(SendFacts("alert", NOW, is_answered=True), "answered meanwhile", id="the owner, of a question"),
        pytest.param(SendFacts("alert", NOW, is_void=True), "goes on", id="the owner, of a mailing that goes on"),
        pytest.param(SendFacts("proposal_drafted", NOW, "mig-1", proposal=S.DRAFT), "", id="a draft that waits"),
        pytest.param(
            SendFacts("proposal_drafted", NOW, "mig-1", proposal=S.FEEDBACK_OPEN), "opened", id="a draft no more"
        ),
        pytest.param(SendFacts("open_question", NOW, "mig-1", proposal=S.FEEDBACK_CLOSED), "", id="Monday's question"),
        pytest.param(
            SendFacts("open_question", NOW, "mig-1", proposal=S.PETITION_OPEN), "nothing to open", id="open already"
        ),
        pytest.param(replace(INVITATION, notice="share_kit", proposal=S.CLOSED), "no longer collects", id="share kit"),
        pytest.param(
            SendFacts("petition_qualified", NOW, "mig-1", proposal=S.PETITION_OPEN),
            "not the signatures",
            id="qualified, until the statement was changed",
        ),
        pytest.param(replace(NOTE, version="milestone-50"), "", id="a milestone"),
        pytest.param(
            replace(NOTE, version="milestone-75", proposal=S.QUALIFIED), "qualified or closed", id="a milestone passed"
        ),
        pytest.param(replace(NOTE, version=f"extended-{LATER.isoformat()}"), "", id="the end that was told"),
        pytest.param(replace(NOTE, version=f"offer-{NOW.isoformat()}"), "was moved", id="more time was given"),
        pytest.param(replace(NOTE, version=f"counted-{NOW.isoformat()}"), "was moved", id="it goes on"),
        pytest.param(replace(NOTE, version="question-2013-06-24"), "nothing to open", id="it opened after all"),
        pytest.param(replace(NOTE, version="whatever-else"), "", id="another note"),
        pytest.param(SendFacts("overlap_found", NOW, "mig-1", proposal=S.WITHDRAWN), "no more", id="overlap"),
        pytest.param(SendFacts("renewal", NOW, "mig-1", proposal=S.REPORTED), "", id="a group that stands"),
        pytest.param(SendFacts("submission", NOW, "mig-1", proposal=S.RETURNED), "was returned", id="an old packet"),
        pytest.param(SendFacts("digest", NOW, is_void=True), "erased or settled", id="a digest of what is gone"),
        pytest.param(SendFacts("held_summary", NOW, is_void=True), "nothing waits", id="nothing is held any more"),
    ],
)
def test_what_made_a_mail_untrue_is_said(facts: SendFacts, reason: str) -> None:
    """R93: superseded, answered, over."""
    why = why_not(facts)
    assert why == reason if not reason else reason in why


def test_each_mail_has_a_rule_or_tells_of_a_moment() -> None:
    """R93: a new mail can't be forgotten."""
    assert NOTICES.keys() <= RULES.keys() | MOMENTS.keys()
    assert not RULES.keys() & MOMENTS.keys()


def test_the_page_of_the_documentation_is_drawn_from_the_rules() -> None:
    page = Path(__file__).parents[3] / "docs" / "recheck.md"
    drawn = "| mail | is not sent any more when | always true: it tells |\n|---|---|---|\n" + "".join(
        f"| {row['mail']} | {row['stops'] or '-'} | {row['tells'] or '-'} |\n" for row in table()
    )
    head, _, _ = page.read_text("utf-8").partition("| mail |")
    if os.environ.get("DRAW"):
        page.write_text(head + drawn, "utf-8")
    assert page.read_text("utf-8") == head + drawn
