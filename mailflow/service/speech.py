"""Words in the reader's language: GNU gettext catalogues, read once, when a language is first needed.

templates/locale/<language>/LC_MESSAGES/mailflow.po; English is what templates and code say, and has no catalogue.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import c2py
from pathlib import Path
from typing import cast

from babel.lists import format_list
from babel.numbers import format_decimal

import mailflow
from mailflow.domain.phrase import ENGLISH, LANGUAGES, Sayable
from mailflow.errors import TemplateError

_ROWS = {ENGLISH: "en_GB"}  # no comma before 'and'


def template_folder() -> Path:
    """Where our templates lie: inside the package when installed, beside it in a checkout."""
    package = Path(mailflow.__file__).resolve().parent
    inside = package / "templates"
    return inside if inside.is_dir() else package.parent / "templates"


def catalogue_file(language: str) -> Path:
    """Where the words of a language lie."""
    return template_folder() / "locale" / language / "LC_MESSAGES" / "mailflow.po"


def language_of(*wanted: str) -> str:
    """Give the first of these languages that we write: 'es' for 'es-MX'; English where there is none."""
    for tag in wanted:
        base = tag.replace("_", "-").partition("-")[0].lower()
        if base in LANGUAGES:
            return base
    return ENGLISH


@dataclass(frozen=True)
class Speech:
    """One language (domain.phrase.Tongue). messages: by what English says; a plural has its forms in order."""

    language: str
    messages: Mapping[str, tuple[str, ...]]
    form: Callable[[int], int]

    def text(self, message: str) -> str:
        """Give a message in this language, English where there is none."""
        return self.messages.get(message, (message,))[0]

    def plural(self, one: str, many: str, n: int) -> str:
        """Give the form that goes with n."""
        forms = self.messages.get(one, (one, many))
        return forms[self.form(n)] if len(forms) > 1 else forms[0]

    def number(self, n: float) -> str:
        """Write a number as this language does."""
        return format_decimal(n, locale=self.language)

    def row(self, names: Sequence[str]) -> str:
        """Name several: 'A', 'A and B', 'A, B and C'."""
        return format_list(list(names), locale=_ROWS.get(self.language, self.language)) if names else ""


@lru_cache(maxsize=8)
def speech(language: str) -> Speech:
    """Give a language's words, English for one that we don't write. Raises TemplateError for a broken catalogue."""
    if language == ENGLISH or language not in LANGUAGES:
        return Speech(ENGLISH, {}, lambda n: int(n != 1))
    from babel.messages.pofile import PoFileError, read_po  # for whoever reads another language

    path = catalogue_file(language)
    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=language, abort_invalid=True)
    except (OSError, PoFileError, ValueError) as error:
        raise TemplateError(f"{path}: {error}") from None
    messages: dict[str, tuple[str, ...]] = {}
    for message in catalogue:
        names, forms = _several(message.id), _several(message.string)
        if names[0] and all(forms) and not message.fuzzy:
            messages[names[0]] = forms
    return Speech(language, messages, c2py(catalogue.plural_expr))


def _several(strings: object) -> tuple[str, ...]:
    """A message of a catalogue is one string, or several where it has a plural."""
    return tuple(strings) if isinstance(strings, list | tuple) else (str(strings or ""),)


def in_language(facts: Mapping[str, object], language: str) -> dict[str, object]:
    """Say every phrase among the facts in a language, however deep it lies; the rest stays as it is."""
    return cast(dict[str, object], _said(facts, speech(language)))


def _said(value: object, tongue: Speech) -> object:
    if isinstance(value, Sayable):
        return value.said_in(tongue)
    if isinstance(value, Mapping):
        return {_said(name, tongue): _said(each, tongue) for name, each in value.items()}
    if isinstance(value, list | tuple):
        return [_said(each, tongue) for each in value]
    return value
