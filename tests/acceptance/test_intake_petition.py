"""A petition signed by mail: what is counted, once, in time, and what undoes it."""

from __future__ import annotations

import logging
import os
import threading
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.domain.model import Proof, Proposal
from mailflow.service.items import items_by_id
from mailflow.service.petitions import open_petition, sign_for
from mailflow.service.roster import import_members
from mailflow.service.schedule import run_due
from mailflow.store import roster
from mailflow.store import tables as t
from tests.acceptance.way_in import CLOSES, ORGANIZER, PETITION, WayIn, open_way_in, parsed, reopen, roster_of, text_of

SECOND = timedelta(seconds=1)
TRIALS = 10_000 if os.environ.get("MAILFLOW_TORTURE") else 200


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path, threshold=2)


def history(way_in: WayIn) -> list[tuple[str, str]]:
    return [(row.from_state, row.to_state) for row in way_in.rows(t.signature_history)]


def told(way_in: WayIn, n: int, notice: str) -> bytes:
    way_in.deliver()
    return way_in.sent(n, notice)


# --- the threshold ----------------------------------------------------------------------------------------------
def test_two_signers_at_the_threshold_qualify_the_petition_exactly_once(tmp_path: Path) -> None:
    """R62, fault row 37: from 98 of 100, each signer with a connection of their own; 10,000 times in `make torture`."""
    way_in = open_way_in(tmp_path, members=100)
    way_in.arrive(*(way_in.answer(n, "SIGN", quote=False) for n in range(1, 99)))
    assert (way_in.tally["validated"], way_in.petition["state"]) == (98, "petition_open")
    signers = {n: reopen(tmp_path, way_in) for n in (99, 100)}
    for _ in range(TRIALS):
        start = threading.Barrier(2)
        threads = [threading.Thread(target=_sign, args=(one, n, start)) for n, one in signers.items()]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        petition = way_in.rows(t.proposal)[0]
        assert (petition.state, petition.validated) == ("qualified", 100)
        assert [row.address for row in way_in.outbox("petition_qualified")] == [ORGANIZER]
        _back_to_98(way_in)


def _sign(way_in: WayIn, n: int, start: threading.Barrier) -> None:
    start.wait()
    with way_in.db.write() as work:
        petition = items_by_id(work, way_in.office, [PETITION])[PETITION]
        assert isinstance(petition, Proposal)
        member = roster.members(work, [f"m{n}"])[f"m{n}"]
        sign_for(work, way_in.office, petition, member, Proof.LINK, way_in.clock(), via="link")


def _back_to_98(way_in: WayIn) -> None:
    late = sa.select(t.signature.c.id).where(t.signature.c.member_id.in_(["m99", "m100"]))
    with way_in.db.write() as work:
        work.execute(t.signature_history.delete().where(t.signature_history.c.signature_id.in_(late)))
        work.execute(t.signature.delete().where(t.signature.c.id.in_(late)))
        work.execute(t.outbox.delete().where(t.outbox.c.notice == "petition_qualified"))
        work.execute(t.proposal.update().values(state="petition_open", validated=98, qualified_at=None))


def test_signatures_that_nobody_counted_are_found_by_the_clock(way_in: WayIn) -> None:
    """R63: rows written by SQL heal the counter and the missed crossing, once."""
    way_in.arrive(way_in.answer(1, "SIGN"))
    row = way_in.rows(t.signature)[0]._mapping
    with way_in.db.write() as work:
        for n in (2, 3):
            work.execute(t.signature.insert().values({**row, "id": 100 + n, "member_id": f"m{n}"}))
    for _ in range(2):
        run_due(way_in.office, way_in.clock())
        assert (way_in.petition["state"], way_in.petition["counter"]) == ("qualified", 3)
        assert [row.address for row in way_in.outbox("petition_qualified")] == [ORGANIZER]
    way_in.deliver()
    assert "has 3 signatures" in text_of(parsed(way_in.sent(ORGANIZER, "petition_qualified")))


def test_a_counter_that_differs_from_the_rows_is_healed_and_reported(
    way_in: WayIn, caplog: pytest.LogCaptureFixture
) -> None:
    """R66"""
    way_in.arrive(way_in.answer(1, "SIGN"))
    with way_in.db.write() as work:
        work.execute(t.proposal.update().values(validated=41))
    with caplog.at_level(logging.ERROR):
        run_due(way_in.office, way_in.clock())
    assert way_in.petition["counter"] == 1
    assert "the counter said 41, the signatures are 1" in caplog.text


