"""LMTP as RFC 2033 asks for it, on top of aiosmtpd: a reply for each recipient, and our own faults are temporary."""

from __future__ import annotations

import ipaddress
import logging
import re
from asyncio import BaseTransport, StreamReader
from collections.abc import Sequence
from typing import Any

from aiosmtpd.lmtp import LMTP

log = logging.getLogger(__name__)

OUR_FAULT = "451 4.3.0 this could not be done now; try again later"
NOT_FOR_YOU = "421 4.7.1 this door is not open to you"
TOO_MANY = "421 4.3.2 too many connections; try again later"
TOO_LARGE = "552 5.3.4 the mail is too large"
CONNECTIONS_MAX = 50
_END = b"\r\n.\r\n"
_ALL = 1 << 40  # more than a reader ever holds
_PLAIN = re.compile(r"<([A-Za-z0-9._+=-]{1,64}@[A-Za-z0-9.-]{1,255})>(.*)", re.S)
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
        assert self.envelope is not None
        try:
            if await self.check_helo_needed():
                return
            if arg or not self.envelope.rcpt_tos:
                await self.push("501 5.5.4 DATA takes nothing" if arg else "503 5.5.1 RCPT first")
                return
            await self.push("354 the mail, and a dot")
            content = await read_mail(self._reader, self.data_size_limit or 0)
            self.envelope.content = self.envelope.original_content = content
            said = TOO_LARGE if content is None else await self._call_handler_hook("DATA")
            self._set_post_data_state()  # type: ignore[no-untyped-call]
            await self.push(said)
        except ConnectionError:
            raise
        except Exception as error:
            self._set_post_data_state()  # type: ignore[no-untyped-call]
            await self.push(await self.handle_exception(error))
        finally:
            self._replies = 1

    def _getaddr(self, arg: str) -> tuple[str | None, str | None]:
        """Read `<address> parameters`; a plain address costs a hundredth of what RFC 5322's full grammar does."""
        plain = _PLAIN.fullmatch(arg or "")
        return (plain[1], plain[2]) if plain else super()._getaddr(arg)

    async def handle_exception(self, error: Exception) -> str:
        """Answer our own faults: temporary, and without any detail (R34)."""
        log.error("the LMTP door could not do what it was asked", exc_info=error)
        return OUR_FAULT


async def read_mail(reader: StreamReader, limit_bytes: int) -> bytes | None:
    """Read to the final dot, which alone ends a mail when CRLF stands on both sides; None for what is too large.

    Dots that were doubled are single again (RFC 5321 section 4.5.2). limit_bytes: 0 for none.
    """
    content, is_too_large, end = bytearray(b"\r\n"), False, -1  # so that a dot in the first line ends it as well
    while end < 0:
        data = await reader.read(_ALL)
        if not data:
            raise ConnectionResetError("hung up in a mail")
        seen = max(0, len(content) - len(_END) + 1)
        content += data
        end = content.find(_END, seen)
        if limit_bytes and (end if end >= 0 else len(content) - len(_END)) > limit_bytes:
            is_too_large = True
        if end < 0 and is_too_large:
            del content[: -len(_END)]
    if behind := content[end + len(_END) :]:  # what was said in the same breath
        reader.feed_data(bytes(behind))
    return None if is_too_large else bytes(content[: end + 2].replace(b"\r\n.", b"\r\n")[2:])


def is_allowed(peer: object, allow: Networks) -> bool:
    """Tell whether a peer may connect: ("ADDRESS", PORT, …), or anything else for a unix socket."""
    if not isinstance(peer, tuple):
        return True
    address = ipaddress.ip_address(str(peer[0]).partition("%")[0])
    mapped = getattr(address, "ipv4_mapped", None)
    return any((mapped or address) in network for network in allow)
