from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailflow.domain.model import LaunchState, NoticeState, ProposalState, SignatureState
from mailflow.domain.recheck import SendFacts, why_not

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
