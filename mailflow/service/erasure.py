"""Erase a member (contract: `members erase`): withdraw what can be, take out what is personal, say what stays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from mailflow.domain.model import LIVE, Member, Proposal, SignatureState
from mailflow.domain.petition import BEFORE_SUBMISSION
from mailflow.errors import NotFound, Refused
from mailflow.service.office import Office
from mailflow.store import erasure, packet, proposals, signatures
from mailflow.store.engine import Work
from mailflow.store.roster import find

REASON = "the member's data were erased"


@dataclass(frozen=True, slots=True)
class Erasure:
    """What erasing does or did. withdrawn, counted: petitions whose signature goes, and whose tally keeps it.

    remains: what stays and where, in sentences.
    """

    member_id: str
    withdrawn: tuple[str, ...]
    counted: tuple[str, ...]
    mails_in: int
    mails_out: int
    texts: int
    remains: tuple[str, ...]


def preview(office: Office, who: str) -> Erasure:
    """Say what erasing would do; nothing is written. Raises NotFound and Refused."""
    with office.db.read() as work:
        member = _member(work, who)
        withdrawn, counted = _petitions(work, office, member)
        ours = erasure.mails_of(work, member)
        remains = _remains(work, office, member, counted, ())
    return Erasure(member.member_id, _ids(withdrawn), _ids(counted), len(ours), 0, 0, remains)


def erase(office: Office, who: str, now: datetime) -> Erasure:
    """Erase a member. Raises NotFound and Refused."""
    with office.db.write() as work:
        erasure.overwrite(work)
        member = _member(work, who)
        withdrawn, counted = _petitions(work, office, member)
        for petition in withdrawn:
            signatures.change_signature(
                work, office.kinds, petition.id, member.member_id, SignatureState.WITHDRAWN, REASON, 0, now
            )
        roles = erasure.roles_of(work, member)
        done = erasure.erase(work, member, now)
        remains = _remains(work, office, member, counted, done.named_in, roles)
    erasure.empty_log(office.db)
    return Erasure(member.member_id, _ids(withdrawn), _ids(counted), done.mails_in, done.mails_out, done.texts, remains)


def _member(work: Work, who: str) -> Member:
    member = find(work, who)
    if member is None:
        raise NotFound(f"no member has the member_id or address {who!r}; see `mailflow members list`")
    if member.standing == erasure.ERASED:
        raise Refused(f"{member.member_id} was erased before")
    return member


def _petitions(work: Work, office: Office, member: Member) -> tuple[list[Proposal], list[Proposal]]:
    """Give the petitions whose signature is withdrawn, and those that went to the committee and keep it."""
    ids = proposals.proposal_ids(work)
    live = [pid for (pid, _), s in signatures.signatures_of(work, ids, [member.member_id]).items() if s.state in LIVE]
    signed = [p for pid, p in proposals.proposals(work, office.kinds, live).items() if pid in live]
    withdrawn = [p for p in signed if p.state in BEFORE_SUBMISSION]
    return withdrawn, [p for p in signed if p.state not in BEFORE_SUBMISSION]


def _ids(petitions: list[Proposal]) -> tuple[str, ...]:
    return tuple(petition.id for petition in petitions)


def _remains(
    work: Work,
    office: Office,
    member: Member,
    counted: list[Proposal],
    named_in: tuple[int, ...],
    roles: list[str] | None = None,
) -> tuple[str, ...]:
    """Say what stays, and where."""
    said = [f"the id {member.member_id} in counts, states and the ledger, without anything that leads to a person"]
    said += [f"{p.id} is {p.state}: its tally keeps the signature" for p in counted]
    submitted = [pid for pid in proposals.proposal_ids(work) if packet.submitted(work, pid)]
    if submitted:
        said.append(f"the packets of {', '.join(submitted)}, as they were mailed and saved, may hold the name")
    for pid in erasure.roles_of(work, member) if roles is None else roles:
        said.append(f"{pid} names them as author, organizer or liaison: that is part of the proposal")
    if named_in:
        numbers = ", ".join(map(str, named_in[:20]))
        said.append(f"mails of other people hold an address of theirs: inbox {numbers}; see `inbox show N`")
    if office.settings.mailbox.imap is not None:
        said.append("mails in the mailbox's folders, until the next pass deletes them there")
    said.append("backups of the database, and mail at the relay and in the mailboxes of who got it")
    said.append("mailing lists and the association's own member system, which are not ours")
    return tuple(said)
