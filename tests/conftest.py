"""Servers that tests of several kinds share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.smtpsink import SmtpSink


@pytest.fixture
def smtp_sink() -> Iterator[SmtpSink]:
    """A recording SMTP server; `smtp_sink.behaviour` makes it defer, refuse or drop."""
    with SmtpSink() as sink:
        yield sink
