"""The mailbox where replies arrive: IMAP through IMAPClient, values in and values out.

Use it from one thread. Each method raises MailboxError (or MailboxLoginError) with one line that names host and port,
what the server said and what would do. After any error but a plain NO the connection is discarded (R22): `is_connected`
tells, and `connect()` makes a new one; the waits between tries are domain.backoff's.
"""

from __future__ import annotations

import logging
import ssl
import threading
import time
from collections.abc import Callable, Container, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from types import TracebackType

from mailflow.domain.arrival import Arrival
from mailflow.domain.removal import Removal
from mailflow.errors import MailboxError
from mailflow.gateways.idle import idle_window
from mailflow.gateways.imap_client import ImapClient
from mailflow.gateways.imap_connection import ImapAccount, drop, open_connection
from mailflow.gateways.imap_errors import is_plain_refusal, told
from mailflow.gateways.imap_fetch import Batch, Fetched, fetch_mails, first_new, new_uids, uids_before
from mailflow.gateways.imap_filing import add_keyword, put_away
from mailflow.gateways.imap_login import Login, refuse_control
from mailflow.gateways.imap_patience import Patience
from mailflow.gateways.imap_removal import open_folder, remove_here

log = logging.getLogger(__name__)

IDLE_WINDOW_S = 60.0
"""IDLE ends at least this often (R21), and the caller searches whatever was seen."""
LOGOUT_TIMEOUT_S = 3.0
"""A server that hangs must not hold up our own end."""


@dataclass(frozen=True)
class ImapSettings:
    """The mailbox: see `mailbox.imap` in config.toml; anything with these attributes will do."""

    host: str
    port: int
    username: str
    security: str = "tls"
    auth: str = "password"
    password: str = field(default="", repr=False)
    token_command: str = ""
    folder: str = "INBOX"
    done_folder: str = ""
    poll_s: float = 60
    connect_timeout_s: float = 15
    read_timeout_s: float = 60
    max_bytes: int = 10_000_000


