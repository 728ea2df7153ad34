"""The pages behind a real socket."""

from __future__ import annotations

import logging
import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import httpx2 as httpx
import pytest

from mailflow.cli.logs import OneLine
from mailflow.errors import ConfigError
from mailflow.web import patience
from mailflow.web.app import create_app
from mailflow.web.server import open_listener, serve_on
from tests.acceptance.web_world import LINK, PETITION, UNSUBSCRIBE, PagesWorld

ENDLESS_POST = (
    f"POST /u/{UNSUBSCRIBE} HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n"
    "Content-Type: application/x-www-form-urlencoded\r\n\r\n".encode()
    + b"a" * 20_000
)


class Served:
    """A server in a thread of its own, as the web role has it."""

    def __init__(self, world: PagesWorld) -> None:
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self.listener.getsockname()[1]}"
        self.stop = threading.Event()
        self.thread = threading.Thread(target=serve_on, args=(self.listener, create_app(world), self.stop))
        self.thread.start()

    def end(self) -> None:
        self.stop.set()
        self.thread.join(20)
        self.listener.close()


@pytest.fixture
def world() -> PagesWorld:
    return PagesWorld()


@pytest.fixture
def served(world: PagesWorld) -> Iterator[Served]:
    server = Served(world)
    yield server
    server.end()


def test_pages_are_served_and_forms_act(served: Served, world: PagesWorld) -> None:
    assert httpx.get(served.address + "/p/mig-1").status_code == 200
    form = {"action": "sign", "statement": PETITION.statement_sha256, "act": PETITION.act_sha256}
    assert "is recorded" in httpx.post(f"{served.address}/m/{LINK}", data=form).text
    assert httpx.post(f"{served.address}/u/{UNSUBSCRIBE}", data={"List-Unsubscribe": "One-Click"}).status_code == 200
    assert world.signed == [LINK] and world.opted_out == {UNSUBSCRIBE}


def test_no_key_and_no_version_is_told(world: PagesWorld, caplog: pytest.LogCaptureFixture) -> None:
    """R59: the address of a page is a key; neither a visit nor a failure writes it down."""
    # started here and not by the fixture: pytest listens to every logger that is silent when a test begins
    with caplog.at_level(logging.DEBUG):
        served = Served(world)
        assert "server" not in httpx.get(f"{served.address}/m/{LINK}").headers
        world.is_broken = True
        assert httpx.get(f"{served.address}/p/mig-1").status_code == 500
        served.end()
    records = [record for record in caplog.records if record.name.startswith(("mailflow", "uvicorn"))]
    assert "mailflow.web.guard" in {record.name for record in records}
    assert not [record for record in records if record.name == "uvicorn.access" or LINK in record.getMessage()]
    assert not [record for record in records if "anna@" in OneLine().format(record)]


def test_it_ends_when_told_to(world: PagesWorld) -> None:
    server = Served(world)
    with httpx.Client(base_url=server.address) as browser:
        browser.get("/healthz")  # a connection that stays open
        server.end()
    assert not server.thread.is_alive()


@pytest.mark.parametrize(
    "request_",
    [
        pytest.param(b"GET /p/mig-1 HTTP/1.1\r\nHost: x\r\nX: " + b"a" * 90_000, id="a header without end"),
        pytest.param(ENDLESS_POST, id="a body without end"),
        pytest.param(b"\x16\x03\x01\x00\xa5", id="TLS"),
        pytest.param(b"GET /\x00 HTTP/1.1\r\n\r\n", id="a NUL"),
    ],
)
def test_what_is_no_request_is_refused_and_the_next_is_served(request_: bytes, served: Served) -> None:
    host, port = served.listener.getsockname()
    with socket.create_connection((host, port), timeout=20) as raw:
        raw.sendall(request_)
        assert raw.recv(100).startswith(b"HTTP/1.1 4")
    assert httpx.get(served.address + "/healthz").text == "ok\n"


@pytest.mark.parametrize("before", [b"", b"GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n"], ids=["first", "second request"])
def test_a_header_that_trickles_in_for_ever_ends_the_connection(
    before: bytes, served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Slowloris: 500 such connections would be all there are; each costs its place for ten seconds."""
    monkeypatch.setattr(patience, "HEAD_TIMEOUT_S", 0.3)
    host, port = served.listener.getsockname()
    with socket.create_connection((host, port), timeout=20) as raw:
        raw.sendall(before + b"GET /p/mig-1 HTTP/1.1\r\nX: ")
        with pytest.raises(OSError):  # reset, while it still trickles
            for _ in range(1000):
                raw.sendall(b"a")
                time.sleep(0.01)
    assert httpx.get(served.address + "/healthz").text == "ok\n"


def test_a_page_that_takes_long_is_waited_for(
    served: Served, world: PagesWorld, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(patience, "HEAD_TIMEOUT_S", 0.2)
    answer = world.is_healthy
    monkeypatch.setattr(world, "is_healthy", lambda: time.sleep(0.6) or answer())
    assert httpx.get(served.address + "/healthz").text == "ok\n"


def test_where_to_listen_is_taken_or_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        listen = f"127.0.0.1:{taken.getsockname()[1]}"
        with pytest.raises(ConfigError, match=f"web.listen is '{listen}': Address already in use"):
            open_listener(listen)
    path = tmp_path / "web.sock"
    for _ in range(2):  # the file that a killed server left behind is in nobody's way
        with open_listener(f"unix:{path}") as listener:
            assert listener.family == socket.AF_UNIX
            with pytest.raises(ConfigError, match="Address already in use"):
                open_listener(f"unix:{path}")
