"""An IMAP server that keeps one small mailbox, records every line of the client, and misbehaves as it is told.

A test replaces single commands: `server.on["UID FETCH"] = fault`, where `fault(talk, tag, rest)` speaks as it likes
through `talk` and returns True when the ordinary answer is not to follow.
"""

from __future__ import annotations

import base64
import contextlib
import re
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

HOST = "127.0.0.1"
Fault = Callable[["Talk", str, str], bool]
ALL_CAPABILITIES = "IMAP4rev1 AUTH=PLAIN IDLE MOVE UIDPLUS"
GIANT = 99_999_999_999
INTERNALDATE = "24-Jun-2013 09:30:00 +0000"


@dataclass
class Mail:
    raw: bytes
    flags: set[str] = field(default_factory=set)
    announced_bytes: int | None = None  # what RFC822.SIZE says when it does not tell the truth
    internaldate: str = INTERNALDATE


class Hangup(Exception):
    """The server closes the connection."""


class Talk:
    """One connection: what the server says and hears."""

    def __init__(self, server: FaultServer, sock: socket.socket) -> None:
        sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.server, self.sock = server, sock
        self.file = sock.makefile("rb")
        self.selected = ""

    def say(self, text: str | bytes) -> None:
        """Send a line."""
        self.send((text.encode() if isinstance(text, str) else text) + b"\r\n")

    def send(self, octets: bytes) -> None:
        self.sock.sendall(octets)

    def hear(self) -> str:
        """Return the client's next line; Hangup when it has gone."""
        line = self.file.readline()
        if not line:
            raise Hangup
        text = line.rstrip(b"\r\n").decode("latin-1")
        self.server.lines.append(text)
        return text

    def secure(self, context: ssl.SSLContext) -> None:
        self.sock = context.wrap_socket(self.sock, server_side=True)
        self.file = self.sock.makefile("rb")

    def close(self) -> None:
        with contextlib.suppress(OSError):
            self.sock.shutdown(socket.SHUT_RDWR)
        with contextlib.suppress(OSError):
            self.file.close()
            self.sock.close()


class FaultServer:
    """Use as a context manager. tls: from the start; starttls: after STARTTLS; greeting: "" for none."""

    def __init__(
        self, capabilities: str = ALL_CAPABILITIES, tls: ssl.SSLContext | None = None, greeting: str = "* OK ready"
    ) -> None:
        self.capabilities, self.tls, self.greeting = capabilities, tls, greeting
        self.starttls: ssl.SSLContext | None = None
        self.user, self.password, self.tokens = "desk", "pw", {"good-token"}
        self.uidvalidity = 7
        self.folders: dict[str, dict[int, Mail]] = {"INBOX": {}}
        self.on: dict[str, Fault] = {}
        self.lines: list[str] = []
        self.connections = 0
        self._talks: list[Talk] = []
        self._listener = socket.create_server((HOST, 0))
        self.host, self.port = HOST, int(self._listener.getsockname()[1])
        self._released = threading.Event()

    @property
    def inbox(self) -> dict[int, Mail]:
        return self.folders["INBOX"]

    def commands(self) -> list[str]:
        """What the client asked, without tags."""
        return [line.split(" ", 1)[1] for line in self.lines if " " in line]

    def stall(self) -> None:
        """Say nothing until the test ends."""
        self._released.wait(60)
        raise Hangup

    def __enter__(self) -> FaultServer:
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._released.set()
        with contextlib.suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for talk in self._talks:
            talk.close()

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                sock, _ = self._listener.accept()
                self.connections += 1
                threading.Thread(target=self._converse, args=(sock,), daemon=True).start()

    def _converse(self, sock: socket.socket) -> None:
        talk = Talk(self, sock)
        self._talks.append(talk)
        with contextlib.suppress(Hangup, OSError, ValueError):  # ValueError: the file was closed under us
            if self.tls is not None:
                talk.secure(self.tls)
            if not self.greeting:
                self.stall()
            talk.say(self.greeting)
            while True:
                self._answer(talk, talk.hear())
        talk.close()

    def _answer(self, talk: Talk, line: str) -> None:
        tag, _, rest = line.partition(" ")
        word, _, rest = rest.partition(" ")
        if word.upper() == "UID":
            second, _, rest = rest.partition(" ")
            word = f"UID {second}"
        word = word.upper()
        fault = self.on.get(word)
        if fault is not None and fault(talk, tag, rest):
            return
        ordinary = _ORDINARY.get(word)
        if ordinary is None:
            talk.say(f"{tag} BAD unknown command")
        else:
            ordinary(self, talk, tag, rest)


