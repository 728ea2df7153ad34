"""Several hosts on one PostgreSQL: one reads at a time, another takes over; and a database that goes away."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from copy import deepcopy
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.domain.model import Proof, Signature, SignatureState
from mailflow.errors import StoreAway, StoreError
from mailflow.service import intake
from mailflow.service.fetching import fetch_all
from mailflow.service.intake import read_waiting
from mailflow.service.sender import BATCH
from mailflow.store import inbox, meta, migrate, signatures
from mailflow.store import tables as t
from mailflow.store.engine import connect
from mailflow.store.lease import Lease
from mailflow.store.migrations.compare import differences
from tests.acceptance.databases import database_url, execute
from tests.acceptance.folder_of_values import FolderOfValues
from tests.acceptance.lmtp_door import free_port
from tests.acceptance.outbox_house import House, ScriptedRelay, mail_to, open_house
from tests.acceptance.test_lmtp_service import hand_over, until
from tests.acceptance.way_in import OPENED, PETITION, WayIn, open_way_in
from tests.servers.postgresql import Cluster
from tests.servers.postgresql_proxy import CuttingProxy

pytestmark = pytest.mark.usefixtures("on_postgresql")

RACES = int(os.environ.get("MAILFLOW_TORTURE_RACES", "200"))
HOLDER = """
import sys, time
from mailflow.store.engine import connect
from mailflow.store.lease import Lease
lease = Lease(connect(sys.argv[1]), "inbox")
while not lease.take():
    time.sleep(0.05)