# --- standing ---------------------------------------------------------------------------------------------------
def test_standing_is_what_the_roster_said_at_signing_and_is_kept_with_the_signature(tmp_path: Path) -> None:
    """R64: one who lapsed is kept and not counted; one who lapses afterwards signed in good standing."""
    way_in = open_way_in(tmp_path, roster={2: {"paid_through": "2013-06-23"}, 3: {"paid_through": "2013-06-24"}})
    mails = way_in.arrive(*(way_in.answer(n, "SIGN") for n in (1, 2, 3)))
    assert [mail.verdict for mail in mails] == ["signed", "not_in_good_standing", "signed"]
    way_in.clock.pass_(86_400)
    (tmp_path / "later.csv").write_text(roster_of(6, {1: {"standing": "lapsed"}}))
    import_members(way_in.db, tmp_path / "later.csv", way_in.clock())
    run_due(way_in.office, way_in.clock())
    assert way_in.tally == {"signed": 3, "validated": 2, "not_in_good_standing": 1}
    assert [s["standing"] for s in way_in.signatures.values()] == [
        "good, paid through no date, on 2013-06-24",
        "good, paid through 2013-06-23, on 2013-06-24",
        "good, paid through 2013-06-24, on 2013-06-24",
    ]
    way_in.arrive(way_in.answer(1, "Please withdraw my signature."), way_in.answer(1, "SIGN"))
    assert way_in.signatures["m1"]["state"] == "not_in_good_standing"


# --- taken back -------------------------------------------------------------------------------------------------
def test_a_withdrawal_is_recorded_and_never_deletes(way_in: WayIn) -> None:
    """R65: the count falls, the row and its history stay, and signing again goes on with the same row."""
    way_in.arrive(way_in.answer(1, "SIGN"))
    [mail] = way_in.arrive(way_in.answer(1, "I withdraw my signature."))
    assert (mail.verdict, way_in.tally, way_in.petition["counter"]) == ("withdrawn", {"withdrawn": 1}, 0)
    way_in.clock.pass_(86_400)
    way_in.arrive(way_in.answer(1, "SIGN"))
    assert way_in.tally == {"signed": 1, "validated": 1}
    assert history(way_in) == [("", "validated"), ("validated", "withdrawn"), ("withdrawn", "validated")]
    assert way_in.notices(1) == ["signature_recorded", "signature_withdrawn", "signature_recorded"]


def test_a_withdrawal_after_the_threshold_leaves_the_petition_qualified_with_the_true_count(way_in: WayIn) -> None:
    """R65: the rule after the crossing: what was reached was reached; organizer and staff see the count of today."""
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN"))
    way_in.arrive(way_in.answer(1, "I withdraw my signature."))
    run_due(way_in.office, way_in.clock())
    assert (way_in.petition["state"], way_in.petition["counter"]) == ("qualified", 1)
    assert len(way_in.outbox("petition_qualified")) == 1


@pytest.mark.parametrize("words", ["NOT ME", "Not me!", "It was not me, I did not sign this."])
def test_not_me_undoes_a_signature_that_somebody_else_made_with_the_key(way_in: WayIn, words: str) -> None:
    """R65: the signature by a forwarded mail's key is told at once to the address on file, and one word undoes it."""
    way_in.arrive(way_in.answer(1, "SIGN", dmarc="none"))
    thanks = told(way_in, 1, "signature_recorded")
    assert "NOT ME" in text_of(parsed(thanks))
    [mail] = way_in.arrive(way_in.answer(1, words, to=thanks))
    assert (mail.verdict, way_in.tally) == ("undone", {"invalidated": 1})
    assert history(way_in) == [("", "validated"), ("validated", "invalidated")]
    assert way_in.notices(1) == ["signature_recorded", "signature_undone"]


# --- the deadline -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize("is_down", [False, True], ids=["read at once", "poller down over the deadline"])
@pytest.mark.parametrize(
    ("arrived_at", "verdict"),
    [
        pytest.param(CLOSES - SECOND, "signed", id="a second before"),
        pytest.param(CLOSES, "window_closed", id="at the closing instant"),
        pytest.param(CLOSES + SECOND, "window_closed", id="a second after"),
    ],
)
def test_in_time_is_what_arrived_in_time_whenever_it_is_read(
    way_in: WayIn, is_down: bool, arrived_at: datetime, verdict: str
) -> None:
    """R67: neither the Date header (which says June) nor the time of reading is looked at."""
    raw = way_in.answer(1, "SIGN")
    way_in.clock.at = CLOSES + timedelta(days=2) if is_down else arrived_at
    run_due(way_in.office, way_in.clock())
    [mail] = way_in.arrive(raw, at=arrived_at)
    assert mail.verdict == verdict
    assert way_in.tally == ({"signed": 1, "validated": 1} if verdict == "signed" else {})
    if verdict == "signed":
        assert way_in.signatures["m1"]["signed_at"] == arrived_at
    else:
        assert way_in.notices(1) == ["petition_closed"]


