"""The submission packet: pages, signatures as CSV, and the manifest, made from what the books say at an instant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from mailflow.domain.model import Contact, Proof, Proposal, SignatureState
from mailflow.domain.packet import (
    MANIFEST_JSON,
    MANIFEST_TEXT,
    Attachment,
    SignatureLine,
    csv_of,
    instant,
    manifest,
    manifest_text,
)
from mailflow.domain.phrase import say
from mailflow.domain.submission import Count, Rule, by_proof, count, rules_of
from mailflow.service.office import Office
from mailflow.service.packet_pages import pages
from mailflow.service.standing import outlook
from mailflow.service.words import instant_words
from mailflow.store import effects, ledger, proposals, signatures
from mailflow.store import packet as books
from mailflow.store.engine import Work

PROOF_WORDS = {
    Proof.KEY_FROM: say("by an answer to their own invitation, from an address on file"),
    Proof.DMARC: say("by a mail from an address on file, whose sender the domain vouches for (DMARC)"),
    Proof.CONFIRMED: say("by a yes to a question that went to the address on file"),
    Proof.LINK: say("by the button on the personal page that their own mail leads to"),
    Proof.STAFF: say("entered by staff, who read the member's mail"),
    Proof.PAPER: say("on paper, entered by staff"),
}


@dataclass(frozen=True, slots=True)
class Case:
    """All that a packet is made from. mails: SHA-256 of each mail behind a signature. events: the petition's history.

    roster: (members, SHA-256) as the roster stood at that instant. outlook: how many still hold when the committee
    meets, in words, "" where that is not known.
    """

    petition: Proposal
    at: datetime
    committee: Contact | None
    checked_by: str
    rules: tuple[Rule, ...]
    counted: Count
    lines: tuple[SignatureLine, ...]
    tally: Mapping[str, int]
    proofs: Mapping[str, int]
    mails: Mapping[int, str]
    events: tuple[dict[str, Any], ...]
    ledger_head: str
    roster: tuple[int, str]
    outlook: str = ""


@dataclass(frozen=True, slots=True)
class Packet:
    """The parts, the manifest (JSON, then text) last."""

    case: Case
    parts: tuple[Attachment, ...]

    @property
    def manifest_sha256(self) -> str:
        """Give the SHA-256 of manifest.json, which the ledger keeps."""
        return next(part.sha256 for part in self.parts if part.name == MANIFEST_JSON)


def gather(
    work: Work,
    office: Office,
    petition: Proposal,
    checked_by: str,
    now: datetime,
    waits: tuple[str, ...] = (),
) -> Case:
    """Read from the books what a packet is made from. waits: as domain.submission.rules_of has it."""
    signed = signatures.signatures(work, petition.id)
    counted = count(signed, petition.threshold, now)
    firm_words = instant_words(counted.firm_at, petition.zone) if counted.firm_at else ""
    valid = [s for s in signed if s.state is SignatureState.VALIDATED]
    codes = books.receipts(work, petition.id, [s.member_id for s in valid])
    behind = effects.mails_of(work, petition.id)
    lines = tuple(
        SignatureLine(
            no=no,
            member_id=s.member_id,
            name=s.name,
            standing=s.standing,
            signed_at=s.signed_at,
            via=s.via,
            proof=str(s.proof),
            receipt=codes.get(s.member_id, ""),
            statement_sha256=s.statement_sha256,
            act_sha256=s.act_sha256,
            mails=behind.get(s.member_id, ()),
            undo_until=s.undo_until if s.undo_until is not None and s.undo_until > now else None,
        )
        for no, s in enumerate(valid, 1)
    )
    return Case(
        petition=petition,
        at=now,
        committee=office.contact("committee"),
        checked_by=checked_by,
        rules=rules_of(petition, counted, checked_by, firm_words, waits),
        counted=counted,
        lines=lines,
        tally=signatures.tally(work, petition.id),
        proofs=by_proof(valid),
        mails=books.mail_digests(work, {n for line in lines for n in line.mails}),
        events=tuple(proposals.events(work, petition.id)),
        ledger_head=ledger.head(work),
        roster=books.roster_digest(work, now),
        outlook=outlook(work, petition, now),
    )


def make_packet(office: Office, case: Case) -> Packet:
    """Make the parts; the same case gives the same bytes. Raises Refused where the pages can't be made."""
    name = case.petition.id
    listed = Attachment(f"{name}-signatures.csv", "text/csv", csv_of(case.lines))
    told = {part.name: part.sha256 for part in (listed,)}
    packet = Attachment(f"{name}-packet.pdf", "application/pdf", pages(office, case, proof_words, told))
    parts = (packet, listed)
    as_json = Attachment(
        MANIFEST_JSON, "application/json", manifest(_about(office, case), parts, case.mails, _books(case))
    )
    text = manifest_text(_told(office, case), (*parts, as_json), case.mails)
    return Packet(case, (*parts, as_json, Attachment(MANIFEST_TEXT, "text/plain", text)))


def proof_words(proof: str) -> str:
    """Say how a signature is proved, in words for a committee."""
    return next((words for known, words in PROOF_WORDS.items() if known == proof), say("by '%(proof)s'", proof=proof))


def _about(office: Office, case: Case) -> dict[str, Any]:
    petition = case.petition
    return {
        "association": office.settings.association.name,
        "id": petition.id,
        "title": petition.title,
        "kind": petition.kind.title,
        "submitted_at": instant(case.at),
        "threshold": petition.threshold,
        "validated": case.counted.validated,
        "tally": dict(sorted(case.tally.items())),
        "by_proof": dict(case.proofs),
        "outlook": case.outlook,
        "overlap_checked_by": case.checked_by,
        "rules": [{"rule": r.name, "asks": r.asks, "is_met": r.is_met, "found": r.found} for r in case.rules],
        "act": petition.kind.act,
        "act_sha256": petition.act_sha256,
        "statement_sha256": petition.statement_sha256,
    }


def _books(case: Case) -> dict[str, Any]:
    members, digest = case.roster
    return {
        "ledger_head": case.ledger_head,
        "roster": {"as_of": case.at.isoformat(), "members": members, "sha256": digest},
    }


def _told(office: Office, case: Case) -> list[tuple[str, str]]:
    petition, (members, digest) = case.petition, case.roster
    return [
        ("Submission packet", f"{petition.title} ({petition.id}), {office.settings.association.name}"),
        ("Submitted", instant(case.at)),
        ("Signatures", f"{case.counted.validated} that count, {petition.threshold} needed"),
        *(("", f"{n} {proof_words(proof)}") for proof, n in case.proofs.items()),
        ("Statement, SHA-256", petition.statement_sha256),
        ("Act sentence, SHA-256", petition.act_sha256),
        ("Overlap checked by", case.checked_by or "nobody named"),
        ("Ledger head", case.ledger_head),
        (f"Roster ({members} members), SHA-256", digest),
    ]