def uids_of(text: str, folder: dict[int, Mail]) -> list[int]:
    """Return the UIDs of the folder that a set such as `1:3,7,9:*` names."""
    found: set[int] = set()
    last = max(folder, default=0)
    for part in text.split(" ")[-1].split(","):
        ends = [last if end == "*" else int(end) for end in part.split(":")]
        found |= {uid for uid in folder if min(ends) <= uid <= max(ends)}
    return sorted(found)


def fetch_answer(folder: dict[int, Mail], uid: int, items: str) -> bytes:
    """Return the untagged FETCH answer for one mail."""
    mail, parts = folder[uid], [f"UID {uid}".encode()]
    if "RFC822.SIZE" in items:
        size = len(mail.raw) if mail.announced_bytes is None else mail.announced_bytes
        parts += [f"RFC822.SIZE {size}".encode(), f'INTERNALDATE "{mail.internaldate}"'.encode()]
    if partial := re.search(r"BODY\.PEEK\[HEADER\]<0\.(\d+)>", items):
        header = (mail.raw.partition(b"\r\n\r\n")[0] + b"\r\n\r\n")[: int(partial[1])]
        parts.append(b"BODY[HEADER]<0> {%d}\r\n%b" % (len(header), header))
    elif "BODY" in items:
        parts.append(b"BODY[] {%d}\r\n%b" % (len(mail.raw), mail.raw))
    return b"* %d FETCH (%b)" % (sorted(folder).index(uid) + 1, b" ".join(parts))


