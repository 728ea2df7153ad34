"""Addresses as people type them and as rules compare them (RFC 5321 section 4.1.2, RFC 5322 section 3.4)."""

from __future__ import annotations

import re
import unicodedata

from mailflow.mail.message import Mailbox

LOCAL_MAX = 64  # octets, RFC 5321 section 4.5.3.1.1
ADDRESS_MAX = 254  # octets, RFC 3696 erratum 1690
TYPED_MAX = 1000  # characters of a typed line that are looked at

_ATOM = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\-\u00a1-\U0010ffff]+\Z")
_LABEL = re.compile(r"[^\W_](?:[\w\-]*[^\W_])?\Z")
_ANGLE = re.compile(r"([^<>]*)<([^<>]*)>\Z")


def parse_address(text: str) -> Mailbox | None:
    """Read one address as a person types it or a CSV has it: `a@b.org` or `Name <a@b.org>`; None for all else.

    Strict on purpose: no quoted local parts, no address literals, no hosts without a dot, no second address.
    """
    text = text.strip()
    if not text or len(text) > TYPED_MAX or any(unicodedata.category(c) in ("Cc", "Cf", "Cs") for c in text):
        return None
    angle = _ANGLE.match(text)
    name, address = (angle[1].strip(), angle[2].strip()) if angle else ("", text)
    if name.startswith('"') and name.endswith('"') and len(name) > 1:
        name = name[1:-1].replace('\\"', '"').strip()
    if "@" in name or ("," in name and not (angle and '"' in text)):
        return None
    if address[:7].lower() == "mailto:":
        address = address[7:]
    return Mailbox(address, name) if is_address(address) else None


def is_address(address: str) -> bool:
    """Tell whether this is a plain local@domain within the limits of RFC 5321."""
    local, at, domain = address.rpartition("@")
    if not at or len(address.encode("utf-8", "replace")) > ADDRESS_MAX:
        return False
    if len(local.encode("utf-8", "replace")) > LOCAL_MAX or not all(_ATOM.match(atom) for atom in local.split(".")):
        return False
    labels = domain.split(".")
    if len(labels) < 2 or labels[-1].isdigit():
        return False
    return all(len(label) <= 63 and _LABEL.match(label) for label in labels)


def fold(address: str) -> str:
    """Give the form by which addresses are compared: lower case, the domain as fold_domain has it.

    Hosts that tell Anna@ from anna@ are extinct; hosts that fold local parts are not.
    """
    local, at, domain = unicodedata.normalize("NFC", address.strip()).rpartition("@")
    return f"{local.casefold()}@{fold_domain(domain)}" if at else domain.casefold()


def fold_domain(domain: str) -> str:
    """Give a domain in lower case, without trailing dot, in A-labels (RFC 5890) where that is possible."""
    domain = domain.strip().rstrip(".").lower()
    if domain.isascii():
        return domain
    try:
        return domain.encode("idna").decode("ascii")
    except UnicodeError:
        return domain


def strip_tag(address: str, delimiter: str) -> str:
    """Take a sub-address tag away: LOCAL+TAG@DOMAIN becomes LOCAL@DOMAIN (RFC 5233)."""
    local, at, domain = address.rpartition("@")
    if not at or not delimiter:
        return address
    base = local.split(delimiter, 1)[0]
    return f"{base}@{domain}" if base else address


def tag_of(address: str, delimiter: str) -> str:
    """Give the sub-address tag of an address, or ""."""
    local, at, _ = address.rpartition("@")
    return local.partition(delimiter)[2] if at and delimiter else ""


def domain_of(address: str) -> str:
    """Give the folded domain of an address, or "" where there is none."""
    _, at, domain = address.rpartition("@")
    return fold_domain(domain) if at else ""


def is_within(domain: str, parent: str) -> bool:
    """Tell whether a domain is the parent or lies beneath it, matched on a label boundary (R60)."""
    domain, parent = fold_domain(domain), fold_domain(parent)
    return bool(parent) and (domain == parent or domain.endswith("." + parent))


def is_listed(domain: str, domains: tuple[str, ...] | frozenset[str]) -> bool:
    """Tell whether a domain is, or lies beneath, one of a list (R60)."""
    return any(is_within(domain, parent) for parent in domains)
