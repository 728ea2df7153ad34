"""Yahoo, Proton, and a host's own webmail that sends HTML alone."""

from __future__ import annotations

from mailflow.demo.clients.answer import Answer, as_html, escaped, quoted
from mailflow.demo.clients.languages import FOOTERS
from mailflow.demo.clients.mime import both, encoded, finish, fitting_charset, mailbox, multipart, text_part
from mailflow.demo.derive import DIGITS, HEX


def yahoo(answer: Answer) -> bytes:
    """Write an answer as Yahoo does: the attribution indented, the quote without marks."""
    attribution, original = answer.attribution("yahoo"), answer.original
    indented = "\n".join(f" {line}" for line in original.text.split("\n"))
    text = f" {answer.words}\n\n    {attribution}  \n \n{indented}\n  "
    style = f"ydp{answer.id(8, 'class', HEX)}yahoo-style-wrap"
    words = as_html(answer.words, lambda line: f'<div dir="ltr" data-setdir="false">{line}</div>')
    html = (
        f'<html><head></head><body><div class="{style}" style="font-family:Helvetica Neue, Helvetica, Arial, '
        f'sans-serif;font-size:13px;">{words}<div><br></div></div>'
        f'<div id="yahoo_quoted_{answer.id(10, "quote", DIGITS)}" '
        'class="yahoo_quoted"><div style="font-family:Helvetica, Arial, sans-serif;font-size:13px;color:#26282a;">'
        f"<div>{escaped(attribution)}</div><div><br></div><div><br></div><div>{original.html}</div></div></div>"
        "</body></html>"
    )
    numbers = answer.id(35, "numbers", DIGITS)
    fields = [
        ("Date", answer.date),
        ("From", mailbox(answer.sender.name, answer.from_address)),
        ("To", f'"{original.reply_to}" <{original.reply_to}>'),
        ("Message-ID", f"<{numbers[:9]}.{numbers[9:15]}.{numbers[-13:]}@mail.postbox.example.org>"),
        ("In-Reply-To", answer.in_reply_to),
        ("References", answer.references),
        ("Subject", encoded(answer.subject_with("Re: "))),
        ("MIME-Version", "1.0"),
    ]
    boundary = f"----=_Part_{numbers[:6]}_{numbers[6:15]}.{numbers[-13:]}"
    transfer = "base64" if answer.language == "ja" else "quoted-printable"
    parts = both(text, html, transfer, "UTF-8")
    return finish(fields, multipart("alternative", boundary, parts))


def protonmail(answer: Answer) -> bytes:
    """Write an answer as Proton does: its line below the words, everything in base64."""
    attribution, footer, original = answer.attribution("proton"), FOOTERS["proton"][answer.language], answer.original
    style = "font-family: Arial, sans-serif; font-size: 14px;"
    linked = footer.replace("Proton Mail", "[Proton Mail](https://proton.me/mail/home)")
    text = f"{answer.words}\n\n{linked}\n\n{attribution}\n\n{quoted(original.text)}\n"
    words = as_html(answer.words, lambda line: f'<div style="{style}">{line}</div>')
    html = (
        f'{words}<div class="protonmail_signature_block" style="{style}">'
        f'<div class="protonmail_signature_block-proton">{escaped(footer)}</div></div><div><br></div>'
        f'<div class="protonmail_quote">\n{escaped(attribution)}<br>\n'
        '<blockquote class="protonmail_quote" type="cite">\n'
        f"{original.html}\n</blockquote><br>\n</div>"
    )
    fields = [
        ("Date", answer.date),
        ("To", original.reply_to),
        ("From", mailbox(answer.sender.name, answer.from_address)),
        ("Subject", encoded(answer.subject_with("Re: "))),
        ("Message-ID", f"<{answer.id(40, 'id')}@{answer.domain}>"),
        ("In-Reply-To", answer.in_reply_to),
        ("References", answer.references),
        ("Feedback-ID", f"{answer.id(7, 'feedback', DIGITS)}:user:proton"),
        ("X-Pm-Message-ID", answer.id(40, "pm", HEX)),
        ("MIME-Version", "1.0"),
    ]
    parts = both(text, html, "base64")
    return finish(fields, multipart("alternative", f"b1={answer.id(40, 'boundary')}", parts))


def html_only(answer: Answer) -> bytes:
    """Write an answer that has no text part."""
    attribution = answer.attribution("roundcube")
    words = as_html(answer.words, lambda line: f"<p>{line.replace('<br>', '&nbsp;')}</p>\n")
    html = (
        "<html><body style='font-size: 10pt; font-family: Verdana,Geneva,sans-serif'>\n"
        f'{words}<p id="reply-intro">{escaped(attribution)}</p>\n<blockquote type="cite" '
        f'style="padding: 0 0.4em; border-left: #1010ff 2px solid; margin: 0">\n{answer.original.html}\n</blockquote>\n'
        "</body></html>\n"
    )
    charset = fitting_charset(html, ("iso-8859-15", "UTF-8"))
    fields = [
        ("MIME-Version", "1.0"),
        ("Date", answer.date),
        ("From", mailbox(answer.sender.name, answer.from_address, charset)),
        ("To", answer.original.reply_to),
        ("Subject", encoded(answer.subject_with("Re: "), charset)),
        # no In-Reply-To: this webmail keeps the thread in References alone
        ("References", answer.references),
        ("User-Agent", "Library Webmail/1.4"),
        ("Message-ID", f"<{answer.id(32, 'id', HEX)}@{answer.domain}>"),
    ]
    return finish(fields, text_part(html, "html", charset, "quoted-printable"))
