"""Tells the story while it is played: dates, what happened in short sentences, and now and then a mail with its why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from mailflow.demo.play import Read, Scene
from mailflow.demo.story.act import ZONE, Act, Effect, Way
from mailflow.demo.story.script import THRESHOLD
from mailflow.demo.wording import counted, made, quoted, why
from mailflow.domain.outcome import Verdict
from mailflow.service.mailings import Sent

Tone = Literal["day", "step", "mail", "why", "sum", "milestone"]
MILESTONES = (25, 50, 75, THRESHOLD)
_QUIET = frozenset({Effect.SIGNS, Effect.IS_IGNORED, Effect.GIVES_FEEDBACK, Effect.NOTHING})  # told by number alone
_TOLD_ANYWAY = ("a second address", "forwarded key", "an address that two share", "half a minute", "before there is")
_NOUNS = {
    Verdict.SIGNED: ("more signature", "more signatures"),
    Verdict.NOT_IN_STANDING: ("signature kept and not counted", "signatures kept and not counted"),
    Verdict.FEEDBACK: ("comment", "comments"),
    Verdict.DECLINED: ("no", "noes"),
    Verdict.AUTOMATIC: ("automatic answer ignored", "automatic answers ignored"),
    Verdict.BOUNCED: ("report of a delay", "reports of delays"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the story. at: when, None where the line above says it."""

    tone: Tone
    text: str
    at: datetime | None = None


class Narrator:
    """Turns scenes into lines; what is ordinary is gathered and told at the end of the day."""

    def __init__(self) -> None:
        self._day: date | None = None
        self._told_day: date | None = None
        self._gathered: Counter[str] = Counter()
        self._languages: set[str] = set()
        self._validated = 0
        self._explained: set[str] = set()

    def tell(self, scenes: Iterable[Scene]) -> Iterator[Line]:
        """Give the lines of all scenes, as they are played."""
        for scene in scenes:
            day = scene.at.astimezone(ZONE).date()
            if day != self._day:
                yield from self._end_of_day()
                self._day = day
            for line in self._scene(scene):
                yield from self._dated(line)
        yield from self._end_of_day()

    def _dated(self, line: Line) -> Iterator[Line]:
        if self._day is not None and self._told_day != self._day:
            self._told_day = self._day
            yield Line("day", f"{self._day:%A, %B} {self._day.day}, {self._day.year}")
        yield line

    def _scene(self, scene: Scene) -> Iterator[Line]:
        if scene.step is not None:
            yield from _step(scene)
        yield from _digest(scene)
        for act in scene.pressed:
            yield Line("mail", _pressed(act), act.at)
        for read in scene.read:
            yield from self._mail(read)
        for milestone in MILESTONES:
            if self._validated < milestone <= scene.validated:
                yield Line("milestone", _milestone(milestone), scene.at)
        self._validated = max(self._validated, scene.validated)

    def _mail(self, read: Read) -> Iterator[Line]:
        act, row = read.act, read.row
        if act is None or not self._is_told(act, row.verdict):
            self._gathered[row.verdict] += 1
            if act is not None and row.verdict in (Verdict.SIGNED, Verdict.FEEDBACK):
                self._languages.add(act.who.language)
            return
        note = f" ({act.note})" if act.note else ""
        yield Line("mail", f"{act.who.name} {quoted(act.words) if act.words else act.way}{note}", act.at)
        reason = f": {why(row)}" if row.verdict not in self._explained else ""
        self._explained.add(row.verdict)
        yield Line("why", f"{made(row)}{reason}")

    def _is_told(self, act: Act, verdict: str) -> bool:
        if act.expected not in _QUIET or any(words in act.note for words in _TOLD_ANYWAY):
            return act.expected is not Effect.DECLINES or verdict not in self._explained
        # the first of each kind is shown with its reasons
        return verdict not in self._explained and bool(act.words)

    def _end_of_day(self) -> Iterator[Line]:
        parts = [counted(n, *_NOUNS.get(Verdict(verdict), (verdict, verdict))) for verdict, n in self._gathered.items()]
        if parts:
            languages = f", in {len(self._languages)} languages" if len(self._languages) > 1 else ""
            so_far = f"; {self._validated} of {THRESHOLD} count" if self._gathered[Verdict.SIGNED] else ""
            yield from self._dated(Line("sum", f"{', '.join(parts)}{languages}{so_far}"))
        self._gathered.clear()
        self._languages.clear()


def _step(scene: Scene) -> Iterator[Line]:
    step = scene.step
    assert step is not None
    command = " ".join(word for word in step.command if len(word) < 30)
    yield Line("step", f"{step.by}: {step.why}  [mailflow {command}]", step.at)
    if isinstance(scene.done, Sent):
        left_out = ", ".join(f"{n} {reason}" for reason, n in scene.done.left_out.items())
        yield Line("why", f"{counted(scene.done.queued, 'mail')} to as many members" + _in_brackets(left_out))
    kits = sum(left.notice == "share_kit" for left in scene.left)
    if kits:
        yield Line("why", f"{counted(kits, 'organizer')} get a link and a text to share")


def _in_brackets(left_out: str) -> str:
    return f" (left out: {left_out})" if left_out else ""


def _digest(scene: Scene) -> Iterator[Line]:
    digests = sum(left.notice == "digest" for left in scene.left)
    if digests:
        yield Line("sum", f"the morning's digest goes to {counted(digests, 'person', 'people')}", scene.at)


def _pressed(act: Act) -> str:
    if act.way is Way.SCAN:
        return "a link scanner fetches every link of an invitation: nothing changes"
    return f"{act.who.name} presses ‘I sign’ on the personal page"


def _milestone(signatures: int) -> str:
    if signatures == THRESHOLD:
        return (
            f"{THRESHOLD} signatures of members in good standing: the petition qualifies, and the organizers are told"
        )
    return f"{signatures} of {THRESHOLD} signatures"
