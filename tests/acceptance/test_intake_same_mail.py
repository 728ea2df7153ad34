"""Which mail is the same mail, wherever it lies and however often it is found; and what is left where it lies."""

from __future__ import annotations

import random
from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.demo.cast import Person
from mailflow.demo.client_names import Client
from mailflow.demo.clients import reply
from mailflow.demo.clients.machines import exchange_auto_reply, out_of_office, outlook_reaction, ticket_system
from mailflow.demo.clients.reports import delayed, hard_bounce, read_receipt
from mailflow.demo.mta import stamp
from mailflow.service import intake, reading
from mailflow.service.fetching import fetch_all
from mailflow.store import tables as t
from tests.acceptance.folder_of_values import FolderOfValues
from tests.acceptance.way_in import OPENED, OWNER, WayIn, address_of, open_way_in, parsed, text_of

ONE, OTHER = "<one@client.example.org>", "<other@client.example.org>"


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


@pytest.mark.parametrize(
    ("message_id", "words", "verdict", "is_flagged"),
    [
        pytest.param(ONE, "I think the group should meet on Fridays.", "duplicate", False, id="same id, same content"),
        pytest.param(ONE, "I think the group should meet on Mondays.", "feedback", True, id="same id, other content"),
        pytest.param(
            OTHER, "I think the group should meet on Fridays.", "feedback", False, id="other id, same content"
        ),
        pytest.param(
            OTHER, "I think the group should meet on Mondays.", "feedback", False, id="other id, other content"
        ),
    ],
)
def test_the_same_mail_is_the_same_id_and_the_same_content(
    way_in: WayIn, message_id: str, words: str, verdict: str, is_flagged: bool
) -> None:
    """R16: the four-way matrix."""
    first = way_in.answer(1, "I think the group should meet on Fridays.", message_id=ONE)
    _, second = way_in.arrive(first, way_in.answer(1, words, message_id=message_id))
    assert second.verdict == verdict
    assert any("Message-ID was used by" in reason for reason in second.reasons) == is_flagged
    assert len(way_in.rows(t.feedback)) == (1 if verdict == "duplicate" else 2)


def test_two_mails_without_a_message_id_and_with_other_content_are_both_read(way_in: WayIn) -> None:
    """R16: an empty id is nobody's id."""
    said = [way_in.answer(n, "SIGN", message_id="") for n in (1, 2)]
    first, second, again = way_in.arrive(*said, said[0])
    assert [mail.verdict for mail in (first, second, again)] == ["signed", "signed", "duplicate"]
    assert way_in.tally["validated"] == 2


def test_the_same_mail_with_other_trace_headers_is_the_same(way_in: WayIn) -> None:
    """R16: a copy that came another way differs in Received alone."""
    raw = way_in.answer(1, "SIGN")
    other_way = b"Received: from b.example.org by mx.example.org; Mon, 24 Jun 2013 16:00:00 +0000\r\n" + raw
    assert [mail.verdict for mail in way_in.arrive(raw, other_way)] == ["signed", "duplicate"]


def test_a_place_that_was_seen_is_not_kept_again_and_the_first_arrival_stays(way_in: WayIn) -> None:
    """R16, R67"""
    arrival = way_in.arrival(way_in.answer(1, "SIGN"))
    assert intake.receive(way_in.office, [arrival], way_in.clock()) == [1]
    assert intake.receive(way_in.office, [arrival], way_in.clock() + timedelta(days=1)) == []
    assert way_in.mail(1).arrived_at == way_in.clock()


# --- a renumbered mailbox ---------------------------------------------------------------------------------------
def fetch(way_in: WayIn, folder: FolderOfValues, since: object = OPENED) -> int:
    return fetch_all(way_in.office, folder, "INBOX", way_in.clock(), since)  # type: ignore[arg-type]


def test_a_new_uidvalidity_counts_nothing_twice_loses_nothing_and_alerts_the_owner(way_in: WayIn) -> None:
    """R17: old UIDs name other mails now; all is looked at again and known by its content."""
    folder = FolderOfValues()
    folder.put(b"From: x@y.example.org\r\nSubject: long ago\r\n\r\nold\r\n", OPENED - timedelta(days=400))
    raws = [way_in.answer(n, "SIGN") for n in range(1, 5)]
    for raw in raws[:3]:
        folder.put(raw, way_in.clock())
    fetch(way_in, folder)
    assert way_in.tally["validated"] == 3
    queued = len(way_in.outbox())
    folder.mails |= {uid: (raw, way_in.clock()) for uid, raw in enumerate(raws[:3], 2)}  # a restored mailbox
    folder.put(raws[3], way_in.clock())
    folder.renumber()
    way_in.clock.pass_(60)
    assert fetch(way_in, folder) == 4
    assert way_in.tally == {"signed": 4, "validated": 4}
    assert [row.verdict for row in way_in.rows(t.inbox)] == ["signed"] * 3 + ["duplicate"] * 3 + ["signed"]
    assert [row.notice for row in way_in.outbox()[queued:]] == ["alert", "signature_recorded"]
    assert list(folder.mails) == [1]  # the old mail lies where it lay
    way_in.deliver()
    assert "UIDVALIDITY" in text_of(parsed(way_in.sent(OWNER, "alert")))
    fetch(way_in, folder)
    assert len(way_in.outbox("alert")) == 1


