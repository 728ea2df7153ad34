"""How the story is played: mornings between the acts, and an act that the program leaves nothing to act on."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest

from mailflow.demo import steps
from mailflow.demo.browser import _Fields, personal_link
from mailflow.demo.cast import Person
from mailflow.demo.play import FIRST_START, MORNING, Play
from mailflow.demo.story.act import ZONE, Act, Effect, Step, Way, on
from mailflow.demo.story.script import write_script

SCRIPT = write_script(1)
WHO = SCRIPT.cast.members[7]
MAIL = (
    b"From: connect@example.org\r\nTo: a@example.org\r\nDate: Mon, 24 Jun 2013 08:30:00 -0500\r\nSubject: x\r\n"
    b'Content-Type: text/html\r\n\r\n<a href="http://127.0.0.1:1/p/mig-1">all</a> <a href="http://127.0.0.1:1/m/k">me</a>\r\n'
)


def nothing_sent(reader: Person, notice: str) -> bytes:
    raise LookupError(f"{reader.name} received no {notice}")


@pytest.mark.parametrize("way", [Way.REPLY, Way.BUTTON, Way.LINK, Way.SCAN])
def test_an_act_without_a_mail_to_act_on_is_noted_and_the_story_goes_on(way: Way) -> None:
    stage = SimpleNamespace(sent_to=nothing_sent, clock=SimpleNamespace(move_to=lambda at: None))
    play = Play(stage, SCRIPT)  # type: ignore[arg-type]
    play._all_that_may_change = lambda: 0  # type: ignore[method-assign]
    play._perform(Act(on(2013, 6, 25), WHO, "Yes", way, "signature_confirm", Effect.SIGNS))
    assert play.missed == [f"{WHO.name}, June 25: {WHO.name} received no signature_confirm"]


def test_the_program_is_run_on_the_mornings_of_days_with_events_and_of_the_days_after() -> None:
    moments = Play(SimpleNamespace(), SCRIPT)._moments()  # type: ignore[arg-type]
    assert [at for at, _ in moments] == sorted(at for at, _ in moments)
    mornings = {at.astimezone(ZONE).date() for at, event in moments if event is None}
    happening = {at.astimezone(ZONE).date() for at, event in moments if event is not None}
    assert happening - mornings == {FIRST_START.date()}
    assert {day + timedelta(days=1) for day in happening} <= mornings
    assert {at.astimezone(ZONE).time() for at, event in moments if event is None} == {MORNING}


def test_every_step_up_to_the_petitions_end_and_of_the_launch_is_a_command_of_the_program() -> None:
    unknown = [step.command[:2] for step in SCRIPT.steps if not steps.is_known(step)]
    assert set(unknown) <= {("petition", "submit"), ("petition", "decide")}


def test_a_command_that_the_program_has_not_is_not_taken() -> None:
    assert not steps.is_known(Step(on(2013, 6, 24), "Ann", ("petition", "burn", "mig-1")))


def test_the_personal_link_of_a_mail_is_found_among_the_others() -> None:
    assert personal_link(MAIL, "http://127.0.0.1:1") == "http://127.0.0.1:1/m/k"
    with pytest.raises(LookupError):
        personal_link(MAIL, "http://127.0.0.1:2")


def test_a_form_is_sent_with_its_hidden_fields_and_the_button_that_is_pressed() -> None:
    page = _Fields()
    page.feed(
        '<input type="hidden" name="act" value="&amp;1"><input name="n"><button name="action" value="sign">I</button>'
    )
    assert (page.hidden, page.buttons) == ({"act": "&1"}, {"sign": "action"})
