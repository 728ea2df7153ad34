"""R14: how the program knows that its database was put back from a backup, and what is made of what came after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.domain.ledger import EntryKind
from mailflow.errors import StoreError, UsageError
from mailflow.service import restoring
from mailflow.service.marking import note_mark
from mailflow.store import health, ledger, mark, migrate, restores
from mailflow.store import tables as t
from mailflow.store.engine import Work, connect
from mailflow.store.journal import Entry, journal_path, open_journal
from tests.acceptance.folder_of_values import FolderOfValues
from tests.acceptance.outbox_house import settings_for
from tests.acceptance.way_in import WayIn, open_way_in


@pytest.fixture
def way_in(tmp_path: Path) -> Iterator[WayIn]:
    house = open_way_in(tmp_path, 4)
    with house.db.write() as work:
        restores.identify(work)
    note_mark(house.db, house.office.settings)
    yield house
    house.db.close()


def path_of(way_in: WayIn) -> Path:
    return mark.mark_path(way_in.office.settings.database.url, way_in.office.settings.folder)


def check(way_in: WayIn) -> None:
    restoring.check(way_in.db, way_in.office.settings, way_in.clock())


def change_mark(way_in: WayIn, change: Callable[[mark.Mark], mark.Mark]) -> None:
    seen = mark.read(path_of(way_in))
    assert seen is not None
    mark.write(path_of(way_in), change(seen))


def further(seen: mark.Mark) -> mark.Mark:
    """A mark that has seen an entry which the database lacks."""
    return replace(seen, n=seen.n + 1, hash="f" * 64)


def states_of(work: Work, ids: list[int]) -> list[str]:
    found = {row.id: row.state for row in work.execute(sa.select(t.outbox.c.id, t.outbox.c.state))}
    return [found[id_] for id_ in ids]


def test_a_database_that_went_on_since_the_mark_may_run(way_in: WayIn) -> None:
    with way_in.db.write() as work:
        ledger.append(work, EntryKind.SENT, "", way_in.clock(), {"mails": 1})
    check(way_in)
    with way_in.db.read() as work:
        assert mark.read(path_of(way_in)) == mark.current(work)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(further, id="the ledger ends before the mark"),
        pytest.param(lambda seen: replace(seen, hash="f" * 64), id="the ledger has gone another way"),
    ],
)
def test_a_database_that_lacks_what_was_seen_may_not_run(
    way_in: WayIn, change: Callable[[mark.Mark], mark.Mark]
) -> None:
    with way_in.db.write() as work:
        ledger.append(work, EntryKind.SENT, "", way_in.clock(), {"mails": 1})
    check(way_in)
    change_mark(way_in, change)
    with pytest.raises(StoreError, match="`mailflow restore`"):
        check(way_in)


def test_a_restore_that_was_cut_off_must_be_finished(way_in: WayIn) -> None:
    restoring.begin(way_in.office, way_in.clock())
    with pytest.raises(StoreError, match="not finished"):
        check(way_in)
    restoring.finish(way_in.office, (), 0, 0, way_in.clock())
    check(way_in)


def test_another_host_takes_the_restore_as_done_once_and_sees_the_next(way_in: WayIn) -> None:
    before = mark.read(path_of(way_in))
    assert before is not None
    restoring.begin(way_in.office, way_in.clock())
    restoring.finish(way_in.office, (), 0, 0, way_in.clock())
    mark.write(path_of(way_in), further(before))  # as another host's mark is: from the lost time
    check(way_in)
    change_mark(way_in, further)
    with pytest.raises(StoreError, match="older than it was"):
        check(way_in)


def test_a_database_that_stood_still_and_was_never_here_may_not_run(way_in: WayIn) -> None:
    with way_in.db.write() as work:
        health.note_watch(work, way_in.clock(), way_in.clock())
    path_of(way_in).unlink()
    check(way_in)  # at work a moment ago: a new host of several
    path_of(way_in).unlink()
    way_in.clock.at += timedelta(hours=1)
    with pytest.raises(StoreError, match="--moved"):
        check(way_in)
    note_mark(way_in.db, way_in.office.settings)
    check(way_in)


def test_an_empty_database_in_the_place_of_one_that_was_at_work_is_told(tmp_path: Path) -> None:
    """R14: a disk that is not mounted must not become a new beginning, by `run` nor by `init`."""
    settings = settings_for(tmp_path)
    url, folder = settings.database.url, settings.folder
    db = connect(url)
    mark.refuse_empty(db, url, folder)
    mark.write(mark.mark_path(url, folder), mark.Mark("a", 0, "", ()))
    mark.refuse_empty(db, url, folder)  # nothing had happened yet
    mark.write(mark.mark_path(url, folder), mark.Mark("a", 7, "f" * 64, ()))
    with pytest.raises(StoreError, match="delete that file"):
        mark.refuse_empty(db, url, folder)
    migrate.upgrade(db)
    mark.refuse_empty(db, url, folder)
    db.close()


def test_a_batch_that_is_sent_moves_the_mark_before_the_run_ends(way_in: WayIn) -> None:
    """R14: a run may last hours, and the database be lost in the midst of them."""
    way_in.arrive(way_in.answer(1, "I sign."))
    before = mark.read(path_of(way_in))
    way_in.deliver()
    after = mark.read(path_of(way_in))
    assert before is not None and after is not None
    with way_in.db.read() as work:
        assert (before.n < after.n, after) == (True, mark.current(work))


def test_a_torn_mark_is_none(way_in: WayIn) -> None:
    for text in ("", "{", "[]", '{"n": 1}', '{"database": "a", "n": "x", "hash": "", "restores": []}'):
        path_of(way_in).write_text(text)
        assert mark.read(path_of(way_in)) is None


def test_what_may_have_been_sent_is_held_and_what_can_not_have_been_is_not(way_in: WayIn) -> None:
    """R14: due, or in a sender's hand, at the time of the restore; a reminder of next week was never claimed."""
    ids = [row.id for row in way_in.outbox("petition_invitation")]
    now = way_in.clock()
    with way_in.db.write() as work:
        states = (
            {"state": "queued", "due_at": now, "attempts": 0},
            {"state": "claimed", "due_at": now + timedelta(minutes=5), "attempts": 1},
            {"state": "deferred", "due_at": now, "attempts": 1},
            {"state": "queued", "due_at": now + timedelta(days=7)},
        )
        for id_, values in zip(ids, states, strict=True):
            work.execute(t.outbox.update().where(t.outbox.c.id == id_).values(**values))
        restores.hold_due(work, now)
        assert states_of(work, ids) == ["held", "held", "held", "queued"]
        restores.release_held(work)
        assert states_of(work, ids) == ["queued", "deferred", "deferred", "queued"]


