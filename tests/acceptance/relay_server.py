"""A relay that says what a test tells it to: a thread for each connection, every octet noted."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from types import TracebackType

DROP = "drop"  # close the connection instead of answering
WAIT = "wait"  # answer nothing until the test is over

_VERBS = {b"EHLO": "ehlo", b"HELO": "helo", b"MAIL": "mail", b"RCPT": "rcpt", b"DATA": "data", b"RSET": "rset"}
_VERBS |= {b"QUIT": "quit", b"AUTH": "auth", b"STAR": "starttls"}
_USUAL = {"greeting": "220 relay", "helo": "250 relay", "data": "354 go on", "quit": "221 bye", "starttls": "220 go"}

Script = Callable[[int, str, str], "str | None"]  # connection number from 1, stage, line -> reply; None: the usual one


@dataclass
class TakenMail:
    """A mail that was taken: its envelope as the commands gave it, and its body with dots undone."""

    mail: str
    rcpt: str
    body: bytes


@dataclass
class RelayServer:
    """Listens on a free port of 127.0.0.1. `events` may be written to by the test too, to see an order."""

    script: Script = lambda connection, stage, line: None
    extensions: tuple[str, ...] = ("PIPELINING", "8BITMIME", "SMTPUTF8")
    tls: ssl.SSLContext | None = None
    is_tls_at_once: bool = False
    mails: list[TakenMail] = field(default_factory=list)
    events: list[tuple[str, object]] = field(default_factory=list)
    reads: list[bytes] = field(default_factory=list)
    connections: int = 0

    # what the client reads as its settings
    host: str = "localhost"
    port: int = 0
    security: str = "none"
    username: str = ""
    password: str = ""

    def __enter__(self) -> RelayServer:
        self._over = threading.Event()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._sockets: list[socket.socket] = []
        self._threads = [threading.Thread(target=self._accept, daemon=True)]
        self._threads[0].start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        self._over.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for each in self._sockets:
            with contextlib.suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def stages(self) -> list[str]:
        """The commands that came, in order."""
        return [name for name, _ in self.events if name in _VERBS.values()]

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                connection, _ = self._listener.accept()
                self.connections += 1
                self._sockets.append(connection)
                serving = threading.Thread(target=self._serve, args=(connection, self.connections), daemon=True)
                self._threads.append(serving)
                serving.start()

    def _serve(self, connection: socket.socket, number: int) -> None:
        with contextlib.suppress(OSError, StopIteration), connection:
            talking = (
                self.tls.wrap_socket(connection, server_side=True) if self.tls and self.is_tls_at_once else connection
            )
            _Dialogue(self, talking, number).go()


class _Dialogue:
    def __init__(self, server: RelayServer, connection: socket.socket, number: int) -> None:
        self._server, self._socket, self._number = server, connection, number
        self._buffer = b""
        self._lines = self._read_lines()
        self._mail = self._rcpt = ""
        self._rcpt_taken = False

    def go(self) -> None:
        self._answer("greeting", "")
        while True:
            line = next(self._lines)
            stage = _VERBS.get(line[:4].upper(), "other")
            text = line.decode("utf-8", "replace").rstrip("\r\n")
            self._server.events.append((stage, text))
            reply = self._answer(stage, text)
            if stage == "mail":
                self._mail, self._rcpt_taken = text, False
            elif stage == "rcpt":
                self._rcpt, self._rcpt_taken = text, reply.startswith("250")
            elif stage == "data" and reply.startswith("354"):
                self._take_body()
            elif stage == "starttls" and reply.startswith("220") and self._server.tls is not None:
                self._socket = self._server.tls.wrap_socket(self._socket, server_side=True)
            elif stage == "quit":
                return

    def _take_body(self) -> None:
        if said := self._server.script(self._number, "body", self._rcpt):  # in the middle of it, and that was all
            if said != DROP:
                self._socket.sendall(said.encode() + b"\r\n")
            raise ConnectionAbortedError
        lines = []
        while (line := next(self._lines)) != b".\r\n":
            lines.append(line.removeprefix(b"."))
        self._server.events.append(("dot", self._rcpt))
        taken = TakenMail(self._mail, self._rcpt, b"".join(lines))
        self._answer("dot", self._rcpt, before=lambda: self._keep(taken))

    def _keep(self, taken: TakenMail) -> None:
        if self._rcpt_taken:
            self._server.mails.append(taken)

    def _answer(self, stage: str, line: str, before: Callable[[], None] = lambda: None) -> str:
        reply = self._server.script(self._number, stage, line) or self._usual(stage)
        if reply == WAIT:
            self._server._over.wait(60)
        if reply in (DROP, WAIT):
            raise ConnectionAbortedError
        if reply.startswith("250"):
            before()
        self._socket.sendall(reply.encode() + b"\r\n")
        return reply

    def _usual(self, stage: str) -> str:
        if stage == "ehlo":
            return "\r\n".join(["250-relay", *(f"250-{each}" for each in self._server.extensions), "250 HELP"])
        return _USUAL.get(stage, "250 ok")

    def _read_lines(self) -> Iterator[bytes]:
        while True:
            while b"\n" not in self._buffer:
                data = self._socket.recv(65536)
                if not data:
                    return
                self._server.reads.append(data)
                self._buffer += data
            line, _, self._buffer = self._buffer.partition(b"\n")
            yield line + b"\n"
