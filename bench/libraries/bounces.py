"""Runs in bench's own venv: what flufl.bounce finds in its own test data. FOLDER; prints JSON by file name."""

from __future__ import annotations

import json
import sys
from email import message_from_bytes
from pathlib import Path

from flufl.bounce import all_failures


def main(folder: str) -> None:
    found = {}
    for path in sorted(Path(folder).glob("*.txt")):
        temporary, permanent = all_failures(message_from_bytes(path.read_bytes()))
        found[path.name] = {
            "temporary": sorted(address.decode("ascii", "replace").lower() for address in temporary),
            "permanent": sorted(address.decode("ascii", "replace").lower() for address in permanent),
        }
    print(json.dumps(found))


if __name__ == "__main__":
    main(sys.argv[1])
