"""The whole reader on one input: nothing may escape, take long, or leave what a database can't keep."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from mailflow.domain.reading import Context
from mailflow.mail.dsn import original_message_id
from mailflow.mail.key import redact_keys
from mailflow.mail.message import SentText
from mailflow.mail.parse import parse
from mailflow.mail.proof import Trust
from mailflow.mail.reader import read_mail, read_reply, with_proof

CORPUS = Path(__file__).parent.parent / "corpus"
SECONDS_MAX = 1.0
# stamps with and without a name and sealers are read by different lines
TRUSTS = (Trust("mx.example.org", "", ("lists.example.org",)), Trust(profile="microsoft365"), Trust())
RECORD = (  # of a key that nobody has: signatures are looked at, and do not hold
    "v=DKIM1; p="
    "MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQDhQXaBnvCeJyXrNnZkAnnyQsTMjwfIef7IDwQudQQ32C1jSA1Ibj"
    "49nP2gQR38Sx1KIwBb+MX9fDC7XvQqpyTPte4CLsVd33Q2BxT89CJjeoAYR3Nsv30w+OT5UCwQmxGv3Vof3+aEuuLN"
    "ON4oUXPNtI43BMOtDABnCoXT3cO3SQIDAQAB"
)
AT = datetime(2013, 6, 24, 14, tzinfo=UTC)
KEY = "mfrggzdfmztwq2lknnwg23tpoa"
SENT = SentText(
    text=f"Will you sign?\n\nReply with the word SIGN by Sunday.\n\nhttps://example.org/p/1\nReference: {KEY}\n",
    html="<p>Will you sign?</p><p>Reply with the word <b>SIGN</b> by Sunday.</p>",
    subject="Will you sign? A petition for quiet rooms",
    message_id=f"<{KEY}.x@example.org>",
)


class TooSlow(Exception):
    """An input took more than SECONDS_MAX of processor time."""


def seeds() -> list[bytes]:
    """Give every mail of the corpus."""
    return [path.read_bytes() for path in sorted(CORPUS.rglob("*.eml"))]


def read_all(raw: bytes) -> None:
    """Parse, classify, divide with and without the mail that is answered, intent, bounce, proof, key."""
    choice = sum(raw[:16]) if raw else 0
    read = read_mail(
        raw,
        address="connect@example.org",
        delimiter="+",
        own=frozenset({"connect@example.org"}),
        trust=TRUSTS[choice % len(TRUSTS)],
    )
    with_proof(read, raw, dict.fromkeys(read.needed_keys, RECORD), AT, "connect@example.org", "+", TRUSTS[2])
    contexts = list(Context)
    readings = [
        read_reply(read, SENT, contexts[choice % len(contexts)]),
        read_reply(read, None, Context.NONE),
    ]
    for reading in readings:
        for text in (reading.new_text, reading.message.subject, *reading.reasons):
            check_text(redact_keys(text))
        for status in reading.statuses:
            check_text(status.recipient + status.diagnostic)
        for segment in reading.division.segments:
            check_text(segment.text)
    check_text(original_message_id(read.message))
    parse(raw[: len(raw) // 2])  # as much of it as came before a line broke


def check_text(text: str) -> None:
    """Raise ValueError for what the database or JSON would not take (R41)."""
    if "\0" in text:
        raise ValueError("a NUL came through")
    json.dumps(text, ensure_ascii=False).encode("utf-8")


def read_within(raw: bytes, read: Callable[[bytes], None] = read_all, seconds_max: float = SECONDS_MAX) -> float:
    """Read an input and give its seconds of processor time. Raises TooSlow."""
    began_s = time.process_time()
    read(raw)
    took_s = time.process_time() - began_s
    if took_s > seconds_max:
        raise TooSlow(f"{took_s:.2f} s for {len(raw)} bytes")
    return took_s
