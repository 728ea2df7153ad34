"""Spring 2018: the new platform is delayed; members ask, and the named contact answers."""

from __future__ import annotations

from mailflow.demo.cast import Person
from mailflow.demo.places import with_descendants
from mailflow.demo.story.act import Act, Effect, Way, on
from mailflow.demo.story.casting import Casting, speaks
from mailflow.demo.story.people import LAUNCH_CONTACT, as_person

AUDIENCE = with_descendants("divisions") | with_descendants("round-tables")


def is_concerned(person: Person) -> bool:
    """Tell whether a member belongs to the units that the launch concerns, or to one beneath them."""
    return bool(AUDIENCE.intersection(person.units))


def launch_acts(casting: Casting) -> list[Act]:
    """Give what comes in about the launch, from its delay to its day."""

    def pick() -> Person:
        return casting.pick(lambda person: is_concerned(person) and speaks("en")(person))

    files, training, patient, away, glad = (pick() for _ in range(5))
    contact = as_person(LAUNCH_CONTACT)
    return [
        Act(on(2018, 4, 18, 14, 31), away, "", Way.EXCHANGE, "delay_notice", Effect.IS_IGNORED),
        Act(
            on(2018, 4, 18, 15, 40), files, "Will the files of our committee be moved for us?", Way.REPLY,
            "delay_notice", Effect.ASKS, "a question about the delay reaches the contact",
        ),
        Act(
            on(2018, 4, 19, 10, 5), contact, "Yes: everything moves with your group; nothing is deleted.", Way.REPLY,
            "question", Effect.ANSWERS, "the contact answers", about=files,
        ),
        Act(
            on(2018, 4, 20, 9, 12), patient, "Better late than broken. Thank you for telling us why.", Way.REPLY,
            "delay_notice", Effect.GIVES_FEEDBACK, "a comment on the delay",
        ),
        Act(
            on(2018, 5, 17, 16, 20), training, "Is the training on May 30 still held?", Way.REPLY, "firm_date_notice",
            Effect.ASKS, "a question about the firm date",
        ),
        Act(
            on(2018, 5, 18, 9, 30), contact, "It is, and it is recorded for those who can't come.", Way.REPLY,
            "question", Effect.ANSWERS, "the contact answers", about=training,
        ),
        Act(
            on(2018, 6, 5, 9, 30), contact, "Send", Way.REPLY, "notice_preview", Effect.COMMANDS,
            "the contact got the notice to look at, and sends it to the members by answering",
        ),
        Act(
            on(2018, 6, 5, 12, 8), glad, "The new site looks good. The tree of groups is much clearer now.", Way.REPLY,
            "launch_notice", Effect.GIVES_FEEDBACK, "a comment on the launch",
        ),
    ]  # fmt: skip
