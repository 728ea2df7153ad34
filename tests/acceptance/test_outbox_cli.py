"""`outbox list`, `outbox hold`, `outbox release`."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mailflow.cli.context import Context
from mailflow.cli.outbox import outbox as command
from tests.acceptance.outbox_house import START, FakeClock, House, ScriptedRelay, key_of, mail_to, open_house


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path)
    yield house
    house.db.close()


def run(house: House, *arguments: str) -> Result:
    context = Context(Path("unused"), FakeClock())  # type: ignore[arg-type]
    context.__dict__.update(settings=house.settings, db=house.db)
    return CliRunner().invoke(command, arguments, obj=context, catch_exceptions=False)


def listed(house: House) -> list[dict[str, Any]]:
    found = json.loads(run(house, "list", "--json").stdout)
    assert isinstance(found, list)
    return found


def test_what_waits_is_listed_without_keys(house: House) -> None:
    """R59: no reply key, link or unsubscribe key is shown."""
    house.enqueue([mail_to(1), mail_to(2)])
    rows = listed(house)
    assert [(row["recipient"], row["state"], row["notice"]) for row in rows] == [
        ("m1", "queued", "notice"),
        ("m2", "queued", "notice"),
    ]
    assert rows[0]["due_at"] == "2013-06-24T09:00:00-05:00"
    assert not any(key in json.dumps(rows) for key in (key_of(1), key_of(10_000_001), key_of(20_000_001)))


def test_an_empty_outbox_is_an_empty_list(house: House) -> None:
    assert listed(house) == []


def test_a_long_list_is_cut_and_says_so(house: House) -> None:
    house.enqueue([mail_to(n) for n in range(5)])
    result = run(house, "list", "--json", "--limit", "2")
    assert len(json.loads(result.stdout)) == 2
    assert "3 more wait" in result.stderr


def test_the_stop_switch(house: House) -> None:
    house.enqueue([mail_to(1)])
    assert json.loads(run(house, "hold", "--json").stdout) == {"held": True, "waiting": 1}
    assert "on hold" in run(house, "list").stderr
    assert house.deliver(ScriptedRelay).accepted == 0
    assert json.loads(run(house, "release", "--json").stdout) == {"held": False, "waiting": 1}
    assert house.deliver(ScriptedRelay).accepted == 1
    assert house.clock() == START
