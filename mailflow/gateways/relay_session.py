"""One SMTP connection to the relay: greeting, TLS, login, commands out, replies in (RFC 5321).

It knows nothing of batches. `open`, `command` and `quit` wait for the relay; between them, `push`, `flush`, `pull` and
`next_reply` never do, so that one thread serves several connections. What breaks is told as `Lost`.
"""

from __future__ import annotations

import base64
import contextlib
import select
import socket
import ssl
from collections import deque
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol

from mailflow.errors import RelayError, RelayLoginError

_QUICKACK: int | None = getattr(socket, "TCP_QUICKACK", None)  # Linux
_LINE_MAX_BYTES = 8192  # a reply line has 512 octets (RFC 5321 section 4.5.3.1.5); real ones are sometimes longer
_LINES_MAX = 128
_REACH = "check relay.host and relay.port, or wait until it is back"
_LOGIN = "check relay.username and relay.password"
_LOGIN_CODES = frozenset({530, 534, 535, 538, 500, 501, 502, 503, 504, 550, 554})


class RelaySettings(Protocol):
    """What is needed to reach the relay. security: tls, starttls or none. An empty username: no login."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def security(self) -> str: ...
    @property
    def username(self) -> str: ...
    @property
    def password(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Timeouts:
    """How long the relay may be silent, in seconds (RFC 5321 section 4.5.3.2; R89 for the final dot)."""

    connect_s: float = 30
    command_s: float = 300
    dot_s: float = 600


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply of the relay: its code and its lines without codes."""

    code: int
    lines: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.lines)


class Lost(Exception):
    """The connection is of no more use."""

    def __init__(self, problem: str) -> None:
        self.problem = problem
        super().__init__(problem)


_LATER = (BlockingIOError, ssl.SSLWantReadError, ssl.SSLWantWriteError)


@lru_cache(maxsize=256)  # a relay says the same few lines over and over
def _parsed(line: bytes) -> tuple[Reply, bool]:
    """Read a line of a reply; the second value: it is its last."""
    code, mark, text = line[:3], line[3:4], line[4:].rstrip(b"\r")
    if not code.isdigit() or mark not in (b" ", b"-", b"", b"\r") or len(line) > _LINE_MAX_BYTES:
        raise Lost("what came back is no SMTP reply")
    return Reply(int(code), (text.decode("utf-8", "replace"),)), mark != b"-"


def _said(error: OSError) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return error.strerror or str(error) or type(error).__name__


