"""What the committee does with a petition, and the report to Council: acknowledged, decided, reported.

One implementation, for commands on the line and for those that come by mail. Each act comes in two forms: `decide`
makes its own transaction; `decide_in` works in the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from mailflow.domain.ledger import EntryKind
from mailflow.domain.lifecycle import Act, require
from mailflow.domain.model import Proposal, ProposalState
from mailflow.domain.outcome import Owed
from mailflow.errors import InputError
from mailflow.service import mailings
from mailflow.service.mailings import Preview, Sent
from mailflow.service.office import Office
from mailflow.service.owing import MAILTO, owe
from mailflow.service.words import day_words
from mailflow.store import ledger, packet, proposals
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
    petition = _locked(work, office, petition_id, act)
    if not approve and not reason.strip():
        raise InputError("a petition is returned with the reason: what is missing")
    state = ProposalState.APPROVED if approve else ProposalState.RETURNED
    details = {"meeting": meeting.isoformat() if meeting else "", "vote": vote}
    proposals.move(work, petition_id, state, now)
    proposals.note(work, petition_id, now, act, by, reason, details)
    told = {"approved": approve, **details, "reason_sha256": sha256(reason.encode()).hexdigest()}
    ledger.append(work, EntryKind.DECIDED, petition_id, now, told)
    decision = {"meeting_words": _day(meeting), "vote": vote, "reason": reason}
    return _tell(work, office, petition, act, decision, by, now)


def preview_outcome(office: Office, petition_id: str, approve: bool, reason: str, vote: str, now: datetime) -> Preview:
    """Say whom a decision would be told to, and how, changing nothing. Raises Refused."""
    act = Act.APPROVE if approve else Act.RETURN
    with office.db.read() as work:
        petition = proposals.proposal(work, office.kinds, petition_id)
        require(petition_id, petition.state, act)
        said = {"validated": petition.validated, "meeting_words": "", "vote": vote, "reason": reason}
        return mailings.preview(work, office, _OUTCOMES[act], _to_signatories(petition), now, said)


def _tell(
    work: Work, office: Office, petition: Proposal, act: Act, decision: Mapping[str, object], by: str, now: datetime
) -> Sent:
    """Tell the signatories, each once, then the organizers and the liaison."""
    version = f"decision-{len(packet.submitted(work, petition.id))}"
    said = {"validated": petition.validated, **decision}
    sent = mailings.send(work, office, _OUTCOMES[act], _to_signatories(petition), version, now, said)
    facts = {**decision, "approved": act is Act.APPROVE, "reported_by": by, "told": sent.recipients}
    addresses = dict.fromkeys([*(o.email for o in petition.organizers), petition.staff_liaison.email])
    owed = [Owed("outcome_told", petition.id, MAILTO + one, version, facts) for one in addresses if one]
    owe(work, office, owed, {petition.id: petition}, now)
    return sent


def _to_signatories(petition: Proposal) -> Proposal:
    return replace(petition, audience=f"signed:{petition.id}")


_OUTCOMES = {Act.APPROVE: "outcome_approved", Act.RETURN: "outcome_returned"}


def report(office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Report an approved petition to Council: its secretary is mailed, where contacts.council names one."""
    with office.db.write() as work:
        report_in(work, office, petition_id, by, now)


def report_in(work: Work, office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Report in the caller's transaction."""
    petition = _locked(work, office, petition_id, Act.REPORT)
    proposals.move(work, petition_id, ProposalState.REPORTED, now)
    proposals.note(work, petition_id, now, Act.REPORT, by)
    council = office.contact("council")
    if council is None or not council.email:
        return
    events = proposals.events(work, petition_id)
    decided = next(e for e in reversed(events) if e["act"] == Act.APPROVE)
    submitted_at = next((e["at"] for e in reversed(events) if e["act"] == Act.SUBMIT), None)
    met_on = decided["details"].get("meeting", "")
    facts = {
        "validated": petition.validated,
        "meeting_words": _day(date.fromisoformat(met_on) if met_on else None),
        "vote": decided["details"].get("vote", ""),
        "reason": decided["reason"],
        "reported_by": decided["by"],
        "submitted_words": _day(office.today(submitted_at) if submitted_at else None),
        "decided_words": _day(office.today(decided["at"])),
    }
    owed = Owed("council_report", petition_id, MAILTO + council.email, facts=facts)
    owe(work, office, [owed], {petition_id: petition}, now)


def _day(on: date | None) -> str:
    return day_words(on) if on is not None else ""


def _locked(work: Work, office: Office, petition_id: str, act: Act) -> Proposal:
    petition = proposals.lock(work, office.kinds, petition_id)
    require(petition_id, petition.state, act)
    return petition
