"""`mailflow explain`: what a mail means, touching nothing.

Needs no config.toml; where there is one, its trust and address count.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from mailflow.cli.context import Context

if TYPE_CHECKING:
    from mailflow.mail.message import SentText
    from mailflow.mail.reader import Reading

CONTEXTS = ("petition", "proposal", "launch", "confirm")
PARALLEL_MIN = 1000  # from so many files on, a process for each core pays for its start
_FILE_BYTES_MAX = 50_000_000  # a larger file is no mail; mbox files are read mail by mail


@dataclass(frozen=True, slots=True)
class Settings:
    """What a configuration adds: the mailbox's address and delimiter, our own addresses, whose stamps are believed."""

    address: str = ""
    delimiter: str = "+"
    own: frozenset[str] = frozenset()
    authserv_id: str = ""
    profile: str = ""
    arc_sealers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Task:
    """One file to explain: where it is, the mail it answers, and what that mail asked."""

    path: str
    sent: str = ""
    context: str = ""


@click.command()
@click.argument("paths", nargs=-1, metavar="PATH...", type=click.Path(exists=True))
@click.option("--sent", type=click.Path(exists=True), help="The mail that was answered; a folder: same file name.")
@click.option("--context", type=click.Choice(CONTEXTS), help="What that mail asked.")
@click.option(
    "--pairs", type=click.Path(exists=True, dir_okay=False), help='A line for each file: {"path", "sent", "context"}.'
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
@click.pass_obj
def explain(
    context_: Context | None,
    paths: tuple[str, ...],
    sent: str | None,
    context: str | None,
    pairs: str | None,
    as_json: bool,
) -> None:
    """Say what mails mean: intent, new text and the reasons. PATH: mails, folders of *.eml, or mbox files."""
    if not paths and not pairs:
        raise click.UsageError("name a file or folder, or give --pairs FILE.jsonl")
    settings = _configured(context_)
    tasks = _tasks(paths, sent or "", context or "", pairs)
    if as_json:
        for line in _json_lines(tasks, settings):
            sys.stdout.write(line)
            sys.stdout.flush()
    else:
        _show_all(tasks, settings)


def _configured(context: Context | None) -> Settings:
    """Take address and trust from config.toml where there is one; it is not needed."""
    if context is None or not context.config.exists():
        return Settings()
    mailbox, trust = context.settings.mailbox, context.settings.trust
    own = frozenset({mailbox.address.casefold()})
    return Settings(mailbox.address, mailbox.delimiter, own, trust.authserv_id, trust.profile, trust.arc_sealers)


# -- what is to be explained ------------------------------------------------------------------------------------------


def _tasks(paths: tuple[str, ...], sent: str, context: str, pairs: str | None) -> Iterator[Task]:
    listed = _read_pairs(pairs) if pairs else {}
    if not paths:
        yield from listed.values()
        return
    by_name = _by_name(listed)
    for path in _files(paths):
        pair = listed.get(os.path.abspath(path)) or by_name.get(os.path.basename(path))
        if pair:
            yield Task(path, pair.sent or _sent_for(path, sent), pair.context or context)
        else:
            yield Task(path, _sent_for(path, sent), context)


def _files(paths: tuple[str, ...]) -> Iterator[str]:
    for path in paths:
        if os.path.isdir(path):
            yield from sorted(str(p) for p in Path(path).glob("*.eml"))
        else:
            yield path


def _sent_for(path: str, sent: str) -> str:
    if sent and os.path.isdir(sent):
        same = os.path.join(sent, os.path.basename(path))
        return same if os.path.exists(same) else ""
    return sent


def _read_pairs(pairs: str) -> dict[str, Task]:
    """Read the list; paths in it are relative to the folder we are in, else to the list's own."""
    base = os.path.dirname(os.path.abspath(pairs))

    def place(name: str) -> str:
        beside = os.path.join(base, name)
        return name if not name or os.path.exists(name) or not os.path.exists(beside) else beside

    listed: dict[str, Task] = {}
    with open(pairs, encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
                task = Task(place(str(row["path"])), place(str(row.get("sent") or "")), str(row.get("context") or ""))
            except (ValueError, KeyError, TypeError, AttributeError) as error:
                raise click.UsageError(f'{pairs}:{number}: is no {{"path", "sent", "context"}}: {error}') from None
            if task.context and task.context not in CONTEXTS:
                raise click.UsageError(f"{pairs}:{number}: context is {task.context!r}; one of {', '.join(CONTEXTS)}")
            listed[os.path.abspath(task.path)] = task
    return listed


def _by_name(listed: dict[str, Task]) -> dict[str, Task]:
    """Pairs by bare file name, where it stands for one file only."""
    names: dict[str, Task | None] = {}
    for path, task in listed.items():
        name = os.path.basename(path)
        names[name] = None if name in names else task
    return {name: task for name, task in names.items() if task is not None}


# -- reading ----------------------------------------------------------------------------------------------------------


def _raws(path: str) -> Iterator[tuple[str, bytes]]:
    """Yield each mail of a file with its name: an mbox file has many."""
    with open(path, "rb") as file:
        start = file.read(5)
        size = os.fstat(file.fileno()).st_size
        file.seek(0)
        if start != b"From ":
            if size > _FILE_BYTES_MAX:
                raise OSError(f"larger than {_FILE_BYTES_MAX} bytes")
            yield path, file.read()
            return
        for number, raw in enumerate(_split_mbox(file), 1):
            yield (path if path.endswith(".eml") and number == 1 else f"{path}#{number}"), raw


def _split_mbox(lines: Any) -> Iterator[bytes]:
    """Cut an mbox file (RFC 4155) at its 'From ' lines after a blank one; '>From ' is unquoted."""
    mail: list[bytes] = []
    size, blank = 0, True
    for line in lines:
        if blank and line.startswith(b"From "):
            if mail:
                yield b"".join(mail)
            mail, size = [], 0
        elif size <= _FILE_BYTES_MAX:
            size += len(line)
            mail.append(line[1:] if line.startswith(b">From ") else line)
        blank = line in (b"\n", b"\r\n")
    if mail:
        yield b"".join(mail)


@lru_cache(maxsize=64)
def _sent_text(path: str) -> SentText | None:
    from mailflow.mail.message import SentText
    from mailflow.mail.parse import parse

    if not path:
        return None
    message = parse(Path(path).read_bytes())
    return SentText(message.text, message.html, message.subject, message.message_id)


def _read(raw: bytes, task: Task, settings: Settings) -> Reading:
    from mailflow.domain.reading import Context
    from mailflow.mail.proof import Trust
    from mailflow.mail.reader import read_mail, read_reply

    trust = Trust(settings.authserv_id, settings.profile, settings.arc_sealers)
    read = read_mail(raw, address=settings.address, delimiter=settings.delimiter, own=settings.own, trust=trust)
    return read_reply(read, _sent_text(task.sent), Context(task.context))


def _readings(task: Task, settings: Settings) -> Iterator[tuple[str, Reading | str]]:
    """Yield a reading, or why there is none, for each mail of a file."""
    name = task.path
    try:
        for name, raw in _raws(task.path):
            yield name, _read(raw, task, settings)
    except Exception as error:  # every file gets its line, whatever is wrong with it
        yield name, f"can't be read: {type(error).__name__}: {error}"


def _row(path: str, reading: Reading | str) -> dict[str, Any]:
    if isinstance(reading, str):
        row: dict[str, Any] = dict.fromkeys(("message_id", "from", "new_text", "language"), "")
        proof = {"level": None, "key": False, "dmarc": "unknown"}
        return {"path": path, **row, "intent": "unclear", "reasons": [reading], "proof": proof}
    message = reading.message
    return {
        "path": path,
        "message_id": message.message_id,
        "from": message.from_.address if message.from_ else "",
        "intent": reading.intent.intent.value,
        "new_text": reading.new_text,
        "language": reading.intent.language,
        "reasons": list(reading.reasons),
        "proof": {"level": None, "key": bool(reading.candidate_keys), "dmarc": reading.dmarc.value},
        "kind": reading.kind.value,
        "has_question": reading.intent.has_question,
        "recipients": [{"address": s.recipient, "action": s.action, "status": s.status} for s in reading.statuses],
    }


def _lines_of(job: tuple[Task, Settings]) -> str:
    """The JSON lines of one file, with line ends."""
    task, settings = job
    return "".join(json.dumps(_row(*found), ensure_ascii=False) + "\n" for found in _readings(task, settings))


def _json_lines(tasks: Iterator[Task], settings: Settings) -> Iterator[str]:
    """Explain in this process, and on every core once it is clear that there is much to do."""
    import itertools

    jobs = ((task, settings) for task in tasks)
    first = list(itertools.islice(jobs, PARALLEL_MIN))
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(first) < PARALLEL_MIN or cores < 2:
        for job in itertools.chain(first, jobs):
            yield _lines_of(job)
        return
    from multiprocessing import get_context

    with get_context("spawn").Pool(min(cores, 8)) as pool:
        yield from pool.imap(_lines_of, itertools.chain(first, jobs), chunksize=20)


# -- for people -------------------------------------------------------------------------------------------------------

_STYLES = {
    "new": "bold",
    "quoted": "dim",
    "attribution": "dim italic",
    "signature": "cyan",
    "footer": "magenta",
    "banner": "yellow",
}


def _show_all(tasks: Iterator[Task], settings: Settings) -> None:
    from rich.console import Console

    console = Console(highlight=False, soft_wrap=True)
    for task in tasks:
        for path, reading in _readings(task, settings):
            _show(console, path, reading)


def _show(console: Any, path: str, reading: Reading | str) -> None:
    from rich.text import Text

    console.rule(Text(path), align="left")
    if isinstance(reading, str):
        console.print(Text("unclear", style="bold yellow"), Text(reading))
        return
    message = reading.message
    console.print(Text(f"From: {message.from_.address if message.from_ else '(' + message.from_problem + ')'}"))
    console.print(Text(f"Subject: {message.subject}\n"))
    for segment in reading.division.segments:
        label = "" if segment.kind == "new" else f"[{segment.kind}] "
        console.print(Text(label + segment.text, style=_STYLES.get(segment.kind, "")))
    console.print()
    language = f" ({reading.intent.language})" if reading.intent.language else ""
    console.print(
        Text(
            f"{reading.intent.intent.value}{language}",
            style="bold green" if reading.intent.intent == "sign" else "bold",
        )
    )
    for reason in reading.reasons:
        console.print(Text(f"  - {reason}"))
    proof = f"  key: {'yes' if reading.candidate_keys else 'no'}, DMARC: {reading.dmarc.value}"
    console.print(Text(proof, style="dim"))
    for status in reading.statuses:
        console.print(
            Text(f"  {status.recipient}: {status.action} {status.status} {status.diagnostic[:100]}", style="dim")
        )
