"""Servers that tests of several kinds share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.acceptance.imap_fault import FaultServer, Mail
from tests.acceptance.imap_fault_mailbox import RAW
from tests.servers.smtpsink import SmtpSink


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """A recording SMTP server; `smtp_sink.behaviour` makes it defer, refuse or drop."""
    with SmtpSink() as sink:
        yield sink


@pytest.fixture
def fault_server() -> Iterator[FaultServer]:
    """An IMAP server with one mail, which a test makes misbehave."""
    with FaultServer() as server:
        server.inbox[1] = Mail(RAW)
        yield server
