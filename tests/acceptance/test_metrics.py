"""Numbers for Prometheus: counted in the database, shown to this machine alone."""

from __future__ import annotations

import re
import socket
import threading
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from starlette.testclient import TestClient

from mailflow.service.metrics import exposition
from mailflow.service.pages import OfficePages
from mailflow.store import health
from mailflow.store import tables as t
from mailflow.web.app import create_app
from mailflow.web.server import open_listener, serve_on
from tests.acceptance.way_in import PETITION, WayIn, open_way_in


@pytest.fixture
def way_in(tmp_path: Path) -> Iterator[WayIn]:
    way_in = open_way_in(tmp_path)
    yield way_in
    way_in.db.close()


def browser(way_in: WayIn, peer: str = "127.0.0.1", host: str = "127.0.0.1:8025") -> TestClient:
    pages = OfficePages(way_in.office, way_in.clock)
    return TestClient(create_app(pages), base_url=f"http://{host}", client=(peer, 4711), follow_redirects=False)


def samples(text: str) -> dict[str, float]:
    """The samples by name and labels."""
    lines = [line for line in text.splitlines() if not line.startswith("#")]
    return {name: float(value) for name, _, value in (line.rpartition(" ") for line in lines)}


def test_the_numbers_are_those_of_the_database(way_in: WayIn) -> None:
    """R89, R103: mails and signatures by state, unknown answers, ages."""
    way_in.arrive(way_in.answer(1, "I sign."), way_in.answer(2, "I sign."))
    way_in.keep(way_in.answer(3, "I sign."))
    with way_in.db.write() as work:
        health.note_good_poll(work, way_in.clock())
        work.execute(sa.update(t.outbox).where(t.outbox.c.id == 1).values(unknowns=1))
    way_in.clock.pass_(60)
    answer = browser(way_in).get("/metrics")
    assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
    found = samples(answer.text)
    expected = {
        'mailflow_inbox_mails{state="read"}': 2,
        'mailflow_inbox_mails{state="kept"}': 1,
        'mailflow_inbox_mails{state="parked"}': 0,
        'mailflow_outbox_mails{state="queued"}': 2,
        'mailflow_outbox_mails{state="accepted"}': 7,
        "mailflow_outbox_is_held": 0,
        "mailflow_unknown_answers": 1,
        f'mailflow_signatures{{petition="{PETITION}",state="validated"}}': 2,
        "mailflow_last_good_poll_age_seconds": 60,
        "mailflow_oldest_unread_age_seconds": 60,
        "mailflow_oldest_owed_age_seconds": 60,
        "mailflow_oldest_due_age_seconds": 60,
        'mailflow_trouble{trouble="no-poll"}': 0,
    }
    assert {name: found.get(name) for name in expected} == expected
    assert ("mailflow_free_disk_bytes" in found) == way_in.db.is_sqlite


def test_every_line_is_in_the_text_format(way_in: WayIn) -> None:
    """Prometheus, exposition format 0.0.4: each family with HELP and TYPE, once, before its samples."""
    with way_in.db.read() as work:
        text = exposition(work, way_in.office, way_in.clock())
    sample = re.compile(r'mailflow_[a-z_]+(\{[a-z]+="[^"\\\n]*"(,[a-z]+="[^"\\\n]*")*\})? [0-9.e+]+')
    family = ""
    seen: list[str] = []
    for line in text.splitlines():
        if line.startswith("# HELP "):
            family = line.split()[2]
            seen.append(family)
        elif line.startswith("# TYPE "):
            assert line == f"# TYPE {family} gauge"
        else:
            assert sample.fullmatch(line) and re.split(r"[{ ]", line)[0] == family
    assert len(seen) == len(set(seen)) == 11 and text.endswith("\n")


def test_an_age_has_no_sample_while_nothing_is_late(way_in: WayIn) -> None:
    """0 would say that the mailbox was just read."""
    with way_in.db.read() as work:
        found = samples(exposition(work, way_in.office, way_in.clock()))
    assert not [name for name in found if name.endswith("_age_seconds")]


