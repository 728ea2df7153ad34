"""The mailbox gateway against a real Dovecot."""

from __future__ import annotations

from datetime import UTC, datetime

from mailflow.gateways.imap import ImapMailbox, ImapSettings
from tests.servers.dovecot import Account

RAW = b"From: Ann Example <ann@example.org>\r\nSubject: Re: SIGN\r\n\r\nI sign.\r\n"
AT = datetime(2013, 6, 24, 9, 30, tzinfo=UTC)


def settings(account: Account, **other: object) -> ImapSettings:
    values = {"read_timeout_s": 5, "connect_timeout_s": 5} | other
    return ImapSettings(account.host, account.port, account.user, "none", password=account.password, **values)  # type: ignore[arg-type]


def test_a_mail_comes_as_it_lies_there(account: Account) -> None:
    uid = account.append(RAW, AT)
    with ImapMailbox(settings(account)) as mailbox:
        (arrival,) = mailbox.fetch_new(0, 50)
        assert mailbox.uidnext() == uid + 1
    assert (arrival.uid, arrival.raw, arrival.arrived_at, arrival.headers_only) == (uid, RAW, AT, False)
    assert arrival.uidvalidity > 0
    assert account.flags() == {uid: set()}
