"""Sending what is due: each mail once, to the right people, as long as it is true."""

from __future__ import annotations

import logging
import sqlite3
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from email import message_from_bytes
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.domain.relay import Envelope, Mails, OnAnswer, RelayAnswer, answer_to, connection_lost
from mailflow.errors import RelayError, RelayLoginError
from mailflow.service.delivery import recover
from mailflow.service.delivery_run import LOGIN_PAUSE, RELAY_PAUSE
from mailflow.service.pacing import BATCH
from mailflow.service.sender import REFUSALS_MAX
from mailflow.store import outbox
from mailflow.store import tables as t
from mailflow.store.journal import Entry, open_journal
from tests.acceptance.outbox_house import House, ScriptedRelay, key_of, mail_to, open_house
from tests.servers.smtpsink import SmtpSink, defer_first, refuse

OK = RelayAnswer("accepted", 250, "ok")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    house = open_house(tmp_path)
    yield house
    house.db.close()


@pytest.fixture
def sunk(tmp_path: Path, smtp_sink: SmtpSink) -> Iterator[House]:
    """A house whose relay is the sink."""
    house = open_house(tmp_path, smtp_sink.port, "connections = 2")
    yield house
    house.db.close()


# --- the ordinary way -------------------------------------------------------------------------------------------
def test_every_mail_reaches_the_relay_once_with_its_headers(sunk: House, smtp_sink: SmtpSink) -> None:
    mails = BATCH + 50
    sunk.enqueue(mail_to(n) for n in range(mails))
    report = sunk.deliver()
    assert (report.accepted, report.problem) == (mails, "")
    assert sunk.counts() == {"accepted": mails}
    assert Counter(len(smtp_sink.to(f"m{n}@example.org")) for n in range(mails)) == {1: mails}
    assert smtp_sink.connections == 2
    mail = message_from_bytes(smtp_sink.to("m7@example.org")[0])
    expected = {
        "Message-ID": f"<{key_of(7)}.x@example.org>",
        "Reply-To": f"connect+{key_of(7)}@example.org",
        "Date": "Mon, 24 Jun 2013 14:00:00 +0000",
        "Auto-Submitted": "auto-generated",
        "List-Id": "<notice-1.example.org>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "X-Auto-Response-Suppress": "All",
    }
    assert {name: mail[name] for name in expected} == expected
    assert key_of(20_000_007) in mail["List-Unsubscribe"]
    assert {m.mail_from for m in smtp_sink.messages if "m7@example.org" in m.rcpt_tos} == {
        f"connect+{key_of(7)}@example.org"
    }


def test_a_second_run_sends_nothing_again(sunk: House, smtp_sink: SmtpSink) -> None:
    sunk.enqueue(mail_to(n) for n in range(5))
    sunk.deliver()
    assert sunk.deliver().accepted == 0
    assert len(smtp_sink.messages) == 5


def test_an_answer_is_marked_as_one_and_refers_to_what_it_answers(house: House) -> None:
    """R72: auto-replied for an answer; and no List-Unsubscribe in mail to one person."""
    answer = mail_to(1, is_answer=True, in_reply_to="<a@example.org>")
    house.enqueue([answer], notice="signature_recorded", object_id="mig-1", is_to_many=False)
    relay = ScriptedRelay()
    house.deliver(lambda: relay)
    mail = message_from_bytes(relay.offered[0].body)
    assert (mail["Auto-Submitted"], mail["In-Reply-To"]) == ("auto-replied", "<a@example.org>")
    assert mail["List-Unsubscribe"] is None


