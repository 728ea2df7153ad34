"""Whether the domain in From signed this mail: DKIM (RFC 6376, 8463), ARC (RFC 8617), checked here. Keys are given.

It is for mailboxes whose own mail server leaves no stamp that we trust. Precision first: only what a signature binds to
this mailbox counts, so that a mail which somebody wrote to others, or with other words added, proves nothing (R56).

Alignment is by label boundary: the signing domain is the domain in From, or one above it with two labels or more.
Whoever owns the domain above could take the one below anyway, so this needs no list of public suffixes. A signature of
a domain beneath, which DMARC's relaxed mode accepts, does not count: without that list, shop.example.net could speak
for example.net where customers own what is beneath.
"""

from __future__ import annotations

import base64
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from mailflow.domain.reading import Dmarc
from mailflow.mail.address import domain_of, fold, fold_domain, is_within, strip_tag
from mailflow.mail.message import Message
from mailflow.mail.proof import sealed_by

SIGNATURES_MAX = 3  # of a mail; more is no honest sender
CHAIN_MAX = 5  # forwarders
FIELD_MAX = 4_000  # characters of a signature field
RECORD_MAX = 2_000  # characters of a key record; RSA-4096 needs 800
MAIL_MAX_BYTES = 20_000_000
KEY_MIN_BITS = 1024  # RFC 8301 section 3.2

# what a signature must cover, where it stands in the mail; and what may stand once only, or a second one is added
_MUST_SIGN = ("from", "subject", "date")
_SINGLE = (
    *("from", "to", "cc", "subject", "date", "message-id", "in-reply-to", "references", "reply-to"),
    *("content-type", "content-transfer-encoding", "mime-version"),
)
_NAME = re.compile(r"[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?(?:\.[a-z0-9_](?:[a-z0-9_\-]{0,61}[a-z0-9_])?){0,20}\Z")
# the library takes quadratic time to strip long runs of blanks
_BLANKS = re.compile(rb"[\t ]{400}")


class Aligned(StrEnum):
    """What the signatures of the domain in From are worth."""

    PASS = "pass"
    FAIL = "fail"  # there is one, and it is broken: a mailing list does that too
    NONE = "none"  # there is none that binds the mail to its author and to us


@dataclass(frozen=True, slots=True)
class _Signature:
    index: int  # among the DKIM-Signature fields, from the top
    tags: Mapping[str, str]

    @property
    def key_name(self) -> str:
        return f"{self.tags['s']}._domainkey.{fold_domain(self.tags['d'])}".lower()


