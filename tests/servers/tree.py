"""An association of many units: the two files that it hands in, and who is meant by a unit, counted from the files."""

from __future__ import annotations

import csv
import random
from pathlib import Path

UNITS, MEMBERS = 60, 20_000
ROSTER_HEAD = "member_id name email other_emails standing paid_through units postal_address language"


def write_tree(folder: Path, seed: int = 7) -> None:
    """Write units.csv (a tree four deep) and roster.csv: members of several units, some without an address."""
    rng = random.Random(seed)
    units = [f"u{n}" for n in range(UNITS)]
    with (folder / "units.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(["unit_id", "name", "parent_id", "tags"])
        for n, unit in enumerate(units):
            parent = "" if n < 4 else units[(n - 1) // 3]
            rows.writerow([unit, f"Unit {n}", parent, "library" if n % 7 == 0 else ""])
    with (folder / "roster.csv").open("w", newline="", encoding="utf-8") as file:
        rows = csv.writer(file)
        rows.writerow(ROSTER_HEAD.split())
        for n in range(MEMBERS):
            mine = ";".join(rng.sample(units, rng.choice((0, 1, 1, 2, 3))))
            email = "" if n % 997 == 0 else f"member{n}@example.org"
            other = f"home{n}@example.org" if n % 3 == 0 and email else ""
            standing = "lapsed" if n % 11 == 0 else "good"
            paid = "2018-01-31" if n % 13 == 0 else "2018-12-31"
            rows.writerow([f"m{n}", f"Robin Sample{n}", email, other, standing, paid, mine, "", "en"])


def meant(folder: Path, unit: str, but_for: str = "") -> dict[str, str]:
    """Give the members of a unit and of all beneath it, without those of one unit: {member_id: address or ""}."""
    with (folder / "units.csv").open(encoding="utf-8") as file:
        parents = {row["unit_id"]: row["parent_id"] for row in csv.DictReader(file)}
    beneath = {each for each in parents if unit in _upwards(each, parents)}
    found = {}
    with (folder / "roster.csv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file):
            mine = set(row["units"].split(";"))
            if beneath & mine and but_for not in mine:
                found[row["member_id"]] = row["email"]
    return found


def _upwards(unit: str, parents: dict[str, str]) -> list[str]:
    way = [unit]
    while parents.get(way[-1]):
        way.append(parents[way[-1]])
    return way
