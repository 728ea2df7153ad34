"""UIDs in commands: sets and ranges that servers and imaplib accept."""

from __future__ import annotations

import pytest

from mailflow.gateways.imap_uids import SET_MAX, WINDOW_UIDS, leading_within, search_ranges, uid_sets


def test_uids_come_once_rising_and_a_hundred_at_a_time() -> None:
    sets = list(uid_sets([*range(250, 0, -1), 7, 7]))
    assert [uid for uid_set in sets for uid in uid_set] == list(range(1, 251))
    assert max(map(len, sets)) == SET_MAX
    assert list(uid_sets([])) == []


def test_a_command_with_the_longest_uids_is_a_line_that_servers_take() -> None:
    (uid_set,) = uid_sets(range(2**32 - SET_MAX, 2**32))
    assert len(",".join(map(str, uid_set))) < 2_000


@pytest.mark.parametrize(
    ("first", "last", "mails", "ranges"),
    [
        pytest.param(1, 9, 5, ["1:*"], id="few mails: one question"),
        pytest.param(1, 2**32, 5, ["1:*"], id="few mails with high numbers"),
        pytest.param(1, 60_000, 60_001, ["1:*"], id="one window"),
        pytest.param(1, 130_000, 130_000, ["1:60000", "60001:120000", "120001:*"], id="many mails: windows"),
        pytest.param(125_000, 130_000, 130_000, ["125000:*"], id="many mails, nearly all known"),
    ],
)
def test_a_search_is_cut_so_that_its_answer_fits_into_a_line(
    first: int, last: int, mails: int, ranges: list[str]
) -> None:
    """imaplib refuses a line over a million octets: a mailbox of 100,000 mails must not be one answer."""
    assert list(search_ranges(first, last, mails)) == ranges
    assert WINDOW_UIDS * len(f"{2**32} ") < 1_000_000


@pytest.mark.parametrize(
    ("sizes", "taken"),
    [
        pytest.param([], [], id="nothing"),
        pytest.param([(1, 40), (2, 60), (3, 1)], [1, 2], id="up to the brim"),
        pytest.param([(1, 40), (2, 61), (3, 1)], [1], id="in order: the third would fit"),
        pytest.param([(1, 500), (2, 1)], [1], id="a large one comes alone"),
        pytest.param([(1, 0), (2, 0)], [1, 2], id="empty mails"),
    ],
)
def test_a_batch_is_bounded_by_bytes(sizes: list[tuple[int, int]], taken: list[int]) -> None:
    assert leading_within(sizes, 100) == taken
