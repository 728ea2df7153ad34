"""The fault matrix: each row of faults that the program is tried against, and the tests that do it."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
NAMED = re.compile(r"fault rows? ((?:\d{1,2}\b(?:, | and )?)+)", re.IGNORECASE)

ROWS = {
    1: "kill -9 of the reader, at random",
    2: "kill -9 at each step of the way in",
    3: "kill -9 of a sender: before it dials, after the dot, before the result is committed",
    4: "a sender is stopped past its lease",
    5: "the IMAP server's process is stopped",
    6: "the IMAP server's process is killed",
    7: "the server closes in IDLE",
    8: "a connection that is half open",
    9: "the line drops in the middle of a mail",
    10: "the line stalls in the middle of a mail",
    11: "a giant literal is announced",
    12: "BYE; the mail server restarts",
    13: "UIDVALIDITY changes",
    14: "a mail is expunged between search and fetch",
    15: "a wrong password, an expired token",
    16: "two pollers",
    17: "the disk is full",
    18: "an I/O error at fsync",
    20: "PostgreSQL crashes; a backend is terminated",
    21: "the connection is cut at COMMIT",
    23: "SQLite is locked by a backup or a shell",
    24: "the clock jumps; daylight saving",
    25: "the relay drops the line after the dot",
    26: "the relay is slow after the dot",
    27: "4xx, 5xx and 421 at each step",
    28: "recipients of one batch with different answers",
    29: "greylisting",
    30: "the LMTP door: no database, a client that hangs up, two recipients, a slow database",
    31: "smuggled ends of a mail",
    36: "SIGTERM in a batch",
    37: "two signers at the threshold",
}


def _tests() -> dict[int, list[str]]:
    """Give by row the tests whose docstring, table or module names it."""
    found: dict[int, list[str]] = {}
    for path in sorted(TESTS.rglob("test_*.py")):
        if path == Path(__file__):
            continue
        source = path.read_text(encoding="utf-8")
        for part in ast.parse(source).body:
            if isinstance(part, ast.FunctionDef) and part.name.startswith("test_"):
                text = ast.get_docstring(part) or ""
            elif isinstance(part, ast.Assign):
                text = ast.get_source_segment(source, part) or ""
            else:
                continue
            name = part.name if isinstance(part, ast.FunctionDef) else "table"
            for numbers in NAMED.findall(text):
                for number in re.findall(r"\d+", numbers):
                    found.setdefault(int(number), []).append(f"{path.relative_to(TESTS)}::{name}")
    return found


@pytest.fixture(scope="module")
def named() -> dict[int, list[str]]:
    return _tests()


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row} {ROWS[row]}")
def test_a_fault_is_tried_by_a_test_that_names_it(row: int, named: dict[int, list[str]]) -> None:
    assert named.get(row), f"no test says 'fault row {row}': {ROWS[row]}"


if __name__ == "__main__":  # the table, to be read
    for row, names in sorted(_tests().items()):
        print(row, ROWS.get(row, ""), *names, sep="\n    ")
