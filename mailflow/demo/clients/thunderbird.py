"""Thunderbird: one text part, format=flowed (RFC 3676), the answer above the quote, below it, or between its lines."""

from __future__ import annotations

import textwrap

from mailflow.demo.clients.answer import Answer, quoted
from mailflow.demo.clients.mime import encoded, finish, fitting_charset, mailbox, text_part
from mailflow.demo.derive import uuid_like

_WIDTH = 72


def thunderbird(answer: Answer) -> bytes:
    """Write an answer above the quote, with a signature block at the end."""
    signature = f"-- \n{answer.sender.name}\n{answer.sender.library.name}"
    return _finish(
        answer, f"{flowed(answer.words)}\n\n{_head(answer)}\n{_quote(answer.original.text)}\n\n{signature}\n"
    )


def thunderbird_bottom(answer: Answer) -> bytes:
    """Write an answer below the quote."""
    return _finish(answer, f"{_head(answer)}\n{_quote(answer.original.text)}\n\n{flowed(answer.words)}\n")


def thunderbird_interleaved(answer: Answer) -> bytes:
    """Write each paragraph of the answer below a paragraph of the quote; the rest of the quote is left at the end."""
    paragraphs = answer.original.text.split("\n\n")
    said = [paragraph for paragraph in answer.words.split("\n\n") if paragraph.strip()]
    pieces = [_head(answer)]
    for quoted_one, said_one in zip(paragraphs, said, strict=False):
        pieces += [_quote(quoted_one), "", flowed(said_one), ""]
    left = min(len(paragraphs), len(said))
    pieces += ["", *map(flowed, said[left:])] if said[left:] else [_quote("\n\n".join(paragraphs[left:]))]
    return _finish(answer, "\n".join(pieces) + "\n")


def flowed(text: str) -> str:
    """Break long lines with a space before the break, and stuff lines that begin with a space, '>' or 'From '."""
    lines: list[str] = []
    for line in text.split("\n"):
        pieces = textwrap.wrap(line, _WIDTH, break_long_words=False, break_on_hyphens=False) or [""]
        stuffed = [" " + piece if piece.startswith((" ", ">", "From ")) else piece for piece in pieces]
        lines += [piece + " " for piece in stuffed[:-1]] + stuffed[-1:]
    return "\n".join(lines)


def _head(answer: Answer) -> str:
    return answer.attribution("thunderbird")


def _quote(text: str) -> str:
    return quoted(flowed(text.rstrip()))


def _finish(answer: Answer, text: str) -> bytes:
    japanese = answer.language == "ja"
    charset = fitting_charset(text, ("iso-2022-jp", "utf-8") if japanese else ("iso-8859-1", "utf-8"))
    transfer = "7bit" if charset == "iso-2022-jp" or text.isascii() else "8bit"
    fields = [
        (
            "Message-ID",
            f"<{uuid_like('id', answer.original.message_id, answer.words, answer.at).lower()}@{answer.domain}>",
        ),
        ("Date", answer.date),
        ("MIME-Version", "1.0"),
        ("User-Agent", "Mozilla Thunderbird"),
        ("Subject", encoded(answer.subject_with("Re: "), charset)),
        ("To", answer.original.reply_to),
        ("References", answer.references),
        ("Content-Language", "en-US"),
        ("From", mailbox(answer.sender.name, answer.from_address, charset)),
        ("In-Reply-To", answer.in_reply_to),
    ]
    return finish(fields, text_part(text, "plain", charset, transfer, "; format=flowed"))