# --- what the relay says ----------------------------------------------------------------------------------------
def test_a_greylisted_mail_goes_out_on_the_retry_as_the_same_mail(sunk: House, smtp_sink: SmtpSink) -> None:
    """R85, R90, fault row 29: Message-ID and Date are those of the first attempt."""
    smtp_sink.behaviour.on_rcpt = defer_first(1)
    sunk.enqueue([mail_to(1)])
    assert sunk.deliver().deferred == 1
    first = sunk.rows()[0]
    assert (first.state, first.code, first.due_at - sunk.clock()) == ("deferred", 451, timedelta(minutes=5))
    assert sunk.deliver().accepted == 0
    sunk.clock.pass_(300)
    assert sunk.deliver().accepted == 1
    mail = message_from_bytes(smtp_sink.to("m1@example.org")[0])
    assert (mail["Message-ID"], mail["Date"]) == (f"<{key_of(1)}.x@example.org>", "Mon, 24 Jun 2013 14:00:00 +0000")


def test_every_attempt_offers_the_same_bytes(house: House) -> None:
    """R85."""
    house.enqueue([mail_to(1)])
    relay = ScriptedRelay(lambda _: answer_to("body", 451, "later"))
    for _ in range(4):
        house.deliver(lambda: relay)
        house.clock.pass_(5 * 3600)
    assert len(relay.offered) == 4
    assert len({envelope.body for envelope in relay.offered}) == 1


@pytest.mark.parametrize(
    ("answer", "state"),
    [
        pytest.param(answer_to("rcpt", 450, "4.2.0 busy"), "deferred", id="4xx at RCPT"),
        pytest.param(answer_to("mail", 421, "4.3.2 closing"), "deferred", id="421 at MAIL"),
        pytest.param(answer_to("body", 451, "4.3.0 later"), "deferred", id="4xx at the dot"),
        pytest.param(answer_to("rcpt", 552, "5.2.2 too many"), "deferred", id="552 at RCPT is temporary"),
        pytest.param(connection_lost("data", "reset"), "deferred", id="network"),
        pytest.param(connection_lost("body", "reset"), "deferred", id="no answer after the dot"),
        pytest.param(answer_to("rcpt", 550, "5.1.1 nobody"), "failed", id="5xx at RCPT"),
        pytest.param(answer_to("body", 550, "5.7.1 no"), "failed", id="550 after DATA"),
        pytest.param(RelayAnswer("permanent", 0, "not sent: NUL", "5.6.0", "local"), "parked", id="our own mistake"),
    ],
)
def test_the_code_table(house: House, answer: RelayAnswer, state: str) -> None:
    """R90, fault row 27."""
    house.enqueue([mail_to(1)])
    house.deliver(lambda: ScriptedRelay(lambda _: answer))
    assert house.counts() == {state: 1}


def test_transient_failures_are_given_up_after_five_days(house: House) -> None:
    """R90: 5 min doubling to 4 h, for 5 days."""
    house.enqueue([mail_to(1)])
    relay = ScriptedRelay(lambda _: answer_to("body", 451, "later"))
    for _ in range(80):
        house.deliver(lambda: relay)
        row = house.rows()[0]
        if row.state == "failed":
            break
        house.clock.at = row.due_at
    assert row.detail.startswith("given up: 451")
    assert timedelta(days=4, hours=20) <= house.clock() - row.queued_at <= timedelta(days=5)
    # the delays: 5 + 10 + 20 + 40 + 80 + 160 = 315 min, then 28 of 240 min, the 29th would end after 7,200
    assert len(relay.offered) == 1 + 6 + 28


def test_one_refused_recipient_does_not_fail_the_others(sunk: House, smtp_sink: SmtpSink) -> None:
    """R88, fault row 28: a result for each recipient."""
    refused, deferred = refuse("m1@example.org"), refuse("m2@example.org", answer="450 4.2.1 later")
    smtp_sink.behaviour.on_rcpt = lambda address: refused(address) or deferred(address)
    sunk.enqueue(mail_to(n) for n in range(4))
    sunk.deliver()
    assert [(row.recipient, row.state, row.code) for row in sunk.rows()] == [
        ("m0", "accepted", 250),
        ("m1", "failed", 550),
        ("m2", "deferred", 450),
        ("m3", "accepted", 250),
    ]