def _capability(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    talk.say(f"* CAPABILITY {server.capabilities}")
    talk.say(f"{tag} OK done")


def _login(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    right = rest in (f'"{server.user}" "{server.password}"', f'{server.user} "{server.password}"')
    talk.say(f"{tag} OK in" if right else f"{tag} NO [AUTHENTICATIONFAILED] wrong: {rest}")


def _authenticate(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    talk.say("+ ")
    said = base64.b64decode(talk.hear()).decode()
    if rest == "PLAIN":
        right = said == f"\0{server.user}\0{server.password}"
    else:
        right = said in {f"user={server.user}\x01auth=Bearer {token}\x01\x01" for token in server.tokens}
        if not right:
            talk.say("+ " + base64.b64encode(b'{"status":"401"}').decode())
            talk.hear()
    talk.say(f"{tag} OK in" if right else f"{tag} NO [AUTHENTICATIONFAILED] wrong: {said!r}")


def _select(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    name = rest.strip('"')
    if name not in server.folders:
        talk.say(f"{tag} NO [NONEXISTENT] no such folder")
        return
    talk.selected = name
    folder = server.folders[name]
    talk.say(f"* {len(folder)} EXISTS")
    talk.say(f"* OK [UIDVALIDITY {server.uidvalidity}] valid")
    talk.say(f"* OK [UIDNEXT {max(folder, default=0) + 1}] next")
    talk.say(f"{tag} OK [READ-WRITE] selected")


def _search(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    talk.say("* SEARCH " + " ".join(map(str, uids_of(rest, server.folders[talk.selected]))))
    talk.say(f"{tag} OK done")


def _fetch(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    folder = server.folders[talk.selected]
    uid_set, _, items = rest.partition(" ")
    for uid in uids_of(uid_set, folder):
        talk.say(fetch_answer(folder, uid, items))
    talk.say(f"{tag} OK done")


def _transfer(server: FaultServer, talk: Talk, tag: str, rest: str) -> list[int] | None:
    uid_set, _, name = rest.partition(" ")
    source, target = server.folders[talk.selected], server.folders.get(name.strip('"'))
    if target is None:
        talk.say(f"{tag} NO [TRYCREATE] no such folder")
        return None
    uids = uids_of(uid_set, source)
    for uid in uids:
        target[max(target, default=0) + 1] = source[uid]
    return uids


def _copy(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    if _transfer(server, talk, tag, rest) is not None:
        talk.say(f"{tag} OK copied")


def _move(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    uids = _transfer(server, talk, tag, rest)
    if uids is not None:
        _remove(server, talk, uids)
        talk.say(f"{tag} OK moved")


def _remove(server: FaultServer, talk: Talk, uids: list[int]) -> None:
    folder = server.folders[talk.selected]
    for uid in uids:
        talk.say(f"* {sorted(folder).index(uid) + 1} EXPUNGE")
        del folder[uid]


def _expunge(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    folder = server.folders[talk.selected]
    _remove(server, talk, [uid for uid in uids_of(rest, folder) if "\\Deleted" in folder[uid].flags])
    talk.say(f"{tag} OK done")


def _store(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    uid_set, _, flags = rest.partition(" ")
    folder = server.folders[talk.selected]
    for uid in uids_of(uid_set, folder):
        folder[uid].flags |= set(flags.partition("(")[2].rstrip(")").split())
    talk.say(f"{tag} OK done")


def _create(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    server.folders.setdefault(rest.strip('"'), {})
    talk.say(f"{tag} OK made")


def _idle(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    talk.say("+ idling")
    talk.hear()
    talk.say(f"{tag} OK done")


def _starttls(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    talk.say(f"{tag} OK begin")
    assert server.starttls is not None
    talk.secure(server.starttls)


def _list(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    talk.say('* LIST () "/" "bad &zzz- name &"')  # not modified UTF-7: IMAPClient's list_folders raises on it
    talk.say(f"{tag} OK done")


def _ok(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    talk.say(f"{tag} OK done")


def _logout(server: FaultServer, talk: Talk, tag: str, rest: str) -> None:
    talk.say("* BYE")
    talk.say(f"{tag} OK bye")
    raise Hangup


_ORDINARY: dict[str, Callable[[FaultServer, Talk, str, str], None]] = {
    "CAPABILITY": _capability,
    "LOGIN": _login,
    "AUTHENTICATE": _authenticate,
    "SELECT": _select,
    "UID SEARCH": _search,
    "UID FETCH": _fetch,
    "UID COPY": _copy,
    "UID MOVE": _move,
    "UID EXPUNGE": _expunge,
    "UID STORE": _store,
    "CREATE": _create,
    "SUBSCRIBE": _ok,
    "IDLE": _idle,
    "STARTTLS": _starttls,
    "LIST": _list,
    "NOOP": _ok,
    "LOGOUT": _logout,
}


def hang_up(talk: Talk, tag: str, rest: str) -> bool:
    """A fault: close the connection."""
    raise Hangup


def bye(talk: Talk, tag: str, rest: str) -> bool:
    """A fault: BYE, and close."""
    talk.say("* BYE going down")
    raise Hangup


def stall(talk: Talk, tag: str, rest: str) -> bool:
    """A fault: no answer."""
    talk.server.stall()
    return True


def once(fault: Fault) -> Fault:
    """Let a fault happen the first time only."""
    left: Iterator[Fault] = iter([fault])

    def first_time(talk: Talk, tag: str, rest: str) -> bool:
        now = next(left, None)
        return now(talk, tag, rest) if now else False

    return first_time


def giant_literal(talk: Talk, tag: str, rest: str) -> bool:
    """A fault: announce more than any memory holds (R24)."""
    talk.send(b"* 1 FETCH (UID 1 BODY[] {%d}\r\n" % GIANT)
    return stall(talk, tag, rest)


def on_bodies(fault: Fault) -> Fault:
    """Let a fault happen at the first fetch of bodies."""
    first = once(fault)
    return lambda talk, tag, rest: "BODY" in rest and first(talk, tag, rest)
