"""Real servers from the distribution, one a test process; a missing one is an error, never a skip."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.servers.dovecot import Account, Dovecot
from tests.servers.postgresql import cluster, on_postgresql

__all__ = ["cluster", "on_postgresql"]


@pytest.fixture(scope="session")
def dovecot() -> Iterator[Dovecot]:
    """A private Dovecot; take `dovecot.fresh_user()` for an account of your own."""
    server = Dovecot()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture
def account(dovecot: Dovecot) -> Account:
    """A new, empty account."""
    return dovecot.fresh_user()
