"""Mail that came is ours: kept before it is read, in effect wholly or not at all, one bad mail alone."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import traceback
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from hashlib import sha256
from pathlib import Path

import pytest

from mailflow.errors import MailboxError, StoreError
from mailflow.mail.reader import Reading, ReadMail
from mailflow.service import deciding, intake, reading
from mailflow.service.fetching import fetch_all
from mailflow.service.readers import Failure, House, ReadersHere, Task
from mailflow.store import inbox
from mailflow.store import tables as t
from tests.acceptance.folder_of_values import FolderOfValues
from tests.acceptance.way_in import OPENED, WayIn, open_way_in, reopen, statements_fail

ODD = b"From: m1@library.example.org\nSubject: \xff\xfe\x00 odd\r\n\r\nbare \n and \r and NUL \x00 and \xe9\r\n.\r\n"
POISON = b"Subject: POISON"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


@dataclass(frozen=True)
class Poisoned(ReadersHere):
    """Reads, but on a mail with that subject something worse happens. subject: b"" for every mail."""

    act: Callable[[], object] = lambda: None
    subject: bytes = POISON

    def read(self, tasks: Sequence[Task]) -> list[ReadMail | Reading | Failure]:
        return [self._read_one(task) for task in tasks]

    def _read_one(self, task: Task) -> ReadMail | Reading | Failure:
        try:
            if task.read is None and self.subject in task.raw:
                self.act()
        except RecursionError:
            return Failure(traceback.format_exc())
        return self.house.read(task)


def poison(way_in: WayIn, act: Callable[[], object], subject: bytes = POISON) -> WayIn:
    house = House.of(way_in.office.settings)
    return replace(way_in, office=replace(way_in.office, readers=Poisoned(house, act, subject)))


def fail() -> None:
    raise RecursionError("too deep")


def test_a_mail_is_kept_byte_for_byte_although_the_parser_fails(way_in: WayIn) -> None:
    """R1"""
    way_in = poison(way_in, fail, b"")
    [n] = way_in.keep(ODD)
    [raw] = way_in.rows(t.inbox_raw)
    assert raw.raw == ODD
    way_in.read()
    row = way_in.mail(n)
    assert reading.raw_mail(way_in.office, n) == ODD
    assert (row.raw_sha256, row.size_bytes) == (sha256(ODD).hexdigest(), len(ODD))
    place = (row.account, row.mailbox, row.uidvalidity, row.uid)
    assert (place, row.arrived_at) == (("connect@localhost", "INBOX", 7, 1), way_in.clock())
    assert (row.state, row.attempts) == ("parked", 1)
    assert "RecursionError: too deep" in row.error


def filled(way_in: WayIn, *raws: bytes) -> FolderOfValues:
    folder = FolderOfValues()
    for raw in raws:
        folder.put(raw, way_in.clock())
    return folder


def fetch(way_in: WayIn, folder: FolderOfValues) -> int:
    return fetch_all(way_in.office, folder, "INBOX", way_in.clock(), OPENED)


def test_a_mail_leaves_the_folder_only_after_its_effects_are_committed(way_in: WayIn) -> None:
    """R2: another connection sees the effects at the moment of filing."""
    seen = []

    def look(uids: Sequence[int]) -> None:
        other = reopen(way_in.folder)
        seen.append((list(uids), other.tally, [row.state for row in other.rows(t.inbox)]))

    folder = filled(way_in, way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN"))
    folder.before_filing = look
    fetch(way_in, folder)
    assert seen == [([1, 2], {"signed": 2, "validated": 2}, ["read", "read"])]


def test_a_mail_whose_effects_could_not_be_committed_stays_in_the_folder(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R2: the database fails before the commit; the next run finds the mail and it takes effect once."""
    folder = filled(way_in, way_in.answer(1, "SIGN"))
    with monkeypatch.context() as patch, pytest.raises(OSError, match="disk"):
        patch.setattr(intake, "_settle_all", lambda *_: (_ for _ in ()).throw(OSError("disk full")))
        fetch(way_in, folder)
    assert folder.filed == []
    assert way_in.tally == {}
    fetch(way_in, folder)
    assert folder.filed == [1]
    assert way_in.tally == {"signed": 1, "validated": 1}


