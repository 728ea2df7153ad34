"""The owner is told when the installation is in trouble and when that is over; the books are audited each day."""

from __future__ import annotations

import contextlib
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa

from mailflow.app import App
from mailflow.errors import MailboxError
from mailflow.mail.parse import parse
from mailflow.service import health as health_service
from mailflow.service.fetching import fetch_all
from mailflow.service.health import audit_daily, check_health
from mailflow.service.office import Office
from mailflow.service.reading import show_mail
from mailflow.service.schedule import run_due
from mailflow.service.status import status
from mailflow.store import health as store_health
from mailflow.store import tables as t
from tests.acceptance.folder_of_values import FolderOfValues
from tests.acceptance.imap_fault import FaultServer, Talk
from tests.acceptance.relay_server import RelayServer
from tests.acceptance.way_in import OPENED, OWNER, PETITION, WayIn, open_way_in
from tests.servers.smtpsink import SmtpSink


@pytest.fixture
def way_in(tmp_path: Path) -> WayIn:
    return open_way_in(tmp_path)


@pytest.fixture
def refusing_port() -> Iterator[int]:
    """A port of this machine that refuses every connection: bound, and nobody listens."""
    with socket.socket() as blocked:
        blocked.bind(("127.0.0.1", 0))
        yield int(blocked.getsockname()[1])


@pytest.fixture
def imap(fault_server: FaultServer) -> FaultServer:
    """An empty mailbox; a search by date finds nothing in it."""

    def by_date(talk: Talk, tag: str, rest: str) -> bool:
        if "BEFORE" not in rest and "SINCE" not in rest:
            return False
        talk.say("* SEARCH")
        talk.say(f"{tag} OK done")
        return True

    fault_server.inbox.clear()
    fault_server.on["UID SEARCH"] = by_date
    return fault_server


def served(office: Office, imap_port: int, relay_port: int) -> Office:
    """The office with its mailbox and its relay at these ports."""
    mailbox, relay = office.settings.mailbox, office.settings.relay
    assert mailbox.imap is not None
    imap = replace(
        mailbox.imap,
        host="127.0.0.1",
        port=imap_port,
        security="none",
        username="desk",
        password="pw",
        connect_timeout_s=2,
        read_timeout_s=2,
    )
    settings = replace(
        office.settings,
        mailbox=replace(mailbox, imap=imap),
        relay=replace(relay, host="127.0.0.1", port=relay_port),
    )
    return replace(office, settings=settings)


def subjects(sink: SmtpSink) -> list[str]:
    """The subjects of the owner's alerts, as they arrived."""
    return [s for raw in sink.to(OWNER) if (s := parse(raw).subject).startswith("mailflow: ")]


def once(app: App) -> None:
    with contextlib.suppress(MailboxError):
        app.run_once()


def alerts(way_in: WayIn) -> list[str]:
    return [row.version for row in way_in.outbox("alert")]


def test_a_quarter_of_an_hour_without_a_good_poll_is_told_and_so_is_its_end(
    way_in: WayIn, refusing_port: int, smtp_sink: SmtpSink, imap: FaultServer
) -> None:
    """R103: the port is blocked and the clock moves; told once, by whichever process; told once when it is over."""
    working = served(way_in.office, imap.port, smtp_sink.port)
    App(working, way_in.clock).run_once()
    for minutes in (5, 9, 1, 5, 60, 240):  # 14 minutes, a quarter of an hour, and on
        way_in.clock.pass_(60 * minutes)
        blocked = App(served(way_in.office, refusing_port, smtp_sink.port), way_in.clock)  # each time a new process
        with pytest.raises(MailboxError, match="refuses"):
            blocked.run_once()
        if minutes == 9:
            assert subjects(smtp_sink) == []
    assert subjects(smtp_sink) == ["mailflow: The mailbox could not be read for 15 minutes."]
    assert status(working, way_in.clock())["troubles"] == ["no-poll"]
    way_in.clock.pass_(60)
    for _ in range(3):
        App(working, way_in.clock).run_once()
        way_in.clock.pass_(60)
    assert subjects(smtp_sink)[1:] == ["mailflow: The mailbox is read again."]
    assert status(working, way_in.clock())["troubles"] == []


