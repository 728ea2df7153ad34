"""What our own mail server says about a mail's From domain: Authentication-Results (RFC 8601), and nobody else's.

A sender can write this header too. So only the topmost field with the configured authserv-id counts, and `pass` counts
only where it speaks of the domain in From (R54, R55).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mailflow.domain.reading import Dmarc
from mailflow.mail.address import domain_of, fold_domain, is_listed
from mailflow.mail.message import Message

FIELD_MAX = 20_000  # characters of a field that are read
COMMENT_DEPTH_MAX = 50

ARC_FIELDS = ("arc-seal", "arc-message-signature", "arc-authentication-results")

_TOKEN = re.compile(r'[^\s;=/()"]+')
_MICROSOFT = re.compile(r"\s*(?:spf|dkim|dmarc|compauth)=", re.I)
_ARC_INSTANCE = re.compile(r"\s*i\s*=\s*(\d{1,3})\s*;")
_ARC_DOMAIN = re.compile(r";\s*d\s*=\s*([^;\s]{1,255})")


@dataclass(frozen=True, slots=True)
class Trust:
    """Whose stamp is believed: config `trust`.

    authserv_id: the name our MTA signs its stamp with. profile: "microsoft365" for tenants whose stamp has no name.
    arc_sealers: domains of forwarders whose ARC seal (RFC 8617) is believed when our MTA says that the chain holds.
    """

    authserv_id: str = ""
    profile: str = ""
    arc_sealers: tuple[str, ...] = ()

    @property
    def is_set(self) -> bool:
        """Tell whether our own MTA stamps what comes in; where it doesn't, we check signatures ourselves."""
        return bool(self.authserv_id or self.profile)


@dataclass(frozen=True, slots=True)
class Result:
    """One method's result: dmarc=pass, with its properties such as {"header.from": "example.org"}."""

    method: str
    value: str
    properties: dict[str, str]


@dataclass(frozen=True, slots=True)
class Stamp:
    """A parsed Authentication-Results field; authserv_id is folded, "" in Microsoft's form."""

    authserv_id: str
    results: tuple[Result, ...]

    def find(self, method: str) -> Result | None:
        """Give the first result of a method."""
        return next((result for result in self.results if result.method == method), None)


def read_dmarc(message: Message, trust: Trust) -> Dmarc:
    """Say what our own MTA found about the domain in From; UNKNOWN when it left no stamp that we trust."""
    stamp = _own_stamp(message, trust)
    if stamp is None:
        return Dmarc.UNKNOWN
    domain = domain_of(message.from_.address) if message.from_ else ""
    if not domain:
        return Dmarc.NONE
    if _sealed_pass(message, stamp, trust):
        return Dmarc.PASS
    return _verdict(stamp.find("dmarc"), domain)


def _verdict(result: Result | None, domain: str) -> Dmarc:
    if result is None:
        return Dmarc.NONE
    if result.value == "fail":
        return Dmarc.FAIL
    if result.value == "pass" and _names(result, domain):
        return Dmarc.PASS
    return Dmarc.NONE


def _names(result: Result, domain: str) -> bool:
    said = result.properties.get("header.from", "")
    return bool(said) and fold_domain(said.rpartition("@")[2]) == domain


def _own_stamp(message: Message, trust: Trust) -> Stamp | None:
    """The topmost stamp of our own MTA; with the Microsoft profile, the topmost field of all, if it has that shape."""
    fields = message.all_headers("authentication-results")
    wanted = fold_domain(trust.authserv_id)
    if wanted:
        stamps = (parse_stamp(field) for field in fields)
        return next((stamp for stamp in stamps if stamp is not None and stamp.authserv_id == wanted), None)
    if trust.profile == "microsoft365" and fields and _MICROSOFT.match(fields[0]):
        return parse_stamp(fields[0], named=False)
    return None


def _sealed_pass(message: Message, stamp: Stamp, trust: Trust) -> bool:
    """Tell whether a trusted forwarder saw a pass, and our MTA found its ARC chain unbroken (RFC 8617 section 7)."""
    arc = stamp.find("arc")
    if not trust.arc_sealers or arc is None or arc.value != "pass":
        return False
    return sealed_by(message, trust.arc_sealers) is Dmarc.PASS


def sealed_by(message: Message, sealers: tuple[str, ...]) -> Dmarc | None:
    """Give what the last forwarder of an ARC chain says of the domain in From; None where we don't trust it.

    Whether the chain is unbroken is not looked at: our MTA says so, or mail/dkim_check finds out.
    """
    sets = [_instances(message.all_headers(name)) for name in ARC_FIELDS]
    last = len(sets[0])
    if not last or any(set(found) != set(range(1, last + 1)) for found in sets):
        return None  # what counts as the last forwarder must be beyond dispute
    sealer = _ARC_DOMAIN.search(sets[0][last][:FIELD_MAX])
    if sealer is None or not is_listed(sealer[1], sealers):
        return None
    domain = domain_of(message.from_.address) if message.from_ else ""
    inner = parse_stamp(sets[2][last].partition(";")[2])
    return _verdict(inner.find("dmarc"), domain) if inner is not None and domain else Dmarc.NONE


