"""Three hosts in network namespaces around one switch, which share a PostgreSQL, a mailbox and a relay.

Needs root and Debian's iproute2. The servers stay where they are; what listens on 127.0.0.1 alone is handed on to the
switch's address. A host's cable is pulled by setting its link down: nothing tells the other end.
"""

from __future__ import annotations

import contextlib
import os
import re
import selectors
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

NEEDED = "three hosts need network namespaces: run as root, with Debian's iproute2, where the kernel allows them"
MAILFLOW = str(Path(sys.executable).with_name("mailflow"))


class Network:
    """A switch and the hosts on it. address: the switch's own, where the servers are reached."""

    def __init__(self, hosts: int) -> None:
        self._id = os.getpid() % 10_000
        self._subnet = f"10.{77 + self._id % 100}.{self._id % 250}"
        self.address = f"{self._subnet}.1"
        self.prefix = f"{self._subnet}.0/24"
        self._bridge = f"mfb{self._id}"
        self.names = [f"mf{self._id}h{n}" for n in range(1, hosts + 1)]
        try:
            self._make()
        except (OSError, subprocess.CalledProcessError) as error:
            self.close()
            raise RuntimeError(f"{NEEDED}: {getattr(error, 'stderr', '') or error}") from error

    def _make(self) -> None:
        _ip("link", "add", self._bridge, "type", "bridge")
        _ip("addr", "add", f"{self.address}/24", "dev", self._bridge)
        _ip("link", "set", self._bridge, "up")
        for n, name in enumerate(self.names, 11):
            _ip("netns", "add", name)
            _ip("link", "add", f"v{name}", "type", "veth", "peer", "name", "eth0", "netns", name)
            _ip("link", "set", f"v{name}", "master", self._bridge, "up")
            for words in (
                ("addr", "add", f"{self._subnet}.{n}/24", "dev", "eth0"),
                ("link", "set", "eth0", "up"),
                ("link", "set", "lo", "up"),
            ):
                _ip("-n", name, *words)

    def cut(self, name: str) -> None:
        """Pull a host's cable."""
        _ip("link", "set", f"v{name}", "down")

    def mend(self, name: str) -> None:
        """Put it back."""
        _ip("link", "set", f"v{name}", "up")

    def close(self) -> None:
        """Remove everything that was made."""
        for name in self.names:
            _ip("netns", "del", name, check=False)
            _ip("link", "del", f"v{name}", check=False)
        _ip("link", "del", self._bridge, check=False)


def _ip(*words: str, check: bool = True) -> None:
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    subprocess.run(["ip", *words], check=check, capture_output=True, text=True, env={**os.environ, "PATH": path})


@contextmanager
def handed_on(address: str, port: int) -> Iterator[int]:
    """Hand connections to a port of an address on to the same port of 127.0.0.1."""
    end = threading.Event()
    listener = socket.create_server((address, port), backlog=100)
    thread = threading.Thread(target=_hand_on, args=(listener, port, end), daemon=True)
    thread.start()
    try:
        yield port
    finally:
        end.set()
        thread.join()
        listener.close()


def _hand_on(listener: socket.socket, port: int, end: threading.Event) -> None:
    waiting = selectors.DefaultSelector()
    waiting.register(listener, selectors.EVENT_READ)
    while not end.is_set():
        for key, _ in waiting.select(0.2):
            if key.data is None:
                near, far = listener.accept()[0], socket.create_connection(("127.0.0.1", port))
                near.settimeout(30)  # a host that is cut off takes nothing more
                waiting.register(near, selectors.EVENT_READ, far)
                waiting.register(far, selectors.EVENT_READ, near)
            else:
                _pass_on(waiting, key)  # type: ignore[arg-type]


def _pass_on(waiting: selectors.BaseSelector, key: selectors.SelectorKey) -> None:
    source, other = key.fileobj, key.data
    assert isinstance(source, socket.socket)
    try:
        data = source.recv(65_536)
        if data:
            other.sendall(data)
            return
    except OSError:
        pass
    for one in (source, other):
        with contextlib.suppress(KeyError, ValueError):
            waiting.unregister(one)
        one.close()


@dataclass
class Host:
    """One host: its namespace, its folder with config.toml, and the program on it."""

    name: str
    folder: Path
    now: str
    since: str
    runs: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def start(self) -> None:
        """Start `mailflow run` in the namespace."""
        command = ["ip", "netns", "exec", self.name, MAILFLOW, "--config", str(self.folder / "config.toml")]
        command += ["run", "--roles", "inbox,clock,outbox", "--now", self.now, "--since", self.since]
        path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
        with (self.folder / "log").open("ab") as log:
            self.runs.append(subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, "PATH": path}))

    def kill(self) -> None:
        """Let the machine lose its power, as far as the program can tell."""
        self.runs[-1].kill()
        self.runs[-1].wait()

    def end(self) -> None:
        """End it as an operator does, or by force after a while."""
        run = self.runs[-1]
        run.terminate()
        try:
            run.wait(30)
        except subprocess.TimeoutExpired:
            self.kill()

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text("utf-8", "replace")

    @property
    def has_read_mail(self) -> bool:
        """Tell whether it ever got the lease of the inbox."""
        return bool(re.search(r"has the lease 'inbox'", self.log))


def wait_until(done: object, within_s: float) -> bool:
    """Ask again and again; False when it is still not so after so many seconds."""
    assert callable(done)
    ends_at = time.monotonic() + within_s
    while time.monotonic() < ends_at:
        if done():
            return True
        time.sleep(0.1)
    return bool(done())
