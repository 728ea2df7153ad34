"""A batch of many mails leads to what the same mails lead to one by one, whatever they have to do with each other."""

from __future__ import annotations

import os
import random
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.service import intake, taking_effect
from mailflow.store import inbox
from mailflow.store import tables as t
from tests.acceptance.way_in import ORGANIZER, WayIn, address_of, home_of, open_way_in, statements_fail

IS_TORTURE = bool(os.environ.get("MAILFLOW_TORTURE"))
MEMBERS, THRESHOLD = 6, 4
SAID = (
    "SIGN", "SIGN", "SIGN", "I sign. Where is the meeting?", "Please withdraw my signature.", "NOT ME",
    "No, thank you.", "I think the group should meet on Fridays.", "Where is the meeting?", "Hm, well.", "unsubscribe",
)  # fmt: skip


# --- what comes -------------------------------------------------------------------------------------------------
def said(house: WayIn, dice: random.Random, n: int) -> bytes:
    return house.answer(n, dice.choice(SAID), dmarc=dice.choice(("pass", "pass", "fail", "none")))


def from_home(house: WayIn, dice: random.Random, n: int) -> bytes:
    return house.answer(n, dice.choice(SAID), from_=home_of(n))


def without_a_key(house: WayIn, dice: random.Random, n: int) -> bytes:
    return house.answer(n, dice.choice(SAID), to=b"", from_=address_of(n), subject="Re: the petition")


def forwarded(house: WayIn, dice: random.Random, n: int) -> bytes:
    """The key of n, from another member or from a stranger."""
    sender = dice.choice((address_of(n % MEMBERS + 1), "stranger@else.example.org"))
    return house.answer(n, dice.choice(SAID), from_=sender)


def same_id(house: WayIn, dice: random.Random, n: int) -> bytes:
    return house.answer(n, dice.choice(SAID), message_id=f"<used{dice.randrange(3)}@client.example.org>")


def command(house: WayIn, dice: random.Random, n: int) -> bytes:
    words = dice.choice(("STATUS", "CLOSE", "YES"))
    return house.answer(ORGANIZER, words, to=house.sent(ORGANIZER, "share_kit"), quote=False)


def not_ours(house: WayIn, dice: random.Random, n: int) -> bytes:
    return house.answer("somebody@else.example.org", "When do you open?", to=b"", subject="Opening hours")


COMES: tuple[Callable[[WayIn, random.Random, int], bytes], ...] = (
    said, said, said, said, from_home, without_a_key, forwarded, same_id, command, not_ours,
)  # fmt: skip


def mails(house: WayIn, seed: int) -> list[bytes]:
    """Forty mails of six members and others; some come twice."""
    dice, made = random.Random(seed), list[bytes]()
    for _ in range(100 if IS_TORTURE else 6):
        if made and dice.random() < 0.1:
            made.append(dice.choice(made))
        else:
            made.append(dice.choice(COMES)(house, dice, dice.randrange(1, MEMBERS + 1)))
    return made


# --- what is there then -----------------------------------------------------------------------------------------
CHANCE = {"key", "link_key", "unsubscribe_key", "content_sha256", "raw_sha256", "subject", "prev", "hash", "code"}
CHANCE |= {"salt", "fields", "in_reply_to", "skeletons", "size_bytes"}  # they hold keys


def there(house: WayIn) -> dict[str, list[dict[str, Any]]]:
    """Every table without what is drawn by chance, rows in the order they were added."""
    left_out = {"inbox_raw", "meta"}
    found = {}
    for table in t.metadata.sorted_tables:
        if table.name not in left_out:
            columns = [c for c in table.columns if c.name not in CHANCE]
            with house.db.read() as work:
                rows = work.execute(sa.select(*columns).order_by(*table.primary_key.columns)).mappings()
                found[table.name] = [dict(row) for row in rows]
    for row in found["outbox"]:
        row["version"] = re.sub(r"^[a-z2-7]{26}$", "a key", row["version"])
    for entry in found["ledger"]:
        if entry["kind"] == "received":
            entry["data"] = {}  # digests of bytes that hold keys
    return found


def one_by_one(house: WayIn) -> None:
    with house.db.read() as work:
        waiting = inbox.waiting(work, 1000)
    for kept in waiting:
        intake.read_batch(house.office, [kept], house.clock())


def new_house(folder: Path) -> WayIn:
    folder.mkdir()
    return open_way_in(folder, MEMBERS, threshold=THRESHOLD, roster={2: {"standing": "lapsed"}})


