"""(h) and (i): mails a second through an LMTP door, as Postfix's own generator brings them over ten connections."""

from __future__ import annotations

import contextlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.processes import smtp_source, wait_for_port
from bench.rounds import Contender, Goal, Measured, interleave, show
from tests.servers.dovecot import free_port

OCTETS = 12_000
GOALS = (Goal("i", 0.6, "h"),)


def measure(folder: Path, mails: int, rounds: int) -> None:
    """Print the table of the door."""
    with _door("door") as empty:
        contenders = [Contender("h", "aiosmtpd, an empty handler", lambda: _bring(empty, mails))]
        interleave(contenders, rounds)
    show(f"LMTP: {mails:,} mails of {OCTETS:,} octets", contenders, GOALS, {})


def _bring(port: int, mails: int) -> Measured:
    return smtp_source(port, mails, OCTETS, is_lmtp=True)


@contextlib.contextmanager
def _door(module: str, *arguments: object) -> Iterator[int]:
    port = free_port()
    command = [sys.executable, "-m", f"bench.children.{module}", str(port), *map(str, arguments)]
    server = subprocess.Popen(command)
    try:
        wait_for_port(port)
        yield port
    finally:
        server.terminate()
        server.wait()