def test_no_name_address_or_key_stands_in_it(way_in: WayIn) -> None:
    """R59"""
    way_in.arrive(way_in.answer(1, "I sign."))
    text = browser(way_in).get("/metrics").text
    assert "@" not in text and "m1" not in text
    assert not [row.key for row in way_in.outbox() if row.key in text]


@pytest.mark.parametrize(
    ("peer", "host", "headers"),
    [
        pytest.param("192.0.2.7", "127.0.0.1:8025", {}, id="from another machine"),
        pytest.param("2001:db8::1", "[::1]:8025", {}, id="from another machine by IPv6"),
        pytest.param("", "127.0.0.1:8025", {}, id="by a socket file"),
        pytest.param("127.0.0.1", "petitions.example.org", {}, id="by a proxy that keeps the public name"),
        pytest.param("127.0.0.1", "127.0.0.1.evil.example.net", {}, id="a name that only looks local"),
        pytest.param("127.0.0.1", "127.0.0.1:8025", {"X-Forwarded-For": "192.0.2.7"}, id="passed on"),
        pytest.param("127.0.0.1", "127.0.0.1:8025", {"X-Forwarded-For": "127.0.0.1"}, id="passed on, and lied"),
        pytest.param("127.0.0.1", "127.0.0.1:8025", {"Forwarded": "for=192.0.2.7"}, id="RFC 7239"),
        pytest.param("127.0.0.1", "127.0.0.1:8025", {"X-Real-IP": "192.0.2.7"}, id="nginx's own"),
        pytest.param("127.0.0.1", "127.0.0.1:8025", {"Via": "1.1 proxy"}, id="RFC 9110"),
    ],
)
def test_to_anybody_but_this_machine_there_is_no_such_page(
    peer: str, host: str, headers: dict[str, str], way_in: WayIn
) -> None:
    """The pages are public by a reverse proxy on this machine; the numbers are not."""
    client = browser(way_in, peer, host)
    unknown = client.get("/no-such-page", headers=headers)
    answer = client.get("/metrics", headers=headers)
    assert (answer.status_code, answer.text) == (404, unknown.text)
    assert client.get("/healthz", headers=headers).status_code == 200


@pytest.mark.parametrize(
    ("peer", "host"), [("127.0.0.1", "localhost:8025"), ("::1", "[::1]:8025"), ("127.0.0.9", "127.0.0.1")]
)
def test_this_machine_sees_them_under_any_of_its_names(peer: str, host: str, way_in: WayIn) -> None:
    assert browser(way_in, peer, host).get("/metrics").status_code == 200


def test_a_proxy_without_settings_gives_itself_away_by_its_version(way_in: WayIn) -> None:
    """nginx without settings passes no header on, names the upstream as Host, and speaks HTTP/1.0."""
    stop = threading.Event()
    with open_listener("127.0.0.1:0") as listener:
        host, port = listener.getsockname()
        app = create_app(OfficePages(way_in.office, way_in.clock))
        serving = threading.Thread(target=serve_on, args=(listener, app, stop))
        serving.start()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/metrics", timeout=10) as answer:
                assert answer.status == 200
            assert b" 404 " in _asked(host, port, b"GET /metrics HTTP/1.0\r\nHost: 127.0.0.1\r\n\r\n")
            assert b" 404 " in _asked(host, port, b"GET /metrics HTTP/1.1\r\nHost: x.example.org\r\n\r\n")
        finally:
            stop.set()
            serving.join()


def _asked(host: str, port: int, request: bytes) -> bytes:
    with socket.create_connection((host, port), 10) as client:
        client.sendall(request)
        return client.recv(100)


def test_whoever_asks_often_costs_one_count(way_in: WayIn) -> None:
    """Counting looks at every row: within some seconds the same numbers are given again."""
    pages = OfficePages(way_in.office, way_in.clock)
    first = pages.metrics()
    way_in.arrive(way_in.answer(1, "I sign."))
    assert pages.metrics() == first
    assert OfficePages(replace(way_in.office), way_in.clock).metrics() != first