class ImapMailbox:
    """One folder of one account, opened by its configured name (R27)."""

    def __init__(
        self,
        account: ImapAccount,
        tls: ssl.SSLContext | None = None,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        floor_s: float = 1.0,
        patience_s: float = 600.0,
    ) -> None:
        """tls: None trusts the system's certificates. now: stands in for an INTERNALDATE the server can't tell.

        floor_s: `wait` returns at most this often (R20), however much the server chatters.
        patience_s: how long a mail that the server won't give out is tried before it is reported as unreadable.
        """
        self._account, self._tls, self._now, self._floor_s = account, tls, now, floor_s
        self._login = Login(account)
        self._patience = Patience(patience_s)
        self._client: ImapClient | None = None
        self._uidvalidity = self._uidnext = self._mails = 0
        self._woke_at = float("-inf")
        self._refusal = ""

    def __enter__(self) -> ImapMailbox:
        self.connect()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def is_connected(self) -> bool:
        """False after an error that cost the connection: call connect() after a wait."""
        return self._client is not None

    @property
    def account(self) -> str:
        """Whose mailbox it is: part of a mail's place (R16)."""
        return f"{self._account.username}@{self._account.host}"

    @property
    def uidvalidity(self) -> int:
        """UIDVALIDITY as of connect(); when it differs from the one kept, no kept UID means anything (R17)."""
        return self._uidvalidity

    def connect(self) -> None:
        """Connect, log in and open the folder; discards an earlier connection."""
        self._discard()
        try:
            with self._translating():
                for key in ("folder", "done_folder"):
                    refuse_control(getattr(self._account, key), f"mailbox.imap.{key}")
                self._client = open_connection(self._account, self._tls)
                self._login(self._client)
                self._select(self._client)
        except MailboxError:
            self._discard()
            raise

    def close(self) -> None:
        """Log out and close; never raises."""
        client, self._client = self._client, None
        if client is not None:
            try:
                client.socket().settimeout(min(LOGOUT_TIMEOUT_S, self._account.read_timeout_s))
                client.logout()
            except Exception:  # we are leaving: a server that is gone already is no news
                drop(client)

    def uidnext(self) -> int:
        """Return the number above the highest UID in the folder now; 1 when it is empty.

        It is never above the UID of a mail that comes later, which UIDNEXT may be where it runs ahead of what is shown.
        """
        with self._speaking() as client:
            return _above_all(client)

    def all_uids(self) -> list[int]:
        """Return all UIDs of the folder, rising."""
        with self._speaking() as client:
            return list(self._search(client, 0))

    def uids_before(self, instant: datetime) -> set[int]:
        """Return the UIDs of all mails that came before `instant` (INTERNALDATE): for the first start."""
        with self._speaking() as client:
            return uids_before(client, instant, self._uidnext, self._mails)

    def fetch_new(self, after_uid: int, limit: int, skip: Container[int] = ()) -> list[Arrival]:
        """Return the first mails above `after_uid` that are not in `skip`, rising; nothing is marked or moved.

        At most `limit`, and fewer when they are large: ask again until the answer is empty. A UID that is missing
        between two returned ones was skipped or has vanished. A mail that is too large, or that the server won't give
        out, has a `problem`.
        """
        while True:
            with self._speaking() as client:
                uids = first_new(self._search(client, after_uid), max(limit, 2), skip)
                if not uids:
                    return []
                if probe := self._patience.probe(uids):
                    self._fetch(client, probe)
                batch = self._fetch(client, self._patience.narrowed(uids[:limit]))
            if batch.mails:
                return [self._arrival(mail) for mail in batch.mails]
            after_uid = batch.dealt_with[-1]  # all of them vanished between search and fetch: look further

    def _fetch(self, client: ImapClient, uids: Sequence[int]) -> Batch:
        """Fetch a batch up to the first mail that the server keeps back; that one is tried alone from then on."""
        given_up = [uid for uid in uids if self._patience.is_over(uid)]
        try:
            batch = fetch_mails(client, uids, self._account.max_bytes, given_up, self._now)
        except Exception:
            self._patience.failed(uids)
            raise
        self._patience.came(mail.uid for mail in batch.mails)
        if not batch.lacking:
            return batch
        self._patience.failed(batch.lacking)
        before = [mail for mail in batch.mails if mail.uid < batch.lacking[0]]
        if not before:
            raise MailboxError(f"does not give out the mail with UID {batch.lacking[0]}, which is in the folder")
        return replace(batch, mails=before)

    def file_away(self, uids: Sequence[int]) -> None:
        """Put mails that were dealt with into the done folder, or mark them (R26); vanished ones are no error.

        It may be repeated, and its success is no proof that a mail was there. Where the server says NO the mails stay,
        marked if possible, and a warning says so once.
        """
        with self._speaking() as client:
            self._warn_once(put_away(client, uids, self._account.done_folder))

    def flag(self, uids: Sequence[int], keyword: str) -> None:
        """Add a keyword to mails that stay where they are: other people's mail."""
        with self._speaking() as client:
            self._warn_once(add_keyword(client, uids, keyword))

    def remove(self, wanted: Sequence[Removal]) -> None:
        """Delete mails for good, in the folder and in the done folder, if their bytes are the ones that are meant."""
        with self._speaking() as client:
            remove_here(client, wanted, self._uidvalidity)
            if self._account.done_folder:
                try:
                    if open_folder(client, self._account.done_folder):
                        remove_here(client, wanted, 0)
                finally:
                    self._select(client)

    def has_folder(self, folder: str) -> bool:
        """Tell whether the account has a folder of that name; the mailbox's own is open afterwards."""
        with self._speaking() as client:
            try:
                return open_folder(client, folder)
            finally:
                self._select(client)

    def wait(self, timeout_s: float, stop: threading.Event) -> None:
        """Wait until there may be new mail, `timeout_s` (60 s at most with IDLE) has passed or `stop` is set.

        Search afterwards in every case: an announcement can be lost.
        """
        stop.wait(max(0.0, self._woke_at + self._floor_s - time.monotonic()))
        with self._speaking() as client:
            idled = client.has_capability("IDLE") and idle_window(client, min(timeout_s, IDLE_WINDOW_S), stop)
            if not idled:
                stop.wait(min(timeout_s, self._account.poll_s))
            client.noop()
            _forget_announcements(client)
        self._woke_at = time.monotonic()

    def _select(self, client: ImapClient) -> None:
        told_by_server = client.select_folder(self._account.folder)
        if b"UIDVALIDITY" not in told_by_server:
            raise MailboxError(
                "keeps no UIDs for the folder, so that mails can't be told apart; another server would do"
            )
        if self._uidvalidity != told_by_server[b"UIDVALIDITY"]:
            self._patience.forget()
        self._uidvalidity = told_by_server[b"UIDVALIDITY"]
        self._mails = told_by_server.get(b"EXISTS", 0)
        self._uidnext = told_by_server.get(b"UIDNEXT", 0)
        if not self._uidnext:  # RFC 3501 lets a server leave it out
            self._uidnext = _above_all(client)

    def _search(self, client: ImapClient, after_uid: int) -> Iterator[int]:
        return new_uids(client, after_uid, self._uidnext, self._mails)

    def _arrival(self, mail: Fetched) -> Arrival:
        return Arrival(
            door="imap",
            mailbox=self._account.folder,
            uidvalidity=self._uidvalidity,
            uid=mail.uid,
            raw=mail.raw,
            headers_only=bool(mail.problem),
            size_bytes=mail.size_bytes,
            arrived_at=mail.arrived_at,
            problem=mail.problem,
            account=self.account,
        )

    @contextmanager
    def _speaking(self) -> Iterator[ImapClient]:
        """Give the connection, and turn what goes wrong with it into a MailboxError."""
        with self._translating():
            if self._client is None:
                raise MailboxError("is not connected")
            yield self._client

    @contextmanager
    def _translating(self) -> Iterator[None]:
        """Turn what goes wrong into a MailboxError, and drop the connection unless the server just said NO (R22)."""
        try:
            yield
        except MailboxError as known:
            raise type(known)(self._line(str(known))) from None
        except Exception as foreign:
            if not is_plain_refusal(foreign):
                self._discard()
            raise MailboxError(self._line(told(foreign))) from foreign

    def _warn_once(self, refusal: str) -> None:
        """Log why the server does not file or mark mails, unless it was the last thing logged."""
        if refusal and refusal != self._refusal:
            log.warning(
                "%s", self._line(f"does not file mail as told: {refusal}; it stays; check mailbox.imap.done_folder")
            )
        self._refusal = refusal or self._refusal

    def _line(self, what: str) -> str:
        return self._login.scrubbed(f"mailbox {self._account.host}:{self._account.port} {what}")

    def _discard(self) -> None:
        client, self._client = self._client, None
        if client is not None:
            drop(client)


def _above_all(client: ImapClient) -> int:
    """Return the highest UID and one; `*` is the last mail of the folder."""
    return max(client.search(["UID", "*"]), default=0) + 1


def _forget_announcements(client: ImapClient) -> None:
    """Empty imaplib's store of unasked answers, which grows for as long as a connection lives; a BYE stays."""
    kept = client._imap.untagged_responses
    for kind in [kind for kind in kept if kind not in ("BYE", "READ-ONLY")]:
        del kept[kind]
