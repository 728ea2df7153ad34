"""Asked of every mail right before it is sent: is it still wanted, and still true? (R93)"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from mailflow.domain.model import COLLECTING, SIGNED, LaunchState, NoticeState, ProposalState, SignatureState
from mailflow.domain.opt_out import ALL, ANNOUNCEMENTS, PETITIONS


@dataclass(frozen=True, slots=True)
class SendFacts:
    """What is known now about one mail that is due. None: there is no such object.

    notice: the name of the mail. opt_outs: the member's scopes (domain.opt_out). signature: the state of the
    recipient's signature under the object. tells_of: the date that a launch notice tells; planned_on: the launch's
    date now. launch_id: the launch that it tells of.
    """

    notice: str
    now: datetime
    object_id: str = ""
    is_to_many: bool = False
    is_suppressed: bool = False
    has_left: bool = False
    opt_outs: frozenset[str] = frozenset()
    proposal: ProposalState | None = None
    feedback_closes_at: datetime | None = None
    petition_closes_at: datetime | None = None
    signature: SignatureState | None = None
    notice_state: NoticeState | None = None
    tells_of: date | None = None
    launch_id: str = ""
    launch: LaunchState | None = None
    planned_on: date | None = None


def why_not(facts: SendFacts) -> str:
    """Say why a mail must not go out any more; "" when it is still wanted and true."""
    if facts.is_suppressed:
        return "the address does not take mail"
    if facts.is_to_many and facts.has_left:
        return "the member has left"
    if facts.is_to_many and facts.opt_outs & _scopes(facts):
        return "the member opted out"
    is_stale = _STALE.get(facts.notice)
    return is_stale(facts) if is_stale else ""


def _scopes(facts: SendFacts) -> set[str]:
    sort = PETITIONS if facts.proposal is not None else ANNOUNCEMENTS
    return {ALL, sort, facts.object_id, facts.launch_id or facts.object_id}


def _stale_proposal(facts: SendFacts) -> str:
    if facts.proposal is not ProposalState.FEEDBACK_OPEN:
        return "feedback is no longer open"
    if facts.feedback_closes_at is not None and facts.feedback_closes_at <= facts.now:
        return "the feedback window has closed"
    return ""


def _stale_invitation(facts: SendFacts) -> str:
    if facts.proposal not in COLLECTING:
        return "the petition no longer collects signatures"
    if facts.petition_closes_at is not None and facts.petition_closes_at <= facts.now:
        return "the petition has closed"
    if facts.signature in SIGNED:
        return "the member has signed meanwhile"
    return ""


def _stale_confirmation(facts: SendFacts) -> str:
    return "" if facts.signature is SignatureState.PENDING else "the signature is no longer pending"


def _stale_update(facts: SendFacts) -> str:
    if facts.notice_state is NoticeState.REPLACED:
        return "a newer notice replaced this one"
    is_moved = facts.launch_id and facts.planned_on != facts.tells_of
    return "the launch has another date now" if is_moved else ""


def _stale_preview(facts: SendFacts) -> str:
    is_over = facts.notice_state is not None and facts.notice_state is not NoticeState.PREPARED
    return "the notice was sent or replaced meanwhile" if is_over else ""


def _stale_launch_notice(facts: SendFacts) -> str:
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


_STALE: Mapping[str, Callable[[SendFacts], str]] = {
    "proposal_open": _stale_proposal,
    "petition_invitation": _stale_invitation,
    "petition_reminder": _stale_invitation,
    "signature_confirm": _stale_confirmation,
    "affirm_ask": _stale_confirmation,
    "update_notice": _stale_update,
    "notice": _stale_update,
    "notice_preview": _stale_preview,
    "delay_notice": _stale_launch_notice,
    "firm_date_notice": _stale_launch_notice,
    "launch_notice": _stale_launch_notice,
}
