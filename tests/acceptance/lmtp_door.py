"""An LMTP door with a real database behind it, and a client that says and hears bytes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from mailflow.config.sections import Lmtp
from mailflow.domain.arrival import Arrival
from mailflow.gateways import lmtp
from mailflow.service import intake
from mailflow.store import inbox
from mailflow.store import tables as t
from tests.acceptance.way_in import ADDRESS, WayIn, open_way_in

RAW = b"From: robin@example.org\r\nSubject: hello\r\nMessage-ID: <a@example.org>\r\n\r\nWords.\r\n"
LOCAL, _, DOMAIN = ADDRESS.partition("@")


@dataclass
class Door:
    """A door on a free port, or a socket file; keep, has_room and waiting may be replaced while it is open."""

    way_in: WayIn
    listen: str
    allow: tuple[str, ...] = ("127.0.0.0/8",)
    has_room: bool = True
    waiting: int | None = None
    before_keep: Callable[[Sequence[Arrival]], None] = lambda _: None
    batches: list[int] = field(default_factory=list)
    woken: threading.Event = field(default_factory=threading.Event)

    def keep(self, arrivals: Sequence[Arrival]) -> None:
        self.before_keep(arrivals)
        self.batches.append(len(arrivals))
        intake.receive(self.way_in.office, arrivals, self.way_in.clock())

    def count_waiting(self) -> int:
        if self.waiting is not None:
            return self.waiting
        with self.way_in.db.read() as work:
            return inbox.count_waiting(work)

    @property
    def kept(self) -> list[bytes]:
        """The raw mails that are committed."""
        return [row.raw for row in self.way_in.rows(t.inbox_raw)]

    def client(self) -> Client:
        """A client that has said LHLO."""
        client = Client(self.listen)
        client.say(b"LHLO mx.example.org")
        return client


class Client:
    """Bytes out, replies in."""

    def __init__(self, listen: str) -> None:
        if listen.startswith("unix:"):
            self.socket = socket.socket(socket.AF_UNIX)
            self.socket.settimeout(20)
            self.socket.connect(listen.removeprefix("unix:"))
        else:
            host, _, port = listen.rpartition(":")
            self.socket = socket.create_connection((host, int(port)), timeout=20)
        self._file = self.socket.makefile("rb")
        self.greeting = self.hear()

    def hear(self) -> str:
        """One reply, its lines joined; "" when the door hung up."""
        lines = []
        while line := self._file.readline().decode():
            lines.append(line.rstrip("\r\n"))
            if line[3:4] != "-":
                break
        return "\n".join(lines)

    def say(self, line: bytes) -> str:
        self.socket.sendall(line + b"\r\n")
        return self.hear()

    def begin(self, *to: str, mail_from: str = "robin@example.org") -> list[str]:
        """MAIL, RCPT for each recipient, DATA; gives the replies."""
        said = [self.say(f"MAIL FROM:<{mail_from}>".encode())]
        said += [self.say(f"RCPT TO:<{address}>".encode()) for address in to or (ADDRESS,)]
        return [*said, self.say(b"DATA")]

    def send(self, raw: bytes = RAW, *to: str, mail_from: str = "robin@example.org") -> list[str]:
        """Send a mail, and give the replies after the dot."""
        said = self.begin(*to, mail_from=mail_from)
        assert said[-1].startswith("354"), said
        accepted = sum(reply.startswith("250") for reply in said[1:-1])
        self.socket.sendall(raw + b".\r\n")
        return [self.hear() for _ in range(accepted)]

    def close(self) -> None:
        self._file.close()
        self.socket.close()


@contextmanager
def open_door(folder: Path, listen: str = "", **changes: Any) -> Iterator[Door]:
    """Open a door, and end it as the service does."""
    way_in = open_way_in(folder, 3)
    door = Door(way_in, listen or f"127.0.0.1:{free_port()}", **changes)
    mailbox = replace(way_in.office.settings.mailbox, lmtp=Lmtp(door.listen, door.allow))
    settings = replace(way_in.office.settings, mailbox=mailbox)
    house = lmtp.House(
        lambda arrivals: door.keep(arrivals), door.count_waiting, lambda: door.has_room, way_in.clock, door.woken.set
    )
    stop, ready = threading.Event(), threading.Event()
    thread = threading.Thread(target=lmtp.serve, args=(settings, house, stop, ready.set))
    thread.start()
    try:
        assert ready.wait(20)
        yield door
    finally:
        stop.set()
        thread.join(20)
        way_in.db.close()
    assert not thread.is_alive()


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port
