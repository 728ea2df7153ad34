"""The replies of tests/corpus/replies: one for each client, language and mishap, with what its writer newly wrote."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from mailflow.mail.message import SentText
from mailflow.mail.parse import parse
from mailflow.mail.quote import divide

CORPUS = Path(__file__).parents[2] / "corpus" / "replies"
NAMES = sorted(path.stem for path in CORPUS.glob("*.eml"))


def test_the_corpus_is_there() -> None:
    assert len(NAMES) >= 100


@pytest.mark.parametrize("name", NAMES)
def test_what_was_newly_written_is_found(name: str) -> None:
    """R45: only new text counts, above, below and inside the quote, in every client and language."""
    expected = json.loads((CORPUS / f"{name}.json").read_text(encoding="utf-8"))
    sent = None
    if "sent" in expected:
        sent = SentText(text=(CORPUS / expected["sent"]).read_text(encoding="utf-8"))
    message = parse((CORPUS / f"{name}.eml").read_bytes())
    got = divide(message, sent).new_text
    assert " ".join(got.split()) == " ".join(expected["new_text"].split())
    assert message.from_ is not None
    assert not message.over
