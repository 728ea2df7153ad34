"""Looks after the installation: what the roles note, what the owner is told of it, and the daily audit of the books."""

from __future__ import annotations

import logging
import shutil
import socket
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path

from mailflow.config import Settings
from mailflow.domain.civil import start_of_day
from mailflow.domain.health import (
    Alert,
    HealthFacts,
    Trouble,
    disk_needed_bytes,
    due_alerts,
    troubles,
    watched_since,
)
from mailflow.domain.outcome import Owed
from mailflow.domain.phrase import say
from mailflow.errors import MailboxLoginError
from mailflow.service.addressees import MAILTO
from mailflow.service.delivery_run import DAY_LIMIT_REACHED, DeliveryReport
from mailflow.service.digests import MORNING
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.store import health, meta, outbox
from mailflow.store.engine import Work

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(seconds=30)
UNREAD_MAX = timedelta(hours=6)  # a mail that is kept and not read for so long was forgotten
LISTED_MAX = 20
AUDIT_SPAN = timedelta(days=2)  # the daily audit looks back a day, with room

_SQLITE = "sqlite:///"


# --- what the roles note ----------------------------------------------------------------------------------------
def note_poll_failure(office: Office, error: Exception, now: datetime) -> None:
    """Note that the mailbox could not be read; a poll that goes well clears it."""
    with office.db.write() as work:
        health.note_failure(work, health.POLL, str(error), now, is_login=isinstance(error, MailboxLoginError))


def note_start(office: Office, now: datetime) -> None:
    """Note that a service that stays up begins, so that the time in which it did not run is known."""
    with office.db.write() as work:
        health.note_start(work, now)


def note_delivery(office: Office, report: DeliveryReport, now: datetime) -> None:
    """Note whether the relay can be used, as a run of the outbox has found it."""
    if report.accepted:  # a relay that takes some and then closes is slow, not gone
        with office.db.write() as work:
            health.note_works(work, health.RELAY)
    elif report.problem and report.problem != DAY_LIMIT_REACHED:
        with office.db.write() as work:
            health.note_failure(work, health.RELAY, report.problem, now)


# --- what the owner is told -------------------------------------------------------------------------------------
def check_health(office: Office, now: datetime) -> list[Alert]:
    """Tell the owner what went wrong since the last look and what is over; each once, whoever looks (R103)."""
    host = socket.gethostname()
    with office.db.read() as work:
        since, last_at = health.watch(work)
        told = health.told(work)
        failing = health.failing(work, health.POLL)
        is_urgent = failing is not None and failing.is_login and Trouble.LOGIN not in told
        if last_at is not None and timedelta(0) <= now - last_at < LOOK_EVERY and not is_urgent:
            return []
        facts = facts_of(work, office.settings, host, watched_since(since, last_at, now), now)
    alerts, still = due_alerts(troubles(facts, told, now), told, host, now)
    with office.db.write() as work:
        health.note_watch(work, facts.watched_since, now)
        if still != told:
            health.note_told(work, still)
        _tell(work, office, alerts, now)
    return alerts


def facts_of(work: Work, settings: Settings, host: str, watched: datetime, now: datetime) -> HealthFacts:
    """Load what the rules look at."""
    return HealthFacts(
        host=host,
        has_imap=settings.mailbox.imap is not None,
        watched_since=watched,
        good_poll_at=health.last_read_at(work),
        poll=health.failing(work, health.POLL),
        relay=health.failing(work, health.RELAY),
        is_owing=health.is_owing(work),
        oldest_due_at=health.oldest_due_at(work, now),
        last_settled_at=health.last_settled_at(work),
        is_held=outbox.is_held(work),
        has_day_limit=settings.relay.per_day > 0,
        free_bytes=free_disk_bytes(settings),
        needed_bytes=disk_needed_bytes(settings.mailbox.max_bytes),
        parked=health.parked(work),
    )


def free_disk_bytes(settings: Settings) -> int | None:
    """Give the free space where the database lies; None when that is not on this machine, or can't be told."""
    url = settings.database.url
    if not url.startswith(_SQLITE):
        return None
    try:
        return shutil.disk_usage(Path(url.removeprefix(_SQLITE).partition("?")[0]).parent).free
    except OSError:
        return None


def _tell(work: Work, office: Office, alerts: Sequence[Alert], now: datetime) -> None:
    """Queue the alerts; the same version is queued once. The log has them too: mail may be what is broken."""
    owner = office.settings.mailbox.owner
    for alert in alerts:
        level = logging.INFO if alert.is_over else logging.ERROR
        log.log(level, "%s %s", alert.what, " ".join(alert.details))
        if owner:
            facts = {"what": alert.what, "details": list(alert.details), "remedy": alert.remedy}
            owe(work, office, [Owed("alert", "", MAILTO + owner, version=alert.version, facts=facts)], {}, now)


# --- the daily audit --------------------------------------------------------------------------------------------
def audit_daily(office: Office, now: datetime) -> list[Alert]:
    """Once a day: each mail is in exactly one state with what belongs to it (R9), and the counters are right (R66)."""
    today = office.today(now)
    if now < start_of_day(today, office.zone) + MORNING:
        return []
    with office.db.read() as work:
        if meta.get(work, health.AUDITED_ON) == str(today):
            return []
        wrong = health.unaccounted(work, now - UNREAD_MAX, LISTED_MAX)
        wrong |= health.without_effect(work, now - AUDIT_SPAN, LISTED_MAX)
        counts = health.miscounts(work)
    alerts = [miscount_alert(m.petition_id, m.said, m.true, str(today)) for m in counts]
    if wrong:
        details = tuple(
            say("Mail %(number)s: %(what)s.", number=str(n), what=what)
            for n, what in sorted(wrong.items())[:LISTED_MAX]
        )
        remedy = say("`mailflow inbox show N` shows each; `inbox replay N` reads it again")
        alerts.append(Alert(f"unaccounted-{today}", say("Mail that came in is not accounted for."), details, remedy))
    with office.db.write() as work:
        meta.put(work, health.AUDITED_ON, str(today))
        _tell(work, office, alerts, now)
    return alerts


def tell_miscount(office: Office, petition_id: str, said: int, true: int, now: datetime) -> None:
    """Tell the owner that a petition's counter was wrong and was healed: once a day and petition (R66)."""
    with office.db.write() as work:
        _tell(work, office, [miscount_alert(petition_id, said, true, str(office.today(now)))], now)


def miscount_alert(petition_id: str, said: int, true: int, day: str) -> Alert:
    """Say that a counter and its rows differ."""
    return Alert(
        f"miscount-{petition_id}-{day}",
        say("The signature counter of %(id)s was wrong.", id=petition_id),
        (
            say(
                "It said %(said)s; there are %(true)s valid signatures. The signatures are what counts.",
                said=said,
                true=true,
            ),
        ),
        say("open petitions are healed by themselves; something has written to the database beside mailflow"),
    )
