"""The demo's IMAP server: pymap with its in-memory mailboxes, in a thread of its own, on a free port of this machine.

Stock pymap has three traps. It drops custom keywords silently, so mail is filed by MOVE here. It starts the task of a
connection without keeping a reference, so that idle ones may be collected as garbage: `ImapServer` keeps them. And it
writes answers token by token, each in a packet of its own: `_Gathered` sends an answer at once.
"""

from __future__ import annotations

import asyncio
import threading
from argparse import Namespace
from collections.abc import Coroutine, Iterable
from contextlib import suppress
from datetime import datetime
from typing import Any, TypeVar
from uuid import uuid4

from pymap.backend.dict import Config, Identity, Login
from pymap.concurrent import Subsystem
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.user import UserMetadata

HOST = "127.0.0.1"
_Value = TypeVar("_Value")


class DemoConfig(Config):
    """pymap's settings without what would look beyond this machine."""

    @property
    def greeting(self) -> bytes:
        """Give the greeting; pymap's own asks the resolver for the name of this host."""
        return b"demo mailbox ready"


class ImapServer:
    """An IMAP server for some accounts, each with an INBOX of its own. Start it once, stop it once.

    append: puts a mail into an account's INBOX with an INTERNALDATE (kept to the second, as IMAP writes it).
    """

    def __init__(self, accounts: dict[str, str]) -> None:
        self._accounts = dict(accounts)
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="demo-imap", daemon=True)
        self._connections: set[asyncio.Task[None]] = set()
        self.port = 0

    def start(self) -> None:
        """Listen on a free port; `port` says which."""
        self._thread.start()
        self._call(self._listen())

    def stop(self) -> None:
        """Close the port and every connection, and end the thread."""
        self._call(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def add_account(self, username: str, password: str) -> None:
        """Let somebody else log in, to a mailbox of their own."""
        self._call(self._add_account(username, password))

    def append(self, username: str, mails: Iterable[tuple[bytes, datetime]]) -> list[int]:
        """Put mails into the INBOX of an account, each with its INTERNALDATE; gives their UIDs.

        Naive instants are refused: pymap would take them for this machine's local time.
        """
        messages = [AppendMessage(raw, _whole_second(at)) for raw, at in mails]
        return self._call(self._append(username, messages))

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_forever()

    def _call(self, coroutine: Coroutine[Any, Any, _Value]) -> _Value:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result()

    async def _listen(self) -> None:
        args = Namespace(passlib_cfg=None, proxy_protocol=None, debug=False)
        self._config = DemoConfig(
            args, host=HOST, port=0, demo_data=False, demo_user="", demo_password="",
            tls_enabled=False, reject_dnsbl=False, invalid_user_sleep=0.0,
            hash_context=_PlainPasswords(), cpu_subsystem=Subsystem.for_asyncio(),
        )  # fmt: skip
        self._config.apply_context()
        self._login = Login(self._config)
        for username, password in self._accounts.items():
            await self._add_account(username, password)
        self._imap = IMAPServer(self._login, self._config)
        self._server = await asyncio.start_server(self._welcome, HOST, 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _add_account(self, username: str, password: str) -> None:
        await self._identity(username).set(UserMetadata(self._config, username, password=password))

    async def _append(self, username: str, messages: list[AppendMessage]) -> list[int]:
        async with self._identity(username).new_session() as session:
            appended, _ = await session.append_messages("INBOX", messages)
            return list(appended.uids)

    def _identity(self, username: str) -> Identity:
        return Identity(username, self._login, None, frozenset())

    def _welcome(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = self._loop.create_task(self._serve(reader, writer))
        self._connections.add(task)
        task.add_done_callback(self._connections.discard)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        with suppress(ConnectionError, asyncio.CancelledError):
            await self._imap(reader, _Gathered(writer), _LocalPeer())  # type: ignore[arg-type]

    async def _close(self) -> None:
        self._server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        await self._server.wait_closed()


class _LocalPeer:
    """What pymap asks about whoever is connected: always a program on this machine."""

    from_localhost = True
    dnsbl: str | None = None

    def __init__(self) -> None:
        self.unique_id = uuid4().bytes


class _PlainPasswords:
    """Passwords as they are: these protect nothing, and hashing costs time at every login."""

    def copy(self, **kwargs: Any) -> _PlainPasswords:
        return self

    def hash(self, secret: str) -> str:
        return secret

    def verify(self, secret: str, hash: str) -> bool:
        return secret == hash


class _Gathered:
    """A StreamWriter that keeps what is written until it is drained, so that an answer leaves in one piece."""

    def __init__(self, writer: asyncio.StreamWriter) -> None:
        self._writer = writer
        self._waiting = bytearray()

    def write(self, data: bytes) -> None:
        self._waiting += data

    def writelines(self, pieces: Iterable[bytes]) -> None:
        for piece in pieces:
            self._waiting += piece

    async def drain(self) -> None:
        self._flush()
        await self._writer.drain()

    def close(self) -> None:
        self._flush()
        self._writer.close()

    def _flush(self) -> None:
        if self._waiting and not self._writer.is_closing():
            self._writer.write(bytes(self._waiting))
        self._waiting.clear()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._writer, name)


def _whole_second(at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.replace(microsecond=0)
