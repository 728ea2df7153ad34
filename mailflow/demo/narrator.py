"""Tells the story while it is played: dates, what happened in short sentences, and now and then a mail with its why.

A day on which somebody does something worth a line is told by itself; ordinary days between are told together.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby
from typing import Literal

from mailflow.demo.play import Read, Scene
from mailflow.demo.story.act import ZONE, Act, Effect, Way
from mailflow.demo.story.script import THRESHOLD
from mailflow.demo.wording import command_of, counted, made, sentence, why
from mailflow.domain.model import ProposalState
from mailflow.domain.outcome import Verdict
from mailflow.service.mailings import Sent

Tone = Literal["day", "step", "mail", "made", "why", "sum", "milestone"]
MILESTONES = (25, 50, 75, THRESHOLD)
# told by number alone, but for the first of each and for what the script has something to say about
_QUIET = frozenset({Effect.SIGNS, Effect.IS_IGNORED, Effect.GIVES_FEEDBACK, Effect.NOTHING, Effect.DECLINES})
_NOTED = ("a second address", "forwarded key", "an address that two share", "half a minute", "before there is")
_DIGEST = "digest"
_SAID = frozenset({("petition", "submit"), ("petition", "report")})  # steps that give words and not an id
_NOUNS = {
    Verdict.SIGNED: ("signature", "signatures"),
    Verdict.NOT_IN_STANDING: ("signature kept and not counted", "signatures kept and not counted"),
    Verdict.FEEDBACK: ("comment", "comments"),
    Verdict.DECLINED: ("no", "noes"),
    Verdict.AUTOMATIC: ("machine's answer ignored", "machines' answers ignored"),
    Verdict.BOUNCED: ("report of a delay", "reports of delays"),
    _DIGEST: ("digest", "digests"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the story. at: when; None where the lines above say it."""

    tone: Tone
    text: str
    at: datetime | None = None


@dataclass
class _Day:
    """What is to be told of a day. numbers: of what is told by number alone."""

    on: date
    lines: list[Line] = field(default_factory=list)
    numbers: Counter[str] = field(default_factory=Counter)
    languages: set[str] = field(default_factory=set)
    validated: int = 0

    def told(self, last_on: date) -> Iterator[Line]:
        """Give its lines, under its date or, where several days are told together, the first and the last."""
        if not self.lines and not self.numbers:
            return
        yield Line("day", _dates(self.on, last_on))
        yield from self.lines
        parts = [counted(self.numbers[name], *nouns) for name, nouns in _NOUNS.items() if self.numbers[name]]
        if parts:
            languages = f" (in {len(self.languages)} languages)" if len(self.languages) > 1 else ""
            so_far = f"; {self.validated} count so far, {THRESHOLD} are needed"
            yield Line("sum", f"{', '.join(parts)}{languages}{so_far if self.numbers[Verdict.SIGNED] else ''}")


class Narrator:
    """Turns scenes into lines."""

    def __init__(self) -> None:
        self._ordinary: list[_Day] = []  # days that were not told yet, because nothing on them is worth a line
        self._validated = 0
        self._state = ""
        self._explained: set[str] = set()

    def tell(self, scenes: Iterable[Scene]) -> Iterator[Line]:
        """Give the lines of all scenes, a day at a time."""
        for on, of_a_day in groupby(scenes, lambda scene: scene.at.astimezone(ZONE).date()):
            day = _Day(on)
            for scene in of_a_day:
                self._scene(scene, day)
            if day.lines or (self._ordinary and self._ordinary[-1].on.year != on.year):
                yield from self._ordinary_days()
            if day.lines:
                yield from day.told(on)
            elif day.numbers:
                self._ordinary.append(day)
        yield from self._ordinary_days()

    def _ordinary_days(self) -> Iterator[Line]:
        if not self._ordinary:
            return
        together = _Day(self._ordinary[0].on, validated=self._ordinary[-1].validated)
        for day in self._ordinary:
            together.numbers += day.numbers
            together.languages |= day.languages
        yield from together.told(self._ordinary[-1].on)
        self._ordinary = []

    # --- a scene ----------------------------------------------------------------------------------------------------
    def _scene(self, scene: Scene, day: _Day) -> None:
        if scene.step is not None:
            day.lines += _step(scene)
        day.lines += [Line("mail", _pressed(act), act.at) for act in scene.pressed]
        for read in scene.read:
            if self._is_told(read):
                day.lines += self._mail(read, scene.at)
                continue
            day.numbers[read.row.verdict] += 1
            if read.act is not None and read.row.verdict in (Verdict.SIGNED, Verdict.FEEDBACK):
                day.languages.add(read.act.who.language)
        if digests := sum(left.notice == _DIGEST for left in scene.left):
            day.numbers[_DIGEST] += digests
        day.lines += self._turning_points(scene)
        day.validated = scene.validated

    def _is_told(self, read: Read) -> bool:
        act, verdict = read.act, read.row.verdict
        if act is None or (act.expected in _QUIET and not any(words in act.note for words in _NOTED)):
            return act is not None and bool(act.words) and verdict not in self._explained
        return True

    def _mail(self, read: Read, at: datetime) -> Iterator[Line]:
        act, verdict = read.act, read.row.verdict
        assert act is not None
        is_before = act.at.astimezone(ZONE).date() < at.astimezone(ZONE).date()
        before = "the evening before, read after midnight: " if is_before else ""
        yield Line("mail", before + sentence(act), act.at)
        yield Line("made", made(read.row))
        if verdict not in self._explained or act.expected is Effect.IS_HELD:
            yield Line("why", why(read.row))
        self._explained.add(verdict)

    def _turning_points(self, scene: Scene) -> Iterator[Line]:
        for milestone in MILESTONES:
            if self._validated < milestone <= scene.validated:
                yield Line("milestone", _milestone(milestone), scene.at)
        self._validated = max(self._validated, scene.validated)
        if scene.state != self._state:
            self._state = scene.state
            if self._state == ProposalState.FEEDBACK_CLOSED:
                yield Line("milestone", "feedback is closed", scene.at)
            if self._state == ProposalState.CLOSED:
                text = f"the petition is closed: {scene.validated} signatures count, {THRESHOLD} were needed"
                yield Line("milestone", text, scene.at)


def _dates(first: date, last: date) -> str:
    if first == last:
        return f"{first:%A, %B} {first.day}, {first.year}"
    return f"{first:%B} {first.day} to {last:%B} {last.day}, {last.year}"


def _step(scene: Scene) -> Iterator[Line]:
    step = scene.step
    assert step is not None
    yield Line("step", f"{step.by}: {step.why}", step.at)
    yield Line("made", command_of(step))
    if isinstance(scene.done, Sent):
        left_out = ", ".join(f"{n} {reason}" for reason, n in scene.done.left_out.items())
        yield Line("made", f"{scene.done.queued} mails leave" + (f" (left out: {left_out})" if left_out else ""))
    elif step.command[:2] in _SAID:
        yield Line("made", str(scene.done))
    kits = sum(left.notice == "share_kit" for left in scene.left)
    if kits:
        yield Line("made", f"{counted(kits, 'organizer')} get a public link and a short text to share")


def _pressed(act: Act) -> str:
    if act.way is Way.SCAN:
        return "a link scanner fetches every link of an invitation: nothing changes"
    return f"{act.who.name} opens the personal page and presses ‘I sign’"


def _milestone(signatures: int) -> str:
    if signatures == THRESHOLD:
        return (
            f"{THRESHOLD} signatures of members in good standing: the petition qualifies, and the organizers are told"
        )
    return f"{signatures} of {THRESHOLD} signatures"
