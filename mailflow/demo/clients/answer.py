"""One answer about to be written: who answers what, and the pieces that all programs need for it."""

from __future__ import annotations

import html
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property

from mailflow.demo.cast import Person
from mailflow.demo.client_names import LANGUAGES
from mailflow.demo.clients.languages import ATTRIBUTIONS, HEADER_BLOCKS, fill
from mailflow.demo.clients.original import Original
from mailflow.demo.derive import LETTERS, token


@dataclass(frozen=True)
class Answer:
    """What a person answers to a mail. at: when the program sends it, in the sender's zone. words: lines end with LF.

    subject: of the answer, "" is the program's own. All that looks random follows from these values.
    """

    sender: Person
    from_address: str
    original: Original
    words: str
    at: datetime
    subject: str = ""

    @property
    def language(self) -> str:
        """The language that the program is set to."""
        return self.sender.language if self.sender.language in LANGUAGES else "en"

    @property
    def domain(self) -> str:
        """The domain of the sender's address."""
        return self.from_address.rpartition("@")[2]

    @property
    def date(self) -> str:
        """The Date field (RFC 5322 section 3.3)."""
        return format_datetime(self.at)

    @property
    def in_reply_to(self) -> str:
        """The In-Reply-To field."""
        return self.original.message_id

    @property
    def references(self) -> str:
        """The References field: those of the original, and the original itself (RFC 5322 section 3.6.4)."""
        return " ".join((*self.original.references, self.original.message_id))

    @cached_property
    def sent_at(self) -> datetime:
        """When the original was sent, in the sender's zone."""
        return self.original.sent_at.astimezone(self.at.tzinfo)

    def subject_with(self, prefix: str) -> str:
        """Give the subject: the one that was asked for, else the original's with the program's prefix."""
        return self.subject or prefix + self.original.bare_subject

    def id(self, length: int, label: str, alphabet: str = LETTERS) -> str:
        """Give an id that no other answer has for this label."""
        return token(length, label, self.original.message_id, self.from_address, self.words, self.at, alphabet=alphabet)

    def attribution(self, family: str) -> str:
        """Give the line that a family of programs writes above what it quotes."""
        return fill(ATTRIBUTIONS[family][self.language], self.language, self.original, self.sent_at)

    def header_block(self, to_name: bool = True) -> list[tuple[str, str]]:
        """Give the lines that Outlook writes above what it quotes, as pairs of label and value."""
        sender, sent, to, subject, when = HEADER_BLOCKS[self.language]
        original = self.original
        receiver = original.to_name or original.to_address
        if to_name and original.to_name:
            receiver = f"{original.to_name} <{original.to_address}>"
        return [
            (sender, f"{original.author} <{original.from_address}>"),
            (sent, fill(when, self.language, original, self.sent_at)),
            (to, receiver),
            (subject, original.subject),
        ]


def quoted(text: str, mark: str = "> ", empty: str = ">") -> str:
    """Put a mark before every line; empty: what stands for a line without text."""
    return "\n".join(mark + line if line else empty for line in text.split("\n"))


def wrapped(text: str, width: int = 76) -> str:
    """Break long lines at spaces, as programs do that make the text part from HTML."""
    lines = [
        textwrap.wrap(line, width, break_long_words=False, break_on_hyphens=False) or [""] for line in text.split("\n")
    ]
    return "\n".join(line for group in lines for line in group)


def as_html(text: str, line: Callable[[str], str]) -> str:
    """Give text as HTML, each line wrapped by `line`; that of an empty line is a break."""
    return "".join(line(html.escape(one, quote=False) or "<br>") for one in text.split("\n"))


def escaped(text: str) -> str:
    """Give text as HTML on one line, breaks as <br>."""
    return html.escape(text, quote=False).replace("\n", "<br>")
