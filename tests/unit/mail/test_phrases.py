"""The languages that we read: every table of phrases is named where it is looked for."""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from mailflow.mail import phrases
from mailflow.mail.intent_language import _UNSPACED
from mailflow.mail.intent_match import SPACED, UNSPACED

TABLES = {
    path.stem: module
    for path in sorted(Path(phrases.__file__).parent.glob("*.py"))
    if hasattr(module := import_module(f"mailflow.mail.phrases.{path.stem}"), "PHRASES")
}


def test_each_table_is_one_of_a_language_with_spaces_or_of_one_without() -> None:
    """A file of phrases that nothing names would be read by nobody."""
    assert sorted([*SPACED, *UNSPACED]) == sorted(TABLES)


def test_a_language_without_spaces_has_no_common_words_and_is_known_by_its_script() -> None:
    assert sorted(UNSPACED) == sorted(name for name, table in TABLES.items() if not table.WORDS)
    assert sorted(UNSPACED) == sorted(name for _, name in _UNSPACED)
