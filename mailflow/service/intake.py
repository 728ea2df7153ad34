"""The way in: keep every mail, read it, decide, and write down what follows; one bad mail never holds up the next.

Raw bytes are committed before anything looks at them, effects and state in one transaction afterwards; only then may
the door say that the mail was taken. Reading is repeatable, effects are keyed and happen once.
"""

from __future__ import annotations

import logging
import threading
import traceback
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime

from mailflow.domain.arrival import Arrival
from mailflow.domain.outcome import MailState, Outcome, Verdict
from mailflow.errors import MailboxError, StoreAway, StoreError
from mailflow.mail.reader import Reading
from mailflow.service.batch_reading import ReadOne, read_mails
from mailflow.service.deciding import decide
from mailflow.service.office import Office
from mailflow.service.surroundings import load_to_decide
from mailflow.service.taking_effect import parked_row, settle_round
from mailflow.store import inbox
from mailflow.store.engine import PATIENCE_S, Work, is_passing, savepoint
from mailflow.store.inbox import ATTEMPTS_MAX, KeptMail

log = logging.getLogger(__name__)

BATCH = 50


def receive(office: Office, arrivals: Sequence[Arrival], now: datetime, patience_s: float = PATIENCE_S) -> list[int]:
    """Keep a batch of raw mails and give their numbers; when this returns they are ours (R1, R2).

    patience_s: how long to wait for a database that is away.
    """
    return office.db.redo(lambda work: inbox.keep(work, arrivals, now), patience_s)


def count_waiting(office: Office) -> int:
    """Count the mails that are kept and not read yet."""
    with office.db.read() as work:
        return inbox.count_waiting(work)


def read_waiting(office: Office, now: datetime) -> int:
    """Read mails that are kept, in the order they came, and say how many were read; one that was tried before goes
    alone (R6, R30). When the program ends, the batches in hand are finished.
    """
    done = 0
    with Ahead(office, now) as ahead:
        while (count := ahead.step()) or ahead.is_busy:
            done += count
            if office.db.stopping.is_set():
                break  # what is in hand is finished, the rest is for the next time
    return done


class Ahead:
    """Has the next batch read while the one before it is written down. To be held, in one thread, while mail is read:
    a process reads in one place at a time, whoever asks, the mailbox or the LMTP door.

    On leaving, the batch in hand is finished, also when it is the mailbox that failed.
    """

    _one_at_a_time = threading.RLock()

    def __init__(self, office: Office, now: datetime) -> None:
        self._office, self._now = office, now
        self._begun: tuple[list[KeptMail], Future[list[ReadOne]]] | None = None
        self._aside: set[int] = set()  # in hand, or left for last because its reader died
        self._thread = ThreadPoolExecutor(1, "reading")

    def __enter__(self) -> Ahead:
        self._one_at_a_time.acquire()
        return self

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        try:
            if error is None or isinstance(error, MailboxError):
                self.finish()
        finally:
            self._thread.shutdown()
            self._one_at_a_time.release()

    @property
    def is_busy(self) -> bool:
        """Tell whether a batch was begun and not settled yet."""
        return self._begun is not None

    def step(self) -> int:
        """Begin with the next batch and settle the one that was begun before; say how many mails were settled."""
        before, self._begun = self._begun, None
        batch = self._next(before[0] if before is not None else [])
        if batch:
            self._aside.update(kept.n for kept in batch)
            self._begun = batch, self._thread.submit(_read, self._office, batch)
        return self._settle(before)

    def finish(self) -> int:
        """Settle the batch that was begun, if any, and begin with no other."""
        before, self._begun = self._begun, None
        return self._settle(before)

    def _next(self, in_hand: Sequence[KeptMail]) -> list[KeptMail]:
        """Charge the next batch. A mail that was tried before has its turn, but alone: nothing else is in hand then, so
        that of what ends the program only one mail is the cause.
        """
        if any(kept.attempts > 1 for kept in in_hand):
            return []
        with self._office.db.read() as work:
            batch = inbox.next_waiting(work, BATCH, self._aside)
            if not batch and not in_hand:
                batch = inbox.next_waiting(work, 1)
        if not batch or (in_hand and batch[0].attempts):
            return []
        with self._office.db.write() as work:
            return _charge(work, batch)

    def _settle(self, begun: tuple[list[KeptMail], Future[list[ReadOne]]] | None) -> int:
        if begun is None:
            return 0
        batch, reads = begun
        left = _settle(self._office, reads.result(), self._now)
        self._aside.difference_update({kept.n for kept in batch} - left)
        return len(batch)


