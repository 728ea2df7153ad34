"""What is known about one mail right before it is sent: the facts that `domain.recheck` holds it against (R93)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from mailflow.domain.model import LaunchState, NoticeState, ProposalState, SignatureState


@dataclass(frozen=True, slots=True)
class SendFacts:
    """What is known now about one mail that is due. None: there is no such object.

    notice: the name of the mail. version: what makes it this mail among those of its name to its recipient.
    opt_outs: the member's scopes (domain.opt_out). signature: the state of the recipient's signature under the object.
    tells_of: the date that a launch notice tells; planned_on: the launch's date now. launch_id: the launch that it
    tells of. is_answered: the question that it carries has its answer. is_settled: the mail that it is about waits no
    more. has_spoken: the recipient said meanwhile what the reminder asks for. is_void: nothing of what it tells is
    there any more, or something that may not be told.
    """

    notice: str
    now: datetime
    object_id: str = ""
    version: str = ""
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
    is_answered: bool = False
    is_settled: bool = False
    has_spoken: bool = False
    is_void: bool = False
