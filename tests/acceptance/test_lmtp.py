"""The LMTP door: 250 only for what is committed, a reply for each recipient, and nothing lost when somebody fails."""

from __future__ import annotations

import smtplib
import threading
from collections.abc import Iterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.domain.arrival import Arrival
from mailflow.errors import StoreAway
from mailflow.gateways import lmtp_commit
from mailflow.service.intake import read_waiting
from mailflow.store import tables as t
from tests.acceptance.lmtp_door import ADDRESS, DOMAIN, LOCAL, RAW, Client, Door, open_door

SECRET = "postgresql://mailflow:hunter2@db"


@pytest.fixture
def door(tmp_path: Path) -> Iterator[Door]:
    with open_door(tmp_path) as door:
        yield door


# --- taking a mail ----------------------------------------------------------------------------------------------
def test_a_mail_is_committed_before_it_is_acknowledged(door: Door) -> None:
    """R2, R1: when 250 arrives, another connection to the database sees the mail as it came."""
    client = door.client()
    assert client.send() == ["250 2.0.0 kept"]
    assert door.kept == [f"Return-Path: <robin@example.org>\r\nDelivered-To: {ADDRESS}\r\n".encode() + RAW]
    row = door.way_in.rows(t.inbox)[0]
    assert (row.door, row.state, row.arrived_at) == ("lmtp", "kept", door.way_in.clock())
    assert door.woken.is_set()


def test_it_says_what_it_takes(door: Door) -> None:
    """R37: SIZE is announced."""
    client = Client(door.listen)
    assert client.greeting.startswith("220 ")
    said = client.say(b"LHLO mx.example.org").splitlines()
    assert {line[4:] for line in said} >= {"SIZE 10000000", "PIPELINING", "8BITMIME", "SMTPUTF8"}
    assert client.say(b"EHLO mx.example.org").startswith("500")


def test_a_common_client_can_speak_to_it(door: Door) -> None:
    with smtplib.LMTP(*door.listen.split(":")) as client:  # type: ignore[arg-type]
        assert client.sendmail("robin@example.org", [f"{LOCAL}+key@{DOMAIN}"], RAW) == {}
    assert door.kept[0].startswith(f"Return-Path: <robin@example.org>\r\nDelivered-To: {LOCAL}+key@".encode())


def test_the_null_reverse_path_is_kept(door: Door) -> None:
    """A bounce is known by it (RFC 5321 section 4.5.5)."""
    assert door.client().send(mail_from="") == ["250 2.0.0 kept"]
    assert door.kept[0].startswith(b"Return-Path: <>\r\n")


def test_each_recipient_gets_a_reply(door: Door) -> None:
    """R36, fault row 30: RFC 2033 section 4.2; a refused recipient gets none after the dot."""
    client = door.client()
    to = [ADDRESS, "nobody@example.org", f"{LOCAL.upper()}+key@{DOMAIN}"]
    said = client.begin(*to)
    assert [reply[:3] for reply in said] == ["250", "250", "550", "250", "354"]
    client.socket.sendall(RAW + b".\r\nNOOP\r\n")
    assert [client.hear()[:9] for _ in range(3)] == ["250 2.0.0", "250 2.0.0", "250 OK"]
    assert len(door.kept) == 1


def test_a_mail_that_is_too_large_is_refused_for_each_recipient(door: Door) -> None:
    """R36: errors after the dot too."""
    client = door.client()
    client.begin(ADDRESS, f"{LOCAL}+key@{DOMAIN}")
    client.socket.sendall((b"x" * 998 + b"\r\n") * 10_001 + b".\r\nNOOP\r\n")
    assert [client.hear()[:3] for _ in range(3)] == ["552", "552", "250"]
    assert client.say(b"MAIL FROM:<> SIZE=10000001").startswith("552")
    assert door.kept == []


def test_a_line_beyond_998_octets_is_kept_whole(door: Door) -> None:
    raw = b"Subject: long\r\n\r\n" + b"x" * 300_000 + b"\r\n"
    assert door.client().send(raw) == ["250 2.0.0 kept"]
    assert door.kept[0].endswith(raw)