def test_a_stop_between_commit_and_filing_loses_and_repeats_nothing(way_in: WayIn) -> None:
    """R2, R84: the connection breaks when the mail is to be filed; the next run files it and nothing happens twice."""

    def broken(_: Sequence[int]) -> None:
        raise MailboxError("connection lost")

    folder = filled(way_in, way_in.answer(1, "SIGN"))
    folder.before_filing = broken
    with pytest.raises(MailboxError):
        fetch(way_in, folder)
    queued = len(way_in.outbox())
    folder.before_filing = lambda _: None
    assert fetch(way_in, folder) == 0
    assert folder.filed == [1]
    assert way_in.tally == {"signed": 1, "validated": 1}
    assert len(way_in.outbox()) == queued


def effects(way_in: WayIn) -> dict[str, object]:
    """What a mail led to, without what differs by chance."""
    tables = (t.signature, t.signature_history, t.question, t.feedback, t.mailing)
    counts: dict[str, object] = {table.name: len(way_in.rows(table)) for table in tables}
    petition = way_in.rows(t.proposal)[0]
    return counts | {
        "outbox": sorted((row.notice, row.recipient) for row in way_in.outbox()),
        "petition": (petition.state, petition.validated, petition.qualified_at),
    }


def test_effects_and_state_are_written_together_or_not_at_all(tmp_path: Path) -> None:
    """R3, R4: whichever statement of the transaction fails, and the mail takes its full effect afterwards, once."""
    way_in = open_way_in(tmp_path, members=2, threshold=1)
    way_in.keep(way_in.answer(1, "I sign. Where is the meeting?"))
    before = effects(way_in)
    way_in.db.close()
    shutil.copy(tmp_path / "mailflow.db", tmp_path / "kept.db")
    with statements_fail(way_in.db, -1) as ran:
        way_in.read()
    after = effects(way_in)
    assert (len(way_in.rows(t.question)), way_in.petition["state"]) == (1, "qualified")
    for k in range(1, len(ran) + 1):
        way_in.db.close()
        shutil.copy(tmp_path / "kept.db", tmp_path / "mailflow.db")
        with statements_fail(way_in.db, k), suppress(RuntimeError, StoreError):
            way_in.read()
        state = way_in.mail(1).state
        assert effects(way_in) == (after if state == "read" else before), ran[k - 1]
        way_in.read()
        reading.replay(way_in.office, [], way_in.clock())
        assert (way_in.mail(1).state, effects(way_in)) == ("read", after), ran[k - 1]


