"""Questions that ask the same stand together; others do not."""

from __future__ import annotations

import pytest

from mailflow.domain.similar import grouped


@pytest.mark.parametrize(
    ("texts", "sizes"),
    [
        pytest.param(["Will my files move too?", "will my old files move"], [2], id="the same words"),
        pytest.param(["Hello, does it cost anything?", "Does it cost anything, please?"], [2], id="courtesies aside"),
        pytest.param(["Will my files move?", "When is the launch?"], [1, 1], id="different things"),
        pytest.param(["", ""], [1, 1], id="without words nothing is the same"),
        pytest.param(["Why?", "Will files move?", "Will the files move?"], [1, 2], id="in the order of the first"),
    ],
)
def test_sizes_of_the_groups(texts: list[str], sizes: list[int]) -> None:
    assert [len(group) for group in grouped(texts, str)] == sizes


def test_a_thousand_different_questions_are_a_thousand_groups() -> None:
    texts = [f"what about room{n} in building{n}" for n in range(1000)]
    assert len(grouped(texts, str)) == 1000
