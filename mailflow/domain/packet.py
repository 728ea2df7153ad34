"""The submission packet as values: who signed, what the parts are, and the manifest that holds them together. Pure."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any

FORMAT = "mailflow submission packet 1"
MANIFEST_JSON, MANIFEST_TEXT = "manifest.json", "manifest.txt"
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_BREAKS = ("\t", "\r", "\n")


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that goes with a mail. name: letters, digits, '.', '-' and '_'. media_type: as 'application/pdf'."""

    name: str
    media_type: str
    content: bytes

    @property
    def sha256(self) -> str:
        """Give the SHA-256 of its bytes, in hex."""
        return sha256(self.content).hexdigest()


@dataclass(frozen=True, slots=True)
class SignatureLine:
    """A signature as the committee sees it.

    standing: the roster values that it was judged by. receipt: the code of its entry in the ledger. mails: the inbox
    numbers of the mails behind it. undo_until: until when the member can still undo it, None when they can't.
    """

    no: int
    member_id: str
    name: str
    standing: str
    signed_at: datetime
    via: str
    proof: str
    receipt: str
    statement_sha256: str
    act_sha256: str
    mails: tuple[int, ...] = ()
    undo_until: datetime | None = None


CSV_COLUMNS = (
    *("no", "member_id", "name", "standing", "signed_at", "via", "proof", "undo_until", "receipt", "mails"),
    *("statement_sha256", "act_sha256"),
)


def neutral(value: str) -> str:
    """Give a cell that no spreadsheet takes for a formula: an apostrophe before = + - @ (R100).

    White space before them is looked through, and so are their wide forms, which some spreadsheets take for the same.
    """
    return f"'{value}" if value.startswith(_BREAKS) or value.lstrip().startswith(_FORMULA) else value


def csv_of(lines: Sequence[SignatureLine]) -> bytes:
    """Give the signatures as CSV (RFC 4180) in UTF-8; instants are UTC."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(CSV_COLUMNS)
    for line in lines:
        writer.writerow([neutral(_cell(getattr(line, name))) for name in CSV_COLUMNS])
    return out.getvalue().encode()


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, tuple):
        return ";".join(str(each) for each in value)
    return str(value)


def instant(at: datetime) -> str:
    """Give an instant as RFC 3339 in UTC, to the second."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def manifest(
    about: Mapping[str, Any], parts: Sequence[Attachment], mails: Mapping[int, str], more: Mapping[str, Any]
) -> bytes:
    """Give the manifest as JSON, the same bytes for the same values.

    about: the petition and its numbers. mails: SHA-256 of each raw mail by its inbox number. more: ledger and roster.
    """
    whole = {
        "format": FORMAT,
        **about,
        "parts": [{"name": p.name, "bytes": len(p.content), "sha256": p.sha256} for p in parts],
        **more,
        "mails": [{"n": n, "sha256": mails[n]} for n in sorted(mails)],
    }
    return (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode()


def manifest_text(told: Sequence[tuple[str, str]], parts: Sequence[Attachment], mails: Mapping[int, str]) -> bytes:
    """Give the manifest for people; `sha256sum -c` takes it too: what it does not check are comments.

    told: what stands at the top, as (name, value).
    """
    lines = [f"# {name}: {' '.join(value.split())}" for name, value in told]
    lines += ["#", "# The parts of this packet; `sha256sum -c manifest.txt` checks them:"]
    lines += [f"{part.sha256}  {part.name}" for part in parts]
    lines += ["#", "# The mails behind the signatures, which the association keeps as they came (number, SHA-256):"]
    lines += [f"#   {n:>7}  {mails[n]}" for n in sorted(mails)] or ["#   none"]
    return ("\n".join(lines) + "\n").encode()


def differences(manifest_json: bytes, files: Mapping[str, bytes]) -> list[str]:
    """Hold files against a manifest; gives a sentence for each part that is missing, changed or not named there."""
    try:
        parts = {part["name"]: part["sha256"] for part in json.loads(manifest_json)["parts"]}
    except (ValueError, KeyError, TypeError):
        return [f"{MANIFEST_JSON} can't be read as a manifest"]
    found = [f"{name} is missing" for name in parts if name not in files]
    found += [
        f"{name} was changed: its SHA-256 is not the manifest's"
        for name, digest in parts.items()
        if name in files and sha256(files[name]).hexdigest() != digest
    ]
    known = {*parts, MANIFEST_JSON, MANIFEST_TEXT}
    return found + [f"{name} is not named in the manifest" for name in sorted(files) if name not in known]