def read_batch(office: Office, batch: Sequence[KeptMail], now: datetime) -> None:
    """Read these mails and write down what follows."""
    with office.db.write() as work:
        charged = _charge(work, batch)
    _settle(office, _read(office, charged), now)


def _charge(work: Work, batch: Sequence[KeptMail]) -> list[KeptMail]:
    """Count the attempt before it is made: a mail that kills us is known by it."""
    inbox.charge(work, [kept.n for kept in batch])
    return [replace(kept, attempts=kept.attempts + 1) for kept in batch]


def _read(office: Office, batch: Sequence[KeptMail]) -> list[ReadOne]:
    with office.db.read() as work:
        return read_mails(work, office, batch)


def _settle(office: Office, reads: Sequence[ReadOne], now: datetime) -> set[int]:
    """Write down what follows from these mails, together, or from each alone when that fails; give the numbers of those
    that are left for later.
    """
    left = _left_for_later(reads)
    reads = [one for one in reads if one.kept.n not in left]
    try:
        office.db.redo(lambda work: _settle_all(work, office, reads, now))  # what was settled is left alone (R12)
    except StoreAway:
        raise
    except Exception:
        if len(reads) <= 1:
            raise
        log.warning("a batch of %d mails could not be written together; each goes alone", len(reads))
        for one in reads:
            office.db.redo(lambda work, one=one: _settle_all(work, office, [one], now))  # type: ignore[misc]
    return left


def _left_for_later(reads: Sequence[ReadOne]) -> set[int]:
    """Leave a mail that ended its reader for the next turn, alone, until it did so three times (R6)."""
    dead = [one for one in reads if one.failure and one.failure.has_died and one.kept.attempts < ATTEMPTS_MAX]
    for one in dead:
        assert one.failure is not None
        log.warning("inbox %d: %s; tried again, three times in all", one.kept.n, one.failure.error)
    return {one.kept.n for one in dead}


def _settle_all(work: Work, office: Office, reads: Sequence[ReadOne], now: datetime) -> None:
    kept = inbox.still_kept(work, [one.kept.n for one in reads])  # another poller may have been faster (R29)
    left = [one for one in reads if one.kept.n in kept]
    if len(reads) == 1 and left:
        _settle_alone(work, office, left[0], now)
        return
    while left:
        left = left[settle_round(work, office, left, now) :]


def _settle_alone(work: Work, office: Office, one: ReadOne, now: datetime) -> None:
    """Settle a mail, or undo all that it led to and park it."""
    try:
        with savepoint(work):
            settle_round(work, office, [one], now)
    except StoreError:
        raise
    except Exception as error:
        if is_passing(error):
            raise  # the database's trouble is not the mail's
        inbox.settle_all(work, [parked_row(one.kept.n, traceback.format_exc(), now)])


def decide_again(work: Work, office: Office, kept: KeptMail, now: datetime) -> tuple[Reading | None, Outcome]:
    """Read a kept mail with today's rules and decide as if it had just come; nothing is written."""
    one = read_mails(work, office, [replace(kept, attempts=1)])[0]
    if one.read is None or one.reading is None:
        return None, Outcome(Verdict.FAILED, MailState.PARKED, ("it can't be read",))
    around = load_to_decide(work, office, [one.read])
    return one.reading, decide(work, office, kept, one.read, one.reading, around, now)
