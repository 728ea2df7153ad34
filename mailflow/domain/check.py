"""One line of `doctor`: what was looked at, how it is, and what would do."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class State(StrEnum):
    """How something is. UNKNOWN: it could not be looked at from here, which is nobody's fault yet."""

    OK = "ok"
    WARNING = "warning"
    PROBLEM = "problem"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Check:
    """The outcome of one look. remedy: what would do, "" where nothing needs to be done."""

    check: str
    state: State
    detail: str
    remedy: str = ""


def ok(check: str, detail: str) -> Check:
    """It is as it should be."""
    return Check(check, State.OK, detail)


def warning(check: str, detail: str, remedy: str) -> Check:
    """It works, and something would be better."""
    return Check(check, State.WARNING, detail, remedy)


def problem(check: str, detail: str, remedy: str) -> Check:
    """It does not work."""
    return Check(check, State.PROBLEM, detail, remedy)


def unknown(check: str, detail: str, remedy: str = "") -> Check:
    """It could not be looked at."""
    return Check(check, State.UNKNOWN, detail, remedy)
