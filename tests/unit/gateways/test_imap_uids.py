"""UIDs in commands: sets and ranges that servers and imaplib accept."""

from __future__ import annotations

import pytest

from mailflow.gateways.imap_uids import SET_MAX, WINDOW_MAX, leading_within, search_ranges, uid_sets


def test_uids_come_once_rising_and_a_hundred_at_a_time() -> None:
    sets = list(uid_sets([*range(250, 0, -1), 7, 7]))
    assert [uid for uid_set in sets for uid in uid_set] == list(range(1, 251))
    assert max(map(len, sets)) == SET_MAX
    assert list(uid_sets([])) == []


def test_a_command_with_the_longest_uids_is_a_line_that_servers_take() -> None:
    (uid_set,) = uid_sets(range(2**32 - SET_MAX, 2**32))
    assert len(",".join(map(str, uid_set))) < 2_000


@pytest.mark.parametrize(
    ("first", "uidnext", "mails", "ranges"),
    [
        pytest.param(1, 9, 5, ["1:*"], id="few mails: one question"),
        pytest.param(1, 2**32 - 1, 2_000, ["1:*"], id="few mails with high numbers"),
        pytest.param(1, 2_001, 2_001, ["1:*"], id="one window"),
        pytest.param(1, 9_000, 9_000, ["1:2000", "2001:6000", "6001:*"], id="many mails: growing windows"),
        pytest.param(8_000, 9_000, 9_000, ["8000:*"], id="many mails, nearly all known"),
        pytest.param(9_500, 9_000, 9_000, ["9500:*"], id="mails came since UIDNEXT was told"),
        pytest.param(1, 1, 9_000, ["1:*"], id="UIDNEXT was not told"),
    ],
)
def test_a_search_is_cut_so_that_its_answer_fits_into_a_line(
    first: int, uidnext: int, mails: int, ranges: list[str]
) -> None:
    """imaplib refuses a line over a million octets: a mailbox of 100,000 mails must not be one answer."""
    assert list(search_ranges(first, uidnext, mails)) == ranges


def test_windows_stay_small_and_cover_every_uid_once() -> None:
    *closed, last = search_ranges(17, 1_000_000, 500_000)
    ends = [tuple(map(int, each.split(":"))) for each in closed]
    assert ends[0][0] == 17
    assert [low for low, _ in ends[1:]] == [high + 1 for _, high in ends[:-1]]
    assert last == f"{ends[-1][1] + 1}:*"
    assert 1_000_000 - ends[-1][1] <= WINDOW_MAX + 1
    assert WINDOW_MAX * len(f"{2**32} ") < 1_000_000
    assert len(ends) < 30


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
