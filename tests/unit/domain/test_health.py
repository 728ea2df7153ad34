"""R103: what the owner is told of the installation's health, when, and how often."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from mailflow.domain.health import (
    Failing,
    HealthFacts,
    Parked,
    Told,
    Trouble,
    disk_needed_bytes,
    due_alerts,
    troubles,
    watched_since,
)

NOW = datetime(2013, 6, 24, 14, tzinfo=UTC)
WELL = HealthFacts(
    host="one",
    has_imap=True,
    watched_since=NOW - timedelta(days=1),
    good_poll_at=NOW - timedelta(minutes=1),
    free_bytes=10**12,
)


def ago(**span: float) -> datetime:
    return NOW - timedelta(**span)


def failing(since: datetime, text: str = "refused", last_at: datetime = NOW, is_login: bool = False) -> Failing:
    return Failing(since, last_at, text, is_login)


def found(facts: HealthFacts, told: dict[str, Told] | None = None) -> list[Trouble]:
    return [one.trouble for one in troubles(facts, told or {}, NOW)]


@pytest.mark.parametrize(
    ("facts", "expected"),
    [
        pytest.param(WELL, [], id="all is well"),
        pytest.param(replace(WELL, good_poll_at=ago(minutes=14, seconds=59)), [], id="R103 not yet"),
        pytest.param(replace(WELL, good_poll_at=ago(minutes=15)), [Trouble.NO_POLL], id="R103 a quarter of an hour"),
        pytest.param(replace(WELL, good_poll_at=None), [Trouble.NO_POLL], id="R103 never, although watched for a day"),
        pytest.param(
            replace(WELL, good_poll_at=ago(days=3), watched_since=ago(minutes=5)), [], id="the service was off till now"
        ),
        pytest.param(
            replace(
                WELL, good_poll_at=ago(hours=3), watched_since=NOW, poll=failing(ago(hours=1), "connection refused")
            ),
            [Trouble.NO_POLL],
            id="a cron job that fails each hour",
        ),
        pytest.param(replace(WELL, good_poll_at=ago(days=9), has_imap=False), [], id="LMTP alone: nobody polls"),
        pytest.param(
            replace(WELL, poll=failing(NOW, "no", is_login=True)), [Trouble.LOGIN], id="R23 a refused login at once"
        ),
        pytest.param(
            replace(WELL, good_poll_at=ago(days=1), poll=failing(ago(days=1), "no", is_login=True)),
            [Trouble.LOGIN],
            id="a refused login is one trouble, not two",
        ),
        pytest.param(replace(WELL, free_bytes=200_000_000), [], id="R13 just enough"),
        pytest.param(replace(WELL, free_bytes=199_999_999), [Trouble.DISK], id="R13 not enough"),
        pytest.param(replace(WELL, free_bytes=None), [], id="the database is elsewhere"),
        pytest.param(
            replace(WELL, is_owing=True, relay=failing(ago(minutes=29))), [], id="a relay that restarts is no news"
        ),
        pytest.param(
            replace(WELL, is_owing=True, relay=failing(ago(minutes=30))), [Trouble.RELAY], id="a relay that is gone"
        ),
        pytest.param(replace(WELL, relay=failing(ago(hours=9))), [], id="nothing is owed to the relay"),
        pytest.param(
            replace(WELL, is_owing=True, relay=failing(ago(hours=9), last_at=ago(hours=8, minutes=50))),
            [],
            id="nobody has tried the relay since",
        ),
        pytest.param(
            replace(WELL, oldest_due_at=ago(hours=2), last_settled_at=ago(hours=1)),
            [Trouble.STUCK],
            id="nothing is sent",
        ),
        pytest.param(
            replace(WELL, oldest_due_at=ago(hours=9), last_settled_at=ago(minutes=1)),
            [],
            id="a long mailing at a low rate",
        ),
        pytest.param(
            replace(WELL, oldest_due_at=ago(hours=9), is_held=True),
            [],
            id="the stop switch is on: somebody wants it so",
        ),
        pytest.param(
            replace(WELL, oldest_due_at=ago(hours=9), has_day_limit=True), [], id="a day's limit lets mail wait"
        ),
        pytest.param(
            replace(WELL, oldest_due_at=ago(days=9), watched_since=ago(minutes=1)),
            [],
            id="the outbox has just come back",
        ),
        pytest.param(replace(WELL, parked=Parked(1, 2, 7, 9)), [Trouble.PARKED], id="mails put aside"),
    ],
)
def test_what_is_trouble(facts: HealthFacts, expected: list[Trouble]) -> None:
    """R103, R13, R23."""
    assert found(facts) == expected


def test_an_outage_is_told_once_and_its_end_once() -> None:
    """R103: whoever looks, however often, and with the same keys wherever it is worked out."""
    told: dict[str, Told] = {}
    said = []
    facts = replace(WELL, good_poll_at=ago(minutes=15), poll=failing(ago(minutes=15), "connection refused"))
    for minutes in range(0, 300, 5):
        now = NOW + timedelta(minutes=minutes)
        alerts, told = due_alerts(troubles(facts, told, now), told, "one", now)
        said += alerts
    assert [a.version for a in said] == ["no-poll-2013-06-24T13:45:00+00:00"]
    assert "15 minutes" in said[0].what and said[0].details[0] == "connection refused"
    back = NOW + timedelta(hours=6)
    well = replace(WELL, good_poll_at=back)
    again, told = due_alerts(troubles(well, told, back), told, "one", back)
    assert [a.version for a in again] == ["mailbox-2013-06-24T13:45:00+00:00-over"]
    assert due_alerts(troubles(well, told, back), told, "one", back) == ([], {})


def test_two_hosts_that_see_the_same_tell_it_under_the_same_key() -> None:
    """R84: the outbox keeps one of them."""
    facts = replace(
        WELL, good_poll_at=ago(minutes=20), is_owing=True, relay=failing(ago(hours=1)), parked=Parked(1, 0, 5)
    )
    later = NOW + timedelta(seconds=17)
    one, _ = due_alerts(troubles(facts, {}, NOW), {}, "one", NOW)
    two, _ = due_alerts(troubles(replace(facts, host="two"), {}, later), {}, "two", later)
    assert [a.version for a in one] == [a.version for a in two] and len(one) == 3


def test_an_outage_that_turns_out_to_be_the_login_ends_with_one_mail() -> None:
    told = {Trouble.NO_POLL: Told("e", ago(hours=1)), Trouble.LOGIN: Told("e", ago(minutes=30))}
    alerts, still = due_alerts([], told, "one", NOW)
    assert [a.version for a in alerts] == ["mailbox-e-over"] and still == {}


def test_a_disk_at_the_brink_does_not_send_a_mail_each_minute() -> None:
    """R13: low below what is needed, over at one and a half times of it; a host speaks of its own disk alone."""
    alerts, told = due_alerts(troubles(replace(WELL, free_bytes=199_000_000), {}, NOW), {}, "one", NOW)
    assert [a.version for a in alerts] == ["disk-low:one-2013-06-24T14:00:00+00:00"]
    for free in (201_000_000, 299_000_000, 150_000_000):
        assert due_alerts(troubles(replace(WELL, free_bytes=free), told, NOW), told, "one", NOW) == ([], told)
    assert due_alerts(troubles(replace(WELL, host="two"), told, NOW), told, "two", NOW) == ([], told)
    (over,), left = due_alerts(troubles(replace(WELL, free_bytes=300_000_000), told, NOW), told, "one", NOW)
    assert over.what == "There is room on the disk again." and left == {}


def test_parked_mails_are_told_as_they_come_but_not_one_by_one() -> None:
    """More of them within the hour wait for its end; their end is not told."""
    told: dict[str, Told] = {}
    versions = []
    for minutes, parked in [(0, Parked(1, 0, 5)), (10, Parked(2, 0, 6)), (61, Parked(3, 0, 7)), (62, Parked(3, 0, 7))]:
        now = NOW + timedelta(minutes=minutes)
        alerts, told = due_alerts(troubles(replace(WELL, good_poll_at=now, parked=parked), told, now), told, "one", now)
        versions += [a.version for a in alerts]
    assert versions == ["parked-5.0", "parked-7.0"]
    assert due_alerts(troubles(WELL, told, NOW), told, "one", NOW) == ([], {})


def test_the_end_of_relay_trouble_is_that_it_takes_mail_not_that_nothing_is_owed() -> None:
    told = {Trouble.RELAY: Told("e", NOW)}
    assert found(replace(WELL, relay=failing(ago(hours=2))), told) == [Trouble.RELAY]
    (over,), _ = due_alerts(troubles(WELL, told, NOW), told, "one", NOW)
    assert over.version == "relay-e-over"


@pytest.mark.parametrize(
    ("since", "last_at", "expected"),
    [
        pytest.param(None, None, NOW, id="the first look"),
        pytest.param(ago(days=1), ago(minutes=10), ago(days=1), id="watched on"),
        pytest.param(ago(days=1), ago(minutes=11), NOW, id="nobody looked for a while"),
        pytest.param(ago(days=-3), ago(days=-2), NOW, id="the clock was set back"),
    ],
)
def test_since_when_somebody_looks(since: datetime | None, last_at: datetime | None, expected: datetime) -> None:
    """A restart of some minutes keeps the watch; after a longer one nothing is anybody's fault yet."""
    assert watched_since(since, last_at, NOW) == expected


@pytest.mark.parametrize(("max_bytes", "needed"), [(10_000_000, 200_000_000), (200_000_000, 300_000_000)])
def test_how_much_disk_is_needed(max_bytes: int, needed: int) -> None:
    """R13."""
    assert disk_needed_bytes(max_bytes) == needed
