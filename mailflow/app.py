"""Wires the parts: one association at work, a thread a role, and how they stop together.

Each role's loop is its own: what fails in one is logged and tried again, and the others go on.
"""

from __future__ import annotations

import logging
import random
import threading
from collections.abc import Callable, Collection, Iterable
from dataclasses import replace
from datetime import datetime
from functools import cached_property

from mailflow.config import Settings
from mailflow.domain.backoff import login_delay_s, reconnect_delay_s
from mailflow.errors import ConfigError, MailboxError, MailboxLoginError, MailflowError, Refused
from mailflow.gateways.dns import Dns
from mailflow.gateways.dns_keys import ANSWER_S, DnsKeys
from mailflow.gateways.imap import ImapMailbox
from mailflow.gateways.relay import SmtpRelay
from mailflow.gateways.relay_session import Timeouts
from mailflow.service import restoring
from mailflow.service.composing import check_signing
from mailflow.service.delivery import DeliveryReport, deliver_due
from mailflow.service.fetching import fetch_all, first_start, mark_again
from mailflow.service.health import note_delivery, note_poll_failure, note_start
from mailflow.service.intake import count_waiting, read_waiting, receive
from mailflow.service.key_records import nobody_asks
from mailflow.service.marking import note_mark
from mailflow.service.office import Office
from mailflow.service.readers import House, ReaderProcesses, Readers, ReadersHere
from mailflow.service.removing import remove_asked
from mailflow.service.restoring import Restored
from mailflow.service.schedule import run_due
from mailflow.service.templates import Templates
from mailflow.store.disk import has_room
from mailflow.store.engine import Database
from mailflow.store.lease import RETRY_S, Lease

log = logging.getLogger(__name__)

ROLES = ("inbox", "clock", "outbox", "web", "lmtp")
CLOCK_S, OUTBOX_S = 20.0, 1.0  # how often the clock and the outbox look
LMTP_AGAIN_S = 10.0  # when its address is taken
KEPT_S = 2.0  # how often the reader looks for mail that another host's LMTP door kept
LMTP_PATIENCE_S = 2.0  # with a database that is away: then our mail server keeps the mail a while longer
ONCE_WAITS_S = 10.0  # for another process to end its turn at the mailbox


def open_office(db: Database, settings: Settings, *, has_readers: bool = False) -> Office:
    """Put an association's office together; has_readers: mail is read by worker processes of its own."""
    house = House.of(settings)
    readers: Readers = ReaderProcesses(house) if has_readers else ReadersHere(house)
    templates = Templates(override=settings.association.templates)
    # where our own mail server stamps what comes in, nobody else is asked
    ask_keys = nobody_asks if house.trust.is_set else DnsKeys(lambda: Dns(settings.dns.servers, timeout_s=ANSWER_S))
    return Office(db, settings, templates, readers, ask_keys)


