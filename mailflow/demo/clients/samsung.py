"""The mail program of a Samsung phone: its line, then header lines under a rule, the quote without marks."""

from __future__ import annotations

from babel.dates import format_datetime

from mailflow.demo.clients.answer import Answer, as_html, escaped
from mailflow.demo.clients.languages import FOOTERS, ORIGINAL_MESSAGE
from mailflow.demo.clients.mime import both, encoded, finish, mailbox, multipart
from mailflow.demo.derive import DIGITS, HEX


def samsung(answer: Answer) -> bytes:
    """Write an answer as the phone does; it keeps no References."""
    footer, rule = FOOTERS["samsung"][answer.language], ORIGINAL_MESSAGE[answer.language]
    block = _header_lines(answer)
    text = f"{answer.words}\n\n\n\n{footer}\n\n\n{rule}\n" + "\n".join(block) + f"\n\n{answer.original.text}\n"
    words = as_html(answer.words, lambda line: f'<div dir="auto">{line}</div>')
    rows = "".join(f"<div>{escaped(line)}</div>" for line in block)
    html = (
        '<html><head><meta http-equiv="Content-Type" content="text/html; charset=UTF-8"></head><body dir="auto">'
        f'{words}<div dir="auto"><br></div><div id="composer_signature" dir="auto"><div style="font-size:12px;'
        f'color:#575757" dir="auto">{escaped(footer)}</div></div><div dir="auto"><br></div><div><br></div>'
        f'<div style="font-size:100%;color:#000000" dir="auto"><!-- originalMessage --><div>{rule}</div>{rows}'
        f"<div><br></div></div>{answer.original.html}</body></html>\n"
    )
    fields = [
        ("Date", answer.date),
        ("Subject", encoded(answer.subject_with("Re: "))),
        ("Message-ID", f"<{answer.id(32, 'id')}.{answer.id(13, 'time', DIGITS)}@email.android.{answer.domain}>"),
        ("In-Reply-To", answer.in_reply_to),
        ("Importance", "normal"),
        ("From", mailbox(answer.sender.name, answer.from_address)),
        ("To", answer.original.reply_to),
        ("MIME-Version", "1.0"),
    ]
    boundary = f"--_com.android.email_{answer.id(16, 'boundary', HEX)}"
    parts = both(text, html, "base64")
    return finish(fields, multipart("alternative", boundary, parts))


def _header_lines(answer: Answer) -> list[str]:
    (sender, author), (_, _), (to, receiver), (subject, text) = answer.header_block()
    sent = format_datetime(answer.sent_at, "M/d/yy  h:mm a  (ZZZZ)", locale=answer.language)
    return [f"{sender} {author} ", f"Date: {sent} ", f"{to} {receiver} ", f"{subject} {text} "]
