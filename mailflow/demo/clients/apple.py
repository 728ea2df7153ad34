"""Apple's Mail, on a desk and on a phone: the attribution stands inside the quote, the phone's line above it."""

from __future__ import annotations

from mailflow.demo.clients.answer import Answer, as_html, escaped, quoted
from mailflow.demo.clients.languages import FOOTERS
from mailflow.demo.clients.mime import Part, encoded, finish, fitting_charset, mailbox, multipart, text_part
from mailflow.demo.derive import uuid_like

_JAPANESE = ("us-ascii", "iso-2022-jp", "utf-8")
_OTHERS = ("us-ascii", "iso-8859-1", "windows-1252", "utf-8")


def apple_mail(answer: Answer) -> bytes:
    """Write an answer as Mail on a Mac does."""
    quote = quoted(f"{answer.attribution('apple')}\n\n{answer.original.text}", empty="> ")
    html = _html(answer, "")
    return _finish(
        answer,
        f"{answer.words}\n\n{quote}\n",
        html,
        "Apple-Mail=_",
        "Apple Mail (2.1510)",
        "(Mac OS X Mail 6.5 \\(1510\\))",
    )


def iphone(answer: Answer) -> bytes:
    """Write an answer as Mail on a phone does, with its line below the words."""
    footer = FOOTERS["iphone"][answer.language]
    quote = quoted(f"{answer.attribution('apple')}\n\n{answer.original.text}", empty="> ")
    html = _html(answer, f'<div dir="ltr"><br>{escaped(footer)}</div>')
    text = f"{answer.words}\n\n{footer}\n\n{quote}\n"
    return _finish(answer, text, html, "Apple-Mail-", "iPhone Mail (10B329)", "(1.0)")


def _html(answer: Answer, footer: str) -> str:
    words = as_html(answer.words, lambda line: f"<div>{line}</div>")
    return (
        '<html><head><meta http-equiv="content-type" content="text/html; charset=utf-8"></head><body dir="auto">'
        f'{words}{footer}<div dir="ltr"><br><blockquote type="cite">{escaped(answer.attribution("apple"))}<br><br>'
        f'</blockquote></div><blockquote type="cite"><div dir="ltr">{answer.original.html}</div></blockquote>'
        "</body></html>\n"
    )


def _finish(answer: Answer, text: str, html: str, boundary: str, mailer: str, version: str) -> bytes:
    unique = (answer.original.message_id, answer.from_address, answer.words, answer.at)
    fields = [
        ("From", mailbox(answer.sender.name, answer.from_address)),
        ("Mime-Version", f"1.0 {version}"),
        ("Date", answer.date),
        ("Subject", encoded(answer.subject_with("Re: "))),
        ("Message-Id", f"<{uuid_like('id', *unique)}@{answer.domain}>"),
        ("References", answer.references),
        ("In-Reply-To", answer.in_reply_to),
        ("To", answer.original.reply_to),
        ("X-Mailer", mailer),
    ]
    parts = [_part(answer, text, "plain"), _part(answer, html, "html")]
    return finish(fields, multipart("alternative", boundary + uuid_like("boundary", *unique), parts))


def _part(answer: Answer, text: str, subtype: str) -> Part:
    charset = fitting_charset(text, _JAPANESE if answer.language == "ja" else _OTHERS)
    return text_part(text, subtype, charset, "7bit" if charset in _JAPANESE[:2] else "quoted-printable")
