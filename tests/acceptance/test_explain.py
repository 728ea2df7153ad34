"""`mailflow explain` on files, folders and mbox files: the JSON of the contract, a line for every file."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner

from mailflow.cli.context import Context
from mailflow.cli.explain import explain

MAIL = """From: Ann Poe <ann@town.example.org>
To: connect@assoc.example.org
Subject: Re: Will you sign?
Message-ID: <{name}@town.example.org>
Authentication-Results: mx.assoc.example.org; dmarc=pass header.from=town.example.org
Content-Type: text/plain; charset=utf-8

{body}
"""
SENT = """From: connect@assoc.example.org
Subject: Will you sign?
Message-ID: <sent@assoc.example.org>

Dear member, will you sign? Reply with the word SIGN if you would like to see the new group.
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Three replies and the mail they answer."""
    quote = "> Dear member, will you sign? Reply with the word SIGN\n> if you would like to see the new group."
    bodies = {"a": f"I sign.\n\n{quote}", "b": "Yes", "c": "Who reads this?"}
    for name, body in bodies.items():
        (tmp_path / f"{name}.eml").write_text(MAIL.format(name=name, body=body), encoding="utf-8")
    (tmp_path / "sent").mkdir()
    for name in bodies:
        (tmp_path / "sent" / f"{name}.eml").write_text(SENT, encoding="utf-8")
    return tmp_path


def run(*arguments: str | Path, obj: Any = None) -> list[dict[str, Any]]:
    result = CliRunner().invoke(explain, [*map(str, arguments), "--json"], obj=obj, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_line_has_the_keys_of_the_contract(folder: Path) -> None:
    (row,) = run(folder / "a.eml", "--sent", folder / "sent", "--context", "petition")
    assert row["path"] == str(folder / "a.eml")
    assert row["message_id"] == "<a@town.example.org>"
    assert row["from"] == "ann@town.example.org"
    assert (row["intent"], row["new_text"], row["language"]) == ("sign", "I sign.", "en")
    assert row["reasons"]
    assert row["proof"] == {"level": None, "key": False, "dmarc": "unknown"}


def test_a_folder_gives_a_line_for_each_mail_in_it_sorted(folder: Path) -> None:
    rows = run(folder, "--context", "petition", "--sent", folder / "sent" / "a.eml")
    assert [(Path(row["path"]).name, row["intent"]) for row in rows] == [
        ("a.eml", "sign"), ("b.eml", "sign"), ("c.eml", "question"),
    ]  # fmt: skip


def test_without_a_context_a_bare_yes_is_unclear(folder: Path) -> None:
    (row,) = run(folder / "b.eml")
    assert row["intent"] == "unclear"


def test_pairs_name_the_sent_mail_and_the_context_of_each(folder: Path) -> None:
    pairs = folder / "pairs.jsonl"
    lines = [
        {"path": "a.eml", "sent": "sent/a.eml", "context": "petition"},
        {"path": "b.eml", "sent": None, "context": "proposal"},
    ]
    pairs.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    assert [row["intent"] for row in run("--pairs", pairs)] == ["sign", "comment"]
    assert [row["intent"] for row in run(folder, "--pairs", pairs)] == ["sign", "comment", "question"]


def test_every_file_gets_its_line(folder: Path) -> None:
    (folder / "d.eml").write_bytes(b"\x00\xff\xfe not a mail \r\r\n\n--x")
    (folder / "e.eml").write_bytes(b"")
    (folder / "f.eml").mkdir()
    rows = run(folder)
    assert [Path(row["path"]).name for row in rows] == [f"{name}.eml" for name in "abcdef"]
    assert rows[-1]["intent"] == "unclear"
    assert "can't be read" in rows[-1]["reasons"][0]


def test_an_mbox_gives_a_line_for_each_mail(folder: Path) -> None:
    mails = [MAIL.format(name=name, body=">From here on I sign." if name == "x" else "Yes") for name in "xy"]
    (folder / "box.mbox").write_text("".join(f"From ann@town Mon Jun 24 2013\n{m}\n" for m in mails), encoding="utf-8")
    rows = run(folder / "box.mbox", "--context", "petition")
    assert [row["message_id"] for row in rows] == ["<x@town.example.org>", "<y@town.example.org>"]
    assert [row["path"] for row in rows] == [f"{folder / 'box.mbox'}#{n}" for n in (1, 2)]
    assert rows[1]["intent"] == "sign"


CONFIG = """
[association]
name = "Association"
timezone = "America/Chicago"
[mailbox]
address = "connect@assoc.example.org"
[mailbox.imap]
host = "127.0.0.1"
username = "connect"
password = "secret"
[trust]
authserv_id = "mx.assoc.example.org"
"""


def test_a_configuration_adds_its_trust(folder: Path) -> None:
    """R54: whose stamp is believed is configured."""
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    (row,) = run(folder / "a.eml", obj=Context(folder / "config.toml"))
    assert row["proof"]["dmarc"] == "pass"


@pytest.mark.parametrize("line", ["no json", '{"sent": "x"}', '{"path": "a.eml", "context": "wedding"}', "[]"])
def test_a_bad_list_of_pairs_names_file_and_line(folder: Path, line: str) -> None:
    pairs = folder / "pairs.jsonl"
    pairs.write_text("\n" + line + "\n", encoding="utf-8")
    result = CliRunner().invoke(explain, ["--pairs", str(pairs), "--json"])
    assert result.exit_code == 2
    assert f"{pairs}:2" in result.output


def test_nothing_named_is_wrong_usage() -> None:
    assert CliRunner().invoke(explain, []).exit_code == click.UsageError.exit_code


def test_for_people_the_parts_are_shown_with_intent_and_reasons(folder: Path) -> None:
    result = CliRunner().invoke(explain, [str(folder / "a.eml"), "--context", "petition"], catch_exceptions=False)
    assert result.exit_code == 0
    for words in ("a.eml", "ann@town.example.org", "I sign.", "[quoted]", "sign (en)", "signs in words", "DMARC"):
        assert words in result.output
