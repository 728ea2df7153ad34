"""How the story is told: days under their date, ordinary ones together, a mail with what was made of it and why."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from mailflow.demo.clock import StoryClock
from mailflow.demo.narrator import Line, Narrator
from mailflow.demo.play import Read, Scene
from mailflow.demo.reckoning import FITTING, account
from mailflow.demo.story.act import Act, Effect, Step, Way, on
from mailflow.demo.story.script import write_script
from mailflow.demo.wording import MADE, command_of, counted, quoted
from mailflow.domain.outcome import Verdict
from mailflow.service.mailings import Sent

CAST = write_script(1).cast
WHO = CAST.members[7]


@dataclass
class Row:
    """As much of an inbox row as is told."""

    verdict: str = Verdict.SIGNED
    intent: str = "sign"
    kind: str = "person"
    reasons: list[str] = field(default_factory=lambda: ["a key", "says so"])


def read(day: int, hour: int, expected: Effect, verdict: str, note: str = "") -> Read:
    act = Act(on(2013, 6, day, hour), WHO, "I sign.", Way.REPLY, "petition_invitation", expected, note)
    return Read(act, Row(verdict))


def scene(day: int, hour: int, *reads: Read, validated: int = 0, state: str = "petition_open") -> Scene:
    return Scene(on(2013, 6, day, hour), None, None, (), reads, (), validated, state)


def told(*scenes: Scene) -> list[tuple[str, str]]:
    return [(line.tone, line.text) for line in Narrator().tell(scenes)]


def test_the_first_of_a_kind_is_shown_with_its_reasons_and_the_next_are_counted() -> None:
    signs = [read(24, hour, Effect.SIGNS, Verdict.SIGNED) for hour in (10, 11, 12)]
    assert told(scene(24, 13, *signs, validated=3)) == [
        ("day", "Monday, June 24, 2013"),
        ("mail", f"{WHO.name}: “I sign.”"),
        ("made", "a signature that counts"),
        ("why", "a key; says so"),
        ("sum", "2 signatures; 3 count so far, 100 are needed"),
    ]


def test_ordinary_days_are_told_together() -> None:
    first = scene(24, 10, read(24, 10, Effect.SIGNS, Verdict.SIGNED), validated=1)
    days = [scene(day, 10, read(day, 10, Effect.SIGNS, Verdict.SIGNED), validated=day - 23) for day in (25, 26, 27)]
    assert told(first, *days)[-2:] == [
        ("day", "June 25 to June 27, 2013"),
        ("sum", "3 signatures; 4 count so far, 100 are needed"),
    ]


@pytest.mark.parametrize("milestone", [25, 50, 75])
def test_a_quarter_of_the_threshold_is_a_milestone_once(milestone: int) -> None:
    lines = told(scene(24, 10, validated=milestone - 1), scene(24, 11, validated=milestone + 1), scene(24, 12))
    assert [text for tone, text in lines if tone == "milestone"].count(f"{milestone} of 100 signatures") == 1


def test_a_mail_of_the_evening_before_says_so() -> None:
    late = Read(Act(on(2013, 6, 23, 23, 59), WHO, "No.", Way.REPLY, "x", Effect.IS_LATE), Row(Verdict.WINDOW_CLOSED))
    assert told(scene(24, 0, late))[1] == ("mail", f"the evening before, read after midnight: {WHO.name}: “No.”")


def test_a_step_is_told_with_its_command_and_how_many_mails_leave() -> None:
    step = Step(on(2013, 6, 24, 8), "Ann", ("petition", "open", "mig-1"), "the petition opens")
    lines = Narrator().tell([Scene(step.at, step, Sent(160, 158, {"opted out": 2}), (), (), ())])
    assert list(lines)[1:] == [
        Line("step", "Ann: the petition opens", step.at),
        Line("made", "mailflow petition open mig-1"),
        Line("made", "158 mails leave (left out: 2 opted out)"),
    ]


def test_a_command_is_shown_as_it_is_typed() -> None:
    step = Step(
        on(2018, 4, 18), "Ann", ("launch", "slip", "launch-1", "--reason", "Final testing found serious faults")
    )
    assert command_of(step) == 'mailflow launch slip launch-1 --reason "Final testing found …"'


@pytest.mark.parametrize(
    ("words", "shown"),
    [("I sign.", "“I sign.”"), ("a\n\nb", "“a b”"), ("word " * 30, "“word word word word …”")],
    ids=["short", "lines", "long"],
)
def test_words_are_quoted_on_one_line(words: str, shown: str) -> None:
    assert quoted(words, 22) == shown


def test_numbers_are_words_with_their_plural() -> None:
    assert [counted(1, "mail"), counted(2, "mail"), counted(1200, "no", "noes")] == ["1 mail", "2 mails", "1,200 noes"]


def test_every_verdict_has_words_and_every_effect_of_a_mail_a_verdict_that_fits() -> None:
    assert set(MADE) == set(Verdict)
    assert set(FITTING) == set(Effect) - {Effect.NOTHING}


def test_the_account_groups_what_came_in_the_most_frequent_first() -> None:
    rows = [Row(), Row(Verdict.DECLINED, "decline"), Row(), Row(Verdict.AUTOMATIC, "auto", "auto")]
    assert [(one.came, one.made, one.mails) for one in account(rows)] == [
        ("a yes", "a signature that counts", 2),
        ("a no", "a no, noted", 1),
        ("a machine's answer", "ignored, never answered", 1),
    ]


def test_the_storys_clock_stands_until_it_is_moved_and_never_goes_back() -> None:
    clock = StoryClock(on(2013, 6, 10))
    assert clock() == clock() == on(2013, 6, 10)
    clock.move_to(on(2013, 6, 12))
    clock.move_to(on(2013, 6, 11))
    assert clock() == on(2013, 6, 12)


def test_the_storys_clock_runs_on_when_told_to() -> None:
    clock = StoryClock(on(2013, 6, 10))
    clock.run_on()
    first = clock()
    assert on(2013, 6, 10) <= first <= clock() < on(2013, 6, 10) + timedelta(days=1)
