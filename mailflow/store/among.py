"""Many values as one parameter of a statement, so that the statement stays the same however many there are.

IN with a parameter a value is put together anew for every number of values, which costs more than the look-up itself.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement


class Values(sa.types.TypeDecorator[Collection[Any]]):
    """A collection of values of one type: an array on PostgreSQL, JSON text on SQLite."""

    impl = sa.Text
    cache_ok = True

    def __init__(self, item: sa.types.TypeEngine[Any]) -> None:
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Use the database's own arrays where it has them."""
        is_postgresql = dialect.name == "postgresql"
        return dialect.type_descriptor(postgresql.ARRAY(self.item) if is_postgresql else sa.Text())

    def process_bind_param(self, value: Collection[Any] | None, dialect: sa.Dialect) -> Any:
        """Give a list, or its JSON text."""
        values = list(value or ())
        return values if dialect.name == "postgresql" else json.dumps(values)


class among(FunctionElement[bool]):
    """`among(column, "ids")`: the column is one of the values that the parameter `ids` holds, texts or integers."""

    type = sa.Boolean()
    inherit_cache = True

    def __init__(self, column: sa.ColumnElement[Any], parameter: str) -> None:
        super().__init__(column, sa.bindparam(parameter, type_=Values(column.type)))

    def self_group(self, against: object = None) -> Any:
        """Stand as it is in WHERE: as `… = 1`, which SQLAlchemy writes for functions, no index would serve it."""
        return self


@compiles(among, "sqlite")
def _on_sqlite(element: among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({values}))"


@compiles(among, "postgresql")
def _on_postgresql(element: among, compiler: SQLCompiler, **kw: Any) -> str:
    column, values = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} = ANY ({values})"
