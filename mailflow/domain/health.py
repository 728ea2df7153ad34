"""What is wrong with the installation, and what its owner is told: facts in, alerts out. Pure.

A trouble has an episode (since when, or up to which mail); its alert is keyed by it, so that a restart or a second host
tells nothing twice. What is told stays open until it is over; of most troubles the end is told too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum

from mailflow.domain.phrase import say, say_n

NO_POLL_AFTER = timedelta(minutes=15)  # R103
RELAY_AFTER = timedelta(minutes=30)  # a relay that restarts, or defers for a while, is no news
STUCK_AFTER = timedelta(hours=1)
STUCK_AFTER_WITH_DAY_LIMIT = timedelta(hours=25)  # relay.per_day may make mail wait for tomorrow
PARKED_EVERY = timedelta(hours=1)
WATCH_GAP = timedelta(minutes=10)  # nobody looked for so long: the service was not running
FREE_MIN_BYTES = 200_000_000
RECOVERED_DISK = 1.5  # times what is needed: a disk at the brink does not send a mail each minute


class Trouble(StrEnum):
    """What can be wrong. The values stand in the database and in metrics."""

    LOGIN = "login-refused"
    NO_POLL = "no-poll"
    DISK = "disk-low"
    RELAY = "relay"
    STUCK = "outbox-stuck"
    PARKED = "parked"


@dataclass(frozen=True, slots=True)
class Failing:
    """What keeps failing: since when, last when, and the last words about it."""

    since: datetime
    last_at: datetime
    text: str
    is_login: bool = False


@dataclass(frozen=True, slots=True)
class Parked:
    """Mails that our own failure keeps back: how many, and the highest numbers among them. Alerts are not counted."""

    inbox: int = 0
    outbox: int = 0
    inbox_n: int = 0
    outbox_id: int = 0

    @property
    def mark(self) -> str:
        """Tell this set from one with newer mails in it."""
        return f"{self.inbox_n}.{self.outbox_id}"


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """All that the rules look at. Instants are aware; None: never, or none.

    watched_since: from when on somebody has been looking without a gap. poll, relay: what fails now, or None.
    is_owing: mail waits in the outbox. oldest_due_at: since when the oldest unsent mail has been due; last_settled_at:
    when the relay last answered.
    free_bytes: None where the database is not on this machine's disk.
    """

    host: str
    has_imap: bool
    watched_since: datetime
    good_poll_at: datetime | None = None
    poll: Failing | None = None
    relay: Failing | None = None
    is_owing: bool = False
    oldest_due_at: datetime | None = None
    last_settled_at: datetime | None = None
    is_held: bool = False
    has_day_limit: bool = False
    free_bytes: int | None = None
    needed_bytes: int = FREE_MIN_BYTES
    parked: Parked = Parked()


@dataclass(frozen=True, slots=True)
class Finding:
    """One trouble. name: the trouble, with the host where it is a host's own; episode: tells it from the next one."""

    trouble: Trouble
    name: str
    episode: str
    what: str
    details: tuple[str, ...] = ()
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Alert:
    """What the owner is told, once a version. is_over: a trouble has ended."""

    version: str
    what: str
    details: tuple[str, ...] = ()
    remedy: str = ""
    is_over: bool = False


@dataclass(frozen=True, slots=True)
class Told:
    """A trouble that was told and is not over: its episode, and when it was told."""

    episode: str
    at: datetime