class Session:
    """A connection that is ready for MAIL once `open` has returned."""

    def __init__(self, settings: RelaySettings, timeouts: Timeouts, tls: ssl.SSLContext | None) -> None:
        self._settings, self._timeouts, self._tls = settings, timeouts, tls
        self._socket: socket.socket | None = None
        self._buffer = b""  # the beginning of a line
        self._lines: deque[bytes] = deque()
        self._half: list[str] = []  # the lines of a reply whose last one has not come
        self._unsent = memoryview(b"")
        self._cut_off = ""  # why nothing more can be sent
        self.extensions: dict[str, str] = {}
        # Set by the caller:
        self.has_been_useful = False  # the relay has answered for a mail
        self.must_reset = False  # a transaction was begun that no dot has ended

    # -- opening -----------------------------------------------------------------------------------------------

    def open(self) -> None:
        """Connect, greet, secure, log in. Raises RelayError or RelayLoginError with one line for the operator."""
        try:
            self._open()
        except Lost as lost:
            self.abandon()
            raise RelayError(f"{self._where} closed the connection: {lost.problem}") from None
        except ssl.SSLError as error:
            self.abandon()
            reason = getattr(error, "verify_message", "") or error.reason or str(error)
            raise RelayError(f"{self._where}: TLS failed: {reason}; check relay.host and relay.security") from None
        except OSError as error:
            self.abandon()
            raise RelayError(f"{self._where} can't be reached: {_said(error)}; {_REACH}") from None
        except BaseException:
            self.abandon()
            raise

    @property
    def _where(self) -> str:
        return f"relay {self._settings.host}:{self._settings.port}"

    def _open(self) -> None:
        address = (self._settings.host, self._settings.port)
        self._socket = socket.create_connection(address, timeout=self._timeouts.connect_s)
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._settings.security == "tls":
            self._secure()
        self._expect(self.reply(self._timeouts.command_s), 220, "greeting")
        self._greet()
        if self._settings.security == "starttls":
            self._start_tls()
        if self._settings.username:
            self._log_in(self._settings.username, self._settings.password)

    def _expect(self, reply: Reply, code: int, what: str) -> None:
        if reply.code != code:
            raise RelayError(f"{self._where} refused the {what}: {reply.code} {reply.text[:200]}")

    def _secure(self) -> None:
        assert self._socket is not None
        context = self._tls or ssl.create_default_context()
        self._socket = context.wrap_socket(self._socket, server_hostname=self._settings.host)

    def _start_tls(self) -> None:
        if "STARTTLS" not in self.extensions:
            raise RelayError(f'{self._where} does not offer STARTTLS; relay.security "tls" may be right for this port')
        self._expect(self.command(b"STARTTLS"), 220, "STARTTLS")
        if self._buffer or self._lines:  # plain text after the 220 would be read as if it came through TLS
            raise RelayError(f"{self._where} sent text between STARTTLS and TLS: somebody is in between")
        self._secure()
        self._greet()

    def _greet(self) -> None:
        name = self._own_name().encode("ascii")
        reply = self.command(b"EHLO " + name)
        if reply.code in (500, 501, 502, 504, 550):
            self._expect(self.command(b"HELO " + name), 250, "HELO")
            self.extensions = {}
            return
        self._expect(reply, 250, "EHLO")
        words = [line.split(maxsplit=1) for line in reply.lines[1:] if line.strip()]
        self.extensions = {word[0].upper(): word[1] if len(word) > 1 else "" for word in words}

    def _own_name(self) -> str:
        """The host's full name, else its address as a literal (RFC 5321 section 4.1.3); never asks the DNS."""
        name = socket.gethostname()
        if "." in name and name.isascii():
            return name
        assert self._socket is not None
        address = str(self._socket.getsockname()[0])
        return f"[IPv6:{address}]" if ":" in address else f"[{address}]"

    def _log_in(self, username: str, password: str) -> None:
        offered = self.extensions.get("AUTH", "").upper().split()
        if "PLAIN" in offered:
            token = base64.b64encode(f"\0{username}\0{password}".encode())
            reply = self.command(b"AUTH PLAIN " + token)
        elif "LOGIN" in offered:
            reply = self.command(b"AUTH LOGIN")
            for secret in (username, password):
                if reply.code == 334:
                    reply = self.command(base64.b64encode(secret.encode()))
        else:
            raise RelayLoginError(f"{self._where} offers no login by password (AUTH PLAIN or LOGIN) to {username}")
        if reply.code == 235:
            return
        error = RelayLoginError if reply.code in _LOGIN_CODES else RelayError
        # The relay's own words might echo what was sent: the code says enough.
        raise error(f"{self._where} refused the login of {username} (code {reply.code}); {_LOGIN}")

    # -- talking -----------------------------------------------------------------------------------------------

    def command(self, line: bytes) -> Reply:
        """Send one command and read its reply."""
        self.write(line + b"\r\n")
        return self.reply(self._timeouts.command_s)

    def reply(self, timeout_s: float) -> Reply:
        """Wait for a reply and read it."""
        assert self._socket is not None
        while (reply := self.next_reply()) is None:
            self._socket.settimeout(timeout_s)
            self.acknowledge()
            self.pull()
        return reply

    def write(self, data: bytes) -> None:
        """Send all octets."""
        assert self._socket is not None
        try:
            self._socket.settimeout(self._timeouts.command_s)
            self._socket.sendall(data)
        except OSError as error:
            raise Lost(_said(error)) from None

    # -- talking without waiting -------------------------------------------------------------------------------

    def fileno(self) -> int:
        """What a selector watches."""
        assert self._socket is not None
        return self._socket.fileno()

    def stop_waiting(self) -> None:
        """From here on only push, flush, pull and next_reply, and `quit` in the end."""
        assert self._socket is not None
        self._socket.setblocking(False)

    @property
    def unsent(self) -> int:
        """How many octets of what was pushed have not left."""
        return len(self._unsent)

    def push(self, data: bytes) -> None:
        """Send what the system takes now; the rest is for flush."""
        self._unsent = memoryview(bytes(self._unsent) + data if self._unsent else data)
        self.flush()

    def flush(self) -> None:
        """Send more of what was pushed. Where the relay has hung up, pull tells, after what it said before that."""
        assert self._socket is not None
        try:
            while self._unsent and not self._cut_off:
                self._unsent = self._unsent[self._socket.send(self._unsent) :]
        except _LATER:
            return
        except ConnectionError as error:
            self._cut_off = _said(error)
        except OSError as error:
            raise Lost(_said(error)) from None

    def pull(self) -> None:
        """Take in what has come."""
        assert self._socket is not None
        try:
            data = self._socket.recv(65536)
            while isinstance(self._socket, ssl.SSLSocket) and self._socket.pending():
                data += self._socket.recv(65536)  # a selector does not see what TLS has read ahead
        except _LATER:
            return
        except OSError as error:
            raise Lost(self._cut_off or _said(error)) from None
        if not data:
            raise Lost(self._cut_off or "the relay hung up")
        *lines, self._buffer = (self._buffer + data).split(b"\n")
        self._lines.extend(lines)
        if len(self._buffer) > _LINE_MAX_BYTES:
            raise Lost("a reply line without an end")

    def next_reply(self) -> Reply | None:
        """Give the next reply, of however many lines (RFC 5321 section 4.2.1); None when it is not all there."""
        while self._lines:
            reply, is_last = _parsed(self._lines.popleft())
            if is_last and not self._half:
                return reply
            self._half.extend(reply.lines)
            if len(self._half) > _LINES_MAX:
                raise Lost("what came back is no SMTP reply")
            if is_last:
                lines, self._half = tuple(self._half), []
                return Reply(reply.code, lines)
        return None

    def acknowledge(self) -> None:
        """Tell the relay now what has come from it.

        One that writes its replies to a group one by one (Nagle) waits for our acknowledgement of the first; the
        system would delay that by 40 ms, each mail.
        """
        assert self._socket is not None
        if _QUICKACK is not None:
            with contextlib.suppress(OSError):
                self._socket.setsockopt(socket.IPPROTO_TCP, _QUICKACK, 1)

    def is_stale(self) -> bool:
        """Tell whether the relay has spoken or hung up since the last reply: nothing is owed to us then."""
        is_behind = bool(self._buffer or self._lines or self._half or self._unsent)
        return is_behind or bool(select.select([self], [], [], 0)[0])

    # -- closing -----------------------------------------------------------------------------------------------

    def quit(self) -> None:
        """Say goodbye; whatever comes back, the connection is closed."""
        if self._socket is not None:
            with contextlib.suppress(Lost, OSError):
                self.write(b"QUIT\r\n")
                self.reply(min(5.0, self._timeouts.command_s))
        self.abandon()

    def abandon(self) -> None:
        """Close without a word."""
        if self._socket is not None:
            with contextlib.suppress(OSError):
                self._socket.close()
            self._socket = None
