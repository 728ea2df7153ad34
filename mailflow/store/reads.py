"""Who among staff looked at members' names and mails: kept, and shown by `audit reads` (R102)."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import sqlalchemy as sa

from mailflow.store import tables as t
from mailflow.store.engine import Work

SHOWN = 200


def note(work: Work, at: datetime, by: str, command: str, about: str) -> None:
    """Keep that somebody looked. by: their user name on this machine; about: the id or number that was looked at."""
    work.execute(t.staff_read.insert().values(at=at, by=by, command=command, about=about))


def latest(work: Work, limit: int = SHOWN) -> list[dict[str, Any]]:
    """Give the latest looks, the newest first."""
    r = t.staff_read.c
    query = sa.select(r.at, r.by, r.command, r.about).order_by(r.id.desc()).limit(limit)
    return [dict(row) for row in work.execute(query).mappings()]
