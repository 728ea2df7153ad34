"""A member is erased: nothing that leads to them is left, and what was counted stays counted."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from mailflow.domain.model import ProposalState, SignatureState
from mailflow.service import evidence, fetching, intake
from mailflow.service.digests import send_digests
from mailflow.service.erasure import erase, preview
from mailflow.service.reading import replay
from mailflow.service.removing import remove_asked
from mailflow.service.status import status
from mailflow.store import proposals, signatures
from mailflow.store import tables as t
from tests.acceptance.folder_of_values import FolderOfValues
from tests.acceptance.way_in import OPENED, PETITION, WayIn, address_of, home_of, open_way_in

NAME = "Roberta Findling"
WORDS = "Wherever would the meetings take place?"


@pytest.fixture
def house(tmp_path: Path) -> Iterator[WayIn]:
    way_in = open_way_in(tmp_path, roster={2: {"name": NAME, "postal_address": "5 Lantern Row"}})
    yield way_in
    way_in.db.close()


def dump(house: WayIn) -> str:
    """Every value of every table, raw mail too."""
    return repr([tuple(row) for table in t.metadata.sorted_tables for row in house.rows(table)])


def traces(house: WayIn) -> list[str]:
    """What of member 2 is still in the database."""
    said = dump(house).lower()
    return [one for one in (address_of(2), home_of(2), NAME.lower(), "5 lantern row", WORDS.lower()) if one in said]


def live(house: WayIn) -> None:
    """Members 1 and 2 sign; 2 asks a question, and answers unclearly from home; the organizer gets a digest."""
    house.arrive(house.answer(1, "SIGN"), house.answer(2, "SIGN"), house.answer(2, WORDS, from_=home_of(2)))
    house.deliver()
    house.clock.pass_(24 * 3600)
    send_digests(house.office, house.clock(), is_due_only=False)
    house.deliver()


def test_nothing_that_leads_to_an_erased_member_is_left_in_the_database(house: WayIn) -> None:
    """R101: grep of a dump for address, name, postal address and words finds nothing; the ledger verifies."""
    live(house)
    head = evidence.verify(house.office)["head"]
    assert len(traces(house)) == 5
    told = erase(house.office, address_of(2), house.clock())
    assert told.withdrawn == (PETITION,)
    assert traces(house) == []
    assert evidence.verify(house.office, head)["problems"] == ()
    assert [row.kind for row in house.rows(t.ledger)][-2:] == ["withdrawn", "erased"]
    assert house.rows(t.ledger)[-1].data == {}
    assert house.rows(t.member, t.member.c.member_id == "m2")[0].salt == ""


def test_a_file_of_sqlite_holds_no_byte_of_an_erased_member(house: WayIn) -> None:
    """R101: deleted pages are written over, and the log is cut."""
    if not house.db.is_sqlite:
        return  # PostgreSQL's VACUUM is the operator's
    live(house)
    erase(house.office, "m2", house.clock())
    house.db.close()
    path = Path(str(house.db.engine.url.database))
    sqlite3.connect(path).execute("PRAGMA wal_checkpoint(TRUNCATE)").connection.close()
    held = b"".join(each.read_bytes() for each in path.parent.glob(path.name + "*"))
    assert [word for word in (address_of(2), home_of(2), NAME) if word.encode() in held] == []


def test_before_submission_the_signature_is_withdrawn_and_the_counter_follows(house: WayIn) -> None:
    live(house)
    assert house.tally == {"signed": 2, "validated": 2}
    erase(house.office, "m2", house.clock())
    assert house.tally == {"signed": 1, "validated": 1, "withdrawn": 1}
    assert house.petition["counter"] == 1


def test_after_submission_the_tally_keeps_the_signature_and_says_so(house: WayIn) -> None:
    live(house)
    with house.db.write() as work:
        proposals.move(work, PETITION, ProposalState.SUBMITTED, house.clock())
    told = erase(house.office, "m2", house.clock())
    assert (told.withdrawn, told.counted) == ((), (PETITION,))
    assert house.tally == {"signed": 2, "validated": 2}
    assert any(PETITION in each and "keeps the signature" in each for each in told.remains)
    assert traces(house) == []
    assert evidence.verify(house.office)["is_whole"]


def test_other_members_and_their_mails_stay_as_they_are(house: WayIn) -> None:
    live(house)

    def of_one() -> list[Any]:
        mine = [house.rows(table, table.c.member_id == "m1") for table in (t.member, t.member_address, t.signature)]
        return [
            *mine,
            house.rows(t.inbox, t.inbox.c.member_id == "m1"),
            house.rows(t.outbox, t.outbox.c.member_id == "m1"),
        ]

    before = of_one()
    erase(house.office, "m2", house.clock())
    assert of_one() == before
    assert house.arrive(house.answer(1, "I withdraw my signature"))[0].verdict == "withdrawn"


def test_what_an_erased_member_still_sends_leads_to_nobody(house: WayIn) -> None:
    """Their old keys are void: the mail waits for a person as any stranger's does."""
    live(house)
    later = house.answer(2, "SIGN")
    erase(house.office, "m2", house.clock())
    (mail,) = house.arrive(later)
    assert (mail.state, mail.member_id) != ("read", "m2")
    assert house.tally["validated"] == 1


