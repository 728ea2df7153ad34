"""What the mailbox's owner is told: mail that answers nothing of ours, and mail that waits for a person (rule 9)."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from mailflow.domain.civil import start_of_day
from mailflow.domain.outcome import MailState, Owed, Verdict
from mailflow.domain.phrase import say
from mailflow.domain.reading import Intent
from mailflow.mail.key import redact_keys
from mailflow.service.addressees import MAILTO
from mailflow.service.digests import MORNING
from mailflow.service.office import Office
from mailflow.service.owing import owe
from mailflow.service.words import instant_words
from mailflow.store import inbox, meta
from mailflow.store.engine import Work

ITEMS_MAX = 50
TEXT_MAX = 4_000
EVERY = timedelta(minutes=50)  # 'within the hour': the first at once, then together


def tell_owner(office: Office, now: datetime) -> int:
    """Queue what the owner is owed now and say how many mails that is; without an owner there is nobody to tell."""
    owner = office.settings.mailbox.owner
    if not owner:
        return 0
    with office.db.write() as work:
        return (
            _strays(work, office, owner, now) + _questions(work, office, owner, now) + _held(work, office, owner, now)
        )


def tell_all_strays(office: Office, now: datetime) -> None:
    """Queue everything that the owner is to be told, although some of it would wait for the next hour."""
    while True:
        with office.db.write() as work:
            meta.put(work, "owner.strays_at", "")
        if not tell_owner(office, now):
            return


def _strays(work: Work, office: Office, owner: str, now: datetime) -> int:
    told_at = meta.get(work, "owner.strays_at")
    if told_at and now - datetime.fromisoformat(told_at) < EVERY:
        return 0
    since = int(meta.get(work, "owner.stray_n", "0"))
    strays = inbox.rows(work, since_n=since, is_stray=True)
    rows = [r for r in strays if r.from_address.casefold() != owner.casefold()]
    if not rows:
        return 0
    items = [_item(office, r, with_text=len(rows) <= 5) for r in rows[:ITEMS_MAX]]
    _owe(work, office, owner, "owner_copy", f"to-{rows[:ITEMS_MAX][-1].n}", items, now)
    meta.put(work, "owner.stray_n", str(rows[:ITEMS_MAX][-1].n))
    meta.put(work, "owner.strays_at", now.isoformat())
    return 1


def _questions(work: Work, office: Office, owner: str, now: datetime) -> int:
    since = int(meta.get(work, "owner.question_n", "0"))
    held = inbox.rows(work, state=MailState.HELD, since_n=since)
    rows = [r for r in held if r.intent == Intent.QUESTION or r.verdict == Verdict.OBJECTION][:ITEMS_MAX]
    if not rows:
        return 0
    _owe(work, office, owner, "held_summary", f"question-{rows[-1].n}", [_item(office, r) for r in rows], now)
    meta.put(work, "owner.question_n", str(rows[-1].n))
    told = set(json.loads(meta.get(work, "owner.held", "[]")))
    meta.put(work, "owner.held", json.dumps(sorted(told | {r.n for r in rows})))  # not told again in the morning
    return 1


def _held(work: Work, office: Office, owner: str, now: datetime) -> int:
    today = office.today(now)
    if now < start_of_day(today, office.zone) + MORNING or meta.get(work, "owner.held_on") == str(today):
        return 0
    waiting = inbox.held_numbers(work)
    # by number and not from the last one on: a mail can come to wait after later ones did
    told = set(json.loads(meta.get(work, "owner.held", "[]")))
    fresh = [n for n in waiting if n not in told][:ITEMS_MAX]
    if not fresh:
        return 0
    items = [_item(office, inbox.row(work, n)) for n in fresh]
    _owe(work, office, owner, "held_summary", f"on-{today}", items, now)
    meta.put(work, "owner.held", json.dumps([n for n in waiting if n in told or n in fresh]))
    meta.put(work, "owner.held_on", str(today))
    return 1


def _item(office: Office, row: Any, *, with_text: bool = False) -> dict[str, object]:
    return {
        "n": row.n,
        "from": row.from_address or say("nobody that can be told"),
        "subject": redact_keys(row.subject),
        "arrived_words": instant_words(row.arrived_at, office.zone),
        "reasons": list(row.reasons),
        "text": row.new_text[:TEXT_MAX] if with_text else "",
    }


def _owe(
    work: Work, office: Office, owner: str, notice: str, version: str, items: Sequence[dict[str, object]], now: datetime
) -> None:
    facts = {"items": list(items), "mailbox": office.address}
    owe(work, office, [Owed(notice, "", MAILTO + owner, version=version, facts=facts)], {}, now)


def alert_owner(office: Office, what: str, details: Sequence[str], remedy: str, version: str, now: datetime) -> None:
    """Tell the owner that something is wrong with the program or its surroundings, once a version."""
    owner = office.settings.mailbox.owner
    if not owner:
        return
    facts = {"what": what, "details": list(details), "remedy": remedy}
    with office.db.write() as work:
        owe(work, office, [Owed("alert", "", MAILTO + owner, version=version, facts=facts)], {}, now)
