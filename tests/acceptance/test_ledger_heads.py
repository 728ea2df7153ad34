"""Where the ledger's head is written down, so that somebody outside the house has it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from mailflow.service import evidence
from mailflow.service.digests import send_digests
from tests.acceptance.way_in import ORGANIZER, WayIn, open_way_in, parsed, text_of


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WayIn]:
    way_in = open_way_in(tmp_path)
    way_in.arrive(way_in.answer(1, "SIGN"))
    way_in.deliver()
    yield way_in
    way_in.db.close()


def head_in(mail: bytes) -> str:
    (line,) = [line for line in text_of(parsed(mail)).splitlines() if "ledger" in line and ": " in line]
    return line.rpartition(": ")[2].strip()


def test_the_mail_with_a_receipt_holds_the_head_too(house: WayIn) -> None:
    assert evidence.verify(house.office, head_in(house.sent(1, "signature_recorded")))["is_whole"]


def test_each_digest_holds_the_head(house: WayIn) -> None:
    house.clock.pass_(24 * 3600)
    send_digests(house.office, house.clock(), is_due_only=False)
    house.deliver()
    head = head_in(house.sent(ORGANIZER, "digest"))
    house.arrive(house.answer(2, "SIGN"))
    assert evidence.verify(house.office, head)["is_whole"]
