"""A mail rendered once with holes for what differs from person to person, and those holes filled at wire level. Pure.

A template is rendered with markers where a person's fields go. The skeleton keeps subject, text and HTML as pieces
(frozen in the database with the mailing); for sending, the two bodies are laid out once as quoted-printable, with a
soft line break on each side of a hole, so that a value can be put in without touching what stands around it.
"""

from __future__ import annotations

import binascii
import html
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal
from urllib.parse import quote

from mailflow.errors import TemplateError
from mailflow.mail.header import UnsafeValue, refuse_breaks, unstructured

Context = Literal["text", "html", "url", "mailto"]

_OPEN, _CLOSE = "\ufdd0", "\ufdd1"  # noncharacters: no keyboard types them, no font shows them
_QP_PLAIN_MAX = 70
_Room = tuple[str, Callable[[str], object], "Hole"]  # a slot, and whether a value goes there as it is
_LEADING_DOT = re.compile(r"^\.", re.M)
# values that stand in each context, and in quoted-printable, as they are: what nearly every field is
_AS_IT_IS: dict[Context, re.Pattern[str]] = {
    "text": re.compile(r"(?![.])[ -<>-~]*(?<! )"),
    "html": re.compile(r"(?![.])[ !#-%(-;?-~]*(?<! )"),
    "url": re.compile(r"(?![.])[A-Za-z0-9_.~-]*"),
    "mailto": re.compile(r"(?![.])[A-Za-z0-9_.~@+-]*"),
}


@dataclass(frozen=True, slots=True)
class Hole:
    """Where a field goes, and how it is encoded there."""

    slot: str
    context: Context


Pieces = tuple[str | Hole, ...]


@dataclass(frozen=True, slots=True)
class Rendered:
    """A mail's words: a subject of one line, a text and an HTML page; with markers or without."""

    subject: str
    text: str
    html: str


_ENCODERS: dict[str, Callable[[str], str]] = {
    "text": str,
    "html": html.escape,
    "url": lambda value: quote(value, safe=""),
    "mailto": lambda value: quote(value, safe="@+"),
}


def marker(slot: str, context: Context, nonce: str) -> str:
    """Give the characters that stand for a field in rendered text. nonce: unguessable, so that no user's words can."""
    return f"{_OPEN}{nonce}:{context}:{slot}{_CLOSE}"


def as_written(value: str, context: Context, slot: str) -> str:
    """Give a field's value as it reads in that context; raises UnsafeValue on CR, LF or NUL (R92)."""
    return _ENCODERS[context](refuse_breaks(value, slot))


@dataclass(frozen=True)
class Skeleton:
    """A mail with holes. boundary: stands in no quoted-printable text, because it begins with '=_'."""

    notice: str
    subject: Pieces
    text: Pieces
    html: Pieces
    boundary: str
    language: str = "en"

    @classmethod
    def read(cls, notice: str, rendered: Rendered, boundary: str, nonce: str = "", language: str = "en") -> Skeleton:
        """Find the markers in rendered text. Without a nonce there are none. Raises TemplateError."""
        parts = (rendered.subject, rendered.text, rendered.html)
        subject, text, page = (_pieces(part, nonce, notice) for part in parts)
        if any(isinstance(piece, Hole) and piece.context != "text" for piece in subject):
            raise TemplateError(f"{notice}/subject.txt: a slot in the subject can't be an address of a page")
        return cls(notice, subject, text, page, boundary, language)

    @property
    def slots(self) -> frozenset[str]:
        """The fields that filling needs."""
        return frozenset(p.slot for p in (*self.subject, *self.text, *self.html) if isinstance(p, Hole))

    def words(self, fields: Mapping[str, str]) -> Rendered:
        """Give what the person will read, decoded: for previews, and to know a quotation of it again."""
        return Rendered(*(_joined(part, fields, self.notice) for part in (self.subject, self.text, self.html)))

    def subject_line(self, fields: Mapping[str, str]) -> str:
        """The Subject's value for this person, encoded."""
        return self._fixed_subject or unstructured(_joined(self.subject, fields, self.notice), "Subject")

    def body(self, fields: Mapping[str, str]) -> str:
        """Everything after Subject: the MIME headers and both parts with this person's fields.

        It is fit for the wire as it is: lines end in CRLF, are short, and none begins with a dot.
        """
        pieces, holes, order = self._layout
        try:
            ready = [
                value if len(value := fields[slot]) <= _QP_PLAIN_MAX and is_plain(value) else _written(value, hole)
                for slot, is_plain, hole in holes
            ]
        except KeyError as missing:
            raise _no_value(self.notice, missing.args[0]) from None
        out = pieces.copy()
        out[1::2] = [ready[i] for i in order]
        return "".join(out)

    @cached_property
    def _fixed_subject(self) -> str:
        if any(isinstance(piece, Hole) for piece in self.subject):
            return ""
        return unstructured(_joined(self.subject, {}, self.notice), "Subject")

    @cached_property
    def _layout(self) -> tuple[list[str], tuple[_Room, ...], tuple[int, ...]]:
        """The wire text: fixed text and room in turn, what goes into the rooms, each once, and where it stands."""
        part = "Content-Type: text/{}; charset=utf-8\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        head = (
            f"MIME-Version: 1.0\r\nContent-Language: {self.language}\r\n"
            f'Content-Type: multipart/alternative;\r\n boundary="{self.boundary}"\r\n\r\n'
        )
        between = f"\r\n--{self.boundary}\r\n"
        pieces: list[str | Hole] = [head, between[2:], part.format("plain"), *_quoted(self.text)]
        pieces += [between, part.format("html"), *_quoted(self.html), f"\r\n--{self.boundary}--\r\n"]
        fixed, holes, order = _in_turn(pieces)
        return fixed, tuple((hole.slot, _AS_IT_IS[hole.context].fullmatch, hole) for hole in holes), order

    def to_json(self) -> str:
        """Give the skeleton as JSON text: words are strings, holes are [slot, context]."""
        parts = {name: [_frozen(p) for p in getattr(self, name)] for name in ("subject", "text", "html")}
        whole = {"notice": self.notice, "language": self.language, "boundary": self.boundary, **parts}
        return json.dumps(whole, ensure_ascii=False)

    @classmethod
    def from_json(cls, text: str) -> Skeleton:
        """Take a skeleton back from its JSON text."""
        whole = json.loads(text)
        subject, body, page = (tuple(_thawed(p) for p in whole[name]) for name in ("subject", "text", "html"))
        return cls(whole["notice"], subject, body, page, whole["boundary"], whole["language"])


