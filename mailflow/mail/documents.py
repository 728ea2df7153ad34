"""Text files that came with a mail: a proposal.md that somebody attached."""

from __future__ import annotations

from mailflow.mail.parse_fields import Fields, read_fields, split_section
from mailflow.mail.parse_mime import decode_transfer, find_parts

DOCUMENT_BYTES_MAX = 500_000


def markdown_attachment(raw: bytes) -> str:
    """Give the first attachment whose name ends in .md or .txt and that begins with front matter, "" for none."""
    end, start = split_section(raw, 0, len(raw))
    fields: Fields
    fields, _ = read_fields(raw[:end])
    for part in find_parts(raw, fields, start).parts:
        if not part.name.lower().endswith((".md", ".txt", ".markdown")) or part.is_returned:
            continue
        text = decode_transfer(raw, part)[:DOCUMENT_BYTES_MAX].decode("utf-8-sig", "replace")
        if text.lstrip().startswith("+++"):
            return text
    return ""
