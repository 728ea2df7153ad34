"""Where a test's database is: SQLite in its folder, or a new database in the PostgreSQL cluster that is named.

The name is in $MAILFLOW_TEST_POSTGRESQL, which tests/servers/postgresql.py sets: so the same tests run on both.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

import sqlalchemy as sa

CLUSTER = "MAILFLOW_TEST_POSTGRESQL"  # a cluster's URL
TEMPLATE = "mailflow_tables"  # a database there that has the tables already


def database_url(folder: Path, *, has_tables: bool = True) -> str:
    """Give the URL of a new database. has_tables: on PostgreSQL the tables are there, to save the migration."""
    cluster = os.environ.get(CLUSTER, "")
    if not cluster:
        return f"sqlite:///{folder / 'mailflow.db'}"
    name = f"test_{secrets.token_hex(8)}"
    execute(cluster, f"CREATE DATABASE {name} TEMPLATE {TEMPLATE if has_tables else 'template0'}")
    return sa.make_url(cluster).set(database=name).render_as_string(hide_password=False)


def execute(cluster: str, *statements: str) -> None:
    """Run statements that no transaction may hold."""
    engine = sa.create_engine(cluster, isolation_level="AUTOCOMMIT", poolclass=sa.NullPool)
    with engine.connect() as connection:
        for statement in statements:
            connection.execute(sa.text(statement))
