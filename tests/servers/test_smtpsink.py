"""The recording SMTP server does what tests rely on."""

from __future__ import annotations

import smtplib

import pytest

from tests.servers.smtpsink import SmtpSink, defer_first, refuse

RAW = b"Subject: hello\r\n\r\n.a line with a dot\r\n"
ANN, BOB = "ann@example.org", "bob@example.org"


def client(sink: SmtpSink) -> smtplib.SMTP:
    return smtplib.SMTP(sink.host, sink.port, timeout=10)


def test_every_mail_is_recorded_with_its_envelope(smtp_sink: SmtpSink) -> None:
    with client(smtp_sink) as smtp:
        smtp.sendmail("desk+key@example.org", [ANN, BOB], RAW)
        smtp.sendmail("", [ANN], RAW)
    first, second = smtp_sink.wait_for(2)
    assert first == ("desk+key@example.org", [ANN, BOB], RAW)
    assert (second.mail_from, second.rcpt_tos) == ("", [ANN])
    assert smtp_sink.to("BOB@example.org") == [RAW]
    assert smtp_sink.connections == 1


def test_it_refuses_single_recipients(smtp_sink: SmtpSink) -> None:
    """R88"""
    smtp_sink.behaviour.on_rcpt = refuse(BOB)
    with client(smtp_sink) as smtp:
        refused = smtp.sendmail("", [ANN, BOB], RAW)
    assert refused == {BOB: (550, b"5.1.1 no such mailbox")}
    assert [mail.rcpt_tos for mail in smtp_sink.messages] == [[ANN]]


def test_it_defers_the_first_time(smtp_sink: SmtpSink) -> None:
    """R90: greylisting."""
    smtp_sink.behaviour.on_rcpt = defer_first()
    with client(smtp_sink) as smtp:
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            smtp.sendmail("", [ANN], RAW)
        smtp.sendmail("", [ANN], RAW)
    assert len(smtp_sink.messages) == 1


def test_it_refuses_a_mail_at_the_dot(smtp_sink: SmtpSink) -> None:
    """R90"""
    smtp_sink.behaviour.on_data = lambda mail: "554 5.6.0 no" if b"hello" in mail.raw else ""
    with client(smtp_sink) as smtp, pytest.raises(smtplib.SMTPDataError):
        smtp.sendmail("", [ANN], RAW)
    assert smtp_sink.messages == []


def test_it_drops_the_line_after_the_dot(smtp_sink: SmtpSink) -> None:
    """R89: the mail was taken and nobody said so."""
    smtp_sink.behaviour.drop_after_dot = 1
    with pytest.raises(smtplib.SMTPServerDisconnected):
        client(smtp_sink).sendmail("", [ANN], RAW)
    with client(smtp_sink) as smtp:
        smtp.sendmail("", [ANN], RAW)
    assert len(smtp_sink.wait_for(2)) == 2


def test_it_asks_for_a_login() -> None:
    with SmtpSink(credentials=("desk", "pw")) as sink:
        with client(sink) as smtp, pytest.raises(smtplib.SMTPAuthenticationError):
            smtp.login("desk", "wrong")
        with client(sink) as smtp:
            with pytest.raises(smtplib.SMTPSenderRefused):
                smtp.sendmail("", [ANN], RAW)
            smtp.login("desk", "pw")
            smtp.sendmail("", [ANN], RAW)
        assert len(sink.messages) == 1
