"""The gateway as tests of faults use it: short timeouts, no waits of its own."""

from __future__ import annotations

import threading

from mailflow.gateways.imap import ImapMailbox, ImapSettings
from tests.acceptance.imap_fault import FaultServer

RAW = b"From: Ann Example <ann@example.org>\r\nMessage-ID: <1@example.org>\r\nSubject: Re: SIGN\r\n\r\nI sign.\r\n"
OTHER = RAW.replace(b"<1@", b"<2@")
NEVER = threading.Event()


def settings(server: FaultServer, **other: object) -> ImapSettings:
    """The settings for the server; `other` replaces single ones."""
    values = {
        "host": server.host,
        "port": server.port,
        "username": server.user,
        "password": server.password,
        "security": "none",
        "read_timeout_s": 0.4,
        "connect_timeout_s": 2,
        "max_bytes": 10_000,
    }
    return ImapSettings(**(values | other))  # type: ignore[arg-type]


def mailbox_of(server: FaultServer, **other: object) -> ImapMailbox:
    """A mailbox that waits for nothing between tries."""
    return ImapMailbox(settings(server, **other), floor_s=0, patience_s=0)


def raws(mailbox: ImapMailbox, after_uid: int = 0) -> list[bytes]:
    """What lies there above `after_uid`."""
    return [arrival.raw for arrival in mailbox.fetch_new(after_uid, 50)]
