"""An organizer's name or address is mended after the proposal was opened; it stands in the packet."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from mailflow.domain.lifecycle import Act, Who, require
from mailflow.domain.model import Organizer, Proposal
from mailflow.domain.outcome import Owed
from mailflow.domain.phrase import Several, say
from mailflow.errors import InputError
from mailflow.service.addressees import MAILTO
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.telling import tell_chiefs
from mailflow.store import proposals
from mailflow.store.engine import Work

WORDS = {"name": say("name"), "email": say("mail address"), "address": say("postal address")}


def change_organizer(
    office: Office,
    proposal_id: str,
    who: str,
    now: datetime,
    *,
    name: str = "",
    email: str = "",
    address: str = "",
    by: str = Who.STAFF,
) -> Organizer:
    """Change what is known of an organizer; gives it as it then is. who: name or mail address. Raises InputError."""
    with office.db.write() as work:
        changes = {"name": name.strip(), "email": email.strip(), "address": address.strip()}
        return change_in(work, office, proposal_id, who, changes, by, now)


def change_in(
    work: Work, office: Office, proposal_id: str, who: str, changes: dict[str, str], by: str, now: datetime
) -> Organizer:
    """Change it in the caller's transaction; "" changes nothing. Organizers and liaison are told, not to what."""
    proposal = proposals.lock(work, office.kinds, proposal_id)
    require(proposal_id, proposal.state, Act.MEND)
    before = find_organizer(proposal, who)
    changed = {field: value for field, value in changes.items() if value and value != getattr(before, field)}
    if not changed:
        return before
    after = replace(before, **changed)
    others = tuple(after if one is before else one for one in proposal.organizers)
    mended = replace(proposal, organizers=others)
    proposals.set_organizers(work, proposal_id, others)
    proposals.note(work, proposal_id, now, Act.MEND, by, details={"organizer": after.name, "changed": sorted(changed)})
    _tell(work, office, mended, before, after, list(changed), by, now)
    return after


def find_organizer(proposal: Proposal, who: str) -> Organizer:
    """Find an organizer by mail address or name, or by a part of the name that only one has. Raises InputError."""
    folded = " ".join(who.split()).casefold()
    for named in (
        [o for o in proposal.organizers if folded in {o.email.casefold(), o.name.casefold()}],
        [o for o in proposal.organizers if folded and folded in o.name.casefold()],
    ):
        if len(named) == 1:
            return named[0]
    names = ", ".join(o.name for o in proposal.organizers)
    raise InputError(
        say("'%(who)s' is no organizer of %(id)s; they are: %(names)s", who=who, id=proposal.id, names=names or "-")
    )


def _tell(
    work: Work,
    office: Office,
    proposal: Proposal,
    before: Organizer,
    after: Organizer,
    changed: list[str],
    by: str,
    now: datetime,
) -> None:
    headline = say("What is known of an organizer was changed: %(title)s", title=proposal.title)
    what = Several.of([WORDS[each] for each in changed], ", ")
    line = say("Of %(name)s this was changed: %(what)s. By: %(by)s.", name=after.name, what=what, by=by)
    version = f"mended-{now.isoformat()}"
    tell_chiefs(work, office, proposal, headline, [line], version, now, but=by)
    if "email" in changed and before.email:  # whoever has the old one learns of it too
        facts = {"headline": headline, "lines": [line], "answers": []}
        owed = Owed("organizer_note", proposal.id, MAILTO + before.email, version, facts)
        owe(work, office, [owed], {proposal.id: proposal}, now)
