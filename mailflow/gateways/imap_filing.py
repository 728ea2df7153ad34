"""Put mails away that were dealt with: moved, copied and expunged, or marked (R26)."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Sequence
from typing import Any

from imapclient import DELETED

from mailflow.errors import MailboxError
from mailflow.gateways.imap_client import ImapClient
from mailflow.gateways.imap_errors import is_plain_refusal
from mailflow.gateways.imap_uids import uid_sets

DONE_KEYWORD = "$MailflowDone"


def way_to_file(client: ImapClient, done_folder: str) -> str:
    """Return how mails are put away here: "move", "copy" or "keyword" (R26)."""
    if done_folder and client.has_capability("MOVE"):
        return "move"
    if done_folder and client.has_capability("UIDPLUS"):  # without UID EXPUNGE other people's deleted mail would go too
        return "copy"
    return "keyword"


def put_away(client: ImapClient, uids: Sequence[int], done_folder: str) -> None:
    """Put the mails away; UIDs that have vanished are no error, and an OK is no proof that they were there (R25)."""
    way = way_to_file(client, done_folder)
    for uid_set in uid_sets(uids):
        if way == "keyword":
            add_keyword(client, uid_set, DONE_KEYWORD)
        else:
            _into_folder(client, uid_set, done_folder, way)


def add_keyword(client: ImapClient, uids: Sequence[int], keyword: str) -> None:
    """Add a keyword (an atom of at most 64 letters, digits and `$_.-`: R18) to mails that stay where they are."""
    if not re.fullmatch(r"[A-Za-z0-9$_.-]{1,64}", keyword):
        raise MailboxError(f"can't be asked: {keyword!r} is no keyword; letters, digits and $_.- would do")
    for uid_set in uid_sets(uids):
        client.add_flags(uid_set, [keyword], silent=True)


def _into_folder(client: ImapClient, uids: Sequence[int], folder: str, way: str) -> None:
    """Open the folder by its name (R27: no LIST); when that fails it is created, and tried once more."""
    transfer: Any = client.move if way == "move" else client.copy
    try:
        transfer(uids, folder)
    except imaplib.IMAP4.error as refused:
        if not is_plain_refusal(refused):
            raise
        _create(client, folder)
        transfer(uids, folder)
    if way == "copy":
        client.add_flags(uids, [DELETED], silent=True)
        client.uid_expunge(uids)


def _create(client: ImapClient, folder: str) -> None:
    """Create and subscribe the folder; a refusal is told by the transfer that follows."""
    for command in (client.create_folder, client.subscribe_folder):
        try:
            command(folder)
        except imaplib.IMAP4.error as refused:
            if not is_plain_refusal(refused):
                raise
