"""One sender: a thread with its own connections and journal, batch after batch until nothing is due."""

from __future__ import annotations

import logging
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta

from mailflow.domain.recheck import why_not
from mailflow.domain.relay import Envelope, RelayAnswer, refused_here
from mailflow.errors import RelayError
from mailflow.service.composing import compose_mail
from mailflow.service.delivery_run import LOGIN_PAUSE, Relay, Run
from mailflow.service.marking import keep_mark
from mailflow.service.pacing import BATCH, Claim, batch_size
from mailflow.service.pausing import pause
from mailflow.service.settling import (
    ATTEMPTS_MAX,
    parked,
    refuses_us,
    says_address_is_bad,
    says_address_is_in_trouble,
    settle_answer,
    suppressed,
)
from mailflow.store import outbox
from mailflow.store.journal import Entry, Journal, open_journal
from mailflow.store.opt_outs import suppress
from mailflow.store.outbox_rows import ClaimedMail, Mailing, Settled
from mailflow.store.recheck import load_send_facts

log = logging.getLogger(__name__)

LEASE_RESERVE = timedelta(seconds=60)  # no body leaves this near to the end of its lease
REFUSALS_MAX = 20  # of us, in a row: then it is the relay, not the mails, and the rest is not burnt


class Sender:
    """Sends batches over its connections, which are opened when there is first something to send."""

    def __init__(self, run: Run, connections: int = 1) -> None:
        self._run, self._connections = run, connections
        self._relay: Relay | None = None
        self._refusals = 0
        self._size = BATCH
        self._mailings: Mapping[int, Mailing] = {}  # of the last batch: the next is mostly of the same

    def go(self) -> None:
        """Send until nothing is due or the run is over."""
        journal = open_journal(self._run.journal_base)
        try:
            while not self._run.is_over:
                claim = self._claim(journal)
                if claim.room_at is not None:
                    self._run.wait_for_room(claim.room_at)
                elif claim.is_last:
                    break
                elif claim.mails:
                    self._deliver(claim.mails, journal)
        finally:
            journal.close()
            if self._relay is not None:
                self._relay.close()

    def _claim(self, journal: Journal) -> Claim:
        """Claim a batch, unless the stop switch is on; noted in the journal before it is committed."""
        with self._run.db.write() as work:
            if outbox.is_held(work):
                return Claim(is_last=True)
            claim = self._run.pacing.claim(work, self._run.now(), self._size)
            journal.claimed(_entry(mail) for mail in claim.mails)
        self._run.let_go_on({mail.mailing_id for mail in claim.mails})
        return claim

    def _deliver(self, mails: Sequence[ClaimedMail], journal: Journal) -> None:
        began_s = time.monotonic()
        try:
            batch = _Batch(self._run, mails)
            self._mailings = batch.prepare(self._mailings)
            try:
                self._submit(batch, journal)
            finally:
                batch.settle()
            journal.clear()
            # a run may last hours: a backup from before it must be known as one
            keep_mark(self._run.db, self._run.settings)
        finally:
            self._run.pacing.done(mails)
        self._size = batch_size(len(batch.answers), time.monotonic() - began_s)

    def _submit(self, batch: _Batch, journal: Journal) -> None:
        """Offer what is still wanted; what has no answer in the end goes back to the queue."""
        if not batch.offered or self._run.is_over:
            return

        def on_answer(i: int, answer: RelayAnswer) -> bool:
            mail = batch.offered[i]
            batch.answers[mail.id] = answer
            if answer.result == "accepted":
                journal.accepted(_entry(mail, answer.code))
            self._count_refusal(answer)
            is_failing = batch.is_to_many(mail) and self._run.count_answer(mail.mailing_id, answer)
            return is_failing or self._run.is_over or self._run.now() > mail.lease_until - LEASE_RESERVE

        try:
            self._relay = self._relay or self._run.open_relay(self._connections)
            self._relay.submit_batch(batch, on_answer)
        except RelayError as error:
            batch.due_again_at = self._run.end_for(error)

    def _count_refusal(self, answer: RelayAnswer) -> None:
        self._refusals = self._refusals + 1 if refuses_us(answer) else 0
        if self._refusals >= REFUSALS_MAX:
            self._run.end(f"the relay refuses mail after mail, the last with {answer.code} {answer.text}", LOGIN_PAUSE)


