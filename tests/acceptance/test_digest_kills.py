"""Ten days of digests by a process that is killed at random points: each item in exactly one digest.

The process is a real one and dies by SIGKILL, before or after any statement or at any point of handing a mail over.
MAILFLOW_TORTURE=1: forty times ten days, three kills a morning.
"""

from __future__ import annotations

import base64
import os
import random
import signal
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.domain.relay import Envelope, Mails, OnAnswer, RelayAnswer
from mailflow.service.delivery import deliver_due
from mailflow.service.schedule import run_due
from tests.acceptance.outbox_house import FakeClock
from tests.acceptance.way_in import LIAISON, ORGANIZER, WayIn, open_way_in, parsed, reopen, text_of

SEVEN = datetime(2013, 6, 25, 12, 5, tzinfo=UTC)  # five past seven in Chicago
DAYS = 10
IS_TORTURE = bool(os.environ.get("MAILFLOW_TORTURE"))
SEEDS, KILLS_A_DAY = (range(40), 3) if IS_TORTURE else (range(1), 1)
POINTS = 260  # statements and hand-overs that a morning has, about


class Doom:
    """Counts down what the process does, and kills it at the end of the count. points: None never."""

    def __init__(self, points: int | None) -> None:
        self._left = points

    def step(self, *_: Any) -> None:
        if self._left is not None:
            self._left -= 1
            if self._left <= 0:
                os.kill(os.getpid(), signal.SIGKILL)


class FileRelay:
    """A relay that keeps what it took in a file, whatever becomes of the sender: recipient and mail, a line each."""

    def __init__(self, file: Path, doom: Doom) -> None:
        self._file, self._doom = file, doom

    def submit_batch(self, mails: Mails, on_answer: OnAnswer) -> None:
        for i in range(len(mails)):
            mail = mails[i]
            self._doom.step()
            if isinstance(mail, Envelope):
                line = mail.rcpt_to.encode() + b" " + base64.b64encode(mail.body) + b"\n"
                with self._file.open("ab") as file:
                    file.write(line)
                self._doom.step()
                mail = RelayAnswer("accepted", 250, "ok")
            if on_answer(i, mail):
                return
            self._doom.step()

    def close(self) -> None:
        pass


def morning(folder: Path, like: WayIn, now: datetime, points: int | None) -> bool:
    """Let a process of its own do what is due and deliver; True when it lived to the end."""
    child = os.fork()
    if child == 0:
        status = 1
        try:
            doom = Doom(points)
            way_in = reopen(folder, like)
            for event in ("before_cursor_execute", "after_cursor_execute", "commit"):
                sa.event.listen(way_in.db.engine, event, doom.step)
            run_due(way_in.office, now)
            relay = FileRelay(folder / "relay.txt", doom)
            deliver_due(way_in.db, way_in.office.settings, lambda _: relay, FakeClock(now))
            status = 0
        finally:
            os._exit(status)
    _, ended = os.waitpid(child, 0)
    assert os.WIFSIGNALED(ended) or os.WEXITSTATUS(ended) == 0, "the process failed by itself"
    return not os.WIFSIGNALED(ended)


def digests(folder: Path, address: str) -> dict[str, list[str]]:
    """The texts of the digests that the relay took for an address, by Message-ID: more than one is a repeat."""
    found: dict[str, list[str]] = defaultdict(list)
    file = folder / "relay.txt"
    for line in file.read_bytes().splitlines() if file.exists() else ():
        recipient, body = line.split(b" ")
        mail = parsed(base64.b64decode(body))
        if recipient.decode() == address and str(mail["Subject"]).startswith("What is new"):
            found[str(mail["Message-ID"])].append(text_of(mail))
    return found


@pytest.mark.parametrize("seed", SEEDS)
def test_each_item_stands_in_one_digest_whenever_the_process_is_killed(seed: int, tmp_path: Path) -> None:
    """R4, R84, R85: killed each morning; a mail that goes twice is the same mail."""
    chance = random.Random(seed)
    way_in = open_way_in(tmp_path, members=30, proposal="feedback.closes = 2013-07-20", is_petition=False)
    said: list[str] = []
    kills = 0
    without_news: list[int] = []  # how many digests went on a day on which nobody had said a word
    for day in range(DAYS):
        words = chance.randrange(4)  # none on some days
        for _ in range(words):
            said.append(f"Word number {len(said) + 1} of all.")
            way_in.clock.at = SEVEN + timedelta(days=day, hours=-9)
            way_in.arrive(way_in.answer(len(said), said[-1], to=way_in.sent(len(said), "proposal_open")))
        way_in.db.close()
        before = len(digests(tmp_path, ORGANIZER))
        for tick in range(KILLS_A_DAY):
            at = SEVEN + timedelta(days=day, minutes=tick)
            kills += not morning(tmp_path, way_in, at, chance.randrange(1, POINTS))
        assert morning(tmp_path, way_in, SEVEN + timedelta(days=day, hours=3), None)  # claims of the dead are over
        if not words:
            without_news.append(len(digests(tmp_path, ORGANIZER)) - before)
    assert kills >= DAYS // 2, "the test would show nothing"
    for address in (ORGANIZER, LIAISON):
        got = digests(tmp_path, address)
        assert all(len(set(copies)) == 1 for copies in got.values()), "a repeat is the same mail"
        stood_in = [sum(each in copies[0] for copies in got.values()) for each in said]
        assert stood_in == [1] * len(said), address
    assert not any(without_news), "a day without news has no digest"
