"""The whole script for a seed number: cast, acts, steps, in the order of the clock."""

from __future__ import annotations

import random
from dataclasses import dataclass

from mailflow.demo.cast import Cast, make_cast
from mailflow.demo.story.act import Act, Step, on
from mailflow.demo.story.casting import Casting
from mailflow.demo.story.documents import LAUNCH, PROPOSAL, UPDATE
from mailflow.demo.story.expected import stopped, tally
from mailflow.demo.story.feedback_acts import feedback_acts
from mailflow.demo.story.launch_acts import launch_acts
from mailflow.demo.story.other_acts import machine_acts, old_acts, stray_acts
from mailflow.demo.story.people import AUTHOR, COMMITTEE, LAUNCH_CONTACT, LIAISON, with_organizers
from mailflow.demo.story.petition_acts import plain_signatures, special_acts

THRESHOLD = 100
REASON = (
    "Final testing found serious faults in navigation, in tagging, and in the relation between parent groups and the "
    "groups beneath them. The maker of the platform is at work on all three."
)
STEPS = (
    Step(on(2013, 6, 10, 9, 0), AUTHOR.name, ("proposal", "add", PROPOSAL), "the proposal is handed in"),
    Step(on(2013, 6, 10, 9, 30), AUTHOR.name, ("proposal", "open", "mig-1"), "members are asked what they think"),
    Step(on(2013, 6, 24, 8, 30), AUTHOR.name, ("petition", "open", "mig-1"), "the organizer opens the e-petition"),
    Step(
        on(2013, 7, 26, 10, 0), LIAISON.name, ("petition", "submit", "mig-1", "--checked-by", LIAISON.name),
        "the petition goes to the Committee on Organization, with its packet",
    ),
    Step(
        on(2013, 8, 12, 10, 0), LIAISON.name,
        (
            "petition", "decide", "mig-1", "--approve",
            "--reported-by", COMMITTEE.name, "--meeting", "2013-08-09", "--vote", "7 to 1",
        ),
        "the committee has approved; whoever signed is told",
    ),
    Step(on(2013, 8, 12, 10, 30), LIAISON.name, ("petition", "report", "mig-1"), "Council hears of it"),
    Step(on(2018, 3, 12, 9, 0), LAUNCH_CONTACT.name, ("launch", "add", LAUNCH), "a date is planned: April 25"),
    Step(
        on(2018, 4, 18, 14, 0), LAUNCH_CONTACT.name, ("launch", "slip", "launch-1", "--reason", REASON),
        "testing failed: delayed, no date yet",
    ),
    Step(on(2018, 4, 18, 14, 30), LAUNCH_CONTACT.name, ("notice", "send", "delay_notice"), "members are told"),
    Step(on(2018, 5, 2, 9, 0), LAUNCH_CONTACT.name, ("notice", "add", UPDATE), "an update while everybody waits"),
    Step(on(2018, 5, 2, 9, 30), LAUNCH_CONTACT.name, ("notice", "send", "update_notice"), "and it is sent"),
    Step(
        on(2018, 5, 16, 9, 0), LAUNCH_CONTACT.name, ("launch", "set-date", "launch-1", "2018-06-05"),
        "a firm date",
    ),
    Step(on(2018, 5, 16, 9, 30), LAUNCH_CONTACT.name, ("notice", "send", "firm_date_notice"), "members are told"),
    Step(on(2018, 6, 5, 9, 0), LAUNCH_CONTACT.name, ("launch", "launched", "launch-1"), "it is there"),
)  # fmt: skip
"""`notice send` names the kind of the notice: its id is known only when it is there."""


@dataclass(frozen=True, slots=True)
class Script:
    """Everything that happens, in order. old: what lies in the mailbox before the program is started."""

    cast: Cast
    old: tuple[Act, ...]
    acts: tuple[Act, ...]
    steps: tuple[Step, ...]

    @property
    def events(self) -> tuple[Act | Step, ...]:
        """Give acts and steps in the order of the clock."""
        return tuple(sorted((*self.acts, *self.steps), key=lambda event: event.at))


def write_script(seed: int) -> Script:
    """Give the script for a seed: enough signatures that the threshold is passed, by a margin that the seed decides."""
    cast = with_organizers(make_cast(seed))
    rng = random.Random(f"story {seed}")
    margin = rng.randint(3, 12)
    petition = Casting(cast, rng)
    acts = [*special_acts(petition), *machine_acts(petition), *stray_acts()]
    acts += plain_signatures(petition, THRESHOLD + margin - tally(acts).validated)
    acts += feedback_acts(Casting(cast, rng))
    launch = Casting(cast, rng)
    launch.leave_out(stopped(acts))
    acts += launch_acts(launch)
    return Script(cast, tuple(old_acts()), tuple(sorted(acts, key=lambda act: act.at)), STEPS)