def test_a_signature_in_time_and_read_late_can_still_be_the_one_that_qualifies(way_in: WayIn) -> None:
    """R62, R67: the poller was down over the deadline, and the threshold was reached before it."""
    raws = [way_in.answer(n, "SIGN") for n in (1, 2)]
    way_in.clock.at = CLOSES + timedelta(hours=1)
    run_due(way_in.office, way_in.clock())
    way_in.arrive(*raws, at=CLOSES - SECOND)
    run_due(way_in.office, way_in.clock())
    assert way_in.tally["validated"] == 2
    assert way_in.petition["qualified_at"] is not None
    assert [row.address for row in way_in.outbox("petition_qualified")] == [ORGANIZER]


# --- words ------------------------------------------------------------------------------------------------------
def test_a_signature_with_a_question_is_both(way_in: WayIn) -> None:
    [mail] = way_in.arrive(way_in.answer(1, "I sign. When does the group meet?"))
    assert (mail.verdict, way_in.tally) == ("signed", {"signed": 1, "validated": 1})
    assert way_in.notices(1) == ["signature_recorded"]
    assert way_in.notices(ORGANIZER) == ["question"]


def test_an_unclear_answer_is_asked_about_once_and_settled_by_one_word(way_in: WayIn) -> None:
    first, second = way_in.arrive(way_in.answer(1, "Hm, well."), way_in.answer(1, "Hm, perhaps."))
    assert [(mail.state, mail.verdict) for mail in (first, second)] == [("held", "asked"), ("held", "unclear")]
    assert (way_in.tally, way_in.notices(1)) == ({}, ["unclear_ask"])
    [mail] = way_in.arrive(way_in.answer(1, "SIGN", to=told(way_in, 1, "unclear_ask")))
    assert (mail.verdict, way_in.tally) == ("signed", {"signed": 1, "validated": 1})
    assert way_in.mail(first.n).state == "read"


def test_a_no_is_noted_and_counts_nothing(way_in: WayIn) -> None:
    [mail] = way_in.arrive(way_in.answer(1, "No, I will not sign this."))
    assert (mail.verdict, way_in.tally, way_in.notices(1)) == ("declined", {}, ["decline_noted"])


def test_the_words_of_our_own_mail_quoted_back_never_sign(way_in: WayIn) -> None:
    """R45"""
    mails = way_in.arrive(*(way_in.answer(n, words) for n, words in enumerate(("", "Thanks.", "??"), 1)))
    assert [mail.verdict for mail in mails if mail.verdict in {"signed", "pending"}] == []
    assert way_in.tally == {}


# --- promises and traces ----------------------------------------------------------------------------------------
def test_the_same_cause_twice_owes_the_same_mails_once(way_in: WayIn) -> None:
    """R84"""
    before = way_in.outbox()
    assert open_petition(way_in.office, PETITION, way_in.clock()).queued == 0
    run_due(way_in.office, way_in.clock())
    run_due(way_in.office, way_in.clock())
    assert [row.id for row in way_in.outbox()] == [row.id for row in before]


def test_one_query_leads_from_an_effect_to_its_mail_and_back(way_in: WayIn) -> None:
    """R104: signature, change, feedback, question, and the mail that was owed."""
    way_in.arrive(way_in.answer(1, "I sign. When does the group meet?", message_id=""))
    way_in.arrive(way_in.answer(1, "I withdraw my signature."))
    way_in.arrive(way_in.answer(2, "The statement should name the libraries of small towns."))
    way_in.arrive(way_in.answer(3, "Hm, well."))
    tables = {
        "signature": t.signature.c.inbox_n,
        "signature_history": t.signature_history.c.inbox_n,
        "question": t.question.c.inbox_n,
        "feedback": t.feedback.c.inbox_n,
        "outbox": t.outbox.c.about_n,
    }
    found = {}
    with way_in.db.read() as work:
        for name, column in tables.items():
            query = sa.select(t.inbox.c.n).join_from(column.table, t.inbox, column == t.inbox.c.n)
            found[name] = sorted(work.scalars(query))
    assert found["signature"] == [1]
    assert found["signature_history"] == [1, 2]
    assert found["question"] == [1]
    assert found["feedback"] == [3]
    assert set(found["outbox"]) == {1, 2, 3, 4}


def test_the_organizer_is_told_the_true_number(way_in: WayIn) -> None:
    way_in.arrive(way_in.answer(1, "SIGN"), way_in.answer(2, "SIGN"))
    way_in.deliver()
    assert "has 2 signatures" in text_of(parsed(way_in.sent(ORGANIZER, "petition_qualified")))