def _pieces(text: str, nonce: str, notice: str) -> Pieces:
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\0", "")
    pattern = re.compile(f"{_OPEN}{re.escape(nonce)}:(text|html|url|mailto):([a-z][a-z0-9_]{{0,40}}){_CLOSE}")
    pieces: list[str | Hole] = []
    found = pattern.split(text) if nonce else [text]
    for i in range(0, len(found), 3):
        fixed = found[i]
        if nonce and nonce in fixed.lower():
            raise TemplateError(f"{notice}: a slot was changed by a filter; slots can only be put in as they are")
        pieces.append(fixed.replace(_OPEN, "").replace(_CLOSE, ""))
        if i + 2 < len(found):
            pieces.append(Hole(found[i + 2], found[i + 1]))  # type: ignore[arg-type]
    return tuple(piece for piece in pieces if piece != "")


def _field(fields: Mapping[str, str], slot: str, notice: str) -> str:
    try:
        return fields[slot]
    except KeyError:
        raise _no_value(notice, slot) from None


def _no_value(notice: str, slot: str) -> TemplateError:
    return TemplateError(f"{notice}: no value was given for the slot {slot!r}")


def _joined(pieces: Pieces, fields: Mapping[str, str], notice: str) -> str:
    return "".join(
        as_written(_field(fields, p.slot, notice), p.context, p.slot) if isinstance(p, Hole) else p for p in pieces
    )


def _in_turn(pieces: Sequence[str | Hole]) -> tuple[list[str], tuple[Hole, ...], tuple[int, ...]]:
    """Give fixed texts with room between every two of them, the different holes, and which goes into which room."""
    fixed, order = [""], []
    numbers: dict[Hole, int] = {}
    for piece in pieces:
        if isinstance(piece, Hole):
            order.append(numbers.setdefault(piece, len(numbers)))
            fixed += ["", ""]
        else:
            fixed[-1] += piece
    return fixed, tuple(numbers), tuple(order)


def _quoted(pieces: Pieces) -> list[str | Hole]:
    """Lay text out as quoted-printable (RFC 2045 section 6.7), each hole between soft line breaks."""
    out: list[str | Hole] = []
    for i, piece in enumerate(pieces):
        if isinstance(piece, Hole):
            out.append(piece)
            continue
        is_after_hole = i > 0 and not piece.startswith("\n")
        is_before_hole = i + 1 < len(pieces) and not piece.endswith("\n")
        out.append(("=\r\n" if is_after_hole else "") + _qp(piece) + ("=\r\n" if is_before_hole else ""))
    return out


def _written(value: str, hole: Hole) -> str:
    """Lay out a field, which is one line, as its context wants it."""
    return _qp(as_written(value, hole.context, hole.slot))


def _qp(text: str) -> str:
    """Lay text out in lines of at most 76 characters, none of which begins with a dot (RFC 5321 section 4.5.2)."""
    try:
        octets = text.encode("utf-8")
    except UnicodeEncodeError:
        raise UnsafeValue("a text holds half a character") from None
    quoted = binascii.b2a_qp(octets, istext=True).replace(b"\n", b"\r\n").decode("ascii")
    while quoted.startswith(".") or "\n." in quoted:  # as often as a line can begin with a dot again: 76 times
        quoted = _LEADING_DOT.sub("=2E=\r\n", quoted)
    return quoted


def _frozen(piece: str | Hole) -> str | list[str]:
    return [piece.slot, piece.context] if isinstance(piece, Hole) else piece


def _thawed(piece: str | list[str]) -> str | Hole:
    return piece if isinstance(piece, str) else Hole(piece[0], piece[1])  # type: ignore[arg-type]
