"""Ten thousand replies as the world's mail programs write them, 8 to 16 kB each, to the invitations of a world."""

from __future__ import annotations

import os
import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from bench.world import NOW
from mailflow.demo.cast import _CLIENT_WEIGHTS, Person
from mailflow.demo.client_names import Client
from mailflow.demo.clients import reply
from mailflow.demo.mta import stamp
from mailflow.domain.relay import Envelope
from tests.servers.dovecot import Account

SIZES = (8_000, 16_000)
_WORDS = (
    "I sign.",
    "Yes, I sign this petition.",
    "Please count me in, I sign.\n\nI have waited for this for years.",
    "I support this and sign it.",
    "Who may join the group, and does it cost anything?",
    "I think the statement should say more about school libraries.",
    "No, thank you.",
    "Happy to sign.\n\nBest wishes",
)
_MORE = (
    "We have tried something like this in our own library, and what helped most was that somebody wrote down after "
    "every meeting what had been agreed, who would do it and by when. "
)


def write(folder: Path, sent: Iterable[Envelope], seed: int = 20130624) -> Counter[str]:
    """Write a reply to each mail into folder, one file a mail, and count the programs that were used."""
    folder.mkdir()
    moments = random.Random(seed)
    used: Counter[str] = Counter()
    clients, weights = list(_CLIENT_WEIGHTS), list(_CLIENT_WEIGHTS.values())
    for n, envelope in enumerate(sent, 1):
        person = Person(f"Robin Sample{n}", envelope.rcpt_to, f"m{n}")
        client = moments.choices(clients, weights)[0]
        raw = _of_size(client, person, envelope, moments)
        used[client.name] += 1
        (folder / f"{n:06d}.eml").write_bytes(raw)
    return used


def _of_size(client: Client, person: Person, envelope: Envelope, moments: random.Random) -> bytes:
    words = moments.choice(_WORDS)
    wanted = moments.randrange(*SIZES)
    raw = reply(client, person, envelope.body, words, NOW)
    if len(raw) < wanted:  # the rest is said in further paragraphs of the person's own
        each = len(reply(client, person, envelope.body, words + "\n\n" + _MORE, NOW)) - len(raw)
        more = "\n\n".join([_MORE.strip()] * max(0, (wanted - len(raw)) // max(each, 1)))
        raw = reply(client, replace(person), envelope.body, f"{words}\n\n{more}" if more else words, NOW)
    return stamp(raw, person.address, envelope.mail_from, NOW)


def fill(account: Account, folder: Path) -> None:
    """Put the replies into an account's INBOX, by hard links into its maildir; the file's time is the INTERNALDATE."""
    account.all_in("INBOX")  # Dovecot makes the folders
    owner = account.maildir.stat()
    for path in sorted(folder.iterdir()):
        place = account.maildir / "new" / f"{int(NOW.timestamp())}.M{path.stem}P1.bench"
        os.link(path, place)
    if (first := next(folder.iterdir())).stat().st_uid != owner.st_uid or first.stat().st_mtime != NOW.timestamp():
        for path in folder.iterdir():
            os.chown(path, owner.st_uid, owner.st_gid)
            os.utime(path, (NOW.timestamp(), NOW.timestamp()))
    account.all_in("INBOX")  # and gives them their UIDs
