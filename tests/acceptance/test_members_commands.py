"""`mailflow members` and `mailflow units` as they are typed: stdout, stderr and exit code."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from mailflow.cli import main

ROSTER = """member_id,name,email,other_emails,standing,paid_through,units,postal_address,language
m1,Anna Berg,anna@example.org,,good,,alsc,,en
m2,Bert Ohm,bert@example.org,,lapsed,,,,es
"""


class Ran(NamedTuple):
    """What a command left behind."""

    code: int
    out: str
    err: str


Run = Callable[..., Ran]


@pytest.fixture
def mailflow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Runs a command in a folder that `mailflow init` has made ready."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("MAILFLOW_CONFIG", raising=False)
    (tmp_path / "roster.csv").write_text(ROSTER, encoding="utf-8")

    def run(*args: str) -> Ran:
        with pytest.raises(SystemExit) as ended:
            main(list(args))
        said = capsys.readouterr()
        assert isinstance(ended.value.code, int)
        return Ran(ended.value.code, said.out, said.err)

    assert run("init").code == 0
    return run


def test_import_reports_in_words_and_in_json(mailflow: Run) -> None:
    assert "2 added" in mailflow("members", "import", "roster.csv", "--dry-run").out
    assert json.loads(mailflow("members", "import", "roster.csv", "--json").out) == {
        "read": 2,
        "added": 2,
        "changed": 0,
        "unchanged": 0,
        "ended": 0,
        "missing": 0,
        "erased": 0,
    }


def test_bad_file_exits_1_and_names_line_and_column_on_stderr(mailflow: Run) -> None:
    Path("bad.csv").write_text(ROSTER + "m3,Cy,cy@,,good,,,,en\n", encoding="utf-8")
    code, out, err = mailflow("members", "import", "bad.csv", "--json")
    assert (code, out) == (1, "")
    assert "bad.csv, line 4, column email: 'cy@'" in err
    assert "nothing was imported" in err


def test_file_that_is_not_there_exits_2(mailflow: Run) -> None:
    assert mailflow("members", "import", "nowhere.csv").code == 2


def test_complete_says_how_many_end_before_it_ends_them(mailflow: Run) -> None:
    mailflow("members", "import", "roster.csv")
    Path("one.csv").write_text("".join(ROSTER.splitlines(keepends=True)[:2]), encoding="utf-8")
    code, out, err = mailflow("members", "import", "one.csv", "--complete", "--json")
    assert code == 0
    assert json.loads(out)["ended"] == 1
    assert "1 members are not in one.csv" in err
    assert [one["member_id"] for one in json.loads(mailflow("members", "list", "--json").out)] == ["m1"]
    assert len(json.loads(mailflow("members", "list", "--all", "--json").out)) == 2


@pytest.mark.parametrize("who", ["m1", "anna@example.org", "Anna+lists@Example.org"])
def test_member_is_shown_by_id_and_by_address(mailflow: Run, who: str) -> None:
    mailflow("members", "import", "roster.csv")
    shown = json.loads(mailflow("members", "show", who, "--json").out)
    assert (shown["member_id"], shown["standing"], shown["units"]) == ("m1", "good", ["alsc"])
    assert json.loads(mailflow("members", "export", who).out)["member"][0]["name"] == "Anna Berg"


def test_stranger_is_not_found(mailflow: Run) -> None:
    code, out, err = mailflow("members", "show", "nobody@example.org", "--json")
    assert (code, out) == (1, "")
    assert "nobody@example.org" in err


def test_erasing_in_a_pipe_needs_yes_and_a_dry_run_changes_nothing(mailflow: Run) -> None:
    mailflow("members", "import", "roster.csv")
    shown = mailflow("members", "export", "m1").out
    code, _, err = mailflow("members", "erase", "m1")
    assert code == 2
    assert "--yes" in err
    told = json.loads(mailflow("members", "erase", "anna@example.org", "--dry-run", "--json").out)
    assert told["member_id"] == "m1"
    assert any("backups" in each for each in told["remains"])
    assert mailflow("members", "export", "m1").out == shown


def test_erased_member_is_an_id_alone_and_does_not_come_back_with_the_next_snapshot(mailflow: Run) -> None:
    mailflow("members", "import", "roster.csv")
    assert mailflow("members", "erase", "m1", "--yes").code == 0
    assert json.loads(mailflow("members", "import", "roster.csv", "--json").out)["erased"] == 1
    shown = json.loads(mailflow("members", "show", "m1", "--json").out)
    assert (shown["name"], shown["addresses"], shown["ended"]) == ("", [], True)
    assert mailflow("members", "erase", "m1", "--yes").code == 1
    assert mailflow("members", "show", "anna@example.org").code == 1


def test_empty_roster_is_an_empty_list(mailflow: Run) -> None:
    assert json.loads(mailflow("members", "list", "--json").out) == []
    assert json.loads(mailflow("units", "list", "--json").out) == []


def test_units_are_listed_with_their_members_and_unlisted_ones_as_roots(mailflow: Run) -> None:
    mailflow("members", "import", "roster.csv")
    Path("units.csv").write_text("unit_id,name,parent_id,tags\nweb,Web,alsc,online;new\n", encoding="utf-8")
    assert mailflow("units", "import", "units.csv").code == 0
    assert json.loads(mailflow("units", "list", "--json").out) == [
        {"unit_id": "alsc", "name": "alsc", "parent_id": None, "tags": [], "members": 1, "listed": False},
        {"unit_id": "web", "name": "Web", "parent_id": "alsc", "tags": ["new", "online"], "members": 0, "listed": True},
    ]


def test_loop_in_the_tree_exits_1_naming_the_loop(mailflow: Run) -> None:
    Path("units.csv").write_text("unit_id,name,parent_id,tags\na,,b,\nb,,a,\n", encoding="utf-8")
    code, _, err = mailflow("units", "import", "units.csv")
    assert code == 1
    assert "a -> b -> a" in err


def test_looking_at_a_member_is_kept_with_who_looked(mailflow: Run) -> None:
    """R102: staff reads are logged."""
    mailflow("members", "import", "roster.csv")
    assert json.loads(mailflow("audit", "reads", "--json").out) == []
    mailflow("members", "show", "m1")
    mailflow("members", "export", "m1")
    reads = json.loads(mailflow("audit", "reads", "--json").out)
    assert [(read["command"], read["about"]) for read in reads] == [("members export", "m1"), ("members show", "m1")]
    assert all(read["by"] for read in reads)
