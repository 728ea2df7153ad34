"""What mail programs write around an answer, in the language they are set to.

In braces: `name`, `address`, `zone` (the abbreviation of the time zone), else a date pattern of the Unicode CLDR.
"""

from __future__ import annotations

import re
from datetime import datetime

from babel.dates import format_datetime

from mailflow.demo.clients.original import Original

ATTRIBUTIONS: dict[str, dict[str, str]] = {
    "gmail": {
        "en": "On {EEE, MMM d, y} at {h:mm\u202fa} {name} <{address}> wrote:",
        "fr": "Le {EEE d MMM y} à {HH:mm}, {name} <{address}> a écrit :",
        "es": "El {EEE, d MMM y} a las {H:mm}, {name} (<{address}>) escribió:",
        "de": "Am {EEE, d. MMM y} um {HH:mm} Uhr schrieb {name} <{address}>:",
        "ja": "{y年M月d日(EEE) H:mm} {name} <{address}>:",
        "pt": "Em {EEE, d 'de' MMM 'de' y} às {HH:mm}, {name} <{address}> escreveu:",
    },
    "apple": {
        "en": "On {MMM d, y}, at {h:mm a}, {name} <{address}> wrote:",
        "fr": "Le {d MMM y} à {HH:mm}, {name} <{address}> a écrit :",
        "es": "El {d MMM y}, a las {H:mm}, {name} <{address}> escribió:",
        "de": "Am {dd.MM.y} um {HH:mm} schrieb {name} <{address}>:",
        "ja": "{y/MM/dd H:mm}、{name} <{address}>のメール:",
        "pt": "Em {d 'de' MMM 'de' y}, à(s) {HH:mm}, {name} <{address}> escreveu:",
    },
    "thunderbird": {
        "en": "On {M/d/y} {h:mm a}, {name} wrote:",
        "fr": "Le {dd/MM/y} à {HH:mm}, {name} a écrit :",
        "es": "El {dd/MM/y} a las {H:mm}, {name} escribió:",
        "de": "Am {dd.MM.y} um {HH:mm} schrieb {name}:",
        "ja": "On {y/MM/dd} {H:mm}, {name} wrote:",
        "pt": "Em {dd/MM/y} {HH:mm}, {name} escreveu:",
    },
    "yahoo": {
        "en": "On {EEEE, MMMM d, y} at {hh:mm:ss a} {zone}, {name} <{address}> wrote:",
        "fr": "Le {EEEE d MMMM y} à {HH:mm:ss} {zone}, {name} <{address}> a écrit :",
        "es": "El {EEEE, d 'de' MMMM 'de' y}, {HH:mm:ss} {zone}, {name} <{address}> escribió:",
        "de": "Am {EEEE, d. MMMM y} um {HH:mm:ss} {zone} hat {name} <{address}> Folgendes geschrieben:",
        "ja": "{y年M月d日EEEE H:mm:ss} {zone}、{name} <{address}>のメール:",
        "pt": "Em {EEEE, d 'de' MMMM 'de' y} {HH:mm:ss} {zone}, {name} <{address}> escreveu:",
    },
    "proton": {
        "en": "On {EEEE, MMMM d, y} at {h:mm a}, {name} <{address}> wrote:",
        "fr": "Le {EEEE d MMMM y} à {HH:mm}, {name} <{address}> a écrit :",
        "es": "El {EEEE, d 'de' MMMM 'de' y} a las {H:mm}, {name} <{address}> escribió:",
        "de": "{name} <{address}> schrieb am {EEEE, d. MMMM y} um {HH:mm}:",
        "ja": "{y年M月d日 EEEE H:mm}、{name} <{address}> さんは書きました:",
        "pt": "Em {EEEE, d 'de' MMMM 'de' y} às {HH:mm}, {name} <{address}> escreveu:",
    },
    "roundcube": {
        "en": "On {y-MM-dd HH:mm}, {name} wrote:",
        "fr": "Le {y-MM-dd HH:mm}, {name} a écrit :",
        "es": "El {y-MM-dd HH:mm}, {name} escribió:",
        "de": "Am {y-MM-dd HH:mm}, schrieb {name}:",
        "ja": "{y-MM-dd HH:mm} に {name} さんは書きました:",
        "pt": "Em {y-MM-dd HH:mm}, {name} escreveu:",
    },
}

