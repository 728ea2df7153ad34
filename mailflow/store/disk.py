"""Room on the disk: when there is little, no more mail is taken in until there is room again (R13)."""

from __future__ import annotations

import shutil
from pathlib import Path

from mailflow.config import Settings
from mailflow.domain.health import disk_needed_bytes


def data_folder(settings: Settings) -> Path:
    """Say where we write: where SQLite's database lies, else the folder of config.toml, where the journals lie."""
    url = settings.database.url
    path = url.removeprefix("sqlite:///").partition("?")[0]
    return Path(path).parent if url.startswith("sqlite:///") and path else settings.folder


def lack(settings: Settings) -> str:
    """Say where there is too little room and how much there must be, "" where there is enough."""
    folder, needed = data_folder(settings), disk_needed_bytes(settings.mailbox.max_bytes)
    free = shutil.disk_usage(folder).free
    if free >= needed:
        return ""
    return f"{free // 1_000_000} MB are free in {folder}, and {needed // 1_000_000} MB are needed: make room"


def has_room(settings: Settings) -> bool:
    """Tell whether more mail may be taken in now."""
    return not lack(settings)