@pytest.mark.parametrize(
    ("answer", "is_stopped"),
    [
        pytest.param(answer_to("rcpt", 550, "5.1.1 no such user"), True, id="no such mailbox"),
        pytest.param(answer_to("rcpt", 550, "5.7.1 policy"), False, id="policy (R81)"),
        pytest.param(answer_to("rcpt", 550, "5.1.8 bad sender"), False, id="our own address"),
        pytest.param(answer_to("rcpt", 550, "go away"), False, id="no reason given"),
        pytest.param(answer_to("body", 550, "5.1.1 odd"), False, id="not at RCPT"),
        pytest.param(answer_to("rcpt", 450, "4.1.1 later"), False, id="temporary"),
    ],
)
def test_only_a_bad_address_is_stopped(house: House, answer: RelayAnswer, is_stopped: bool) -> None:
    """R81: a refusal for policy says nothing about the address."""
    house.enqueue([mail_to(1)])
    house.deliver(lambda: ScriptedRelay(lambda _: answer))
    house.enqueue([mail_to(1, key=key_of(2), link_key=None, unsubscribe_key=None)], version="2")
    house.deliver(ScriptedRelay)
    assert (house.rows()[1].state == "suppressed") is is_stopped


def test_no_answer_after_the_dot_is_tried_once_more_with_the_same_message_id(sunk: House, smtp_sink: SmtpSink) -> None:
    """R89, fault row 25: unknown is counted, and nobody gets a third copy."""
    smtp_sink.behaviour.drop_after_dot = 99
    sunk.enqueue([mail_to(1)])
    report = sunk.deliver()
    assert (report.unknown, sunk.counts()) == (1, {"deferred": 1})
    sunk.clock.pass_(300)
    assert sunk.deliver().unknown == 1
    assert sunk.counts() == {"failed": 1}
    sunk.clock.pass_(86_400)
    sunk.deliver()
    copies = [message_from_bytes(raw)["Message-ID"] for raw in smtp_sink.to("m1@example.org")]
    assert copies == [f"<{key_of(1)}.x@example.org>"] * 2
    assert sunk.rows()[0].detail.startswith("twice no answer")


# --- what must not go out ---------------------------------------------------------------------------------------
def test_a_delay_notice_is_not_sent_after_the_launch(house: House) -> None:
    """R93: the facts are read right before sending, not when the mail was queued."""
    at = house.clock()
    with house.db.write() as work:
        values = {"title": "Connect", "planned_on": date(2018, 5, 1), "resources": [], "added_at": at}
        work.execute(sa.insert(t.launch).values(id="launch-1", state="delayed", **values))
        for n in (1, 2):
            values = {"kind": "delay_notice", "state": "sending", "planned_on": date(2018, 5, 1), "added_at": at}
            work.execute(sa.insert(t.notice).values(id=f"notice-{n}", launch_id="launch-1", **values))
    house.enqueue([mail_to(1)], notice="delay_notice", object_id="notice-1")
    assert house.deliver(ScriptedRelay).accepted == 1
    house.enqueue([mail_to(2)], notice="delay_notice", object_id="notice-2")
    with house.db.write() as work:
        work.execute(sa.update(t.launch).values(state="launched"))
    relay = ScriptedRelay()
    assert house.deliver(lambda: relay).suppressed == 1
    assert relay.offered == []
    assert house.rows()[1].detail == "the launch has happened"


def test_members_who_signed_left_or_opted_out_get_no_invitation(house: House) -> None:
    """R93, from the tables: one query a batch each."""
    at = house.clock()
    with house.db.write() as work:
        work.execute(
            sa.insert(t.member), [{"member_id": f"m{n}", "ended_at": at if n == 3 else None} for n in range(6)]
        )
        work.execute(sa.insert(t.proposal).values(id="mig-1", state="petition_open", details={}, added_at=at))
        signature = {"petition_id": "mig-1", "member_id": "m1", "state": "validated", "signed_at": at}
        work.execute(sa.insert(t.signature).values(**signature))
        work.execute(sa.insert(t.opt_out).values(member_id="m2", scope="mig-1", at=at))
        stopped = {"address_norm": "m4@example.org", "at": at, "is_stopped": True}
        work.execute(sa.insert(t.suppression).values(**stopped))
    house.enqueue([mail_to(n) for n in range(6)], notice="petition_invitation", object_id="mig-1")
    relay = ScriptedRelay()
    house.deliver(lambda: relay)
    assert relay.recipients == ["m0", "m5"]
    assert [row.detail for row in house.rows()[1:5]] == [
        "the member has signed meanwhile",
        "the member opted out",
        "the member has left",
        "the address does not take mail",
    ]