def disk_needed_bytes(max_bytes: int) -> int:
    """Give how much must be free: max(1.5 times the largest mail, 200 MB) (R13)."""
    return max(max_bytes * 3 // 2, FREE_MIN_BYTES)


def watched_since(since: datetime | None, last_at: datetime | None, now: datetime) -> datetime:
    """Say since when somebody has looked without a gap; after a gap nothing that was due is anybody's fault."""
    if since is None or last_at is None or not timedelta(0) <= now - last_at <= WATCH_GAP:
        return now
    return since


def troubles(facts: HealthFacts, told: Mapping[str, Told], now: datetime) -> list[Finding]:
    """Say all that is wrong now. told: what is open, by Finding.name."""
    return [
        *_mailbox(facts, now),
        *_disk(facts, told, now),
        *_relay(facts, told, now),
        *_stuck(facts, now),
        *_parked(facts, told, now),
    ]


def due_alerts(
    found: list[Finding], told: Mapping[str, Told], host: str, now: datetime
) -> tuple[list[Alert], dict[str, Told]]:
    """Say what the owner is told now, and what is open from now on.

    A host's own troubles (its disk) are over only when that host says so.
    """
    alerts: list[Alert] = []
    still: dict[str, Told] = {}
    for one in found:
        before = told.get(one.name)
        if before is not None and (one.trouble is not Trouble.PARKED or before.episode == one.episode):
            still[one.name] = before
            continue
        still[one.name] = Told(one.episode, now)
        alerts.append(Alert(f"{one.name}-{one.episode}", one.what, one.details, one.remedy))
    for name, before in told.items():
        if name in still:
            continue
        if not _is_ours(name, host):
            still[name] = before
        elif over := _over(name, before, now):
            alerts.append(over)
    unique = {alert.version: alert for alert in alerts}
    return list(unique.values()), still


# --- the rules, in the order an operator would ask ------------------------------------------------------------------
def _mailbox(facts: HealthFacts, now: datetime) -> Iterator[Finding]:
    if not facts.has_imap:
        return
    episode = _stamp(facts.good_poll_at)
    if facts.poll is not None and facts.poll.is_login:
        yield Finding(
            Trouble.LOGIN,
            Trouble.LOGIN,
            episode,
            say("The mailbox refuses the login: no answers are read."),
            (facts.poll.text, _last_read(facts.good_poll_at)),
            say("check mailbox.imap.username and password (or token_command); `mailflow doctor` tries them"),
        )
        return  # one mail tells it
    since = max(facts.watched_since, facts.good_poll_at or facts.watched_since)
    if facts.poll is not None:
        since = min(since, facts.poll.since)
    if now - since >= NO_POLL_AFTER:
        said = (
            facts.poll.text
            if facts.poll is not None
            else say("Nothing was reported: the inbox role may not be running.")
        )
        yield Finding(
            Trouble.NO_POLL,
            Trouble.NO_POLL,
            episode,
            say("The mailbox could not be read for %(span)s.", span=_span(now - since)),
            (
                said,
                _last_read(facts.good_poll_at),
                say("What arrives meanwhile is not lost: it is read when this is over."),
            ),
            say("see whether the mail server answers; `mailflow doctor` tries every step"),
        )


def _disk(facts: HealthFacts, told: Mapping[str, Told], now: datetime) -> Iterator[Finding]:
    name = f"{Trouble.DISK}:{facts.host}"
    needed = int(facts.needed_bytes * (RECOVERED_DISK if name in told else 1))
    if facts.free_bytes is not None and facts.free_bytes < needed:
        yield Finding(
            Trouble.DISK,
            name,
            _stamp(now),
            say("The disk of %(host)s is nearly full.", host=facts.host),
            (
                say(
                    "%(free)s MB are free beside the database; %(needed)s MB are needed to take mail safely.",
                    free=facts.free_bytes // 1_000_000,
                    needed=facts.needed_bytes // 1_000_000,
                ),
            ),
            say("make room; nothing needs to be restarted"),
        )


def _relay(facts: HealthFacts, told: Mapping[str, Told], now: datetime) -> Iterator[Finding]:
    failing = facts.relay
    is_wanted = facts.is_owing or Trouble.RELAY in told
    if failing is not None and is_wanted and failing.last_at - failing.since >= RELAY_AFTER:
        yield Finding(
            Trouble.RELAY,
            Trouble.RELAY,
            _stamp(failing.since),
            say("The relay has taken no mail for %(span)s.", span=_span(now - failing.since)),
            (failing.text, say("What is owed waits in the outbox and is tried again.")),
            say("see whether the relay answers and takes the login; `mailflow doctor` tries every step"),
        )


def _stuck(facts: HealthFacts, now: datetime) -> Iterator[Finding]:
    if facts.relay is not None or facts.is_held or facts.oldest_due_at is None:
        return
    after = STUCK_AFTER_WITH_DAY_LIMIT if facts.has_day_limit else STUCK_AFTER
    since = max(facts.oldest_due_at, facts.last_settled_at or facts.oldest_due_at, facts.watched_since)
    if now - since >= after:
        yield Finding(
            Trouble.STUCK,
            Trouble.STUCK,
            _stamp(since),
            say("Mail has been due for %(span)s, and nothing is sent.", span=_span(now - facts.oldest_due_at)),
            (say("No sender has had an answer from the relay since then."),),
            say("see whether `mailflow run` with the role outbox is running somewhere"),
        )


def _parked(facts: HealthFacts, told: Mapping[str, Told], now: datetime) -> Iterator[Finding]:
    parked = facts.parked
    if not parked.inbox and not parked.outbox:
        return
    before = told.get(Trouble.PARKED)
    # more of them within the hour are not told one by one
    is_fresh = before is None or now - before.at >= PARKED_EVERY
    yield Finding(
        Trouble.PARKED,
        Trouble.PARKED,
        parked.mark if is_fresh or before is None else before.episode,
        say_n(
            "One mail is put aside by a mistake of ours.",
            "%(n)s mails are put aside by a mistake of ours.",
            parked.inbox + parked.outbox,
        ),
        (
            say("%(n)s that came in: `mailflow inbox list --held`; `inbox replay` reads them again.", n=parked.inbox),
            say("%(n)s that should go out: `mailflow outbox list`.", n=parked.outbox),
        ),
        say("the log says what failed; after an update they can be tried again"),
    )


# --- words ------------------------------------------------------------------------------------------------------
_ENDS = {
    Trouble.LOGIN: say("The mailbox is read again."),
    Trouble.NO_POLL: say("The mailbox is read again."),
    Trouble.DISK: say("There is room on the disk again."),
    Trouble.RELAY: say("The relay takes mail again."),
    Trouble.STUCK: say("Mail is being sent again."),
}


def _over(name: str, before: Told, now: datetime) -> Alert | None:
    """Tell the end of a trouble; parked mails have none that is worth a mail."""
    trouble = Trouble(name.partition(":")[0])
    if trouble not in _ENDS:
        return None
    # both of the mailbox's troubles end with one mail
    about = "mailbox" if trouble in (Trouble.LOGIN, Trouble.NO_POLL) else name
    told = say("This was told at %(told)s; it was over by %(over)s.", told=_in_utc(before.at), over=_in_utc(now))
    details = (told,)
    return Alert(
        f"{about}-{before.episode}-over", _ENDS[trouble], details, say("nothing needs to be done"), is_over=True
    )


def _is_ours(name: str, host: str) -> bool:
    owner = name.partition(":")[2]
    return not owner or owner == host


def _stamp(at: datetime | None) -> str:
    return at.isoformat(timespec="seconds") if at is not None else "the start"


def _in_utc(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"


def _last_read(at: datetime | None) -> str:
    return (
        say("It was last read at %(when)s.", when=_in_utc(at)) if at is not None else say("It has not been read yet.")
    )


def _span(span: timedelta) -> str:
    minutes = int(span.total_seconds() // 60)
    if minutes < 120:
        return say_n("%(n)s minute", "%(n)s minutes", minutes)
    return say_n("%(n)s hour", "%(n)s hours", minutes // 60)
