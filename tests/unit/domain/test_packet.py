"""Parts of the packet as values: the CSV that no spreadsheet runs, and the manifest that finds every change."""

from __future__ import annotations

import csv
import io
import json
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from mailflow.domain.packet import (
    CSV_COLUMNS,
    MANIFEST_JSON,
    MANIFEST_TEXT,
    Attachment,
    SignatureLine,
    csv_of,
    differences,
    manifest,
    manifest_text,
    neutral,
)

AT = datetime(2013, 7, 1, 9, tzinfo=UTC)
PARTS = (Attachment("a.pdf", "application/pdf", b"pages"), Attachment("a.csv", "text/csv", b"rows"))
MANIFEST = manifest({"id": "mig-1"}, PARTS, {9: "ff" * 32, 2: "ee" * 32}, {"ledger_head": "00" * 32})
FILES = {part.name: part.content for part in PARTS} | {MANIFEST_JSON: MANIFEST, MANIFEST_TEXT: b"text"}


@pytest.mark.parametrize("value", ["=1+1", "+44 20", "-2", "@SUM(A1)", "\t=1", "\r=1", " =1", "＝1", "\n@x"])
def test_a_cell_that_a_spreadsheet_would_run_is_made_words(value: str) -> None:
    """R100."""
    assert neutral(value) == "'" + value


@pytest.mark.parametrize("value", ["", "Sam Lee", "O'Neil", "m-1", "2013-06-24", "key+from", "a=b"])
def test_other_cells_stay_as_they_are(value: str) -> None:
    """R100."""
    assert neutral(value) == value


def test_the_csv_has_a_row_for_each_signature_and_runs_nothing() -> None:
    """R100: a name that is a formula; names with commas, quotes and line breaks stay one cell."""
    names = ['=HYPERLINK("http://x.example.org")', 'Lee, "Sam"', "Zoë\nΩmega"]
    lines = [
        SignatureLine(n, f"m{n}", name, "good", AT, "mail", "dmarc", "abcd", "00", "11", (n, 7))
        for n, name in enumerate(names, 1)
    ]
    rows = list(csv.DictReader(io.StringIO(csv_of(lines).decode())))
    assert [row["name"] for row in rows] == ["'" + names[0], *names[1:]]
    assert tuple(rows[0]) == CSV_COLUMNS
    assert rows[0]["signed_at"] == "2013-07-01T09:00:00Z" and rows[0]["mails"] == "1;7" and rows[0]["undo_until"] == ""


def test_the_manifest_names_each_part_and_mail_with_its_sha256() -> None:
    found = json.loads(MANIFEST)
    assert [(p["name"], p["bytes"]) for p in found["parts"]] == [("a.pdf", 5), ("a.csv", 4)]
    assert found["parts"][0]["sha256"] == sha256(b"pages").hexdigest()
    assert [mail["n"] for mail in found["mails"]] == [2, 9]


def test_in_the_text_what_is_no_part_is_a_comment_for_sha256sum() -> None:
    text = manifest_text([("Title", "two\nlines")], PARTS, {2: "ee" * 32}).decode()
    checked = [line for line in text.splitlines() if not line.startswith("#")]
    assert checked == [f"{part.sha256}  {part.name}" for part in PARTS]
    assert "# Title: two lines" in text


@pytest.mark.parametrize(
    ("files", "told"),
    [
        pytest.param(FILES, [], id="as it was"),
        pytest.param(
            FILES | {"a.csv": b"Rows"}, ["a.csv was changed: its SHA-256 is not the manifest's"], id="changed"
        ),
        pytest.param({k: v for k, v in FILES.items() if k != "a.pdf"}, ["a.pdf is missing"], id="missing"),
        pytest.param(FILES | {"b.pdf": b""}, ["b.pdf is not named in the manifest"], id="one too many"),
    ],
)
def test_a_change_of_any_part_is_found(files: dict[str, bytes], told: list[str]) -> None:
    assert differences(MANIFEST, files) == told


@pytest.mark.parametrize("broken", [b"", b"{}", b"[]", b'{"parts": 1}'])
def test_what_is_no_manifest_is_said_to_be_none(broken: bytes) -> None:
    assert differences(broken, FILES) == ["manifest.json can't be read as a manifest"]
