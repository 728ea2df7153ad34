"""(a) to (d2): personal mails to one sink, a second."""

from __future__ import annotations

from pathlib import Path

from bench.processes import child, smtp_sink, smtp_source
from bench.rounds import Contender, Goal, Measured, interleave, show
from bench.world import World, counts
from mailflow.store import tables as t

GOALS = (
    Goal("c", 1.0, "a"),
    Goal("d", 0.6, "a"),
    *(Goal(ours, times, peer) for peer in ("a1", "a2") for ours, times in (("c", 1.0), ("d", 0.6))),
    *(Goal(ours, times, "a") for ours, times in (("c2", 1.0), ("d2", 0.6))),
    Goal("c", 1.0, "b"),
)
MEMORY = {"sender": 80.0}


def measure(folder: Path, cluster: str, mails: int, rounds: int) -> None:
    """Print the table of the way out."""
    worlds = [World(folder / "out-sqlite", mails), World(folder / "out-postgresql", mails, cluster)]
    sample = next(worlds[0].envelopes()).body
    (folder / "sample.eml").write_bytes(sample)
    with smtp_sink() as port:
        size = len(sample)
        few = max(mails // 10, 100)
        contenders = [
            Contender("a", "smtp-source -d -s 10", lambda: smtp_source(port, mails)),
            Contender("a1", "the same, mails as large as ours", lambda: smtp_source(port, mails, size)),
            Contender(
                "a2", "the same, a connection a mail (no -d)", lambda: smtp_source(port, mails, size, keeps=False)
            ),
            Contender("b", "a plain loop", lambda: child("plain_sender", port, few, folder / "sample.eml")),
            Contender("c", "mailflow's outbox, SQLite", lambda: _outbox(worlds[0], port)),
            Contender("d", "mailflow's outbox, PostgreSQL", lambda: _outbox(worlds[1], port)),
            Contender("c2", "as c, two processes (run --roles outbox)", lambda: _outbox(worlds[0], port, 2)),
            Contender("d2", "as d, two processes", lambda: _outbox(worlds[1], port, 2)),
        ]
        interleave(contenders, rounds)
    show(f"Way out: {mails:,} personal mails of {size:,} octets", contenders, GOALS, MEMORY)


def _outbox(world: World, port: int, processes: int = 1) -> Measured:
    folder = world.copy(relay_port=port)
    found = child("sender", folder, times=processes)
    states = counts(folder, t.outbox)
    assert set(states) == {"accepted"} and states["accepted"] == found.count >= world.members, states
    world.drop(folder)
    return found
