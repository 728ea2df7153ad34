"""DKIM signatures of our own mail (RFC 6376, Ed25519: RFC 8463): relaxed/relaxed, for relays that do not sign. Pure.

There is no timestamp in the signature: the same row of the outbox gives the same bytes whenever it is tried (R85).
"""

from __future__ import annotations

import base64
import re
from dataclasses import dataclass
from functools import lru_cache
from hashlib import sha256

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

PrivateKey = RSAPrivateKey | Ed25519PrivateKey

RSA_MIN_BITS = 1024  # RFC 8301 section 3.2; 2048 is what receivers like to see

# RFC 6376 section 5.4.1, and RFC 8058 section 4: both List-Unsubscribe fields (R97)
SIGNED = (
    *("from", "to", "subject", "date", "message-id", "reply-to", "in-reply-to", "references"),
    *("mime-version", "content-type", "content-language", "auto-submitted"),
    *("list-id", "list-unsubscribe", "list-unsubscribe-post"),
)
# named once more than they stand in the mail, so that nobody can add another one (section 8.15)
OVERSIGNED = ("from", "to", "cc", "subject", "date", "reply-to", "list-unsubscribe", "list-unsubscribe-post")

_WSP = re.compile(rb"[\t ]{2,}|\t")
_LINE_MAX = 72


@dataclass(frozen=True, slots=True)
class Signer:
    """Signs for one domain with one key."""

    domain: str
    selector: str
    key: PrivateKey

    def sign(self, raw: bytes) -> bytes:
        """Give the mail with its signature as the first field. raw: CRLF line ends, headers, an empty line, body."""
        head, _, body = raw.partition(b"\r\n\r\n")
        fields = _fields(head)
        names = [name for name in SIGNED for _ in fields.get(name, ())] + list(OVERSIGNED)
        unsigned = self._field(names, base64.b64encode(sha256(relaxed_body(body)).digest()).decode())
        # section 3.7: the signed fields, each from the last one upwards, then this field without its CRLF
        signed = [fields[name].pop() for name in names if fields.get(name)]
        signature = self._signature(b"".join(signed) + relaxed_field(unsigned)[:-2])
        return unsigned + _folded(signature) + b"\r\n" + raw

    @property
    def algorithm(self) -> str:
        """The value of the tag a=."""
        return "rsa-sha256" if isinstance(self.key, RSAPrivateKey) else "ed25519-sha256"

    @property
    def public_key(self) -> str:
        """The value of p= in the TXT record (RFC 6376 section 3.6.1, RFC 8463 section 4)."""
        public = self.key.public_key()
        if isinstance(self.key, RSAPrivateKey):
            octets = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        else:
            octets = public.public_bytes(Encoding.Raw, PublicFormat.Raw)
        return base64.b64encode(octets).decode()

    @property
    def record(self) -> str:
        """The TXT record that belongs at SELECTOR._domainkey.DOMAIN."""
        return f"v=DKIM1; k={self.algorithm.partition('-')[0]}; p={self.public_key}"

    def _field(self, names: list[str], body_hash: str) -> bytes:
        """The field up to the empty b=, folded."""
        head = f"v=1; a={self.algorithm}; c=relaxed/relaxed; d={self.domain}; s={self.selector};"
        lines, line = [f"DKIM-Signature: {head}"], " h="
        for i, name in enumerate(names):
            item = name + (":" if i + 1 < len(names) else ";")
            if len(line) + len(item) > _LINE_MAX:
                lines.append(line)
                line = "  "
            line += item
        return "\r\n".join([*lines, line, f" bh={body_hash};", " b="]).encode("ascii")

    def _signature(self, data: bytes) -> str:
        if isinstance(self.key, RSAPrivateKey):
            octets = self.key.sign(data, PKCS1v15(), hashes.SHA256())
        else:
            octets = self.key.sign(sha256(data).digest())  # RFC 8463 section 3: the hash is what is signed
        return base64.b64encode(octets).decode()


@lru_cache(maxsize=4)
def signer(domain: str, selector: str, pem: str) -> Signer:
    """Give the signer with a private key in PEM (PKCS #8 or #1). Raises ValueError with what would do."""
    try:
        key = load_pem_private_key(pem.encode(), None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise ValueError("is no private key in PEM without a passphrase; `openssl genrsa 2048` makes one") from None
    if isinstance(key, RSAPrivateKey):
        if key.key_size < RSA_MIN_BITS:
            raise ValueError(f"has {key.key_size} bits; at least {RSA_MIN_BITS} are needed, 2048 are usual")
    elif not isinstance(key, Ed25519PrivateKey):
        raise ValueError("is neither an RSA nor an Ed25519 key: DKIM knows no other")
    return Signer(domain.lower(), selector.lower(), key)


def relaxed_field(field: bytes) -> bytes:
    """Canonicalise one header field (RFC 6376 section 3.4.2)."""
    name, _, value = field.partition(b":")
    unfolded = value.replace(b"\r\n", b"")
    return name.lower().rstrip(b" \t") + b":" + _WSP.sub(b" ", unfolded).strip(b" ") + b"\r\n"


def relaxed_body(body: bytes) -> bytes:
    """Canonicalise a body (RFC 6376 section 3.4.4)."""
    lines = _WSP.sub(b" ", body).replace(b" \r\n", b"\r\n").removesuffix(b" ")
    end = len(lines)
    while lines.endswith(b"\r\n", 0, end):
        end -= 2
    return lines[:end] + b"\r\n" if end else b""


def _fields(head: bytes) -> dict[str, list[bytes]]:
    """Give the canonical fields by name, in the order they stand."""
    fields: dict[str, list[bytes]] = {}
    for field in re.split(rb"\r\n(?![\t ])", head):
        canonical = relaxed_field(field)
        name = canonical.partition(b":")[0].decode("ascii", "replace")
        fields.setdefault(name, []).append(canonical)
    return fields


def _folded(signature: str) -> bytes:
    lines = [signature[i : i + _LINE_MAX] for i in range(0, len(signature), _LINE_MAX)]
    return "\r\n  ".join(lines).encode("ascii")
