"""A petition goes to the committee: held against its rules, packed, mailed with the packet, entered in the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.domain.ledger import EntryKind
from mailflow.domain.lifecycle import Act, Who, require
from mailflow.domain.model import Proposal, ProposalState
from mailflow.domain.outcome import Owed
from mailflow.domain.petition_notices import to_organizers
from mailflow.domain.phrase import say
from mailflow.domain.reminders import GRACE
from mailflow.domain.submission import unmet
from mailflow.errors import Refused, UsageError
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.packet import Case, Packet, gather, make_packet, proof_words
from mailflow.service.packet_pages import committee_name
from mailflow.service.reminding import why_not_counted
from mailflow.service.roster import IMPORTED_AT
from mailflow.service.words import instant_words
from mailflow.store import ledger, meta, packet, proposals
from mailflow.store.engine import Work

TRIES = 3
PART_WORDS = {
    ".pdf": say("the packet to read"),
    ".csv": say("the signatures"),
    ".json": say("the manifest"),
    ".txt": say("the manifest"),
}


def preview_submission(office: Office, petition_id: str, checked_by: str, now: datetime) -> Packet:
    """Make the packet as it would be submitted now, and change nothing. Raises Refused with every rule not met."""
    with office.db.read() as work:
        case = ready(work, office, proposals.proposal(work, office.kinds, petition_id), checked_by, now)
    return make_packet(office, case)


def submit(
    office: Office, petition_id: str, now: datetime, *, to: str = "", checked_by: str = "", by: str = Who.STAFF
) -> Packet:
    """Submit a petition: the packet is mailed to the committee and the liaison, the organizers are told.

    to: where it goes instead of contacts.committee. checked_by: who checked that no single unit covers the purpose;
    said once, it holds for the next submission too. Raises Refused with every rule that is not met, UsageError
    without an address.

    The pages are made while nobody waits for us; what they say is recorded if nothing has changed meanwhile, else they
    are made anew.
    """
    address = to or committee_address(office)
    for _ in range(TRIES):
        with office.db.read() as work:
            seen = _seen(work, proposals.proposal(work, office.kinds, petition_id))
            case = ready(work, office, seen.petition, checked_by, now)
        made = make_packet(office, case)
        with office.db.write() as work:
            if _seen(work, proposals.lock(work, office.kinds, petition_id)) == seen:
                _record(work, office, made, address, by, now)
                return made
    with office.db.write() as work:  # more is going on than we can keep up with: now all others wait
        petition = proposals.lock(work, office.kinds, petition_id)
        made = make_packet(office, ready(work, office, petition, checked_by, now))
        _record(work, office, made, address, by, now)
    return made


@dataclass(frozen=True, slots=True)
class _Seen:
    """What changes when anything that a packet says does."""

    petition: Proposal
    version: tuple[int, int]
    roster: str


def _seen(work: Work, petition: Proposal) -> _Seen:
    return _Seen(petition, packet.version_of(work, petition.id), meta.get(work, IMPORTED_AT))


def ready(work: Work, office: Office, petition: Proposal, checked_by: str, now: datetime) -> Case:
    """Give what the packet is made from. Raises Refused with every rule that is not met, and what would do."""
    case = held_against_rules(work, office, petition, checked_by, now)
    if missing := unmet(case.rules):
        raise Refused("\n".join([f"{petition.id} can't be submitted yet:", *(f"- {each}" for each in missing)]))
    return case


def held_against_rules(work: Work, office: Office, petition: Proposal, checked_by: str, now: datetime) -> Case:
    """Give what the packet is made from, with the rules that are met and those that are not. Raises Refused where the
    state does not allow a submission.
    """
    require(petition.id, petition.state, Act.SUBMIT)
    checked_by = checked_by.strip() or _checked_before(work, petition.id)
    return gather(work, office, petition, checked_by, now, _waits(work, office, petition, now))


def _waits(work: Work, office: Office, petition: Proposal, now: datetime) -> tuple[str, ...]:
    """Say why mail that arrived before the close may still change the count, and what would do."""
    closes_at = petition.petition_closes_at
    if closes_at is None or now < closes_at:
        return ()
    why = why_not_counted(work, office, petition, now)
    if not why:
        return ()
    if now < closes_at + GRACE:
        when = instant_words(closes_at + GRACE, petition.zone)
        return why, say("%(id)s can be submitted from %(when)s", id=petition.id, when=when)
    read = say("it can be submitted when the mailbox has been read")
    return why, "`mailflow run --once` reads the mailbox; then it can be submitted", read


def _record(work: Work, office: Office, made: Packet, address: str, by: str, now: datetime) -> None:
    petition_id, validated = made.case.petition.id, made.case.counted.validated
    number = len(packet.submitted(work, petition_id)) + 1
    entry = {"manifest_sha256": made.manifest_sha256, "validated": validated}
    ledger.append(work, EntryKind.SUBMITTED, petition_id, now, entry)
    proposals.move(work, petition_id, ProposalState.SUBMITTED, now)
    details = {**entry, "to": address, "checked_by": made.case.checked_by, "number": number}
    proposals.note(work, petition_id, now, Act.SUBMIT, by, details=details)
    _mail(work, office, made, address, number, now)


def _checked_before(work: Work, petition_id: str) -> str:
    named = [e["details"].get("checked_by", "") for e in proposals.events(work, petition_id) if e["act"] == Act.SUBMIT]
    return str(named[-1]) if named else ""


def committee_address(office: Office) -> str:
    committee = office.contact("committee")
    if committee is None or not committee.email:
        raise UsageError("no address of a committee is known: give --to ADDRESS, or contacts.committee in config.toml")
    return committee.email


def _mail(work: Work, office: Office, made: Packet, address: str, number: int, now: datetime) -> None:
    """Owe the mails: with the packet to the committee and the liaison, without it and without names to organizers."""
    case = made.case
    petition, version = case.petition, f"submission-{number}"
    facts = {
        "validated": case.counted.validated,
        "rules": [{"asks": r.asks, "is_met": r.is_met, "found": r.found} for r in case.rules],
        "proofs": [{"n": n, "words": proof_words(proof)} for proof, n in case.proofs.items()],
        "parts": [{"name": p.name, "what": _what(p.name), "sha256": p.sha256} for p in made.parts],
        "ledger_head": case.ledger_head,
        "outlook": case.outlook,
        "is_copy": False,
    }
    items = {petition.id: petition}
    readers: list[Owed] = [Owed("submission", petition.id, MAILTO + address, version, facts)]
    liaison = petition.staff_liaison.email
    if liaison and liaison.casefold() != address.casefold():
        readers.append(Owed("submission", petition.id, MAILTO + liaison, version, facts | {"is_copy": True}))
    owe(work, office, readers, items, now, attachments=made.parts)
    told = {"validated": case.counted.validated, "committee_name": committee_name(case.committee)}
    submitted = replace(petition, state=ProposalState.SUBMITTED)
    organizers: Sequence[Owed] = [
        replace(one, facts={**one.facts, **told}) for one in to_organizers(submitted, "submission_told", version)
    ]
    owe(work, office, organizers, items, now)


def _what(name: str) -> str:
    return next((words for ending, words in PART_WORDS.items() if name.endswith(ending)), "")
