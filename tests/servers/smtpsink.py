"""A recording SMTP server in a thread of its own, which can be told to misbehave."""

from __future__ import annotations

import asyncio
import threading
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Any, NamedTuple

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from tests.servers.dovecot import HOST, free_port


class Recorded(NamedTuple):
    """A mail that the sink has taken: it has answered 250 to the final dot, or dropped the line right after it."""

    mail_from: str
    rcpt_tos: list[str]
    raw: bytes


@dataclass
class Behaviour:
    """What the sink answers; may be changed while it runs. An empty string is the ordinary answer.

    on_mail_from, on_rcpt: called with the address; on_data: called with the mail, before it is recorded. Each returns
    an answer such as "450 4.2.0 later", or "". drop_after_dot: how many mails are taken and recorded, and the
    connection then closed without an answer (R89). delay_s: waited before the answer to the dot.
    """

    on_mail_from: Callable[[str], str] = lambda _: ""
    on_rcpt: Callable[[str], str] = lambda _: ""
    on_data: Callable[[Recorded], str] = lambda _: ""
    drop_after_dot: int = 0
    delay_s: float = 0.0


class SmtpSink:
    """Use as a context manager, or start() and stop(). `port` is free and listens on 127.0.0.1 alone.

    credentials: user name and password that clients must log in with (AUTH without TLS is offered then).
    """

    def __init__(
        self,
        behaviour: Behaviour | None = None,
        credentials: tuple[str, str] | None = None,
        **smtp_options: Any,
    ) -> None:
        self.behaviour = behaviour or Behaviour()
        self.host, self.port = HOST, free_port()
        self.messages: list[Recorded] = []
        self.connections = 0
        self._credentials = credentials
        self._arrived = threading.Condition()
        self._controller = _Controller(self, HOST, self.port, smtp_options)

    def start(self) -> SmtpSink:
        self._controller.start()
        return self

    def stop(self) -> None:
        self._controller.stop(no_assert=True)

    def __enter__(self) -> SmtpSink:
        return self.start()

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    def clear(self) -> None:
        self.messages.clear()

    def to(self, address: str) -> list[bytes]:
        """The mails whose envelope names the address, oldest first."""
        return [m.raw for m in self.messages if address.lower() in (rcpt.lower() for rcpt in m.rcpt_tos)]

    def wait_for(self, count: int, timeout_s: float = 20.0) -> list[Recorded]:
        """Wait until `count` mails are there, and return all; what is missing by then is for the test to say."""
        with self._arrived:
            self._arrived.wait_for(lambda: len(self.messages) >= count, timeout_s)
        return list(self.messages)

    # what aiosmtpd calls

    async def handle_EHLO(
        self, server: SMTP, session: Session, envelope: Envelope, hostname: str, responses: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.connections += 1
        return responses

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.behaviour.on_mail_from(address):
            return answer
        envelope.mail_from = address  # "<>" for the null reverse-path: aiosmtpd takes an empty one for none at all
        envelope.mail_options.extend(options)
        return "250 2.1.0 ok"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if answer := self.behaviour.on_rcpt(address):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 ok"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        content = envelope.original_content or b""
        mail_from = "" if envelope.mail_from in (None, "<>") else str(envelope.mail_from)
        mail = Recorded(mail_from, list(envelope.rcpt_tos), content)
        if answer := self.behaviour.on_data(mail):
            return answer
        with self._arrived:
            self.messages.append(mail)
            self._arrived.notify_all()
        if self.behaviour.delay_s:
            await asyncio.sleep(self.behaviour.delay_s)
        if self.behaviour.drop_after_dot > 0:
            self.behaviour.drop_after_dot -= 1
            server.transport.abort()
        return "250 2.0.0 recorded"

    def authenticate(self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any) -> AuthResult:
        wanted = tuple(part.encode() for part in self._credentials or ())
        return AuthResult(success=(data.login, data.password) == wanted, handled=False)


class _Controller(Controller):
    """Starts the server in a thread, with the sink as its handler."""

    def __init__(self, sink: SmtpSink, host: str, port: int, options: dict[str, Any]) -> None:
        if sink._credentials is not None:
            options |= {"authenticator": sink.authenticate, "auth_required": True, "auth_require_tls": False}
        super().__init__(sink, hostname=host, port=port, enable_SMTPUTF8=True, **options)

    def factory(self) -> SMTP:
        with warnings.catch_warnings():  # a login without TLS is what a test on the loopback wants
            warnings.simplefilter("ignore", UserWarning)
            return super().factory()


def defer_first(times: int = 1, answer: str = "451 4.7.1 greylisted") -> Callable[[str], str]:
    """An `on_rcpt` that defers each address so many times before it is taken (greylisting)."""
    seen: dict[str, int] = {}

    def on_rcpt(address: str) -> str:
        seen[address] = seen.get(address, 0) + 1
        return answer if seen[address] <= times else ""

    return on_rcpt


def refuse(*addresses: str, answer: str = "550 5.1.1 no such mailbox") -> Callable[[str], str]:
    """An `on_rcpt` that refuses these addresses and takes all others."""
    refused = {address.lower() for address in addresses}
    return lambda address: answer if address.lower() in refused else ""
