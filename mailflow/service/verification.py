"""Verification: standing checked again after each roster, signatures invalidated or entered by staff, with reasons."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from mailflow.domain.civil import parse_day, start_of_day
from mailflow.domain.lifecycle import Who
from mailflow.domain.model import COLLECTING, Member, Proof, Proposal, ProposalState, Signature, SignatureState
from mailflow.domain.outcome import Owed
from mailflow.domain.petition import is_live
from mailflow.domain.petition_notices import qualified_notice
from mailflow.domain.verification import RECHECK, Burst, Which, bursts
from mailflow.errors import InputError, Refused
from mailflow.service.csv_rows import Columns, Problems, Row, read_rows
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.petitions import sign_for
from mailflow.service.roster import IMPORTED_AT
from mailflow.service.words import day_words
from mailflow.store import meta, proposals, roster, signatures
from mailflow.store.engine import Work
from mailflow.store.standing import judged_anew

CHECKED = COLLECTING | {ProposalState.CLOSED, ProposalState.RETURNED}
INVALIDATE, ENTER = "invalidate signatures", "enter signatures"


@dataclass(frozen=True, slots=True)
class Recheck:
    """What checking a petition's standing again has changed: members who lost it and who gained it."""

    petition_id: str
    lapsed: int
    regained: int


# --- standing ---------------------------------------------------------------------------------------------------
def recheck_standing(office: Office, now: datetime, *, is_due_only: bool = False) -> list[Recheck]:
    """Hold every signature against the roster as it is now, on the day that counts (contract: kinds).

    is_due_only: only petitions whose roster or closing day has changed since they were last checked.
    """
    with office.db.read() as work:
        watched = proposals.in_states(work, office.kinds, CHECKED)
        imported_at = meta.get(work, IMPORTED_AT)
        if is_due_only:
            watched = [p for p in watched if meta.get(work, _checked_name(p)) != _version(p, imported_at)]
    done = []
    for petition in watched:
        with office.db.write() as work:
            found = _recheck(work, office, proposals.lock(work, office.kinds, petition.id), now)
            meta.put(work, _checked_name(petition), _version(petition, imported_at))
        if found.lapsed or found.regained:
            done.append(found)
    return done


def _checked_name(petition: Proposal) -> str:
    return f"standing.checked:{petition.id}"


def _version(petition: Proposal, imported_at: str) -> str:
    return f"{imported_at} {petition.petition_closes_at}"


def _recheck(work: Work, office: Office, petition: Proposal, now: datetime) -> Recheck:
    lapsed = regained = 0
    qualified = False
    for new in judged_anew(work, petition, signatures.signatures(work, petition.id), now):
        lapsed += new.state is SignatureState.NOT_IN_GOOD_STANDING
        regained += new.state is SignatureState.VALIDATED
        qualified = signatures.put_signature(work, office.kinds, new, now) or qualified
    if lapsed or regained:
        proposals.note(work, petition.id, now, RECHECK, Who.CLOCK, details={"lapsed": lapsed, "regained": regained})
    if qualified:
        petition = proposals.proposal(work, office.kinds, petition.id)
        owe(work, office, qualified_notice(petition), {petition.id: petition}, now)
    return Recheck(petition.id, lapsed, regained)


def recheck_after_import(office: Office, now: datetime) -> None:
    """Check standing again where a new roster or another closing day asks for it: what the clock does."""
    recheck_standing(office, now, is_due_only=True)


# --- invalidating -----------------------------------------------------------------------------------------------
def preview_invalidation(office: Office, petition_id: str, which: Which) -> dict[str, Any]:
    """Say how many signatures a condition means, by state (R70)."""
    with office.db.read() as work:
        meant = _meant(work, office, petition_id, which)
    return {"signatures": len(meant), "by_state": dict(Counter(str(s.state) for s in meant))}


def invalidate(office: Office, petition_id: str, which: Which, reason: str, now: datetime, by: str = Who.STAFF) -> int:
    """Invalidate the signatures that are meant, with the reason; says how many. Nothing is deleted (R65).

    Each member is told the reason and how to object.
    """
    if not reason.strip():
        raise InputError("a reason is needed: it stays with each signature")
    with office.db.write() as work:
        petition = proposals.lock(work, office.kinds, petition_id)
        if petition.state not in CHECKED:
            raise Refused(f"{petition_id} is {petition.state}: its signatures can't be changed now")
        meant = _meant(work, office, petition_id, which)
        for signature in meant:
            new = replace(signature, state=SignatureState.INVALIDATED, reason=reason)
            signatures.put_signature(work, office.kinds, new, now)
        details = {"signatures": len(meant), "which": which.in_words()}
        proposals.note(work, petition_id, now, INVALIDATE, by, reason, details)
        told = [
            Owed("signature_invalidated", petition_id, s.member_id, now.isoformat(), {"reason": reason}) for s in meant
        ]
        owe(work, office, told, {petition_id: petition}, now)
    return len(meant)


def _meant(work: Work, office: Office, petition_id: str, which: Which) -> list[Signature]:
    if which.is_empty:
        raise Refused("at least one condition is needed: --member, --domain, --via, --proof, --from or --to")
    proposals.proposal(work, office.kinds, petition_id)
    return [s for s in signatures.signatures(work, petition_id) if which.means(s)]


def find_members(office: Office, whos: Sequence[str]) -> frozenset[str]:
    """Give the member_ids of numbers or addresses. Raises InputError with those that nobody has."""
    with office.db.read() as work:
        found = {who: roster.find(work, who) for who in whos}
    if unknown := [who for who, member in found.items() if member is None]:
        raise InputError([f"{who!r} is nobody on the roster" for who in unknown])
    return frozenset(member.member_id for member in found.values() if member is not None)


