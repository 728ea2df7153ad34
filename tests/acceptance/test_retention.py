"""Personal data go some months after a petition is over; counts, states and the ledger stay."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.service import evidence
from mailflow.service.digests import send_digests
from mailflow.service.petitions import close_petition
from mailflow.service.retention import forget_daily
from mailflow.store import tables as t
from tests.acceptance.way_in import PETITION, WayIn, address_of, open_way_in

WORDS = "Wherever would the meetings take place?"
STRANGER = "passer.by@elsewhere.example.org"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WayIn]:
    """A petition that was signed, asked about and closed; kept for six months, what is not ours for three."""
    way_in = open_way_in(tmp_path, roster={1: {"name": "Roberta Findling"}})
    settings = way_in.office.settings
    mig = replace(settings.kinds["mig"], keep_months=6)
    mailbox = replace(settings.mailbox, keep_months=3)
    way_in.office = replace(way_in.office, settings=replace(settings, kinds={"mig": mig}, mailbox=mailbox))
    way_in.arrive(*(way_in.answer(n, "SIGN") for n in (1, 2, 3)), way_in.answer(1, WORDS))
    way_in.arrive(way_in.answer(STRANGER, "When does the library open?", to=b""))
    way_in.deliver()
    way_in.clock.pass_(24 * 3600)
    send_digests(way_in.office, way_in.clock(), is_due_only=False)
    way_in.deliver()
    close_petition(way_in.office, PETITION, way_in.clock())
    yield way_in
    way_in.db.close()


def traces(house: WayIn, *words: str) -> set[str]:
    """Which words still stand outside the roster."""
    roster = {"member", "member_address", "member_standing"}
    tables = [table for table in t.metadata.sorted_tables if table.name not in roster]
    said = repr([tuple(row) for table in tables for row in house.rows(table)])
    return {word for word in words if word in said}


PERSONAL = (address_of(1), address_of(2), "Roberta Findling", WORDS)


def stopped_at_commit(house: WayIn, n: int) -> int:
    """Forget in batches of one row, and stop the program at the n-th commit."""
    commits: list[str] = []

    def note(*args: object) -> None:
        if len(args) == 1 or args[2] == "COMMIT":  # PostgreSQL's commit is an event, SQLite's is a statement
            commits.append("")
            if len(commits) == n:
                house.db.stopping.set()

    events = [(house.db.engine, "after_cursor_execute"), (house.db.engine, "commit")]
    for engine, name in events:
        sa.event.listen(engine, name, note, named=False)
    try:
        return forget_daily(house.office, house.clock(), batch=1)
    finally:
        for engine, name in events:
            sa.event.remove(engine, name, note)


def test_after_its_months_name_address_mail_and_texts_go_and_counts_stay(house: WayIn) -> None:
    """R101: grep of a dump finds nothing outside the roster; tally and ledger are as they were."""
    tally, head = house.tally, evidence.verify(house.office)["head"]
    house.clock.at += timedelta(days=170)
    forget_daily(house.office, house.clock())
    assert traces(house, *PERSONAL) == set(PERSONAL)
    house.clock.at += timedelta(days=20)
    assert forget_daily(house.office, house.clock()) > 0
    assert traces(house, *PERSONAL) == set()
    assert house.tally == tally
    assert evidence.verify(house.office, head)["is_whole"]
    assert house.rows(t.inbox, t.inbox.c.object_id == PETITION)[0].verdict == "signed"


def test_mail_that_was_not_ours_goes_by_its_own_time_and_stays_in_its_mailbox(house: WayIn) -> None:
    house.clock.at += timedelta(days=100)
    assert traces(house, STRANGER) == {STRANGER}
    forget_daily(house.office, house.clock())
    assert traces(house, STRANGER, address_of(1)) == {address_of(1)}
    strays = [row.n for row in house.rows(t.inbox, t.inbox.c.is_stray)]
    assert not {row.n for row in house.rows(t.removal)} & set(strays)


def test_it_is_done_once_a_day_and_again_changes_nothing(house: WayIn) -> None:
    house.clock.at += timedelta(days=400)
    forget_daily(house.office, house.clock())
    before = house.everything()
    assert forget_daily(house.office, house.clock()) == 0
    assert house.everything() == before
    house.clock.at += timedelta(days=1)
    assert forget_daily(house.office, house.clock()) == 0


def test_a_stop_between_two_batches_leaves_the_rest_to_the_next_start(house: WayIn) -> None:
    """R101: SIGTERM sets `stopping`; whole batches stay done, and the day is not ticked off."""
    house.clock.at += timedelta(days=400)
    first = stopped_at_commit(house, 2)
    assert first > 0
    assert traces(house, *PERSONAL)
    house.db.stopping.clear()
    assert forget_daily(house.office, house.clock(), batch=1) > 0
    assert traces(house, *PERSONAL) == set()