def test_mail_that_waits_for_an_erased_member_is_not_sent(house: WayIn) -> None:
    house.arrive(house.answer(2, "SIGN"))
    erase(house.office, "m2", house.clock())
    assert address_of(2) not in {envelope.rcpt_to for envelope in house.deliver()}
    rows = house.rows(t.outbox, t.outbox.c.notice == "signature_recorded")
    assert [(row.state, row.detail) for row in rows] == [("suppressed", "the member was erased")]


def test_a_preview_writes_nothing_and_names_what_remains(house: WayIn) -> None:
    live(house)
    before = house.everything()
    told = preview(house.office, "m2")
    assert told.withdrawn == (PETITION,)
    assert house.everything() == before


def test_the_mailbox_is_told_to_delete_the_same_mails_and_a_copy_seen_again_is_known(house: WayIn) -> None:
    """R101: in the mailbox's folder too; what lies there until then is not read as a new mail."""
    folder = FolderOfValues()
    since = OPENED - timedelta(days=1)
    folder.put(house.answer(1, "SIGN"), house.clock())
    kept = house.answer(2, "SIGN")
    folder.put(kept, house.clock())
    fetching.fetch_all(house.office, folder, "INBOX", house.clock(), since)
    folder.mails = {1: (house.answer(1, "thanks"), house.clock()), 2: (kept, house.clock())}  # the done folder
    erase(house.office, "m2", house.clock())
    (n,) = intake.receive(house.office, [house.arrival(kept, uidvalidity=8)], house.clock())
    house.read()
    assert house.mail(n).verdict == "duplicate"
    assert status(house.office, house.clock())["to_delete_in_mailbox"] == 1
    assert remove_asked(house.office, folder, "INBOX") == 1
    assert list(folder.mails) == [1]
    assert house.rows(t.removal) == []


def test_a_shared_address_keeps_the_other_member(tmp_path: Path) -> None:
    house = open_way_in(tmp_path, roster={2: {"name": NAME, "other_emails": address_of(1)}})
    erase(house.office, "m2", house.clock())
    with house.db.read() as work:
        norms = list(work.scalars(sa.select(t.member_address.c.address_norm)))
    assert address_of(1) in norms
    assert address_of(2) not in norms
    house.db.close()


def test_mail_without_its_words_is_replayed_as_nothing(house: WayIn) -> None:
    live(house)
    ns = [row.n for row in house.rows(t.inbox, t.inbox.c.member_id == "m2")]
    erase(house.office, "m2", house.clock())
    before = house.everything()
    assert replay(house.office, ns, house.clock()) == []
    assert house.everything() == before


def test_what_happens_later_to_a_counted_signature_names_nobody_in_the_ledger(house: WayIn) -> None:
    """Without the salt a commitment would tell who: the entry's subject stays empty."""
    live(house)
    with house.db.write() as work:
        proposals.move(work, PETITION, ProposalState.SUBMITTED, house.clock())
    erase(house.office, "m2", house.clock())
    with house.db.write() as work:
        to = SignatureState.INVALIDATED
        signatures.change_signature(work, house.office.kinds, PETITION, "m2", to, "found later", 0, house.clock())
    assert house.rows(t.ledger)[-1].subject == ""
    assert evidence.verify(house.office)["is_whole"]
