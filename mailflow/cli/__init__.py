"""The command line: `mailflow [--config FILE] COMMAND`. A command's module is imported when the command is called."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click

from mailflow import __version__
from mailflow.cli.context import CONFIG_VARIABLE, Clock, Context
from mailflow.errors import ConfigError, MailflowError, UsageError


class Lazy(NamedTuple):
    """Where a command lives, and what `--help` says of it without importing it."""

    target: str
    help: str


LAZY = {
    "demo": Lazy("mailflow.cli.demo:demo", "Play the whole story on embedded servers; nothing to configure."),
    "init": Lazy("mailflow.cli.init:init", "Write a commented config.toml and create the database."),
    "doctor": Lazy("mailflow.cli.doctor:doctor", "Check everything that the service needs; a line each."),
    "run": Lazy("mailflow.cli.run:run", "The service: read mail, do what is due, deliver."),
    "restore": Lazy("mailflow.cli.restore:restore", "After the database was put back from a backup."),
    "members": Lazy("mailflow.cli.members:members", "The roster."),
    "units": Lazy("mailflow.cli.units:units", "The tree of groups."),
    "proposal": Lazy("mailflow.cli.proposal:proposal", "Proposals and their feedback."),
    "petition": Lazy("mailflow.cli.petition:petition", "Petitions and their signatures."),
    "launch": Lazy("mailflow.cli.launch:launch", "Launches and their delays."),
    "notice": Lazy("mailflow.cli.notice:notice", "Announcements."),
    "digest": Lazy("mailflow.cli.digest:digest", "Organizers' digests."),
    "inbox": Lazy("mailflow.cli.inbox:inbox", "Every mail that came in, what was made of it and why."),
    "outbox": Lazy("mailflow.cli.outbox:outbox", "What waits to be sent; the stop switch."),
    "explain": Lazy("mailflow.cli.explain:explain", "What a mail means, touching nothing."),
    "audit": Lazy("mailflow.cli.audit:audit", "The evidence ledger: verify it, look up a receipt."),
    "status": Lazy("mailflow.cli.status:status", "Counts, lags, what waits for a person."),
}


class LazyGroup(click.Group):
    """A group whose commands are named in LAZY and imported when they are called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Name the commands in the order of the table."""
        return list(LAZY)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import one command; None when there is none of that name."""
        if cmd_name not in LAZY:
            return None
        module, _, name = LAZY[cmd_name].target.partition(":")
        command = getattr(import_module(module), name)
        assert isinstance(command, click.Command)
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        """Refuse an unknown command, naming the nearest."""
        if args and args[0] not in LAZY and not args[0].startswith("-"):
            from difflib import get_close_matches

            near = get_close_matches(args[0], LAZY, 1)
            ctx.fail(f"no command {args[0]!r}" + (f"; did you mean {near[0]!r}?" if near else "; see mailflow --help"))
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands by the table alone."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, entry.help) for name, entry in LAZY.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--config",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Default: $MAILFLOW_CONFIG, then ./config.toml.",
)
@click.option("-v", "--verbose", count=True, help="Log more; twice: libraries too.")
@click.option("-q", "--quiet", is_flag=True, help="Log only what is wrong.")
@click.version_option(__version__, prog_name="mailflow")
@click.pass_context
def cli(ctx: click.Context, config: Path | None, verbose: int, quiet: bool) -> None:
    """Proposals, petitions and announcements of a membership association, run by email."""
    from mailflow.cli import logs

    logs.set_up(verbose, quiet)
    ctx.obj = Context(config or Path(os.environ.get(CONFIG_VARIABLE) or "config.toml"), Clock())
    ctx.call_on_close(ctx.obj.close)


def main(args: list[str] | None = None) -> None:
    """Run the command line and exit: 0 done, 1 failed, 2 wrong usage or configuration; one line says why."""
    try:
        code = cli.main(args=args, prog_name="mailflow", standalone_mode=False)
    except click.exceptions.Abort:
        _say("nothing was done")
        code = 1
    except click.ClickException as error:
        error.show()
        code = error.exit_code
    except MailflowError as error:
        _say(str(error), "config.toml: " if isinstance(error, ConfigError) else "")
        code = 2 if isinstance(error, UsageError) else 1
    except BrokenPipeError:
        # whoever read us has enough; keep the interpreter's last flush from complaining
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        code = 1
    sys.exit(code if isinstance(code, int) else 0)


def _say(text: str, about: str = "") -> None:
    for line in text.splitlines():
        click.echo(f"mailflow: {about}{line}", err=True)
