"""The way in under kill -9: mails in a real Dovecot, the database SQLite or PostgreSQL."""

from __future__ import annotations

import random
import time
from collections import Counter
from datetime import timedelta
from itertools import islice
from pathlib import Path
from typing import Any

from mailflow.domain.outcome import MailState
from mailflow.gateways.imap import ImapSettings
from mailflow.store import tables as t
from tests.acceptance.way_in import OPENED, WayIn, open_way_in
from tests.servers.dovecot import Account
from tests.torture.children import Reading, end_at, finish, start

MAILS_A_KILL = 20
ARRIVED = OPENED + timedelta(hours=1)


class Mailbox:
    """Members who all sign by mail, an account that their mails come into, and runs over it."""

    def __init__(self, folder: Path, account: Account, members: int) -> None:
        self.way_in: WayIn = open_way_in(folder, members)
        self.account, self.members = account, members
        self._answers = (self.way_in.answer(n, "SIGN", quote=False) for n in range(1, members + 1))
        imap = ImapSettings(
            account.host, account.port, account.user, "none", password=account.password, done_folder="Done"
        )
        self.reading = Reading(folder, self.way_in.office.settings.database.url, imap, OPENED + timedelta(hours=2))

    def come(self, count: int) -> None:
        """Let the next answers come in."""
        self.account.fill((raw, ARRIVED) for raw in islice(self._answers, count))

    def was_killed_twice(self) -> bool:
        """Tell whether a mail was in hand at two kills: a third would rightly leave it to a person (R6)."""
        rows = self.way_in.rows(t.inbox, t.inbox.c.state == MailState.KEPT)
        return any(row.attempts > 1 for row in rows)

    def verdict(self, expected: int) -> dict[str, int]:
        """Count what is lost and what is double, against one signature and one thanks for each mail."""
        self.way_in.db.engine.dispose()
        signatures = Counter(row.member_id for row in self.way_in.rows(t.signature) if row.state == "validated")
        thanked = Counter(r.recipient for r in self.way_in.outbox("signature_recorded"))
        moves = Counter(row.signature_id for row in self.way_in.rows(t.signature_history))
        read = [row for row in self.way_in.rows(t.inbox) if row.state == MailState.READ and row.verdict == "signed"]
        counted = self.way_in.rows(t.proposal)[0].validated
        left = len(self.account.all_in("INBOX"))
        lost = max(expected - len(signatures), expected - len(thanked), expected - len(read), expected - counted)
        doubles = sum(n - 1 for counter in (signatures, thanked, moves) for n in counter.values())
        return {"mails": expected, "lost": lost + left, "double": doubles + max(0, counted - expected)}


def random_kills(folder: Path, account: Account, kills: int, seed: int) -> dict[str, Any]:
    """Let twenty mails come for each kill -9, which falls at any moment of the run."""
    chance = random.Random(seed)
    box = Mailbox(folder, account, MAILS_A_KILL * (kills + 1))
    box.come(MAILS_A_KILL)
    began = time.monotonic()
    finish(box.reading)
    whole_s = time.monotonic() - began
    killed, came = 0, MAILS_A_KILL
    while killed < kills:
        if came < MAILS_A_KILL * (killed + 2):
            box.come(MAILS_A_KILL)
            came += MAILS_A_KILL
        run = start(box.reading)
        run.join(chance.uniform(0, whole_s))
        run.kill()
        run.join()
        if run.exitcode == -9:
            killed += 1
        else:
            whole_s *= 0.9  # it was done before: the machine is faster than at first
        if box.was_killed_twice():
            finish(box.reading)
    finish(box.reading)
    return {**box.verdict(came), "kills": killed}


def at_failpoint(folder: Path, account: Account, name: str, times: int) -> dict[str, Any]:
    """Let two mails come, end at the fail point, run again; so many times."""
    box = Mailbox(folder, account, 2 * times)
    for _ in range(times):
        box.come(2)
        end_at(box.reading, name)
        finish(box.reading)
    return {**box.verdict(2 * times), "kills": times}
