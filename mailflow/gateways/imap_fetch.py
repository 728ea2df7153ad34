"""Fetch mails by UID: sizes first, then bodies without marking them, only whole ones (R15, R24, R25)."""

from __future__ import annotations

import imaplib
from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from mailflow.gateways.imap_client import ImapClient
from mailflow.gateways.imap_errors import is_plain_refusal
from mailflow.gateways.imap_uids import leading_within, search_ranges, uid_sets

HEADER_MAX_BYTES = 100_000
BATCH_MAX_BYTES = 16_000_000
"""Bodies in memory at once; a single larger mail (up to `max_bytes`) comes alone."""

_BODY, _HEADER = b"BODY[]", b"BODY[HEADER]<0>"
_NOT_GIVEN_OUT = b"Subject: (the mail server does not give out this mail: UID %d)\r\n\r\n"
_PEEK_HEADER = f"BODY.PEEK[HEADER]<0.{HEADER_MAX_BYTES}>"


@dataclass(frozen=True, slots=True)
class Fetched:
    """A mail as the server gave it; `raw` is the header section, or nothing, when there is a `problem`."""

    uid: int
    raw: bytes
    size_bytes: int
    arrived_at: datetime
    problem: str = ""


@dataclass(frozen=True, slots=True)
class Batch:
    """What a fetch brought. dealt_with: the leading UIDs it was about; one that is nowhere else has vanished.

    lacking: UIDs whose mail is there, and which the server did not give out.
    """

    mails: list[Fetched]
    dealt_with: list[int]
    lacking: list[int]


def new_uids(client: ImapClient, after_uid: int, uidnext: int, mails: int) -> Iterator[int]:
    """Yield the UIDs above `after_uid`, rising; nothing but numbers goes into the search (R18)."""
    for uid_range in search_ranges(after_uid + 1, uidnext, mails):
        yield from sorted(uid for uid in client.search(["UID", uid_range]) if uid > after_uid)


def uids_before(client: ImapClient, instant: datetime, uidnext: int, mails: int) -> set[int]:
    """Return the UIDs of mails that came before `instant`.

    SEARCH knows days only, in whatever zone each INTERNALDATE has (RFC 3501 section 6.4.4): it settles all that is
    older than the day before, and the rest is looked at one by one. A mail that the server can't date is not before.
    """
    surely_before = instant.astimezone(UTC).date() - timedelta(days=1)
    before: set[int] = set()
    for uid_range in search_ranges(1, uidnext, mails):
        before |= set(client.search(["UID", uid_range, "BEFORE", surely_before]))
        recent = client.search(["UID", uid_range, "SINCE", surely_before])
        dates = {uid: fact.get(b"INTERNALDATE") for uid, fact in _ask(client, recent, ["INTERNALDATE"]).items()}
        before |= {uid for uid, at in dates.items() if _arrived_at(at, lambda: instant) < instant}
    return before


def first_new(uids: Iterator[int], limit: int, skip: Container[int]) -> list[int]:
    """Return the first `limit` UIDs that are not to be skipped."""
    taken: list[int] = []
    for uid in uids:
        if len(taken) == limit:
            break
        if uid not in skip:
            taken.append(uid)
    return taken


def fetch_mails(
    client: ImapClient, uids: Sequence[int], max_bytes: int, given_up: Container[int], now: Callable[[], datetime]
) -> Batch:
    """Fetch the leading UIDs, as many as fit into a batch: sizes first, then bodies; headers of mails over `max_bytes`.

    given_up: UIDs whose body is not asked for any more; they come back with the problem "unreadable", and as `raw` with
    a Subject that says so (each another one, lest they be taken for the same mail).
    """
    facts = _ask(client, uids, ["RFC822.SIZE", "INTERNALDATE"])
    sizes = {uid: fact[b"RFC822.SIZE"] for uid, fact in facts.items() if isinstance(fact.get(b"RFC822.SIZE"), int)}
    costs = [(uid, sizes[uid] if sizes[uid] <= max_bytes else HEADER_MAX_BYTES) for uid in uids if uid in sizes]
    batch = leading_within(costs, BATCH_MAX_BYTES)
    dealt_with = [uid for uid in uids if not batch or len(batch) == len(costs) or uid <= batch[-1]]
    asked = [uid for uid in batch if uid not in given_up]
    whole = _bodies(client, [u for u in asked if sizes[u] <= max_bytes], "BODY.PEEK[]", _BODY)
    headers = _bodies(client, [u for u in asked if sizes[u] > max_bytes], _PEEK_HEADER, _HEADER)
    lacking = _still_there(client, [uid for uid in dealt_with if uid not in whole and uid not in headers])
    unreadable = {uid: _NOT_GIVEN_OUT % uid for uid in lacking if uid in given_up}
    mails = [
        Fetched(uid, raw, sizes.get(uid, 0), _arrived_at(facts.get(uid, {}).get(b"INTERNALDATE"), now), problem)
        for bodies, problem in ((whole, ""), (headers, "too_large"), (unreadable, "unreadable"))
        for uid, raw in bodies.items()
    ]
    return Batch(sorted(mails, key=lambda mail: mail.uid), dealt_with, sorted(lacking - unreadable.keys()))


def _ask(client: ImapClient, uids: Sequence[int], items: list[str]) -> dict[int, dict[bytes, Any]]:
    """FETCH in sets; one that is refused (a mail in it was expunged or can't be read: RFC 5530) is asked one by one."""
    answers: dict[int, dict[bytes, Any]] = {}
    for uid_set in uid_sets(uids):
        try:
            answers |= client.fetch(uid_set, items)
        except imaplib.IMAP4.error as refused:
            if not is_plain_refusal(refused):
                raise
            client._imap.untagged_responses.pop("FETCH", None)
            if len(uid_set) > 1:
                for uid in uid_set:
                    answers |= _ask(client, [uid], items)
    return answers


def _bodies(client: ImapClient, uids: Sequence[int], item: str, key: bytes) -> dict[int, bytes]:
    """Return what the server gave of those UIDs; IMAPClient drops answers for others and refuses cut ones (R25)."""
    answers = _ask(client, uids, [item])
    return {uid: answer[key] for uid, answer in answers.items() if isinstance(answer.get(key), bytes)}


def _still_there(client: ImapClient, uids: Sequence[int]) -> set[int]:
    """Return which of the UIDs the folder still holds; the others were expunged meanwhile, which is no error."""
    there: set[int] = set()
    for uid_set in uid_sets(uids):
        there |= set(client.search(["UID", ",".join(map(str, uid_set))])) & set(uid_set)
    return there


def _arrived_at(internaldate: Any, now: Callable[[], datetime]) -> datetime:
    """Return INTERNALDATE in UTC; a server that gives none, or one outside the calendar, leaves us our own clock."""
    if not isinstance(internaldate, datetime) or internaldate.tzinfo is None:
        return now()
    try:
        return internaldate.astimezone(UTC)
    except (ValueError, OverflowError):
        return now()
