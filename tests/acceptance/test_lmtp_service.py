"""The service with an LMTP door: what is handed over is read at once, by the process whose turn it is."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from mailflow import app as app_module
from mailflow.app import App
from mailflow.config.sections import Lmtp
from mailflow.service.office import Office
from mailflow.store import tables as t
from mailflow.store.lease import Lease
from tests.acceptance.lmtp_door import Client, free_port
from tests.acceptance.way_in import WayIn, open_way_in


@pytest.fixture
def way_in(tmp_path: Path) -> Iterator[WayIn]:
    house = open_way_in(tmp_path, 4)
    yield house
    house.db.close()


def with_lmtp(office: Office, listen: str) -> Office:
    """The office with an LMTP door and no mailbox."""
    mailbox = replace(office.settings.mailbox, imap=None, lmtp=Lmtp(listen))
    return replace(office, settings=replace(office.settings, mailbox=mailbox))


@contextmanager
def running(way_in: WayIn, listen: str, *roles: str) -> Iterator[App]:
    """The service with these roles, and its end."""
    app = App(with_lmtp(way_in.office, listen), way_in.clock)
    thread = threading.Thread(target=app.run, args=(roles,))
    thread.start()
    try:
        yield app
    finally:
        app.stop.set()
        thread.join(20)
        way_in.db.stopping = threading.Event()
    assert not thread.is_alive()


def until(is_so: Callable[[], bool], seconds: float = 20.0) -> bool:
    end = time.monotonic() + seconds
    while not is_so():
        if time.monotonic() > end:
            return False
        time.sleep(0.05)
    return True


def hand_over(listen: str, raw: bytes) -> list[str]:
    """Deliver a mail as soon as the door is open."""
    client: list[Client] = []

    def is_open() -> bool:
        try:
            client.append(Client(listen))
        except OSError:
            return False
        return True

    assert until(is_open)
    client[0].say(b"LHLO mx.example.org")
    said = client[0].send(raw if raw.endswith(b"\r\n") else raw + b"\r\n")
    client[0].close()
    return said


def test_a_mail_that_is_handed_over_takes_effect_without_a_mailbox(way_in: WayIn) -> None:
    listen = f"127.0.0.1:{free_port()}"
    with running(way_in, listen, "inbox", "lmtp"):
        assert hand_over(listen, way_in.answer(1, "I sign.")) == ["250 2.0.0 kept"]
        assert until(lambda: way_in.tally == {"signed": 1, "validated": 1})


def test_what_another_process_kept_is_read_by_the_one_whose_turn_it_is(way_in: WayIn) -> None:
    """Roles apart: the door here, the reader there; and a reader without the lease leaves the mail alone (R29)."""
    listen = f"127.0.0.1:{free_port()}"
    other = Lease(way_in.db, "inbox")
    assert other.take()
    with running(way_in, listen, "lmtp"):
        assert hand_over(listen, way_in.answer(1, "I sign.")) == ["250 2.0.0 kept"]
    app = App(with_lmtp(way_in.office, listen), way_in.clock)
    app.stop.set()  # do not wait for the other
    assert app.read_once() == 0
    assert [row.state for row in way_in.rows(t.inbox)] == ["kept"]
    other.release()
    App(with_lmtp(way_in.office, listen), way_in.clock).read_once()
    assert way_in.tally == {"signed": 1, "validated": 1}


def test_a_mail_at_both_doors_counts_once(way_in: WayIn) -> None:
    """R16: the same Message-ID and content, wherever it lies."""
    listen = f"127.0.0.1:{free_port()}"
    raw = way_in.answer(1, "I sign.")
    way_in.arrive(raw)
    with running(way_in, listen, "inbox", "lmtp"):
        hand_over(listen, raw)
        assert until(lambda: [row.verdict for row in way_in.rows(t.inbox)] == ["signed", "duplicate"])


def test_a_door_that_another_program_has_is_told_in_one_line_and_opened_when_it_is_free(
    way_in: WayIn, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(app_module, "LMTP_AGAIN_S", 0.2)
    with socket.create_server(("127.0.0.1", 0)) as other:
        listen = f"127.0.0.1:{other.getsockname()[1]}"
        with running(way_in, listen, "inbox", "lmtp"):
            assert until(lambda: "mailbox.lmtp.listen is" in caplog.text)
            [first, *_] = [record for record in caplog.records if "mailbox.lmtp.listen" in record.getMessage()]
            assert ("already in use" in first.getMessage(), first.exc_info) == (True, None)
            other.close()
            assert hand_over(listen, way_in.answer(1, "I sign."))[-1].startswith("250")
