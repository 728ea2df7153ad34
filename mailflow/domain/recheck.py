"""Asked of every mail right before it is sent: is it still wanted, and still true? (R93)

Each mail has a rule, or stands in MOMENTS: it tells what happened, and that stays true. docs/recheck.md is drawn from
both.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from mailflow.domain import stale
from mailflow.domain.opt_out import ALL, ANNOUNCEMENTS, PETITIONS
from mailflow.domain.send_facts import SendFacts


def why_not(facts: SendFacts) -> str:
    """Say why a mail must not go out any more; "" when it is still wanted and true."""
    if facts.is_suppressed:
        return "the address does not take mail"
    if facts.is_to_many and facts.has_left:
        return "the member has left"
    if facts.is_to_many and facts.opt_outs & _scopes(facts):
        return "the member opted out"
    rule = RULES.get(facts.notice)
    return rule.why(facts) if rule is not None else ""


def _scopes(facts: SendFacts) -> set[str]:
    sort = PETITIONS if facts.proposal is not None else ANNOUNCEMENTS
    return {ALL, sort, facts.object_id, facts.launch_id or facts.object_id}


@dataclass(frozen=True, slots=True)
class Rule:
    """When a mail stops being true, in words, and the check that finds out. why: the reason, "" while it is true."""

    words: str
    why: Callable[[SendFacts], str]


_COLLECTS = "the petition no longer collects, or has closed"
_DATE = "a newer notice replaced it, or the launch has another date"
_DECIDED = "the petition was decided otherwise meanwhile"

RULES: Mapping[str, Rule] = {
    # to members
    "proposal_open": Rule("feedback is no longer open", stale.proposal),
    "proposal_reminder": Rule("feedback is no longer open, or the member has answered", stale.proposal_reminder),
    "petition_invitation": Rule(f"{_COLLECTS}; the member has signed", stale.invitation),
    "petition_reminder": Rule(f"{_COLLECTS}; the member has signed, or said no", stale.reminder),
    "window_extended": Rule("the window has closed, or was extended again; the member has answered", stale.extension),
    "meeting_changed": Rule("the meeting is over, or was changed again", stale.meeting),
    "signature_confirm": Rule("the signature is not pending any more", stale.confirmation),
    "affirm_ask": Rule("the signature is not pending any more", stale.confirmation),
    "signature_recorded": Rule("the signature was withdrawn or invalidated", stale.recorded),
    "signature_invalidated": Rule("the signature counts again", stale.withdrawn),
    "signature_withdrawn": Rule("the member has signed again", stale.withdrawn),
    "signature_undone": Rule("the member has signed again", stale.withdrawn),
    "signature_entered": Rule("the signature was withdrawn or invalidated", stale.recorded),
    "was_that_you": Rule("the mail that it asks about waits no more", stale.ask),
    "unclear_ask": Rule("the mail that it asks about waits no more", stale.ask),
    "outcome_approved": Rule(_DECIDED, stale.approved),
    "outcome_returned": Rule(_DECIDED, stale.returned),
    # launches and announcements
    "notice": Rule("a newer notice replaced it", stale.update),
    "update_notice": Rule(_DATE, stale.update),
    "delay_notice": Rule(f"{_DATE}, or has happened", stale.launch_notice),
    "firm_date_notice": Rule(f"{_DATE}, or has happened", stale.launch_notice),
    "launch_notice": Rule("a newer notice replaced it, or the launch has not happened", stale.launch_notice),
    "notice_preview": Rule("the notice was sent or replaced", stale.preview),
    # to those who have a part in something
    "question": Rule("the question was answered", stale.question),
    "question_reminder": Rule("the question was answered", stale.question),
    "proposal_drafted": Rule("the draft was opened or withdrawn", stale.draft),
    "open_question": Rule("the petition was opened or withdrawn, or feedback is open again", stale.open_question),
    "share_kit": Rule(_COLLECTS, stale.collecting),
    "petition_qualified": Rule("the signatures have to be reached again, or it was withdrawn", stale.qualified),
    "organizer_note": Rule(
        "a milestone: the petition qualified or closed; the end of a window: it was moved; 'can't open': it opened",
        stale.note,
    ),
    "overlap_found": Rule("the proposal was withdrawn, or lapsed", stale.overlap),
    "renewal": Rule("the group's renewal is not what comes next", stale.renewal),
    "submission": Rule("the petition was returned or withdrawn", stale.submission),
    "digest": Rule("something in it was erased, or every question in it has its answer", stale.digest),
    "held_summary": Rule("nothing waits any more", stale.held),
    "alert": Rule("a question was answered; a mailing goes on", stale.alert),
}

MOMENTS: Mapping[str, str] = {
    "feedback_thanks": "the feedback came",
    "proposal_missing": "what the mail that came lacked",
    "proposal_received": "the proposal came",
    "decline_noted": "the member said no",
    "signature_already": "what stood when the mail came",
    "signature_not_in_standing": "what the roster said when the mail came",
    "petition_closed": "the mail came too late",
    "confirmation_late": "the yes came too late",
    "unsubscribed": "the choice that was made; a later one is told too",
    "question_received": "the question came",
    "answer": "the contact's words",
    "submission_told": "it was submitted",
    "outcome_told": "what was decided, for the record",
    "council_report": "the report, as it was asked for",
    "command_answer": "what was done or not done",
    "command_confirm": "asks for a yes; whether it may still be done is asked again when the yes comes",
    "owner_copy": "a mail that came",
}


def table() -> list[dict[str, str]]:
    """Give, for the documentation, each mail with when it is not sent any more; "" for what tells of a moment."""
    rows = [{"mail": name, "stops": rule.words, "tells": ""} for name, rule in RULES.items()]
    return [*rows, *({"mail": name, "stops": "", "tells": words} for name, words in MOMENTS.items())]
