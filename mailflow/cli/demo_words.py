"""How the demo looks: with colour on a terminal, as plain lines in a pipe; the story, and what came of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, TextIO

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from mailflow.demo.story.act import ZONE

if TYPE_CHECKING:
    from mailflow.demo.narrator import Line
    from mailflow.demo.show import Outcome

_STYLES = {
    "day": "bold", "step": "cyan", "mail": "", "made": "", "why": "dim", "sum": "dim", "milestone": "bold green",
}  # fmt: skip
WHY_MAX = 110  # of the reasons in the table; `inbox show` and --json give them in full
_INDENT = {"day": 0, "made": 9, "why": 11}


def tell_on(stream: TextIO) -> Callable[[Line], None]:
    """Give what prints a line of the story."""
    console = Console(file=stream, highlight=False, markup=False)

    def tell(line: Line) -> None:
        at = f"{line.at.astimezone(ZONE):%H:%M}  " if line.at is not None else ""
        before = {"made": "→ ", "why": "because: "}.get(line.tone, "")
        text = Text(f"{at}{before}{line.text}", style=_STYLES[line.tone])
        if line.tone == "day":
            console.print()
        _put(console, text, _INDENT.get(line.tone, 2))

    return tell


def _put(console: Console, text: Text, indent: int) -> None:
    if console.is_terminal:
        console.print(Padding(text, (0, 0, 0, indent), expand=False))
    else:
        console.print(" " * indent + text.plain, soft_wrap=True)


def show_outcome(outcome: Outcome, keep: Path | None, program: str) -> None:
    """Print what came in and what was made of it, the tally, and whether program and script agree."""
    console = Console(highlight=False, markup=False)
    console.print()
    if not console.is_terminal:
        console.width = 150
    console.print(_accounts(outcome))
    tally = ", ".join(f"{name.replace('_', ' ')} {n}" for name, n in outcome.tally.items())
    console.print(f"The tally: {tally}.", soft_wrap=True)
    console.print(f"Mails: {outcome.mails_in} came in, {outcome.mails_out} went out.", soft_wrap=True)
    if not outcome.differences:
        agrees = "An independent count of the script agrees with the program on every member, comment and mail."
        console.print(Text(agrees, style="bold green"), soft_wrap=True)
        for check in outcome.checks:
            console.print(f"  ✓ {check.what}", soft_wrap=True)
    if keep is not None:
        hint = f"{program} --config {keep}/config.toml petition show mig-1"
        console.print(f"Kept in {keep}: every command works on it, such as `{hint}`.", soft_wrap=True)


def _accounts(outcome: Outcome) -> Table:
    table = Table(title="What came in, what was made of it, and why", title_justify="left", expand=False)
    table.add_column("Mails", justify="right")
    table.add_column("What came in")
    table.add_column("What was made of it")
    table.add_column("For example, because")
    for one in outcome.accounts:
        table.add_row(str(one.mails), one.came, one.made, Text(shorten(one.why, WHY_MAX, placeholder=" …")))
    return table
