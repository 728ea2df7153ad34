"""R90: 5 minutes doubling to 4 hours, for 5 days; 5xx is final. R89: an unknown outcome is tried again at most once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.relay import RelayAnswer, Stage, answer_to, connection_lost, refused_here
from mailflow.domain.retry import delay_after, next_attempt_at

QUEUED = datetime(2013, 6, 24, 9, tzinfo=UTC)
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=5)
BUSY = answer_to("rcpt", 451, "4.7.1 greylisted")
UNKNOWN = connection_lost("body", "the relay hung up")


@pytest.mark.parametrize(
    ("attempts", "delay"),
    [
        pytest.param(1, 5 * MINUTE, id="R90: 5 * 2**0 minutes"),
        pytest.param(2, 10 * MINUTE, id="R90: 5 * 2**1"),
        pytest.param(3, 20 * MINUTE, id="R90: 5 * 2**2"),
        pytest.param(4, 40 * MINUTE, id="R90: 5 * 2**3"),
        pytest.param(5, 80 * MINUTE, id="R90: 5 * 2**4"),
        pytest.param(6, 160 * MINUTE, id="R90: 5 * 2**5"),
        pytest.param(7, 4 * HOUR, id="R90: 5 * 2**6 would be 320 minutes, 4 hours is the most"),
        pytest.param(10_000, 4 * HOUR, id="R90: however often"),
        pytest.param(0, 5 * MINUTE, id="before any attempt: as after the first"),
    ],
)
def test_delay_doubles_up_to_four_hours(attempts: int, delay: timedelta) -> None:
    assert delay_after(attempts) == delay


@pytest.mark.parametrize(
    ("stage", "code", "result"),
    [
        pytest.param("body", 250, "accepted", id="250 after the dot"),
        pytest.param("body", 451, "transient", id="R90: 451 after the dot"),
        pytest.param("body", 421, "transient", id="R90: 421 after the dot"),
        pytest.param("body", 550, "permanent", id="R90: 550 after the dot"),
        pytest.param("body", 552, "permanent", id="R90: 552 after the dot is about size"),
        pytest.param("rcpt", 450, "transient", id="R90: 450 at RCPT"),
        pytest.param("rcpt", 550, "permanent", id="R90: 550 at RCPT"),
        pytest.param("rcpt", 552, "transient", id="R90: 552 at RCPT is 'too many recipients'"),
        pytest.param("mail", 421, "transient", id="R90: 421 at MAIL"),
        pytest.param("mail", 552, "permanent", id="R90: 552 at MAIL is about size"),
        pytest.param("data", 554, "permanent", id="R90: 554 at DATA"),
        pytest.param("data", 452, "transient", id="R90: 452 at DATA"),
    ],
)
def test_what_a_code_means_depends_on_what_it_answers(stage: Stage, code: int, result: str) -> None:
    answer = answer_to(stage, code, "5.1.1 words")
    assert (answer.result, answer.code, answer.enhanced, answer.stage) == (result, code, "5.1.1", stage)


@pytest.mark.parametrize(
    ("stage", "result"),
    [("mail", "transient"), ("rcpt", "transient"), ("data", "transient"), ("body", "unknown")],
)
def test_a_lost_connection_leaves_doubt_only_once_the_body_has_left(stage: Stage, result: str) -> None:
    """R89"""
    assert connection_lost(stage, "hung up").result == result


@pytest.mark.parametrize(
    ("attempts", "answer", "now", "due_at"),
    [
        pytest.param(1, BUSY, QUEUED, QUEUED + 5 * MINUTE, id="R90: first transient answer"),
        pytest.param(3, BUSY, QUEUED + HOUR, QUEUED + HOUR + 20 * MINUTE, id="R90: third"),
        pytest.param(30, BUSY, QUEUED + DAY - 4 * HOUR, QUEUED + DAY, id="R90: the last attempt is five days old"),
        pytest.param(31, BUSY, QUEUED + DAY - 4 * HOUR + MINUTE, None, id="R90: later than five days: given up"),
        pytest.param(7, BUSY, QUEUED + 9 * DAY, None, id="R90: a week too old, and tried for five hours"),
        pytest.param(
            6, BUSY, QUEUED + 9 * DAY, QUEUED + 9 * DAY + 160 * MINUTE, id="R90: as old, but hardly tried: we were down"
        ),
        pytest.param(1, UNKNOWN, QUEUED + 9 * DAY, None, id="R89: old and unknown: not again"),
        pytest.param(1, answer_to("body", 250, "ok"), QUEUED, None, id="accepted: nothing to do"),
        pytest.param(1, answer_to("rcpt", 550, "no such user"), QUEUED, None, id="R90: 5xx is final"),
        pytest.param(1, refused_here("not sent: no address", "5.1.3"), QUEUED, None, id="R91: no relay was asked"),
        pytest.param(1, UNKNOWN, QUEUED, QUEUED + 5 * MINUTE, id="R89: unknown once: tried again"),
        pytest.param(2, UNKNOWN, QUEUED, None, id="R89: unknown, and it may have been so before: not again"),
    ],
)
def test_when_the_next_attempt_is_due(
    attempts: int, answer: RelayAnswer, now: datetime, due_at: datetime | None
) -> None:
    assert next_attempt_at(QUEUED, attempts, answer, now) == due_at


@pytest.mark.parametrize(("earlier", "is_tried_again"), [(0, True), (1, False), (2, False)])
def test_an_unknown_outcome_after_deferrals_is_still_tried_once_more(earlier: int, is_tried_again: bool) -> None:
    """R89: what counts is how often it was unknown, not how often the relay was busy."""
    due_at = next_attempt_at(QUEUED, 4, UNKNOWN, QUEUED, earlier_unknown=earlier)
    assert (due_at is not None) is is_tried_again


def test_the_relays_words_are_kept_short_and_printable() -> None:
    answer = answer_to("body", 550, "a\0b\x1b[31m" + "x" * 5000)
    assert answer.text.isprintable()
    assert len(answer.text) == 500