def test_a_mail_that_can_not_be_composed_is_parked_and_blocks_nobody(sunk: House, smtp_sink: SmtpSink) -> None:
    """R91: a name with a line break, a mailing without a text, an address that is none."""
    sunk.enqueue([mail_to(0), mail_to(2)])
    sunk.enqueue([mail_to(3, fields={"greeting": "Dear\r\nBcc: x@example.org"})], version="2")
    sunk.enqueue([mail_to(4)], version="3", text="{")
    sunk.enqueue([mail_to(5, address="no address at all")], version="4")
    sunk.enqueue([mail_to(6)], version="5")
    sunk.deliver()
    states = {row.recipient: row.state for row in sunk.rows()}
    assert [states[f"m{n}"] for n in (0, 2, 6)] == ["accepted"] * 3
    assert [states[f"m{n}"] for n in (3, 4, 5)] == ["parked"] * 3
    assert all(row.detail for row in sunk.rows() if row.state == "parked")


# --- the relay as a whole ---------------------------------------------------------------------------------------
class BrokenRelay(ScriptedRelay):
    """Takes some mails, then raises."""

    def __init__(self, good: int, error: Exception) -> None:
        super().__init__()
        self._good, self._error = good, error

    def submit_batch(self, mails: Mails, on_answer: OnAnswer) -> None:
        super().submit_batch([mails[i] for i in range(self._good)], on_answer)
        raise self._error


@pytest.mark.parametrize(
    ("error", "pause"),
    [
        pytest.param(RelayError("relay 127.0.0.1:25: connection refused"), RELAY_PAUSE, id="unreachable"),
        pytest.param(RelayLoginError("relay 127.0.0.1:25 refuses the login"), LOGIN_PAUSE, id="login"),
    ],
)
def test_a_relay_that_can_not_be_used_costs_no_attempt_and_one_line(
    house: House, caplog: pytest.LogCaptureFixture, error: Exception, pause: timedelta
) -> None:
    house.enqueue([mail_to(n) for n in range(5)])
    with caplog.at_level(logging.WARNING):
        report = house.deliver(lambda: BrokenRelay(2, error))
    assert (report.accepted, report.problem, report.resume_at) == (2, str(error), house.clock() + pause)
    assert len(caplog.records) == 1
    assert house.counts() == {"accepted": 2, "queued": 3}
    assert {(row.attempts, row.due_at) for row in house.rows()[2:]} == {(0, house.clock() + pause)}
    house.clock.pass_(pause.total_seconds())
    assert house.deliver(ScriptedRelay).accepted == 3


def test_an_unreachable_relay_is_a_problem_and_not_a_traceback(tmp_path: Path) -> None:
    house = open_house(tmp_path, port=1)
    house.enqueue([mail_to(1)])
    assert "127.0.0.1" in house.deliver().problem
    assert house.counts() == {"queued": 1}
    house.db.close()


def test_a_relay_that_refuses_mail_after_mail_does_not_burn_the_rest(house: House) -> None:
    """A wrong setting at the relay must not fail 60,000 mails for good."""
    house.enqueue([mail_to(n) for n in range(100)])
    report = house.deliver(lambda: ScriptedRelay(lambda _: answer_to("mail", 550, "5.7.1 sender not allowed")))
    assert house.counts() == {"failed": REFUSALS_MAX, "queued": 100 - REFUSALS_MAX}
    assert "refuses mail after mail" in report.problem


