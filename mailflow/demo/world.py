"""Everything outside the program that the demo needs: a relay and everybody's mailboxes, all on this machine."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from types import TracebackType

from mailflow.demo.imap_server import ImapServer
from mailflow.demo.mta import stamp
from mailflow.demo.smtp_server import HOST, Accepted, Refusal, SmtpServer
from mailflow.mail.address import fold, strip_tag

ADDRESS = "connect@example.org"
USERNAME = "connect"
PASSWORD = "demo-password"
DELIMITER = "+"


def _real_now() -> datetime:
    return datetime.now(UTC)


class World:
    """The mail servers of the story: `with World() as world:` starts and stops them.

    address: the association's; its mailbox is `username` at the IMAP server. now: the story's clock; it dates mail that
    comes in over SMTP (from a mail program of somebody who takes part), while `arrive` is told its instant.
    """

    def __init__(self, address: str = ADDRESS, now: Callable[[], datetime] = _real_now) -> None:
        self.address, self.username, self.password, self.host = address, USERNAME, PASSWORD, HOST
        self.now = now
        self._imap = ImapServer({self.username: self.password})
        self._smtp = SmtpServer(self._accept)
        self._logins: dict[str, str] = {}

    def __enter__(self) -> World:
        for name in ("mail.log", "pymap"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._imap.start()
        try:
            self._smtp.start()
        except BaseException:
            self._imap.stop()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._smtp.stop()
        finally:
            self._imap.stop()

    @property
    def smtp_port(self) -> int:
        """Where the relay listens."""
        return self._smtp.port

    @property
    def imap_port(self) -> int:
        """Where the association's mailbox is."""
        return self._imap.port

    def arrive(self, raw: bytes, at: datetime) -> int:
        """Put a mail, as our mail server wrote it down, into the association's mailbox with INTERNALDATE `at`."""
        return self._imap.append(self.username, [(raw, at)])[0]

    def arrive_all(self, mails: Sequence[tuple[bytes, datetime]]) -> list[int]:
        """Put many mails into the association's mailbox at once, in order."""
        return self._imap.append(self.username, mails)

    @property
    def outgoing(self) -> Sequence[Accepted]:
        """Every mail that the relay accepted for somebody outside, in order."""
        return tuple(mail for mail in self._smtp.accepted if not all(map(self._is_ours, mail.rcpt_to)))

    def mailbox_of(self, address: str) -> list[Accepted]:
        """Give the mails that reached an address, oldest first."""
        return [mail for mail in self._smtp.accepted if mail.is_for(address)]

    def refuse(self, address: str, answer: str = "550 5.1.1 No such user here", *, at_data: bool = False) -> None:
        """Make the relay refuse mail to an address from now on."""
        self._smtp.refusals[address.casefold()] = Refusal(answer, at_data)

    def give_login(self, address: str, password: str) -> None:
        """Let the owner of an address read their mail over IMAP from now on; the user name is the address."""
        self._imap.add_account(address, password)
        for mail in self.mailbox_of(address):
            self._imap.append(address, [(mail.raw, self.now())])
        self._logins[fold(address)] = address

    def _accept(self, accepted: Accepted) -> None:
        at = self.now()
        for recipient in accepted.rcpt_to:
            if self._is_ours(recipient):
                stamped = stamp(accepted.raw, accepted.mail_from, recipient, at, dmarc="pass")
                self.arrive(stamped, at)
            elif fold(recipient) in self._logins:
                self._imap.append(self._logins[fold(recipient)], [(accepted.raw, at)])

    def _is_ours(self, recipient: str) -> bool:
        return fold(strip_tag(recipient, DELIMITER)) == fold(self.address)
