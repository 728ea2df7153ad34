"""Garbage for the reader: mails written by hand, mutated at random; nothing may escape, nothing may take long."""

from __future__ import annotations

import random
import resource
import time
import traceback
from functools import lru_cache
from pathlib import Path
from typing import Any

from mailflow.domain.reading import Context
from mailflow.mail.proof import Trust
from mailflow.mail.reader import read_mail, read_reply

SEEDS = Path(__file__).parent.parent / "corpus"
SEED_MAX_BYTES = 4_000
REPLIES_ONE_IN = 5  # of the inputs, one in so many is read as an answer too
SECONDS_MAX = 5.0
_TRUST = Trust("mx.example.org", "", ())
_TOKENS = (
    b"\x00", b"\r", b"\n", b"\r\n", b"\r\n\r\n", b"\xff", b"\x80", b"\xed\xa0\x80", b"\xc0\xaf", b"=?utf-8?b?", b"?=",
    b"=?x-none?q?=FF?=", b"=\r\n", b"=0D=0A", b"(" * 300, b")" * 50, b"<" * 60, b'"', b"\\", b";", b",", b":", b"@",
    b"charset=x-unknown; ", b"charset=\x00; ", b"Content-Type: multipart/mixed; boundary=x\r\n", b"\r\n--x\r\n",
    b"--x--\r\n", b"Content-Transfer-Encoding: base64\r\n", b"Content-Type: message/rfc822\r\n\r\n", b"> " * 400,
    b"<div>" * 300, b"</blockquote>", b"<!--", b"From: a@b, c@d\r\n", b"[" * 100, b"Message-ID: [x]\r\n",
    b"&#0;&#x110000;",
    b"boundary*0=a; boundary*1=b; ", b"name*=utf-7''%00; ", b"Date: 31 Feb 99999 99:99:99 +9999\r\n", b"\t" * 200,
)  # fmt: skip


@lru_cache(maxsize=1)
def seeds() -> tuple[bytes, ...]:
    """Give the corpus' smaller mails."""
    found = tuple(p.read_bytes() for p in sorted(SEEDS.rglob("*.eml")) if p.stat().st_size <= SEED_MAX_BYTES)
    assert len(found) > 20, f"no seeds under {SEEDS}"
    return found


def mutate(raw: bytes, chance: random.Random) -> bytes:
    """Change a mail in one to four places; most changes fall into its first half, where the header is."""
    data = bytearray(raw)
    for _ in range(chance.randint(1, 4)):
        at = int(len(data) * chance.random() ** 2)
        to = min(len(data), at + chance.choice((1, 1, 2, 8, 40, 400)))
        match chance.randrange(6):
            case 0:
                del data[at:to]
            case 1:
                data[at:at] = data[at:to] * chance.choice((1, 2, 30))
            case 2:
                data[at:at] = chance.choice(_TOKENS)
            case 3:
                data[at:to] = chance.choice(_TOKENS)
            case 4:
                data[at:to] = chance.randbytes(to - at)
            case 5:
                other = chance.choice(seeds())
                start = chance.randrange(len(other))
                data[at:at] = other[start : start + chance.choice((20, 200, 2000))]
    return bytes(data)


def read_mutated(seed: int, count: int) -> dict[str, Any]:
    """Read so many mutated mails; the same seed gives the same mails."""
    chance = random.Random(seed)
    escapes: list[str] = []
    slow, slowest_s = 0, 0.0
    for n in range(count):
        raw = mutate(chance.choice(seeds()), chance)
        began = time.process_time()
        try:
            _read(raw, is_reply=n % REPLIES_ONE_IN == 0)
        except Exception:  # the point of the exercise
            escapes.append(f"seed {seed}, input {n}: {traceback.format_exc()[-400:]}")
        took_s = time.process_time() - began
        slow, slowest_s = slow + (took_s > SECONDS_MAX), max(slowest_s, took_s)
    peak_mib = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {
        "inputs": count,
        "escapes": len(escapes),
        "slow": slow,
        "slowest_ms": round(slowest_s * 1000),
        "peak_mib": round(peak_mib),
        "first": escapes[:1],
    }


def _read(raw: bytes, *, is_reply: bool) -> None:
    read = read_mail(raw, address="connect@lists.example.org", delimiter="+", own=frozenset(), trust=_TRUST)
    texts = [read.message.subject, read.message.text]
    if is_reply:
        reading = read_reply(read, None, Context.PETITION)
        texts.append(reading.new_text)
    for text in texts:
        if "\0" in text:
            raise ValueError("a NUL would reach the database (R41)")
        text.encode("utf-8")  # a lone surrogate would not
