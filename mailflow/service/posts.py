"""Who has which part in what: organizers, liaisons, contacts, the committee and the mailbox's owner, by address."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from mailflow.domain.commands import Role
from mailflow.domain.facts import Item, Post
from mailflow.domain.model import Launch, LaunchState, Notice, NoticeState, Proposal, ProposalState
from mailflow.service.office import Office
from mailflow.store import launches, packet, proposals
from mailflow.store.engine import Work

COMMITTEE = "committee"  # the name under [contacts] of the body that decides
COUNCIL = "council"  # and of who keeps Council's agenda
LIVE = frozenset(ProposalState) - {ProposalState.WITHDRAWN}
DECIDED = frozenset({ProposalState.APPROVED, ProposalState.REPORTED, ProposalState.RENEWAL_DUE})
AT_COMMITTEE = frozenset({ProposalState.SUBMITTED, ProposalState.ACKNOWLEDGED})


def posts_of(work: Work, office: Office, address: str, ids: Collection[str] = ()) -> tuple[Post, ...]:
    """Give what somebody has a part in: these items, or everything that is going on."""
    folded, items = address.casefold(), _items(work, office, ids)
    at_committee = [i.id for i in items if isinstance(i, Proposal) and i.state in AT_COMMITTEE]
    decides = [one for one in at_committee if packet.submitted_to(work, one).casefold() == folded]
    return tuple(_posts(office, folded, items, decides))


def _items(work: Work, office: Office, ids: Collection[str]) -> list[Item]:
    if ids:
        return [
            *proposals.proposals(work, office.kinds, ids).values(),
            *launches.launches(work, ids).values(),
            *launches.notices(work, ids).values(),
        ]
    going_on = [one for one in launches.launches(work).values() if one.state is not LaunchState.LAUNCHED]
    ready = [n for n in launches.notices(work).values() if n.state is NoticeState.PREPARED and not n.launch_id]
    return [*proposals.in_states(work, office.kinds, LIVE), *going_on, *ready]


def _posts(office: Office, address: str, items: list[Item], decides: Collection[str] = ()) -> Iterator[Post]:
    """decides: the petitions that were submitted to this address, whatever contacts.committee says."""
    owner = office.settings.mailbox.owner.casefold()
    for item in items:
        parts = dict(_parts(office, item, address))
        if owner and address == owner:
            parts.setdefault(Role.STAFF, "")
        if item.id in decides:
            parts.setdefault(Role.COMMITTEE, "")
        if parts:
            yield Post(item, frozenset(parts), next((name for name in parts.values() if name), ""))


def _parts(office: Office, item: Item, address: str) -> Iterator[tuple[Role, str]]:
    if isinstance(item, Launch | Notice):
        contact = office.contact(item.contact)
        if contact is not None and contact.email.casefold() == address:
            yield Role.CONTACT, contact.name
        return
    for organizer in item.organizers:
        if organizer.email.casefold() == address:
            yield Role.ORGANIZER, organizer.name
    if item.staff_liaison.email and item.staff_liaison.email.casefold() == address:
        yield Role.LIAISON, item.staff_liaison.name
    stands_in = office.contact(item.kind.contact)  # where nobody is named, the kind's contact stands for it
    if not item.staff_liaison.email and stands_in is not None and stands_in.email.casefold() == address:
        yield Role.LIAISON, stands_in.name
    committee = office.contact(COMMITTEE)
    if committee is not None and committee.email.casefold() == address:
        yield Role.COMMITTEE, committee.name
    council = office.contact(COUNCIL)
    if item.state in DECIDED and council is not None and council.email.casefold() == address:
        yield Role.COUNCIL, council.name


def chiefs(office: Office, proposal: Proposal, *, with_owner: bool = False) -> list[tuple[str, frozenset[Role]]]:
    """Give the addresses of organizers and liaison, each once, with their roles; with_owner: the mailbox's too."""
    owner = office.settings.mailbox.owner if with_owner else ""
    addresses = [*(o.email for o in proposal.organizers), proposal.staff_liaison.email, owner]
    unique = {a.casefold(): a for a in reversed(addresses) if a}
    found = [(address, list(_posts(office, folded, [proposal]))) for folded, address in unique.items()]
    return [(address, posts[0].roles) for address, posts in reversed(found) if posts]
