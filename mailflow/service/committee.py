"""What the committee does with a petition, and the report to Council: acknowledged, decided, reported.

One implementation, for commands on the line and for those that come by mail. Each act comes in two forms: `decide`
makes its own transaction; `decide_in` works in the caller's.
"""

from __future__ import annotations

from datetime import date, datetime
from hashlib import sha256

from mailflow.domain.ledger import EntryKind
from mailflow.domain.lifecycle import Act, require
from mailflow.domain.model import Proposal, ProposalState
from mailflow.errors import InputError
from mailflow.service.mailings import Sent
from mailflow.service.office import Office
from mailflow.store import ledger, proposals
from mailflow.store.engine import Work


def acknowledge(office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Note that the committee has got the packet. by: who said so. Raises Refused."""
    with office.db.write() as work:
        acknowledge_in(work, office, petition_id, by, now)


def acknowledge_in(work: Work, office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Acknowledge in the caller's transaction."""
    _locked(work, office, petition_id, Act.ACKNOWLEDGE)
    proposals.move(work, petition_id, ProposalState.ACKNOWLEDGED, now)
    proposals.note(work, petition_id, now, Act.ACKNOWLEDGE, by)


def decide(
    office: Office,
    petition_id: str,
    approve: bool,
    reason: str,
    by: str,
    meeting: date | None,
    vote: str,
    now: datetime,
) -> Sent:
    """Note the committee's decision as reported by one person, and tell signatories and organizers.

    approve: False returns the petition, for which a reason is needed: what is missing. by: who reported it. meeting:
    the day of the meeting that decided, None where nobody said. vote: as it was told, "7 to 1". Raises Refused.
    """
    with office.db.write() as work:
        return decide_in(work, office, petition_id, approve, reason, by, meeting, vote, now)


def decide_in(
    work: Work,
    office: Office,
    petition_id: str,
    approve: bool,
    reason: str,
    by: str,
    meeting: date | None,
    vote: str,
    now: datetime,
) -> Sent:
    """Decide in the caller's transaction."""
    act = Act.APPROVE if approve else Act.RETURN
    _locked(work, office, petition_id, act)
    if not approve and not reason.strip():
        raise InputError("a petition is returned with the reason: what is missing")
    state = ProposalState.APPROVED if approve else ProposalState.RETURNED
    details = {"meeting": meeting.isoformat() if meeting else "", "vote": vote}
    proposals.move(work, petition_id, state, now)
    proposals.note(work, petition_id, now, act, by, reason, details)
    told = {"approved": approve, **details, "reason_sha256": sha256(reason.encode()).hexdigest()}
    ledger.append(work, EntryKind.DECIDED, petition_id, now, told)
    return Sent(0, 0, {})


def report(office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Report an approved petition to Council: its secretary is mailed, where contacts.council names one."""
    with office.db.write() as work:
        report_in(work, office, petition_id, by, now)


def report_in(work: Work, office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Report in the caller's transaction."""
    _locked(work, office, petition_id, Act.REPORT)
    proposals.move(work, petition_id, ProposalState.REPORTED, now)
    proposals.note(work, petition_id, now, Act.REPORT, by)


def _locked(work: Work, office: Office, petition_id: str, act: Act) -> Proposal:
    petition = proposals.lock(work, office.kinds, petition_id)
    require(petition_id, petition.state, act)
    return petition
