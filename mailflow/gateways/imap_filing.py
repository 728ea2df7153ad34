"""Put mails away that were dealt with: moved, copied and expunged, or marked (R26)."""

from __future__ import annotations

import imaplib
import re
from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from imapclient import DELETED

from mailflow.errors import MailboxError
from mailflow.gateways.imap_client import ImapClient
from mailflow.gateways.imap_errors import is_plain_refusal, one_line
from mailflow.gateways.imap_uids import uid_sets

DONE_KEYWORD = "$MailflowDone"


def way_to_file(client: ImapClient, done_folder: str) -> str:
    """Return how mails are put away here: "move", "copy" or "keyword" (R26)."""
    if done_folder and client.has_capability("MOVE"):
        return "move"
    if done_folder and client.has_capability("UIDPLUS"):  # without UID EXPUNGE other people's deleted mail would go too
        return "copy"
    return "keyword"


def put_away(client: ImapClient, uids: Sequence[int], done_folder: str) -> str:
    """Put the mails away; UIDs that have vanished are no error, and an OK is no proof that they were there (R25).

    Where the server refuses the folder (quota, rights, a name it does not take) the mails are marked instead. Returns
    its words then, "" else: that a mail stays where it is must not keep others from being read.
    """
    refusal = ""
    way = way_to_file(client, done_folder)
    for uid_set in uid_sets(uids):
        if way != "keyword":
            refused = _unless_refused(partial(_into_folder, client, uid_set, done_folder, way))
            if not refused:
                continue
            refusal = refused
        refusal = add_keyword(client, uid_set, DONE_KEYWORD) or refusal
    return refusal


def add_keyword(client: ImapClient, uids: Sequence[int], keyword: str) -> str:
    """Add a keyword (an atom of at most 64 letters, digits and `$_.-`: R18) to mails that stay where they are.

    Returns the words of a server that takes no keywords, "" else.
    """
    if not re.fullmatch(r"[A-Za-z0-9$_.-]{1,64}", keyword):
        raise MailboxError(f"can't be asked: {keyword!r} is no keyword; letters, digits and $_.- would do")
    refusal = ""
    for uid_set in uid_sets(uids):
        refusal = _unless_refused(partial(client.add_flags, uid_set, [keyword], silent=True)) or refusal
    return refusal


def _unless_refused(command: Callable[[], Any]) -> str:
    """Run a command; return the server's words when it says NO, "" when it obeys; any other failure is raised."""
    try:
        command()
    except imaplib.IMAP4.error as refused:
        if not is_plain_refusal(refused):
            raise
        return one_line(str(refused))
    return ""


def _into_folder(client: ImapClient, uids: Sequence[int], folder: str, way: str) -> None:
    """Open the folder by its name (R27: no LIST); when that fails it is created, and tried once more."""
    transfer = partial(client.move if way == "move" else client.copy, uids, folder)
    if _unless_refused(transfer):
        _unless_refused(partial(client.create_folder, folder))
        _unless_refused(partial(client.subscribe_folder, folder))
        transfer()
    if way == "copy":
        client.add_flags(uids, [DELETED], silent=True)
        client.uid_expunge(uids)
