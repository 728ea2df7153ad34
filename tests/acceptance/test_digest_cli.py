"""`mailflow digest` and `mailflow inbox questions`, as scripts read them."""

from __future__ import annotations

from pathlib import Path

import pytest

from mailflow.service import launches
from tests.acceptance.test_intake_cli import Commands
from tests.acceptance.way_in import ADDRESS, CONFIG, LAUNCH, ORGANIZER, OWNER, WayIn, open_way_in

HELP = "help@staff.example.org"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    """A launch whose delay was told, one question about it, and the office's config.toml."""
    values = {"address": ADDRESS, "owner": OWNER, "sub_addressing": "true", "threshold": 100, "more": "", "kind": ""}
    (tmp_path / "config.toml").write_text(CONFIG.format(trust='authserv_id = "mx.example.org"', **values))
    way_in = open_way_in(tmp_path)
    launch = launches.add_launch(way_in.office, LAUNCH, way_in.clock())
    notice = launches.slip(way_in.office, launch, None, "tests failed", way_in.clock())
    launches.send_notice(way_in.office, notice.id, way_in.clock())
    way_in.deliver()
    way_in.arrive(way_in.answer(1, "Will my files move too?", to=way_in.sent(1, "delay_notice")))
    return way_in


@pytest.fixture
def commands(way_in: WayIn, capsysbinary: pytest.CaptureFixture[bytes]) -> Commands:
    return Commands(way_in.folder, capsysbinary)


def test_how_often_is_set_shown_and_checked(commands: Commands) -> None:
    assert commands.json("digest", "set", ORGANIZER, "weekly") == {"to": ORGANIZER, "frequency": "weekly"}
    assert commands.json("digest", "preview", ORGANIZER)["frequency"] == "weekly"
    code, _, err = commands.run("digest", "set", ORGANIZER, "hourly")
    assert (code != 0, "at once, daily, weekly or off" in err) == (True, True)
    code, _, err = commands.run("digest", "set", "nobody@example.org", "daily")
    assert (code != 0, "nobody@example.org" in err) == (True, True)


def test_off_means_off_for_digests_sent_by_hand_too(commands: Commands, way_in: WayIn) -> None:
    commands.json("digest", "set", HELP, "off")
    commands.json("digest", "send")
    assert HELP not in {row.address for row in way_in.outbox("digest")}


def test_questions_are_listed_counted_and_closed(commands: Commands) -> None:
    [waiting] = commands.json("inbox", "questions")
    assert (waiting["text"], waiting["contact"], waiting["reminders"]) == ("Will my files move too?", HELP, 0)
    assert commands.json("status")["questions"]["open"] == 1
    closed = commands.json("inbox", "questions", "--answered", str(waiting["question"]))
    assert closed == {"question": waiting["question"], "object": "launch-1"}
    assert commands.json("inbox", "questions") == []
    assert commands.run("inbox", "questions", "--answered", "99")[0] == 1
