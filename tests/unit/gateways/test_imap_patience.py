"""A mail that breaks the fetch is tried alone, and given up after three tries and the patience."""

from __future__ import annotations

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


def test_a_mail_is_given_up_after_three_tries() -> None:
    patience = Patience(0)
    over = []
    for _ in range(3):
        patience.failed([1])
        over.append(patience.is_over(1))
    assert over == [False, False, True]
    assert not patience.is_over(2)


def test_a_passing_fault_gives_nothing_up() -> None:
    """Three failures in a minute are an outage, not a bad mail."""
    patience = Patience(600)
    for _ in range(50):
        patience.failed([1])
    assert not patience.is_over(1)


@pytest.mark.parametrize(
    "settle", [lambda p: p.came([1]), lambda p: p.forget()], ids=["it came", "UIDVALIDITY changed"]
)
def test_a_settled_mail_is_no_suspect(settle: object) -> None:
    patience = Patience(0)
    for _ in range(3):
        patience.failed([1])
    settle(patience)  # type: ignore[operator]
    assert not patience.is_over(1)
    assert list(patience.narrowed([1, 2])) == [1, 2]
