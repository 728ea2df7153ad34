"""Keeps how far the database is in a file beside it (store.mark): at once, and every two seconds of a long run."""

from __future__ import annotations

import logging
import threading
import time
from weakref import WeakKeyDictionary

from mailflow.config import Settings
from mailflow.store import mark
from mailflow.store.engine import Database

log = logging.getLogger(__name__)

EVERY_S = 2.0


def note_mark(db: Database, settings: Settings) -> bool:
    """Keep how far the database is; a disk that takes no mark is logged. False: this database has none."""
    path = mark.mark_path(settings.database.url, settings.folder)
    with db.read() as work:
        here = mark.current(work)
    if not here.database:
        return False
    try:
        if mark.read(path) != here:
            mark.write(path, here)
    except OSError as error:
        log.error("%s can't be written: %s; should the database be put back, nobody will see it", path, error.strerror)
    return True


_LOCK = threading.Lock()
_DUE_S: WeakKeyDictionary[Database, float] = WeakKeyDictionary()


def keep_mark(db: Database, settings: Settings) -> None:
    """Keep how far the database is, unless that was done less than two seconds ago: for every batch of a long run."""
    with _LOCK:
        if time.monotonic() >= _DUE_S.get(db, float("-inf")) and note_mark(db, settings):
            _DUE_S[db] = time.monotonic() + EVERY_S
