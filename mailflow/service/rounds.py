"""Which mails of a batch can be decided and written together: those that touch nothing in common (decision 19).

What an earlier mail of a batch did must be seen by a later one. So a batch is gone through in rounds: as many of the
leading mails as have no member, address, key, conversation or Message-ID in common; what one of them changes for
others (a command, a petition that qualifies) ends the round.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from mailflow.domain.model import Proposal, SignatureState
from mailflow.domain.outcome import CarryOut, ChangeSignature, Draft, Outcome, PutSignature, Verdict
from mailflow.domain.petition import crosses
from mailflow.mail.address import fold
from mailflow.mail.reader import ReadMail
from mailflow.service.reply_facts import people_of
from mailflow.service.surroundings import ToDecide, key_of

Mark = tuple[str, object]


def apart(reads: Sequence[ReadMail | None], around: ToDecide) -> int:
    """Say how many of the leading mails touch nothing in common; at least one. None: one that could not be read."""
    touched: set[Mark] = set()
    for count, read in enumerate(reads):
        marks = touches(read, around) if read is not None else frozenset()
        if marks & touched:
            return count
        touched |= marks
    return len(reads)


def touches(read: ReadMail, around: ToDecide) -> frozenset[Mark]:
    """Give whom and what a mail can change, or be answered by: people, addresses, keys, conversations, itself."""
    key, message = key_of(read, around), read.message
    senders, owner = people_of(read, around)
    people = (*senders, *((owner,) if owner is not None else ()))
    addresses = {person.address for person in people}
    if message.from_ is not None:
        addresses.add(message.from_.address)
    marks: set[Mark] = {("content", message.content_sha256)}
    if message.message_id:
        marks.add(("id", message.message_id))
    if key is not None:
        addresses.add(key.address)
        marks |= {("key", key.key), ("about", key.about_n or key.key)}
    marks |= {("member", person.member_id) for person in people}
    return frozenset(marks | {("address", fold(address)) for address in addresses})


# what they are answered depends on how everything stands, and what they say may change that
_ALONE = frozenset({Verdict.COMMAND, Verdict.NO_COMMAND, Verdict.PROPOSED})


def is_alone(outcome: Outcome) -> bool:
    """Tell whether a mail is decided and carried out alone: a command, or a proposal."""
    return outcome.verdict in _ALONE or any(isinstance(record, CarryOut | Draft) for record in outcome.records)


class Thresholds:
    """Counts the signatures that a round adds, to end it with the one that lets a petition qualify."""

    def __init__(self, around: ToDecide) -> None:
        self._items, self._added = around.items, Counter[str]()

    def may_cross(self, outcome: Outcome) -> bool:
        """Count what this outcome adds, and tell whether a petition may qualify by it."""
        validated = _validated(outcome)
        self._added.update(validated)
        return any(self._crosses(petition_id) for petition_id in validated)

    def _crosses(self, petition_id: str) -> bool:
        petition = self._items.get(petition_id)
        return isinstance(petition, Proposal) and crosses(petition, petition.validated + self._added[petition_id])


def _validated(outcome: Outcome) -> list[str]:
    put = [r.signature for r in outcome.records if isinstance(r, PutSignature)]
    changed = [r for r in outcome.records if isinstance(r, ChangeSignature)]
    return [
        *(one.petition_id for one in put if one.state is SignatureState.VALIDATED),
        *(one.petition_id for one in changed if one.to is SignatureState.VALIDATED),
    ]
