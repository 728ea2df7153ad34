"""The demo that stays up: the story is played until the petition is well under way, and then you are a member of it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from email import message_from_bytes
from email.header import decode_header, make_header
from pathlib import Path

from mailflow.app import App
from mailflow.demo import browser
from mailflow.demo.cast import Person
from mailflow.demo.clients.original import read_original
from mailflow.demo.narrator import Line, Narrator
from mailflow.demo.play import FIRST_START, PETITION, Play
from mailflow.demo.stage import Stage
from mailflow.demo.story.act import ZONE, on
from mailflow.demo.story.petition_acts import NOTICE
from mailflow.demo.story.script import write_script
from mailflow.demo.wording import made, quoted, why
from mailflow.demo.world import PASSWORD
from mailflow.store import inbox

UNTIL = on(2013, 6, 28, 18, 30)
LOOK_S = 0.3
ROLES = ("inbox", "clock", "outbox")  # the pages are served by the stage


@dataclass(frozen=True, slots=True)
class Guest:
    """Who takes part as whom. key_address: where their invitation is answered to. page: their personal page."""

    person: Person
    key_address: str
    page: str


def stay_up(
    folder: Path, seed: int, tell: Callable[[Line], None], started: Callable[[App, Stage, Guest], None],
    until: datetime = UNTIL, program: str = "mailflow",
) -> None:  # fmt: skip
    """Play the story until an instant, then let the program run until app.stop is set; each mail is told.

    started: called once everything is up, before this blocks. program: how this program is called, for the hints.
    """
    script = write_script(seed)
    with Stage(folder, script.cast, FIRST_START) as stage:
        play = Play(stage, script)
        for line in Narrator().tell(play.scenes(until)):
            tell(line)
        stage.clock.move_to(until)
        guest = _guest(stage, play, until)
        for text in _how_to(stage, guest, program):
            tell(Line("sum", text))
        stage.clock.run_on()
        watcher = threading.Thread(target=_watch, args=(stage, stage.app.stop, tell), name="watcher")
        watcher.start()
        started(stage.app, stage, guest)
        try:
            stage.app.run(ROLES)
        finally:
            stage.app.stop.set()
            watcher.join()


def _guest(stage: Stage, play: Play, until: datetime) -> Guest:
    """Choose a member who has done nothing so far, and give them a mailbox that can be logged in to."""
    busy = {person for act in play.script.acts if act.at < until for person in (act.who, act.reader, act.member)}
    shared = {person.address for person in play.script.cast.sharing}
    person = next(
        person
        for person in play.script.cast.members
        if person not in busy and person.address not in shared and person.language == "en"
        and person.in_good_standing(until.date())
    )  # fmt: skip
    stage.world.give_login(person.address, PASSWORD)
    sent = stage.sent_to(person, NOTICE)
    return Guest(person, read_original(sent).reply_to, browser.personal_link(sent, stage.public_url))


def _how_to(stage: Stage, guest: Guest, program: str) -> Iterator[str]:
    """Say how to take part."""
    world, person = stage.world, guest.person
    now = stage.clock().astimezone(ZONE)
    yield ""
    yield f"The petition is open, and you can take part. The story's clock says {now:%B %d, %Y, %H:%M} and runs on."
    yield f"You are {person.name}, a member in good standing; your invitation lies in your mailbox:"
    yield f"  read     IMAP {world.host}:{world.imap_port}, no encryption, user {person.address}, password {PASSWORD}"
    yield f"  write    SMTP {world.host}:{world.smtp_port}, no encryption, no login"
    yield f"  pages    {guest.page} is yours, {stage.public_url}/p/{PETITION} is everybody's"
    yield "Set up a mail program with these, or send a mail from another terminal:"
    yield f"  {_command(stage, guest, 'SIGN')}"
    yield "Then try 'Please withdraw my signature', or a question. Every mail is told here. Look on with:"
    yield f"  {program} --config {stage.folder}/config.toml petition show {PETITION}"
    yield f"  {program} --config {stage.folder}/config.toml inbox list"
    yield "Ctrl-C ends it."


def _command(stage: Stage, guest: Guest, words: str) -> str:
    """Give a shell command that sends an answer to the invitation."""
    address = guest.person.address
    mail = f"From: {address}\\nTo: {guest.key_address}\\nSubject: {words}\\n\\n{words}"
    host = f"'{stage.world.host}', {stage.world.smtp_port}"
    return f"python3 -c \"import smtplib; smtplib.SMTP({host}).sendmail('{address}', '{guest.key_address}', '{mail}')\""


def _watch(stage: Stage, stop: threading.Event, tell: Callable[[Line], None]) -> None:
    """Tell each mail that is read and each that leaves, until `stop` is set and the last was told."""
    with stage.db.read() as work:
        rows = inbox.rows(work)
    last_n, seen, is_over = rows[-1].n if rows else 0, len(stage.world.outgoing), False
    while not is_over:
        is_over = stop.wait(LOOK_S)
        with stage.db.read() as work:
            rows = [row for row in inbox.rows(work, since_n=last_n) if row.verdict]
        new = stage.world.outgoing[seen:]
        for row in rows:
            tell(Line("mail", f"{row.from_address} {quoted(row.new_text or row.subject)}", row.arrived_at))
            tell(Line("made", made(row)))
            tell(Line("why", why(row)))
        for mail in new:
            subject = make_header(decode_header(str(message_from_bytes(mail.raw)["Subject"] or "")))
            tell(Line("mail", f"a mail to {mail.rcpt_to[0]}: {subject}", stage.clock()))
        last_n, seen = rows[-1].n if rows else last_n, seen + len(new)
