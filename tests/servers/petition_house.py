"""A petition with 500 invitations on real servers, 400 answers of every sort, and the program run and killed."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from mailflow import config
from mailflow.app import open_office
from mailflow.demo.cast import Person
from mailflow.demo.client_names import Client
from mailflow.demo.clients import reply
from mailflow.demo.clients.machines import exchange_auto_reply, out_of_office, ticket_system
from mailflow.demo.clients.reports import hard_bounce
from mailflow.demo.mta import stamp
from mailflow.service.petitions import open_petition
from mailflow.service.proposals import add_proposal
from mailflow.service.roster import import_members
from mailflow.store import migrate
from mailflow.store.engine import connect
from tests.acceptance.way_in import (
    LIAISON,
    OPENED,
    ORGANIZER,
    OWNER,
    PETITION,
    PROPOSAL,
    TITLE,
    address_of,
    parsed,
    roster_of,
)
from tests.servers.dovecot import Account
from tests.servers.smtpsink import SmtpSink

MEMBERS, ANSWERS, CONNECTIONS = 500, 400, 2
STRANGER = "stranger@else.example.org"
MAILFLOW = str(Path(sys.executable).with_name("mailflow"))
CONFIG = """
[association]
name = "Example Library Association"
timezone = "America/Chicago"
[mailbox]
address = "connect@lists.example.org"
owner = "{owner}"
[mailbox.imap]
host = "127.0.0.1"
port = {imap_port}
security = "none"
username = "{user}"
password = "{password}"
[relay]
host = "127.0.0.1"
port = {smtp_port}
security = "none"
connections = {connections}
[trust]
authserv_id = "mx.example.org"
[kinds.mig]
title = "Membership Initiative Group"
threshold = 100
audience = "members"
"""


@dataclass
class House:
    """A folder with config.toml and database, a mailbox and a relay."""

    folder: Path
    account: Account
    sink: SmtpSink
    at: datetime = OPENED + timedelta(days=2)

    def __post_init__(self) -> None:
        account = self.account
        self.folder.mkdir(exist_ok=True)
        values = {"imap_port": account.port, "user": account.user, "password": account.password, "owner": OWNER}
        text = CONFIG.format(smtp_port=self.sink.port, connections=CONNECTIONS, **values)
        (self.folder / "config.toml").write_text(text)

    def command(self, *words: str) -> list[str]:
        return [MAILFLOW, "--config", str(self.folder / "config.toml"), *words]

    def start(self, *words: str) -> subprocess.Popen[bytes]:
        """Start `mailflow run`; the clock stands ten minutes later than at the last start."""
        self.at += timedelta(minutes=10)
        command = self.command("run", "--now", self.at.isoformat(), *words)
        return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=(self.folder / "log").open("ab"))

    def run_once(self) -> None:
        assert self.start("--once").wait(timeout=120) == 0, (self.folder / "log").read_text()[-3000:]

    def run_until(self, progress: int) -> bool:
        """Run and kill -9 when so much is done; False when the run ended by itself before."""
        run = self.start("--once")
        while run.poll() is None and self.progress() < progress:
            time.sleep(0.01)
        run.kill()
        return run.wait() != 0

    def show(self, *words: str) -> Any:
        return json.loads(subprocess.run(self.command(*words, "--json"), check=True, capture_output=True).stdout)

    def query(self, sql: str) -> list[tuple[Any, ...]]:
        db = sqlite3.connect(self.folder / "mailflow.db", timeout=30)
        try:
            return db.execute(sql).fetchall()
        finally:
            db.close()

    def progress(self) -> int:
        """Mails read and mails sent."""
        read, sent = "inbox WHERE state <> 'kept'", "outbox WHERE state = 'accepted'"
        return sum(self.query(f"SELECT (SELECT count(*) FROM {read}), (SELECT count(*) FROM {sent})")[0])

    def copies(self) -> int:
        """How many mails reached somebody more than once."""
        seen = Counter(str(parsed(mail.raw)["Message-ID"]) for mail in self.sink.messages)
        return sum(n - 1 for n in seen.values())


@dataclass
class Answers:
    """What is in the mailbox, and what must come of it, counted while it was written."""

    mails: list[tuple[bytes, datetime]] = field(default_factory=list)
    validated: set[str] = field(default_factory=set)
    pending: set[str] = field(default_factory=set)
    bounced: set[str] = field(default_factory=set)
    asked: set[str] = field(default_factory=set)
    held: int = 0

    def check(self, house: House) -> None:
        """Hold everything against the database, the mailbox and what was sent."""
        tally = house.show("petition", "show", PETITION)["tally"]
        counted = {state: n for state, n in tally.items() if n}
        signed = len(self.validated)
        assert counted == {"signed": signed, "validated": signed, "pending": len(self.pending)}
        states = {s["member_id"]: s["state"] for s in house.show("petition", "signatures", PETITION)}
        assert states == dict.fromkeys(self.validated, "validated") | dict.fromkeys(self.pending, "pending")
        assert dict(house.query("SELECT state, count(*) FROM inbox GROUP BY 1")) == {
            "read": len(self.mails) - self.held,
            "held": self.held,
        }
        history = house.query("SELECT signature_id, count(*) FROM signature_history GROUP BY 1 HAVING count(*) > 1")
        assert history == []
        thanked = house.query("SELECT recipient FROM outbox WHERE notice = 'signature_recorded'")
        assert sorted(row[0] for row in thanked) == sorted(self.validated)
        assert {row[0] for row in house.query("SELECT member_id FROM question")} == self.asked
        assert {row[0] for row in house.query("SELECT address_norm FROM suppression WHERE is_stopped")} == self.bounced
        open_rows = house.query("SELECT count(*) FROM outbox WHERE state NOT IN ('accepted', 'suppressed')")
        assert open_rows == [(0,)]
        accepted = {
            f"<{row[0]}.x@lists.example.org>" for row in house.query("SELECT key FROM outbox WHERE state = 'accepted'")
        }
        assert {str(parsed(mail.raw)["Message-ID"]) for mail in house.sink.messages} <= accepted
        assert house.account.all_in("INBOX") == []


def write_answers(invitations: dict[str, bytes], seed: int = 1) -> Answers:
    """Write 400 answers: yes in every program, no, twice, machines, bounces, forgeries, strangers, questions."""
    chance, answers, clients = random.Random(seed), Answers(), list(Client)
    n = 0
    while len(answers.mails) < ANSWERS:
        n += 1
        _answer(answers, n, invitations[address_of(n)], clients[n % len(clients)])
    answers.mails = answers.mails[:ANSWERS]
    chance.shuffle(answers.mails)
    return answers


def _answer(answers: Answers, n: int, sent: bytes, client: Client) -> None:
    person, to, member = Person(f"Robin Sample{n}", address_of(n)), str(parsed(sent)["Reply-To"]), f"m{n}"
    at = OPENED + timedelta(days=1, seconds=n)

    def put(raw: bytes, mail_from: str = person.address, dmarc: Any = "pass") -> None:
        answers.mails.append((stamp(raw, mail_from, to, at, dmarc=dmarc), at))

    kind = n % 10
    words = ("SIGN", "I sign.", "Yes, I sign this petition.")[n % 3]
    if kind <= 4:
        answers.validated.add(member)
        put(reply(client, person, sent, words, at), dmarc="none" if kind == 4 else "pass")
    elif kind == 5:
        put(reply(client, person, sent, "No, I will not sign this.", at))
    elif kind == 6:
        answers.validated.add(member)
        put(reply(client, person, sent, "SIGN", at))
        put(reply(client, person, sent, "SIGN" if n % 20 == 6 else "I sign.", at))
    elif kind == 7:
        machine = (out_of_office, exchange_auto_reply, ticket_system)[n // 10 % 3]
        put(machine(person, sent, at), "", None)
    elif kind == 8 and n % 20 == 8:
        answers.pending.add(member)
        put(reply(client, person, sent, "SIGN", at), "evil@else.example.org", "fail")
    elif kind == 8:
        answers.held += 1
        put(reply(client, person, sent, "I sign.", at, from_address=STRANGER), STRANGER)
    elif n % 30 == 9:
        answers.asked.add(member)
        put(reply(client, person, sent, "When does the group meet?", at))
    elif n % 30 == 19:
        answers.bounced.add(person.address)
        put(hard_bounce(person.address, sent, at), "", None)
    else:
        answers.held += 1
        bare = f"From: {STRANGER}\nSubject: Re: {TITLE}\nMessage-ID: <s{n}@else.example.org>\n\nI sign.\n"
        put(bare.encode(), STRANGER)


@dataclass
class Model:
    """Databases before and after the invitations left, and the answers to them."""

    folder: Path
    answers: Answers

    def house(
        self, folder: Path, account: Account, sink: SmtpSink, *, is_sent: bool = True, has_mail: bool = True
    ) -> House:
        house = House(folder, account, sink)
        shutil.copy(self.folder / ("sent.db" if is_sent else "owed.db"), folder / "mailflow.db")
        if has_mail:
            account.fill(self.answers.mails)
        return house


def make_model(folder: Path, account: Account, sink: SmtpSink) -> Model:
    """Open the petition and let the program itself send the invitations."""
    house = House(folder, account, sink, at=OPENED)
    settings = config.load(folder / "config.toml")
    db = connect(settings.database.url)
    migrate.upgrade(db)
    (folder / "roster.csv").write_text(roster_of(MEMBERS))
    import_members(db, folder / "roster.csv", OPENED - timedelta(days=30))
    office = open_office(db, settings)
    add_proposal(office, PROPOSAL.format(title=TITLE, liaison=LIAISON, organizer=ORGANIZER, more=""), OPENED)
    open_petition(office, PETITION, OPENED)
    db.close()
    shutil.copy(folder / "mailflow.db", folder / "owed.db")
    house.run_once()
    assert len({mail.rcpt_tos[0] for mail in sink.messages}) == MEMBERS + 1  # and the share kit
    assert house.copies() == 0
    shutil.copy(folder / "mailflow.db", folder / "sent.db")
    return Model(folder, write_answers({mail.rcpt_tos[0]: mail.raw for mail in sink.messages}))


NAIVE = """
import email.policy, imaplib, sqlite3, sys
host, port, user, password, path = sys.argv[1:]
db = sqlite3.connect(path, timeout=30)
db.execute("CREATE TABLE IF NOT EXISTS taken (message_id TEXT)")
db.commit()
box = imaplib.IMAP4(host, int(port))
box.login(user, password)
box.select("INBOX")
while uids := box.uid("SEARCH", "UNSEEN")[1][0].split()[:25]:
    found = box.uid("FETCH", b",".join(uids).decode(), "(RFC822)")[1]  # marks them as seen
    for part in found:
        if isinstance(part, tuple):
            message = email.message_from_bytes(part[1], policy=email.policy.default)
            message.get_body(("plain", "html"))
            db.execute("INSERT INTO taken VALUES (?)", (str(message["Message-ID"]),))
    db.commit()
"""


def naive_reader(account: Account, path: Path) -> subprocess.Popen[bytes]:
    """A reader as they are written in a hurry: marks before it commits. The control of the kill test."""
    where: Sequence[str] = (account.host, str(account.port), account.user, account.password, str(path))
    return subprocess.Popen([sys.executable, "-c", NAIVE, *where])
