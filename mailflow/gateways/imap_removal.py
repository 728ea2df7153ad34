"""Delete mails for good: found by place or size, known by the SHA-256 of their bytes, and only those."""

from __future__ import annotations

import imaplib
from collections.abc import Sequence
from hashlib import sha256

from imapclient import DELETED

from mailflow.domain.removal import Removal
from mailflow.gateways.imap_client import ImapClient
from mailflow.gateways.imap_errors import is_plain_refusal

ALIKE_MAX = 200
"""Mails of one size that are looked at for one removal."""


def remove_here(client: ImapClient, wanted: Sequence[Removal], uidvalidity: int) -> None:
    """Delete what is wanted and lies in the open folder; what has vanished, or has other bytes, is left alone.

    uidvalidity: the folder's, where its UIDs are those of the removals; 0 where they are not. Without UIDPLUS the mail
    is marked as deleted, and goes with the next EXPUNGE of any client: other people's deleted mail is not ours to end.
    At Gmail it goes into the bin, which is emptied after 30 days.
    """
    for one in wanted:
        # only numbers go into the search (R18)
        uids = [one.uid] if uidvalidity == one.uidvalidity else _of_size(client, one.size_bytes)
        for uid in uids:
            if _fits(client, uid, one.raw_sha256):
                _delete(client, uid)


def _delete(client: ImapClient, uid: int) -> None:
    if client.has_capability("X-GM-EXT-1"):  # there an expunge takes a label away, and All Mail keeps the mail (R31)
        client.add_gmail_labels([uid], ["\\Trash"], silent=True)
        return
    client.add_flags([uid], [DELETED], silent=True)
    if client.has_capability("UIDPLUS"):
        client.uid_expunge([uid])


def open_folder(client: ImapClient, folder: str) -> bool:
    """Open a folder by its name (R27); tells whether the server has it."""
    try:
        client.select_folder(folder)
    except imaplib.IMAP4.error as refused:
        if not is_plain_refusal(refused):
            raise
        return False
    return True


def _of_size(client: ImapClient, size_bytes: int) -> list[int]:
    found = client.search(["LARGER", str(size_bytes - 1), "SMALLER", str(size_bytes + 1)])
    return sorted(found)[-ALIKE_MAX:]


def _fits(client: ImapClient, uid: int, raw_sha256: str) -> bool:
    body = client.fetch([uid], ["BODY.PEEK[]"]).get(uid, {}).get(b"BODY[]")
    return isinstance(body, bytes) and sha256(body).hexdigest() == raw_sha256
