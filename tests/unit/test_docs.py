"""The documentation is held against the code: names, links and commands that it mentions are there."""

from __future__ import annotations

import re
from importlib import import_module
from pathlib import Path

import click
import pytest

from mailflow.cli import LAZY, cli

ROOT = Path(__file__).parents[2]
PAGES = sorted([ROOT / "README.md", *(ROOT / "docs").rglob("*.md")])
ROOMS = "app|web|gateways|service|store|config|mail|domain|errors"
NAME = re.compile(rf"(?<![\w./])((?:{ROOMS})(?:\.[A-Za-z_]\w*)+)(?![\w/]|\.\w)")
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(#[^)]*)?\)")
COMMAND = re.compile(
    r"(?:`|^|^\$ |-u mailflow )mailflow (?!mailflow )((?:[a-z][a-z-]*)(?: [a-z][a-z-]*)?)(?= |`|$)", re.MULTILINE
)
SETTINGS = re.compile(r"(?:mail|web|store)\.(?:listen|public_url|example\.\w+)|config\.(?:toml|example)\b.*")


def _ids(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def _resolve(dotted: str) -> object:
    parts = dotted.split(".")
    for cut in range(len(parts), 0, -1):
        try:
            found: object = import_module(".".join(["mailflow", *parts[:cut]]))
        except ModuleNotFoundError:
            continue
        for name in parts[cut:]:
            found = getattr(found, name)
        return found
    raise AttributeError(dotted)


NAMES = [
    n for n in sorted(set(NAME.findall((ROOT / "docs/developers.md").read_text("utf-8")))) if not SETTINGS.match(n)
]


@pytest.mark.parametrize("dotted", NAMES)
def test_a_name_of_the_code_in_the_developers_page_exists(dotted: str) -> None:
    assert _resolve(dotted) is not None


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    for target, anchor in LINK.findall(page.read_text("utf-8")):
        file = (page.parent / target) if target else page
        assert file.exists(), target
        if anchor:
            titles = re.findall(r"^#+ (.+)$", file.read_text("utf-8"), re.MULTILINE)
            assert anchor[1:] in {re.sub(r"[^\w -]", "", t).lower().replace(" ", "-") for t in titles}, anchor


@pytest.mark.parametrize("page", PAGES, ids=_ids)
def test_commands_on_a_page_exist(page: Path) -> None:
    for words in COMMAND.findall(page.read_text("utf-8")):
        first, *rest = words.split()
        command = cli.get_command(click.Context(cli), first)
        assert command is not None, words
        if rest and isinstance(command, click.Group):
            assert rest[0] in command.commands, words


@pytest.mark.parametrize("name", LAZY)
def test_the_help_of_a_group_cuts_no_sentence(name: str) -> None:
    command = cli.get_command(click.Context(cli), name)
    assert isinstance(command, click.Command)
    shown = command.get_help(click.Context(command, info_name=name, terminal_width=80))
    assert not [line for line in shown.splitlines() if line.endswith("...") and "Usage:" not in line]
