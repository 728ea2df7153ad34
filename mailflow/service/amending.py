"""A statement is changed after it was shown: a correction, or a matter for those who signed; both versions are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from mailflow.domain.lifecycle import Act, Who, require
from mailflow.domain.model import SIGNED, Proposal, ProposalState, Signature, SignatureState
from mailflow.domain.outcome import Owed
from mailflow.domain.proposal_file import read_proposal
from mailflow.domain.verification import is_typo, same_statements
from mailflow.errors import Refused
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.store import proposals, signatures
from mailflow.store.engine import Work

TYPO, MATERIAL = "correction", "material change"


@dataclass(frozen=True, slots=True)
class Amended:
    """What a change of the statement brought about. asked: signatories who are asked to affirm it."""

    statement_sha256: str
    asked: int


def amend(
    office: Office, proposal_id: str, text: str, reason: str, now: datetime, *, is_material: bool, by: str = Who.STAFF
) -> Amended:
    """Take the statement of a proposal.md as the new one; nothing else of the file is taken.

    A correction leaves the signatures as they are. After a material change each signature is pending until its member
    affirms it by a reply. Raises Refused where the state does not allow it, and where a 'correction' changes too much.
    """
    new = read_proposal(text, office.kinds, office.zone)
    with office.db.write() as work:
        before = proposals.lock(work, office.kinds, proposal_id)
        _check(before, new, is_material)
        change = {"statement": new.statement, "statement_sha256": new.statement_sha256}
        details = {
            "sort": MATERIAL if is_material else TYPO,
            "from": before.statement_sha256,
            "to": new.statement_sha256,
        }
        proposals.keep_version(work, before, now)
        amended = replace(before, **change)  # type: ignore[arg-type]
        proposals.keep_version(work, amended, now)
        proposals.move(work, proposal_id, before.state, now, **change)
        proposals.note(work, proposal_id, now, Act.AMEND, by, reason, details)
        asked = _ask_again(work, office, amended, reason, now) if is_material else 0
    return Amended(new.statement_sha256, asked)


def _check(before: Proposal, new: Proposal, is_material: bool) -> None:
    require(before.id, before.state, Act.AMEND)
    if new.statement_sha256 == before.statement_sha256:
        raise Refused(f"the statement of {before.id} is that already")
    if is_material and before.state is ProposalState.RETURNED:
        raise Refused(f"{before.id} is returned: extend it first, so that signatories can affirm a changed statement")
    if not is_material and not is_typo(before.statement, new.statement):
        raise Refused("that changes more than a typo: with --material the signatories are asked to affirm it")


def _ask_again(work: Work, office: Office, petition: Proposal, reason: str, now: datetime) -> int:
    """Let each signature wait until its member affirms the new statement, and ask them."""
    why = "the statement was changed: waits until the member affirms it"
    signed = [s for s in signatures.signatures(work, petition.id) if s.state in SIGNED]
    for one in signed:
        signatures.put_signature(work, office.kinds, replace(one, state=SignatureState.PENDING, reason=why), now)
    if petition.state is ProposalState.QUALIFIED:  # it has to reach its threshold again
        proposals.move(work, petition.id, ProposalState.PETITION_OPEN, now, qualified_at=None)
    owe(work, office, _asks(petition, signed, reason), {petition.id: petition}, now)
    return len(signed)


def _asks(petition: Proposal, signed: Sequence[Signature], reason: str) -> list[Owed]:
    version = petition.statement_sha256[:16]
    return [Owed("affirm_ask", petition.id, s.member_id, version=version, facts={"reason": reason}) for s in signed]


def accepted_versions(work: Work, petition: Proposal) -> frozenset[str]:
    """Give the versions of the statement that differ from the current one by corrections alone."""
    changes = [e["details"] for e in proposals.events(work, petition.id) if e["act"] == Act.AMEND]
    corrections = [(d["from"], d["to"]) for d in changes if d["sort"] == TYPO]
    return same_statements(petition.statement_sha256, corrections)
