"""From the mailbox to the inbox table: what is new since we last looked, and nothing older than the first start.

The position (account, UIDVALIDITY, UID) is committed with the raw mails. A mail leaves the folder only after what it
led to was committed; other people's mail is flagged and stays (design rule 9).
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from functools import partial
from threading import Event
from typing import Protocol

from mailflow.domain.arrival import Arrival
from mailflow.domain.phrase import say
from mailflow.service.intake import Ahead, read_waiting
from mailflow.service.marking import keep_mark
from mailflow.service.office import Office
from mailflow.service.owner_mail import alert_owner
from mailflow.store import disk, health, inbox, meta
from mailflow.store.engine import Work

log = logging.getLogger(__name__)

FIRST_BATCH, BATCH = 5, 50  # a small first batch: progress survives frequent restarts (R30)
NOT_OURS = "$NotMailflow"  # the keyword on mail that answers nothing of ours
SINCE = "mailbox.since"


class Folder(Protocol):
    """The open mailbox folder, as gateways.imap gives it."""

    @property
    def account(self) -> str: ...
    @property
    def uidvalidity(self) -> int: ...
    def uidnext(self) -> int: ...
    def all_uids(self) -> list[int]: ...
    def uids_before(self, instant: datetime) -> set[int]: ...
    def fetch_new(self, after_uid: int, limit: int, skip: Container[int] = ...) -> list[Arrival]: ...
    def file_away(self, uids: Sequence[int]) -> None: ...
    def flag(self, uids: Sequence[int], keyword: str) -> None: ...


def note_init(work: Work, now: datetime) -> None:
    """Note when `init` ran, the first time: mail that is older is not touched (design rule 9)."""
    if not meta.get(work, SINCE):
        meta.put(work, SINCE, _whole_second(now).isoformat())


def first_start(office: Office, now: datetime, since: datetime | None = None) -> datetime:
    """Give the instant before which mail is not touched: `--since`, or when `init` ran; kept from the first time on.

    A clock that is told (`--now`) may begin before `init` ran: then its beginning counts.
    """
    with office.db.write() as work:
        kept = meta.get(work, SINCE)
        chosen = _whole_second(since or (min(now, datetime.fromisoformat(kept)) if kept else now))
        if chosen.isoformat() != kept:
            meta.put(work, SINCE, chosen.isoformat())
        return chosen


def _whole_second(instant: datetime) -> datetime:
    """Round down: INTERNALDATE knows no fractions, and what arrives within that second is new."""
    return instant.replace(microsecond=0)


def fetch_all(
    office: Office, folder: Folder, name: str, now: datetime, since: datetime, stop: Event | None = None
) -> int:
    """Keep, read and file away all that is new, and say how many mails came; raises MailboxError.

    stop: when it is set, the batch in hand is finished and the rest is left for the next time.
    """
    after, skip = _position(office, folder, name, now, since)
    upto = folder.uidnext() - 1
    came, limit, goes_on, began_s = 0, FIRST_BATCH, _has_room(office), time.monotonic()
    if goes_on:
        read_waiting(office, now)  # what a stop left unread comes first, one by one: no batch is fetched between
    _file_away(office, folder, name)  # what a stop between commit and filing left behind
    with Ahead(office, now) as ahead:  # while a batch is read, the one before it is settled and the next one fetched
        while goes_on and (arrivals := folder.fetch_new(after, limit, skip)):
            after = arrivals[-1].uid
            wanted = [a for a in arrivals if a.arrived_at >= since]
            came += office.db.redo(partial(_keep, wanted, folder, name, after, now, time.monotonic() - began_s))
            ahead.step()
            if limit == FIRST_BATCH:
                ahead.finish()  # settled before anything else is fetched (R30)
            limit = BATCH
            _file_away(office, folder, name)
            goes_on = not (stop is not None and stop.is_set()) and _has_room(office)
    if goes_on:
        with office.db.write() as work:
            _remember(work, folder, name, max(upto, after))
            health.note_good_poll(work, now)
        read_waiting(office, now)
    _file_away(office, folder, name)
    return came


def _has_room(office: Office) -> bool:
    lack = disk.lack(office.settings)
    if lack:
        log.warning("there is little room on the disk: %s; no mail is fetched until there is", lack)  # R13
    return not lack


def _keep(
    wanted: Sequence[Arrival], folder: Folder, name: str, upto: int, now: datetime, since_s: float, work: Work
) -> int:
    came = len(inbox.keep(work, wanted, now))
    _remember(work, folder, name, upto)
    health.note_batch(work, now + timedelta(seconds=since_s))  # a full mailbox that is read batch by batch is well
    return came


def _position(office: Office, folder: Folder, name: str, now: datetime, since: datetime) -> tuple[int, Container[int]]:
    with office.db.read() as work:
        known = json.loads(meta.get(work, f"position:{name}", "{}"))
    is_same = known.get("account", folder.account) == folder.account
    if is_same and known.get("uidvalidity") == folder.uidvalidity:
        return int(known["uid"]), ()
    if known and is_same:
        # R17: the numbers mean nothing any more; everything is looked at again and known by its content
        log.warning("%s has a new UIDVALIDITY: it is read again, nothing takes effect twice", name)
        what = "The mailbox was renumbered by its server (UIDVALIDITY changed)."
        details = [
            say("Every mail in the folder is looked at again; what was read before is recognised by its content.")
        ]
        alert_owner(office, what, details, say("nothing needs to be done"), f"uidvalidity-{folder.uidvalidity}", now)
    return 0, folder.uids_before(since)


def _remember(work: Work, folder: Folder, name: str, uid: int) -> None:
    place = {"account": folder.account, "uidvalidity": folder.uidvalidity, "uid": uid}
    meta.put(work, f"position:{name}", json.dumps(place))


def _place(folder: Folder, name: str) -> inbox.Folder:
    return inbox.Folder(folder.account, name, folder.uidvalidity)


def _file_away(office: Office, folder: Folder, name: str) -> None:
    with office.db.read() as work:
        ours, strays = inbox.unfiled(work, _place(folder, name))
    if ours:
        folder.file_away(ours)
    if strays:
        folder.flag(strays, NOT_OURS)
    if ours or strays:
        with office.db.write() as work:
            inbox.filed(work, _place(folder, name), [*ours, *strays])
        keep_mark(office.db, office.settings)


def mark_again(office: Office, folder: Folder, name: str) -> None:
    """File away once more what was filed and the folder still shows: a MOVE that said OK is no proof (R25, R26)."""
    present = folder.all_uids()
    with office.db.read() as work:
        left = sorted(inbox.filed_uids(work, _place(folder, name), present))
    if left:
        folder.file_away(left)
