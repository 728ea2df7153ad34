"""Tries the mailbox step by step: connect, login, what it offers, and its folders; and looks for one mail in it."""

from __future__ import annotations

import imaplib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from mailflow.config import Imap
from mailflow.domain.check import Check, ok, problem, warning
from mailflow.errors import MailboxError, MailboxLoginError
from mailflow.gateways.imap_client import ImapClient
from mailflow.gateways.imap_connection import drop, open_connection
from mailflow.gateways.imap_errors import is_plain_refusal, told
from mailflow.gateways.imap_filing import put_away, way_to_file
from mailflow.gateways.imap_login import Login
from mailflow.gateways.probe_relay import LOOPBACK


@contextmanager
def logged_in(imap: Imap) -> Iterator[ImapClient]:
    """Give a connection that is logged in; raises MailboxError and MailboxLoginError alone."""
    login = Login(imap)
    client: ImapClient | None = None
    try:
        client = open_connection(imap, None)
        login(client)
        yield client
    except MailboxError as known:
        raise type(known)(login.scrubbed(f"mailbox {imap.host}:{imap.port} {known}")) from None
    except Exception as foreign:
        raise MailboxError(login.scrubbed(f"mailbox {imap.host}:{imap.port} {told(foreign)}")) from None
    finally:
        if client is not None:
            drop(client)


def check_mailbox(imap: Imap) -> Iterator[Check]:
    """Say how the mailbox is."""
    try:
        with logged_in(imap) as client:
            secured = {"tls": "TLS", "starttls": "STARTTLS"}.get(imap.security, "no TLS")
            yield ok("mailbox", f"{imap.host}:{imap.port}, {secured}, logged in as {imap.username}")
            if imap.security == "none" and imap.host not in LOOPBACK:
                detail = f"the password goes to {imap.host} in clear"
                yield warning("mailbox TLS", detail, 'set mailbox.imap.security to "tls"')
            yield from _offers(client, imap)
            yield from _folders(client, imap)
    except MailboxLoginError as error:
        yield problem("mailbox", str(error), "check mailbox.imap.username and password, or token_command")
    except MailboxError as error:
        yield problem("mailbox", str(error), "check mailbox.imap.host, port and security")


def _offers(client: ImapClient, imap: Imap) -> Iterator[Check]:
    if client.has_capability("IDLE"):
        yield ok("mailbox IDLE", "new mail is told at once")
    else:
        detail = f"not offered: new mail is seen every {imap.poll_s} s"
        yield warning("mailbox IDLE", detail, "mailbox.imap.poll_s says how often")
    way = way_to_file(client, imap.done_folder)
    if not imap.done_folder:
        yield ok("mailbox filing", "mail that was read stays, marked by a keyword (done_folder is empty)")
    elif way == "keyword":
        detail = "neither MOVE nor UIDPLUS is offered: mail that was read stays, marked by a keyword"
        yield warning("mailbox filing", detail, "nothing must be done; another server would keep INBOX tidy")
    else:
        yield ok("mailbox filing", f"mail that was read goes to {imap.done_folder} by {way.upper()}")


def _folders(client: ImapClient, imap: Imap) -> Iterator[Check]:
    opened = _opened(client, imap.folder)
    if opened is None:
        yield problem("mailbox folder", f"{imap.folder} can't be opened", "check mailbox.imap.folder")
        return
    yield ok("mailbox folder", f"{imap.folder}: {opened.get(b'EXISTS', 0)} mails")
    if b"\\*" not in opened.get(b"PERMANENTFLAGS", ()):
        detail = f"{imap.folder} takes no keywords of ours: other people's mail can't be marked as looked at"
        yield warning("mailbox keywords", detail, "nothing must be done; it is not read twice")
    if imap.done_folder and _opened(client, imap.done_folder) is None:
        yield ok("mailbox done folder", f"{imap.done_folder} is not there yet: it is made with the first mail")
    elif imap.done_folder:
        yield ok("mailbox done folder", f"{imap.done_folder} is there")


def _opened(client: ImapClient, folder: str) -> dict[bytes, Any] | None:
    """Open a folder by its name (R27); None when the server says NO."""
    try:
        return client.select_folder(folder)
    except imaplib.IMAP4.error as refused:
        if not is_plain_refusal(refused):
            raise
        return None


@dataclass
class Finder:
    """Looks for one mail by words of ours that stand in its subject or Message-ID (R18: none of a stranger's)."""

    client: ImapClient
    imap: Imap

    def find(self, word: str) -> bytes | None:
        """Give the mail's header when it is there, and put it away; `word`: letters and digits."""
        for folder in dict.fromkeys([self.imap.folder, self.imap.done_folder]):
            if folder and _opened(self.client, folder) is not None:
                uids = self.client.search(["OR", "SUBJECT", word, "HEADER", "Message-ID", word])
                if uids:
                    return self._taken(uids, folder)
        return None

    def _taken(self, uids: Sequence[int], folder: str) -> bytes:
        answer = self.client.fetch(uids[:1], ["BODY.PEEK[HEADER]"])
        if folder == self.imap.folder:
            put_away(self.client, uids, self.imap.done_folder)
        found = answer.get(uids[0], {}).get(b"BODY[HEADER]", b"")
        return bytes(found or b"")