def test_members_who_do_not_exist_are_no_refusal_of_us(house: House) -> None:
    house.enqueue([mail_to(n) for n in range(100)], is_to_many=False)
    house.deliver(lambda: ScriptedRelay(lambda _: answer_to("rcpt", 550, "5.1.1 no such user")))
    assert house.counts() == {"failed": 100}


# --- transactions, leases, journal ------------------------------------------------------------------------------
def test_no_transaction_is_open_while_the_relay_is_spoken_to(house: House) -> None:
    """R87: from inside the relay, no connection is in use, and nobody else keeps the database from us."""
    open_ones: list[int] = []

    def answer(_: Envelope) -> RelayAnswer:
        open_ones.append(house.db.engine.pool.checkedout())  # type: ignore[attr-defined]
        if house.db.is_sqlite:
            other = sqlite3.connect(house.settings.folder / "mailflow.db", timeout=0, isolation_level=None)
            other.execute("BEGIN IMMEDIATE")  # fails at once if there is a writer
            other.execute("ROLLBACK")
            other.close()
        return OK

    house.enqueue([mail_to(n) for n in range(3)])
    assert house.deliver(lambda: ScriptedRelay(answer)).accepted == 3
    assert open_ones == [0] * 3


def test_the_claim_is_committed_before_anything_is_sent(house: House) -> None:
    """R86: whoever looks while a mail is under way sees its claim, lease and attempt."""
    seen = []

    def answer(_: Envelope) -> RelayAnswer:
        row = house.rows()[0]
        seen.append((row.state, row.attempts, row.fence, row.lease_until > house.clock()))
        return OK

    house.enqueue([mail_to(1)])
    house.deliver(lambda: ScriptedRelay(answer))
    assert seen == [("claimed", 1, 1, True)]


def test_nothing_more_of_a_batch_leaves_when_its_lease_runs_out(house: House) -> None:
    """R86: a sender that was stopped past its lease does not go on with mails that are another's by now."""

    def answer(_: Envelope) -> RelayAnswer:
        if not house.clock.at > first:
            house.clock.pass_(3600)
            with house.db.write() as work:  # the other worker
                assert len(outbox.claim(work, house.clock(), 10, 600)) == 3
        return OK

    first = house.clock()
    house.enqueue([mail_to(n) for n in range(3)])
    relay = ScriptedRelay(answer)
    report = house.deliver(lambda: relay)
    assert relay.recipients == ["m0"]
    assert report.stale == 1
    assert house.counts() == {"claimed": 3}


def test_what_a_killed_sender_sent_is_recorded_and_the_rest_is_free_at_once(house: House) -> None:
    """The journal of a sender that died between 'sent' and 'recorded' (fault row 3)."""
    house.enqueue([mail_to(n) for n in range(3)])
    base = house.settings.folder / "mailflow.journal"
    with house.db.write() as work:
        mails = outbox.claim(work, house.clock(), 10, 600)
    journal = open_journal(base)
    journal.claimed(Entry(mail.id, mail.fence, mail.lease_until) for mail in mails)
    journal.accepted(Entry(mails[1].id, mails[1].fence, mails[1].lease_until, 250))
    assert recover(house.db, base, house.clock()) == 0  # its sender is alive
    journal.close()
    relay = ScriptedRelay()
    assert house.deliver(lambda: relay).accepted == 2
    assert relay.recipients == ["m0", "m2"]
    assert house.counts() == {"accepted": 3}
    assert base.read_bytes() == b""


def test_a_journal_of_claims_that_were_never_committed_frees_nobody_elses(house: House) -> None:
    house.enqueue([mail_to(1)])
    with house.db.write() as work:
        (mail,) = outbox.claim(work, house.clock(), 10, 600)
    base = house.settings.folder / "mailflow.journal"
    journal = open_journal(base)
    journal.claimed([Entry(mail.id, mail.fence, mail.lease_until + timedelta(seconds=1))])
    journal.close()
    assert recover(house.db, base, house.clock()) == 0
    assert house.counts() == {"claimed": 1}


