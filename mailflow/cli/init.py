"""`mailflow init [DIR]`: a commented config.toml, and a database of this program's version."""

from __future__ import annotations

import os
from pathlib import Path

import click

from mailflow.cli.context import Context
from mailflow.errors import MailflowError


@click.command()
@click.argument("folder", metavar="[DIR]", required=False, type=click.Path(file_okay=False, path_type=Path))
@click.pass_obj
def init(context: Context, folder: Path | None) -> None:
    """Write a commented config.toml and create the database; again: leave config.toml, upgrade the database."""
    from mailflow.config import load
    from mailflow.service.fetching import note_init
    from mailflow.service.marking import note_mark
    from mailflow.store import mark, migrate, restores
    from mailflow.store.engine import connect

    os.umask(0o077)  # the file will hold passwords, and the database holds people's addresses
    path = folder / "config.toml" if folder is not None else context.config
    if _write_example(path):
        click.echo(f"wrote {path}: mend what it says about your association and your mailbox")
    else:
        click.echo(f"{path} is there already and was left as it is")
    settings = load(path)
    db = connect(settings.database.url)
    try:
        mark.refuse_empty(db, settings.database.url, settings.folder)
        migrate.upgrade(db)
        with db.write() as work:
            note_init(work, context.now())
            is_new = restores.identify(work)
        if is_new:  # a database that has a name may be a backup: `run` looks at the mark that is there
            note_mark(db, settings)
    finally:
        db.close()
    click.echo("the database is ready")


def _write_example(path: Path) -> bool:
    """Write the example unless the file is there; tell whether it was written."""
    from mailflow.config.packaged import packaged

    text = packaged("config.example.toml").read_bytes()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return False
    except OSError as error:
        raise MailflowError(f"{path} can't be written: {error.strerror}") from None
    with open(descriptor, "wb") as file:
        file.write(text)
    return True
