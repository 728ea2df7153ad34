"""Somebody with the database in hand changes the ledger: what `audit verify --head` says of it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.cli import main
from mailflow.domain.ledger import GENESIS, receipt_code
from mailflow.domain.ledger import chained as chained_
from mailflow.store import ledger, meta
from mailflow.store import tables as t
from mailflow.store.engine import Work
from tests.acceptance.way_in import ADDRESS, WayIn, open_way_in, parsed, text_of


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WayIn]:
    way_in = open_way_in(tmp_path)
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN"), way_in.answer(3, "SIGN"))
    way_in.arrive(way_in.answer(2, "I withdraw my signature"))
    way_in.deliver()
    yield way_in
    way_in.db.close()


def edit_a_row(work: Work) -> None:
    """One row says that a signature was withdrawn that was signed, or the other way round."""
    row = work.execute(sa.select(t.ledger).where(t.ledger.c.kind == "signed")).first()
    assert row is not None
    work.execute(t.ledger.update().where(t.ledger.c.n == row.n).values(data={**row.data, "state": "withdrawn"}))


def cut_the_tail(work: Work) -> None:
    """The last entry goes, and the head that is kept is put back to the one before."""
    rows = work.execute(sa.select(t.ledger).order_by(t.ledger.c.n)).all()
    work.execute(t.ledger.delete().where(t.ledger.c.n == rows[-1].n))
    meta.put(work, ledger.HEAD, f"{rows[-2].n}:{rows[-2].hash}")


def rebuild_the_whole(work: Work) -> None:
    """Every hash is computed anew over entries from which one is left out, and the head with them."""
    rows = work.execute(sa.select(t.ledger).order_by(t.ledger.c.n)).all()
    work.execute(t.ledger.delete())
    n, prev = 0, GENESIS
    left_out = next(row.n for row in rows if row.kind == "withdrawn")
    for row in rows:
        if row.n != left_out:
            one = chained_(n, prev, row.at, row.kind, row.object_id, row.subject, row.data)
            values = {**row._mapping, "n": one.n, "prev": one.prev, "hash": one.hash, "code": one.code}
            work.execute(t.ledger.insert().values(**values))
            n, prev = one.n, one.hash
    meta.put(work, ledger.HEAD, f"{n}:{prev}")


def swap_two_rows(work: Work) -> None:
    """Two entries change places, with their hashes."""
    first, second = work.execute(sa.select(t.ledger).where(t.ledger.c.kind == "signed").limit(2)).all()
    work.execute(t.ledger.delete().where(t.ledger.c.n.in_([first.n, second.n])))
    for row, n in ((first, second.n), (second, first.n)):
        work.execute(t.ledger.insert().values(**{**row._mapping, "n": n}))


def verify(house: WayIn, capsys: pytest.CaptureFixture[str], *args: str) -> tuple[int, list[str]]:
    """The exit code and the problems of `audit verify`, as it is typed."""
    config = house.folder / "config.toml"
    url = house.db.engine.url.render_as_string(hide_password=False)
    text = f"""
        [association]
        name = "Example Library Association"
        timezone = "America/Chicago"
        [mailbox]
        address = "{ADDRESS}"
        [mailbox.imap]
        host = "localhost"
        username = "connect"
        password = "x"
        [database]
        url = "{url}"
        """
    config.write_text(text, "utf-8")
    with pytest.raises(SystemExit) as ended:
        main(["--config", str(config), "audit", "verify", "--json", *args])
    assert isinstance(ended.value.code, int)
    return ended.value.code, json.loads(capsys.readouterr().out)["problems"]


@pytest.mark.parametrize(
    ("tamper", "needs_head"),
    [
        pytest.param(edit_a_row, False, id="one row edited"),
        pytest.param(swap_two_rows, False, id="two rows swapped"),
        pytest.param(cut_the_tail, True, id="the tail cut and the kept head with it"),
        pytest.param(rebuild_the_whole, True, id="the whole chain rebuilt without an entry"),
    ],
)
def test_tampering_is_found_by_the_head_that_somebody_wrote_down(
    house: WayIn, capsys: pytest.CaptureFixture[str], tamper: Callable[[Work], None], needs_head: bool
) -> None:
    with house.db.read() as work:
        head = ledger.head(work)
    assert verify(house, capsys, "--head", head) == (0, [])
    with house.db.write() as work:
        tamper(work)
    code, problems = verify(house, capsys, "--head", head)
    assert code == 1
    assert any(head in each for each in problems) is needs_head
    assert problems


def test_a_signature_changed_beside_the_ledger_is_found(house: WayIn, capsys: pytest.CaptureFixture[str]) -> None:
    with house.db.write() as work:
        work.execute(t.signature.update().where(t.signature.c.member_id == "m2").values(state="validated"))
    code, problems = verify(house, capsys)
    assert code == 1
    assert "is validated, and the ledger says withdrawn" in problems[0]


def test_the_mail_that_thanks_a_signatory_holds_the_code_of_their_entry(house: WayIn) -> None:
    with house.db.read() as work:
        entry = ledger.last_of_each(work, [("m1", "mig-1")])["m1", "mig-1"]
        assert entry is not None
        assert ledger.by_code(work, entry.code.upper().replace("-", " ")) == entry
    assert receipt_code(entry.hash) in text_of(parsed(house.sent(1, "signature_recorded")))
