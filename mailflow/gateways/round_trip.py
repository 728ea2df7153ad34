"""Sends one mail to a sub-address of our own through the relay, and looks for it in the mailbox.

It shows that the relay takes our mail, that LOCAL+TAG@DOMAIN arrives, what our mail server stamps on it, and whether a
forged stamp survives. The service, should it run, knows the mail as its own and lets it be.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from datetime import datetime

from mailflow.config import Imap, Settings
from mailflow.domain.check import Check, ok, problem, unknown
from mailflow.domain.relay import Envelope, RelayAnswer
from mailflow.errors import ConfigError, MailboxError, RelayError
from mailflow.gateways.probe_mailbox import Finder, logged_in
from mailflow.gateways.probe_relay import TIMEOUTS
from mailflow.gateways.relay import SmtpRelay
from mailflow.mail.header import date_time
from mailflow.mail.key import reply_address
from mailflow.mail.message import Message
from mailflow.mail.parse import parse
from mailflow.service.composing import signed

NAME = "round trip"
LOOK_EVERY_S = 1.0


@dataclass(frozen=True, slots=True)
class RoundTrip:
    """What came of it. message: the header of the mail as it arrived, or None. marker: stands in the forged stamp."""

    check: Check
    message: Message | None = None
    marker: str = ""


def go_round(settings: Settings, key: str, now: datetime, wait_s: float) -> RoundTrip:
    """Send the mail and look for it for wait_s seconds. key: fresh and unguessable."""
    imap = settings.mailbox.imap
    if imap is None:
        return RoundTrip(unknown(NAME, "there is no IMAP mailbox to look into", "see `mailflow inbox list`"))
    rcpt_to = _recipient(settings, key)
    try:
        sent = _send(settings, key, rcpt_to, now)
    except (RelayError, ConfigError) as error:
        return RoundTrip(problem(NAME, f"the relay did not take a mail to {rcpt_to}: {error}", "mend the relay first"))
    if sent.result != "accepted":
        detail = f"the relay refused a mail to {rcpt_to}: {sent.code} {sent.text}"
        return RoundTrip(problem(NAME, detail, _without_tag(settings)))
    try:
        head = _look(imap, key, wait_s)
    except MailboxError as error:
        return RoundTrip(
            problem(NAME, f"the mail was sent, and can't be looked for: {error}", "mend the mailbox first")
        )
    if head is None:
        detail = f"the relay took a mail to {rcpt_to}, and it was not in the mailbox within {wait_s:g} s"
        return RoundTrip(
            problem(NAME, detail, f"see the mail server's log; --wait gives it more time; {_without_tag(settings)}")
        )
    return RoundTrip(ok(NAME, f"a mail to {rcpt_to} went out and came in"), parse(head), key)


def _recipient(settings: Settings, key: str) -> str:
    mailbox = settings.mailbox
    return (
        reply_address(mailbox.address, f"check-{key}", mailbox.delimiter) if mailbox.sub_addressing else mailbox.address
    )


def _without_tag(settings: Settings) -> str:
    if settings.mailbox.sub_addressing:
        return "if it takes no LOCAL+TAG@DOMAIN: set mailbox.sub_addressing = false, or another mailbox.delimiter"
    return "does mail to mailbox.address arrive there at all?"


def _send(settings: Settings, key: str, rcpt_to: str, now: datetime) -> RelayAnswer:
    answers: list[RelayAnswer] = []
    relay = SmtpRelay(settings.relay, TIMEOUTS)
    envelope = Envelope(settings.mailbox.address, rcpt_to, signed(_mail(settings, key, rcpt_to, now), settings))
    try:
        relay.submit_batch([envelope], lambda _, answer: answers.append(answer))
    finally:
        relay.close()
    return answers[0]


def _mail(settings: Settings, key: str, rcpt_to: str, now: datetime) -> bytes:
    address = settings.mailbox.address
    head = [
        f"Message-ID: <check-{key}@{address.rpartition('@')[2]}>",
        f"Date: {date_time(now)}",
        f"From: {address}",
        f"To: {rcpt_to}",
        f"Subject: mailflow doctor {key}",
        "Auto-Submitted: auto-generated",
        "X-Auto-Response-Suppress: All",
        f"X-Loop: {address}",
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=us-ascii",
    ]
    if settings.trust.authserv_id:  # a stamp that our border should take away (R54); it speaks of nobody
        head.insert(0, f"Authentication-Results: {settings.trust.authserv_id}; dmarc=pass header.from={key}.invalid")
    text = "mailflow doctor has sent this mail to see whether it arrives. It may be deleted."
    return "\r\n".join([*head, "", text, ""]).encode("utf-8")


def _look(imap: Imap, key: str, wait_s: float) -> bytes | None:
    ends_at = time.monotonic() + wait_s
    with logged_in(imap) as client:
        finder = Finder(client, imap)
        while True:
            head = finder.find(key)
            left_s = ends_at - time.monotonic()
            if head is not None or left_s <= 0:
                return head
            time.sleep(min(LOOK_EVERY_S, left_s))
