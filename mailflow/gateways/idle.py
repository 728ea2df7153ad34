"""Wait for new mail with IDLE (RFC 2177), so that nothing is missed and a dead server is noticed (R20, R21).

IMAPClient's `idle_check` aborts on a line that TCP split, misses an EXISTS that came with the continuation, and returns
[] for ever once the server is gone. Here one window is: IDLE, wait until the socket has something to say, DONE, read
all up to the tagged answer. What was said does not matter: the caller searches after every window.
"""

from __future__ import annotations

import select
import threading
import time
from typing import Any

from mailflow.gateways.imap_client import ImapClient
from mailflow.gateways.imap_connection import has_unread

LOOK_AT_STOP_S = 0.25


def idle_window(client: ImapClient, window_s: float, stop: threading.Event) -> bool:
    """IDLE until the server says something, `window_s` has passed or `stop` is set; raises what imaplib raises.

    False, at once, when the server refuses to IDLE.
    """
    imap = client._imap
    tag = imap._command("IDLE")
    if not _begin(imap, tag):
        return False
    if not has_unread(imap):  # an EXISTS in the packet of the continuation lies in our buffer: poll would not see it
        _wait_readable(client, window_s, stop)
    imap.send(b"DONE\r\n")
    imap._command_complete("IDLE", tag)
    return True


def _begin(imap: Any, tag: bytes) -> bool:
    """Read up to the continuation; untagged lines may come before it. False when the server refused."""
    while imap._get_response() is not None:
        if imap.tagged_commands[tag]:
            del imap.tagged_commands[tag]
            return False
        imap._check_bye()
    return True


def _wait_readable(client: ImapClient, window_s: float, stop: threading.Event) -> None:
    """Wait until the socket has data or was closed; a closed one shows when the answer to DONE is read."""
    poller = select.poll()
    poller.register(client.socket().fileno(), select.POLLIN)
    ends_at = time.monotonic() + window_s
    while not stop.is_set():
        left_s = ends_at - time.monotonic()
        if left_s <= 0 or poller.poll(1000 * min(left_s, LOOK_AT_STOP_S)):
            return
