"""What a reply does to a signature: one row a rung of the ladder (design rules 3 to 5)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from mailflow.domain.decide import decide_reply
from mailflow.domain.facts import ReplyFacts
from mailflow.domain.model import Proof, Proposal, ProposalState, SignatureState
from mailflow.domain.outcome import ChangeSignature, MailState, OptOut, PutSignature, Verdict
from mailflow.domain.reading import Dmarc, Intent
from tests.unit.domain.cast import ANN, BOB, CLOSES, CY, OPENED, PETITION, SIGN, key_of, says, signed

S = SignatureState
SECOND = timedelta(seconds=1)
FORGED = replace(SIGN, dmarc=Dmarc.FAIL)
CLOSED = replace(PETITION, state=ProposalState.CLOSED)
CONFIRM_ENDS = CLOSES + timedelta(hours=72)
BARE = replace(SIGN, key=None, owner=None, item=None, dmarc=Dmarc.UNKNOWN)
LAPSED = replace(SIGN, key=key_of(CY), owner=CY, senders=(CY,))
CONFIRM = replace(SIGN, key=key_of(ANN, "signature_confirm"))


def with_intent(facts: ReplyFacts, intent: Intent, **more: bool) -> ReplyFacts:
    return replace(facts, reading=says(intent, **more))


def confirming(arrived_at: datetime, petition: Proposal = CLOSED) -> ReplyFacts:
    """A yes to the confirmation of a signature that was asked for before the close."""
    return replace(signed(CONFIRM, S.PENDING), arrived_at=arrived_at, item=petition, windows=())


@pytest.mark.parametrize(
    ("facts", "verdict", "state", "notice"),
    [
        pytest.param(SIGN, Verdict.SIGNED, S.VALIDATED, "signature_recorded", id="member in good standing"),
        pytest.param(FORGED, Verdict.PENDING, S.PENDING, "signature_confirm", id="R49 key with a forged From"),
        pytest.param(BARE, Verdict.PENDING, S.PENDING, "signature_confirm", id="a bare From"),
        pytest.param(
            LAPSED, Verdict.NOT_IN_STANDING, S.NOT_IN_GOOD_STANDING, "signature_not_in_standing", id="R64 lapsed"
        ),
        pytest.param(signed(SIGN), Verdict.ALREADY_SIGNED, None, "signature_already", id="R51 signed before"),
        pytest.param(
            signed(CONFIRM, S.PENDING), Verdict.SIGNED, S.VALIDATED, "signature_recorded", id="the confirming yes"
        ),
        pytest.param(signed(SIGN, S.WITHDRAWN), Verdict.SIGNED, S.VALIDATED, "signature_recorded", id="signs again"),
        pytest.param(
            replace(SIGN, arrived_at=CLOSES), Verdict.WINDOW_CLOSED, None, "petition_closed", id="R67 at the close"
        ),
        pytest.param(
            replace(SIGN, arrived_at=CLOSES - SECOND),
            Verdict.SIGNED,
            S.VALIDATED,
            "signature_recorded",
            id="R67 a second before the close",
        ),
        pytest.param(
            replace(SIGN, arrived_at=CLOSES - SECOND, item=replace(PETITION, state=ProposalState.CLOSED)),
            Verdict.SIGNED,
            S.VALIDATED,
            "signature_recorded",
            id="R67 arrived in time, read after the close",
        ),
        pytest.param(
            confirming(CLOSES), Verdict.SIGNED, S.VALIDATED, "signature_recorded", id="R67 confirmed at the close"
        ),
        pytest.param(
            confirming(CONFIRM_ENDS - SECOND),
            Verdict.SIGNED,
            S.VALIDATED,
            "signature_recorded",
            id="R67 confirmed a second before the hours for it end",
        ),
        pytest.param(
            confirming(CONFIRM_ENDS), Verdict.WINDOW_CLOSED, None, "confirmation_late", id="R67 confirmed too late"
        ),
        pytest.param(
            confirming(CLOSES + SECOND, replace(CLOSED, kind=replace(CLOSED.kind, undo_hours=0))),
            Verdict.SIGNED,
            S.VALIDATED,
            "signature_recorded",
            id="without hours to undo, the grace for mail in transit remains",
        ),
        pytest.param(
            confirming(CLOSES + SECOND, replace(CLOSED, state=ProposalState.SUBMITTED)),
            Verdict.WINDOW_CLOSED,
            None,
            "confirmation_late",
            id="confirmed when the committee has it",
        ),
        pytest.param(
            replace(SIGN, arrived_at=OPENED - SECOND),
            Verdict.WINDOW_CLOSED,
            None,
            "petition_closed",
            id="R67 a second before it opened",
        ),
    ],
)
def test_verdict_of_a_signature(facts: ReplyFacts, verdict: Verdict, state: SignatureState | None, notice: str) -> None:
    outcome = decide_reply(facts)
    assert outcome.verdict is verdict
    assert [r.signature.state for r in outcome.records if isinstance(r, PutSignature)] == ([state] if state else [])
    assert [owed.notice for owed in outcome.owed] == [notice]
    assert outcome.state is MailState.READ


@pytest.mark.parametrize(
    ("facts", "verdict", "to"),
    [
        pytest.param(signed(with_intent(SIGN, Intent.WITHDRAW)), Verdict.WITHDRAWN, S.WITHDRAWN, id="R65 withdrawal"),
        pytest.param(
            signed(with_intent(SIGN, Intent.WITHDRAW, undoes=True)), Verdict.UNDONE, S.INVALIDATED, id="NOT ME"
        ),
        pytest.param(
            signed(with_intent(CONFIRM, Intent.DECLINE), S.PENDING), Verdict.DECLINED, S.WITHDRAWN, id="no to 'do you?'"
        ),
        pytest.param(with_intent(SIGN, Intent.WITHDRAW), Verdict.DECLINED, None, id="nothing to withdraw"),
        pytest.param(with_intent(SIGN, Intent.DECLINE), Verdict.DECLINED, None, id="an explicit no"),
        pytest.param(signed(with_intent(SIGN, Intent.DECLINE)), Verdict.ASKED, None, id="signed, then a no: asked"),
        pytest.param(
            signed(with_intent(FORGED, Intent.WITHDRAW)), Verdict.NOT_PROVED, None, id="R49 a forged withdrawal"
        ),
        pytest.param(
            replace(signed(with_intent(SIGN, Intent.WITHDRAW)), item=replace(PETITION, state=ProposalState.SUBMITTED)),
            Verdict.WINDOW_CLOSED,
            None,
            id="after submission a person decides",
        ),
    ],
)
def test_verdict_of_taking_back(facts: ReplyFacts, verdict: Verdict, to: SignatureState | None) -> None:
    outcome = decide_reply(facts)
    assert outcome.verdict is verdict
    assert [r.to for r in outcome.records if isinstance(r, ChangeSignature)] == ([to] if to else [])


@pytest.mark.parametrize(
    ("dmarc", "is_told"),
    [
        pytest.param(Dmarc.PASS, False, id="her address is vouched for"),
        pytest.param(Dmarc.UNKNOWN, True, id="nobody looked"),
        pytest.param(Dmarc.NONE, True, id="her domain has no policy"),
    ],
)
def test_a_key_alone_proves_a_mail_not_a_person_so_the_address_on_file_can_undo(dmarc: Dmarc, is_told: bool) -> None:
    outcome = decide_reply(replace(SIGN, dmarc=dmarc))
    assert outcome.owed[0].facts["undo"] is is_told
    record = outcome.records[0]
    assert isinstance(record, PutSignature)
    assert (record.signature.undo_until is not None) is is_told


def test_r75_nothing_of_an_unproved_mail_stands_in_our_answer() -> None:
    hostile = replace(BARE, subject="MARKER", new_text="SIGN MARKER", message_id="<MARKER@example.org>")
    for facts in (hostile, replace(hostile, reading=says(Intent.COMMENT), named=(PETITION,))):
        outcome = decide_reply(facts)
        assert outcome.owed
        assert "MARKER" not in repr(outcome.owed)


def test_r52_a_forwarded_key_changes_nothing_and_its_owner_is_asked() -> None:
    stranger = replace(SIGN, senders=(), from_address="colleague@else.example.net", new_text="SIGN MARKER")
    outcome = decide_reply(stranger)
    assert (outcome.verdict, outcome.state, outcome.records) == (Verdict.NOT_PROVED, MailState.HELD, ())
    assert [(o.notice, o.recipient) for o in outcome.owed] == [("was_that_you", ANN.member_id)]
    assert "MARKER" not in repr(outcome.owed)


def test_a_signature_is_bound_to_the_version_that_was_shown() -> None:
    shown = replace(key_of(ANN), statement_sha256="old" * 20)
    record = decide_reply(replace(SIGN, key=shown)).records[0]
    assert isinstance(record, PutSignature)
    assert record.signature.statement_sha256 == "old" * 20


def test_a_confirmed_signature_keeps_the_instant_at_which_it_was_asked_for() -> None:
    facts = signed(CONFIRM, S.PENDING)
    record = decide_reply(facts).records[0]
    assert isinstance(record, PutSignature)
    assert record.signature.signed_at == facts.signatures["mig-1", "M1"].signed_at
    assert record.signature.proof is Proof.CONFIRMED


def test_a_sign_with_a_question_is_signed_and_the_question_goes_to_the_organizer() -> None:
    outcome = decide_reply(with_intent(SIGN, Intent.SIGN, has_question=True))
    assert outcome.verdict is Verdict.SIGNED
    assert [o.notice for o in outcome.owed] == ["signature_recorded", "question"]
    assert outcome.owed[1].recipient == "mailto:organizer@example.org"


def test_who_wants_no_more_mail_gets_none_and_is_told() -> None:
    outcome = decide_reply(with_intent(SIGN, Intent.UNSUBSCRIBE))
    assert outcome.records == (OptOut("M1", "all"),)
    assert [o.notice for o in outcome.owed] == ["unsubscribed"]


def test_doubt_is_asked_once_and_then_waits_for_a_person() -> None:
    unclear = with_intent(SIGN, Intent.UNCLEAR)
    first = decide_reply(unclear)
    again = decide_reply(replace(unclear, asked=frozenset({("mig-1", "M1")})))
    assert (first.verdict, [o.notice for o in first.owed]) == (Verdict.ASKED, ["unclear_ask"])
    assert (again.verdict, again.owed) == (Verdict.UNCLEAR, ())
    assert first.state is again.state is MailState.HELD


def test_who_cannot_sign_any_more_is_not_asked_for_a_sign() -> None:
    unclear = with_intent(SIGN, Intent.UNCLEAR)
    asked = [
        decide_reply(each).owed[0].facts
        for each in (
            unclear,
            replace(unclear, arrived_at=CLOSES),
            signed(unclear),
        )
    ]
    assert asked == [{"can_sign": True}, {"can_sign": False}, {"can_sign": False}]


def test_her_key_from_his_address_is_read_as_his_mail() -> None:
    outcome = decide_reply(replace(SIGN, senders=(BOB,), from_address="bob@two.example.org"))
    record = outcome.records[0]
    assert isinstance(record, PutSignature)
    assert (record.signature.member_id, record.signature.proof) == ("M2", Proof.DMARC)


def test_without_a_key_one_open_window_must_fit() -> None:
    keyless = replace(SIGN, key=None, owner=None, item=None)
    other = replace(PETITION, id="mig-2", title="Another Group of Members")
    assert decide_reply(keyless).verdict is Verdict.SIGNED
    assert decide_reply(replace(keyless, windows=())).verdict is Verdict.AMBIGUOUS
    assert decide_reply(replace(keyless, windows=(PETITION, other))).verdict is Verdict.AMBIGUOUS
    assert decide_reply(replace(keyless, windows=(PETITION, other), named=(PETITION,))).verdict is Verdict.SIGNED


def test_a_signature_that_is_confirmed_after_the_close_was_signed_before_it() -> None:
    """R67: the day of the SIGN counts, not the confirmation's."""
    facts = confirming(CLOSES + SECOND)
    before = facts.signatures["mig-1", "M1"]
    outcome = decide_reply(facts)
    assert [r.signature.signed_at for r in outcome.records if isinstance(r, PutSignature)] == [before.signed_at]
    assert before.signed_at < CLOSES