print("taken", flush=True)
time.sleep(600)
"""


@pytest.fixture
def way_in(tmp_path: Path, on_postgresql: Cluster) -> Iterator[WayIn]:
    house = open_way_in(tmp_path, 6)
    yield house
    house.db.close()


def in_threads(*does: Any) -> None:
    """Run these at once, and raise what one of them raised."""
    errors: list[BaseException] = []

    def guarded(do: Any) -> None:
        try:
            do()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=guarded, args=(do,)) for do in does]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert errors == []


# --- the database itself ----------------------------------------------------------------------------------------
def test_migrated_database_has_the_tables_of_the_program(tmp_path: Path) -> None:
    db = connect(database_url(tmp_path, has_tables=False))
    migrate.upgrade(db)
    migrate.check(db)
    with db.read() as work:
        assert differences(work) == []
    db.close()


@pytest.mark.parametrize("setting", ["fsync", "synchronous_commit"])
def test_a_database_that_loses_commits_is_refused(on_postgresql: Cluster, tmp_path: Path, setting: str) -> None:
    """R12"""
    url = database_url(tmp_path)
    on_postgresql.stop(is_crash=False)
    on_postgresql.start(**{setting: "off"})
    try:
        with pytest.raises(StoreError, match=f"{setting} = off"):
            connect(url)
    finally:
        on_postgresql.stop(is_crash=False)
        on_postgresql.start()


def test_ids_of_two_hosts_at_once_differ(way_in: WayIn) -> None:
    ids: list[str] = []

    def take() -> None:
        for _ in range(20):
            with way_in.db.write() as work:
                ids.append(meta.next_id(work, "notice"))

    in_threads(take, take, take)
    assert len(set(ids)) == 60


# --- going away -------------------------------------------------------------------------------------------------
def test_a_commit_without_an_answer_is_done_again_and_takes_effect_once(way_in: WayIn, on_postgresql: Cluster) -> None:
    """R12, fault row 21: the line is cut when COMMIT has reached the server and the answer has not come back."""
    ns = way_in.keep(*[way_in.answer(n, "I sign.") for n in (1, 2, 3)])
    with CuttingProxy(on_postgresql.socket) as proxy, through(way_in, proxy) as host:
        proxy.cut_after_commits = 2  # the first notes the attempt, the second holds the effects
        assert read_waiting(host.office, way_in.clock()) == 3
        assert proxy.cuts == 1
    assert [way_in.mail(n).verdict for n in ns] == ["signed"] * 3
    assert way_in.tally == {"signed": 3, "validated": 3}
    assert way_in.petition["counter"] == 3
    assert len([row for row in way_in.outbox() if row.is_answer]) == 3


def test_mail_kept_without_an_answer_is_kept_once(way_in: WayIn, on_postgresql: Cluster) -> None:
    """R12, R35: the same place again adds nothing."""
    arrivals = [way_in.arrival(way_in.answer(n, "I sign.")) for n in (1, 2)]
    with CuttingProxy(on_postgresql.socket) as proxy, through(way_in, proxy) as host:
        proxy.cut_after_commits = 1
        intake.receive(host.office, arrivals, way_in.clock())
        assert proxy.cuts == 1
    assert len(way_in.rows(t.inbox)) == 2


def test_a_database_that_crashes_and_comes_back_loses_nothing(way_in: WayIn, on_postgresql: Cluster) -> None:
    """Fault row 20: what is under way waits for it and goes on."""
    way_in.keep(*[way_in.answer(n, "I sign.") for n in (1, 2, 3)])
    on_postgresql.stop()
    read: list[int] = []

    def work_on() -> None:
        way_in.db.redo(lambda work: meta.put(work, "still", "here"))
        read.append(read_waiting(way_in.office, way_in.clock()))

    waiting = threading.Thread(target=work_on)
    waiting.start()
    on_postgresql.start()  # here, as the server ends with the thread that started it
    waiting.join(60)
    assert read == [3]
    assert way_in.tally == {"signed": 3, "validated": 3}


def test_a_terminated_backend_is_told_in_our_words_and_the_next_try_goes_well(way_in: WayIn) -> None:
    """Fault row 20: pg_terminate_backend in the middle of a transaction."""

    def cut(work: sa.Connection) -> None:
        meta.put(work, "half", "done")
        pid = work.execute(sa.text("SELECT pg_backend_pid()")).scalar()
        execute(way_in.office.settings.database.url, f"SELECT pg_terminate_backend({pid})")
        meta.put(work, "other half", "done")

    with pytest.raises(StoreAway, match="the database is away"), way_in.db.write() as work:
        cut(work)
    with way_in.db.read() as work:
        assert meta.get(work, "half") == ""


def test_patience_has_an_end(way_in: WayIn, on_postgresql: Cluster) -> None:
    on_postgresql.stop()
    try:
        with pytest.raises(StoreAway):
            way_in.db.redo(lambda work: meta.get(work, "x"), patience_s=0.1)
        assert not Lease(way_in.db, "inbox").take()
    finally:
        on_postgresql.start()


@contextlib.contextmanager
def through(way_in: WayIn, proxy: CuttingProxy) -> Iterator[WayIn]:
    """The same house seen by a host whose line to the database is the proxy."""
    url = sa.make_url(way_in.office.settings.database.url).update_query_dict({"host": str(proxy.folder)})
    db = connect(url.render_as_string(hide_password=False))
    try:
        yield WayIn(way_in.folder, replace(way_in.office, db=db), way_in.clock)
    finally:
        db.close()


# --- side by side -----------------------------------------------------------------------------------------------
def test_the_last_two_signatures_at_once_qualify_once(way_in: WayIn) -> None:
    """R62: two signers at the threshold; it qualifies in exactly one of the two transactions."""
    with way_in.db.write() as work:
        work.execute(sa.insert(t.member), [{"member_id": f"x{n}"} for n in range(2)])
        said_good = {"valid_from": OPENED, "standing": "good"}
        work.execute(sa.insert(t.member_standing), [{"member_id": f"x{n}", **said_good} for n in range(2)])
    kinds = way_in.office.kinds
    for trial in range(RACES):
        with way_in.db.write() as work:
            work.execute(sa.delete(t.signature_history))
            work.execute(sa.delete(t.signature))
            changes = {"state": "petition_open", "validated": 98, "qualified_at": None}
            work.execute(sa.update(t.proposal).values(**changes))
        said: list[bool] = []

        def sign(member_id: str, said: list[bool] = said) -> None:
            signature = Signature(
                petition_id=PETITION, member_id=member_id, name="", address="", state=SignatureState.VALIDATED,
                signed_at=OPENED, via="mail", proof=Proof.KEY_FROM, statement_sha256="", act_sha256="",
            )  # fmt: skip
            with way_in.db.write() as work:
                said.append(signatures.put_signature(work, kinds, signature, OPENED))

        in_threads(lambda: sign("x0"), lambda: sign("x1"))
        assert sorted(said) == [False, True], trial
        assert way_in.petition["counter"] == 100


def test_the_same_mail_at_two_places_read_by_two_hosts_at_once_takes_effect_once(way_in: WayIn) -> None:
    """R29: nothing twice, whichever of the two is faster."""
    raws = [way_in.answer(n, "I sign.") for n in range(1, 7)]
    ns = way_in.keep(*raws) + way_in.keep(*raws)
    with way_in.db.read() as work:
        kept = inbox.by_number(work, ns)
    in_threads(
        lambda: intake.read_batch(way_in.office, kept[:6], way_in.clock()),
        lambda: intake.read_batch(way_in.office, kept[6:], way_in.clock()),
        lambda: intake.read_batch(way_in.office, kept, way_in.clock()),
    )
    assert sorted(way_in.mail(n).verdict for n in ns) == ["duplicate"] * 6 + ["signed"] * 6
    assert way_in.petition["counter"] == 6
    assert len([row for row in way_in.outbox() if row.is_answer]) == 6


def test_one_place_kept_by_two_hosts_at_once_is_kept_once(way_in: WayIn) -> None:
    """R29"""
    arrivals = [way_in.arrival(way_in.answer(n, "I sign.")) for n in range(1, 7)]
    keep = lambda: intake.receive(way_in.office, arrivals, way_in.clock())  # noqa: E731
    in_threads(keep, keep, keep)
    assert len(way_in.rows(t.inbox)) == len(way_in.rows(t.inbox_raw)) == 6


# --- leases -----------------------------------------------------------------------------------------------------
def test_one_at_a_time_holds_a_lease_and_names_do_not_meet(way_in: WayIn) -> None:
    ours, theirs, clock = Lease(way_in.db, "inbox"), Lease(way_in.db, "inbox"), Lease(way_in.db, "clock")
    assert (ours.take(), ours.take(), theirs.take(), clock.take()) == (True, True, False, True)
    ours.release()
    assert (theirs.take(), ours.take()) == (True, False)
    theirs.release()
    clock.release()


def test_another_host_takes_over_from_one_that_was_killed(way_in: WayIn) -> None:
    """R29: kill -9; the lease ends with the holder's connection."""
    url = way_in.office.settings.database.url
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, url], stdout=subprocess.PIPE, text=True)
    assert holder.stdout is not None
    assert holder.stdout.readline() == "taken\n"
    lease = Lease(way_in.db, "inbox")
    assert not lease.take()
    holder.send_signal(signal.SIGKILL)
    holder.communicate()
    with lease.held(threading.Event(), 20) as is_ours:
        assert is_ours


