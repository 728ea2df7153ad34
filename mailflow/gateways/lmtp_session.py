"""LMTP as RFC 2033 asks for it, on top of aiosmtpd: a reply for each recipient, and our own faults are temporary."""

from __future__ import annotations

import ipaddress
import logging
from asyncio import BaseTransport
from collections.abc import Sequence
from typing import Any

from aiosmtpd.lmtp import LMTP

log = logging.getLogger(__name__)

OUR_FAULT = "451 4.3.0 this could not be done now; try again later"
NOT_FOR_YOU = "421 4.7.1 this door is not open to you"
TOO_MANY = "421 4.3.2 too many connections; try again later"
CONNECTIONS_MAX = 50
Networks = Sequence[ipaddress.IPv4Network | ipaddress.IPv6Network]


class Session(LMTP):
    """One connection. peers: the sessions that are open now, shared by all of a door."""

    def __init__(self, handler: Any, allow: Networks, peers: set[Session], **options: Any) -> None:
        super().__init__(handler, **options)
        self._allow, self._peers = allow, peers
        self._replies = 1

    def connection_made(self, transport: BaseTransport) -> None:
        """Let allowed peers in (R37); a unix socket is guarded by its file's mode."""
        problem = "" if is_allowed(transport.get_extra_info("peername"), self._allow) else NOT_FOR_YOU
        if not problem and len(self._peers) >= CONNECTIONS_MAX:
            problem = TOO_MANY
        super().connection_made(transport)
        if problem:
            assert self._handler_coroutine is not None
            self._handler_coroutine.cancel()
            transport.write(f"{problem}\r\n".encode())  # type: ignore[attr-defined]
            transport.close()
            log.warning("a client was turned away: %s", problem)
            return
        self._peers.add(self)

    def connection_lost(self, error: Exception | None) -> None:
        """Forget the connection."""
        self._peers.discard(self)
        super().connection_lost(error)

    async def push(self, status: str | bytes) -> None:
        """Write a reply; after the final dot one for each accepted recipient (RFC 2033 section 4.2)."""
        assert isinstance(status, str)
        await super().push("\r\n".join([status] * self._replies))
        if status.startswith("354") and self.envelope is not None:
            self._replies = len(self.envelope.rcpt_tos)

    async def smtp_DATA(self, arg: str) -> None:
        """Take a mail; whatever goes wrong after the dot is answered for each recipient too."""
        try:
            await super().smtp_DATA(arg)
        except ConnectionError:
            raise
        except Exception as error:
            self._set_post_data_state()  # type: ignore[no-untyped-call]
            await self.push(await self.handle_exception(error))
        finally:
            self._replies = 1

    async def handle_exception(self, error: Exception) -> str:
        """Answer our own faults: temporary, and without any detail (R34)."""
        log.error("the LMTP door could not do what it was asked", exc_info=error)
        return OUR_FAULT


def is_allowed(peer: object, allow: Networks) -> bool:
    """Tell whether a peer may connect: ("ADDRESS", PORT, …), or anything else for a unix socket."""
    if not isinstance(peer, tuple):
        return True
    address = ipaddress.ip_address(str(peer[0]).partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in allow)
