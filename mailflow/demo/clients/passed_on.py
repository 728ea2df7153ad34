"""Mail that is passed on, mail that answers nothing, and what the buttons of an invitation lead to."""

from __future__ import annotations

import email
import html
import re
import urllib.error
import urllib.request
from datetime import datetime, timedelta
from email.utils import format_datetime
from zoneinfo import ZoneInfo

from mailflow.demo.cast import Person
from mailflow.demo.clients.answer import escaped
from mailflow.demo.clients.mime import both, encoded, finish, mailbox, multipart, text_part
from mailflow.demo.clients.original import read_original
from mailflow.demo.derive import HEX, token

_LINK = re.compile(r'href="(https?://[^"\s]+)"')
_BARE_LINK = re.compile(r"https?://[^\s<>\")\]]+")
SCANNER_TIMEOUT_S = 10


def forward(sender: Person, colleague: Person, sent: bytes, words: str, at: datetime) -> bytes:
    """Pass a mail on to a colleague, as Gmail does; it carries the sender's key in the links and in the reference line.

    The mail goes from member to colleague and never reaches the association; the colleague may answer it or its key.
    """
    original = read_original(sent)
    local = original.sent_at.astimezone(ZoneInfo(sender.timezone))
    block = (
        "---------- Forwarded message ---------\n"
        f"From: {original.author} <{original.from_address}>\nDate: {local:%a, %b} {local.day}, {local:%Y at %H:%M}\n"
        f"Subject: {original.subject}\nTo: {original.to_name} <{original.to_address}>\n"
    )
    text = f"{words}\n\n{block}\n\n{original.text}\n"
    markup = f'<br><br><div class="gmail_quote">{escaped(block)}<br>{original.html}</div>'
    markup = f'<div dir="ltr">{escaped(words)}{markup}</div>\n'
    fields = _fields(sender, colleague.address, f"Fwd: {original.bare_subject}", at, original.message_id)
    boundary = "0000" + token(24, "fwd", original.message_id, at, alphabet=HEX)
    return finish(fields, multipart("alternative", boundary, both(text, markup)))


def answer_by_button(sender: Person, sent: bytes, at: datetime, *, words: str = "SIGN") -> bytes:
    """Write the mail that the button 'Sign by mail' prepares: to the reply key, subject and body the one word."""
    return new_mail(sender, read_original(sent).reply_to, words, words, at)


def new_mail(sender: Person, to: str, subject: str, words: str, at: datetime, *, from_address: str = "") -> bytes:
    """Write a mail that answers nothing."""
    fields = _fields(sender, to, subject, at, "", from_address)
    return finish(fields, text_part(words + "\n", "plain", "utf-8", "quoted-printable"))


def links_in(sent: bytes) -> list[str]:
    """Give the web links of a mail, each once, in order, those of its HTML first."""
    original = read_original(sent)
    found = [html.unescape(link) for link in _LINK.findall(original.html)]
    found += [link.rstrip(".,;:") for link in _BARE_LINK.findall(original.text)]
    return list(dict.fromkeys(found))


def scan_links(sent: bytes, within: str = "") -> list[tuple[str, int]]:
    """Fetch every web link of a mail as a link scanner does; gives each with its HTTP status, 0 for no answer.

    within: only links that begin so, for a world that ends at this machine. The address in List-Unsubscribe is fetched
    too: scanners look at headers as well.
    """
    links = [*links_in(sent), *_BARE_LINK.findall(str(email.message_from_bytes(sent)["List-Unsubscribe"] or ""))]
    return [(link, _get(link)) for link in dict.fromkeys(links) if link.startswith(within)]


def _get(link: str) -> int:
    request = urllib.request.Request(link, headers={"User-Agent": "link scanner"})
    try:
        with urllib.request.urlopen(request, timeout=SCANNER_TIMEOUT_S) as response:
            return int(response.status)
    except urllib.error.HTTPError as error:
        return error.code
    except OSError:
        return 0


def _fields(
    sender: Person, to: str, subject: str, at: datetime, references: str, from_address: str = ""
) -> list[tuple[str, str]]:
    address = from_address or sender.address
    local = (at - timedelta(seconds=4)).astimezone(ZoneInfo(sender.timezone))
    fields = [
        ("MIME-Version", "1.0"),
        ("From", mailbox(sender.name, address)),
        ("Date", format_datetime(local)),
        ("Message-ID", f"<{token(30, 'new', address, to, subject, at)}@{address.rpartition('@')[2]}>"),
        ("Subject", encoded(subject)),
        ("To", to),
    ]
    return fields + ([("References", references)] if references else [])