def test_a_full_mailbox_that_is_read_batch_by_batch_is_no_trouble(way_in: WayIn) -> None:
    """R103: hours to its end, and each batch shows that it can be read; a petition is not counted out by that."""
    folder = FolderOfValues()
    for n in range(20):
        folder.put(b"From: x@else.example.org\r\nSubject: %d\r\n\r\nOld words.\r\n" % n, way_in.clock())

    def breaks_off(_after_uid: int) -> None:
        if len(folder.fetches) > max(passes):
            raise MailboxError("broke off")

    folder.before_fetch = breaks_off
    passes: list[int] = []
    for _ in range(3):
        passes.append(len(passes))  # one batch at each
        way_in.clock.pass_(60 * 14)
        check_health(way_in.office, way_in.clock())
        with pytest.raises(MailboxError):
            fetch_all(way_in.office, folder, "INBOX", way_in.clock(), OPENED)
    assert alerts(way_in) == []
    with way_in.db.read() as work:
        assert store_health.good_poll_at(work) is None
        assert store_health.last_read_at(work) >= way_in.clock()  # type: ignore[operator]


def test_a_refused_login_is_told_at_once(way_in: WayIn, smtp_sink: SmtpSink, imap: FaultServer) -> None:
    """R23, fault row 15: by mail through the relay, in the same pass; the password stands nowhere in it."""
    imap.password = "another"
    app = App(served(way_in.office, imap.port, smtp_sink.port), way_in.clock)
    once(app)
    assert subjects(smtp_sink) == ["mailflow: The mailbox refuses the login: no answers are read."]
    way_in.clock.pass_(3600)
    once(app)
    imap.password = "pw"
    way_in.clock.pass_(900)
    once(app)
    way_in.clock.pass_(60)
    once(app)
    assert subjects(smtp_sink)[1:] == ["mailflow: The mailbox is read again."]


def test_two_hosts_at_the_same_moment_tell_it_once(way_in: WayIn) -> None:
    """R84: both have read the same facts before either has written."""
    office = way_in.office
    for _ in range(2):
        with office.db.write() as work:
            health_service.health.note_told(work, {})
            work.execute(sa.delete(t.meta).where(t.meta.c.name == health_service.health.WATCH))
        health_service.note_poll_failure(office, MailboxError("mailbox example.org:993 refused"), way_in.clock())
        way_in.clock.pass_(900)
        assert next(a.what for a in check_health(office, way_in.clock())).startswith("The mailbox could not be read")
    assert alerts(way_in) == ["no-poll-the start"]


def test_relay_trouble_that_lasts_is_told_as_soon_as_mail_leaves(
    way_in: WayIn, imap: FaultServer, smtp_sink: SmtpSink, refusing_port: int
) -> None:
    """The outbox keeps the alert until then; status says it meanwhile."""
    blocked = App(served(way_in.office, imap.port, refusing_port), way_in.clock)
    way_in.arrive(way_in.answer(1, "I sign."))
    for _ in range(5):
        blocked.run_once()
        way_in.clock.pass_(600)
    said = status(blocked.office, way_in.clock())
    assert said["troubles"] == ["relay"] and "can't be reached" in said["relay_problem"]
    works = App(served(way_in.office, imap.port, smtp_sink.port), way_in.clock)
    for _ in range(3):
        way_in.clock.pass_(600)
        works.run_once()
    assert subjects(smtp_sink) == [
        "mailflow: The relay has taken no mail for 40 minutes.",
        "mailflow: The relay takes mail again.",
    ]
    assert status(works.office, way_in.clock())["relay_problem"] is None


def test_the_limit_of_a_day_is_no_relay_trouble(way_in: WayIn, imap: FaultServer) -> None:
    with RelayServer() as relay:
        office = served(way_in.office, imap.port, relay.port)
        settings = replace(office.settings, relay=replace(office.settings.relay, per_day=1))
        app = App(replace(office, settings=settings), way_in.clock)
        way_in.arrive(way_in.answer(1, "I sign."), way_in.answer(2, "I sign."))
        for _ in range(5):
            app.run_once()
            way_in.clock.pass_(600)
    assert status(app.office, way_in.clock())["troubles"] == []


