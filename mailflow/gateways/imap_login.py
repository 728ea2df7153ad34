"""Log in to the mailbox: password, or XOAUTH2 with a token from a command."""

from __future__ import annotations

import imaplib
import json
import shlex
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass

from mailflow.errors import MailboxError, MailboxLoginError
from mailflow.gateways.imap_client import ImapClient
from mailflow.gateways.imap_connection import ImapAccount

TOKEN_COMMAND_TIMEOUT_S = 30
_TEMPORARY = ("[UNAVAILABLE]", "[INUSE]", "[LIMIT]", "[SERVERBUG]", "[CONTACTADMIN]")
"""Response codes (RFC 5530 section 3) of a refusal that is not about the password."""


EXPIRY_RESERVE_S = 120.0
"""So long before its end a token is taken as expired."""


@dataclass(frozen=True, slots=True)
class Token:
    """An access token, and how many seconds it is good for from now on; None where nobody said."""

    text: str
    expires_in_s: float | None = None


class Login:
    """Logs in; keeps a token until it is about to expire, or the server refuses it (R32)."""

    def __init__(self, account: ImapAccount, clock_s: Callable[[], float] = time.monotonic) -> None:
        self._account, self._clock_s = account, clock_s
        self._token, self._good_until_s = "", float("inf")

    def __call__(self, client: ImapClient) -> None:
        """Raise MailboxLoginError when the server refuses us, MailboxError when it can't say now."""
        if self._account.auth == "xoauth2":
            self._by_token(client)
        else:
            self._by_password(client)

    def _by_password(self, client: ImapClient) -> None:
        username, password = self._account.username, self._account.password
        refuse_control(username, "mailbox.imap.username", MailboxLoginError)
        refuse_control(password, "mailbox.imap.password", MailboxLoginError)
        capabilities = client.capabilities()
        try:
            if b"AUTH=PLAIN" in capabilities:  # takes any character; imaplib leaves the name of a LOGIN unquoted
                client.plain_login(username, password)
            elif b"LOGINDISABLED" in capabilities:
                raise MailboxError('takes no password on this connection; security = "tls" or "starttls" would do')
            elif not (username + password).isascii():
                raise MailboxLoginError("knows LOGIN alone, which takes only ASCII letters in name and password")
            else:
                client.login(f'"{_escaped(username)}"', password)
        except imaplib.IMAP4.error as refused:
            raise self._refusal(refused, "mailbox.imap.username and password") from None

    def _by_token(self, client: ImapClient) -> None:
        refuse_control(self._account.username, "mailbox.imap.username", MailboxLoginError)
        kept = self._token if self._clock_s() < self._good_until_s else ""
        if kept:
            try:
                return self._submit_token(client, kept)
            except MailboxLoginError:
                self._token = ""  # expired, most likely: ask for a new one, once
        asked_s, fresh = self._clock_s(), fresh_token(self._account.token_command)
        self._token, self._good_until_s = fresh.text, float("inf")
        if fresh.expires_in_s is not None:
            self._good_until_s = asked_s + max(fresh.expires_in_s / 2, fresh.expires_in_s - EXPIRY_RESERVE_S)
        try:
            self._submit_token(client, self._token)
        except MailboxLoginError:
            self._token = ""
            raise

    def _submit_token(self, client: ImapClient, token: str) -> None:
        try:
            client.sasl_login("XOAUTH2", _Xoauth2(self._account.username, token))
        except imaplib.IMAP4.error as refused:
            raise self._refusal(refused, "mailbox.imap.username and token_command") from None

    def _refusal(self, refused: imaplib.IMAP4.error, keys: str) -> Exception:
        """Tell a refused login from a connection that broke: IMAPClient calls both a LoginError."""
        cause = refused.__context__ or refused
        if isinstance(refused, imaplib.IMAP4.abort) or isinstance(cause, imaplib.IMAP4.abort | OSError):
            return cause if isinstance(cause, Exception) else refused
        said = self.scrubbed(str(refused))
        if any(code in said.upper() for code in _TEMPORARY):
            return MailboxError(f"can't log us in now: {said}")
        return MailboxLoginError(f"refused the login: {said}; check {keys}")

    def scrubbed(self, text: str) -> str:
        """Return `text` without the password and the token, in case the server repeats them."""
        for secret in (self._account.password, self._token):
            if secret:
                text = text.replace(secret, "***")
        return text


class _Xoauth2:
    """The client's side of XOAUTH2: the token first, an empty line after the server's error document."""

    def __init__(self, username: str, token: str) -> None:
        self._answers = [f"user={username}\x01auth=Bearer {token}\x01\x01"]

    def __call__(self, challenge: bytes) -> str:
        return self._answers.pop() if self._answers else ""


def fresh_token(command: str) -> Token:
    """Run the token command (no shell) and return what it prints; its output is never shown to anyone.

    It prints the token alone, or the answer of a token server (JSON with access_token and expires_in: RFC 6749 section
    5.1).
    """
    if not command.strip():
        raise MailboxLoginError("got no token: mailbox.imap.token_command is not set")
    try:
        done = subprocess.run(shlex.split(command), capture_output=True, timeout=TOKEN_COMMAND_TIMEOUT_S, check=False)
    except subprocess.TimeoutExpired:
        raise MailboxLoginError(f"got no token: token_command took over {TOKEN_COMMAND_TIMEOUT_S} s") from None
    except (OSError, ValueError) as failure:
        reason = failure.strerror if isinstance(failure, OSError) else "can't be split into words"
        raise MailboxLoginError(f"got no token: token_command can't be run: {reason}") from None
    printed = done.stdout.decode("ascii", "replace").strip()
    token = _told(printed) if printed.startswith("{") else Token(printed)
    if done.returncode != 0 or not token.text:
        raise MailboxLoginError(
            f"got no token: token_command ended with {done.returncode} and {'a' if token.text else 'no'} token;"
            " run it by hand to see why"
        )
    if not token.text.isascii() or any(c.isspace() or not c.isprintable() for c in token.text):
        raise MailboxLoginError(
            "got no token: token_command printed more than one word; it must print the token alone, or JSON with"
            " access_token and expires_in"
        )
    return token


def _told(printed: str) -> Token:
    """Read a token server's answer; without an access_token in it there is none."""
    try:
        answer = json.loads(printed)
        expires_in = answer.get("expires_in")
        return Token(str(answer.get("access_token") or ""), None if expires_in is None else max(0.0, float(expires_in)))
    except (ValueError, TypeError, RecursionError):
        return Token("")


def refuse_control(value: str, key: str, error: type[MailboxError] = MailboxError) -> None:
    """Refuse CR, LF and NUL in what becomes part of a command (R18)."""
    if any(c in value for c in "\r\n\0"):
        raise error(f"can't be asked: {key} holds a line end or NUL, which no server takes; check how it is set")


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace('"', '\\"')
