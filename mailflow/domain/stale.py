"""When each mail stops being true: one rule a sort of mail, facts in, the reason out; "" while it is true. Pure."""

from __future__ import annotations

from datetime import datetime

from mailflow.domain.model import COLLECTING, SIGNED, LaunchState, NoticeState, ProposalState, SignatureState
from mailflow.domain.send_facts import SendFacts

S = ProposalState
_STANDS = frozenset({S.APPROVED, S.REPORTED, S.RENEWAL_DUE})
_AGAIN = "the member has answered meanwhile"


# --- asked of members -------------------------------------------------------------------------------------------
def proposal(facts: SendFacts) -> str:
    """An invitation to give feedback."""
    if facts.proposal is not S.FEEDBACK_OPEN:
        return "feedback is no longer open"
    if facts.feedback_closes_at is not None and facts.feedback_closes_at <= facts.now:
        return "the feedback window has closed"
    return ""


def proposal_reminder(facts: SendFacts) -> str:
    """A reminder of it."""
    return proposal(facts) or (_AGAIN if facts.has_spoken else "")


def collecting(facts: SendFacts) -> str:
    """What makes sense while a petition collects signatures."""
    if facts.proposal not in COLLECTING:
        return "the petition no longer collects signatures"
    if facts.petition_closes_at is not None and facts.petition_closes_at <= facts.now:
        return "the petition has closed"
    return ""


def invitation(facts: SendFacts) -> str:
    """An invitation to sign."""
    return collecting(facts) or ("the member has signed meanwhile" if facts.signature in SIGNED else "")


def reminder(facts: SendFacts) -> str:
    """A reminder of it: not to who said no meanwhile, or waits for us."""
    return invitation(facts) or (_AGAIN if facts.has_spoken else "")


def extension(facts: SendFacts) -> str:
    """That a window closes later. version: its end, as the mail tells it."""
    is_feedback = facts.proposal is S.FEEDBACK_OPEN
    if why := proposal_reminder(facts) if is_feedback else reminder(facts):
        return why
    until = facts.feedback_closes_at if is_feedback else facts.petition_closes_at
    return "the window was moved again" if _is_other(facts.version, until) else ""


def meeting(facts: SendFacts) -> str:
    """That a meeting was moved or called off."""
    return "the meeting is over, or was changed again" if facts.is_void else ""


def confirmation(facts: SendFacts) -> str:
    """A request to confirm a signature."""
    return "" if facts.signature is SignatureState.PENDING else "the signature is no longer pending"


# --- answers ----------------------------------------------------------------------------------------------------
def recorded(facts: SendFacts) -> str:
    """That a signature is recorded."""
    gone = {SignatureState.WITHDRAWN, SignatureState.INVALIDATED}
    return "the signature does not stand any more" if facts.signature in gone else ""


def withdrawn(facts: SendFacts) -> str:
    """That a signature is withdrawn."""
    return "the member has signed meanwhile" if facts.signature in SIGNED else ""


def ask(facts: SendFacts) -> str:
    """A question about a mail that waits."""
    return "the mail that it asks about is settled" if facts.is_settled else ""


def approved(facts: SendFacts) -> str:
    """That a petition was approved."""
    return "" if facts.proposal in _STANDS else "what was decided does not stand any more"


def returned(facts: SendFacts) -> str:
    """That it was returned."""
    return "it was approved meanwhile" if facts.proposal in _STANDS else ""


# --- launches and announcements ---------------------------------------------------------------------------------
def update(facts: SendFacts) -> str:
    """An announcement."""
    if facts.notice_state is NoticeState.REPLACED:
        return "a newer notice replaced this one"
    is_moved = facts.launch_id and facts.planned_on != facts.tells_of
    return "the launch has another date now" if is_moved else ""


def preview(facts: SendFacts) -> str:
    """What its contact is shown before it goes out."""
    is_over = facts.notice_state is not None and facts.notice_state is not NoticeState.PREPARED
    return "the notice was sent or replaced meanwhile" if is_over else ""


def launch_notice(facts: SendFacts) -> str:
    """A notice that tells a launch's date, or that it has happened."""
    if facts.notice_state is NoticeState.REPLACED:
        return "a newer notice replaced this one"
    is_launched = facts.launch is LaunchState.LAUNCHED
    if facts.notice == "launch_notice":
        return "" if is_launched else "the launch has not happened"
    if is_launched:
        return "the launch has happened"
    if facts.notice_state is not None and facts.planned_on != facts.tells_of:
        return "the launch has another date now"
    return ""


# --- to those who have a part in something ----------------------------------------------------------------------
def question(facts: SendFacts) -> str:
    """A question to its contact, or a reminder of it."""
    return "the question was answered meanwhile" if facts.is_answered else ""


def draft(facts: SendFacts) -> str:
    """A draft that waits for its liaison's word."""
    return "" if facts.proposal is S.DRAFT else "the draft was opened or withdrawn meanwhile"


def open_question(facts: SendFacts) -> str:
    """Whether the petition shall open."""
    return "" if facts.proposal is S.FEEDBACK_CLOSED else "there is nothing to open any more"


def qualified(facts: SendFacts) -> str:
    """That a petition has the signatures that it needs."""
    is_over = facts.proposal in {S.PETITION_OPEN, S.LAPSED, S.WITHDRAWN}
    return "it has not the signatures that it needs any more" if is_over else ""


def note(facts: SendFacts) -> str:
    """A note to those who run a proposal; version says of what: 'milestone-50', 'extended-' and the end."""
    what, _, at = facts.version.partition("-")
    if what == "milestone" and facts.proposal is not S.PETITION_OPEN:
        return "the petition qualified or closed meanwhile"
    if what == "question":
        return open_question(facts)
    ends = (facts.feedback_closes_at, facts.petition_closes_at)
    if what in {"counted", "waits", "offer", "extended"} and all(_is_other(at, end) for end in ends):
        return "the window was moved meanwhile"
    return ""


def overlap(facts: SendFacts) -> str:
    """That a proposal is like another."""
    return "the proposal is no more" if facts.proposal in {S.WITHDRAWN, S.LAPSED} else ""


def renewal(facts: SendFacts) -> str:
    """That a group's time runs out."""
    return "" if facts.proposal in _STANDS else "the group has no end that comes near"


def submission(facts: SendFacts) -> str:
    """The packet to the committee."""
    return "the petition was returned or withdrawn" if facts.proposal in {S.RETURNED, S.WITHDRAWN} else ""


def digest(facts: SendFacts) -> str:
    """What is new; what of it still is comes in the next one."""
    return "what it tells was erased or settled; the rest comes with the next digest" if facts.is_void else ""


def held(facts: SendFacts) -> str:
    """What waits for a person."""
    return "nothing waits any more" if facts.is_void else ""


def alert(facts: SendFacts) -> str:
    """That something is wrong; the mails about the installation's health tell of a moment and are told to be over."""
    if facts.is_answered:
        return "the question was answered meanwhile"
    return "the mailing goes on" if facts.is_void else ""


def _is_other(told: str, end: datetime | None) -> bool:
    """Tell whether a window ends at another instant than was told."""
    try:
        return end is None or datetime.fromisoformat(told) != end
    except ValueError:
        return False
