"""Doctor's round trip through a relay that delivers into a real Dovecot."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from mailflow import config
from mailflow.app import App, open_office
from mailflow.domain.check import Check
from mailflow.gateways.dns import Dns
from mailflow.gateways.doctor import examine
from mailflow.service.reading import list_inbox
from mailflow.store import migrate
from mailflow.store.engine import connect
from tests.servers.dovecot import Account
from tests.servers.smtpsink import Recorded, SmtpSink

CONFIG = """
[association]
name = "Example Library Association"
timezone = "America/Chicago"
[mailbox]
address = "{address}"
owner = "office@staff.example.net"
[mailbox.imap]
host = "127.0.0.1"
port = {imap_port}
security = "none"
username = "{user}"
password = "{password}"
done_folder = "Mailflow"
[relay]
host = "127.0.0.1"
port = {smtp_port}
[trust]
authserv_id = "mx.example.org"
"""


@pytest.fixture
def settings(account: Account, smtp_sink: SmtpSink, tmp_path: Path) -> config.Settings:
    """A house whose relay delivers by LMTP, and stamps as a mail server does that deletes forged stamps."""

    def deliver(mail: Recorded) -> str:
        kept = b"".join(line for line in mail.raw.splitlines(True) if not line.startswith(b"Authentication-Results"))
        stamp = b"Authentication-Results: mx.example.org; dmarc=pass header.from=example.org\r\n"
        account.deliver_lmtp(stamp + kept, mail.mail_from, mail.rcpt_tos[0])
        return ""

    smtp_sink.behaviour.on_data = deliver
    values = {"address": account.address, "imap_port": account.port, "user": account.user, "password": account.password}
    settings = config.parse(CONFIG.format(smtp_port=smtp_sink.port, **values), tmp_path)
    db = connect(settings.database.url)
    migrate.upgrade(db)
    db.close()
    return settings


def looked(settings: config.Settings, **options: float) -> dict[str, Check]:
    nobody = Dns(["127.0.0.1"], port=9, timeout_s=0.5)
    return {c.check: c for c in examine(settings, datetime.now(UTC), dns=nobody, **{"wait_s": 20.0} | options)}


def test_a_mail_to_a_sub_address_goes_round_and_ends_in_the_done_folder(
    settings: config.Settings, account: Account
) -> None:
    """What Dovecot offers is named; the folder that is not there yet is made by the first mail."""
    found = looked(settings)
    assert {name: str(c.state) for name, c in found.items() if name.startswith("mailbox")} == {
        "mailbox": "ok",
        "mailbox IDLE": "ok",
        "mailbox filing": "ok",
        "mailbox folder": "ok",
        "mailbox done folder": "ok",
    }
    assert found["mailbox filing"].detail == "mail that was read goes to Mailflow by MOVE"
    assert "not there yet" in found["mailbox done folder"].detail
    assert found["round trip"].state == "ok" and f"{account.user}+check-" in found["round trip"].detail
    assert (found["border"].state, found["trust"].state) == ("ok", "ok")
    assert account.all_in("INBOX") == [] and len(account.all_in("Mailflow")) == 1
    assert looked(settings)["mailbox done folder"].detail == "Mailflow is there"


def test_a_service_that_reads_the_mail_first_takes_it_for_its_own_and_nobody_is_bothered(
    settings: config.Settings, account: Account, smtp_sink: SmtpSink
) -> None:
    """R77: it is filed away without an effect, an answer or a copy to the owner; doctor finds it where it is filed."""
    db = connect(settings.database.url)
    office = open_office(db, settings)
    app = App(office, lambda: datetime.now(UTC))
    app.run_once()
    deliver = smtp_sink.behaviour.on_data

    def deliver_and_read(mail: Recorded) -> str:
        deliver(mail)
        app.read_once()
        return ""

    smtp_sink.behaviour.on_data = deliver_and_read
    assert looked(settings)["round trip"].state == "ok"
    smtp_sink.behaviour.on_data = deliver
    app.run_once()
    [mail] = list_inbox(office, held_only=False)
    assert (mail["state"], mail["verdict"]) == ("read", "loop")
    assert len(smtp_sink.messages) == 1 and account.all_in("INBOX") == []
    db.close()


def test_a_folder_that_is_not_there_is_a_problem(settings: config.Settings) -> None:
    assert settings.mailbox.imap is not None
    imap = replace(settings.mailbox.imap, folder="No such folder")
    found = looked(replace(settings, mailbox=replace(settings.mailbox, imap=imap)))
    assert found["mailbox folder"].state == "problem" and found["round trip"].state == "unknown"
