"""Senders that are killed, stopped and ended while they send."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from pathlib import Path
from typing import Any

import pytest

from tests.acceptance.outbox_house import FakeClock, House, key_of, mail_to, open_house
from tests.servers.smtpsink import Recorded, SmtpSink

KILLS = int(os.environ.get("MAILFLOW_TORTURE_KILLS", "5"))
CONNECTIONS = 2
MAILS_A_KILL = 110


@pytest.fixture
def house(tmp_path: Path, smtp_sink: SmtpSink) -> Iterator[House]:
    house = open_house(tmp_path, smtp_sink.port)
    house.clock = FakeClock(datetime.now(UTC) - timedelta(seconds=1))  # its rows are due for a process with our clock
    yield house
    house.db.close()


def start_sender(house: House, connections: int = CONNECTIONS) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.acceptance.sender_process"]
    settings = house.settings
    arguments = [str(settings.folder), str(settings.relay.port), str(connections), settings.database.url]
    return subprocess.Popen(command + arguments, stdout=subprocess.PIPE, text=True)


def report_of(sender: subprocess.Popen[str]) -> dict[str, Any]:
    out, _ = sender.communicate(timeout=60)
    assert sender.returncode == 0
    return dict(json.loads(out))


def copies(sink: SmtpSink) -> Counter[str]:
    """How often each recipient's mail arrived."""
    return Counter(mail.rcpt_tos[0].partition("@")[0] for mail in sink.messages)


def test_killed_senders_lose_nothing_and_repeat_one_mail_a_connection(house: House, smtp_sink: SmtpSink) -> None:
    """R85, R86, fault row 3: kill -9 at random moments."""
    moments = random.Random(20130624)
    n = MAILS_A_KILL * KILLS
    house.enqueue(mail_to(i) for i in range(n))
    killed = 0
    while killed < KILLS:
        sender = start_sender(house)
        smtp_sink.wait_for(min(n, len(smtp_sink.messages) + moments.randrange(MAILS_A_KILL)))
        try:
            sender.wait(moments.random() * 0.02)  # so that kills fall between two mails and into transactions too
        except subprocess.TimeoutExpired:
            killed += 1
            sender.kill()
        sender.communicate()
        if house.counts() == {"accepted": n}:
            break
    report_of(start_sender(house))
    assert house.counts() == {"accepted": n}
    arrived = copies(smtp_sink)
    assert set(arrived) == {f"m{i}" for i in range(n)}
    repeated = sum(arrived.values()) - n
    print(f"{n} mails, {killed} kills, {repeated} repeated")
    assert repeated <= killed * CONNECTIONS
    assert len({(mail.rcpt_tos[0], mail.raw) for mail in smtp_sink.messages}) == n, "a repeated mail is the same mail"
    assert len({message_from_bytes(mail.raw)["Message-ID"] for mail in smtp_sink.messages}) == n


def test_a_sender_stopped_past_its_lease_does_not_overwrite_what_another_did(house: House, smtp_sink: SmtpSink) -> None:
    """R86, fault row 4: SIGSTOP past the lease; the other takes over; the stale result is dropped."""
    house.enqueue(mail_to(i) for i in range(20))
    sender = start_sender(house, connections=1)

    def stop_at_the_fifth(mail: Recorded) -> str:
        if mail.rcpt_tos == ["m4@example.org"]:
            os.kill(sender.pid, signal.SIGSTOP)
            os.waitpid(sender.pid, os.WUNTRACED)  # it is stopped now, with this mail in hand
        return ""

    smtp_sink.behaviour.on_data = stop_at_the_fifth
    smtp_sink.wait_for(5)
    smtp_sink.behaviour.on_data = lambda _: ""
    (house.settings.folder / "clock").write_text("3600")
    house.clock.pass_(3600)
    assert house.deliver().accepted == 20
    before = [(row.state, row.fence, row.settled_at) for row in house.rows()]
    os.kill(sender.pid, signal.SIGCONT)
    assert report_of(sender)["stale"] == 5
    assert [(row.state, row.fence, row.settled_at) for row in house.rows()] == before
    arrived = copies(smtp_sink)
    assert [arrived[f"m{i}"] for i in range(20)] == [2] * 5 + [1] * 15


def test_sigterm_finishes_the_mail_in_hand_and_leaves_no_claim(house: House, smtp_sink: SmtpSink) -> None:
    house.enqueue(mail_to(i) for i in range(150))
    sender = start_sender(house)

    def end_at_the_fifth(mail: Recorded) -> str:
        if len(smtp_sink.messages) == 4:
            sender.terminate()
        return ""

    smtp_sink.behaviour.on_data = end_at_the_fifth
    report = report_of(sender)
    assert house.counts() == {"accepted": report["accepted"], "queued": 150 - report["accepted"]}
    assert len(smtp_sink.messages) == report["accepted"] < 150
    assert all(path.read_bytes() == b"" for path in house.settings.folder.glob("mailflow.journal*"))
    smtp_sink.behaviour.on_data = lambda _: ""
    report_of(start_sender(house))
    assert copies(smtp_sink) == {f"m{i}": 1 for i in range(150)}


def test_two_senders_at_once_send_nothing_twice(house: House, smtp_sink: SmtpSink) -> None:
    """R86: two processes on one database."""
    house.enqueue(mail_to(i) for i in range(400))
    senders = [start_sender(house), start_sender(house)]
    accepted = [report_of(sender)["accepted"] for sender in senders]
    assert sum(accepted) == 400
    assert copies(smtp_sink) == {f"m{i}": 1 for i in range(400)}
    assert house.rows()[0].key == key_of(0)
