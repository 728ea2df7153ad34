"""A mail that breaks the fetch is tried alone, and given up only when the server is known to work."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from mailflow.gateways.imap_patience import Patience


@pytest.mark.parametrize(
    ("failed", "asked"),
    [
        pytest.param([], [1, 2, 3, 4], id="nothing failed: all"),
        pytest.param([3, 4], [1, 2], id="those before the first suspect"),
        pytest.param([1, 2, 3, 4], [1], id="the first is suspect: alone"),
        pytest.param([1], [1], id="alone, though the others are not"),
    ],
)
def test_which_mails_are_asked_for_after_a_failed_fetch(failed: list[int], asked: list[int]) -> None:
    patience = Patience(0)
    patience.failed(failed)
    assert list(patience.narrowed([1, 2, 3, 4])) == asked


def test_a_mail_is_given_up_when_it_fails_again_after_another_one_came() -> None:
    patience = Patience(0)
    for _ in range(3):
        patience.failed([1])
    patience.came([2])
    assert not patience.is_over(1)
    patience.failed([1])
    assert patience.is_over(1)
    assert not patience.is_over(3)


def test_two_failures_give_nothing_up_though_the_server_works() -> None:
    patience = Patience(0)
    patience.failed([1])
    patience.came([2])
    patience.failed([1])
    assert not patience.is_over(1)


def test_an_outage_gives_nothing_up_however_often_a_mail_is_tried() -> None:
    patience = Patience(0)
    for _ in range(50):
        patience.failed([1, 2])
        patience.came([])
    assert not patience.is_over(1)


def test_three_failures_within_the_patience_give_nothing_up() -> None:
    patience = Patience(600)
    for _ in range(50):
        patience.failed([1])
        patience.came([2])
    assert not patience.is_over(1)


@pytest.mark.parametrize(
    ("tries", "suspects", "uids", "probe"),
    [
        pytest.param(2, [1], [1, 2, 3], [], id="not tried enough"),
        pytest.param(3, [1], [1, 2, 3], [2], id="the next one"),
        pytest.param(3, [1, 2], [1, 2, 3], [3], id="rather one that is no suspect"),
        pytest.param(3, [1, 2], [1, 2], [2], id="a suspect one, if there is no other"),
        pytest.param(3, [1], [1], [], id="nobody else is there, and nobody is held up"),
        pytest.param(3, [2], [1, 2], [], id="the first is no suspect"),
    ],
)
def test_which_mail_shows_whether_the_server_works(
    tries: int, suspects: list[int], uids: list[int], probe: list[int]
) -> None:
    patience = Patience(0)
    for _ in range(tries):
        patience.failed(suspects)
    assert patience.probe(uids) == probe


def test_one_proof_is_enough() -> None:
    patience = Patience(0)
    for _ in range(3):
        patience.failed([1])
    patience.came([2])
    assert patience.probe([1, 3]) == []


@pytest.mark.parametrize(
    "settle", [lambda p: p.came([1]), lambda p: p.forget()], ids=["it came", "UIDVALIDITY changed"]
)
def test_a_settled_mail_is_no_suspect(settle: Callable[[Patience], None]) -> None:
    patience = Patience(0)
    for _ in range(3):
        patience.failed([1])
        patience.came([2])
    settle(patience)
    assert not patience.is_over(1)
    assert list(patience.narrowed([1, 2])) == [1, 2]
