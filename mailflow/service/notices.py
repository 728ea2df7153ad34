"""Every mail that mailflow sends: which facts its templates need, which fields of a person stay open.

Facts are the same for all recipients of a mailing and are rendered into it; slots are filled in for each recipient.
`service.item_facts` makes the facts of a proposal, launch or notice from its value.
"""

from __future__ import annotations

from dataclasses import dataclass

from mailflow.mail.compose import AutoSubmitted

# Given for every mail. postal_address may be ""; language: ISO 639-1. A copy for a mailing list (contract: audience)
# is rendered with one fact more, to_list=True: it has no key, no personal link and nothing to unsubscribe from.
COMMON = ("association", "postal_address", "language")

# item_facts(): title; item_kind: proposal|petition|launch|notice; contact_name: who answers questions, "" for nobody.
ITEM = (*COMMON, "title", "item_kind", "contact_name")

# item_facts() of a Proposal. *_words: in words, "" when there is no such instant. meetings: list of {title,when,where}.
PROPOSAL = (
    *ITEM,
    *("kind_title", "kind_description", "kind_source", "act", "threshold", "signatories", "undo_hours"),
    *("author_name", "author_picture", "organizer_names", "liaison_name", "liaison_title"),
    *("online_document", "meetings", "statement", "statement_version", "public_url"),
    *("feedback_closes_words", "petition_opens_words", "petition_closes_words"),
    "confirm_closes_words",
)

# item_facts() of a Launch, and of its notices. resources: list of {title,url}; text: Markdown; *_words may be "".
# launch_state: planned|delayed|firm|launched; public_url: the page that tells today's truth; corrects_words: the wrong
# date that an earlier mail told this reader, "" where none did.
LAUNCH = (
    *(*ITEM, "planned_words", "resources", "text", "contact_title"),
    *("launch_state", "public_url", "corrects_words"),
)

# What the committee decided.
DECISION = ("meeting_words", "vote", "reason")

# What may stand in any mail. greeting: 'Dear Sam Lee,'; key: the mail's reply key; reply_to: the address that carries
# it; page_url: the personal page; unsubscribe_url: a page with a button; closes_words: the open window's end in the
# reader's zone, "" when it has none; receipt: the code of the signature's entry in the ledger;
# ledger_head: the hash that the ledger ended with.
# frequency_url: where the reader of a digest says how often.
SLOTS = (
    *("greeting", "key", "reply_to", "page_url", "unsubscribe_url", "frequency_url"),
    *("closes_words", "receipt", "ledger_head"),
)

_ONE = ("greeting", "key")
_MANY = ("greeting", "key", "unsubscribe_url")


@dataclass(frozen=True, slots=True)
class NoticeSpec:
    """A kind of mail. to_many: it can be unsubscribed from and carries the headers of RFC 8058."""

    name: str
    facts: tuple[str, ...]
    slots: tuple[str, ...] = _ONE
    to_many: bool = False
    auto_submitted: AutoSubmitted = "auto-generated"


def _answer(name: str, facts: tuple[str, ...], slots: tuple[str, ...] = _ONE) -> NoticeSpec:
    """A mail that a member's own mail (or button) brought about."""
    return NoticeSpec(name, facts, slots, auto_submitted="auto-replied")


