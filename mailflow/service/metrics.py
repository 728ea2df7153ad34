"""The installation in numbers, as Prometheus reads them: counted in the database, so that all hosts say the same.

Text exposition format 0.0.4. What is counted are states of rows, which can fall again: gauges.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailflow.domain.health import Trouble
from mailflow.domain.outcome import MailState
from mailflow.service.health import free_disk_bytes
from mailflow.service.office import Office
from mailflow.service.status import age_s
from mailflow.store import health, inbox, outbox
from mailflow.store.engine import Work

KEPT_S = 5.0  # whoever asks more often gets the same numbers: counting costs a look at every row

Labels = Mapping[str, str]
Sample = tuple[Labels, float]


@dataclass
class Metrics:
    """The numbers of one office, counted at most every KEPT_S seconds."""

    office: Office
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _kept: tuple[float, str] = (float("-inf"), "")

    def text(self, now: datetime) -> str:
        """Give the exposition."""
        with self._lock:
            counted_at, text = self._kept
            if time.monotonic() - counted_at >= KEPT_S:
                with self.office.db.read() as work:
                    text = exposition(work, self.office, now)
                self._kept = (time.monotonic(), text)
            return text


def exposition(work: Work, office: Office, now: datetime) -> str:
    """Count everything and write it down."""
    came, owed = inbox.counts(work), outbox.counts(work)
    told = {name.partition(":")[0] for name in health.told(work)}
    families = [
        _gauge("inbox_mails", "Mails that came in, by state.", _by("state", {s: came.get(s, 0) for s in MailState})),
        _gauge("outbox_mails", "Mails that are owed or were sent, by state.", _by("state", owed)),
        _gauge("outbox_is_held", "1 while the stop switch is on.", _one(outbox.is_held(work))),
        _gauge("unknown_answers", "Answers of the relay that never came (R89).", _one(health.unknown_answers(work))),
        _gauge(
            "signatures",
            "Signatures by petition and state.",
            [({"petition": p, "state": s}, n) for (p, s), n in sorted(health.signatures(work).items())],
        ),
        _age(
            "last_good_poll_age_seconds", "Since the mailbox was last read to its end.", health.good_poll_at(work), now
        ),
        _age("oldest_unread_age_seconds", "Of the oldest mail not read yet.", inbox.oldest_kept_at(work), now),
        _age("oldest_owed_age_seconds", "Of the oldest mail not sent yet.", health.oldest_owed_at(work), now),
        _age("oldest_due_age_seconds", "Since the oldest unsent mail is due.", health.oldest_due_at(work, now), now),
        _gauge("free_disk_bytes", "Beside the database, on this host.", _maybe(free_disk_bytes(office.settings))),
        _gauge(
            "trouble", "1 while the owner was told of it and it lasts.", _by("trouble", {t: t in told for t in Trouble})
        ),
    ]
    return "".join(families)


def _gauge(name: str, help_: str, samples: Iterable[Sample]) -> str:
    lines = [f"# HELP mailflow_{name} {help_}", f"# TYPE mailflow_{name} gauge"]
    lines += [f"mailflow_{name}{_labels(labels)} {float(value):.15g}" for labels, value in samples]
    return "\n".join(lines) + "\n"


def _age(name: str, help_: str, at: datetime | None, now: datetime) -> str:
    """An age has no sample while there is nothing that could be late: 0 would say that it is fresh."""
    return _gauge(name, help_, _maybe(age_s(at, now)))


def _by(label: str, counts: Mapping[str, float]) -> list[Sample]:
    return [({label: str(name)}, value) for name, value in counts.items()]


def _one(value: float) -> list[Sample]:
    return [({}, value)]


def _maybe(value: float | None) -> list[Sample]:
    return [] if value is None else _one(value)


def _labels(labels: Labels) -> str:
    if not labels:
        return ""
    return "{" + ",".join(f'{name}="{_escaped(value)}"' for name, value in labels.items()) + "}"


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
