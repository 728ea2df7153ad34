"""When people are reminded, asked and told: the arithmetic beside each row, across clock changes too."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from mailflow.domain.model import Proposal, ProposalState
from mailflow.domain.reminders import (
    due_reminder,
    extension_to_offer,
    is_counted_out,
    milestone,
    question_on,
    reminders_of,
)
from tests.unit.domain.cast import PETITION, PROPOSAL


def at(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)


def petition(opened_at: datetime, closes_at: datetime | None) -> Proposal:
    return replace(PETITION, petition_opened_at=opened_at, petition_closes_at=closes_at)


JULY = petition(at(2013, 6, 24, 14), at(2013, 7, 22, 5))  # through Sunday, July 21


@pytest.mark.parametrize(
    ("found", "reminders"),
    [
        # 28 days: the middle is July 8; three days before July 21 is July 18; nine in Chicago is 14:00 UTC in summer
        pytest.param(JULY, {"middle": at(2013, 7, 8, 14), "last": at(2013, 7, 18, 14)}, id="four weeks"),
        # the clocks go back on November 3: nine is 14:00 UTC before and 15:00 UTC after
        pytest.param(
            petition(at(2013, 10, 21, 14), at(2013, 11, 18, 6)),
            {"middle": at(2013, 11, 4, 15), "last": at(2013, 11, 14, 15)},
            id="across the end of summer time",
        ),
        # the clocks go forward on March 9
        pytest.param(
            petition(at(2014, 2, 24, 15), at(2014, 3, 17, 5)),
            {"middle": at(2014, 3, 6, 15), "last": at(2014, 3, 13, 14)},
            id="across the beginning of summer time",
        ),
        # eight days: the middle, June 28, is only one day before the last, June 29
        pytest.param(
            petition(at(2013, 6, 24, 14), at(2013, 7, 3, 5)), {"last": at(2013, 6, 29, 14)}, id="short: only the last"
        ),
        pytest.param(petition(at(2013, 6, 24, 14), at(2013, 6, 28, 5)), {}, id="too short for any"),
        pytest.param(petition(at(2013, 6, 24, 14), None), {}, id="without an end"),
        pytest.param(replace(JULY, state=ProposalState.CLOSED), {}, id="closed"),
        pytest.param(
            replace(PROPOSAL, feedback_opened_at=at(2013, 6, 3), feedback_closes_at=at(2013, 6, 24, 5)),
            {"feedback": at(2013, 6, 21, 14)},  # two days before Sunday, June 23
            id="feedback has one",
        ),
    ],
)
def test_the_reminders_of_a_window(found: Proposal, reminders: dict[str, datetime]) -> None:
    assert {r.name: r.at for r in reminders_of(found)} == reminders


@pytest.mark.parametrize(
    ("now", "sent", "name"),
    [
        pytest.param(at(2013, 7, 8, 13, 59), [], "", id="a minute before the middle"),
        pytest.param(at(2013, 7, 8, 14), [], "middle", id="at the middle"),
        pytest.param(at(2013, 7, 8, 15), ["middle"], "", id="sent"),
        pytest.param(at(2013, 7, 9, 15), [], "", id="missed by more than a day"),
        pytest.param(at(2013, 7, 18, 14), ["middle"], "last", id="the last"),
        pytest.param(at(2013, 7, 18, 14), [], "last", id="the middle one was missed: only the last"),
        pytest.param(at(2013, 7, 19, 15), ["middle"], "", id="the last was missed"),
        pytest.param(at(2013, 7, 18, 14), ["middle", "last"], "", id="never three"),
    ],
)
def test_a_reminder_is_due_once(now: datetime, sent: list[str], name: str) -> None:
    assert due_reminder(JULY, sent, now) == name


WAITS = replace(
    PROPOSAL,
    state=ProposalState.FEEDBACK_CLOSED,
    feedback_closes_at=at(2013, 6, 24, 5),  # through Sunday, June 23
    petition_opens="by organizer",
    petition_opens_at=None,
)


@pytest.mark.parametrize(
    ("found", "now", "on"),
    [
        (WAITS, at(2013, 6, 24, 13, 59), None),
        (WAITS, at(2013, 6, 24, 14), date(2013, 6, 24)),
        (WAITS, at(2013, 6, 30, 14), date(2013, 6, 24)),
        (WAITS, at(2013, 7, 1, 14), date(2013, 7, 1)),
        (WAITS, at(2013, 7, 8, 14), date(2013, 7, 8)),
        (WAITS, at(2013, 7, 15, 14, 1), None),
        (replace(WAITS, petition_opens_at=at(2013, 6, 24, 14)), at(2013, 6, 24, 14), None),
        (replace(WAITS, state=ProposalState.PETITION_OPEN), at(2013, 6, 24, 14), None),
        # feedback through Saturday, March 8; the clocks go forward on Sunday: nine on Monday is 14:00 UTC
        (replace(WAITS, feedback_closes_at=at(2014, 3, 9, 6)), at(2014, 3, 10, 13, 59), None),
        (replace(WAITS, feedback_closes_at=at(2014, 3, 9, 6)), at(2014, 3, 10, 14), date(2014, 3, 10)),
    ],
)
def test_the_organizer_is_asked_on_three_mondays_at_most(found: Proposal, now: datetime, on: date | None) -> None:
    assert question_on(found, now) == on


@pytest.mark.parametrize(
    ("validated", "threshold", "told", "percent"),
    [
        (24, 100, 0, 0),
        (25, 100, 0, 25),
        (26, 100, 25, 0),
        (80, 100, 25, 75),  # half was passed in one night: only the highest is told
        (49, 100, 75, 0),  # withdrawn: nothing is told again
        (100, 100, 75, 0),  # a hundred has a mail of its own
        (6, 25, 0, 0),  # 25 % of 25 is 6.25
        (7, 25, 0, 25),
    ],
)
def test_a_milestone_is_told_once_and_upwards(validated: int, threshold: int, told: int, percent: int) -> None:
    assert milestone(validated, threshold, told) == percent


@pytest.mark.parametrize(
    ("now", "good_poll_at", "is_out"),
    [
        pytest.param(timedelta(minutes=59), timedelta(minutes=59), False, id="within the grace"),
        pytest.param(timedelta(hours=1), timedelta(hours=1), True, id="grace over and read"),
        pytest.param(timedelta(days=2), timedelta(minutes=-1), False, id="not read since"),
        pytest.param(timedelta(days=2), timedelta(minutes=30), False, id="read, but mail was in transit"),
        pytest.param(timedelta(days=2), None, False, id="never read"),
    ],
)
def test_a_petition_is_counted_out_after_grace_and_a_good_poll(
    now: timedelta, good_poll_at: timedelta | None, is_out: bool
) -> None:
    """R67"""
    closes_at = JULY.petition_closes_at
    assert closes_at is not None
    polled = None if good_poll_at is None else closes_at + good_poll_at
    assert is_counted_out(JULY, closes_at + now, polled) is is_out
    assert is_counted_out(JULY, closes_at + now, polled, has_imap=False) is (now >= timedelta(hours=1))


@pytest.mark.parametrize(
    ("down_from", "down_to", "on"),
    [
        # down for ten hours past the midnight: a begun day counts whole, from the day it was up again
        pytest.param(at(2013, 7, 21, 22), at(2013, 7, 22, 8), date(2013, 7, 23), id="ten hours"),
        pytest.param(at(2013, 7, 20, 5), at(2013, 7, 23, 6), date(2013, 7, 27), id="three days and an hour"),
        pytest.param(at(2013, 7, 19), at(2013, 7, 20), None, id="up again before the end"),
        pytest.param(at(2013, 7, 22, 6), at(2013, 7, 23), None, id="down after the end"),
        pytest.param(at(2013, 7, 22, 4, 30), at(2013, 7, 22, 5, 15), None, id="less than an hour"),
    ],
)
def test_time_that_was_lost_is_offered_in_whole_days(down_from: datetime, down_to: datetime, on: date | None) -> None:
    offer = extension_to_offer(JULY.petition_closes_at, down_from, down_to, JULY.zone)
    assert (offer[0] if offer else None) == on
