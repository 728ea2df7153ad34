"""After the database was put back from a backup: what came since is read again, what may have been sent is held (R14).

Nothing that the lost database did after the backup is known here, but three places outside it tell: the mark beside the
journals says that there was more; the done folder has the mails that were read; journals, a relay's log and answers
name mails that were sent. All else that is due when the restore ends might have been sent, so a person decides.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Event
from typing import Protocol

from mailflow.config import Settings
from mailflow.domain.arrival import Arrival
from mailflow.errors import StoreError, UsageError
from mailflow.service.fetching import BATCH
from mailflow.service.intake import read_waiting
from mailflow.service.marking import note_mark
from mailflow.service.office import Office
from mailflow.service.owner_mail import tell_all_strays
from mailflow.store import health, inbox, mark, outbox, restores
from mailflow.store.engine import Database, Work
from mailflow.store.journal import journal_path, left_behind
from mailflow.store.restores import HeldMailing

log = logging.getLogger(__name__)

OVERLAP = timedelta(days=2)  # how much of the done folder from before the backup is looked at once more
FRESH = timedelta(minutes=15)  # a database that was at work so lately is in use, and this is a new host of its
_KEY = re.compile(rb"(?<![a-z2-7])[a-z2-7]{26}(?![a-z2-7])")
_LINE_BYTES = 65_536


class DoneFolder(Protocol):
    """The open done folder, as gateways.imap gives it."""

    @property
    def account(self) -> str: ...
    @property
    def uidvalidity(self) -> int: ...
    def uids_before(self, instant: datetime) -> set[int]: ...
    def fetch_new(self, after_uid: int, limit: int, skip: Container[int] = ...) -> list[Arrival]: ...


@dataclass(frozen=True, slots=True)
class Restored:
    """What a restore did. known_sent: mails that journals, logs or answers name; held: those that a person decides on.

    read_again: mails that came after the backup, from the done folder and the folder itself.
    """

    read_again: int
    known_sent: int
    held: int
    mailings: Sequence[HeldMailing]


# --- is it the database that was here? --------------------------------------------------------------------------
def check(db: Database, settings: Settings, now: datetime) -> None:
    """Raise StoreError when the database was put back from a backup and that was not caught up with."""
    path = mark.mark_path(settings.database.url, settings.folder)
    with db.read() as work:
        here, seen = mark.current(work), mark.read(path)
        if not here.database:
            return
        if restores.begun_at(work) is not None:
            raise StoreError("a restore was begun and not finished: `mailflow restore` goes on with it")
        if seen is None or seen.database != here.database:
            _refuse_stranger(work, path, now)
        elif mark.is_behind(work, seen):
            raise StoreError(
                f"the database is older than it was: its ledger ends with entry {here.n}, and {path} has seen entry"
                f" {seen.n}. If it was put back from a backup, `mailflow restore` reads again what came since and holds"
                " what may have been sent; nothing is sent before"
            )
    if seen is not None and set(here.restores) - set(seen.restores):
        _use_journals(db, settings, now)  # another host did the restore
    note_mark(db, settings)


def _refuse_stranger(work: Work, path: Path, now: datetime) -> None:
    """Refuse a database with a history that was never at work here, unless it is at work elsewhere now."""
    known = (health.good_poll_at(work), health.last_settled_at(work), health.watch(work)[1])
    at = max((each for each in known if each is not None), default=None)
    if at is None or now - at < FRESH:
        return
    raise StoreError(
        f"the database was at work until {at.isoformat(timespec='minutes')}, and not from this folder ({path} does not"
        " know it). If it was put back from a backup: `mailflow restore`. If it was moved here, and nothing was sent or"
        " read since: `mailflow restore --moved`"
    )


# --- catching up ------------------------------------------------------------------------------------------------
def begin(office: Office, now: datetime) -> int:
    """Hold what may have been sent, and note that a restore is under way. Gives how many are known to be sent."""
    with office.db.write() as work:
        restores.identify(work)
        restores.begin(work, now)
        restores.hold_due(work, now)
    return _use_journals(office.db, office.settings, now)


def _use_journals(db: Database, settings: Settings, now: datetime) -> int:
    """Settle what the lost database's senders had in hand, and empty their journals: their ids will be others' soon."""
    known = 0
    for journal in left_behind(journal_path(settings.database.url, settings.folder)):
        sent = [entry.id for entry in journal.entries() if entry.code]
        if sent:
            with db.write() as work:
                known += restores.settle_ids(work, sent, now)
        journal.clear()
    return known


def first_unsure(office: Office) -> datetime | None:
    """Give the instant from which mail in the done folder may be unknown here; None: all of it."""
    with office.db.read() as work:
        newest = restores.newest_arrival_at(work)
    return newest - OVERLAP if newest is not None else None


def read_done(
    office: Office, folder: DoneFolder, name: str, since: datetime | None, now: datetime, stop: Event | None = None
) -> int:
    """Keep and read what lies in the done folder and is not known here; gives how many. Raises MailboxError.

    A mail that is here is known by its bytes, and one that comes to it another way as the same mail: neither counts
    twice. Cut off, it begins again and finds the rest.
    """
    skip = folder.uids_before(since) if since is not None else set[int]()
    after, came = 0, 0
    while (stop is None or not stop.is_set()) and (arrivals := folder.fetch_new(after, BATCH, skip)):
        after = arrivals[-1].uid
        kept = office.db.redo(partial(_keep_unknown, arrivals, now))
        came += kept
        if kept:
            read_waiting(office, now)
    with office.db.write() as work:
        inbox.all_filed(work, inbox.Folder(folder.account, name, folder.uidvalidity))
    return came


def _keep_unknown(arrivals: Sequence[Arrival], now: datetime, work: Work) -> int:
    digests = {arrival.uid: sha256(arrival.raw).hexdigest() for arrival in arrivals}
    known = restores.known_digests(work, set(digests.values()))
    return len(inbox.keep(work, [a for a in arrivals if digests[a.uid] not in known], now))


def keys_in(paths: Iterable[Path]) -> set[str]:
    """Find reply keys in logs of mail that was sent; a line longer than 64 kB is cut. Raises UsageError."""
    found: set[str] = set()
    for path in paths:
        try:
            with path.open("rb") as file:
                while line := file.readline(_LINE_BYTES):
                    found.update(key.decode("ascii") for key in _KEY.findall(line.lower()))
        except OSError as error:
            raise UsageError(f"--mail-log {path} can't be read: {error.strerror}") from None
    return found


def finish(office: Office, keys: Iterable[str], known_sent: int, read_again: int, now: datetime) -> Restored:
    """Hold what catching up owes too, settle what is known to have been sent, and let the service run again."""
    tell_all_strays(office, now)  # or those that an hour's mail does not hold would go when the restore is over
    with office.db.write() as work:
        restores.hold_due(work, now)
        known_sent += restores.settle_keys(work, set(keys), now) + restores.settle_proved(work, now)
        restores.end(work)
        mailings = restores.held_mailings(work)
        held = outbox.counts(work)["held"]
    note_mark(office.db, office.settings)
    return Restored(read_again, known_sent, held, mailings)
