"""The main job on a real Dovecot and a real SMTP server: counted exactly, whatever happens to the program meanwhile.

MAILFLOW_TORTURE=1 kills 50 times instead of five.
"""

from __future__ import annotations

import os
import random
import signal
import sqlite3
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.acceptance.way_in import OPENED, PETITION, address_of
from tests.servers.dovecot import Account, Dovecot
from tests.servers.petition_house import ANSWERS, CONNECTIONS, House, Model, make_model, naive_reader
from tests.servers.smtpsink import SmtpSink

KILLS = 50 if os.environ.get("MAILFLOW_TORTURE") else 5


@pytest.fixture(scope="module")
def model(dovecot: Dovecot, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Model]:
    with SmtpSink() as sink:
        yield make_model(tmp_path_factory.mktemp("model"), dovecot.fresh_user(), sink)


@pytest.fixture
def house(model: Model, tmp_path: Path, account: Account, smtp_sink: SmtpSink) -> House:
    return model.house(tmp_path, account, smtp_sink)


def test_three_runs_over_400_mixed_answers_count_exactly_and_do_nothing_twice(model: Model, house: House) -> None:
    """R9, R61, R84: the tally is the one counted while the answers were written."""
    for _ in range(3):
        house.run_once()
        model.answers.check(house)
    assert house.copies() == 0


def test_kills_at_random_moments_lose_nothing_and_count_nothing_twice(model: Model, house: House) -> None:
    """R2, R3, R4, R6, R84: at most one mail a connection and kill goes out twice, with the same Message-ID."""
    chance = random.Random()
    kills, at = 0, house.progress()
    work = ANSWERS + len(model.answers.validated)
    for target in sorted(chance.sample(range(1, work), KILLS)):
        kills += house.run_until(max(at + target, house.progress() + 1))
    assert kills >= min(KILLS, 4)
    for _ in range(2):
        house.run_once()
    model.answers.check(house)
    assert house.copies() <= kills * CONNECTIONS


def test_the_control_that_marks_before_it_commits_loses_mail(model: Model, account: Account, tmp_path: Path) -> None:
    """The harness sees a loss when there is one: a naive reader, killed in the same way, is short of mails."""
    account.fill(model.answers.mails)
    path, chance = tmp_path / "naive.db", random.Random(1)

    def taken() -> int:
        db = sqlite3.connect(path, timeout=30)
        try:
            return int(db.execute("SELECT count(*) FROM taken").fetchone()[0])
        except sqlite3.OperationalError:
            return 0  # it has not made its table yet
        finally:
            db.close()

    for _ in range(5):
        reader, before = naive_reader(account, path), taken()
        while reader.poll() is None and taken() <= before:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 0.03))
        reader.kill()
        reader.wait()
    assert naive_reader(account, path).wait(timeout=60) == 0
    assert taken() < ANSWERS


def test_5000_old_mails_at_the_first_start_are_not_moved_answered_or_marked(
    model: Model, account: Account, smtp_sink: SmtpSink, tmp_path: Path
) -> None:
    """Design rule 9: the address is one that people write to already."""
    house = model.house(tmp_path, account, smtp_sink, is_sent=False, has_mail=False)
    old = OPENED - timedelta(days=500)
    body = b"From: reader@else.example.org\r\nSubject: Re: SIGN\r\nMessage-ID: <%d@else.example.org>\r\n\r\nI sign.\r\n"
    account.fill((body % n, old + timedelta(hours=n)) for n in range(5_000))
    house.at = OPENED
    house.run_once()
    first = {mail.rcpt_tos[0] for mail in smtp_sink.messages}
    signs = [raw for raw, _ in model.answers.mails if b"<m1@library.example.org>" in raw][:1]
    account.fill((raw, OPENED + timedelta(hours=1)) for raw in signs)
    house.at += timedelta(hours=2)
    house.run_once()
    assert "reader@else.example.org" not in {mail.rcpt_tos[0] for mail in smtp_sink.messages}
    assert address_of(1) in first
    flags = account.flags()
    assert (len(flags), set().union(*flags.values())) == (5_000, set())
    assert house.query("SELECT verdict, count(*) FROM inbox GROUP BY 1") == [("signed", 1)]
    assert house.show("petition", "show", PETITION)["tally"]["validated"] == 1


def test_sigterm_in_a_batch_ends_cleanly_and_the_rest_is_done_at_the_next_start(model: Model, house: House) -> None:
    """Fault row 36: the mails in hand are finished, nothing is half done, nothing is lost."""
    run = house.start("--roles", "inbox,outbox")
    before = house.progress()
    while run.poll() is None and house.progress() < before + 40:
        time.sleep(0.01)
    run.send_signal(signal.SIGTERM)
    assert run.wait(timeout=60) == 0
    counts = dict(house.query("SELECT state, count(*) FROM inbox GROUP BY 1"))
    assert "kept" not in counts
    assert 0 < sum(counts.values()) < ANSWERS
    assert house.query("SELECT count(*) FROM outbox WHERE state = 'claimed'") == [(0,)]
    house.run_once()
    model.answers.check(house)
    assert house.copies() == 0


def test_two_pollers_of_one_mailbox_do_nothing_twice(model: Model, house: House) -> None:
    """R29, fault row 16"""
    both = [house.start("--once"), house.start("--once")]
    assert [run.wait(timeout=120) for run in both] == [0, 0], (house.folder / "log").read_text()[-3000:]
    house.run_once()
    model.answers.check(house)
    assert house.copies() == 0