# From, Sent, To, Subject as Outlook writes them above what it quotes, and its form of the date
HEADER_BLOCKS: dict[str, tuple[str, str, str, str, str]] = {
    "en": ("From:", "Sent:", "To:", "Subject:", "{EEEE, MMMM d, y h:mm a}"),
    "fr": ("De :", "Envoyé :", "À :", "Objet :", "{EEEE d MMMM y HH:mm}"),
    "es": ("De:", "Enviado:", "Para:", "Asunto:", "{EEEE, d 'de' MMMM 'de' y H:mm}"),
    "de": ("Von:", "Gesendet:", "An:", "Betreff:", "{EEEE, d. MMMM y HH:mm}"),
    "ja": ("差出人:", "送信日時:", "宛先:", "件名:", "{y年M月d日 EEEE H:mm}"),
    "pt": ("De:", "Enviado:", "Para:", "Assunto:", "{EEEE, d 'de' MMMM 'de' y HH:mm}"),
}

# what programs put under an answer, and the line that some of them put above what they quote
FOOTERS: dict[str, dict[str, str]] = {
    "iphone": {
        "en": "Sent from my iPhone", "fr": "Envoyé de mon iPhone", "es": "Enviado desde mi iPhone",
        "de": "Von meinem iPhone gesendet", "ja": "iPhoneから送信", "pt": "Enviado do meu iPhone",
    },
    "outlook": {
        "en": "Get Outlook for iOS", "fr": "Obtenir Outlook pour iOS", "es": "Obtener Outlook para iOS",
        "de": "Outlook für iOS beziehen", "ja": "Outlook for iOS を入手", "pt": "Obter o Outlook para iOS",
    },
    "samsung": {
        "en": "Sent from my Galaxy", "fr": "Envoyé depuis mon appareil Galaxy", "es": "Enviado desde mi Galaxy",
        "de": "Von meinem Galaxy gesendet", "ja": "Galaxyから送信", "pt": "Enviado do meu Galaxy",
    },
    "proton": {
        "en": "Sent with Proton Mail secure email.", "fr": "Envoyé avec la messagerie sécurisée Proton Mail.",
        "es": "Enviado con el correo electrónico seguro de Proton Mail.",
        "de": "Gesendet mit Proton Mail sicherer E-Mail.", "ja": "Sent with Proton Mail secure email.",
        "pt": "Enviado com o e-mail seguro Proton Mail.",
    },
}  # fmt: skip
ORIGINAL_MESSAGE = {
    "en": "-------- Original message --------", "fr": "-------- Message d'origine --------",
    "es": "-------- Mensaje original --------", "de": "-------- Ursprüngliche Nachricht --------",
    "ja": "-------- 元のメッセージ --------", "pt": "-------- Mensagem original --------",
}  # fmt: skip
# prefixes of Outlook; the other programs write Re: and Fwd: everywhere
REPLY_PREFIX = {"en": "RE: ", "fr": "RE: ", "es": "RE: ", "de": "AW: ", "ja": "RE: ", "pt": "RES: "}

_SLOT = re.compile(r"\{([^{}]*)\}")


def fill(template: str, language: str, original: Original, sent_at: datetime) -> str:
    """Fill a template of this page for a mail; sent_at is in the reader's zone."""
    known = {"name": original.author, "address": original.from_address, "zone": sent_at.tzname() or "UTC"}

    def value(slot: re.Match[str]) -> str:
        return known[slot[1]] if slot[1] in known else str(format_datetime(sent_at, slot[1], locale=language))

    return _SLOT.sub(value, template)
