"""How long personal data are kept: months of the civil calendar."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from mailflow.domain.model import ProposalState
from mailflow.domain.retention import is_over, months_before

CHICAGO = "America/Chicago"


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(CHICAGO)).astimezone(UTC)


@pytest.mark.parametrize(
    ("now", "months", "then"),
    [
        pytest.param("2016-07-21T16:30", 36, "2013-07-21T16:30", id="three years"),
        pytest.param("2013-03-31T09:00", 1, "2013-02-28T09:00", id="the 31st of a shorter month"),
        pytest.param("2013-01-15T09:00", 1, "2012-12-15T09:00", id="over the new year"),
        pytest.param("2013-04-15T09:00", 2, "2013-02-15T09:00", id="the same time of day across DST"),
    ],
)
def test_months_before_an_instant(now: str, months: int, then: str) -> None:
    assert months_before(at(now), months, CHICAGO) == at(then)


@pytest.mark.parametrize(
    ("state", "months", "now", "expected"),
    [
        pytest.param(ProposalState.REPORTED, 6, "2014-01-21T16:30", True, id="on the day"),
        pytest.param(ProposalState.REPORTED, 6, "2014-01-21T16:29", False, id="a minute before"),
        pytest.param(ProposalState.REPORTED, 0, "2099-01-01T00:00", False, id="0 keeps them"),
        pytest.param(ProposalState.SUBMITTED, 6, "2099-01-01T00:00", False, id="the committee has not decided"),
        pytest.param(ProposalState.PETITION_OPEN, 6, "2099-01-01T00:00", False, id="still collecting"),
    ],
)
def test_when_personal_data_are_kept_no_longer(state: ProposalState, months: int, now: str, expected: bool) -> None:
    """R101."""
    assert is_over(state, at("2013-07-21T16:30"), months, at(now), CHICAGO) is expected


def test_nothing_that_never_ended_is_over() -> None:
    assert not is_over(ProposalState.WITHDRAWN, None, 1, at("2099-01-01T00:00"), CHICAGO)