def test_pipelined_commands_are_answered_in_order(door: Door) -> None:
    client = door.client()
    client.socket.sendall(f"MAIL FROM:<>\r\nRCPT TO:<{ADDRESS}>\r\nDATA\r\n".encode())
    assert [client.hear()[:3] for _ in range(3)] == ["250", "250", "354"]


def test_mails_of_many_connections_share_a_transaction(door: Door) -> None:
    """Group commit: while one batch is being committed, the next gathers."""
    first_is_in, go_on = threading.Event(), threading.Event()

    def wait(_: Sequence[Arrival]) -> None:
        first_is_in.set()
        assert go_on.wait(20)

    door.before_keep = wait
    clients = [door.client() for _ in range(6)]
    for client in clients:
        client.begin()
    clients[0].socket.sendall(RAW + b".\r\n")
    assert first_is_in.wait(20)
    for client in clients[1:]:
        client.socket.sendall(RAW + b".\r\n")
    assert door.client().say(b"NOOP").startswith("250")  # R35: a slow database holds up nobody else
    go_on.set()
    assert [client.hear() for client in clients] == ["250 2.0.0 kept"] * 6
    assert sum(door.batches) == 6
    assert len(door.batches) < 6


# --- our own faults ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "error", [pytest.param(StoreAway(SECRET), id="database away"), pytest.param(RuntimeError(SECRET), id="anything")]
)
def test_our_own_faults_are_temporary_and_tell_nothing(door: Door, error: Exception) -> None:
    """R34, fault row 30: 451 for each recipient, no detail; the next mail is taken."""

    def fail(_: Sequence[Arrival]) -> None:
        raise error

    door.before_keep = fail
    client = door.client()
    assert client.send(RAW, ADDRESS, ADDRESS) == ["451 4.3.0 this could not be done now; try again later"] * 2
    door.before_keep = lambda _: None
    assert client.send() == ["250 2.0.0 kept"]


def test_one_mail_that_can_not_be_kept_does_not_refuse_the_others(door: Door) -> None:
    first_is_in, go_on = threading.Event(), threading.Event()

    def poison(arrivals: Sequence[Arrival]) -> None:
        first_is_in.set()
        assert go_on.wait(20)
        if any(b"poison" in arrival.raw for arrival in arrivals):
            raise RuntimeError

    door.before_keep = poison
    clients = [door.client() for _ in range(4)]
    for client in clients:
        client.begin()
    clients[0].socket.sendall(RAW + b".\r\n")
    assert first_is_in.wait(20)
    for client, raw in zip(clients[1:], [RAW, b"poison\r\n", RAW], strict=True):
        client.socket.sendall(raw + b".\r\n")
    go_on.set()
    assert [client.hear()[:3] for client in clients] == ["250", "250", "451", "250"]