class App:
    """The service over one office. now: the clock, real or told (contract: --now). Raises ConfigError (relay.dkim)."""

    def __init__(self, office: Office, now: Callable[[], datetime], since: datetime | None = None) -> None:
        check_signing(office.settings)  # once, at the start: a key that can't sign is the operator's to mend
        self.office, self.now = office, now
        self.stop = threading.Event()
        office.db.stopping = self.stop
        self._since = since
        self._is_reader = threading.Event()  # this process holds the lease of the inbox
        self._has_kept = threading.Event()  # the LMTP door kept something

    # --- one pass ---------------------------------------------------------------------------------------------------
    def run_once(self) -> DeliveryReport:
        """Read all new mail, do and deliver all that is due. Raises MailboxError after the rest was done."""
        problem: MailboxError | None = None
        try:
            self.read_once()
        except MailboxError as error:
            problem = error  # mail that is owed does not wait for the mailbox
            note_poll_failure(self.office, error, self.now())
        run_due(self.office, self.now())
        report = self.deliver()
        if problem is not None:
            raise problem
        return report

    def read_once(self) -> int:
        """Read all new mail and say how many mails came to the mailbox; none while another process reads it."""
        with Lease(self.office.db, "inbox").held(self.stop, ONCE_WAITS_S) as is_ours:
            if not is_ours:
                log.warning("another process reads the mail: it is left to that one")
                return 0
            read_waiting(self.office, self.now())
            if self.office.settings.mailbox.imap is None:
                return 0
            with self._mailbox as mailbox:
                mark_again(self.office, mailbox, self._folder)
                return self._fetch(mailbox)

    def restore(self, since: datetime | None, keys: Collection[str]) -> Restored:
        """Catch up with what a database that was put back from a backup lacks; nothing is sent (R14).

        since: from when on the done folder is looked through; keys: those of mails that a log says were sent.
        """
        leases = [Lease(self.office.db, name) for name in ("inbox", "clock")]
        with leases[0].held(self.stop, 0) as reads, leases[1].held(self.stop, 0) as moves:
            if not (reads and moves):
                raise Refused("the service is running: stop it on every host, then restore")
            known = restoring.begin(self.office, self.now())
            read_waiting(self.office, self.now())
            came = self._read_again(since) if self.office.settings.mailbox.imap is not None else 0
            if self.stop.is_set():
                raise Refused("cut off: `mailflow restore` goes on")
            run_due(self.office, self.now())
            return restoring.finish(self.office, keys, known, came, self.now())

    def _read_again(self, since: datetime | None) -> int:
        imap = self.office.settings.mailbox.imap
        assert imap is not None
        came = 0
        with self._mailbox as mailbox:
            if imap.done_folder and mailbox.has_folder(imap.done_folder):
                with ImapMailbox(replace(imap, folder=imap.done_folder, done_folder="")) as done:
                    since = since or restoring.first_unsure(self.office)
                    came = restoring.read_done(self.office, done, imap.done_folder, since, self.now(), self.stop)
            return came + self._fetch(mailbox)

    def deliver(self) -> DeliveryReport:
        """Deliver all that is due."""
        settings = self.office.settings
        timeouts = Timeouts(connect_s=min(settings.relay.timeout_s, 30.0), command_s=settings.relay.timeout_s)

        def open_relay(connections: int) -> SmtpRelay:
            return SmtpRelay(settings.relay, timeouts, connections=connections)

        report = deliver_due(self.office.db, settings, open_relay, self.now, self.stop)
        note_delivery(self.office, report, self.now())
        if report.accepted:
            note_mark(self.office.db, settings)
        return report

    @cached_property
    def _mailbox(self) -> ImapMailbox:
        """The one mailbox of this process: it remembers its token, and the mails that it could not get."""
        imap = self.office.settings.mailbox.imap
        if imap is None:
            raise ConfigError("mailbox.imap", "is not set", "it is where replies are read from")
        return ImapMailbox(imap)

    @property
    def _folder(self) -> str:
        imap = self.office.settings.mailbox.imap
        return imap.folder if imap is not None else ""

    def _fetch(self, mailbox: ImapMailbox) -> int:
        now = self.now()
        since = first_start(self.office, now, self._since)
        came = fetch_all(self.office, mailbox, self._folder, now, since, self.stop)
        remove_asked(self.office, mailbox, self._folder, self.stop)
        if came:
            note_mark(self.office.db, self.office.settings)
        return came

    # --- staying up -------------------------------------------------------------------------------------------------
    def run(self, roles: Iterable[str]) -> None:
        """Run the roles until `stop` is set; the mails in hand are finished first."""
        loops = {
            "inbox": self._inbox, "clock": self._clock, "outbox": self._outbox, "web": self._web, "lmtp": self._lmtp,
        }  # fmt: skip
        threads = [threading.Thread(target=loops[role], name=role) for role in roles if self._has_door(role)]
        if "inbox" in roles and self._has_door("lmtp"):
            threads.append(threading.Thread(target=self._kept, name="kept"))
        if "inbox" in roles:
            note_start(self.office, self.now())
        for thread in threads:
            thread.start()
        log.info("running: %s", ", ".join(thread.name for thread in threads))
        for thread in threads:
            while thread.is_alive():
                thread.join(0.5)  # with a bound, so that a signal is seen at once
        log.info("stopped")

    def _has_door(self, role: str) -> bool:
        return role != "lmtp" or self.office.settings.mailbox.lmtp is not None

    def _alone(self, name: str, do: Callable[[Lease], None]) -> None:
        """Do what one process at a time may do; when the one that does it ends, another takes over."""
        lease = Lease(self.office.db, name)
        try:
            while not self.stop.is_set():
                if lease.take():
                    log.info("this process has the lease %r", name)
                    do(lease)
                else:
                    self.stop.wait(RETRY_S)
        finally:
            lease.release()

    def _inbox(self) -> None:
        self._alone("inbox", self._read_mail)

    def _read_mail(self, lease: Lease) -> None:
        if self.office.settings.mailbox.imap is not None:
            self._read_mailbox(lease)
            return
        while self._reads_on(lease):
            self.stop.wait(RETRY_S)

    def _reads_on(self, lease: Lease) -> bool:
        """Tell whether it is still on us to read mail."""
        is_ours = not self.stop.is_set() and lease.take()
        (self._is_reader.set if is_ours else self._is_reader.clear)()
        return is_ours

    def _wait_aside(self, lease: Lease, wait_s: float) -> None:
        """Wait before the next try; meanwhile another host may have better luck with the mailbox."""
        self._is_reader.clear()
        lease.release()
        self.stop.wait(wait_s)

    def _read_mailbox(self, lease: Lease) -> None:
        failures = 0
        while self._reads_on(lease):
            try:
                with self._mailbox as mailbox:
                    mark_again(self.office, mailbox, self._folder)
                    self._fetch(mailbox)
                    if failures:
                        log.info("the mailbox can be read again")
                    failures = 0
                    self._watch(mailbox, lease)
            except MailboxError as error:
                failures += 1
                jitter = random.random()  # spreads reconnects, protects nothing
                is_login = isinstance(error, MailboxLoginError)
                wait_s = login_delay_s(failures, jitter) if is_login else reconnect_delay_s(failures, jitter)
                log.warning("%s; again in %.0f s", error, wait_s)
                self._note_failure(error)
                self._wait_aside(lease, wait_s)
            except Exception as error:
                failures += 1
                log.exception("the inbox role failed; again in a minute")
                self._note_failure(error)
                self._wait_aside(lease, 60)

    def _note_failure(self, error: Exception) -> None:
        try:
            note_poll_failure(self.office, error, self.now())
        except Exception:
            log.exception("and that could not be noted")

    def _watch(self, mailbox: ImapMailbox, lease: Lease) -> None:
        imap = self.office.settings.mailbox.imap
        assert imap is not None
        while self._reads_on(lease):
            came = self._fetch(mailbox)
            if came:
                log.info("%d mails came", came)
            mailbox.wait(imap.poll_s, self.stop)

    def _kept(self) -> None:
        self._repeat(self._read_kept, 0.0)

    def _read_kept(self) -> None:
        """Read what an LMTP door kept, ours or another host's, where we are the one who reads."""
        self._has_kept.wait(KEPT_S)
        self._has_kept.clear()
        if self._is_reader.is_set():
            read_waiting(self.office, self.now())

    def _clock(self) -> None:
        self._alone("clock", lambda lease: self._repeat(lambda: run_due(self.office, self.now()), CLOCK_S, lease.take))

    def _outbox(self) -> None:
        self._repeat(self._deliver_quietly, OUTBOX_S)

    def _deliver_quietly(self) -> None:
        report = self.deliver()
        if report.problem and report.resume_at is not None:
            log.warning("%s", report.problem)
            self.stop.wait(max(0.0, (report.resume_at - self.now()).total_seconds()))
        if report.accepted or report.failed or report.suppressed:
            log.info("sent %d, failed %d, suppressed %d", report.accepted, report.failed, report.suppressed)

    def _repeat(self, do: Callable[[], None], every_s: float, goes_on: Callable[[], bool] = lambda: True) -> None:
        failures = 0
        while not self.stop.is_set() and goes_on():
            wait_s = every_s
            try:
                do()
                failures = 0
            except Exception as error:
                failures += 1
                wait_s = max(every_s, reconnect_delay_s(failures, random.random()))  # a long outage fills no log
                if isinstance(error, MailflowError):  # it says what would do; a traceback says nothing more
                    log.error("%s; again in %.0f s", error, wait_s)
                else:
                    log.exception("this failed and is tried again in %.0f s", wait_s)
            self.stop.wait(wait_s)

    def _lmtp(self) -> None:
        self._repeat(self._serve_lmtp, LMTP_AGAIN_S)

    def _serve_lmtp(self) -> None:
        from mailflow.gateways import lmtp  # heavy, and only this role needs it

        office = self.office
        house = lmtp.House(
            keep=lambda arrivals: receive(office, arrivals, self.now(), LMTP_PATIENCE_S),
            waiting=lambda: count_waiting(office),
            has_room=lambda: has_room(office.settings),
            now=self.now,
            kept=self._has_kept.set,
        )
        lmtp.serve(office.settings, house, self.stop)

    def _web(self) -> None:
        from mailflow.web.server import serve

        serve(self.office, self.now, self.stop)
