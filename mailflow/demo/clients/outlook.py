"""Outlook on a desk, in a browser and on a phone: a block of header lines above a quote without marks."""

from __future__ import annotations

from mailflow.demo.clients.answer import Answer, as_html, escaped
from mailflow.demo.clients.languages import FOOTERS, REPLY_PREFIX
from mailflow.demo.clients.mime import both, encoded, finish, fitting_charset, mailbox, multipart
from mailflow.demo.derive import HEX

_RULE = "_" * 32
_MOBILE_LINK = "https://aka.ms/o0ukef"
_STYLE = "<style><!--\np.MsoNormal, li.MsoNormal, div.MsoNormal\n\t{margin:0in;font-size:11.0pt;}\n--></style>"
_FONT = 'style="font-family: Aptos, Calibri, Helvetica, sans-serif; font-size: 12pt; color: rgb(0, 0, 0);"'


def outlook_desktop(answer: Answer) -> bytes:
    """Write an answer as Outlook for Windows does: Word's HTML, an old charset where one fits."""
    block = answer.header_block()
    head = "\n".join(f"{label} {value}" for label, value in block)
    text = f"{answer.words}\n\n{head}\n\n{answer.original.text}\n"
    lines = "<br>\n".join(f"<b>{escaped(label)}</b> {escaped(value)}" for label, value in block)
    words = as_html(
        answer.words, lambda line: f'<p class="MsoNormal">{line.replace("<br>", "<o:p>&nbsp;</o:p>")}</p>\n'
    )
    html = (
        '<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns="http://www.w3.org/TR/REC-html40"><head>'
        f'<meta name="Generator" content="Microsoft Word 15 (filtered medium)">\n{_STYLE}</head>\n'
        f'<body lang="EN-US" link="#0563C1" vlink="#954F72"><div class="WordSection1">\n{words}'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n<div><div style="border:none;border-top:solid #E1E1E1 1.0pt;'
        f'padding:3.0pt 0in 0in 0in"><p class="MsoNormal">{lines}<o:p></o:p></p></div></div>\n'
        f'<p class="MsoNormal"><o:p>&nbsp;</o:p></p>\n{answer.original.html}</div></body></html>\n'
    )
    charsets = ("iso-2022-jp",) if _is_japanese(answer) else ("us-ascii", "iso-8859-1", "windows-1252", "utf-8")
    extra = [("X-Mailer", "Microsoft Outlook 16.0"), ("Content-Language", "en-us"), ("Thread-Index", _thread(answer))]
    stamp = answer.id(16, "boundary", HEX).upper()
    boundary = f"----=_NextPart_000_{stamp[:4]}_01CE{stamp[4:8]}.{stamp[8:]}"
    return _finish(
        answer, text, html, charsets, extra, boundary, "7bit" if charsets == ("iso-2022-jp",) else "quoted-printable"
    )


def outlook_web(answer: Answer) -> bytes:
    """Write an answer as Outlook in a browser does."""
    return _modern(answer, "", "")


def outlook_mobile(answer: Answer) -> bytes:
    """Write an answer as Outlook on a phone does, with its line below."""
    footer = FOOTERS["outlook"][answer.language]
    html = f'<div id="ms-outlook-mobile-signature"><a href="{_MOBILE_LINK}">{escaped(footer)}</a></div>'
    return _modern(answer, f"\n{footer}<{_MOBILE_LINK}>\n", html)


def _modern(answer: Answer, footer: str, footer_html: str) -> bytes:
    block = answer.header_block()
    head = "\n".join(f"{label} {value}" for label, value in block)
    text = f"{answer.words}\n{footer}\n{_RULE}\n{head}\n\n{answer.original.text}\n"
    lines = "<br>\n".join(f"<b>{escaped(label)}</b>&nbsp;{escaped(value)}" for label, value in block)
    words = as_html(answer.words, lambda line: f'<div class="elementToProof" {_FONT}>\n{line}</div>\n')
    html = (
        '<html><head>\n<meta http-equiv="Content-Type" content="text/html; charset=utf-8">\n<style type="text/css" '
        'style="display:none;"> P {margin-top:0;margin-bottom:0;} </style>\n</head>\n'
        f'<body dir="ltr">\n{words}{footer_html}<div id="appendonsend"></div>\n'
        '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
        f'<font face="Calibri, sans-serif" style="font-size:11pt" color="#000000">{lines}</font>\n<div>&nbsp;</div>\n'
        f"</div>\n{answer.original.html}\n</body>\n</html>\n"
    )
    extra = [
        ("Thread-Topic", encoded(answer.original.bare_subject)),
        ("Thread-Index", _thread(answer)),
        ("Accept-Language", "en-US"),
        ("X-MS-Has-Attach", ""),
        ("X-MS-TNEF-Correlator", ""),
    ]
    name = answer.id(36, "exchange", HEX).upper()
    return _finish(answer, text, html, ("us-ascii", "utf-8"), extra, f"_000_{name}_", "quoted-printable")


def _finish(
    answer: Answer, text: str, html: str, charsets: tuple[str, ...], extra: list[tuple[str, str]], boundary: str,
    transfer: str,
) -> bytes:  # fmt: skip
    charset = fitting_charset(text + html, charsets)
    fields = [
        ("From", mailbox(answer.sender.name, answer.from_address, charset, quote=True)),
        ("To", f'"{answer.original.reply_to}" <{answer.original.reply_to}>'),
        ("Subject", encoded(answer.subject_with(REPLY_PREFIX[answer.language]), charset)),
        *extra,
        ("Date", answer.date),
        (
            "Message-ID",
            f"<{answer.id(28, 'id', HEX).upper()}@{answer.id(12, 'host', HEX).upper()}.prod.{answer.domain}>",
        ),
        ("References", answer.references),
        ("In-Reply-To", answer.in_reply_to),
        ("MIME-Version", "1.0"),
    ]
    return finish(fields, multipart("alternative", boundary, both(text, html, transfer, charset)))


def _is_japanese(answer: Answer) -> bool:
    """Tell whether the words go out in the old charset; what is quoted then loses what that can't hold."""
    return answer.language == "ja" and fitting_charset(answer.words, ("iso-2022-jp", "utf-8")) == "iso-2022-jp"


def _thread(answer: Answer) -> str:
    return "AQH" + answer.id(37, "thread")
