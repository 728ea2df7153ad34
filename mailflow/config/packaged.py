"""Files that come with the program: in the wheel they lie in the package, in a checkout beside it."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent.parent


def packaged(name: str) -> Path:
    """Give the path of `config.example.toml` or `templates`."""
    inside = PACKAGE / name
    return inside if inside.exists() else PACKAGE.parent / name
