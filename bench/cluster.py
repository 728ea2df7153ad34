"""A private PostgreSQL on the disk: a measurement in memory would flatter it beside SQLite."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from tests.servers import postgresql


@contextlib.contextmanager
def private_cluster() -> Iterator[str]:
    """Run a cluster and give its URL."""
    in_memory = postgresql._fast_folder
    postgresql._fast_folder = lambda: "/tmp"
    try:
        cluster = postgresql.Cluster()
    finally:
        postgresql._fast_folder = in_memory
    try:
        yield cluster.url
    finally:
        cluster.close()
