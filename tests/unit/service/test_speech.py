"""Words in the reader's language: catalogues, plurals, numbers, rows of names, and languages that we don't write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from mailflow.domain.phrase import LANGUAGES, say, say_n
from mailflow.errors import TemplateError
from mailflow.service import speech as speech_room
from mailflow.service.speech import in_language, language_of, speech
from mailflow.service.templates import Templates
from mailflow.service.words import day_words, deadline_words
from tests.unit.service.sample_facts import FIELDS, facts_of


@pytest.mark.parametrize(
    ("language", "n", "subject"),
    [
        ("en", 1, "1 mail waits for a decision"),
        ("en", 2, "2 mails wait for a decision"),
        ("en", 1234, "1,234 mails wait for a decision"),
        ("es", 1, "1 correo espera una decisión"),
        ("es", 2, "2 correos esperan una decisión"),
        ("es", 12345, "12.345 correos esperan una decisión"),
    ],
)
def test_a_number_is_written_and_counted_as_the_language_does(language: str, n: int, subject: str) -> None:
    tongue = speech(language)
    message = ("%(n)s mail waits for a decision", "%(n)s mails wait for a decision")
    assert tongue.plural(*message, n) % {"n": tongue.number(n)} == subject


@pytest.mark.parametrize(
    ("language", "n", "is_plural"), [("es", 0, True), ("fr", 0, False), ("fr", 1, False), ("fr", 2, True)]
)
def test_none_is_plural_in_spanish_and_singular_in_french(language: str, n: int, is_plural: bool) -> None:
    assert bool(speech(language).form(n)) is is_plural


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_template_counts_in_its_language(language: str) -> None:
    subjects = {
        n: Templates().render("owner_copy", facts_of("owner_copy") | {"language": language, "items": _items(n)})
        for n in (1, 2)
    }
    one, two = (skeleton.words(FIELDS).subject for skeleton in subjects.values())
    assert one != two.replace("2", "1")


def _items(n: int) -> list[object]:
    items = facts_of("owner_copy")["items"]
    assert isinstance(items, list)
    return items * n


@pytest.mark.parametrize(
    ("wanted", "language"),
    [
        (("es-MX",), "es"),
        (("fr_CA",), "fr"),
        (("ES",), "es"),
        (("de", "fr"), "fr"),
        (("", "es"), "es"),
        (("pt-BR", ""), "en"),
        ((), "en"),
        (("../../etc",), "en"),
    ],
)
def test_a_language_that_is_not_written_gives_way_to_the_next(wanted: tuple[str, ...], language: str) -> None:
    assert language_of(*wanted) == language


def test_an_unknown_language_says_english() -> None:
    assert speech("tlh").text("Sign by mail") == "Sign by mail"
    assert speech("es").text("no such message") == "no such message"


@pytest.mark.parametrize(
    ("language", "row"), [("en", "Ann, Bo and Cy"), ("es", "Ann, Bo y Cy"), ("fr", "Ann, Bo et Cy")]
)
def test_names_stand_in_a_row_as_the_language_has_it(language: str, row: str) -> None:
    assert speech(language).row(["Ann", "Bo", "Cy"]) == row


def test_phrases_are_said_however_deep_they_lie() -> None:
    until = deadline_words(datetime(2013, 7, 1, 5, tzinfo=UTC), "America/Chicago")
    facts = {
        "lines": [say("Feedback is taken until %(when)s.", when=until), "as written"],
        "left_out": {say("no address"): 2},
        "day": day_words(date(2018, 4, 25)),
        "count": 1234,
    }
    assert in_language(facts, "es") == {
        "lines": [
            "Se reciben opiniones hasta el domingo, 30 de junio de 2013, fin del día (hora de Chicago).",
            "as written",
        ],
        "left_out": {"sin dirección": 2},
        "day": "miércoles, 25 de abril de 2018",
        "count": 1234,
    }
    assert in_language(facts, "en") == facts
    assert in_language({"n": say_n("%(n)s that counts", "%(n)s that count", 2)}, "fr") == {"n": "2 that count"}


def test_a_broken_catalogue_is_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    broken = tmp_path / "mailflow.po"
    broken.write_text('msgid "a"\nmsgstr "b\nmsgid nothing', "utf-8")
    monkeypatch.setattr(speech_room, "catalogue_file", lambda _language: broken)
    speech.cache_clear()
    try:
        with pytest.raises(TemplateError, match=r"mailflow\.po"):
            speech("es")
    finally:
        speech.cache_clear()
