"""Is a packet still what was submitted? Its files, the mails behind it, the roster and the ledger are held to it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from hashlib import sha256
from typing import Any

from mailflow.domain.packet import MANIFEST_JSON, differences
from mailflow.errors import InputError
from mailflow.service.office import Office
from mailflow.store import ledger, packet
from mailflow.store.engine import Work


def check_packet(office: Office, files: Mapping[str, bytes]) -> dict[str, Any]:
    """Check a packet's files (bytes by name) against its manifest, and the manifest against what is kept here.

    Gives problems, one sentence each, [] when all is as it was; gone: mails that are kept no longer (retention), which
    is no problem. Raises InputError without a manifest.
    """
    told = files.get(MANIFEST_JSON)
    if told is None:
        raise InputError(f"there is no {MANIFEST_JSON}: that is no submission packet")
    problems = differences(told, files)
    try:
        about = json.loads(told)
        mails = {int(mail["n"]): str(mail["sha256"]) for mail in about["mails"]}
        petition_id, head = str(about["id"]), str(about["ledger_head"])
        roster_at, roster = datetime.fromisoformat(about["roster"]["as_of"]), about["roster"]["sha256"]
    except (ValueError, KeyError, TypeError):
        raise InputError(f"{MANIFEST_JSON} can't be read as a manifest") from None
    with office.db.read() as work:
        kept = packet.kept_digests(work, mails)
        problems += _in_books(work, petition_id, sha256(told).hexdigest(), head)
        problems += [f"mail {n} is not what it was" for n in sorted(kept) if kept[n] != mails[n]]
        if packet.roster_digest(work, roster_at)[1] != roster:
            problems.append(f"the roster of {about['roster']['as_of']} is not what it was (was a member erased?)")
    gone = sorted(set(mails) - set(kept))
    return {"id": petition_id, "is_whole": not problems, "problems": problems, "mails": len(mails), "gone": gone}


def _in_books(work: Work, petition_id: str, digest: str, head: str) -> list[str]:
    problems = []
    if digest not in packet.submitted(work, petition_id):
        problems.append("no packet with this manifest was submitted: the ledger does not have its SHA-256")
    return problems + list(ledger.audit(work, head).problems)
