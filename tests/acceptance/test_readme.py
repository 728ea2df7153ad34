"""The README's first petition, as it stands: its files, its commands, an answer, and what it leads to."""

from __future__ import annotations

import json
import os
import re
import smtplib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from mailflow.demo.world import World

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")
FILES = re.compile(r"in a file `([a-z.]+)`:\n\n```\w+\n(.*?)```", re.DOTALL)
COMMANDS = re.compile(r"^\$ mailflow (.+)$", re.MULTILINE)
ADDRESS = "connect@lists.example.org"


@pytest.fixture
def world() -> Iterator[World]:
    with World(ADDRESS) as world:
        yield world


def _mailflow(folder: Path, *words: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", "from mailflow.cli import main; main()", *words],
        cwd=folder,
        env={**os.environ, "MAILFLOW_CONFIG": str(folder / "config.toml")},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"mailflow {' '.join(words)}: {done.stdout}{done.stderr}"
    return done.stdout


def _made_ours(config: str, world: World) -> str:
    """Change in the config.toml that init wrote what the README tells to change."""
    for was, now in (
        ('host = "imap.example.org"', f'host = "{world.host}"\nport = {world.imap_port}\nsecurity = "none"'),
        (f'username = "{ADDRESS}"', f'username = "{world.username}"'),
        ('password = "change me"', f'password = "{world.password}"'),
        ('host = "localhost"', f'host = "{world.host}"\nport = {world.smtp_port}'),
        ("threshold = 25", "threshold = 2"),
    ):
        assert was in config
        config = config.replace(was, now, 1)
    return config


def _sign(world: World, invited: str, sender: str) -> None:
    """Answer the newest mail that an address got, from an address of the same member."""
    reply_to = world.mailbox_of(invited)[-1].mail_from
    mail = f"From: {sender}\r\nTo: {reply_to}\r\nSubject: Re: your mail\r\n\r\nSIGN\r\n"
    with smtplib.SMTP(world.host, world.smtp_port, timeout=10) as client:
        client.sendmail(sender, [reply_to], mail.encode())


def test_the_first_petition_of_the_readme(tmp_path: Path, world: World) -> None:
    _mailflow(tmp_path, "init")
    config = tmp_path / "config.toml"
    config.write_text(_made_ours(config.read_text(encoding="utf-8"), world), encoding="utf-8")
    files = dict(FILES.findall(README))
    assert set(files) == {"roster.csv", "petition.md"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    commands = [line.split() for line in COMMANDS.findall(README)]
    first = commands.index(["run", "--once"]) + 1
    for words in commands[:first]:
        _mailflow(tmp_path, *words)
    _sign(world, "dana@example.org", "dana@example.org")
    _sign(world, "sam@example.org", "sam@home.example.org")
    for words in commands[first:]:
        _mailflow(tmp_path, *words)
    shown = json.loads(_mailflow(tmp_path, "petition", "show", "petition-1", "--json"))
    assert (shown["state"], shown["tally"]["validated"]) == ("qualified", 2)