def needed_keys(message: Message, mailbox: str, delimiter: str, sealers: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Give the names of the TXT records that check() wants; () where no key could prove this mail.

    mailbox: our address, without tag. sealers: domains whose ARC seal is believed.
    """
    names = [signature.key_name for signature in _candidates(message, mailbox, delimiter)]
    names += _chain_keys(message, sealers)
    return tuple(dict.fromkeys(name for name in names if _NAME.match(name) and len(name) < 254))


def check(
    raw: bytes,
    message: Message,
    records: Mapping[str, str],
    at: datetime,
    mailbox: str,
    delimiter: str,
    sealers: tuple[str, ...] = (),
) -> Aligned:
    """Verify the aligned signatures; PASS when one holds, or a trusted forwarder sealed that one held.

    raw: the mail as it came. records: name of a TXT record to its text. at: when the mail arrived, for x= and t=.
    """
    if len(raw) > MAIL_MAX_BYTES or _BLANKS.search(raw):
        return Aligned.NONE
    candidates = [s for s in _candidates(message, mailbox, delimiter) if records.get(s.key_name)]
    results = [_holds(raw, signature, records, at) for signature in candidates]
    if any(results) or _sealed(raw, message, records, sealers):
        return Aligned.PASS
    return Aligned.FAIL if results else Aligned.NONE


def as_dmarc(aligned: Aligned) -> Dmarc:
    """Only a pass says something: the policy of the domain (RFC 7489) is not asked for."""
    return Dmarc.PASS if aligned is Aligned.PASS else Dmarc.UNKNOWN


# -- which signatures are worth a question ----------------------------------------------------------------------------


def _candidates(message: Message, mailbox: str, delimiter: str) -> list[_Signature]:
    """The signatures of the author's domain that cover what we act on, and that were written to this mailbox."""
    domain = domain_of(message.from_.address) if message.from_ else ""
    if not domain or not _is_to(message, mailbox, delimiter):
        return []
    if any(len(message.all_headers(name)) > 1 for name in _SINGLE):
        return []
    fields = message.all_headers("dkim-signature")
    found = (_Signature(n, _tags(field)) for n, field in enumerate(fields) if len(field) <= FIELD_MAX)
    return [s for s in found if _is_aligned(s.tags, domain) and _covers(s.tags, message)][:SIGNATURES_MAX]


def _is_to(message: Message, mailbox: str, delimiter: str) -> bool:
    ours = fold(mailbox)
    return any(fold(strip_tag(address, delimiter)) == ours for address in message.to)


def _tags(field: str) -> dict[str, str]:
    """Read `tag=value;` (RFC 6376 section 3.2); of a tag that stands twice, which is forbidden, nothing is left."""
    tags: dict[str, str] = {}
    for part in field.split(";"):
        name, equals, value = part.partition("=")
        if equals and name.strip() in tags:
            return {}
        if equals:
            tags[name.strip()] = "".join(value.split())
    return tags


def _is_aligned(tags: Mapping[str, str], domain: str) -> bool:
    signer = fold_domain(tags.get("d", ""))
    return bool(tags.get("s")) and "." in signer and is_within(domain, signer)


def _covers(tags: Mapping[str, str], message: Message) -> bool:
    """From, Subject, Date, and To or Cc where our address stands; all of the body; nothing weak."""
    if "l" in tags or not tags.get("a", "").lower().endswith("-sha256"):
        return False  # l=: whoever passes the mail on may add words (section 8.2)
    signed = {name.lower() for name in tags.get("h", "").split(":")}
    receivers = [name for name in ("to", "cc") if message.header(name)]
    return signed.issuperset((*_MUST_SIGN, *receivers))


def _library() -> tuple[Any, Any]:
    """Give dkimpy and its reader of tags: untyped, and loaded where there is something to verify."""
    import dkim
    from dkim.util import parse_tag_value

    return dkim, parse_tag_value


# -- whether they hold ------------------------------------------------------------------------------------------------


def _holds(raw: bytes, signature: _Signature, records: Mapping[str, str], at: datetime) -> bool:
    dkim, parse_tag_value = _library()
    tags = signature.tags
    if not _is_in_force(tags, at) or _is_testing(records.get(signature.key_name, "")):
        return False
    try:
        verifier = dkim.DKIM(raw, minkey=KEY_MIN_BITS)
        fields = [(n, v) for n, v in verifier.headers if n.lower() == b"dkim-signature"]
        values = parse_tag_value(fields[signature.index][1])
        # the library would compare t= and x= with the clock; they were compared with the arrival
        dkim.validate_signature_fields({k: v for k, v in values.items() if k not in (b"t", b"x")})
        names = [name.strip().lower() for name in values[b"h"].split(b":")]
        if values[b"a"].lower() == b"ed25519-sha256":
            return _holds_ed25519(verifier, values, names, fields[signature.index], records[signature.key_name])
        return bool(verifier.verify_sig(values, names, fields[signature.index], _lookup(records)))
    except Exception:  # whatever an odd mail or key does to the library: it proves nothing
        return False


class _Ed25519:
    """A key in the shape that dkimpy calls: the library wants PyNaCl for it, `cryptography` is here anyway."""

    def __init__(self, raw: bytes) -> None:
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

        self._key = Ed25519PublicKey.from_public_bytes(raw)

    def verify(self, digest: bytes, signature: bytes) -> None:
        """Raise where the signature is not of this digest (RFC 8463 section 3: the SHA-256 is what is signed)."""
        self._key.verify(signature, digest)


def _holds_ed25519(verifier: Any, values: Any, names: list[bytes], field: tuple[bytes, bytes], record: str) -> bool:
    """Verify an Ed25519 signature (RFC 8463); the record must say k=ed25519 and be meant for mail. May raise."""
    tags = _tags(record[:RECORD_MAX])
    services = tags.get("s", "*").lower().split(":")
    is_ours = tags.get("v", "DKIM1") == "DKIM1" and not {"*", "email"}.isdisjoint(services)
    if tags.get("k", "rsa").lower() != "ed25519" or not is_ours:
        return False
    verifier.pk = _Ed25519(base64.b64decode(tags["p"], validate=True))
    verifier.keysize, verifier.ktag, verifier.seqtlsrpt = 256, b"ed25519", False
    return bool(verifier.verify_sig_process(values, names, field, None))


def _is_in_force(tags: Mapping[str, str], at: datetime) -> bool:
    """t= not after the arrival, x= not before it (section 3.5); clocks may differ by an hour."""
    moment = at.timestamp()
    begins, ends = tags.get("t", "0"), tags.get("x", "9" * 12)
    if not (begins.isdecimal() and ends.isdecimal() and len(begins) <= 12 and len(ends) <= 12):
        return False
    return int(begins) <= moment + 3600 and int(ends) >= moment - 3600


def _is_testing(record: str) -> bool:
    """t=y: the domain does not stand by this key yet (section 3.6.1); h= and an empty p= are seen to as well."""
    tags = _tags(record)
    hashes = tags.get("h", "sha256").lower().split(":")
    return "y" in tags.get("t", "").lower().split(":") or "sha256" not in hashes or not tags.get("p")


def _lookup(records: Mapping[str, str]) -> Any:
    """What dkimpy calls for a record: the name in bytes with a trailing dot."""

    def txt(name: bytes, timeout: int = 0) -> bytes:
        record = records.get(name.decode("ascii", "replace").rstrip(".").lower(), "")
        return record[:RECORD_MAX].encode("ascii", "replace")

    return txt


# -- forwarders -------------------------------------------------------------------------------------------------------


def _chain_keys(message: Message, sealers: tuple[str, ...]) -> Iterator[str]:
    """The keys of an ARC chain whose last seal is of a forwarder that we trust (RFC 8617 section 5.2)."""
    if not sealers or sealed_by(message, sealers) is not Dmarc.PASS:
        return
    for name in ("arc-seal", "arc-message-signature"):
        fields = message.all_headers(name)
        if len(fields) > CHAIN_MAX or any(len(field) > FIELD_MAX for field in fields):
            return
        for field in fields:
            tags = _tags(field)
            if tags.get("d") and tags.get("s"):
                yield f"{tags['s']}._domainkey.{fold_domain(tags['d'])}".lower()


def _sealed(raw: bytes, message: Message, records: Mapping[str, str], sealers: tuple[str, ...]) -> bool:
    """Tell whether the chain holds, and its last forwarder, whom we trust, saw a DMARC pass for the domain in From."""
    if not sealers or message.from_ is None or not any(_chain_keys(message, sealers)):
        return False
    dkim, _ = _library()
    # each of these must be covered by the last ARC-Message-Signature, as a signature of the author would
    newest = max(message.all_headers("arc-message-signature"), key=_instance, default="")
    signature = _tags(newest)
    if not _covers(signature, message) or any(len(message.all_headers(name)) > 1 for name in _SINGLE):
        return False
    try:
        verdict, _, _ = dkim.arc_verify(raw, dnsfunc=_lookup(records), minkey=KEY_MIN_BITS)
    except Exception:  # as above
        return False
    return verdict == b"pass" and sealed_by(message, sealers) is Dmarc.PASS


def _instance(field: str) -> int:
    number = _tags(field).get("i", "")
    return int(number) if number.isdecimal() and len(number) <= 3 else 0
