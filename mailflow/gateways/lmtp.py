"""The LMTP door (RFC 2033): our own mail server hands over mail, and is told 250 when it is committed, not before."""

from __future__ import annotations

import asyncio
import ipaddress
import logging
import os
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import Any

from aiosmtpd.smtp import Envelope

from mailflow.config import Settings
from mailflow.domain.arrival import Arrival
from mailflow.errors import ConfigError
from mailflow.gateways.lmtp_commit import Committer, Keep
from mailflow.gateways.lmtp_session import OUR_FAULT, Session
from mailflow.mail.address import fold

log = logging.getLogger(__name__)
logging.getLogger("mail.log").setLevel(logging.WARNING)  # aiosmtpd tells every address there

LOW_DISK = "452 4.3.1 no room for mail now; try again later"
BACKLOG = "451 4.3.2 too much mail waits to be read; try again later"
NO_SUCH_MAILBOX = "550 5.1.1 no such mailbox here"
BACKLOG_MAX = 10_000
LOOK_EVERY_S = 1.0  # how old the number of waiting mails may be
IDLE_S = 300.0
UNIX = "unix:"


@dataclass(frozen=True)
class House:
    """What the door asks of the house.

    keep: commits raw mails. waiting: how many are kept and not read. has_room: on the disk. kept: called after each
    commit.
    """

    keep: Keep
    waiting: Callable[[], int]
    has_room: Callable[[], bool]
    now: Callable[[], datetime]
    kept: Callable[[], None] = lambda: None


@dataclass
class _Hooks:
    """What aiosmtpd calls. A mail's place is this door's number and a counter: a second keep of it adds nothing."""

    house: House
    settings: Settings
    committer: Committer
    number: int = field(default_factory=lambda: secrets.randbits(62))
    count: int = 0
    looked_s: float = float("-inf")
    is_backlog: bool = False

    async def handle_EHLO(
        self, server: Any, session: Any, _envelope: Any, hostname: str, lines: list[str]
    ) -> list[str]:
        session.host_name = hostname
        return [*lines[:-1], "250-PIPELINING", lines[-1]]

    async def handle_MAIL(self, _server: Any, _session: Any, envelope: Envelope, address: str, options: Any) -> str:
        if not self.house.has_room():
            return LOW_DISK
        if await self._is_behind():
            return BACKLOG
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 ok"

    async def _is_behind(self) -> bool:
        if time.monotonic() - self.looked_s > LOOK_EVERY_S:
            self.looked_s = time.monotonic()
            self.is_backlog = await asyncio.to_thread(self.house.waiting) > BACKLOG_MAX
        return self.is_backlog

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Envelope, address: str, _options: Any) -> str:
        if not is_ours(address, self.settings.mailbox.address, self.settings.mailbox.delimiter):
            return NO_SUCH_MAILBOX
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Envelope) -> str:
        arrived_at = self.house.now()  # the time that counts: when the final dot came (design rule 6)
        raw = stamped(envelope)
        self.count += 1
        mailbox = self.settings.mailbox.address
        arrival = Arrival("lmtp", mailbox, self.number, self.count, raw, False, len(raw), arrived_at)
        try:
            await self.committer.keep(arrival)
        except TimeoutError:
            log.warning("a mail could not be committed in time: its sender is asked to come again")
            return OUR_FAULT
        return "250 2.0.0 kept"


def is_ours(address: str, own: str, delimiter: str) -> bool:
    """Tell whether a recipient is our address, with or without a sub-address."""
    local, _, domain = fold(address).rpartition("@")
    own_local, _, own_domain = fold(own).rpartition("@")
    bare = local.split(delimiter, 1)[0] if delimiter else local
    return domain == own_domain and own_local in (local, bare)


def stamped(envelope: Envelope) -> bytes:
    """Give the mail with what a final delivery writes on top (RFC 5321 section 4.4): the envelope is not lost."""
    sender = (envelope.mail_from or "").removeprefix("<").removesuffix(">")  # aiosmtpd gives the null path as <>
    lines = [f"Return-Path: <{sender}>", *(f"Delivered-To: {to}" for to in envelope.rcpt_tos)]
    head = "".join(f"{line}\r\n" for line in lines).encode("utf-8", "replace")
    content = envelope.original_content
    assert content is not None
    return head + content


# --- serving ----------------------------------------------------------------------------------------------------
def serve(settings: Settings, house: House, stop: threading.Event, ready: Callable[[], None] = lambda: None) -> None:
    """Serve mailbox.lmtp until `stop` is set; mails in hand are committed first. Raises ConfigError, OSError."""
    asyncio.run(_serve(settings, house, stop, ready))


async def _serve(settings: Settings, house: House, stop: threading.Event, ready: Callable[[], None]) -> None:
    lmtp = settings.mailbox.lmtp
    if lmtp is None:
        raise ConfigError("mailbox.lmtp", "is not set", "it is where our own mail server hands over mail")
    committer = Committer(house.keep, house.kept)
    hooks = _Hooks(house, settings, committer)
    peers: set[Session] = set()
    allow = [ipaddress.ip_network(network) for network in lmtp.allow]
    Session.line_length_limit = settings.mailbox.max_bytes  # a long line is no reason to lose a mail
    session = partial(
        Session, hooks, allow, peers, data_size_limit=settings.mailbox.max_bytes, enable_SMTPUTF8=True,
        hostname=fold(settings.mailbox.address).rpartition("@")[2], ident="LMTP", timeout=IDLE_S,
        loop=asyncio.get_running_loop(),
    )  # fmt: skip
    server = await _listen(lmtp.listen, session)
    async with server:
        ready()
        while not stop.is_set():
            await asyncio.sleep(0.1)
        server.close()
        await committer.finish()
        for peer in list(peers):
            if peer.transport is not None:
                peer.transport.close()
    await asyncio.sleep(0)


async def _listen(listen: str, session: Callable[[], Session]) -> asyncio.Server:
    loop = asyncio.get_running_loop()
    try:
        if listen.startswith(UNIX):
            path = listen.removeprefix(UNIX)
            server = await loop.create_unix_server(session, path, backlog=100)
            os.chmod(path, 0o660)  # whoever delivers is in our group
            return server
        host, _, port = listen.rpartition(":")
        return await loop.create_server(session, host.strip("[]"), int(port), backlog=100)
    except OSError as error:
        raise ConfigError(
            "mailbox.lmtp.listen", f"is {listen!r}: {error.strerror or error}", "choose another, or stop who has it"
        ) from None