def test_a_journal_that_ends_in_half_a_line_is_read(house: House) -> None:
    base = house.settings.folder / "mailflow.journal"
    base.write_bytes(b"1 1 2013-06-24T14:15:00+00:00 0\n1 1 2013-06-24T14:15:00+00:00 250\n2 1 2013-06-24T14:1")
    journal = open_journal(base)
    assert [(entry.id, entry.code) for entry in journal.entries()] == [(1, 250)]
    journal.close()


def test_a_mail_that_takes_senders_down_again_and_again_is_parked(house: House) -> None:
    """R91: dead after so many attempts."""
    house.enqueue([mail_to(1), mail_to(2)])
    with house.db.write() as work:
        work.execute(sa.update(t.outbox).where(t.outbox.c.recipient == "m1").values(attempts=60))
    house.deliver(ScriptedRelay)
    assert house.counts() == {"accepted": 1, "parked": 1}


def test_a_stop_finishes_the_mail_in_hand_and_gives_back_the_rest(house: House) -> None:
    stop = threading.Event()

    def answer(_: Envelope) -> RelayAnswer:
        if len(relay.offered) == 3:
            stop.set()
        return OK

    relay = ScriptedRelay(answer)
    house.enqueue([mail_to(n) for n in range(10)])
    assert house.deliver(lambda: relay, stop).accepted == 3
    assert house.counts() == {"accepted": 3, "queued": 7}
    assert house.deliver(ScriptedRelay).accepted == 7


# --- the stop switch and the limits -----------------------------------------------------------------------------
def test_on_hold_nothing_leaves_until_release(house: House) -> None:
    house.enqueue([mail_to(n) for n in range(3)])
    with house.db.write() as work:
        outbox.hold(work, house.clock())
    relay = ScriptedRelay()
    assert house.deliver(lambda: relay).accepted == 0
    assert relay.offered == []
    with house.db.write() as work:
        outbox.release(work)
    assert house.deliver(lambda: relay).accepted == 3


def test_a_hold_while_sending_stops_before_the_next_batch(house: House) -> None:
    def answer(_: Envelope) -> RelayAnswer:
        if len(relay.offered) == 1:
            with house.db.write() as work:
                outbox.hold(work, house.clock())
        return OK

    relay = ScriptedRelay(answer)
    house.enqueue([mail_to(n) for n in range(2 * BATCH)])
    assert house.deliver(lambda: relay).accepted == BATCH


def limited(house: House, **limits: int) -> House:
    return replace(house, settings=replace(house.settings, relay=replace(house.settings.relay, **limits)))


def test_no_more_leave_in_a_minute_than_the_relay_allows(house: House) -> None:
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        house.clock.pass_(seconds)

    house.enqueue([mail_to(n) for n in range(25)])
    relay = ScriptedRelay()
    assert limited(house, per_minute=10).deliver(lambda: relay, wait=wait).accepted == 25
    assert waits == [60, 60]


def test_the_limits_of_a_day_end_the_run_and_are_kept_in_the_database(house: House) -> None:
    house.enqueue([mail_to(n) for n in range(15)])
    report = limited(house, per_day=10).deliver(ScriptedRelay)
    assert (report.accepted, report.resume_at) == (10, house.clock() + timedelta(days=1))
    assert limited(house, per_day=10).deliver(ScriptedRelay).accepted == 0
    house.clock.pass_(86_400)
    assert limited(house, per_day=10).deliver(ScriptedRelay).accepted == 5


def test_one_domains_limit_does_not_hold_up_the_others(house: House) -> None:
    many = [mail_to(n, address=f"m{n}@big.example.org") for n in range(30)]
    house.enqueue([*many, *(mail_to(100 + n) for n in range(5))])
    relay = ScriptedRelay()
    slow = limited(house, per_domain_per_minute=10)
    slow.deliver(lambda: relay)
    assert relay.recipients == [f"m{n}" for n in range(10)] + [f"m{100 + n}" for n in range(5)]
    for expected in (25, 35):
        house.clock.pass_(60)
        slow.deliver(lambda: relay)
        assert len(relay.offered) == expected
