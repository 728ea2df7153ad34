"""What follows from a reply that is not about a signature."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from mailflow.domain.decide import decide_reply
from mailflow.domain.facts import WaitingMail
from mailflow.domain.model import KeyFact, Proposal, Question
from mailflow.domain.outcome import (
    AddFeedback,
    AddQuestion,
    AnswerQuestion,
    AnswersSent,
    MailState,
    PutSignature,
    ResolveMail,
    Verdict,
    may_answer,
)
from mailflow.domain.reading import Dmarc, Intent
from tests.unit.domain.cast import ANN, NOW, PETITION, PROPOSAL, SIGN, key_of, says

FEEDBACK = replace(
    SIGN,
    key=key_of(ANN, "proposal_open"),
    item=PROPOSAL,
    reading=says(Intent.COMMENT),
    new_text="More training, please.",
)
CONTACT_KEY = KeyFact("c" * 26, "question", "mig-1", "", "organizer@example.org", "<c.x@example.org>", 7)
ASKED = Question(1, "mig-1", "M1", "organizer@example.org", "Where is it?", NOW, 7)
ANSWER = replace(
    SIGN,
    key=CONTACT_KEY,
    owner=None,
    senders=(),
    from_address="Organizer@example.org",
    new_text="In the library.",
    question=ASKED,
)


def test_feedback_is_kept_and_its_writer_thanked_once() -> None:
    outcome = decide_reply(FEEDBACK)
    record = outcome.records[0]
    assert isinstance(record, AddFeedback)
    assert (record.feedback.text, record.feedback.late) == ("More training, please.", False)
    assert [(o.notice, o.version) for o in outcome.owed] == [("feedback_thanks", "once")]


@pytest.mark.parametrize("intent", [Intent.COMMENT, Intent.QUESTION])
def test_a_question_that_is_not_for_others_goes_to_staff_and_not_to_the_organizer(intent: Intent) -> None:
    reading = replace(says(intent), has_question=True)
    outcome = decide_reply(replace(FEEDBACK, reading=reading, new_text="Not for others. Who pays for it?"))
    assert (outcome.verdict, outcome.state, outcome.records) == (Verdict.QUESTION, MailState.HELD, ())
    assert [(o.notice, o.recipient, o.facts["for_staff"]) for o in outcome.owed] == [("feedback_thanks", "M1", True)]


def test_r67_feedback_that_arrives_after_the_window_is_kept_as_late() -> None:
    closes_at = PROPOSAL.feedback_closes_at
    assert closes_at is not None
    late = decide_reply(replace(FEEDBACK, arrived_at=closes_at)).records[0]
    in_time = decide_reply(replace(FEEDBACK, arrived_at=closes_at - timedelta(seconds=1))).records[0]
    assert isinstance(late, AddFeedback)
    assert isinstance(in_time, AddFeedback)
    assert (late.feedback.late, in_time.feedback.late) == (True, False)


def test_a_question_about_a_proposal_goes_to_its_organizer_and_the_asker_is_told() -> None:
    outcome = decide_reply(replace(FEEDBACK, reading=says(Intent.QUESTION), new_text="Who may join?"))
    assert isinstance(outcome.records[0], AddQuestion)
    assert [(o.notice, o.recipient) for o in outcome.owed] == [
        ("question", "mailto:organizer@example.org"),
        ("question_received", "M1"),
    ]


def test_a_question_that_nobody_answers_for_waits_for_a_person() -> None:
    outcome = decide_reply(replace(FEEDBACK, reading=says(Intent.QUESTION), contacts={}))
    assert (outcome.verdict, outcome.state) == (Verdict.QUESTION, MailState.HELD)


def test_the_contacts_answer_is_relayed_with_the_new_text_alone() -> None:
    outcome = decide_reply(ANSWER)
    assert outcome.records == (AnswerQuestion(1),)
    assert [(o.notice, o.recipient, o.facts["answer"]) for o in outcome.owed] == [("answer", "M1", "In the library.")]


def test_a_contacts_key_from_elsewhere_or_forged_is_held() -> None:
    for odd in (replace(ANSWER, from_address="x@example.net"), replace(ANSWER, dmarc=Dmarc.FAIL)):
        outcome = decide_reply(odd)
        assert (outcome.verdict, outcome.state, outcome.owed) == (Verdict.UNKNOWN_SENDER, MailState.HELD, ())


def test_mail_that_answers_nothing_of_ours_is_left_where_it_lies() -> None:
    private = replace(
        SIGN, key=None, owner=None, item=None, senders=(), subject="Lunch?", reading=says(Intent.QUESTION), windows=()
    )
    outcome = decide_reply(private)
    assert (outcome.verdict, outcome.is_stray, outcome.owed) == (Verdict.NOT_OURS, True, ())


def test_a_members_question_that_names_nothing_of_ours_is_not_taken_for_feedback() -> None:
    private = replace(SIGN, key=None, owner=None, item=None, subject="My login", reading=says(Intent.QUESTION))
    assert decide_reply(private).verdict is Verdict.NOT_OURS


def test_over_a_limit_a_mail_waits_for_a_person() -> None:
    outcome = decide_reply(replace(SIGN, over=("501 parts",)))
    assert (outcome.verdict, outcome.state, outcome.records) == (Verdict.OVER_LIMIT, MailState.HELD, ())


WAITING = WaitingMail(5, "mig-1", "SIGN", NOW - timedelta(hours=1), "<second@home.example.net>", says(Intent.SIGN))
THAT_WAS_ME = replace(SIGN, key=key_of(ANN, "was_that_you", about_n=5), item=PETITION, waiting=WAITING)


def test_a_yes_to_was_that_you_makes_the_mail_that_waited_take_effect() -> None:
    outcome = decide_reply(THAT_WAS_ME)
    assert [type(r) for r in outcome.records] == [PutSignature, ResolveMail]
    first = outcome.records[0]
    assert isinstance(first, PutSignature)
    assert first.signature.signed_at == WAITING.arrived_at


def test_a_no_to_was_that_you_drops_it() -> None:
    outcome = decide_reply(replace(THAT_WAS_ME, reading=says(Intent.DECLINE)))
    assert [(type(r), getattr(r, "verdict", "")) for r in outcome.records] == [(ResolveMail, Verdict.NOT_THEM)]


def test_an_answer_to_what_did_you_mean_settles_the_mail_that_was_unclear() -> None:
    outcome = decide_reply(replace(SIGN, key=key_of(ANN, "unclear_ask", about_n=4)))
    assert ResolveMail(4, Verdict.RESOLVED, "the member said in a later mail what they meant") in outcome.records


def test_a_petition_mail_is_about_the_petition_and_a_proposal_mail_about_feedback() -> None:
    assert isinstance(FEEDBACK.item, Proposal)
    outcome = decide_reply(replace(FEEDBACK, item=PETITION))
    assert outcome.verdict is Verdict.FEEDBACK


def test_r73_r74_answers_are_bounded() -> None:
    assert may_answer(True, AnswersSent(today=19)) == ""
    assert may_answer(True, AnswersSent(today=20))
    assert may_answer(False, AnswersSent()) == ""
    assert may_answer(False, AnswersSent(today=1, same_today=1))
    assert may_answer(False, AnswersSent(today=2)) == ""
    assert may_answer(False, AnswersSent(today=3))
    assert may_answer(False, AnswersSent(unproved_lately=99)) == ""
    assert may_answer(False, AnswersSent(unproved_lately=100))