def show_bursts(office: Office, petition_id: str, least: int) -> list[Burst]:
    """Give the hours in which many signed from one domain: to be looked at, not judged (R69)."""
    with office.db.read() as work:
        petition = proposals.proposal(work, office.kinds, petition_id)
        return bursts(signatures.signatures(work, petition_id), petition.zone, least)


# --- paper ------------------------------------------------------------------------------------------------------
ENTERED = Columns(("member",), ("signed_on", "note"))


@dataclass(slots=True)
class EnterReport:
    """What entering did, or with a dry run would do: by the state that each signature got, and those left as they were.

    already: they stand already; withdrew: the member took theirs back, which paper does not undo.
    """

    read: int = 0
    validated: int = 0
    not_in_good_standing: int = 0
    pending: int = 0
    already: int = 0
    withdrew: int = 0


class _OnlyLooking(Exception):
    """Ends a dry run's transaction."""


def enter_signatures(
    office: Office, petition_id: str, path: Path, now: datetime, *, dry_run: bool = False, by: str = Who.STAFF
) -> EnterReport:
    """Enter signatures that were collected on paper or elsewhere: all of a file or none of it; proof `paper`.

    Each member is told, and can take it away with a word.
    Columns: member (number or address), and if known signed_on and a note. Raises InputError with the bad rows.
    """
    problems, report = Problems(path), EnterReport()
    try:
        with office.db.write() as work:
            petition = _enterable(work, office, petition_id)
            rows = list(read_rows(path, ENTERED, problems))
            members = _members_of(work, rows, problems)
            told = [
                _enter(work, office, petition, members[row.line], row, problems, report, now)
                for row in rows
                if row.line in members
            ]
            problems.raise_if_any()
            owe(work, office, [one for one in told if one is not None], {petition_id: petition}, now)
            details = {"read": report.read, "validated": report.validated, "pending": report.pending}
            proposals.note(work, petition_id, now, ENTER, by, path.name, details)
            if dry_run:
                raise _OnlyLooking
    except _OnlyLooking:
        pass
    return report


def _enterable(work: Work, office: Office, petition_id: str) -> Proposal:
    petition = proposals.lock(work, office.kinds, petition_id)
    if petition.state not in CHECKED or petition.petition_opened_at is None:
        raise Refused(f"{petition_id} is {petition.state}: signatures can't be entered now")
    return petition


def _members_of(work: Work, rows: Sequence[Row], problems: Problems) -> Mapping[int, Member]:
    """Find each row's member; note the unknown, and those that stand twice."""
    found: dict[int, Member] = {}
    first: dict[str, int] = {}
    for row in rows:
        who = row.values["member"]
        try:
            member = roster.find(work, who) if who else None
        except Refused as error:
            problems.add_value(row.line, "member", who, str(error))
            continue
        if member is None:
            problems.add_value(row.line, "member", who, "is nobody on the roster; write a member_id or an address")
        elif first.setdefault(member.member_id, row.line) != row.line:
            problems.add_value(row.line, "member", who, f"stands on line {first[member.member_id]} already")
        else:
            found[row.line] = member
    return found


def _enter(
    work: Work,
    office: Office,
    petition: Proposal,
    member: Member,
    row: Row,
    problems: Problems,
    report: EnterReport,
    now: datetime,
) -> Owed | None:
    """Enter one; gives the mail that tells its member."""
    signed_at = _signed_at(petition, row, problems, now)
    if signed_at is None:
        return None
    report.read += 1
    before = signatures.signatures_of(work, [petition.id], [member.member_id]).get((petition.id, member.member_id))
    if is_live(before):
        report.already += 1
    elif before is not None:
        report.withdrew += 1
    else:
        state = sign_for(work, office, petition, member, Proof.PAPER, now, via="paper", arrived_at=signed_at)
        setattr(report, str(state), getattr(report, str(state)) + 1)
        return _entered(petition, member, row.values["signed_on"], state, now)
    return None


def _entered(petition: Proposal, member: Member, signed_on: str, state: SignatureState, now: datetime) -> Owed:
    facts = {
        "signed_words": day_words(parse_day(signed_on)) if signed_on else "",
        "counts": state is SignatureState.VALIDATED,
        "is_pending": state is SignatureState.PENDING,
    }
    return Owed("signature_entered", petition.id, member.member_id, now.isoformat(), facts)


def _signed_at(petition: Proposal, row: Row, problems: Problems, now: datetime) -> datetime | None:
    """Give the instant that stands for the day on the paper: its noon, within the window."""
    opened_at, closes_at = petition.petition_opened_at, petition.petition_closes_at
    assert opened_at is not None
    value = row.values["signed_on"]
    if not value:
        return min(now, closes_at or now)
    try:
        begins_at = start_of_day(parse_day(value), petition.zone)
    except InputError as error:
        problems.add_value(row.line, "signed_on", value, f"can't be read: {error}")
        return None
    if begins_at > now or (closes_at is not None and begins_at >= closes_at):
        problems.add_value(row.line, "signed_on", value, "is after the petition's window, or still to come")
        return None
    if begins_at < start_of_day(opened_at.astimezone(ZoneInfo(petition.zone)).date(), petition.zone):
        problems.add_value(row.line, "signed_on", value, f"is before the petition opened ({opened_at.isoformat()})")
        return None
    return max(begins_at, opened_at)