def test_a_disk_that_runs_full_is_told(way_in: WayIn, monkeypatch: pytest.MonkeyPatch) -> None:
    """R13's alarm."""
    monkeypatch.setattr(health_service, "free_disk_bytes", lambda settings: 150_000_000)
    run_due(way_in.office, way_in.clock())
    way_in.clock.pass_(60)
    run_due(way_in.office, way_in.clock())
    [alert] = way_in.outbox("alert")
    assert alert.version.startswith(f"disk-low:{socket.gethostname()}-") and alert.address == OWNER
    monkeypatch.setattr(health_service, "free_disk_bytes", lambda settings: 900_000_000)
    way_in.clock.pass_(60)
    run_due(way_in.office, way_in.clock())
    assert alerts(way_in)[-1].endswith("-over") and len(alerts(way_in)) == 2


def test_the_free_space_is_looked_up_where_the_database_lies(way_in: WayIn) -> None:
    """R13"""
    free = [
        health_service.free_disk_bytes(
            replace(way_in.office.settings, database=replace(way_in.office.settings.database, url=url))
        )
        for url in (f"sqlite:///{way_in.folder}/mailflow.db", "postgresql+psycopg://u@h/d")
    ]
    assert (free[0] or 0) > 0 and free[1] is None


def test_mail_that_is_put_aside_is_told_but_an_alert_that_is_calls_no_other(way_in: WayIn) -> None:
    """R91, R103."""
    n, first = way_in.arrive(way_in.answer(1, "I sign."))[0].n, way_in.outbox()[0].id
    with way_in.db.write() as work:
        work.execute(sa.update(t.inbox).where(t.inbox.c.n == n).values(state="parked", error="x"))
        work.execute(sa.update(t.outbox).where(t.outbox.c.id == first).values(state="parked"))
    check_health(way_in.office, way_in.clock())
    assert alerts(way_in) == [f"parked-{n}.{first}"]
    with way_in.db.write() as work:
        work.execute(sa.update(t.outbox).where(t.outbox.c.notice == "alert").values(state="parked"))
    way_in.clock.pass_(7200)
    check_health(way_in.office, way_in.clock())
    assert len(alerts(way_in)) == 1


def test_a_counter_that_was_wrong_is_healed_and_told(way_in: WayIn) -> None:
    """R66: the cache is corrupted; R63: and healed."""
    way_in.arrive(way_in.answer(1, "I sign."))
    with way_in.db.write() as work:
        work.execute(sa.update(t.proposal).values(validated=77))
    run_due(way_in.office, way_in.clock())
    assert way_in.petition["counter"] == 1
    [alert] = way_in.outbox("alert")
    assert alert.version == f"miscount-{PETITION}-2013-06-24"


def test_the_counter_of_a_petition_that_is_over_is_audited_each_day(way_in: WayIn) -> None:
    """R66"""
    way_in.arrive(way_in.answer(1, "I sign."))
    with way_in.db.write() as work:
        work.execute(sa.update(t.proposal).values(validated=77, state="submitted"))
    for _ in range(3):
        audit_daily(way_in.office, way_in.clock())
    assert alerts(way_in) == [f"miscount-{PETITION}-2013-06-24"]
    way_in.clock.pass_(86_400)
    audit_daily(way_in.office, way_in.clock())
    assert len(alerts(way_in)) == 2


WRONG = [
    pytest.param({"state": "lost"}, "no state that is known", id="no state"),
    pytest.param({"verdict": ""}, "without a verdict", id="read, no verdict"),
    pytest.param({"state": "held", "reasons": []}, "held, without a reason", id="held, no reason"),
    pytest.param({"state": "parked", "reasons": [], "error": ""}, "without an error", id="parked, no error"),
    pytest.param({"state": "kept"}, "kept and never read", id="forgotten"),
    pytest.param({"verdict": "feedback"}, "there is no record of it", id="an effect that is not there"),
]


