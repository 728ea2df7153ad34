"""format=flowed (RFC 3676): lines that the sender's program wrapped are joined again."""

from __future__ import annotations


def unflow(text: str, *, delete_space: bool) -> str:
    """Join flowed lines of the same quote depth; a signature separator ends a paragraph (section 4.3)."""
    out: list[str] = []
    pieces: list[str] = []
    depth = 0
    for line in text.split("\n"):
        marks = len(line) - len(line.lstrip(">"))
        body = line[marks:]
        body = body[1:] if body.startswith(" ") else body  # space-stuffing, section 4.4
        is_signature = body == "-- "
        if pieces and (marks != depth or is_signature):
            out.append(_marked("".join(pieces), depth))
            pieces = []
        depth = marks
        if body.endswith(" ") and not is_signature:
            pieces.append(body[:-1] if delete_space else body)
            continue
        out.append(_marked("".join(pieces) + body, depth))
        pieces = []
    if pieces:
        out.append(_marked("".join(pieces), depth))
    return "\n".join(out)


def _marked(text: str, depth: int) -> str:
    return ">" * depth + " " + text if depth else text