_SPECS = (
    # proposals
    NoticeSpec("proposal_open", PROPOSAL, (*_MANY, "closes_words"), to_many=True),
    _answer("feedback_thanks", (*ITEM, "late", "for_staff")),  # bools; for_staff: organizers do not see the words
    # to who sent a proposal by mail. asks: list of sentences; understood: list of lines
    _answer("proposal_missing", (*COMMON, "asks", "understood")),
    _answer("proposal_received", PROPOSAL),
    # to the liaison, or who stands for them: a draft came by mail. sender_name: str
    NoticeSpec("proposal_drafted", (*PROPOSAL, "recipients", "left_out", "sender_name", "answers")),
    # to whom proposal_open invited to a meeting. meeting, before: {title,when,where}; is_off: bool; reason: may be ""
    NoticeSpec("meeting_changed", (*PROPOSAL, "meeting", "before", "is_off", "reason"), _MANY, to_many=True),
    # petitions; sub_addressing: bool, mailbox.sub_addressing
    NoticeSpec(
        "petition_invitation",
        (*PROPOSAL, "sub_addressing"),
        (*_MANY, "reply_to", "page_url", "closes_words"),
        to_many=True,
    ),
    _answer(
        "signature_recorded", (*PROPOSAL, "undo"), (*_ONE, "closes_words", "receipt", "ledger_head")
    ),  # undo: bool, told with NOT ME
    _answer("signature_confirm", PROPOSAL),
    _answer("confirmation_late", PROPOSAL),
    # what staff did with a member's signature. signed_words: the day on the paper, may be ""; counts, is_pending: bool
    NoticeSpec("signature_invalidated", (*PROPOSAL, "reason")),
    NoticeSpec("signature_entered", (*PROPOSAL, "signed_words", "counts", "is_pending")),
    _answer("signature_already", PROPOSAL),
    _answer("signature_not_in_standing", PROPOSAL),
    _answer("petition_closed", PROPOSAL),
    _answer("signature_withdrawn", PROPOSAL),
    _answer("signature_undone", PROPOSAL),
    _answer("decline_noted", PROPOSAL),
    # answers about anything
    _answer("was_that_you", ITEM),
    _answer("unclear_ask", (*ITEM, "can_sign")),
    # about_words: "about …", "" for all mail to many
    _answer("unsubscribed", (*COMMON, "about_words"), _MANY),
    _answer("question_received", ITEM),
    NoticeSpec("question", (*ITEM, "asker_name", "question")),  # to the contact
    NoticeSpec("question_reminder", (*ITEM, "asker_name", "question", "asked_words", "due_words")),
    NoticeSpec("answer", (*ITEM, "question", "answer")),  # to the asker
    # organizers. short_text: str, to pass on
    NoticeSpec("share_kit", (*PROPOSAL, "answers"), (*_ONE, "closes_words")),
    NoticeSpec("petition_qualified", (*PROPOSAL, "validated", "answers"), (*_ONE, "closes_words")),
    # to organizers and liaison. months: until ends_words, 0: it has come; draft: the id of the renewal's, may be ""
    NoticeSpec("renewal", (*PROPOSAL, "months", "ends_words", "draft", "id")),
    # to organizers and liaison. similar: list of {title,what,shared}
    NoticeSpec("overlap_found", (*PROPOSAL, "similar")),
    # the committee. rules: list of {asks,found,is_met}; proofs: list of {n,words}; parts: list of {name,what,sha256};
    # outlook: what is left when it meets, may be ""
    NoticeSpec("submission", (*PROPOSAL, "validated", "rules", "proofs", "parts", "ledger_head", "is_copy", "outlook")),
    NoticeSpec("submission_told", (*PROPOSAL, "validated", "committee_name", "answers")),  # to the organizers
    # to the signatories; DECISION: meeting_words, vote and reason may be ""
    NoticeSpec("outcome_approved", (*PROPOSAL, "validated", *DECISION), _MANY, to_many=True),
    NoticeSpec("outcome_returned", (*PROPOSAL, "validated", *DECISION), _MANY, to_many=True),
    # to organizers, liaison, and of an approval Council's secretary (for_council). told: how many signatories are
    NoticeSpec("outcome_told", (*PROPOSAL, *DECISION, "approved", "reported_by", "told", "answers", "for_council")),
    NoticeSpec(
        "council_report",
        (*PROPOSAL, "validated", *DECISION, "reported_by", "submitted_words", "decided_words", "answers"),
    ),
    # digest: items: list of DIGEST_ITEM; frequency_words: how often, as 'in the morning'; has_pages: bool
    NoticeSpec(
        "digest",
        (*COMMON, "items", "since_words", "frequency_words", "answers", "ledger_head", "has_pages"),
        (*_ONE, "frequency_url"),
    ),
    # whoever has a part in something. answers: list of {word,what}, what can be answered; headline: one line, also the
    # subject; lines: list of sentences; recipients, left_out, sample ("" for none): of the mail to many that waits
    NoticeSpec("organizer_note", (*COMMON, "headline", "lines", "answers")),
    _answer("command_answer", (*COMMON, "headline", "lines", "answers")),
    _answer("command_confirm", (*COMMON, "headline", "lines", "recipients", "left_out", "sample", "answers")),
    NoticeSpec("open_question", (*PROPOSAL, "recipients", "left_out", "sample", "answers")),
    # to who was asked and has not answered. reason: why it closes later, may be ""
    NoticeSpec("proposal_reminder", PROPOSAL, (*_MANY, "closes_words"), to_many=True),
    NoticeSpec(
        "petition_reminder",
        (*PROPOSAL, "sub_addressing"),
        (*_MANY, "reply_to", "page_url", "closes_words"),
        to_many=True,
    ),
    # to each signatory after a material change, to be answered with SIGN. reason: may be ""
    NoticeSpec("affirm_ask", (*PROPOSAL, "reason"), (*_ONE, "closes_words")),
    NoticeSpec("window_extended", (*PROPOSAL, "reason"), (*_MANY, "closes_words"), to_many=True),
    # launches. previous_words: the date that no longer holds, "" if none was told; reason: str
    NoticeSpec("delay_notice", (*LAUNCH, "previous_words", "reason"), _MANY, to_many=True),
    NoticeSpec("firm_date_notice", LAUNCH, _MANY, to_many=True),
    NoticeSpec("launch_notice", LAUNCH, _MANY, to_many=True),
    # an announcement about a launch. update: Markdown
    NoticeSpec("update_notice", (*LAUNCH, "subject_line", "update"), _MANY, to_many=True),
    # announcements. subject_line: str; text: Markdown
    NoticeSpec("notice", (*ITEM, "subject_line", "text"), _MANY, to_many=True),
    # to the contact before sending. recipients: int; left_out: {reason: n}; sample: str, the mail as text; command: str
    NoticeSpec(
        "notice_preview",
        (*ITEM, "subject_line", "recipients", "by_term", "left_out", "sample", "command", "answers"),
        _ONE,
    ),
    # to mailbox.owner. items: list of {n,from,subject,arrived_words,text}; text "" in a summary
    NoticeSpec("owner_copy", (*COMMON, "mailbox", "items")),
    # to the owner. items: list of {n,from,subject,arrived_words,reasons: list of str}
    NoticeSpec("held_summary", (*COMMON, "mailbox", "items")),
    # to the owner. what: one line; details: list of str; remedy: str, may be ""
    NoticeSpec("alert", (*COMMON, "what", "details", "remedy")),
)

# feedback: list of {name,text,received_words,late}; tally: {signed,validated,pending} or None before a petition;
# waits, next, forecasts: lists of sentences; withheld: feedback that is not for others, counted; days: list of {day,n};
# picture: {src,alt,width,height} of these days, or None; undelivered: mails about it that did not arrive;
# questions: list of {text,names,asked_words,due_words}; meetings: list of
# {title,when,is_off,accepted,tentative,declined,earlier},
# the last three lists of names
DIGEST_ITEM = (
    *("title", "kind_title", "state_words", "threshold", "feedback", "withheld", "tally", "days", "picture"),
    *("forecasts", "undelivered", "questions", "meetings", "waits", "next"),
)

NOTICES: dict[str, NoticeSpec] = {spec.name: spec for spec in _SPECS}
