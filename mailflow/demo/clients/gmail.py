"""Gmail in a browser: text made from HTML and wrapped, the quote marked with '>' and a block of class gmail_quote."""

from __future__ import annotations

from mailflow.demo.clients.answer import Answer, as_html, escaped, quoted, wrapped
from mailflow.demo.clients.mime import Part, encoded, finish, mailbox, multipart, text_part
from mailflow.demo.derive import HEX

_QUOTE_STYLE = "margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex"


def gmail(answer: Answer) -> bytes:
    """Write an answer as Gmail does."""
    attribution = answer.attribution("gmail")
    quote = quoted(wrapped(answer.original.text))
    text = f"{wrapped(answer.words)}\n\n{wrapped(attribution)}\n\n{quote}\n"
    fields = [
        ("MIME-Version", "1.0"),
        ("References", answer.references),
        ("In-Reply-To", answer.in_reply_to),
        ("From", mailbox(answer.sender.name, answer.from_address)),
        ("Date", answer.date),
        ("X-Gm-Features", answer.id(38, "features")),
        ("Message-ID", f"<CA{answer.id(6, 'id')}={answer.id(36, 'tail')}@mail.webmail.example.org>"),
        ("Subject", encoded(answer.subject_with("Re: "))),
        ("To", answer.original.reply_to),
    ]
    boundary = "000000000000" + answer.id(16, "boundary", HEX)
    parts = [_part(text, "plain"), _part(_html(answer, attribution), "html")]
    return finish(fields, multipart("alternative", boundary, parts))


def _part(text: str, subtype: str) -> Part:
    few = sum(not c.isascii() for c in text) * 6 < len(text)
    transfer = "7bit" if text.isascii() and subtype == "plain" else "quoted-printable" if few else "base64"
    return text_part(text, subtype, "UTF-8", transfer)


def _html(answer: Answer, attribution: str) -> str:
    words = as_html(answer.words, lambda line: f"<div>{line}</div>")
    if "\n" not in answer.words:
        words = escaped(answer.words)
    address = answer.original.from_address
    linked = escaped(attribution).replace(escaped(f"<{address}>"), f'&lt;<a href="mailto:{address}">{address}</a>&gt;')
    return (
        f'<div dir="ltr">{words}</div><br><div class="gmail_quote gmail_quote_container"><div dir="ltr" '
        f'class="gmail_attr">{linked}<br></div><blockquote class="gmail_quote" style="{_QUOTE_STYLE}">'
        f"{answer.original.html}</blockquote></div>\n"
    )
