"""Bounces: what stops an address, and what must not."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.demo.clients.reports import delayed, hard_bounce
from mailflow.demo.mta import stamp
from mailflow.service import launches
from mailflow.store import tables as t
from tests.acceptance.way_in import LAUNCH, WayIn, address_of, key_in, open_way_in, parsed


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


def bounce(way_in: WayIn, n: int, status: str = "5.1.1", action: str = "failed", key: str | None = None) -> bytes:
    sent = way_in.sent(n)
    raw = hard_bounce(address_of(n), sent, way_in.clock())
    raw = raw.replace(b"5.1.1", status.encode()).replace(b"Action: failed", f"Action: {action}".encode())
    raw = raw.replace(key_in(sent).encode(), key.encode()) if key else raw
    return stamp(raw, "", f"connect+{key or key_in(sent)}@lists.example.org", way_in.clock(), dmarc=None)


def stopped(way_in: WayIn) -> dict[str, bool]:
    return {row.address_norm: row.is_stopped for row in way_in.rows(t.suppression)}


def test_a_hard_bounce_stops_the_address_at_once_and_nobody_is_answered(way_in: WayIn) -> None:
    """R80, R82: standing and signature are not touched."""
    way_in.arrive(way_in.answer(1, "SIGN"))
    way_in.deliver()
    [mail] = way_in.arrive(bounce(way_in, 1))
    assert (mail.verdict, stopped(way_in)) == ("bounced", {address_of(1): True})
    assert way_in.tally == {"signed": 1, "validated": 1}
    launch = launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    notice = launches.slip(way_in.office, launch, None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, notice.id, way_in.clock())
    assert address_of(1) not in {envelope.rcpt_to for envelope in way_in.deliver()}


def test_a_forged_bounce_changes_nothing(way_in: WayIn) -> None:
    """R78: a key that we never gave out, an id that we never used."""
    evidence = ("inbox", "inbox_raw", "ledger", "meta")  # that the mail came is written down
    before = way_in.everything(*evidence)
    mails = way_in.arrive(*(bounce(way_in, n, key="z" * 24 + f"{n}a") for n in range(2, 7)))
    assert {mail.verdict for mail in mails} == {"not_ours"}
    assert way_in.everything(*evidence) == before


def test_delayed_relayed_and_delivered_do_not_count(way_in: WayIn) -> None:
    """R79"""
    sent = way_in.sent(1)
    late = stamp(delayed(address_of(1), sent, way_in.clock()), "", str(parsed(sent)["Reply-To"]), way_in.clock())
    others = [bounce(way_in, n, "2.0.0", action) for n, action in ((2, "relayed"), (3, "delivered"), (4, "expanded"))]
    way_in.arrive(late, *others)
    assert stopped(way_in) == {}


def test_a_refusal_for_policy_or_spam_does_not_count(way_in: WayIn) -> None:
    """R81"""
    way_in.arrive(*(bounce(way_in, n, f"5.7.{n}") for n in range(1, 7)))
    assert stopped(way_in) == {}


def test_soft_bounces_count_one_a_day_and_four_days_stop(way_in: WayIn) -> None:
    """R80: ten on one day are one."""
    for day in range(1, 5):
        for _ in range(10):
            way_in.arrive(bounce(way_in, 1, "5.2.2"))
            way_in.clock.pass_(60)
        way_in.clock.pass_(86_400)
        with way_in.db.read() as work:
            score = work.execute(sa.select(t.suppression.c.score)).scalar()
        assert (score, stopped(way_in)) == (day, {address_of(1): day == 4})
