"""Reply keys: 128 random bits as 26 characters of lower-case base32 (RFC 4648), and where a reply carries them.

A key travels in the sub-address we wrote from, in our Message-ID and in a line of the body. Hosts fold local parts,
drop References or forbid sub-addresses, so every place is looked at, the most trustworthy first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mailflow.mail.message import Message

KEY_BYTES = 16
KEY_CHARS = 26
CANDIDATES_MAX = 20
TEXT_MAX = 64 * 1024  # characters of a body that are searched for the reference line

# 26 * 5 bits hold 130: the last character carries three bits of the key, so its low two are zero
_KEY = r"[A-Za-z2-7]{25}[AEIMQUYaeimquy4]"
# two characters at a time, several times as fast as base64: a mailing makes three keys for each of its mails
_ALPHABET = "abcdefghijklmnopqrstuvwxyz234567"
_PAIRS = [a + b for a in _ALPHABET for b in _ALPHABET]
_AT = range(10 * (KEY_CHARS // 2 - 1), -1, -10)
_WHOLE = re.compile(_KEY + r"\Z")
_MESSAGE_ID = re.compile(r"<?(" + _KEY + r")\.x@")
_REFERENCE = re.compile(
    r"\breference\b[ \t\xa0]{0,4}[:=\uff1a]?(?:[ \t\xa0]|<[^<>\n]{0,80}>|&nbsp;|\n[> \t]{0,8}){0,6}("
    + _KEY
    + r")(?![A-Za-z2-7])",
    re.I,
)
_LOOSE = re.compile(r"(?<![A-Za-z0-9])" + _KEY + r"(?![A-Za-z0-9])")
_FOR = re.compile(r"\bfor <([^<>\s]{3,320})>")


def encode_key(random: bytes) -> str:
    """Write 16 random bytes as a key."""
    if len(random) != KEY_BYTES:
        raise ValueError(f"a key is made of {KEY_BYTES} bytes, not {len(random)}")
    bits = int.from_bytes(random, "big") << 2  # to a whole number of characters
    return "".join([_PAIRS[bits >> at & 1023] for at in _AT])


def is_key(text: str) -> bool:
    """Tell whether this has the form of a key, in either case; whether it is one, the database knows."""
    return len(text) == KEY_CHARS and _WHOLE.match(text) is not None


def reply_address(address: str, key: str, delimiter: str) -> str:
    """Give LOCAL+KEY@DOMAIN for the mailbox's address."""
    local, _, domain = address.rpartition("@")
    return f"{local}{delimiter}{key}@{domain}"


def message_id_for(key: str, domain: str) -> str:
    """Give the Message-ID of the mail that carries this key."""
    return f"<{key}.x@{domain}>"


def candidate_keys(message: Message, address: str, delimiter: str) -> tuple[str, ...]:
    """Give the keys that a mail may be answering with, the most trustworthy place first, each once, at most 20.

    Order: sub-address in Delivered-To, To or Cc; In-Reply-To; References, newest first; the body's reference line; the
    envelope recipient that our own server noted when it took the mail; for a returned mail, the returned header.
    """
    keys: dict[str, None] = {}
    for found in _places(message, address, delimiter):
        if is_key(found):
            keys.setdefault(found.lower())
        if len(keys) >= CANDIDATES_MAX:
            break
    return tuple(keys)


def _places(message: Message, address: str, delimiter: str) -> Iterator[str]:
    cc = message.all_headers("cc")
    yield from _tags((*message.delivered_to, *message.to, *cc), address, delimiter)
    yield from _ids(message.in_reply_to)
    yield from _ids(reversed(message.references))
    for body in (message.text[:TEXT_MAX], message.html[:TEXT_MAX]):
        if "eference" in body or "EFERENCE" in body:  # much cheaper than the pattern, which few mails need
            for match in _REFERENCE.finditer(body):
                yield match[1]
    received = message.all_headers("received")[:2]
    yield from _tags([m[1] for field in received for m in _FOR.finditer(field[:2000])], address, delimiter)
    yield from _returned(message, address, delimiter)


def _returned(message: Message, address: str, delimiter: str) -> Iterator[str]:
    """Keys in the header of our own mail that comes back in a bounce."""
    fields = [
        (name, value) for name, value in message.returned_headers if name in ("message-id", "reply-to", "return-path")
    ]
    yield from _ids(value for name, value in fields if name == "message-id")
    yield from _tags([value for name, value in fields if name != "message-id"], address, delimiter)


def _tags(values: Iterable[str], address: str, delimiter: str) -> Iterator[str]:
    local, _, domain = address.lower().rpartition("@")
    if not delimiter or not local:
        return
    head, tail = local + delimiter.lower(), "@" + domain
    for value in values:
        text = value.lower()
        at = text.find(head)
        while at >= 0:
            end = at + len(head) + KEY_CHARS
            # the character before must not belong to the local part: xconnect+KEY@ is another mailbox
            if text.startswith(tail, end) and not (at and (text[at - 1].isalnum() or text[at - 1] in "._-")):
                yield text[at + len(head) : end]
            at = text.find(head, at + 1)


def _ids(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        match = _MESSAGE_ID.match(value.strip())
        if match:
            yield match[1]


def redact_keys(text: str) -> str:
    """Replace whatever has the form of a key, wherever it stands: for logs, pages, digests and relayed text (R59)."""
    return _LOOSE.sub("[key]", text)
