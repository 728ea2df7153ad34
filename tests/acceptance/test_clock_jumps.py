"""Fault row 24: the clock jumps while mail goes out; each mail goes once, and nothing waits for ever."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.domain.relay import Envelope, RelayAnswer
from mailflow.store import outbox
from mailflow.store.wrong_clock import bring_forward
from tests.acceptance.outbox_house import START, ScriptedRelay, mail_to, open_house

OK = RelayAnswer("accepted", 250, "ok")
LATER = RelayAnswer("transient", 450, "later")

JUMPS = [
    pytest.param(timedelta(hours=1), id="an hour on"),
    pytest.param(timedelta(hours=-1), id="an hour back"),
    pytest.param(timedelta(days=3652), id="ten years on"),
    pytest.param(timedelta(days=-3652), id="ten years back"),
]


@pytest.mark.parametrize("jump", JUMPS)
def test_a_clock_that_jumps_while_a_batch_is_sent_sends_none_twice(tmp_path: Path, jump: timedelta) -> None:
    """R86, fault row 24: the lease seems over, or to last for ever; what the relay took is recorded all the same."""
    house = open_house(tmp_path)
    house.enqueue(mail_to(n) for n in range(10))

    def jumping(envelope: Envelope) -> RelayAnswer:
        if envelope.rcpt_to.startswith("m4@"):
            house.clock.at = START + jump
        return OK

    relay = ScriptedRelay(jumping)
    house.deliver(lambda: relay)
    assert sorted(relay.recipients) == sorted(set(relay.recipients))
    house.clock.at = max(house.clock.at, START) + timedelta(minutes=1)  # set right, or lived with
    house.deliver(lambda: relay)
    assert sorted(relay.recipients) == sorted(f"m{n}" for n in range(10))
    assert house.counts() == {"accepted": 10}


@pytest.mark.parametrize("jump", JUMPS)
def test_a_mail_that_is_put_off_under_a_wrong_clock_goes_when_the_clock_is_right(
    tmp_path: Path, jump: timedelta
) -> None:
    """R90, fault row 24: put off under the wrong time, due at the right one, and not given up by a leap of years."""
    house = open_house(tmp_path)
    house.clock.at = START + jump
    house.enqueue([mail_to(1)])
    relay = ScriptedRelay(lambda _: LATER)
    house.deliver(lambda: relay)
    house.clock.at = START + timedelta(minutes=6)
    with house.db.write() as work:
        assert bring_forward(work, house.clock()) == (jump > timedelta(hours=5))
    house.clock.at += max(timedelta(0), min(jump, timedelta(hours=5)))  # what is not far off is waited for
    taking = ScriptedRelay()
    house.deliver(lambda: taking)
    assert (taking.recipients, house.counts()) == (["m1"], {"accepted": 1})


def test_what_waits_for_its_time_or_is_in_hand_is_not_brought_forward(tmp_path: Path) -> None:
    """Fault row 24: a mail for tomorrow, and one that a sender has claimed under its own clock."""
    house = open_house(tmp_path)
    house.enqueue([mail_to(1, due_at=START + timedelta(days=1)), mail_to(2)])
    with house.db.write() as work:
        outbox.claim(work, START, 1, lease_s=timedelta(days=3652).total_seconds())
        assert bring_forward(work, START) == 0


def test_a_mail_queued_under_a_clock_that_was_ahead_goes_when_it_is_right(tmp_path: Path) -> None:
    """Fault row 24"""
    house = open_house(tmp_path)
    house.clock.at = START + timedelta(days=3652)
    house.enqueue([mail_to(1)])
    with house.db.write() as work:
        assert bring_forward(work, START) == 1
    house.clock.at = START
    relay = ScriptedRelay()
    house.deliver(lambda: relay)
    assert relay.recipients == ["m1"]
