"""What leaves by the relay and what the relay says to it: values, no network."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

Result = Literal["accepted", "transient", "permanent", "unknown"]
Stage = Literal["local", "mail", "rcpt", "data", "body"]

_ENHANCED = re.compile(r"([245]\.[0-9]{1,3}\.[0-9]{1,3})(?:\s|$)")
_TEXT_MAX = 500


@dataclass(frozen=True, slots=True)
class Envelope:
    """One mail for one recipient: its RFC 5321 envelope and its bytes.

    is_wire_text: the body is known to be ASCII without NUL, its lines to end in CRLF, to have at most 998 octets and
    to begin with no dot; what composes says so (mail.compose.fill), and saves a look at every octet.
    """

    mail_from: str
    rcpt_to: str
    body: bytes
    is_wire_text: bool = False


@dataclass(frozen=True, slots=True)
class RelayAnswer:
    """What became of one envelope.

    'unknown': the relay took the whole mail and no answer came back (R89). code: the SMTP reply code, 0 where no
    reply was read. stage: the command that was answered; 'local' where the mail was never offered.
    """

    result: Result
    code: int
    text: str
    enhanced: str = ""
    stage: Stage = "body"


OnAnswer = Callable[[int, RelayAnswer], bool | None]
"""What is told of each mail's answer; its True means that nothing more is to be offered."""


class Mails(Protocol):
    """What is offered to a relay: each mail is asked for when its turn comes; a RelayAnswer is one that can't go."""

    def __len__(self) -> int: ...
    def __getitem__(self, i: int, /) -> Envelope | RelayAnswer: ...


def answer_to(stage: Stage, code: int, text: str) -> RelayAnswer:
    """Read an SMTP reply as an answer (RFC 5321 section 4.2.1; enhanced codes: RFC 3463)."""
    clean = text[:_TEXT_MAX]
    if not clean.isprintable():
        clean = "".join(c if c.isprintable() else " " for c in clean)
    enhanced = _ENHANCED.match(clean)
    return RelayAnswer(_result(stage, code), code, clean, enhanced[1] if enhanced else "", stage)


def refused_here(text: str, enhanced: str) -> RelayAnswer:
    """The answer to a mail that can't be put on this relay's wire at all: final, and no other mail suffers."""
    return RelayAnswer("permanent", 0, text, enhanced, "local")


def connection_lost(stage: Stage, problem: str) -> RelayAnswer:
    """The answer when the connection broke: before the whole body had left it is safe to try again."""
    return RelayAnswer("unknown" if stage == "body" else "transient", 0, problem, stage=stage)


def _result(stage: Stage, code: int) -> Result:
    if 200 <= code < 300:
        return "accepted"
    if 400 <= code < 500:
        return "transient"
    if stage == "rcpt" and code == 552:  # 'too many recipients', RFC 5321 section 4.5.3.1.10: as if 452
        return "transient"
    return "permanent"
