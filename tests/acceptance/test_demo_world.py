"""The demo's mail servers: up at once, down at once, and faithful to what they were given."""

from __future__ import annotations

import smtplib
import socket
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest
from imapclient import IMAPClient

from mailflow.demo.smtp_server import Accepted
from mailflow.demo.world import World

MONDAY = datetime(2013, 6, 24, 9, 0, 7, tzinfo=timezone(timedelta(hours=-5)))
MAIL = b"From: Ada <ada@city-library.example.org>\r\nSubject: hello\r\n\r\nI sign.\r\n"


@pytest.fixture
def world() -> Iterator[World]:
    with World(now=lambda: MONDAY) as world:
        yield world


@pytest.fixture
def mailbox(world: World) -> Iterator[IMAPClient]:
    with IMAPClient(world.host, port=world.imap_port, ssl=False, timeout=10) as client:
        client.normalise_times = False
        client.login(world.username, world.password)
        client.select_folder("INBOX")
        yield client


def _submit(world: World, mail_from: str, rcpt_to: list[str], raw: bytes = MAIL) -> dict[str, tuple[int, bytes]]:
    with smtplib.SMTP(world.host, world.smtp_port, timeout=10) as client:
        return client.sendmail(mail_from, rcpt_to, raw)


def test_both_servers_are_gone_and_no_thread_is_left_after_the_story() -> None:
    before = set(threading.enumerate())
    with World() as world:
        ports = (world.smtp_port, world.imap_port)
    for port in ports:
        with pytest.raises(OSError):
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
    assert set(threading.enumerate()) <= before


def test_a_connection_that_idles_does_not_keep_the_world_from_stopping() -> None:
    with World() as world:
        client = IMAPClient(world.host, port=world.imap_port, ssl=False, timeout=10)
        client.login(world.username, world.password)
        client.select_folder("INBOX")
        client.idle()
    client.shutdown()


def test_a_mail_arrives_byte_for_byte_with_the_instant_of_the_story(world: World, mailbox: IMAPClient) -> None:
    uid = world.arrive(MAIL, MONDAY)
    mailbox.noop()
    got = mailbox.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE", "RFC822.SIZE"])[uid]
    assert got[b"BODY[]"] == MAIL
    assert got[b"INTERNALDATE"] == MONDAY
    assert got[b"RFC822.SIZE"] == len(MAIL)


def test_many_mails_arrive_in_their_order_each_with_its_own_instant(world: World, mailbox: IMAPClient) -> None:
    instants = [MONDAY + timedelta(hours=n) for n in (3, 1, 2)]
    uids = world.arrive_all([(MAIL, at) for at in instants])
    mailbox.noop()
    assert [mailbox.fetch(uids, ["INTERNALDATE"])[uid][b"INTERNALDATE"] for uid in uids] == instants


def test_a_naive_instant_is_refused(world: World) -> None:
    with pytest.raises(ValueError, match="time zone"):
        world.arrive(MAIL, MONDAY.replace(tzinfo=None))


def test_a_client_in_idle_hears_of_new_mail(world: World, mailbox: IMAPClient) -> None:
    mailbox.idle()
    world.arrive(MAIL, MONDAY)
    heard: list[object] = []
    while not heard:  # the client's own time limit ends this if nothing comes
        heard = mailbox.idle_check(timeout=10)
    mailbox.idle_done()
    assert (1, b"EXISTS") in heard


def test_mail_can_be_filed_by_moving_it(world: World, mailbox: IMAPClient) -> None:
    uid = world.arrive(MAIL, MONDAY)
    mailbox.create_folder("Done")
    mailbox.noop()
    mailbox.move([uid], "Done")
    assert mailbox.search("ALL") == []
    mailbox.select_folder("Done")
    (moved,) = mailbox.search("ALL")
    assert mailbox.fetch([moved], ["INTERNALDATE"])[moved][b"INTERNALDATE"] == MONDAY


def test_the_relay_keeps_what_it_accepted_with_its_envelope(world: World) -> None:
    _submit(world, "connect+key@example.org", ["ada@city-library.example.org"])
    expected = Accepted("connect+key@example.org", ("ada@city-library.example.org",), MAIL)
    assert list(world.outgoing) == [expected]
    assert world.mailbox_of("Ada@City-Library.example.org") == [expected]
    assert world.mailbox_of("nobody@city-library.example.org") == []


def test_a_null_reverse_path_is_kept_as_an_empty_sender(world: World) -> None:
    _submit(world, "", ["ada@city-library.example.org"])
    assert world.outgoing[0].mail_from == ""


@pytest.mark.parametrize("at_data", [False, True], ids=["at RCPT TO", "at the final dot"])
def test_the_relay_refuses_an_address_when_told_to(world: World, at_data: bool) -> None:
    world.refuse("gone@city-library.example.org", "550 5.1.1 No such user", at_data=at_data)
    with pytest.raises(smtplib.SMTPException) as refused:
        _submit(world, "connect+key@example.org", ["gone@city-library.example.org"])
    assert "5.1.1" in str(refused.value)
    assert list(world.outgoing) == []


def test_one_refused_recipient_does_not_keep_the_mail_from_the_others(world: World) -> None:
    world.refuse("gone@city-library.example.org")
    refused = _submit(world, "a@example.org", ["gone@city-library.example.org", "ada@city-library.example.org"])
    assert list(refused) == ["gone@city-library.example.org"]
    assert world.outgoing[0].rcpt_to == ("ada@city-library.example.org",)


def test_mail_sent_to_the_association_comes_in_stamped_and_is_not_outgoing(world: World, mailbox: IMAPClient) -> None:
    """A mail program of somebody who takes part sends to the same server."""
    _submit(world, "ada@city-library.example.org", ["Connect+abc@example.org"])
    mailbox.noop()
    (uid,) = mailbox.search("ALL")
    got = mailbox.fetch([uid], ["BODY.PEEK[]", "INTERNALDATE"])[uid]
    assert got[b"INTERNALDATE"] == MONDAY
    assert got[b"BODY[]"].startswith(b"Return-Path: <ada@city-library.example.org>\r\nDelivered-To: Connect+abc@")
    assert b"dmarc=pass header.from=city-library.example.org" in got[b"BODY[]"]
    assert got[b"BODY[]"].endswith(MAIL)
    assert list(world.outgoing) == []


def test_a_member_who_takes_part_reads_old_and_new_mail_over_imap(world: World) -> None:
    address = "ada@city-library.example.org"
    _submit(world, "connect@example.org", [address])
    world.give_login(address, "secret")
    _submit(world, "connect@example.org", [address])
    with IMAPClient(world.host, port=world.imap_port, ssl=False, timeout=10) as client:
        client.login(address, "secret")
        client.select_folder("INBOX")
        assert len(client.search("ALL")) == 2


def test_a_wrong_password_is_refused_in_a_way_that_a_client_understands(world: World) -> None:
    with IMAPClient(world.host, port=world.imap_port, ssl=False, timeout=10) as client, pytest.raises(client.Error):
        client.login(world.username, "wrong")


def test_the_real_clock_is_used_where_none_is_given() -> None:
    assert World().now().tzinfo is UTC