def test_a_holder_whose_connection_ended_knows_that_it_lost_the_lease(way_in: WayIn) -> None:
    ours, theirs = Lease(way_in.db, "inbox"), Lease(way_in.db, "inbox")
    assert ours.take()
    locks = "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'"
    execute(way_in.office.settings.database.url, locks)
    assert taken_within(theirs, 20)
    assert not ours.take()
    theirs.release()


def taken_within(lease: Lease, seconds: float) -> bool:
    until = time.monotonic() + seconds
    while not lease.take():
        if time.monotonic() > until:
            return False
        time.sleep(0.05)
    return True


def test_when_the_host_that_reads_is_killed_the_other_reads_on(way_in: WayIn) -> None:
    """R29: two hosts with a door each; every mail is brought to both, before and after; nothing is lost or twice."""
    doors = [f"127.0.0.1:{free_port()}" for _ in range(2)]
    hosts = []
    for listen in doors:
        arguments = [str(way_in.folder), way_in.office.settings.database.url, listen]
        hosts.append(subprocess.Popen([sys.executable, "-m", "tests.servers.host_process", *arguments]))
        first = way_in.answer(1, "I sign.", message_id="<first@client.example.org>")
        assert hand_over(listen, first) == ["250 2.0.0 kept"]
        assert until(lambda: way_in.tally == {"signed": 1, "validated": 1})
    hosts[0].send_signal(signal.SIGKILL)
    hosts[0].wait()
    try:
        for n in (2, 3):
            assert hand_over(doors[1], way_in.answer(n, "I sign.")) == ["250 2.0.0 kept"]
        assert until(lambda: way_in.tally == {"signed": 3, "validated": 3})
    finally:
        hosts[1].kill()
        hosts[1].wait()
    assert sorted(row.verdict for row in way_in.rows(t.inbox)) == ["duplicate", "signed", "signed", "signed"]


def test_two_hosts_that_poll_one_mailbox_at_once_do_nothing_twice(way_in: WayIn) -> None:
    """R29: even when both believe that it is their turn."""
    mails, folder = 60, FolderOfValues()
    for i in range(mails):
        folder.put(way_in.answer(1 + i % 6, "I sign."), way_in.clock())
    in_threads(*[partial(fetch_all, way_in.office, deepcopy(folder), "INBOX", way_in.clock(), OPENED) for _ in "ab"])
    assert [row.state for row in way_in.rows(t.inbox)] == ["read"] * mails
    assert len({row.uid for row in way_in.rows(t.inbox)}) == mails
    assert way_in.tally == {"signed": 6, "validated": 6}


# --- sending ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("commit", [1, 2, 3, 4, 5])
def test_a_sender_whose_line_to_the_database_is_cut_sends_nothing_twice(
    tmp_path: Path, on_postgresql: Cluster, commit: int
) -> None:
    """R12, R86, fault row 21: whichever COMMIT is not answered, the journal knows what the relay took."""
    house = open_house(tmp_path)
    mails = 2 * BATCH + 50
    house.enqueue(mail_to(n) for n in range(mails))
    relay = ScriptedRelay()
    with CuttingProxy(on_postgresql.socket) as proxy:
        url = sa.make_url(house.settings.database.url).update_query_dict({"host": str(proxy.folder)})
        host = House(connect(url.render_as_string(hide_password=False)), house.settings, house.clock)
        proxy.cut_after_commits = commit
        with pytest.raises(StoreAway):
            host.deliver(lambda: relay)
        host.db.close()
    house.clock.pass_(1)
    house.deliver(lambda: relay)
    assert house.counts() == {"accepted": mails}
    assert sorted(Counter(relay.recipients).values()) == [1] * mails
    house.db.close()