def test_what_a_journal_that_survived_says_was_sent_is_not_held(way_in: WayIn) -> None:
    """R14: the sender that had it in hand when the database was lost."""
    first, second = [row.id for row in way_in.outbox("petition_invitation")][:2]
    settings = way_in.office.settings
    with way_in.db.write() as work:
        work.execute(t.outbox.update().values(state="queued", due_at=way_in.clock()))
    journal = open_journal(journal_path(settings.database.url, settings.folder))
    journal.claimed([Entry(first, 1, way_in.clock()), Entry(second, 1, way_in.clock())])
    journal.accepted(Entry(first, 1, way_in.clock(), 250))
    journal.close()
    assert restoring.begin(way_in.office, way_in.clock()) == 1
    states = {row.id: row.state for row in way_in.outbox("petition_invitation")}
    assert (states[first], states[second]) == ("accepted", "held")


def test_mail_in_the_done_folder_that_is_known_is_not_kept_again(way_in: WayIn) -> None:
    """R14: known by its bytes; what is not known is read, and both count once."""
    known, lost = way_in.answer(1, "I sign."), way_in.answer(2, "I sign.")
    way_in.arrive(known)
    folder = FolderOfValues()
    for raw in (known, lost, lost):
        folder.put(raw, way_in.clock())
    assert restoring.read_done(way_in.office, folder, "INBOX", None, way_in.clock()) == 2
    assert [row.verdict for row in way_in.rows(t.inbox)] == ["signed", "signed", "duplicate"]
    assert restoring.read_done(way_in.office, folder, "INBOX", None, way_in.clock()) == 0
    assert way_in.tally["validated"] == 2


def test_keys_are_found_in_a_log_and_a_log_that_is_not_there_is_named(tmp_path: Path) -> None:
    log, key = tmp_path / "mail.log", "abcdefghijklmnopqrstuvwxyz"
    log.write_text(
        f"message-id=<{key.upper()}.x@lists.example.org>\nfrom=<connect+{key[::-1]}@lists.example.org>\n x{key}\n"
    )
    assert restoring.keys_in([log]) == {key, key[::-1]}
    with pytest.raises(UsageError, match="No such file"):
        restoring.keys_in([tmp_path / "none.log"])
