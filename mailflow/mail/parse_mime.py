"""The parts of a mail (RFC 2045, 2046), found by their boundaries in the raw bytes: no recursion, no decoding."""

from __future__ import annotations

import binascii
import re
from dataclasses import dataclass, field
from itertools import pairwise

from mailflow.mail.parse_fields import Fields, decode_base64, decode_words, read_fields, read_value, split_section

DEPTH_MAX = 50
PARTS_MAX = 500
PART_HEADER_BYTES_MAX = 100_000

_LOST_BOUNDARY = re.compile(rb"^--([^\s-][^\r\n]{0,68}?)[ \t]*\r?\nContent-", re.M | re.I)
_KNOWN = re.compile(r"[a-z0-9!#$&^_.+-]{1,80}/[a-z0-9!#$&^_.+-]{1,120}\Z")


@dataclass(slots=True)
class Part:
    """A part without parts of its own. `start` and `end` bound its body in the raw mail, still encoded."""

    content_type: str
    parameters: dict[str, str]
    disposition: str
    name: str
    encoding: str
    fields: Fields
    start: int
    end: int
    is_returned: bool  # inside a message/rfc822
    alternative: int = 0  # which multipart/alternative it belongs to; 0: to none


@dataclass(slots=True)
class Tree:
    """All parts in the order of the mail, the header section of the first returned message, and what was wrong."""

    parts: list[Part] = field(default_factory=list)
    returned: Fields = ()
    defects: list[str] = field(default_factory=list)
    over: list[str] = field(default_factory=list)

    def note(self, defect: str) -> None:
        """Remember a defect once."""
        if defect not in self.defects:
            self.defects.append(defect)


@dataclass(slots=True)
class _Entity:
    """A part that waits to be looked at."""

    start: int
    end: int
    depth: int
    parent: str
    is_returned: bool
    fields: Fields | None = None  # of the mail itself: already read
    alternative: int = 0


def find_parts(raw: bytes, fields: Fields, body_start: int) -> Tree:
    """Find the parts of a mail whose header section was read."""
    tree = Tree()
    waiting = [_Entity(body_start, len(raw), 0, "", False, fields)]
    seen = 0
    while waiting:
        entity = waiting.pop()
        seen += 1
        if seen > PARTS_MAX:
            tree.over.append(f"more than {PARTS_MAX} parts")
            break
        part = _read_part(raw, entity, tree)
        if part.content_type == "multipart/alternative":
            part.alternative = seen
        children = _children(raw, part, entity, tree)
        if children is None:
            tree.parts.append(part)
        elif entity.depth >= DEPTH_MAX:
            tree.over.append(f"parts nested deeper than {DEPTH_MAX}")
            break
        else:
            waiting.extend(reversed(children[: PARTS_MAX + 1]))
    return tree


def _read_part(raw: bytes, entity: _Entity, tree: Tree) -> Part:
    fields, body = entity.fields, entity.start
    if fields is None:
        section_end, body = split_section(raw, entity.start, entity.end)
        section = raw[entity.start : min(section_end, entity.start + PART_HEADER_BYTES_MAX)]
        fields, broken_at = read_fields(section)
        if broken_at >= 0:
            tree.note("a part's header section holds a line that is no field")
            body = entity.start + broken_at
    default = "message/rfc822" if entity.parent == "multipart/digest" else "text/plain"
    values = dict(reversed(fields))  # the topmost field of a name wins
    content_type, parameters = read_value(values.get("content-type", default))
    if not _KNOWN.match(content_type):
        tree.note("the content type is malformed")
        content_type = content_type if content_type in ("text", "html") else default
        content_type = {"text": "text/plain", "html": "text/html"}.get(content_type, content_type)
    disposition, about = read_value(values.get("content-disposition", ""))
    name = decode_words(about.get("filename") or parameters.get("name", ""))
    encoding = values.get("content-transfer-encoding", "").strip().lower()
    return Part(content_type, parameters, disposition, name, encoding, fields, body, entity.end, entity.is_returned,
                entity.alternative)  # fmt: skip


def _children(raw: bytes, part: Part, entity: _Entity, tree: Tree) -> list[_Entity] | None:
    """Give the parts inside, or None for a leaf."""
    depth, kind = entity.depth + 1, part.content_type
    if kind in ("message/rfc822", "message/global") and part.encoding not in ("base64", "quoted-printable"):
        inner, _ = read_fields(raw[part.start : split_section(raw, part.start, part.end)[0]][:PART_HEADER_BYTES_MAX])
        tree.returned = tree.returned or inner
        return [_Entity(part.start, part.end, depth, kind, True)]
    if not kind.startswith("multipart/"):
        return None
    cuts = _cut(raw, part, tree)
    if cuts is None:
        part.content_type = "text/plain"
        return None
    return [_Entity(start, end, depth, kind, part.is_returned, None, part.alternative) for start, end in cuts]


def _cut(raw: bytes, part: Part, tree: Tree) -> list[tuple[int, int]] | None:
    """Cut a multipart at its boundary lines (RFC 2046 section 5.1); None where no boundary is found."""
    boundary = part.parameters.get("boundary", "").rstrip().encode("utf-8", "replace")
    lines, is_closed = _boundary_lines(raw, boundary, part.start, part.end) if boundary else ([], False)
    if not lines and (found := _LOST_BOUNDARY.search(raw, part.start, min(part.end, part.start + 100_000))):
        tree.note("the boundary of a multipart is missing or wrong")
        lines, is_closed = _boundary_lines(raw, found[1], part.start, part.end)
    if not lines:
        tree.note("a multipart has no parts")
        return None
    if not is_closed:
        tree.note("a multipart is not closed")
        lines.append((part.end, part.end))
    return [(after, before) for (_, after), (before, _) in pairwise(lines)]


def _boundary_lines(raw: bytes, boundary: bytes, start: int, end: int) -> tuple[list[tuple[int, int]], bool]:
    """Give (end of the text before, start of the text after) for each boundary line; True where the last one closes."""
    mark = b"--" + boundary
    lines: list[tuple[int, int]] = []
    at = start if raw.startswith(mark, start) else raw.find(b"\n" + mark, max(start - 1, 0), end) + 1
    while at > 0 or (at == 0 and not lines and raw.startswith(mark)):
        newline = raw.find(b"\n", at, end)
        after = end if newline < 0 else newline + 1
        tail = raw[at + len(mark) : min(after, at + len(mark) + 200)].strip()
        if tail in (b"", b"--") and at + len(mark) <= end:
            before = at - 1 if raw[at - 2 : at - 1] != b"\r" else at - 2
            lines.append((max(before, start), after))
            if tail == b"--":
                return lines, True
        if len(lines) > PARTS_MAX + 2 or newline < 0:
            break
        at = raw.find(b"\n" + mark, newline, end) + 1
    return lines, False


def decode_transfer(raw: bytes, part: Part) -> bytes:
    """Give the body of a part without its transfer encoding (RFC 2045 section 6), whatever is wrong with it."""
    body = raw[part.start : part.end]
    if part.encoding == "base64":
        return decode_base64(body)
    if part.encoding == "quoted-printable":
        return binascii.a2b_qp(body)
    return body
