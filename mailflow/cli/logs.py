"""Logs: stdlib logging on stderr, one line an event; ids in them, never an address or a key (R59)."""

from __future__ import annotations

import logging
import re
import sys
import time

# linear: each run of non-blank characters is looked at once; a key is 26 characters of base32
_ADDRESS = re.compile(r"[^\s<>\"'(),;:\[\]@]{0,320}@[^\s<>\"'(),;:\[\]@]{0,320}")
_KEY = re.compile(r"(?<![A-Za-z0-9])[A-Za-z2-7]{25}[AEIMQUYaeimquy4](?![A-Za-z0-9])")


def redact(text: str) -> str:
    """Take away whatever looks like an address or has the form of a key."""
    return _KEY.sub("[key]", _ADDRESS.sub("[address]", text))


class OneLine(logging.Formatter):
    """One line an event: instant in UTC, level, logger, message; redacted as a whole, tracebacks included."""

    def __init__(self) -> None:
        super().__init__("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
        self.converter = time.gmtime

    def format(self, record: logging.LogRecord) -> str:
        """Give the line; line ends in it become ' | ', so that nothing in a mail can forge an event."""
        whole = redact(super().format(record))
        return " | ".join(line for line in whole.splitlines() if line.strip())


def set_up(verbose: int, quiet: bool) -> None:
    """Send our log to stderr. Level: WARNING with quiet, INFO, DEBUG with verbose; libraries a step less."""
    level = logging.WARNING if quiet else logging.DEBUG if verbose else logging.INFO
    stderr = logging.StreamHandler(sys.stderr)
    stderr.setFormatter(OneLine())
    root = logging.getLogger()
    root.handlers[:] = [stderr]
    root.setLevel(logging.INFO if verbose > 1 else logging.WARNING)
    logging.getLogger("imapclient").setLevel(logging.WARNING)  # at DEBUG it names the user
    logging.getLogger("mailflow").setLevel(level)
