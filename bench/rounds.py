"""Contenders measured in turn, round after round, so that a slow moment of the machine hits all of them alike."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Measured:
    """What one round of one contender gave. peaks_mib: peak resident memory of its processes, by their name."""

    count: int
    seconds: float
    peaks_mib: dict[str, float] = field(default_factory=dict)

    @property
    def per_second(self) -> float:
        return self.count / self.seconds


@dataclass
class Contender:
    """Something that is measured. letter: how the goals name it. run: does one round."""

    letter: str
    what: str
    run: Callable[[], Measured]
    rounds: list[Measured] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """The median of its rounds, in mails a second."""
        return statistics.median(each.per_second for each in self.rounds) if self.rounds else 0.0

    @property
    def peaks_mib(self) -> dict[str, float]:
        """The highest peak of each of its processes over all rounds."""
        names = {name for each in self.rounds for name in each.peaks_mib}
        return {name: max(each.peaks_mib.get(name, 0.0) for each in self.rounds) for name in sorted(names)}


@dataclass(frozen=True, slots=True)
class Goal:
    """`what` is to be at least `times` as fast as `of`."""

    what: str
    times: float
    of: str


def interleave(contenders: Sequence[Contender], rounds: int) -> None:
    """Run all contenders once, `rounds` times."""
    for _ in range(rounds):
        for contender in contenders:
            contender.rounds.append(contender.run())


def show(title: str, contenders: Sequence[Contender], goals: Sequence[Goal], memory_goals: dict[str, float]) -> None:
    """Print a table of rates, the goals with what was reached, and the memory of those that told it."""
    print(f"\n{title}")
    rates = {contender.letter: contender.rate for contender in contenders}
    for contender in contenders:
        spread = " ".join(f"{each.per_second:,.0f}" for each in contender.rounds)
        counts = max((each.count for each in contender.rounds), default=0)
        print(f"  ({contender.letter}) {contender.what:<58} {contender.rate:>9,.0f} /s   {counts:>6,} each: {spread}")
    for goal in goals:
        if rates.get(goal.what) and rates.get(goal.of):
            ratio = rates[goal.what] / rates[goal.of]
            verdict = "reached" if ratio >= goal.times else "SHORT"
            print(f"      {goal.what} / {goal.of} = {ratio:6.2f}   goal {goal.times:g}   {verdict}")
    for contender in contenders:
        for name, peak in contender.peaks_mib.items():
            most = memory_goals.get(name)
            aim = f"   goal < {most:g}   {'reached' if peak < most else 'SHORT'}" if most else ""
            print(f"      ({contender.letter}) peak memory of the {name}: {peak:.0f} MiB{aim}")
