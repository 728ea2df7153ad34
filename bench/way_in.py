"""(e) to (g): replies in a real Dovecot, a second, from the mailbox to what follows from them."""

from __future__ import annotations

import shutil
from pathlib import Path

from bench import replies
from bench.processes import child
from bench.rounds import Contender, Goal, Measured, interleave, show
from bench.world import World, counts
from mailflow.store import tables as t
from tests.servers.dovecot import Dovecot

GOALS = (Goal("g", 0.3, "e"), Goal("g", 8.0, "f"))
MEMORY = {"inbox": 150.0, "reader": 150.0}


def measure(folder: Path, mails: int, rounds: int) -> None:
    """Print the table of the way in."""
    world = World(folder / "in-sqlite", mails)
    used = replies.write(folder / "replies", world.envelopes())
    world.all_sent()
    dovecot = Dovecot()
    try:
        quiet = dovecot.fresh_user()
        replies.fill(quiet, folder / "replies")
        login = (dovecot.imap_port, quiet.user, quiet.password)
        contenders = [
            Contender("e", "imaplib in hundreds, nothing stored", lambda: child("plain_fetch", *login, mails)),
            Contender("f", "fetch one, policy.default, commit each", lambda: _naive(dovecot, folder, mails)),
            Contender("g", "mailflow's whole way in, SQLite", lambda: _whole(world, dovecot, folder, mails)),
        ]
        interleave(contenders, rounds)
    finally:
        dovecot.stop()
    sizes = sorted(path.stat().st_size for path in (folder / "replies").iterdir())
    middle, least, most = sizes[len(sizes) // 2], sizes[0], sizes[-1]
    title = f"Way in: {mails:,} replies of {least:,} to {most:,} octets (median {middle:,}), {len(used)} mail programs"
    show(title, contenders, GOALS, MEMORY)


def _naive(dovecot: Dovecot, folder: Path, mails: int) -> Measured:
    account = dovecot.fresh_user()
    replies.fill(account, folder / "replies")
    place = folder / "naive"
    place.mkdir()
    found = child("naive_inbox", dovecot.imap_port, account.user, account.password, max(mails // 10, 50), place)
    shutil.rmtree(place)
    return found


def _whole(world: World, dovecot: Dovecot, folder: Path, mails: int) -> Measured:
    account = dovecot.fresh_user()
    replies.fill(account, folder / "replies")
    copy = world.copy(imap_port=dovecot.imap_port, user=account.user, password=account.password)
    found = child("inbox", copy)
    states, verdicts = counts(copy, t.inbox), counts(copy, t.inbox, "verdict")
    left = account.all_in("INBOX")
    assert found.count == mails == sum(states.values()) and not left, (found.count, states, len(left))
    assert not states.keys() - {"read", "held"} and verdicts.get("signed", 0) > mails // 3, (states, verdicts)
    world.drop(copy)
    return found
