"""`mailflow demo`: the whole story on embedded servers, with nothing to configure."""

from __future__ import annotations

import io
import logging
import shutil
import signal
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

import click

from mailflow.cli import output
from mailflow.cli.context import Context
from mailflow.cli.output import json_option
from mailflow.errors import MailflowError, UsageError

if TYPE_CHECKING:
    from mailflow.app import App
    from mailflow.demo.narrator import Line
    from mailflow.demo.show import Outcome


@click.command()
@click.option("--seed", type=int, default=1, show_default=True, metavar="N", help="Another number, another cast.")
@click.option(
    "--keep",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="DIR",
    help="Leave configuration and mails here.",
)
@click.option("--stay", is_flag=True, help="Stay up with the petition open, to take part in.")
@json_option
@click.pass_obj
def demo(context: Context, seed: int, keep: Path | None, stay: bool, as_json: bool) -> None:
    """Play the whole story on embedded mail servers: a petition that is signed by mail, a launch that is delayed."""
    if stay and as_json:
        raise UsageError("--stay and --json: a demo that stays up gives no document; leave one of them out")
    _check_extra()
    from mailflow.demo.keeping import claim_folder

    log = logging.getLogger("mailflow")
    if log.level == logging.INFO:  # neither --verbose nor --quiet: the story tells what happens
        log.setLevel(logging.WARNING)
    with ExitStack() as ends:
        if keep is not None:
            claim_folder(keep)
        folder = keep or Path(ends.enter_context(tempfile.TemporaryDirectory(prefix="mailflow-demo-")))
        if stay:
            from mailflow.demo.stay import stay_up

            stay_up(folder.absolute(), seed, _teller(as_json), _end_by_signal, program=_program())
            return
        from mailflow.demo.show import play_all

        _report(play_all(folder.absolute(), seed, _teller(as_json), keep=keep is not None), as_json, keep)


def _check_extra() -> None:
    """Say plainly what is missing where the demo's servers were not installed."""
    from importlib.util import find_spec

    missing = [name for name in ("aiosmtpd", "pymap") if find_spec(name) is None]
    if missing:
        raise UsageError(f"the demo needs {' and '.join(missing)}: pip install 'mailflow[demo]'")


def _report(outcome: Outcome, as_json: bool, keep: Path | None) -> None:
    if as_json:
        output.show(outcome.document(), True)
    else:
        from mailflow.cli.demo_words import show_outcome

        show_outcome(outcome, keep, _program())
    if outcome.differences:
        raise MailflowError("the program and the script differ:\n" + "\n".join(outcome.differences))


def _program() -> str:
    """Say how this program can be called from here: by its name, or by its path where the name is not found."""
    name = "mailflow"
    return name if shutil.which(name) or Path(sys.argv[0]).name != name else sys.argv[0]


def _end_by_signal(app: App, _stage: object, _guest: object) -> None:
    """Let Ctrl-C and SIGTERM end it well."""

    def end(_signal: int, _frame: FrameType | None) -> None:
        app.stop.set()

    signal.signal(signal.SIGTERM, end)
    signal.signal(signal.SIGINT, end)


def _teller(as_json: bool) -> Callable[[Line], None]:
    """Tell on stdout; with --json on stderr where somebody looks, else nowhere."""
    from mailflow.cli.demo_words import tell_on

    if as_json and not sys.stderr.isatty():
        return lambda line: None
    stream = sys.stderr if as_json else sys.stdout
    if isinstance(stream, io.TextIOWrapper):
        stream.reconfigure(errors="replace")  # names in every script, on terminals that know few
    return tell_on(stream)
