"""How long the mailbox is left alone after a failure (R23); the arithmetic stands beside each row."""

from __future__ import annotations

import pytest

from mailflow.domain.backoff import login_delay_s, reconnect_delay_s


@pytest.mark.parametrize(
    ("failures", "jitter", "delay_s"),
    [
        pytest.param(1, 1.0, 1.0, id="the first: 1 s"),
        pytest.param(1, 0.0, 1.0, id="never under 1 s"),
        pytest.param(2, 1.0, 2.0, id="2 s"),
        pytest.param(2, 0.0, 1.0, id="half of 2 s"),
        pytest.param(5, 1.0, 16.0, id="2 ** 4"),
        pytest.param(5, 0.5, 12.0, id="three quarters of 16 s"),
        pytest.param(9, 1.0, 256.0, id="2 ** 8"),
        pytest.param(10, 1.0, 300.0, id="never over 5 min"),
        pytest.param(10**9, 1.0, 300.0, id="after a year"),
        pytest.param(10**9, 0.0, 150.0, id="half of 5 min"),
        pytest.param(0, 1.0, 1.0, id="no failure counts as one"),
        pytest.param(2, 7.0, 2.0, id="a jitter over 1 is 1"),
    ],
)
def test_wait_before_a_reconnect(failures: int, jitter: float, delay_s: float) -> None:
    """R23"""
    assert reconnect_delay_s(failures, jitter) == delay_s


@pytest.mark.parametrize(
    ("failures", "jitter", "delay_s"),
    [
        pytest.param(1, 0.0, 900.0, id="15 min at least"),
        pytest.param(1, 1.0, 990.0, id="jitter adds a tenth"),
        pytest.param(2, 0.0, 1800.0, id="half an hour"),
        pytest.param(3, 0.0, 3600.0, id="an hour"),
        pytest.param(99, 0.0, 3600.0, id="never over an hour"),
    ],
)
def test_wait_after_a_refused_login(failures: int, jitter: float, delay_s: float) -> None:
    """R23"""
    assert login_delay_s(failures, jitter) == delay_s


@pytest.mark.parametrize("jitter", [0.0, 0.5, 1.0])
def test_a_server_that_is_down_for_an_hour_is_tried_seldom_and_found_within_five_minutes(jitter: float) -> None:
    """R23: fewer than 100 lines of log, recovery within 5 min."""
    tried_at, failures = [0.0], 0
    while tried_at[-1] < 3600:
        failures += 1
        tried_at.append(tried_at[-1] + reconnect_delay_s(failures, jitter))
    assert len(tried_at) < 100
    assert tried_at[-1] - 3600 <= 300
