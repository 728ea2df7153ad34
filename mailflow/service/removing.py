"""Delete in the mailbox what was taken out of the database: mail of erased members, and mail whose time is over."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from threading import Event
from typing import Protocol

from mailflow.domain.removal import Removal
from mailflow.service.office import Office
from mailflow.store import removal

log = logging.getLogger(__name__)

BATCH = 50


class Removable(Protocol):
    """The open mailbox, as gateways.imap gives it."""

    def remove(self, wanted: Sequence[Removal]) -> None: ...


def remove_asked(office: Office, folder: Removable, name: str, stop: Event | None = None) -> int:
    """Delete what is queued for the mailbox of that name and say how many; raises MailboxError, and goes on next time.

    stop: when it is set, the batch in hand is finished and the rest is left for the next time.
    """
    count = 0
    while stop is None or not stop.is_set():
        with office.db.read() as work:
            wanted = removal.waiting(work, name, BATCH)
        if not wanted:
            break
        folder.remove(wanted)
        with office.db.write() as work:
            removal.done(work, [one.n for one in wanted])
        count += len(wanted)
    if count:
        log.info("%d mails were deleted in the mailbox, as erasing asked", count)
    return count
