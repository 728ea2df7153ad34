"""Where a mail lies, and that this is not what it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from mailflow.domain.arrival import Arrival

ARRIVAL = Arrival(
    "imap", "INBOX", 7, 12, b"raw", False, 3, datetime(2013, 6, 24, tzinfo=UTC), account="desk@example.org"
)


@pytest.mark.parametrize(
    ("other", "is_same_place"),
    [
        pytest.param(replace(ARRIVAL, raw=b"other"), True, id="other content in the same place"),
        pytest.param(replace(ARRIVAL, uid=13), False, id="another UID"),
        pytest.param(replace(ARRIVAL, uidvalidity=8), False, id="another UIDVALIDITY"),
        pytest.param(replace(ARRIVAL, mailbox="Other"), False, id="another folder"),
        pytest.param(replace(ARRIVAL, account="desk2@example.org"), False, id="another account"),
    ],
)
def test_position_is_account_folder_uidvalidity_and_uid(other: Arrival, is_same_place: bool) -> None:
    """R16"""
    assert (other.position == ARRIVAL.position) is is_same_place