def test_a_copy_of_a_mail_that_failed_takes_effect_and_the_first_is_then_its_duplicate(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R4: a row that is known by its content does not mean that it took effect."""
    raw = way_in.answer(1, "SIGN", from_="stranger@else.example.org")
    [held] = way_in.arrive(raw)
    assert held.state == "held"
    with monkeypatch.context() as patch:
        patch.setattr(deciding, "decide_reply", lambda _: fail())
        reading.replay(way_in.office, [held.n], way_in.clock())
    assert way_in.mail(held.n).state == "parked"
    [copy] = way_in.arrive(raw)
    assert copy.verdict != "duplicate"
    reading.replay(way_in.office, [held.n], way_in.clock())
    assert way_in.mail(held.n).verdict == "duplicate"


@pytest.mark.parametrize("where", ["reader", "rule"])
def test_one_poison_mail_among_a_hundred_leaves_99_effects(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """R5: the failure is kept with its class, traceback and attempts."""
    way_in = poison(open_way_in(tmp_path, members=100), fail if where == "reader" else bool)
    raws = [way_in.answer(n, "SIGN", subject="POISON" if n == 37 else None, quote=False) for n in range(1, 101)]
    if where == "rule":
        real = deciding.decide_reply
        monkeypatch.setattr(
            deciding, "decide_reply", lambda facts: fail() if facts.subject == "POISON" else real(facts)
        )
    rows = way_in.arrive(*raws)
    assert way_in.tally == {"signed": 99, "validated": 99}
    assert [row.n for row in rows if row.state != "read"] == [37]
    assert (rows[36].state, rows[36].attempts) == ("parked", 1)
    assert "RecursionError" in rows[36].error
    assert "Traceback" in rows[36].error


DIES = """
import os, sys
from pathlib import Path
from tests.acceptance.test_intake_durability import poison
from tests.acceptance.way_in import reopen
poison(reopen(Path(sys.argv[1])), lambda: os._exit(9)).read()
"""


def test_a_mail_that_ends_the_program_three_times_is_held_and_the_others_are_read(way_in: WayIn) -> None:
    """R6: attempts are committed before the attempt."""
    way_in.keep(way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN", subject="POISON"), way_in.answer(3, "SIGN"))
    way_in.db.close()
    command = [sys.executable, "-c", DIES, str(way_in.folder)]
    ends = [subprocess.run(command, check=False, env=os.environ, timeout=60).returncode for _ in range(5)]
    assert ends == [9, 9, 9, 0, 0]
    assert [row.state for row in way_in.rows(t.inbox)] == ["read", "held", "read"]
    assert way_in.tally == {"signed": 2, "validated": 2}
    assert "ended the program 3 times" in way_in.mail(2).reasons[0]


def test_what_a_person_sent_first_takes_effect_first_although_the_program_ended_in_between(way_in: WayIn) -> None:
    """R6, R30: a mail that was being read when the machine stopped is not overtaken by what came meanwhile."""
    [first] = way_in.keep(way_in.answer(1, "SIGN"))
    with way_in.db.write() as work:
        inbox.charge(work, [first])
    way_in.keep(way_in.answer(1, "Please withdraw my signature."), way_in.answer(2, "SIGN"))
    way_in.read()
    assert [row.verdict for row in way_in.rows(t.inbox)] == ["signed", "withdrawn", "signed"]
    assert way_in.tally["validated"] == 1


def test_when_the_program_ends_the_batches_in_hand_are_read_and_no_other(way_in: WayIn) -> None:
    """Fault row 36: a backlog does not hold up the end, and is read the next time."""
    way_in.keep(*(way_in.answer(1, f"Thought number {n}.", quote=False) for n in range(170)))
    way_in.db.stopping.set()
    way_in.read()
    assert len(way_in.rows(t.inbox, t.inbox.c.state == "kept")) == 120
    way_in.db.stopping.clear()
    way_in.read()
    assert way_in.rows(t.inbox, t.inbox.c.state == "kept") == []


def test_what_a_stop_left_unread_is_read_before_anything_is_fetched(way_in: WayIn) -> None:
    """R30: else it would be read one by one while batch after batch is fetched behind it."""
    raws = [way_in.answer(n, "SIGN") for n in (1, 2, 3, 4)]
    left = way_in.keep(*raws[:3])
    with way_in.db.write() as work:
        inbox.charge(work, left)
    folder = filled(way_in, *raws)  # at the same places
    kept_still: list[int] = []
    folder.before_fetch = lambda _: kept_still.append(len(way_in.rows(t.inbox, t.inbox.c.state == "kept")))
    fetch(way_in, folder)
    assert set(kept_still) == {0}
    assert way_in.tally["validated"] == 4


def test_two_readers_of_one_mail_write_its_effects_once(way_in: WayIn) -> None:
    """R29: both took it up before either had settled it."""
    way_in.keep(way_in.answer(1, "SIGN"), way_in.answer(2, "Hm, well."))
    with way_in.db.read() as work:
        waiting = inbox.waiting(work, 50)
    intake.read_batch(way_in.office, waiting, way_in.clock())
    after = way_in.everything("inbox")
    other = reopen(way_in.folder, way_in)
    intake.read_batch(other.office, waiting, way_in.clock())
    assert way_in.everything("inbox") == after
    assert [row.verdict for row in way_in.rows(t.inbox)] == ["signed", "asked"]


def test_a_first_batch_is_small_and_committed_before_the_next_is_fetched(way_in: WayIn) -> None:
    """R30: a restart after the first batch keeps its progress, and so every restart gets further."""
    folder = filled(way_in, *(way_in.answer(1, f"Thought number {n}.", quote=False) for n in range(40)))

    def broken(after_uid: int) -> None:
        if after_uid and restarts[-1] != after_uid:
            restarts.append(after_uid)
            raise MailboxError("restarted")

    restarts = [0]
    folder.before_fetch = broken
    progress = []
    for _ in range(30):
        try:
            fetch(way_in, folder)
        except MailboxError:
            progress.append(len(way_in.rows(t.inbox, t.inbox.c.state != "kept")))
        else:
            break
    assert progress[0] == 5
    assert progress == sorted(progress)
    assert len(way_in.rows(t.inbox, t.inbox.c.state != "kept")) == 40
    assert folder.filed == list(range(1, 41))
