"""R14: a database that is put back from a backup loses no mail, counts none twice and sends none twice by itself.

The drill of docs/operators.md on a real Dovecot, on SQLite and on PostgreSQL: after the backup 200 replies come and 200
mails of a notice go, with the answers to the replies; then the database is lost and its backup put back.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from mailflow.demo.cast import Person
from mailflow.demo.client_names import Client
from mailflow.demo.clients import reply
from mailflow.demo.clients.machines import out_of_office
from mailflow.demo.mta import stamp
from tests.acceptance.way_in import OWNER, PETITION, address_of, key_in, parsed
from tests.servers.dovecot import Account
from tests.servers.restore_house import MEMBERS, PostgresqlStore, RestoreHouse, SqliteStore
from tests.servers.smtpsink import SmtpSink

MOVES = "The reading room moves"
AWAY, LOGGED = 5, 50  # who answer the notice by machine; whom the relay's log names
STRAYS = 55  # mails that are about nothing of ours: the owner is told of fifty, and of the rest an hour later


@pytest.fixture(params=["sqlite", "postgresql"])
def house(
    request: pytest.FixtureRequest, tmp_path: Path, account: Account, smtp_sink: SmtpSink
) -> Iterator[RestoreHouse]:
    if request.param == "sqlite":
        store: SqliteStore | PostgresqlStore = SqliteStore(tmp_path)
    else:
        cluster = request.getfixturevalue("on_postgresql")
        store = PostgresqlStore(tmp_path, cluster.programs)
    yield RestoreHouse(tmp_path, account, smtp_sink, store=store)


def invitations(house: RestoreHouse) -> dict[str, bytes]:
    """By address, what everybody was sent about the petition."""
    about = {mail.rcpt_tos[0]: mail.raw for mail in house.sink.messages}
    return {address_of(n): about[address_of(n)] for n in range(1, MEMBERS + 1)}


def sign_all(house: RestoreHouse, invited: dict[str, bytes]) -> None:
    clients = list(Client)
    mails = []
    for n in range(1, MEMBERS + 1):
        person, sent = Person(f"Robin Sample{n}", address_of(n)), invited[address_of(n)]
        raw = reply(clients[n % len(clients)], person, sent, "I sign.", house.at)
        mails.append((stamp(raw, person.address, str(parsed(sent)["Reply-To"]), house.at), house.at))
    house.account.fill(mails)


def answer_by_machine(house: RestoreHouse) -> None:
    moves = [mail for mail in house.sink.messages if str(parsed(mail.raw)["Subject"]) == MOVES]
    for mail in moves[:AWAY]:
        raw = out_of_office(Person("Robin", mail.rcpt_tos[0]), mail.raw, house.at)
        raw = stamp(raw, "", str(parsed(mail.raw)["Reply-To"]), house.at, dmarc=None)
        house.account.append(raw, house.at)


def strays_come(house: RestoreHouse) -> None:
    raw = b"From: x@else.example.org\r\nSubject: Number %d\r\nMessage-ID: <%d@else.example.org>\r\n\r\nWhen?\r\n"
    house.account.fill((raw % (n, n), house.at) for n in range(STRAYS))


def relay_log(house: RestoreHouse) -> Path:
    """What Postfix writes of mails that it took: their Message-ID and their envelope sender."""
    moves = [mail for mail in house.sink.messages if str(parsed(mail.raw)["Subject"]) == MOVES]
    lines = [f"cleanup[7]: 4F2: message-id=<{key_in(mail.raw)}.x@lists.example.org>\n" for mail in moves[-LOGGED:]]
    path = house.folder / "mail.log"
    path.write_text("".join(lines))
    return path


def test_a_restore_drill(house: RestoreHouse) -> None:
    """R14: 0 lost, 0 counted twice, and none sent twice but those that the operator released."""
    house.open()
    house.run_once()
    invited = invitations(house)
    house.owe_notice()
    assert house.store is not None
    house.store.back_up()

    sign_all(house, invited)
    strays_come(house)
    house.run_once()  # 200 replies read and answered, 200 mails of the notice sent
    house.at += timedelta(hours=2)
    answer_by_machine(house)
    house.run_once()
    before = house.sent()
    assert sum(n for (_, subject), n in before.items() if subject == MOVES) == MEMBERS
    assert {n for (to, _), n in before.items() if to != OWNER} == {1}
    assert sum(n for (to, _), n in before.items() if to == OWNER) == 2
    assert len(house.account.all_in("INBOX")) == STRAYS

    house.store.lose()
    house.store.put_back()
    house.at += timedelta(hours=1)
    refused = house.mailflow("run", "--once", "--now", house.at.isoformat())
    assert (refused.returncode, "mailflow restore" in refused.stderr) == (1, True)
    restored = json.loads(house.restore("--mail-log", str(relay_log(house))).stdout)
    assert restored["read_again"] == MEMBERS + AWAY + STRAYS
    assert restored["known_sent"] == AWAY + LOGGED
    by_notice = {each["notice"]: each["mails"] for each in restored["mailings"]}
    assert by_notice["notice"] == MEMBERS - AWAY - LOGGED
    assert by_notice["signature_recorded"] == MEMBERS

    for _ in range(2):
        house.at += timedelta(hours=1)
        house.run_once()
    assert house.sent() == before  # nothing went twice by itself
    tally = house.show("petition", "show", PETITION)["tally"]
    assert (tally["validated"], tally["signed"]) == (MEMBERS, MEMBERS)
    assert house.query("SELECT count(*) FROM signature_history") == [(MEMBERS,)]
    assert house.query("SELECT state, count(*) FROM inbox GROUP BY 1") == [("read", MEMBERS + AWAY + STRAYS)]
    assert house.show("status")["outbox"]["held"] == restored["held"]

    mailing = next(each["mailing_id"] for each in restored["mailings"] if each["notice"] == "notice")
    assert house.show("outbox", "release", "--held", "--mailing", str(mailing)) == {"released": by_notice["notice"]}
    house.run_once()
    again = house.sent() - before
    assert len(again) == by_notice["notice"]
    assert {subject for _, subject in again} == {MOVES}
    assert house.show("outbox", "drop")["dropped"] == restored["held"] - by_notice["notice"]
    house.run_once()
    assert house.sent() - before == again
    assert house.mailflow("audit", "verify").returncode == 0


def test_new_mail_after_a_restore_is_read_and_answered_at_once(house: RestoreHouse) -> None:
    """R14: what comes after the restore is not held."""
    house.open()
    house.run_once()
    invited = invitations(house)
    assert house.store is not None
    house.store.back_up()
    house.store.lose()
    house.store.put_back()
    assert house.restore().returncode == 0
    before = house.sent()
    house.at += timedelta(minutes=10)
    sign_all(house, invited)
    house.run_once()
    went = house.sent() - before
    assert sum(n for (to, _), n in went.items() if to in invited) == MEMBERS
    assert house.show("status")["outbox"]["held"] == 0
