"""Torture in small counts: the same code as `python -m tests.torture`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.servers.conftest import account, cluster, dovecot, on_postgresql  # noqa: F401
from tests.servers.dovecot import Account
from tests.torture import fuzz, inbox, outbox
from tests.torture.failpoints import INBOX, SENDER

KILLS = 5
FINE = {"lost": 0, "double": 0}


def _fine(result: dict[str, int]) -> dict[str, int]:
    return {key: result[key] for key in FINE}


def test_kills_of_the_reader_lose_and_double_nothing(tmp_path: Path, account: Account) -> None:  # noqa: F811
    """R2, R3, R4, R6, fault row 1"""
    assert _fine(inbox.random_kills(tmp_path, account, KILLS, seed=1)) == FINE


def test_kills_of_four_workers_lose_nothing_and_repeat_one_mail_a_connection(tmp_path: Path) -> None:
    """R85, R86, R87"""
    assert _fine(outbox.random_kills(tmp_path, KILLS, seed=1)) == FINE


@pytest.mark.parametrize("name", INBOX)
def test_a_reader_killed_at_a_fail_point(tmp_path: Path, account: Account, name: str) -> None:  # noqa: F811
    """R2, R4, fault row 2"""
    assert _fine(inbox.at_failpoint(tmp_path, account, name, 2)) == FINE


@pytest.mark.parametrize("name", SENDER)
def test_a_sender_killed_at_a_fail_point(tmp_path: Path, name: str) -> None:
    """R86, R87, fault row 3"""
    assert _fine(outbox.at_failpoint(tmp_path, name, 2)) == FINE


@pytest.mark.usefixtures("on_postgresql")
class TestPostgresql:
    """R2, R3, R86: the same on PostgreSQL."""

    def test_kills_of_the_reader(self, tmp_path: Path, account: Account) -> None:  # noqa: F811
        assert _fine(inbox.random_kills(tmp_path, account, KILLS, seed=2)) == FINE

    def test_kills_of_four_workers(self, tmp_path: Path) -> None:
        assert _fine(outbox.random_kills(tmp_path, KILLS, seed=2)) == FINE


@pytest.mark.parametrize("seed", range(4))
def test_no_mutated_mail_escapes_the_reader(seed: int) -> None:
    """R39, R41: 20,000 inputs here, a million in torture."""
    result = fuzz.read_mutated(seed, 5_000)
    assert (result["escapes"], result["slow"], result["first"]) == (0, 0, [])
