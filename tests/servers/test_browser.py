"""A link scanner with a real browser: it opens every link, and nothing changes."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.service.digests import send_digests
from mailflow.service.pages import OfficePages
from mailflow.service.petitions import open_petition
from mailflow.web.app import create_app
from mailflow.web.server import serve_on
from tests.acceptance.test_web_office import OPENED, House, open_house

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=2000",  # time for scripts that would submit a form by themselves
)


@dataclass
class Served:
    """An office whose pages are on the network."""

    house: House
    url: str


@pytest.fixture
def served(tmp_path: Path) -> Iterator[Served]:
    house = open_house(tmp_path)
    open_petition(house.office, "mig-1", OPENED)
    stop = threading.Event()
    listener = socket.create_server(("127.0.0.1", 0))
    app = create_app(OfficePages(house.office, lambda: house.at))
    thread = threading.Thread(target=serve_on, args=(listener, app, stop))
    thread.start()
    try:
        yield Served(replace(house), f"http://127.0.0.1:{listener.getsockname()[1]}")
    finally:
        stop.set()
        thread.join()
        listener.close()
        house.office.db.close()


def opened(url: str, profile: Path) -> str:
    """Open a page in the browser and give what it became."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser")
    assert chromium, "the tests need a browser: apt-get install chromium"
    command = [chromium, *FLAGS, f"--user-data-dir={profile}", "--dump-dom", url]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def test_r96_a_browser_that_opens_every_link_changes_nothing(served: Served, tmp_path: Path) -> None:
    """R96, fault row 35: personal, unsubscribe, digest and public page, by each key; the whole database is compared."""
    house = served.house
    row = house.invitation()
    house.sign(house.invitation("m2")["link_key"])  # something to tell in a digest
    send_digests(house.office, OPENED + timedelta(days=1), is_due_only=True)
    [digest] = house.rows(notice="digest")
    before = house.dump()
    pages = {
        f"/d/{digest['link_key']}": "Daily",
        f"/p/{row['object_id']}": "Diversity Member Initiative Group",
        f"/m/{row['link_key']}": "Anna Berg",
        f"/u/{row['link_key']}": "button",
        f"/u/{row['unsubscribe_key']}": "button",
    }
    for path, words in pages.items():
        assert words in opened(served.url + path, tmp_path / "profile"), path
    assert house.dump() == before