def _instances(fields: tuple[str, ...]) -> dict[int, str]:
    """Give ARC fields by their number; nothing where one has none, or two have the same."""
    found = {int(m[1]): field for field in fields if (m := _ARC_INSTANCE.match(field))}
    return found if len(found) == len(fields) else {}


def parse_stamp(field: str, named: bool = True) -> Stamp | None:
    """Parse an Authentication-Results value (RFC 8601 section 2.2); None where it breaks the grammar.

    named: the value begins with an authserv-id; False for Microsoft 365's form, which begins with the first result.
    """
    if len(field) > FIELD_MAX:
        return None
    tokens = _tokens(field)
    if tokens is None:
        return None
    clauses = _clauses(tokens)
    authserv_id = ""
    if named:
        head = clauses.pop(0)
        # authserv-id [ version ]; a host name may come quoted
        if not head or len(head) > 2 or head[0][0] == "punct" or (len(head) == 2 and head[1][1] != "1"):
            return None
        authserv_id = fold_domain(head[0][1])
    if any(_is_none(clause) for clause in clauses):
        return Stamp(authserv_id, ())
    results = [_result(clause) for clause in clauses if clause]
    if any(result is None for result in results):
        return None
    return Stamp(authserv_id, tuple(result for result in results if result is not None))


Token = tuple[str, str]  # kind: word | quoted | punct


def _is_none(clause: list[Token]) -> bool:
    return len(clause) == 1 and clause[0] in (("word", "none"), ("word", "None"))


def _clauses(tokens: list[Token]) -> list[list[Token]]:
    clauses: list[list[Token]] = [[]]
    for token in tokens:
        if token == ("punct", ";"):
            clauses.append([])
        else:
            clauses[-1].append(token)
    return clauses


def _tokens(field: str) -> list[Token] | None:
    """Cut a value into words, quoted strings and the marks ; = /, without comments and white space."""
    tokens: list[Token] = []
    at = 0
    while at < len(field):
        char = field[at]
        if char.isspace():
            at += 1
        elif char == "(":
            at = _comment_end(field, at)
        elif char == '"':
            at, text = _quoted(field, at)
            tokens.append(("quoted", text))
        elif char in ";=/":
            tokens.append(("punct", char))
            at += 1
        else:
            match = _TOKEN.match(field, at)
            if match is None:
                return None
            tokens.append(("word", match[0]))
            at = match.end()
        if at < 0:
            return None
    return tokens


def _comment_end(field: str, at: int) -> int:
    """Give the place after a comment, which may nest (RFC 5322 section 3.2.2); -1 when it never ends."""
    depth = 0
    while at < len(field):
        char = field[at]
        if char == "\\":
            at += 1
        elif char == "(":
            depth += 1
            if depth > COMMENT_DEPTH_MAX:
                return -1
        elif char == ")":
            depth -= 1
            if depth == 0:
                return at + 1
        at += 1
    return -1


def _quoted(field: str, at: int) -> tuple[int, str]:
    text: list[str] = []
    at += 1
    while at < len(field):
        char = field[at]
        if char == '"':
            return at + 1, "".join(text)
        if char == "\\" and at + 1 < len(field):
            at += 1
            char = field[at]
        text.append(char)
        at += 1
    return -1, ""


def _result(clause: list[Token]) -> Result | None:
    """Read `method[/version]=result [reason=value] {ptype.property=value}`."""
    pairs = list(_pairs(clause))
    if not pairs or any(name == "" for name, _ in pairs):
        return None
    method, value = pairs[0]
    properties: dict[str, str] = {}
    for name, said in pairs[1:]:
        properties.setdefault(name, said)
    return Result(method, value.lower(), properties)


def _pairs(clause: list[Token]) -> Iterator[tuple[str, str]]:
    """Yield name and value of each `name=value`; a pair with name "" marks a breach of the grammar."""
    at = 0
    while at < len(clause):
        kind, name = clause[at]
        at += 1
        if at + 1 < len(clause) and clause[at] == ("punct", "/") and clause[at + 1][0] == "word":
            at += 2  # method-version
        if kind != "word" or at + 1 >= len(clause) or clause[at] != ("punct", "="):
            yield "", ""
            return
        at += 1
        value = clause[at][1]
        at += 1
        # a value may hold marks that separate elsewhere: policy.url=https://a/b, header.b=ab+/c=
        while at < len(clause) and clause[at][0] == "punct":
            value += clause[at][1]
            at += 1
            if at < len(clause) and clause[at][0] == "word" and not _begins_pair(clause, at):
                value += clause[at][1]
                at += 1
        yield name.lower(), value


def _begins_pair(clause: list[Token], at: int) -> bool:
    return at + 1 < len(clause) and clause[at + 1] == ("punct", "=")