def test_another_account_whose_numbers_are_the_same_is_read_from_its_start(way_in: WayIn) -> None:
    """R1, R16: the mailbox moved to another provider, and its first folder is numbered as the old one was."""
    old, new = FolderOfValues(), FolderOfValues(account="connect@other.example.org")
    first, second = way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN")
    old.put(first, way_in.clock())
    fetch(way_in, old)
    for raw in (second, first):  # the old mail was copied over, behind a new one
        new.put(raw, way_in.clock())
    assert fetch(way_in, new) == 2
    rows = way_in.rows(t.inbox)
    assert [(row.account, row.uid, row.verdict) for row in rows] == [
        ("connect@localhost", 1, "signed"),
        ("connect@other.example.org", 1, "signed"),
        ("connect@other.example.org", 2, "duplicate"),
    ]
    assert (new.filed, way_in.outbox("alert")) == ([1, 2], [])  # the operator knows of the new account
    assert fetch(way_in, new) == 0


def test_mail_from_before_the_first_start_is_neither_read_nor_moved_nor_answered(way_in: WayIn) -> None:
    folder = FolderOfValues()
    for n in range(1, 4):
        folder.put(way_in.answer(n, "SIGN"), OPENED - timedelta(days=1))
    queued = len(way_in.outbox())
    assert fetch(way_in, folder) == 0
    assert (len(folder.mails), folder.filed, folder.keywords) == (3, [], {})
    assert (way_in.rows(t.inbox), len(way_in.outbox())) == ([], queued)


def test_mail_that_answers_nothing_of_ours_stays_and_is_flagged(way_in: WayIn) -> None:
    folder = FolderOfValues()
    folder.put(b"From: reader@else.example.org\r\nSubject: Opening hours\r\n\r\nWhen do you open?\r\n", way_in.clock())
    folder.put(way_in.answer(1, "SIGN"), way_in.clock())
    fetch(way_in, folder)
    assert (list(folder.mails), folder.filed, folder.keywords) == ([1], [2], {1: "$NotMailflow"})
    fetch(way_in, folder)
    assert len(way_in.rows(t.inbox)) == 2


# --- every mail ends somewhere ----------------------------------------------------------------------------------
EFFECTS = {"signed", "pending", "not_in_good_standing", "withdrawn", "undone", "feedback", "question"}
WORDS = (
    "SIGN",
    "Yes, I sign.",
    "No thanks",
    "When do you meet?",
    "Hm.",
    "I withdraw my signature.",
    "Please unsubscribe me",
    "",
    "ok",
)


def every_sort(way_in: WayIn, members: int) -> list[bytes]:
    """Some hundred mails: people in all programs, machines, reports, forgeries, and bytes that are hardly mail."""
    chance, at = random.Random(7), way_in.clock()
    raws = []
    for n in range(1, members + 1):
        person, sent = Person(f"Robin Sample{n}", address_of(n)), way_in.sent(n)
        to = str(parsed(sent)["Reply-To"])
        for words in chance.sample(WORDS, 4):
            dmarc = chance.choice(["pass", "none", "fail", None])
            raw = reply(chance.choice(list(Client)), person, sent, words, at)
            raws.append(stamp(raw, person.address, to, at, dmarc=dmarc))  # type: ignore[arg-type]
        machine = chance.choice([out_of_office, exchange_auto_reply, ticket_system, outlook_reaction, read_receipt])
        raws.append(stamp(machine(person, sent, at), "", to, at))
        raws.append(stamp(chance.choice([hard_bounce, delayed])(person.address, sent, at), "", to, at))
        raws.append(way_in.answer(n, "I sign.", from_="stranger@else.example.org"))
        broken = bytearray(raws[-2])
        for _ in range(30):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        raws.append(bytes(broken))
    raws += [b"", b"\r\n\r\n", b"\x00" * 100, b"From: \xff\r\n\r\n", b"no header at all", raws[0], raws[5]]
    chance.shuffle(raws)
    return raws


def test_every_mail_ends_in_exactly_one_state_with_a_reason(tmp_path: Path) -> None:
    """R9: took effect, was ignored with the reason, waits for a person, or failed; replaying all changes nothing."""
    way_in = open_way_in(tmp_path, members=30)
    rows = way_in.arrive(*every_sort(way_in, 30))
    assert len(rows) > 240
    caused = {row.inbox_n for table in (t.signature_history, t.feedback, t.question) for row in way_in.rows(table)}
    for row in rows:
        assert row.state in {"read", "held"}, (row.n, row.error)
        assert row.verdict
        assert row.reasons
        has_effect = row.n in caused
        # pending twice is one pending signature; a no takes back a pending one
        assert not has_effect or row.verdict in EFFECTS | {"declined"}, (row.n, row.verdict, row.reasons)
        assert has_effect or row.verdict not in EFFECTS - {"pending"}, (row.n, row.verdict, row.reasons)
        assert not (has_effect and row.state == "held")
    assert sum(way_in.tally.values()) - way_in.tally.get("signed", 0) == len(way_in.rows(t.signature))
    before = way_in.everything()
    read = [row.n for row in rows if row.state == "read"]
    assert len(reading.replay(way_in.office, read, way_in.clock())) == len(read)
    assert way_in.everything() == before
