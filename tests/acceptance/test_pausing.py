"""A mailing of which too much fails stops by itself; a relay that is down for a day makes mail late, and loses none."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.domain.relay import Envelope, RelayAnswer
from mailflow.errors import NotFound, RelayError
from mailflow.service import launches
from mailflow.service.health import check_health
from mailflow.service.status import status
from mailflow.service.watching import watch_mailings
from mailflow.store import health, opt_outs, outbox, pauses
from tests.acceptance.outbox_house import House, ScriptedRelay, mail_to, open_house
from tests.acceptance.way_in import LAUNCH, OWNER, WayIn, address_of, open_way_in, parsed, text_of

OK = RelayAnswer("accepted", 250, "ok")
GONE = RelayAnswer("permanent", 550, "5.1.1 no such user", "5.1.1", "rcpt")
LATER = RelayAnswer("transient", 451, "4.3.0 try again", "4.3.0", "rcpt")


@pytest.fixture
def house(tmp_path: Path) -> House:
    return open_house(tmp_path)


def every(nth: int, answer: RelayAnswer) -> ScriptedRelay:
    """A relay that gives this answer for every nth member, and takes the rest."""

    def answer_to(envelope: Envelope) -> RelayAnswer:
        return answer if int(envelope.rcpt_to[1:].partition("@")[0]) % nth == 0 else OK

    return ScriptedRelay(answer_to)


def test_a_mailing_pauses_by_itself_when_a_tenth_fails_and_the_others_go_on(house: House) -> None:
    """R94: at least twenty answers, more than a tenth of them final failures; released, it counts afresh."""
    house.enqueue([mail_to(n) for n in range(400)])
    house.enqueue([mail_to(n) for n in range(1001, 1004)], object_id="notice-2")
    relay = every(5, GONE)
    house.deliver(lambda: relay)
    assert len(relay.offered) == 24  # twenty answers, four of them failures: the fifth at 21, then the other mailing
    assert house.counts() == {"failed": 5, "accepted": 19, "queued": 379}
    with house.db.write() as work:
        [pause] = pauses.pauses(work)
        assert (pause.object_id, pause.waiting, pause.why) == ("notice-1", 379, "5 of 21 mails failed for good")
        assert outbox.count_due(work, house.clock(), 1000) == 0
        with pytest.raises(NotFound):
            pauses.resume(work, house.clock(), 99)
        assert pauses.resume(work, house.clock(), pause.mailing_id) == [pause.mailing_id]
    house.deliver(lambda: every(50, GONE))
    assert house.counts()["accepted"] == 19 + 372


def test_a_few_failures_stop_nothing(house: House) -> None:
    house.enqueue([mail_to(n) for n in range(1, 201)])
    house.deliver(lambda: every(10, GONE))
    assert house.counts() == {"failed": 20, "accepted": 180}


def test_mail_that_comes_back_later_pauses_what_has_not_left_and_the_owner_is_told_once(tmp_path: Path) -> None:
    way_in = open_way_in(tmp_path, members=60)
    launch(way_in)
    way_in.relay._answer = lambda e: OK if e.rcpt_to in {address_of(n) for n in range(1, 31)} else LATER
    way_in.deliver()
    with way_in.db.write() as work:
        for n in range(1, 5):
            opt_outs.suppress(work, address_of(n), "bounced: 5.1.1", way_in.clock(), hard=True)
    for _ in range(3):
        watch_mailings(way_in.office, way_in.clock())
    way_in.relay._answer = lambda e: OK
    way_in.clock.pass_(3600)
    told = [e for e in way_in.deliver() if e.rcpt_to == OWNER]
    assert len(told) == 1 and "4 of 30 mails failed for good" in text_of(parsed(told[0].body))
    waiting = [row for row in way_in.outbox("delay_notice") if row.state != "accepted"]
    assert (len(waiting), {row.state for row in waiting}) == (30, {"deferred"})
    with way_in.db.write() as work:
        pauses.resume(work, way_in.clock())
    way_in.deliver()
    assert {row.state for row in way_in.outbox("delay_notice")} == {"accepted"}


def test_a_mailing_that_is_paused_is_not_overdue(tmp_path: Path) -> None:
    """R103: the owner was told that it is paused; that nothing is sent is then no second trouble."""
    way_in = open_way_in(tmp_path)
    launch(way_in)
    with way_in.db.write() as work:
        mailing_id = way_in.outbox("delay_notice")[0].mailing_id
        pauses.pause(work, mailing_id, "9 of 10 mails failed for good", way_in.clock())
    check_health(way_in.office, way_in.clock())
    for _ in range(50):
        way_in.clock.pass_(300)
        watch_mailings(way_in.office, way_in.clock())
        check_health(way_in.office, way_in.clock())
        way_in.deliver()
    subjects = [str(parsed(e.body)["Subject"]) for e in way_in.relay.offered if e.rcpt_to == OWNER]
    assert not [subject for subject in subjects if "due for" in subject]
    assert len([subject for subject in subjects if "stopped by itself" in subject]) == 1
    lags = status(way_in.office, way_in.clock())
    assert lags["outbox"]["paused"] == [mailing_id]
    with way_in.db.write() as work:
        assert health.oldest_due_at(work, way_in.clock()) is None and not health.is_owing(work)
        pauses.resume(work, way_in.clock())
        assert health.oldest_due_at(work, way_in.clock()) is not None and health.is_owing(work)


def launch(way_in: WayIn) -> None:
    launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    notice = launches.slip(way_in.office, "launch-1", None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, notice.id, way_in.clock())


class DeadRelay(ScriptedRelay):
    """A relay that nobody can reach."""

    def submit_batch(self, envelopes: object, on_answer: object) -> None:
        raise RelayError("relay.host: connection refused")


@pytest.mark.parametrize("down", [DeadRelay(), ScriptedRelay(lambda _: LATER)], ids=["unreachable", "defers all"])
def test_a_relay_that_is_down_for_a_day_makes_mail_late_and_loses_none(down: ScriptedRelay, tmp_path: Path) -> None:
    """R90: each mail once, with the Date of its queueing, as soon as the relay is back."""
    house = open_house(tmp_path)
    house.enqueue([mail_to(n) for n in range(300)])
    queued_at, back_at = house.clock(), house.clock() + timedelta(days=1)
    while house.clock() < back_at:
        house.deliver(lambda: down)
        house.clock.pass_(1800)
    assert set(house.counts()) <= {"queued", "deferred"}
    relay = ScriptedRelay()
    for _ in range(9):  # what was deferred is tried again within four hours
        house.deliver(lambda: relay)
        house.clock.pass_(1800)
    assert (house.counts(), len(set(relay.recipients))) == ({"accepted": 300}, 300)
    assert len(relay.offered) == 300
    assert {row.message_date for row in house.rows()} == {queued_at}
