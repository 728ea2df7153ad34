"""Raw bytes to a Message. No bytes make it raise (R39); what is over a limit is said in `over` (R40)."""

from __future__ import annotations

import hashlib
import re

from mailflow.mail.html import html_text
from mailflow.mail.message import Attachment, Message
from mailflow.mail.parse_charset import decode_bytes, safe
from mailflow.mail.parse_fields import (
    Fields,
    decode_words,
    message_ids,
    read_fields,
    read_value,
    split_section,
)
from mailflow.mail.parse_flowed import unflow
from mailflow.mail.parse_from import addresses, read_author
from mailflow.mail.parse_mime import Part, Tree, decode_transfer, find_parts
from mailflow.mail.parse_smime import signed_content

SIZE_BYTES_MAX = 10_000_000
HEADER_BYTES_MAX = 100_000
FIELDS_MAX = 1_000
ADDRESSES_MAX = 100
TEXT_BYTES_MAX = 65_536
HTML_BYTES_MAX = 524_288  # markup without pictures; far more than the text it holds
_NAME_MAX = 200

_STATUS_TYPES = frozenset({"message/delivery-status", "message/global-delivery-status",
                           "message/disposition-notification", "message/global-disposition-notification",
                           "message/feedback-report"})  # fmt: skip
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?([A-Za-z0-9_:.-]{1,40})", re.I)
_PICTURE = re.compile(r"data:[a-zA-Z0-9/+.-]{0,60};base64,[A-Za-z0-9+/=\s%]*")
_ODD_LINE_ENDS = "\r\x0b\x0c\x85\u2028\u2029"
_ODD_LINE_END = re.compile(f"[{_ODD_LINE_ENDS}]")


def parse(raw: bytes) -> Message:
    """Parse a mail. Never raises; every field of the answer is safe to store (R41)."""
    over: list[str] = []
    size, sha256 = len(raw), hashlib.sha256(raw).hexdigest()
    if size > SIZE_BYTES_MAX:
        over.append(f"larger than {SIZE_BYTES_MAX} bytes")
        raw = raw[:SIZE_BYTES_MAX]
    fields, body_start, defects = _read_head(raw, over)
    tree = find_parts(raw, fields, body_start)
    body = _Body(raw, tree)
    if not body.text and not body.html and (content := _signed_content(raw, tree)):
        inner, inner_start = _read_section(content)
        tree = find_parts(content, inner, inner_start)
        body = _Body(content, tree)
    from_, from_problem = read_author(fields)
    to, has_more = addresses(fields, ("to", "cc"), ADDRESSES_MAX)
    if has_more:
        over.append(f"more than {ADDRESSES_MAX} addresses")
    values = dict(reversed(fields))
    subject = decode_words(values.get("subject", ""))
    return Message(
        message_id=next(iter(message_ids(values.get("message-id", ""))), ""),
        in_reply_to=message_ids(values.get("in-reply-to", "")),
        references=message_ids(values.get("references", "")),
        subject=" ".join(subject.split()),
        date=values.get("date", ""),
        from_=from_,
        from_problem=from_problem,
        to=to,
        delivered_to=addresses(fields, ("delivered-to", "x-original-to", "envelope-to"), ADDRESSES_MAX)[0],
        return_path=_return_path(values),
        headers=fields,
        content_type=read_value(values.get("content-type", "text/plain"))[0] or "text/plain",
        text=body.text,
        html=body.html,
        attachments=tuple(body.attachments),
        status_text=body.status_text,
        calendar_text=body.calendar_text,
        returned_headers=body.returned_headers,
        returned_text=body.returned_text,
        defects=tuple(defects + tree.defects),
        over=tuple(over + tree.over + body.over),
        size_bytes=size,
        raw_sha256=sha256,
        content_sha256=_content_sha256(values, raw[body_start:]),
    )


def _read_head(raw: bytes, over: list[str]) -> tuple[Fields, int, list[str]]:
    """Read the mail's own header section: its fields, where the body begins, what was wrong."""
    section_end, body_start = split_section(raw)
    if section_end > HEADER_BYTES_MAX:
        over.append(f"headers larger than {HEADER_BYTES_MAX} bytes")
        section_end = HEADER_BYTES_MAX
    fields, broken_at = read_fields(raw[:section_end])
    defects = []
    if broken_at >= 0:
        defects.append("the header section holds a line that is no field")
        body_start = broken_at
    if len(fields) > FIELDS_MAX:
        over.append(f"more than {FIELDS_MAX} header fields")
        fields = fields[:FIELDS_MAX]
    return fields, body_start, defects


def _signed_content(raw: bytes, tree: Tree) -> bytes:
    """Give what an opaque S/MIME signature wraps, where the mail is nothing else."""
    if len(tree.parts) != 1 or tree.parts[0].content_type not in ("application/pkcs7-mime", "application/x-pkcs7-mime"):
        return b""
    return signed_content(decode_transfer(raw, tree.parts[0]))


def _read_section(content: bytes) -> tuple[Fields, int]:
    section_end, start = split_section(content)
    return read_fields(content[: min(section_end, HEADER_BYTES_MAX)])[0], start


