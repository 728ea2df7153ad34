"""The frame of the command line: exit codes, messages, JSON, logs."""

from __future__ import annotations

import json
import logging
import subprocess
import sys
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from mailflow.cli import LAZY, main
from mailflow.cli.context import Clock, Context
from mailflow.cli.logs import OneLine, redact
from mailflow.cli.output import confirm_to_many, jsonable, show, show_line
from mailflow.config import Relay, Settings, load
from mailflow.domain.model import ProposalState
from mailflow.errors import StoreError, UsageError

KEY = "abcdefghijklmnopqrstuvwxya"


def run(*args: str) -> int:
    with pytest.raises(SystemExit) as left:
        main(list(args))
    assert isinstance(left.value.code, int)
    return left.value.code


def test_init_writes_a_config_and_a_database_that_the_program_takes(tmp_path: Path) -> None:
    assert run("init", str(tmp_path / "new")) == 0
    config = tmp_path / "new" / "config.toml"
    assert config.stat().st_mode & 0o077 == 0, "passwords will stand in it"
    assert (tmp_path / "new" / "mailflow.db").stat().st_mode & 0o077 == 0, "people's addresses stand in it"
    context = Context(config)
    with context.db.read():
        pass
    context.close()


def test_init_again_leaves_the_config_and_upgrades_the_database(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("init", str(tmp_path)) == 0
    config = tmp_path / "config.toml"
    config.write_text(
        config.read_text().replace("mailflow.db", "other.db") + '\n[database]\nurl = "sqlite:///other.db"\n'
    )
    before = config.read_bytes()
    assert run("init", str(tmp_path)) == 0
    assert config.read_bytes() == before
    assert (tmp_path / "other.db").exists()
    assert "left as it is" in capsys.readouterr().out


def test_a_database_that_was_not_made_is_refused_with_what_would_do(tmp_path: Path) -> None:
    assert run("init", str(tmp_path)) == 0
    (tmp_path / "mailflow.db").unlink()
    with pytest.raises(StoreError, match="mailflow init"):
        _ = Context(tmp_path / "config.toml").db


@pytest.mark.parametrize(
    ("args", "said"),
    [
        pytest.param(["petitoin"], "did you mean 'petition'?", id="misspelled command"),
        pytest.param(["zzz"], "no command 'zzz'", id="no such command"),
        pytest.param(["--nonsense"], "--nonsense", id="no such option"),
        pytest.param(["init", "a", "b"], "unexpected extra argument", id="too many arguments"),
    ],
)
def test_wrong_usage_exits_2(args: list[str], said: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(*args) == 2
    captured = capsys.readouterr()
    assert said in captured.err and captured.out == ""


def test_a_bad_configuration_exits_2_with_a_line_a_problem(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "config.toml").write_text("[association]\nname = 7\n")
    assert run("--config", str(tmp_path / "config.toml"), "init") == 2
    lines = capsys.readouterr().err.splitlines()
    assert "mailflow: config.toml: association.name is 7; it must be text" in lines
    assert all(line.startswith("mailflow: config.toml: ") for line in lines)


def test_the_config_file_is_taken_from_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAILFLOW_CONFIG", str(tmp_path / "there" / "config.toml"))
    assert run("init") == 0
    assert (tmp_path / "there" / "config.toml").exists()


def test_help_imports_no_command_and_nothing_heavy() -> None:
    code = (
        "import sys\nfrom mailflow.cli import main\n"
        "try: main(['--help'])\nexcept SystemExit: pass\n"
        "heavy = {'sqlalchemy', 'rich', 'jinja2', 'imapclient', 'starlette', 'alembic'} & set(sys.modules)\n"
        "commands = [m for m in sys.modules if m.startswith('mailflow.cli.') and m.split('.')[2] not in"
        " ('context', 'output', 'logs')]\n"
        "print(sorted(heavy), commands, file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stderr.strip() == "[] []"
    for name, entry in LAZY.items():
        assert f"  {name}" in done.stdout and entry.help.split(".")[0][:20] in done.stdout


def test_json_is_one_document_with_offsets_and_plain_values(capsys: pytest.CaptureFixture[str]) -> None:
    @dataclass(frozen=True)
    class Row:
        at: datetime
        on: date | None
        state: ProposalState

    row = Row(datetime(2013, 6, 24, 5, tzinfo=UTC), date(2013, 6, 24), ProposalState.DRAFT)
    show([row, {"names": {"b", "a"}, "n": 1, "ok": True, "none": None}], True, "America/Chicago")
    assert json.loads(capsys.readouterr().out) == [
        {"at": "2013-06-24T00:00:00-05:00", "on": "2013-06-24", "state": "draft"},
        {"names": ["a", "b"], "n": 1, "ok": True, "none": None},
    ]
    show_line({"a": "é"})
    assert capsys.readouterr().out == '{"a": "é"}\n'
    with pytest.raises(ValueError, match="naive"):
        jsonable(datetime(2013, 6, 24))  # noqa: DTZ001 -- refused


def test_people_get_plain_tables_in_a_pipe_and_strangers_text_stays_on_its_line(
    capsys: pytest.CaptureFixture[str],
) -> None:
    show([{"n": 1, "subject": "Hello\x1b[31m\nINJECTED"}, {"n": 22, "subject": "[bold]x"}], False)
    assert capsys.readouterr().out == "n   subject\n1   Hello [31m INJECTED\n22  [bold]x\n"
    show({"id": "mig-1", "open": True, "tally": {"signed": 3}, "none": None}, False)
    assert capsys.readouterr().out == "id     mig-1\nopen   yes\ntally  signed 3\nnone\n"
    show([], False)
    show("mig-1", False)
    assert capsys.readouterr().out == "mig-1\n"


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    assert run("init", str(tmp_path)) == 0
    return load(tmp_path / "config.toml")


@pytest.mark.parametrize(
    ("n", "yes", "is_refused"),
    [(0, False, False), (1000, False, False), (1001, False, True), (1001, True, False)],
    ids=["nobody", "as many as may be", "one more", "one more with --yes"],
)
def test_mail_to_many_in_a_pipe_needs_yes(n: int, yes: bool, is_refused: bool, settings: Settings) -> None:
    assert settings.relay.confirm_above == Relay().confirm_above == 1000
    if is_refused:
        with pytest.raises(UsageError, match=r"1001 recipients are more than relay\.confirm_above \(1000\).*--yes"):
            confirm_to_many(n, settings, yes)
    else:
        confirm_to_many(n, settings, yes)


def test_a_clock_that_is_set_starts_there_and_runs_on() -> None:
    clock = Clock(datetime(2013, 6, 24, 9, tzinfo=UTC))
    first = clock()
    assert timedelta(0) <= first - datetime(2013, 6, 24, 9, tzinfo=UTC) < timedelta(minutes=1)
    assert clock() > first
    assert Context(Path("none")).now().tzinfo is UTC


@pytest.mark.parametrize(
    "secret",
    [
        pytest.param("anna.lee@example.org", id="R59 an address"),
        pytest.param("<connect+" + KEY + "@lists.example.org>", id="R59 a reply address"),
        pytest.param(KEY, id="R59 a bare key"),
        pytest.param(KEY.upper(), id="R59 a key in capitals"),
        pytest.param(f"/m/{KEY}", id="R59 a personal link"),
        pytest.param("ö@example.org", id="R59 an address beyond ASCII"),
    ],
)
def test_logs_hold_neither_addresses_nor_keys(secret: str) -> None:
    """R59."""
    line = redact(f"mail 17 of mig-1: could not reach {secret}, again")
    assert "example.org" not in line and KEY not in line.lower()
    assert "mail 17 of mig-1" in line and line.endswith(", again")


def test_an_event_is_one_line_whatever_stands_in_it() -> None:
    record = logging.LogRecord("mailflow.x", logging.WARNING, "f", 1, "bad mail: %s", ("a\n2013 INFO forged",), None)
    line = OneLine().format(record)
    assert "\n" not in line and line.endswith("WARNING mailflow.x bad mail: a | 2013 INFO forged")
    try:
        raise ValueError("for anna@example.org")
    except ValueError:
        record = logging.LogRecord("mailflow.x", logging.ERROR, "f", 1, "parked 3", (), sys.exc_info())
    line = OneLine().format(record)
    assert "\n" not in line and "ValueError" in line and "anna" not in line
