"""Tell people that something about a proposal changed: those who were asked and may answer, and those who run it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from mailflow.domain.commands import answers
from mailflow.domain.decide_command import possible_about
from mailflow.domain.model import Proposal
from mailflow.domain.outcome import Owed
from mailflow.domain.phrase import say, say_n
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.service.owing import owe, owe_many
from mailflow.service.posts import chiefs
from mailflow.service.words import deadline_words
from mailflow.store import reminders
from mailflow.store.engine import Work


def tell_of_extension(
    work: Work, office: Office, proposal: Proposal, asked: str, until: datetime, reason: str, by: str, now: datetime
) -> int:
    """Tell that a window closes later, with the reason: who was asked and has not answered, and who runs it.

    asked: the mail that asked them. Gives how many members are told.
    """
    version = until.isoformat()
    silent = reminders.iter_unanswered(work, proposal.id, asked)
    told = owe_many(work, office, "window_extended", proposal, version, silent, now, {"reason": reason})
    words = deadline_words(until, proposal.zone)
    line = say_n(
        "It now runs until %(when)s; %(n)s member who has not answered is told.",
        "It now runs until %(when)s; %(n)s members who have not answered are told.",
        told,
        when=words,
    )
    lines: list[str] = [line]
    lines += [say("The reason: %(reason)s", reason=reason)] if reason else []
    tell_chiefs(
        work,
        office,
        proposal,
        say("More time: %(title)s", title=proposal.title),
        lines,
        f"extended-{version}",
        now,
        but=by,
    )
    return told


def tell_chiefs(
    work: Work,
    office: Office,
    proposal: Proposal,
    headline: str,
    lines: Sequence[str],
    version: str,
    now: datetime,
    *,
    but: str = "",
    with_owner: bool = False,
) -> None:
    """Mail organizers and liaison (with_owner: and the mailbox's owner), with what each of them can answer.

    version: what makes it this mail; the same again is not sent. but: who brought it about, and gets an answer anyway.
    """
    owed = []
    for address, roles in chiefs(office, proposal, with_owner=with_owner):
        if but and _name_of(proposal, address) and but.startswith(_name_of(proposal, address) + " ("):
            continue
        facts = {"headline": headline, "lines": list(lines), "answers": answers(possible_about(proposal, roles))}
        owed.append(Owed("organizer_note", proposal.id, MAILTO + address, version=version, facts=facts))
    owe(work, office, owed, {proposal.id: proposal}, now)


def _name_of(proposal: Proposal, address: str) -> str:
    named = [(o.email, o.name) for o in proposal.organizers]
    named.append((proposal.staff_liaison.email, proposal.staff_liaison.name))
    return next((name for email, name in named if email.casefold() == address.casefold()), "")