def test_a_slow_database_is_answered_in_time(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    """R37: a reply within 5 s; the mail that comes again is the same mail."""
    monkeypatch.setattr(lmtp_commit, "REPLY_WITHIN_S", 0.1)
    go_on = threading.Event()
    door.before_keep = lambda _: assert_true(go_on.wait(20))
    client = door.client()
    assert client.send()[0].startswith("451")
    go_on.set()
    door.before_keep = lambda _: None
    monkeypatch.undo()
    assert client.send() == ["250 2.0.0 kept"]
    read_waiting(door.way_in.office, door.way_in.clock())
    assert sorted(row.verdict == "duplicate" for row in door.way_in.rows(t.inbox)) == [False, True]


def assert_true(said: bool) -> None:
    assert said


def test_a_client_that_hangs_up_after_the_dot_and_comes_again_has_one_effect(door: Door) -> None:
    """R35, fault row 30: the commit is not cancelled with the client."""
    way_in = door.way_in
    answer = way_in.answer(1, "I sign.")
    body = answer if answer.endswith(b"\r\n") else answer + b"\r\n"
    is_in, go_on = threading.Event(), threading.Event()

    def wait(_: Sequence[Arrival]) -> None:
        is_in.set()
        assert go_on.wait(20)

    door.before_keep = wait
    client = door.client()
    client.begin()
    client.socket.sendall(body + b".\r\n")
    assert is_in.wait(20)
    client.close()
    go_on.set()
    way_in.clock.pass_(60)
    assert door.client().send(body) == ["250 2.0.0 kept"]
    read_waiting(way_in.office, way_in.clock())
    assert way_in.tally == {"signed": 1, "validated": 1}
    assert [row.verdict for row in way_in.rows(t.inbox)] == ["signed", "duplicate"]
    signed_at = way_in.signatures["m1"]["signed_at"]
    assert signed_at == way_in.clock() - timedelta(seconds=60)  # a mail seen again keeps its first time


def test_a_client_that_hangs_up_before_the_dot_leaves_nothing(door: Door) -> None:
    client = door.client()
    client.begin()
    client.socket.sendall(RAW)
    client.close()
    assert door.client().send(RAW + b"second\r\n") == ["250 2.0.0 kept"]
    assert len(door.kept) == 1


# --- limits -----------------------------------------------------------------------------------------------------
def test_low_disk_refuses_mail_for_now_and_resumes_alone(door: Door) -> None:
    """R13: 452."""
    client = door.client()
    door.has_room = False
    assert client.say(b"MAIL FROM:<robin@example.org>").startswith("452 4.3.1")
    door.has_room = True
    assert client.send() == ["250 2.0.0 kept"]


def test_a_backlog_refuses_mail_for_now(door: Door) -> None:
    """R38"""
    door.waiting = 10_001
    assert door.client().say(b"MAIL FROM:<robin@example.org>").startswith("451 4.3.2")


@pytest.mark.parametrize(
    ("allow", "is_let_in"),
    [
        pytest.param(("192.0.2.0/24",), False, id="foreign peer"),
        pytest.param(("192.0.2.0/24", "127.0.0.1/32"), True, id="listed peer"),
        pytest.param((), False, id="nobody"),
    ],
)
def test_only_listed_peers_are_let_in(tmp_path: Path, allow: tuple[str, ...], is_let_in: bool) -> None:
    """R37"""
    with open_door(tmp_path, allow=allow) as door:
        client = Client(door.listen)
        assert client.greeting[:3] == ("220" if is_let_in else "421")
        if not is_let_in:
            assert client.hear() == ""


def test_a_unix_socket_is_guarded_by_its_mode(tmp_path: Path) -> None:
    """R37"""
    path = tmp_path / "lmtp.sock"
    with open_door(tmp_path, f"unix:{path}", allow=()) as door:
        assert path.stat().st_mode & 0o777 == 0o660
        assert door.client().send() == ["250 2.0.0 kept"]


# --- smuggling --------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "end",
    [
        b"\n.\n", b"\n.\r\n", b"\r\n.\n", b"\r.\r", b"\r\n.\r", b"\r.\r\n", b"\n.\r", b"\r.\n",
        b"\r\r\n.\r\r\n", b"\r\n\x00.\r\n", b"\n\n.\r\r\n", b"\r\n.\x00\r\n",
    ],
)  # fmt: skip
def test_what_looks_like_the_end_of_data_does_not_split_a_mail(door: Door, end: bytes) -> None:
    """R33, fault row 31: only CRLF . CRLF ends a mail."""
    smuggled = (
        b"MAIL FROM:<evil@example.org>\r\nRCPT TO:<" + ADDRESS.encode() + b">\r\nDATA\r\nSubject: second\r\n\r\nx\r\n"
    )
    client = door.client()
    assert client.send(b"Subject: first\r\n\r\nwords" + end + smuggled) == ["250 2.0.0 kept"]
    assert client.say(b"NOOP").startswith("250")
    assert len(door.kept) == 1
    assert b"Subject: second" in door.kept[0]