class _Batch:
    """The mails of one claim on their way: suppressed or offered, answered, settled.

    To the relay it is what is offered: each mail is composed when its turn comes.
    """

    def __init__(self, run: Run, mails: Sequence[ClaimedMail]) -> None:
        self._run, self._mails = run, mails
        self._settled: list[Settled] = []
        self.offered: list[ClaimedMail] = []
        self.answers: dict[int, RelayAnswer] = {}
        self.due_again_at = run.now()
        self._mailings: Mapping[int, Mailing] = {}

    def is_to_many(self, mail: ClaimedMail) -> bool:
        """Tell whether a mail is one of many."""
        return self._mailings[mail.mailing_id].is_to_many

    def prepare(self, known: Mapping[int, Mailing]) -> Mapping[int, Mailing]:
        """Check each mail again (R93), and give the mailings. known: some that are at hand."""
        wanted = {mail.mailing_id for mail in self._mails}
        with self._run.db.read() as work:
            kept = {id_: known[id_] for id_ in wanted & set(known)}
            self._mailings = kept | outbox.mailings(work, wanted - set(kept)) if wanted - set(kept) else kept
            facts = load_send_facts(work, self._mails, self._mailings, self._run.now())
        for mail in self._mails:
            if why := why_not(facts[mail.id]):
                self._settled.append(suppressed(mail, why))
            elif mail.attempts > ATTEMPTS_MAX:
                self._settled.append(parked(mail, f"tried {mail.attempts - 1} times without an end"))
                _log_parked(mail)
            else:
                self.offered.append(mail)
        return self._mailings

    def __len__(self) -> int:
        return len(self.offered)

    def __getitem__(self, i: int, /) -> Envelope | RelayAnswer:
        mail = self.offered[i]
        try:
            return compose_mail(self._mailings[mail.mailing_id], mail, self._run.settings)
        except Exception as error:  # whatever is wrong with this mail is no reason to keep another (R91)
            _log_parked(mail)
            return refused_here(f"{type(error).__name__}: {error}", "")

    def settle(self) -> None:
        """Record everything that is known of this batch in one transaction, and give back the rest."""
        now = self._run.now()
        settled = list(self._settled)
        settled += [settle_answer(mail, self.answers[mail.id], now) for mail in self.offered if mail.id in self.answers]
        unanswered = [(mail.id, mail.fence) for mail in self.offered if mail.id not in self.answers]
        troubled = list(self._in_trouble(settled))
        bad = [mail.address for mail in self.offered if self._is_bad(mail)]
        with self._run.db.write() as work:
            stale = outbox.settle(work, settled, now)
            outbox.release_claims(work, unanswered, self.due_again_at)
            for mailing_id, why in self._run.failing().items():
                pause(work, mailing_id, why, now)
            for address in bad:
                suppress(work, address, "the relay says that there is no such address", now, hard=True)
            for address, said in troubled:
                suppress(work, address, f"refused: {said}", now, hard=False)
        self._tell(settled, stale)

    def _in_trouble(self, settled: Sequence[Settled]) -> Iterator[tuple[str, str]]:
        became = {each.id: each.state for each in settled}
        for mail in self.offered:
            answer = self.answers.get(mail.id)
            if answer is not None and says_address_is_in_trouble(answer, became.get(mail.id, "")):
                yield mail.address, answer.enhanced or str(answer.code)

    def _is_bad(self, mail: ClaimedMail) -> bool:
        return mail.id in self.answers and says_address_is_bad(self.answers[mail.id])

    def _tell(self, settled: Sequence[Settled], stale: int) -> None:
        unknown = sum(answer.result == "unknown" for answer in self.answers.values())
        self._run.count(settled, unknown, stale)
        for each in settled:
            if each.state in ("failed", "deferred"):
                log.info("mail %d is %s, code %d", each.id, each.state, each.code)
        if stale:
            log.warning("%d results came after their lease was over and another sender had them: dropped", stale)


def _log_parked(mail: ClaimedMail) -> None:
    log.warning("mail %d (%s, mailing %d) is parked", mail.id, mail.notice, mail.mailing_id)


def _entry(mail: ClaimedMail, code: int = 0) -> Entry:
    return Entry(mail.id, mail.fence, mail.lease_until, code)
