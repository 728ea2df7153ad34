"""Who wrote: the one address of the one From field, or the reason why there is none (R43).

Identity stands on this, so it is strict where the standard library is kind: what two programs could read as two
addresses is refused. Encoded words are decoded in the name alone, after the address was found.
"""

from __future__ import annotations

import re

from mailflow.mail.message import Mailbox
from mailflow.mail.parse_fields import Fields, decode_words

_FIELD_MAX = 2000
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~\u00a1-\ufffc-]+"
_LABEL = r"[A-Za-z0-9\u00a1-\ufffc](?:[A-Za-z0-9\u00a1-\ufffc-]{0,62})"
ADDR_SPEC = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*\Z")  # RFC 5322 dot-atoms, RFC 6532
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_CONTROL = re.compile("[\x00-\x08\x0a-\x1f\x7f\ufffd\u0085\u2028\u2029]")
_FAKES = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\uff20\ufe6b\uff0e\u3002]")


def read_author(fields: Fields) -> tuple[Mailbox | None, str]:
    """Give the author, or None and what is wrong with From."""
    values = [value for name, value in fields if name == "from"]
    if not values:
        return None, "no From field"
    if len(values) > 1:
        return None, f"{len(values)} From fields"
    return read_single_mailbox(values[0])


def read_single_mailbox(value: str) -> tuple[Mailbox | None, str]:
    """Read a value that must hold exactly one mailbox (RFC 5322 section 3.4)."""
    value = value.strip()
    if not value:
        return None, "From is empty"
    if len(value) > _FIELD_MAX:
        return None, "From is too long"
    if _CONTROL.search(value):
        return None, "From holds a control character"
    bare = _QUOTED.sub(_blank, value)  # same length, so that places found in it hold in `value`
    if '"' in bare:
        return None, "From has an open quotation mark"
    if "(" in bare or ")" in bare:
        return _read_commented(value, bare)
    if "<" in bare or ">" in bare:
        return _read_angled(value, bare)
    return _mailbox(bare, "")


def _blank(found: re.Match[str]) -> str:
    return "\x01" * len(found[0])


def _read_commented(value: str, bare: str) -> tuple[Mailbox | None, str]:
    """Accept the old form `address (Name)` and no other comment: others read them in too many ways."""
    address, _, rest = bare.partition("(")
    comment = value[len(address) + 1 : -1]
    if not rest.endswith(")") or re.search(r"[()<>@,;:\\\"]", comment):
        return None, "From holds a comment"
    return _mailbox(address.strip(), decode_words(comment.strip()))


def _read_angled(value: str, bare: str) -> tuple[Mailbox | None, str]:
    start, end = bare.find("<"), bare.find(">")
    if bare.count("<") != 1 or bare.count(">") != 1 or end < start:
        return None, "From has more than one address, or angle brackets that do not match"
    if bare[end + 1 :].strip():
        return None, "From has text after its address"
    phrase, address = bare[:start].strip(), value[start + 1 : end].strip()
    if problem := _problem_of_phrase(phrase, address):
        return None, problem
    name = _QUOTED.sub(lambda found: re.sub(r"\\(.)", r"\1", found[1]), value[:start].strip())
    return _mailbox(address, decode_words(name))


def _problem_of_phrase(phrase: str, address: str) -> str:
    if "," in phrase or ";" in phrase:
        return "From has more than one address"
    if ":" in phrase:
        return "From is a group"
    if "@" in phrase and phrase.casefold() != address.casefold():
        return "From shows another address as its name"
    return ""


def _mailbox(address: str, name: str) -> tuple[Mailbox | None, str]:
    if "," in address or ";" in address:
        return None, "From has more than one address"
    if ":" in address:
        return None, "From is a group or a route"
    if _FAKES.search(address):
        return None, "From holds an invisible or misleading character"
    if len(address) > 320 or not ADDR_SPEC.match(address):
        return None, "From is not an address"
    local, _, domain = address.rpartition("@")
    if len(local) > 64 * 4 or domain.endswith("-"):
        return None, "From is not an address"
    return Mailbox(address, " ".join(name.split())), ""


_NO_ADDRESS = re.compile(r'[\s<>,;:"()\[\]\\]+')


def addresses(fields: Fields, names: tuple[str, ...], at_most: int) -> tuple[tuple[str, ...], bool]:
    """Give the addresses in the fields of those names, for routing and showing only; True where there were more."""
    found: list[str] = []
    for name, value in fields:
        if name in names and "@" in value:
            for word in _NO_ADDRESS.split(value):
                local, at, domain = word.rpartition("@")
                if at and local and domain:
                    if len(found) >= at_most:
                        return tuple(found), True
                    found.append(word)
    return tuple(found), False
