"""Every requirement that this version must meet is named by a test, so that none is lost when tests move."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
THIS = Path(__file__)
NAMED = re.compile(r"\bR([1-9][0-9]{0,2})\b")


def _span(first: int, last: int) -> list[int]:
    return list(range(first, last + 1))


MUST = _span(1, 104)


def _files() -> list[Path]:
    return [path for path in TESTS.rglob("test_*.py") if path != THIS]


@pytest.fixture(scope="module")
def named() -> dict[int, set[str]]:
    """Give by requirement the files of tests that name it."""
    found: dict[int, set[str]] = {}
    for path in _files():
        for number in NAMED.findall(path.read_text(encoding="utf-8")):
            found.setdefault(int(number), set()).add(path.relative_to(TESTS).as_posix())
    return found


@pytest.mark.parametrize("number", MUST, ids=lambda number: f"R{number}")
def test_a_requirement_is_named_by_a_test(number: int, named: dict[int, set[str]]) -> None:
    assert named.get(number), f"no test under tests/ names R{number}"


def test_no_test_names_a_requirement_that_does_not_exist(named: dict[int, set[str]]) -> None:
    assert {number: files for number, files in named.items() if number > 104} == {}
