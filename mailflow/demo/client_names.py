"""The mail programs whose replies the demo writes."""

from __future__ import annotations

from enum import StrEnum


class Client(StrEnum):
    """A mail program in one of its ways of answering."""

    GMAIL = "gmail"
    OUTLOOK_DESKTOP = "outlook desktop"
    OUTLOOK_WEB = "outlook web"
    OUTLOOK_MOBILE = "outlook mobile"
    APPLE_MAIL = "apple mail"
    IPHONE = "iphone"
    THUNDERBIRD = "thunderbird"  # the answer above the quote
    THUNDERBIRD_BOTTOM = "thunderbird bottom"
    THUNDERBIRD_INTERLEAVED = "thunderbird interleaved"
    YAHOO = "yahoo"
    PROTONMAIL = "protonmail"
    HTML_ONLY = "html only"  # a webmail that sends no text part
    SAMSUNG = "samsung"


LANGUAGES = ("en", "fr", "es", "de", "ja", "pt")
"""Languages that the programs are set to; any other is written in English."""
