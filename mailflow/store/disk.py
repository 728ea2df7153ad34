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


def has_room(settings: Settings) -> bool:
    """Tell whether more mail may be taken in now."""
    return shutil.disk_usage(data_folder(settings)).free >= disk_needed_bytes(settings.mailbox.max_bytes)
