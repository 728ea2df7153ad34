"""The catalogues of templates/locale: whole, and saying what the English says, with the same places and tags."""

from __future__ import annotations

import contextlib
import re
import shlex
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.frontend import CommandLineInterface
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes

from mailflow.domain.phrase import ENGLISH, LANGUAGES
from mailflow.service.speech import catalogue_file, template_folder
from mailflow.service.wording import EXTENSIONS

ROOT = Path(__file__).parents[2]
OTHERS = [language for language in LANGUAGES if language != ENGLISH]
PLACE = re.compile(r"%\((\w+)\)s")
TAG = re.compile(r"</?[a-z][^<>]*>")
TEMPLATES = sorted(
    path
    for kind in ("email", "web")
    for path in (template_folder() / kind).rglob("*")
    if path.suffix in {".txt", ".html"}
)
# what stands outside of sentences: words that the program looks for in answers, a command, the name of a hash
NO_WORDS = re.compile(r"<style>.*?</style>|<[^>]*>|&[a-z]+;|%0D|%0A|mailto:\S*", re.S)
NOT_SAID = {"SIGN", "Reference", "mailflow", "proposal", "renew", "SHA"}


def _several(strings: object) -> tuple[str, ...]:
    return tuple(strings) if isinstance(strings, list | tuple) else (str(strings or ""),)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """What `make words` finds now."""
    command = re.search(r"pybabel --quiet (extract .*) -o \S+ \.$", (ROOT / "Makefile").read_text("utf-8"), re.M)
    assert command is not None
    pot = tmp_path_factory.mktemp("words") / "found.pot"
    with contextlib.chdir(ROOT):
        CommandLineInterface().run(["pybabel", "--quiet", *shlex.split(command[1]), "-o", str(pot), "."])
    with pot.open("rb") as file:
        return read_po(file)


@cache
def catalogue(language: str) -> Catalog:
    with catalogue_file(language).open("rb") as file:
        return read_po(file, locale=language, abort_invalid=True)


def translated(language: str) -> list[Message]:
    return [message for message in catalogue(language) if message.id]


@pytest.mark.parametrize("language", OTHERS)
def test_nothing_that_people_read_lacks_its_words(language: str, found: Catalog) -> None:
    """`make words` finds a new sentence; its words are then written into the catalogue."""
    said = {_several(m.id) for m in found if m.id}
    known = {_several(m.id): m for m in translated(language)}
    assert len(said) > 700
    assert sorted(said - known.keys()) == [], "run `make words`, then translate what is new"
    assert sorted(known.keys() - said) == [], "run `make words`: nothing says this any more"
    assert [id_ for id_, m in known.items() if not all(_several(m.string)) or m.fuzzy] == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_plural_has_all_its_forms(language: str) -> None:
    plurals = [m for m in translated(language) if m.pluralizable]
    assert plurals
    assert [m.id for m in plurals if len(_several(m.string)) != catalogue(language).num_plurals] == []


@pytest.mark.parametrize("language", OTHERS)
def test_words_keep_the_places_and_tags_of_the_english(language: str) -> None:
    """A plural's form may say 'one' in words; no tag and no attribute is invented (R48)."""
    for message in translated(language):
        ids = _several(message.id)
        for n, said in enumerate(_several(message.string)):
            english = ids[min(n, len(ids) - 1)]
            missing = set(PLACE.findall(english)) ^ set(PLACE.findall(said))
            assert missing <= ({"n"} if message.pluralizable else set()), said
            assert sorted(TAG.findall(said)) == sorted(TAG.findall(english)), said
            assert "%" not in PLACE.sub("", said).replace("%%", ""), said
            assert said == said.strip() or english != english.strip(), said


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: "/".join(path.parts[-2:]))
def test_a_template_says_nothing_outside_of_what_is_translated(path: Path) -> None:
    environment = Environment(extensions=EXTENSIONS, trim_blocks=True, lstrip_blocks=True)
    tree = environment.parse(path.read_text("utf-8"))
    text = "".join(data.data for data in tree.find_all(nodes.TemplateData))
    words = re.findall(r"[^\W\d_]{2,}", NO_WORDS.sub(" ", text))
    assert set(words) <= NOT_SAID, words
