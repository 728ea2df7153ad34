"""June 10 to June 24, 2013: the proposal is out, and members say what they think of it."""

from __future__ import annotations

from datetime import timedelta

from mailflow.demo.client_names import LANGUAGES
from mailflow.demo.story.act import Act, Effect, Way, on
from mailflow.demo.story.casting import Casting, speaks
from mailflow.demo.story.words import ANSWER, FEEDBACK, QUESTION, in_language

NOTICE = "proposal_open"
OPENED = on(2013, 6, 10, 9, 40)


def feedback_acts(casting: Casting) -> list[Act]:
    """Give everything that members write before the petition opens."""
    return [*_comments(casting), *_question(casting), *_at_the_end(casting), *_machines(casting)]


def _comments(casting: Casting) -> list[Act]:
    count = casting.rng.randint(10, 16)
    foreign = [casting.pick(speaks(language)) for language in LANGUAGES[1:]]
    writers = foreign + casting.picks(count - len(foreign))
    casting.rng.shuffle(writers)
    return [
        Act(at, who, in_language(FEEDBACK, who.language, n), Way.REPLY, NOTICE, Effect.GIVES_FEEDBACK)
        for n, (at, who) in enumerate(zip(casting.scattered(OPENED, 12, len(writers)), writers, strict=True))
    ]


def _question(casting: Casting) -> list[Act]:
    asker, author = casting.pick(speaks("en")), casting.cast.members[0]
    at = on(2013, 6, 12, 11, 5)
    return [
        Act(at, asker, QUESTION, Way.REPLY, NOTICE, Effect.ASKS, "a question to the organizer"),
        Act(
            at + timedelta(days=1), author, ANSWER, Way.REPLY, "question", Effect.ANSWERS,
            "the organizer answers, and the member gets the answer", about=asker,
        ),
    ]  # fmt: skip


def _at_the_end(casting: Casting) -> list[Act]:
    in_time, late, early_bird = (casting.pick(speaks("en")) for _ in range(3))
    return [
        Act(
            on(2013, 6, 23, 23, 58, 30), in_time, FEEDBACK["en"][0], Way.REPLY, NOTICE, Effect.GIVES_FEEDBACK,
            "in the last minutes of the last day",
        ),
        Act(
            on(2013, 6, 24, 0, 6), late, FEEDBACK["en"][1], Way.REPLY, NOTICE, Effect.GIVES_LATE_FEEDBACK,
            "after midnight: kept, and marked as late",
        ),
        Act(
            on(2013, 6, 14, 10, 20), early_bird, "A fine proposal. I will sign as soon as the petition is open.",
            Way.REPLY, NOTICE, Effect.GIVES_FEEDBACK, "no signature before there is a petition",
        ),
    ]  # fmt: skip


def _machines(casting: Casting) -> list[Act]:
    away, weg = casting.picks(2)
    return [
        Act(on(2013, 6, 10, 9, 32), away, "", Way.OUT_OF_OFFICE, NOTICE, Effect.IS_IGNORED),
        Act(on(2013, 6, 10, 9, 33), weg, "", Way.ABWESENHEIT_UNMARKED, NOTICE, Effect.IS_IGNORED),
    ]