@pytest.mark.parametrize("seed", range(100 if IS_TORTURE else 6))
def test_a_batch_leads_to_what_its_mails_lead_to_one_by_one(tmp_path: Path, seed: int) -> None:
    """R3, R29, R61, R62, R73, R84: the same rows in every table, in the same order."""
    together, alone = new_house(tmp_path / "together"), new_house(tmp_path / "alone")
    together.keep(*mails(together, seed))
    alone.keep(*mails(alone, seed))
    together.read()
    one_by_one(alone)
    expected, found = there(alone), there(together)
    for name, rows in expected.items():
        assert found[name] == rows, name


# --- orders within one batch ------------------------------------------------------------------------------------
def test_what_a_member_says_later_in_a_batch_counts_after_what_they_said_before(tmp_path: Path) -> None:
    """R61, R65: sign, then withdraw, then sign again, among others."""
    house = new_house(tmp_path / "house")
    took_back = "Please withdraw my signature."
    said = [house.answer(1, words) for words in ("SIGN", took_back, "SIGN", took_back)]
    rows = house.arrive(said[0], house.answer(3, "SIGN"), said[1], said[2], house.answer(4, "SIGN"), said[3])
    assert [row.verdict for row in rows] == ["signed", "signed", "withdrawn", "signed", "signed", "withdrawn"]
    assert house.tally == {"signed": 2, "validated": 2, "withdrawn": 1}
    history = [(row.from_state, row.to_state) for row in house.rows(t.signature_history) if row.inbox_n in (1, 3, 4, 6)]
    assert history == [
        ("", "validated"), ("validated", "withdrawn"), ("withdrawn", "validated"), ("validated", "withdrawn"),
    ]  # fmt: skip


def test_a_mail_that_lies_twice_in_a_batch_takes_effect_once(tmp_path: Path) -> None:
    """R16"""
    house = new_house(tmp_path / "house")
    raw = house.answer(1, "SIGN")
    assert [row.verdict for row in house.arrive(raw, house.answer(3, "SIGN"), raw)] == ["signed", "signed", "duplicate"]
    assert house.notices(1) == ["signature_recorded"]


def test_a_threshold_that_is_crossed_within_a_batch_has_one_effect(tmp_path: Path) -> None:
    """R62: the signatures after it are told of as ones under a petition that has qualified."""
    house = open_way_in(tmp_path, 12, threshold=5)
    house.arrive(*(house.answer(n, "SIGN") for n in range(1, 13)))
    assert (house.petition["state"], house.tally["validated"]) == ("qualified", 12)
    [told] = [row for row in house.outbox("petition_qualified") if row.address == ORGANIZER]
    moved = [row.data for row in house.rows(t.ledger) if row.kind == "moved"]
    assert told.about_n == 5
    assert moved.count({"state": "qualified"}) == 1


def test_a_person_gets_twenty_answers_a_day_however_many_mails_lie_in_a_batch(tmp_path: Path) -> None:
    """R73"""
    house = new_house(tmp_path / "house")
    house.arrive(*(house.answer(1, f"unsubscribe (for the time number {n})") for n in range(24)))
    assert len(house.notices(1)) == 20


def test_a_mail_whose_effects_cannot_be_written_costs_only_itself(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """R3, R5: all that the batch had led to is undone, and each mail goes alone."""
    house = new_house(tmp_path / "house")
    real = taking_effect.owe_each

    def owe_each(*arguments: Any, **more: Any) -> list[list[str]]:
        reasons = real(*arguments, **more)
        if any(one.recipient == "m4" for debt in arguments[2] for one in debt.owed):
            raise RuntimeError("no answer can be written to m4")
        return reasons

    monkeypatch.setattr(taking_effect, "owe_each", owe_each)
    rows = house.arrive(*(house.answer(n, "SIGN") for n in range(1, 7)))
    assert [row.n for row in rows if row.state == "parked"] == [4]
    assert "no answer can be written to m4" in rows[3].error
    assert house.tally == {"signed": 5, "validated": 4, "not_in_good_standing": 1}
    assert house.notices(4) == []


def test_a_batch_costs_about_a_statement_a_mail(tmp_path: Path) -> None:
    house = open_way_in(tmp_path, 50)
    house.keep(*(house.answer(n, "SIGN") for n in range(1, 51)))
    with statements_fail(house.db, -1) as ran:
        house.read()
    assert house.tally["validated"] == 50
    assert len(ran) < 60
