"""When an answer is due, and who is told when it does not come."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.question import Step, due_at, next_step

ASKED = datetime(2013, 6, 24, 15, tzinfo=UTC)  # a Monday, 10:00 in Chicago


@pytest.mark.parametrize(
    ("asked_at", "due"),
    [
        pytest.param(ASKED, datetime(2013, 6, 27, 15, tzinfo=UTC), id="Monday to Thursday"),
        pytest.param(ASKED + timedelta(days=3), datetime(2013, 7, 2, 15, tzinfo=UTC), id="Thursday to Tuesday"),
        pytest.param(ASKED + timedelta(days=5), datetime(2013, 7, 3, 15, tzinfo=UTC), id="Saturday to Wednesday"),
        pytest.param(
            datetime(2013, 10, 31, 15, tzinfo=UTC), datetime(2013, 11, 5, 16, tzinfo=UTC), id="the clocks go back"
        ),
    ],
)
def test_answer_is_due_three_working_days_later(asked_at: datetime, due: datetime) -> None:
    assert due_at(asked_at, "America/Chicago") == due


@pytest.mark.parametrize(
    ("days", "done", "step"),
    [
        pytest.param(2, 0, None, id="too early"),
        pytest.param(3, 0, (Step.FIRST, 1), id="after three days"),
        pytest.param(6, 1, None, id="reminded, and not yet a week"),
        pytest.param(7, 1, (Step.SECOND, 2), id="after a week"),
        pytest.param(10, 2, (Step.OWNER, 3), id="after ten days the owner"),
        pytest.param(40, 3, None, id="then nobody any more"),
        pytest.param(40, 0, (Step.OWNER, 3), id="after a long pause one step, not three"),
    ],
)
def test_step_that_is_due(days: int, done: int, step: tuple[Step, int] | None) -> None:
    assert next_step(ASKED, done, ASKED + timedelta(days=days)) == step
