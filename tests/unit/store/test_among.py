"""Many values as one parameter, as the databases read it."""

from __future__ import annotations

import pytest
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from mailflow.store.among import among
from mailflow.store.tables import outbox

BY_ID = sa.select(outbox.c.id).where(among(outbox.c.id, "ids"), outbox.c.state == "queued")


def test_an_index_serves_the_column() -> None:
    """Written as `(id IN …) = 1`, it would be looked at row by row."""
    text = str(BY_ID.compile(dialect=sqlite.dialect()))
    assert "WHERE outbox.id IN (SELECT value FROM json_each(?)) AND outbox.state" in text
    engine = sa.create_engine("sqlite://")
    with engine.connect() as work:
        outbox.create(work)
        plan = work.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}", ("[1]", "queued")).all()
    assert any("SEARCH outbox USING INTEGER PRIMARY KEY" in row[3] for row in plan)


def test_postgresql_gets_an_array() -> None:
    assert "outbox.id = ANY (%(ids)s" in str(BY_ID.compile(dialect=postgresql.dialect()))


@pytest.mark.parametrize(
    ("values", "found"),
    [
        pytest.param([], [], id="none"),
        pytest.param(["a", "b'", "\N{SNOWMAN}", "gone"], ["a", "b'", "\N{SNOWMAN}"], id="texts of any kind"),
        pytest.param({"a"}, ["a"], id="a set"),
    ],
)
def test_what_is_among_the_values_is_found(values: list[str], found: list[str]) -> None:
    table = sa.Table("t", sa.MetaData(), sa.Column("name", sa.Text))
    engine = sa.create_engine("sqlite://")
    with engine.connect() as work:
        table.create(work)
        work.execute(table.insert(), [{"name": name} for name in ("a", "b'", "\N{SNOWMAN}", "other")])
        assert list(work.scalars(sa.select(table.c.name).where(among(table.c.name, "v")), {"v": values})) == found
        others = list(work.scalars(sa.select(table.c.name).where(sa.not_(among(table.c.name, "v"))), {"v": values}))
        assert sorted([*found, *others]) == ["a", "b'", "other", "\N{SNOWMAN}"]
