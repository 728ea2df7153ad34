"""The tree of groups."""

from __future__ import annotations

import pytest

from mailflow.domain.unit import find_loop


@pytest.mark.parametrize(
    ("parents", "loop"),
    [
        pytest.param({}, (), id="no units"),
        pytest.param({"a": "", "b": "a", "c": "a"}, (), id="a tree"),
        pytest.param({"a": "elsewhere"}, (), id="an unlisted parent is a root"),
        pytest.param({"a": "a"}, ("a", "a"), id="its own parent"),
        pytest.param({"a": "b", "b": "c", "c": "a"}, ("a", "b", "c", "a"), id="three in a ring"),
        pytest.param({"x": "a", "a": "b", "b": "a"}, ("a", "b", "a"), id="the way into the ring is not named"),
    ],
)
def test_loop_is_found_by_its_ids(parents: dict[str, str], loop: tuple[str, ...]) -> None:
    assert find_loop(parents) == loop


def test_long_chain_is_walked_once() -> None:
    parents = {str(n): str(n + 1) for n in range(50_000)}
    assert find_loop(parents) == ()
    assert find_loop({**parents, "50000": "0"})[0] == "0"
