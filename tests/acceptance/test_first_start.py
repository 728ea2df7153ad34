"""From when on mail is ours to read: since `init`, or since what `--since` says; older mail is not touched."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from mailflow.service.fetching import first_start, note_init
from tests.acceptance.way_in import OPENED, WayIn, open_way_in

INIT = OPENED.replace(microsecond=0)
LATER, EARLIER = INIT + timedelta(days=3), INIT - timedelta(days=3)


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


def _init(way_in: WayIn, at: datetime) -> None:
    with way_in.office.db.write() as work:
        note_init(work, at)


@pytest.mark.parametrize(
    ("inits", "runs", "since"),
    [
        pytest.param([INIT], [LATER], INIT, id="what came between init and the first run is new"),
        pytest.param([INIT, LATER], [LATER], INIT, id="a second init upgrades, and changes nothing"),
        pytest.param([INIT], [LATER, LATER + timedelta(days=9)], INIT, id="later runs keep it"),
        pytest.param([INIT], [EARLIER, LATER], EARLIER, id="a told clock that begins before init"),
        pytest.param([], [INIT, LATER], INIT, id="without init the first run counts"),
        pytest.param(
            [INIT.replace(microsecond=700_000)], [LATER], INIT, id="INTERNALDATE has no fractions: rounded down"
        ),
    ],
)
def test_mail_is_ours_from_init_on(way_in: WayIn, inits: list[datetime], runs: list[datetime], since: datetime) -> None:
    for at in inits:
        _init(way_in, at)
    assert [first_start(way_in.office, now) for now in runs][-1] == since


def test_since_overrides_init_and_is_kept(way_in: WayIn) -> None:
    _init(way_in, INIT)
    assert first_start(way_in.office, LATER, EARLIER) == EARLIER
    assert first_start(way_in.office, LATER) == EARLIER
