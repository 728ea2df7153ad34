"""What bounces make of an address (R80)."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.suppression import SCORE_STOP, Trouble, counted

FIRST = datetime(2018, 4, 18, 14, tzinfo=UTC)


def after(*bounces: tuple[float, bool]) -> Trouble:
    """What is held against an address after bounces, each (days after the first, is_hard)."""
    held: Trouble | None = None
    for days, is_hard in bounces:
        held = counted(held, FIRST + timedelta(days=days), is_hard)
    assert held is not None
    return held


SOFT, HARD = False, True


@pytest.mark.parametrize(
    ("bounces", "score", "is_stopped"),
    [
        pytest.param([(0, SOFT)], 1, False, id="one soft bounce"),
        pytest.param([(n / 24, SOFT) for n in range(10)], 1, False, id="ten in a day are one"),
        pytest.param([(n, SOFT) for n in range(3)], 3, False, id="three days"),
        pytest.param([(n, SOFT) for n in range(4)], SCORE_STOP, True, id="four days stop it"),
        pytest.param([(0, SOFT), (1, SOFT), (2, SOFT), (32, SOFT)], 1, False, id="forgotten after thirty days"),
        pytest.param([(0, SOFT), (1, SOFT), (2, SOFT), (31.9, SOFT)], 4, True, id="and not a day earlier"),
        pytest.param([(n * 20, SOFT) for n in range(4)], 4, True, id="the days count from the last one"),
        pytest.param([(0, HARD)], 2, True, id="a hard bounce stops it at once"),
        pytest.param([(0, SOFT), (0.1, HARD)], 2, True, id="a hard one on the day of a soft one"),
        pytest.param([(0, HARD), (100, SOFT)], 2, True, id="what is stopped stays so until staff say otherwise"),
    ],
)
def test_bounces_are_counted(bounces: list[tuple[float, bool]], score: int, is_stopped: bool) -> None:
    """R80."""
    held = after(*bounces)
    assert (held.score, held.is_stopped) == (score, is_stopped)
