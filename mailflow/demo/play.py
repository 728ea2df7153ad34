"""Plays the story: every act of the script arrives at its instant, every step is taken, and the program is run."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from hashlib import sha256
from typing import Any

from mailflow.demo import browser, steps
from mailflow.demo.clients.passed_on import scan_links
from mailflow.demo.stage import Left, Stage
from mailflow.demo.steps import Done
from mailflow.demo.story.act import ZONE, Act, Step, Way, on
from mailflow.demo.story.performance import WITHOUT_MAIL, mail_of
from mailflow.demo.story.script import Script
from mailflow.errors import NotFound
from mailflow.service.petitions import list_signatures, show_petition
from mailflow.store import inbox, opt_outs

FIRST_START = on(2013, 6, 10, 8, 0)  # when the program was set up
MORNING = time(7, 5)
TOGETHER = timedelta(minutes=45)  # what comes within it is read in one run
READ_AFTER = timedelta(seconds=20)
PETITION = "mig-1"


@dataclass(frozen=True, slots=True)
class Read:
    """A mail that was read in a run: the act behind it, None where the script has none, and its inbox row."""

    act: Act | None
    row: Any


@dataclass(frozen=True, slots=True)
class Scene:
    """One run of the program and what led to it. step, done: what was asked for, and what that gave.

    pressed: acts on pages, which are no mail. validated, state: the signatures that count after it, and the petition's.
    """

    at: datetime
    step: Step | None
    done: Done | None
    pressed: tuple[Act, ...]
    read: tuple[Read, ...]
    left: tuple[Left, ...]
    validated: int = 0
    state: str = ""


class Play:
    """The story of a script on a stage. act_of: by the SHA-256 of the mail that came."""

    def __init__(self, stage: Stage, script: Script) -> None:
        self.stage, self.script = stage, script
        self.act_of: dict[str, Act] = {}
        self.scanned: list[tuple[str, int]] = []
        self.scan_changed = False
        self.pages: dict[str, str] = {}  # by the name of who saw it; "" is everybody
        self.reads: list[Read] = []
        self.missed: list[str] = []  # acts that could not happen
        self._last_n = 0

    def scenes(self, until: datetime | None = None) -> Iterator[Scene]:
        """Play scene after scene; until: end with what happens before it."""
        for act in self.script.old:
            self._post(act)
        yield self._run(FIRST_START)
        moments = [moment for moment in self._moments() if until is None or moment[0] < until]
        waiting: list[tuple[datetime, Act]] = []
        for at, event in moments:
            if waiting and not (isinstance(event, Act) and at - waiting[0][0] <= TOGETHER):
                yield self._read(waiting, at)
                waiting = []
            if isinstance(event, Act):
                waiting.append((at, event))
                self._perform(event)
            else:
                yield self._run(at, event)
        if waiting:
            yield self._read(waiting, waiting[-1][0] + TOGETHER)
        self.pages[""] = browser.read_page(f"{self.stage.public_url}/p/{PETITION}")

    def _moments(self) -> list[tuple[datetime, Act | Step | None]]:
        """Give what happens, and the mornings on which the program is run for the digests, in order."""
        events = [event for event in self.script.events if isinstance(event, Act) or steps.is_known(event)]
        days = {event.at.astimezone(ZONE).date() for event in events}
        days |= {day + timedelta(days=1) for day in days}
        mornings = [(datetime.combine(day, MORNING, ZONE), None) for day in days]
        happening: list[tuple[datetime, Act | Step | None]] = [(event.at, event) for event in events]
        return sorted([*happening, *(m for m in mornings if m[0] > FIRST_START)], key=lambda moment: moment[0])

    def _perform(self, act: Act) -> None:
        """Let an act happen; where the program left nothing to act on, that is noted and the story goes on."""
        try:
            if act.way is Way.SCAN:
                self._scan(act)
            elif act.way is Way.LINK:
                self._press(act)
            else:
                self._post(act)
        except (LookupError, OSError) as error:
            self.missed.append(f"{act.who.name}, {act.at:%B} {act.at.day}: {error}")

    def _press(self, act: Act) -> None:
        self.stage.clock.move_to(act.at)
        sent = self.stage.sent_to(act.reader, act.answers)
        link = browser.personal_link(sent, self.stage.public_url)
        self.pages[act.who.name] = browser.read_page(link) + browser.press(link, "sign")

    def _post(self, act: Act) -> None:
        sent = self.stage.sent_to(act.reader, act.answers) if act.answers else b""
        raw = mail_of(act, sent, self.stage.world.address)
        self.act_of[sha256(raw).hexdigest()] = act
        self.stage.arrive(raw, act.at, act.way)

    def _scan(self, act: Act) -> None:
        before = self._all_that_may_change()
        self.scanned += scan_links(self.stage.sent_to(act.reader, act.answers), self.stage.public_url)
        self.scan_changed |= before != self._all_that_may_change()

    def _all_that_may_change(self) -> object:
        member_ids = [member.member_id for member in self.script.cast.members]
        with self.stage.db.read() as work:
            stopped = opt_outs.opted_out(work, member_ids, PETITION)
        return list_signatures(self.stage.office, PETITION), stopped

    def _read(self, waiting: Sequence[tuple[datetime, Act]], next_at: datetime) -> Scene:
        pressed = tuple(act for _, act in waiting if act.way in WITHOUT_MAIL)
        return self._run(min(waiting[-1][0] + READ_AFTER, next_at - timedelta(seconds=1)), pressed=pressed)

    def _run(self, at: datetime, step: Step | None = None, pressed: tuple[Act, ...] = ()) -> Scene:
        self.stage.clock.move_to(at)
        done = steps.take(self.stage, step) if step is not None else None
        left = self.stage.run(at)
        with self.stage.db.read() as work:
            rows = inbox.rows(work, since_n=self._last_n)
        self._last_n = rows[-1].n if rows else self._last_n
        read = tuple(Read(self.act_of.get(row.raw_sha256), row) for row in rows)
        self.reads += read
        try:
            shown = show_petition(self.stage.office, PETITION)
        except NotFound:
            return Scene(at, step, done, pressed, read, tuple(left))
        return Scene(at, step, done, pressed, read, tuple(left), shown["tally"]["validated"], shown["state"])