def _return_path(values: dict[str, str]) -> str | None:
    value = values.get("return-path")
    if value is None:
        return None
    return value.strip().removeprefix("<").removesuffix(">").strip()


def _content_sha256(values: dict[str, str], body: bytes) -> str:
    """Hash what makes two deliveries the same mail: From, Date, Subject and body, whatever the line ends."""
    digest = hashlib.sha256()
    for name in ("from", "date", "subject"):
        digest.update(" ".join(values.get(name, "").split()).encode("utf-8", "replace") + b"\n")
    digest.update(body.replace(b"\r\n", b"\n").strip(b"\n"))
    return digest.hexdigest()


class _Body:
    """Sorts the parts: what was written, what is attached, what a bounce returned."""

    def __init__(self, raw: bytes, tree: Tree) -> None:
        self.raw = raw
        self.attachments: list[Attachment] = []
        self.over: list[str] = []
        self.calendar_text = ""
        self.returned_headers = tree.returned
        texts: dict[str, list[str]] = {"plain": [], "html": [], "status": [], "returned": [], "returned html": []}
        has_text = {part.alternative for part in tree.parts if _kind_of(part) == "plain"}
        for part in tree.parts:
            kind = _kind_of(part, is_first=part is tree.parts[0])
            if kind == "attached":
                self._attach(part)
            elif kind == "returned headers":
                self.returned_headers = self.returned_headers or read_fields(decode_transfer(raw, part).strip())[0]
            elif kind:
                texts[kind].append(_text_of(raw, part))
                if kind == "html" and has_text and (not part.alternative or part.alternative not in has_text):
                    texts["plain"].append(html_text(texts[kind][-1][:HTML_BYTES_MAX]))  # it says what no text part says
        self.text = self._cut("text", "\n".join(texts["plain"]), TEXT_BYTES_MAX)
        self.html = self._cut("HTML", _without_pictures("\n".join(texts["html"])), HTML_BYTES_MAX)
        self.status_text = "\n".join(texts["status"])[:TEXT_BYTES_MAX]
        self.returned_text = "\n".join(texts["returned"] or texts["returned html"])[:TEXT_BYTES_MAX]

    def _cut(self, name: str, text: str, bytes_max: int) -> str:
        """Keep what is examined; say so where something was left out, for a person must read that mail."""
        if len(text) <= bytes_max // 4:
            return text
        encoded = text.encode("utf-8", "replace")
        if len(encoded) <= bytes_max:
            return text
        self.over.append(f"more than {bytes_max} bytes of {name}")
        return encoded[:bytes_max].decode("utf-8", "ignore")

    def _attach(self, part: Part) -> None:
        content = decode_transfer(self.raw, part)
        if part.content_type == "text/calendar" and not self.calendar_text:
            self.calendar_text = safe(decode_bytes(content[:TEXT_BYTES_MAX], part.parameters.get("charset", "")))
        name = safe(part.name).replace("/", "_").replace("\\", "_")[:_NAME_MAX]
        digest = hashlib.sha256(content).hexdigest()
        self.attachments.append(Attachment(name, part.content_type, len(content), digest))


def _without_pictures(html: str) -> str:
    """Take out pictures that stand in the markup itself: they can be most of it."""
    return _PICTURE.sub("data:,", html) if len(html) > HTML_BYTES_MAX // 8 and ";base64," in html else html


def _kind_of(part: Part, *, is_first: bool = False) -> str:
    """Say what a part is for: plain|html|status|returned|returned html|returned headers|attached, "" for nothing.

    A text with a name is a file, but some programs name the body too: the first part is the body.
    """
    kind = part.content_type
    if kind in _STATUS_TYPES and not part.is_returned:
        return "status"
    if kind in ("text/rfc822-headers", "message/global-headers"):
        return "returned headers"
    is_text = kind in ("text/plain", "text/html", "text/enriched", "text/markdown", "text/x-amp-html")
    if part.is_returned:
        return ("returned html" if kind == "text/html" else "returned") if is_text and not part.name else ""
    if not is_text or kind == "text/x-amp-html" or part.disposition == "attachment":
        return "attached"
    if part.name and not is_first:
        return "attached"
    return "html" if kind == "text/html" else "plain"


def _with_plain_line_ends(text: str) -> str:
    text = text.replace("\r\n", "\n")
    # looked for one by one, which is many times faster than one expression over a text that has none
    return _ODD_LINE_END.sub("\n", text) if any(odd in text for odd in _ODD_LINE_ENDS) else text


def _text_of(raw: bytes, part: Part) -> str:
    data = decode_transfer(raw, part)
    charset = part.parameters.get("charset", "")
    if part.content_type == "text/html" and not charset and (found := _META_CHARSET.search(data, 0, 4096)):
        charset = found[1].decode("ascii")
    text = safe(_with_plain_line_ends(decode_bytes(data, charset)))
    if part.content_type == "text/plain" and part.parameters.get("format", "").lower() == "flowed":
        return unflow(text, delete_space=part.parameters.get("delsp", "").lower() == "yes")
    return text
