"""All that the database keeps about one person, for that person."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa

from mailflow.mail.address import fold
from mailflow.mail.key import redact_keys
from mailflow.store import tables as t
from mailflow.store.engine import Work
from mailflow.store.roster import members

# keys act for whoever holds them (R59), the salt would open commitments; raw mail is had by `inbox export`
_WITHHELD = frozenset({"salt", "key", "link_key", "unsubscribe_key", "raw", "error", "fence", "lease_until"})


def kept_about(work: Work, member_id: str) -> dict[str, list[dict[str, Any]]]:
    """Give every row that names the member, by table: roster, choices, signatures, feedback, mail in and out."""
    kept = {
        table.name: _rows(work, table, table.c.member_id == member_id)
        for table in t.metadata.sorted_tables
        if "member_id" in table.c
    }
    ours = sa.select(t.signature.c.id).where(t.signature.c.member_id == member_id)
    kept["signature_history"] = _rows(work, t.signature_history, t.signature_history.c.signature_id.in_(ours))
    norms = [fold(address) for one in members(work, [member_id]).values() for address in one.addresses]
    kept["suppression"] = _rows(work, t.suppression, t.suppression.c.address_norm.in_(norms))
    return {name: rows for name, rows in kept.items() if rows}


def _rows(work: Work, table: sa.Table, condition: sa.ColumnElement[bool]) -> list[dict[str, Any]]:
    columns = [column for column in table.c if column.name not in _WITHHELD]
    found = work.execute(sa.select(*columns).where(condition).order_by(*table.primary_key.columns))
    return [{name: _without_keys(value) for name, value in row.items()} for row in found.mappings()]


def _without_keys(value: Any) -> Any:
    """Redact keys in texts and in values from JSON columns."""
    if isinstance(value, str):
        return redact_keys(value)
    if isinstance(value, dict):
        return {name: _without_keys(each) for name, each in value.items()}
    if isinstance(value, list):
        return [_without_keys(each) for each in value]
    return value
