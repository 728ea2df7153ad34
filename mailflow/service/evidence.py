"""What the ledger proves: the chain is whole, and a receipt's entry stands in it."""

from __future__ import annotations

from typing import Any

from mailflow.errors import NotFound
from mailflow.service.office import Office
from mailflow.store import ledger
from mailflow.store.packet import packets_with


def verify(office: Office, known: str = "") -> dict[str, Any]:
    """Verify the ledger. known: a head that somebody wrote down earlier; it must stand in the chain."""
    with office.db.read() as work:
        found = ledger.audit(work, known.strip().lower())
    return {"entries": found.entries, "head": found.head, "is_whole": not found.problems, "problems": found.problems}


def receipt(office: Office, code: str) -> dict[str, Any]:
    """Give the entry of a receipt, the packets that its signature stands in, and whether the ledger is whole.

    Raises NotFound.
    """
    with office.db.read() as work:
        entry = ledger.by_code(work, code)
        if entry is None:
            raise NotFound(f"no entry of the ledger has the receipt {code!r}")
        found = ledger.audit(work, entry.hash)
        packets = packets_with(work, entry)
    return {
        "code": entry.code,
        "entry": entry.n,
        "at": entry.at,
        "kind": entry.kind,
        "object": entry.object_id,
        "data": dict(entry.data),
        "hash": entry.hash,
        "in_packets_of": packets,
        "ledger_is_whole": not found.problems,
        "head": found.head,
    }
