"""Places at which a process of a test ends itself by kill -9; production code knows nothing of them.

`arm` wraps a function in this process (fault rows 2 and 3 of the fault matrix).
"""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from mailflow.gateways.imap import ImapMailbox
from mailflow.gateways.relay_dialogue import Dialogue
from mailflow.gateways.relay_session import Session
from mailflow.service import intake
from mailflow.store import outbox
from mailflow.store.journal import Journal

_to_commit: list[bool] = []  # not empty: the effects are written and the next commit is theirs


def die(*_: object) -> None:
    """End this process as kill -9 does."""
    os.kill(os.getpid(), signal.SIGKILL)


def _before(owner: Any, name: str) -> None:
    setattr(owner, name, die)


def _after(owner: Any, name: str, then: Callable[[Any], object] = die) -> None:
    real = getattr(owner, name)

    def wrapped(*given: Any, **named: Any) -> Any:
        result = real(*given, **named)
        then(result)
        return result

    setattr(owner, name, wrapped)


def _before_commit() -> None:
    _after(intake, "_settle_all", lambda _: _to_commit.append(True))

    def look(_c: Any, _cursor: Any, statement: str, *_: Any) -> None:
        if _to_commit and statement == "COMMIT":
            die()

    sa.event.listen(sa.Engine, "before_cursor_execute", look)  # SQLite: spelled out
    sa.event.listen(sa.Engine, "commit", lambda _: die() if _to_commit else None)  # PostgreSQL


INBOX: dict[str, Callable[[], None]] = {
    "fetched": lambda: _after(ImapMailbox, "fetch_new", lambda mails: die() if mails else None),
    "raw stored": lambda: _before(intake, "_charge"),
    "before effects": lambda: _before(intake, "_settle_all"),
    "after effects": lambda: _after(intake, "_settle_all"),
    "before commit": _before_commit,
    "after commit": lambda: _after(intake, "_settle"),
    "before filing": lambda: _before(ImapMailbox, "file_away"),
    "after filing": lambda: _after(ImapMailbox, "file_away"),
}
SENDER: dict[str, Callable[[], None]] = {
    "before dial": lambda: _before(Session, "open"),
    "after dot": lambda: _before(Dialogue, "_body_reply"),
    "answer not noted": lambda: _before(Journal, "accepted"),
    "before result commit": lambda: _after(outbox, "settle"),
}


def arm(name: str) -> None:
    """Let this process end at the place of that name; "" for nowhere."""
    if name:
        (INBOX | SENDER)[name]()