@pytest.mark.parametrize(("values", "said"), WRONG)
def test_mail_that_is_not_accounted_for_is_told_within_a_day(
    values: dict[str, object], said: str, way_in: WayIn
) -> None:
    """R9: each mail is in exactly one state, with what belongs to it."""
    _, bad = way_in.arrive(way_in.answer(1, "I sign."), way_in.answer(2, "I sign."))
    way_in.arrive(way_in.answer(3, "What does it cost?"), way_in.answer("stranger@example.net", "Hello", to=b""))
    way_in.clock.pass_(7 * 3600)
    assert audit_daily(way_in.office, way_in.clock()) == []
    with way_in.db.write() as work:
        work.execute(sa.update(t.inbox).where(t.inbox.c.n == bad.n).values(**values))
    way_in.clock.pass_(86_400)
    (alert,) = audit_daily(way_in.office, way_in.clock())
    assert [d for d in alert.details if said in d] == list(alert.details) and f"Mail {bad.n}:" in alert.details[0]
    assert audit_daily(way_in.office, way_in.clock() + timedelta(hours=1)) == []


def test_status_tells_how_late_everything_is(way_in: WayIn) -> None:
    """R103: last good poll, oldest unread mail, outbox age, unknown answers, held, parked, free disk."""
    way_in.arrive(way_in.answer(1, "I sign."))
    way_in.keep(way_in.answer(2, "I sign."))
    with way_in.db.write() as work:
        health_service.health.note_good_poll(work, way_in.clock())
        work.execute(sa.update(t.outbox).where(t.outbox.c.id == 1).values(unknowns=2))
    way_in.clock.pass_(90)
    said = status(way_in.office, way_in.clock())
    assert said["lags"] == {
        "last_good_poll_s": 90,
        "oldest_unread_s": 90,
        "outbox_oldest_s": 90,
        "outbox_overdue_s": 90,
    }
    assert said["unknown_answers"] == 2 and (said["free_disk_bytes"] is not None) == way_in.db.is_sqlite
    assert said["inbox"] == {"read": 1, "held": 0, "parked": 0, "waiting": 1}


def test_from_a_mail_to_what_it_led_to_and_back(way_in: WayIn) -> None:
    """R104: one query each way, checked by counting."""
    pending, _ = way_in.arrive(way_in.answer(1, "I sign.", dmarc="none", key="a" * 26), way_in.answer(2, "I sign."))
    confirmed = way_in.arrive(way_in.answer(1, "Yes", to=_confirmation(way_in)))[0]
    asked = way_in.arrive(way_in.answer(3, "What does it cost to take part?"))[0]
    shown = {n: show_mail(way_in.office, n)["effects"] for n in (pending.n, confirmed.n, asked.n)}
    told = [[(e["kind"], e["who"], e["state"].split()[0]) for e in effects] for effects in shown.values()]
    assert ("signature", "m1", "pending") in told[0] and ("mail", "m1", "signature_confirm") in told[0]
    assert ("signature", "m1", "validated") in told[1] and ("mail", "m1", "signature_recorded") in told[1]
    assert [kind for kind, _, _ in told[2]].count("question") == 1
    assert {"mailto:alex@rivera.example.org", "m3"} == {who for kind, who, _ in told[2] if kind == "mail"}
    signatures = way_in.signatures
    assert signatures["m1"]["mails"] == (pending.n, confirmed.n)
    assert signatures["m1"]["inbox"] in (pending.n, confirmed.n)
    assert all(effect["at"].tzinfo is not None for effects in shown.values() for effect in effects)


def _confirmation(way_in: WayIn) -> bytes:
    way_in.deliver()
    return way_in.sent(1, "signature_confirm")


def test_what_a_mail_led_to_is_one_query(way_in: WayIn) -> None:
    """R104"""
    from mailflow.store import effects

    n = way_in.arrive(way_in.answer(1, "I sign."))[0].n
    asked: list[str] = []
    sa.event.listen(way_in.db.engine, "before_cursor_execute", lambda *a: asked.append(a[2]))
    with way_in.db.read() as work:
        found = effects.effects_of(work, n)
        back = effects.mails_of(work, PETITION)
    assert len([s for s in asked if s.startswith("SELECT")]) == 2
    assert {e.kind for e in found} == {"signature", "mail"} and back == {"m1": (n,)}
