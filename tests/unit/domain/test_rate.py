from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.rate import Limits, Usage, fails_too_often, held_back_until, room, room_at, within_domain_limits

NOW = datetime(2013, 6, 24, 9, tzinfo=UTC)


def ago(seconds: float) -> datetime:
    return NOW - timedelta(seconds=seconds)


TWO = Usage(minute=((ago(50), "a.example.org"), (ago(10), "b.example.org")), day=7, day_began_at=ago(80_000))
TWO_AND_IN_HAND = Usage(TWO.minute, {"a.example.org": 3}, TWO.day, TWO.day_began_at)


@pytest.mark.parametrize(
    ("limits", "usage", "left"),
    [
        pytest.param(Limits(), TWO_AND_IN_HAND, 100, id="no limits"),
        pytest.param(Limits(per_minute=10), TWO, 8, id="ten a minute, two gone"),
        pytest.param(Limits(per_minute=10), TWO_AND_IN_HAND, 5, id="what is in hand counts"),
        pytest.param(Limits(per_minute=2), TWO_AND_IN_HAND, 0, id="over the limit is no negative room"),
        pytest.param(Limits(per_minute=500), TWO, 100, id="never more than wanted"),
        pytest.param(Limits(per_minute=10, per_day=9), TWO, 2, id="the day is tighter"),
        pytest.param(Limits(per_domain_per_minute=1), TWO, 100, id="domains are looked at mail by mail"),
    ],
)
def test_room_for_a_hundred_mails(limits: Limits, usage: Usage, left: int) -> None:
    assert room(limits, usage, 100) == left


@pytest.mark.parametrize(
    ("limits", "usage", "seconds"),
    [
        pytest.param(Limits(), TWO, 0, id="no limits"),
        pytest.param(Limits(per_minute=3), TWO, 0, id="room now"),
        pytest.param(Limits(per_minute=2), TWO, 10, id="the oldest is 50 s old: 60 - 50"),
        pytest.param(Limits(per_minute=3), Usage(in_hand={"a": 3}), 60, id="all in hand: a minute"),
        pytest.param(Limits(per_day=7), TWO, 6_400, id="the oldest of the day is 80,000 s old: 86,400 - 80,000"),
        pytest.param(Limits(per_day=7, per_minute=2), TWO, 6_400, id="the later of both"),
    ],
)
def test_when_there_is_room_again(limits: Limits, usage: Usage, seconds: int) -> None:
    assert room_at(limits, usage, NOW) == NOW + timedelta(seconds=seconds)


def test_a_domain_over_its_limit_waits_and_the_others_do_not() -> None:
    domains = ["a.example.org", "a.example.org", "b.example.org", "c.example.org", "a.example.org"]
    allowed = within_domain_limits(Limits(per_domain_per_minute=2), TWO, domains)
    assert allowed == [True, False, True, True, False]


def test_what_is_in_hand_counts_for_its_domain() -> None:
    domains = ["a.example.org", "b.example.org"]
    assert within_domain_limits(Limits(per_domain_per_minute=4), TWO_AND_IN_HAND, domains) == [False, True]


def test_without_a_domain_limit_all_may_go() -> None:
    assert within_domain_limits(Limits(per_minute=1), TWO, ["a.example.org"] * 3) == [True] * 3


@pytest.mark.parametrize(("held", "minutes"), [(0, 1), (9, 1), (10, 2), (35, 4)])
def test_mails_held_back_come_due_a_minutes_worth_at_a_time(held: int, minutes: int) -> None:
    assert held_back_until(NOW, held, 10) == NOW + timedelta(minutes=minutes)


@pytest.mark.parametrize(
    ("answers", "failed", "stops"),
    [
        pytest.param(19, 19, False, id="too few answers to tell"),
        pytest.param(20, 2, False, id="a tenth"),
        pytest.param(20, 3, True, id="more than a tenth"),
        pytest.param(1000, 100, False, id="a tenth of many"),
        pytest.param(1000, 101, True, id="more than a tenth of many"),
        pytest.param(0, 0, False, id="nothing yet"),
    ],
)
def test_a_mailing_stops_when_more_than_a_tenth_fails(answers: int, failed: int, stops: bool) -> None:
    """R94."""
    assert fails_too_often(answers, failed) is stops
