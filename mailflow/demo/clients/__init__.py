"""Answers as the mail programs of the world write them, and as machines do: bytes, before any mail server stamps them.

`reply` is what a person answers; see `machines` for what machines answer, `forward` for mail that is passed on, and
`mailflow.demo.mta.stamp` for what the association's mail server writes on top.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from mailflow.demo.cast import Person
from mailflow.demo.client_names import LANGUAGES, Client
from mailflow.demo.clients.answer import Answer
from mailflow.demo.clients.apple import apple_mail, iphone
from mailflow.demo.clients.gmail import gmail
from mailflow.demo.clients.original import read_original
from mailflow.demo.clients.outlook import outlook_desktop, outlook_mobile, outlook_web
from mailflow.demo.clients.samsung import samsung
from mailflow.demo.clients.thunderbird import thunderbird, thunderbird_bottom, thunderbird_interleaved
from mailflow.demo.clients.webmail import html_only, protonmail, yahoo

__all__ = ["LANGUAGES", "Client", "reply"]

ON_THE_WAY = timedelta(seconds=4)

_WRITERS: dict[Client, Callable[[Answer], bytes]] = {
    Client.GMAIL: gmail,
    Client.OUTLOOK_DESKTOP: outlook_desktop,
    Client.OUTLOOK_WEB: outlook_web,
    Client.OUTLOOK_MOBILE: outlook_mobile,
    Client.APPLE_MAIL: apple_mail,
    Client.IPHONE: iphone,
    Client.THUNDERBIRD: thunderbird,
    Client.THUNDERBIRD_BOTTOM: thunderbird_bottom,
    Client.THUNDERBIRD_INTERLEAVED: thunderbird_interleaved,
    Client.YAHOO: yahoo,
    Client.PROTONMAIL: protonmail,
    Client.HTML_ONLY: html_only,
    Client.SAMSUNG: samsung,
}


def reply(
    client: Client, sender: Person, sent: bytes, words: str, at: datetime, *, from_address: str | None = None,
    subject: str | None = None, to: str | None = None,
) -> bytes:  # fmt: skip
    """Write what a person answers to a mail, to its Reply-To, quoting it as the program does.

    at: when it arrives; it was sent four seconds before, by the sender's clock and zone. from_address: another address
    than the sender's own. subject: another than the program's. to: another receiver than Reply-To. The same arguments
    give the same bytes.
    """
    local = (at - ON_THE_WAY).astimezone(ZoneInfo(sender.timezone))
    original = read_original(sent)
    original = replace(original, reply_to=to or original.reply_to)
    answer = Answer(sender, from_address or sender.address, original, words, local, subject or "")
    return _WRITERS[client](answer)
