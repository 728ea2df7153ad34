"""(h) and (i): mails a second through an LMTP door, as Postfix's own generator brings them over ten connections."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.processes import smtp_source, wait_for_port
from bench.rounds import Contender, Goal, Measured, interleave, show
from bench.world import World, counts
from mailflow.store import tables as t
from tests.servers.dovecot import free_port

OCTETS = 12_000
GOALS = (Goal("i", 0.6, "h"),)


def measure(folder: Path, mails: int, rounds: int) -> None:
    """Print the table of the door."""
    world = World(folder / "door", 10)
    with _server(sys.executable, "-m", "bench.children.door", port := free_port()):
        wait_for_port(port)
        contenders = [
            Contender("h", "aiosmtpd, an empty handler", lambda: smtp_source(port, mails, OCTETS, is_lmtp=True)),
            Contender("i", "mailflow's door, committed before 250, SQLite", lambda: _ours(world, mails)),
        ]
        interleave(contenders, rounds)
    show(f"LMTP: {mails:,} mails of {OCTETS:,} octets", contenders, GOALS, {})


def _ours(world: World, mails: int) -> Measured:
    port, folder = free_port(), world.copy()
    config = folder / "config.toml"
    text = config.read_text("utf-8").replace("[relay]", f'[mailbox.lmtp]\nlisten = "127.0.0.1:{port}"\n[relay]')
    config.write_text(text, "utf-8")
    with _server(Path(sys.executable).with_name("mailflow"), "--config", config, "run", "--roles", "lmtp"):
        wait_for_port(port)
        found = smtp_source(port, mails, OCTETS, is_lmtp=True)
    kept = counts(folder, t.inbox)
    assert kept == {"kept": mails}, kept
    world.drop(folder)
    return found


@contextlib.contextmanager
def _server(*words: object) -> Iterator[None]:
    with open(os.devnull, "w") as nowhere:
        server = subprocess.Popen([*map(str, words)], stdout=nowhere, stderr=nowhere)
    try:
        yield
    finally:
        server.terminate()
        server.wait()
