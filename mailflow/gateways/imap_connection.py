"""Open a connection to the mailbox that can be trusted: timeouts, TLS, limits, login (R19, R24, R28)."""

from __future__ import annotations

import imaplib
import select
import socket
import ssl
from collections.abc import Callable
from typing import Any, Protocol

from imapclient import IMAPClient, SocketTimeout

from mailflow.errors import MailboxError
from mailflow.gateways.imap_client import ImapClient

LITERAL_SLACK_BYTES = 1_000_000
"""A body may be a little longer than the server said (some convert line ends); a literal beyond that is never read."""


class ImapAccount(Protocol):
    """What the gateway must know of the mailbox: `mailbox.imap` and `mailbox.max_bytes` of config.toml."""

    @property
    def host(self) -> str: ...
    @property
    def port(self) -> int: ...
    @property
    def security(self) -> str: ...  # "tls" | "starttls" | "none"
    @property
    def username(self) -> str: ...
    @property
    def auth(self) -> str: ...  # "password" | "xoauth2"
    @property
    def password(self) -> str: ...
    @property
    def token_command(self) -> str: ...
    @property
    def folder(self) -> str: ...
    @property
    def done_folder(self) -> str: ...
    @property
    def poll_s(self) -> float: ...
    @property
    def connect_timeout_s(self) -> float: ...
    @property
    def read_timeout_s(self) -> float: ...
    @property
    def max_bytes(self) -> int: ...


def open_connection(account: ImapAccount, tls: ssl.SSLContext | None) -> ImapClient:
    """Connect, check the greeting and secure the connection; nobody is logged in yet.

    tls: the context to verify the server with; None is the system's certificates, host name checked.
    Raises MailboxError for a greeting that can't be trusted, else what IMAPClient, ssl and socket raise.
    """
    # reading the system's certificates takes 20 ms, and a plain connection has no use for them
    context = None if account.security == "none" else tls or ssl.create_default_context()
    timeout: Any = SocketTimeout(connect=account.connect_timeout_s, read=account.read_timeout_s)
    client: ImapClient = IMAPClient(
        account.host,
        port=account.port,
        ssl=account.security == "tls",
        ssl_context=context,
        timeout=timeout,
    )
    try:
        client.normalise_times = False
        client.socket().setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # a SEARCH is two writes: 40 ms else
        quiet(client)
        _bound_literals(client, account.max_bytes + LITERAL_SLACK_BYTES)
        _refuse_preauth(client)
        if account.security == "starttls" and context is not None:
            client.starttls(_GuardedContext(context, client))
    except BaseException:
        drop(client)
        raise
    return client


def quiet(client: ImapClient) -> None:
    """Set imaplib's debug level to 0: IMAPClient sets 5, which makes a repr of every body (a third of the time)."""
    client._imap.debug = 0


def drop(client: ImapClient) -> None:
    """Close the socket without a word to the server; never raises."""
    try:
        client.shutdown()
    except Exception:  # the connection is given up: nothing that it says now matters
        return


def _refuse_preauth(client: ImapClient) -> None:
    """Refuse a server that says we are logged in already (RFC 3501 section 7.1.4): before TLS anyone can say so."""
    if client._imap.state != "NONAUTH":
        raise MailboxError("the server claims that we are logged in already (PREAUTH), which is never accepted")


def _bound_literals(client: ImapClient, most_bytes: int) -> None:
    """Make the connection refuse a literal over `most_bytes` before memory is taken for it (R24)."""
    read: Callable[[int], bytes] = client._imap.read

    def bounded_read(size: int) -> bytes:
        if size > most_bytes:
            raise imaplib.IMAP4.abort(f"announced {size} bytes at once, over the limit of {most_bytes}")
        return read(size)

    client._imap.read = bounded_read


class _GuardedContext:
    """An SSLContext that refuses to start TLS when plain text is waiting behind the answer to STARTTLS.

    Such text was put there by someone in between (CVE-2011-0411 and its kin); capabilities heard before are forgotten.
    """

    def __init__(self, context: ssl.SSLContext, client: ImapClient) -> None:
        self._context, self._imap = context, client._imap

    def wrap_socket(self, sock: Any, server_hostname: str) -> ssl.SSLSocket:
        if has_unread(self._imap):
            raise MailboxError("text was injected between STARTTLS and TLS: someone may be in the connection")
        self._imap.untagged_responses.clear()
        return self._context.wrap_socket(sock, server_hostname=server_hostname)


def has_unread(imap: Any) -> bool:
    """Tell whether the server has said something that was not read yet; returns at once and takes nothing away."""
    sock = imap.sock
    if hasattr(imap, "_readbuf"):  # Python 3.14: imaplib keeps a buffer of its own, and `file` is not to be touched
        pending = sock.pending() if isinstance(sock, ssl.SSLSocket) else 0
        return bool(imap._readbuf or pending or select.select([sock], [], [], 0)[0])
    timeout = sock.gettimeout()
    sock.settimeout(0)
    try:
        return bool(imap.file.peek(1))
    except OSError:  # over TLS 'nothing there' is an SSLWantReadError
        return False
    finally:
        sock.settimeout(timeout)
