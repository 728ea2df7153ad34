"""The way out under kill -9: an outbox on SQLite or PostgreSQL, four workers, a sink that records what arrives."""

from __future__ import annotations

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tests.acceptance.outbox_house import FakeClock, House, mail_to, open_house
from tests.servers.smtpsink import SmtpSink
from tests.torture.children import Sending, end_at, finish, start

CONNECTIONS = 4
MAILS_A_KILL = 20
MAILS_WAITING = 200  # more than four connections send in the 20 ms before a kill


def random_kills(folder: Path, kills: int, seed: int) -> dict[str, Any]:
    """Send until a kill -9 fell so many times, at any moment: between two mails, into a transaction.

    Mails are owed as they go out, so that none of the runs is done before it can be killed.
    """
    chance = random.Random(seed)
    with SmtpSink() as sink:
        house, sending = _filled(folder, sink, 0)
        killed = mails = 0
        while killed < kills:
            arrived = len(sink.messages)
            if mails - arrived < MAILS_WAITING:
                house.enqueue(mail_to(mails + i) for i in range(MAILS_WAITING))
                mails += MAILS_WAITING
            run = start(sending)
            sink.wait_for(arrived + chance.randrange(MAILS_A_KILL))
            run.join(chance.random() * 0.02)
            run.kill()
            run.join()
            killed += run.exitcode == -9
        finish(sending)
        return _verdict(house, sink, mails, killed)


def at_failpoint(folder: Path, name: str, times: int) -> dict[str, Any]:
    """Owe a few mails, end at the fail point, send again; so many times."""
    with SmtpSink() as sink:
        house, sending = _filled(folder, sink, 0)
        for n in range(times):
            house.enqueue([mail_to(3 * n + i) for i in range(3)])
            end_at(sending, name)
            finish(sending)
        return _verdict(house, sink, 3 * times, times)


def _filled(folder: Path, sink: SmtpSink, mails: int) -> tuple[House, Sending]:
    house = open_house(folder, sink.port)
    house.clock = FakeClock(datetime.now(UTC) - timedelta(seconds=1))  # due for a process with the time of day
    house.enqueue(mail_to(i) for i in range(mails))
    return house, Sending(folder, sink.port, CONNECTIONS, house.settings.database.url)


def _verdict(house: House, sink: SmtpSink, mails: int, kills: int) -> dict[str, Any]:
    arrived = Counter(mail.rcpt_tos[0].partition("@")[0] for mail in sink.messages)
    different = {(mail.rcpt_tos[0], mail.raw) for mail in sink.messages}
    lost = mails - len(arrived) + (house.counts() != {"accepted": mails})
    repeats = sum(arrived.values()) - len(arrived)
    return {
        "mails": mails,
        "kills": kills,
        "lost": lost,
        "double": max(0, repeats - kills * CONNECTIONS) + len(different) - len(arrived),  # more than may be
        "repeats": repeats,
    }
