"""What the committee does with a petition, and the report to Council: acknowledged, decided, reported.

One implementation, for commands on the line and for those that come by mail. Each act comes in two forms: `decide`
makes its own transaction; `decide_in` works in the caller's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from hashlib import sha256

from mailflow.domain.commands import Role, answers
from mailflow.domain.decide_command import possible_about
from mailflow.domain.ledger import EntryKind
from mailflow.domain.lifecycle import Act, leads_to, require
from mailflow.domain.model import Proposal
from mailflow.domain.outcome import Owed
from mailflow.errors import InputError
from mailflow.service import mailings
from mailflow.service.addressees import MAILTO
from mailflow.service.mailings import Preview, Sent
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.posts import COUNCIL, posts_of
from mailflow.service.words import day_words
from mailflow.store import ledger, packet, proposals, roster
from mailflow.store.engine import Work


def acknowledge(office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Note that the committee has got the packet. by: who said so. Raises Refused."""
    with office.db.write() as work:
        acknowledge_in(work, office, petition_id, by, now)


def acknowledge_in(work: Work, office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Acknowledge in the caller's transaction."""
    _step(work, office, petition_id, Act.ACKNOWLEDGE, by, now)


def _step(
    work: Work,
    office: Office,
    petition_id: str,
    act: Act,
    by: str,
    now: datetime,
    reason: str = "",
    details: Mapping[str, str] | None = None,
) -> Proposal:
    """Make a move of the life and note who said so; gives the petition as it then is. Raises Refused."""
    petition = proposals.lock(work, office.kinds, petition_id)
    require(petition_id, petition.state, act)
    proposals.move(work, petition_id, leads_to(act), now)
    proposals.note(work, petition_id, now, act, by, reason, details)
    return replace(petition, state=leads_to(act))


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
    if not approve and not reason.strip():
        raise InputError("a petition is returned with the reason: what is missing")
    act = Act.APPROVE if approve else Act.RETURN
    details = {"meeting": meeting.isoformat() if meeting else "", "vote": vote}
    petition = _step(work, office, petition_id, act, by, now, reason, details)
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
        without = _organizing_members(work, office, petition)
        return mailings.preview(work, office, _OUTCOMES[act], _to_signatories(petition), now, said, without)


def _tell(
    work: Work, office: Office, petition: Proposal, act: Act, decision: Mapping[str, object], by: str, now: datetime
) -> Sent:
    """Tell the signatories, each once, then the organizers and the liaison, and of an approval Council's secretary.

    Who organizes and has signed is told as an organizer: one person, one mail.
    """
    version = f"decision-{len(packet.submitted(work, petition.id))}"
    said = {"validated": petition.validated, **decision}
    without = _organizing_members(work, office, petition)
    sent = mailings.send(work, office, _OUTCOMES[act], _to_signatories(petition), version, now, said, without=without)
    facts = {**decision, "approved": act is Act.APPROVE, "reported_by": by, "told": sent.recipients}
    owed = [
        Owed("outcome_told", petition.id, MAILTO + one, version, {**facts, **_part_of(work, office, petition, one)})
        for one in _concerned(office, petition, act)
    ]
    owe(work, office, owed, {petition.id: petition}, now)
    return sent


def _concerned(office: Office, petition: Proposal, act: Act) -> list[str]:
    """Give the addresses of who is told for their part, each once."""
    addresses = [*(o.email for o in petition.organizers), petition.staff_liaison.email]
    council = office.contact(COUNCIL)
    if act is Act.APPROVE and council is not None:
        addresses.append(council.email)
    return list({one.casefold(): one for one in reversed(addresses) if one}.values())[::-1]


def _part_of(work: Work, office: Office, petition: Proposal, address: str) -> dict[str, object]:
    posts = posts_of(work, office, address, [petition.id])
    roles = posts[0].roles if posts else frozenset()
    return {"answers": answers(possible_about(petition, roles)), "for_council": roles == {Role.COUNCIL}}


def _organizing_members(work: Work, office: Office, petition: Proposal) -> frozenset[str]:
    """Give the members who are known to be its organizers or its liaison: the address is theirs alone."""
    addresses = [a for a in (*(o.email for o in petition.organizers), petition.staff_liaison.email) if a]
    found = roster.members_by_address(work, addresses, office.settings.mailbox.delimiter)
    return frozenset(members[0].member_id for members in found.values() if len(members) == 1)


def _to_signatories(petition: Proposal) -> Proposal:
    return replace(petition, audience=f"signed:{petition.id}")


_OUTCOMES = {Act.APPROVE: "outcome_approved", Act.RETURN: "outcome_returned"}


def report(office: Office, petition_id: str, by: str, now: datetime) -> None:
    """Report an approved petition to Council: its secretary is mailed, where contacts.council names one."""
    with office.db.write() as work:
        report_in(work, office, petition_id, by, now)


def report_in(
    work: Work, office: Office, petition_id: str, by: str, now: datetime, reason: str = "", said_by: str = ""
) -> None:
    """Report in the caller's transaction. said_by: the address of who says that it was reported, and knows it."""
    petition = _step(work, office, petition_id, Act.REPORT, by, now, reason)
    council = office.contact(COUNCIL)
    if council is None or not council.email or council.email.casefold() == said_by.casefold():
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
        "answers": _part_of(work, office, petition, council.email)["answers"],
    }
    owed = Owed("council_report", petition_id, MAILTO + council.email, facts=facts)
    owe(work, office, [owed], {petition_id: petition}, now)


def _day(on: date | None) -> str:
    return day_words(on) if on is not None else ""
