"""The demo's SMTP server: the association's relay and, for everybody outside, the mailbox that the relay leads to.

Mail to the association's own address (with or without a sub-address tag) goes into its mailbox, stamped as the
association's mail server stamps what it takes; all other mail is kept, and that is where members read theirs.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from aiosmtpd.controller import Controller

HOST = "127.0.0.1"
HOSTNAME = "relay.example.org"
SIZE_MAX_BYTES = 32 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Accepted:
    """A mail that the relay took responsibility for: the envelope (RFC 5321) and the bytes, line ends CRLF."""

    mail_from: str
    rcpt_to: tuple[str, ...]
    raw: bytes

    def is_for(self, address: str) -> bool:
        """Tell whether this address is one of the envelope recipients."""
        return address.casefold() in {recipient.casefold() for recipient in self.rcpt_to}


@dataclass(frozen=True, slots=True)
class Refusal:
    """The answer that the relay gives to RCPT TO of an address, or to the final dot of its mail where `at_data`."""

    answer: str
    at_data: bool = False


class SmtpServer:
    """An SMTP server on a free port of this machine; it keeps what it accepts, in order.

    on_accepted: called in the server's thread with each accepted mail before it is answered; if it raises, the mail is
    answered 451 and not kept. refusals: by folded address.
    """

    def __init__(self, on_accepted: Callable[[Accepted], None] = lambda accepted: None) -> None:
        self._on_accepted = on_accepted
        self._lock = threading.Lock()
        self._accepted: list[Accepted] = []
        self.refusals: dict[str, Refusal] = {}
        self.port = 0

    def start(self) -> None:
        """Listen on a free port; `port` says which."""
        # the controller connects to itself to see that it is up, so it must be told a port: 0 would fail
        self.port = free_port()
        self._controller = Controller(
            self, hostname=HOST, port=self.port, server_hostname=HOSTNAME, ident="demo relay",
            data_size_limit=SIZE_MAX_BYTES, enable_SMTPUTF8=True, decode_data=False,
        )  # fmt: skip
        self._controller.start()

    def stop(self) -> None:
        """Close the port and end the thread."""
        self._controller.stop(no_assert=True)

    @property
    def accepted(self) -> Sequence[Accepted]:
        """All mails that were accepted so far, in order."""
        with self._lock:
            return tuple(self._accepted)

    # the names below are those that aiosmtpd looks for

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: list[str]) -> str:
        refusal = self.refusals.get(address.casefold())
        if refusal and not refusal.at_data:
            return refusal.answer
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        for address in envelope.rcpt_tos:
            refusal = self.refusals.get(address.casefold())
            if refusal:
                return refusal.answer
        mail_from = "" if envelope.mail_from in (None, "<>") else envelope.mail_from
        accepted = Accepted(mail_from, tuple(envelope.rcpt_tos), bytes(envelope.content))
        self._on_accepted(accepted)
        with self._lock:
            self._accepted.append(accepted)
        return "250 2.0.0 Accepted"

    async def handle_exception(self, error: Exception) -> str:
        return "451 4.3.0 Try again later"


def free_port() -> int:
    """Give a TCP port of this machine that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
