"""Texts that name a day."""

from __future__ import annotations

from datetime import date

import pytest

from mailflow.domain.mentions import Mention, mentions, named_in

ON = date(2018, 4, 25)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("It starts on April 25, 2018, at nine.", "April 25, 2018"),
        ("It starts on April 25.", "April 25"),
        ("on 25 April 2018", "25 April 2018"),
        ("on the 25th of April", "25th of April"),
        ("Apr. 25 is the day", "Apr. 25"),
        ("planned_on = 2018-04-25", "2018-04-25"),
        ("until 4/25/2018", "4/25/2018"),
        ("until 25.4.2018.", "25.4.2018"),
        ("am 25. April 2018", "25. April 2018"),
        ("el 25 de abril de 2018", "25 de abril de 2018"),
        ("le 25 avril 2018", "25 avril 2018"),
        ("April\n25, 2018", "April 25, 2018"),
        ("April 25, 2019", ""),
        ("April 2, 2018", ""),
        ("April 251", ""),
        ("May 25, 2018", ""),
        ("2018-04-255", ""),
        ("125 April 2018", ""),
        ("", ""),
    ],
)
def test_a_text_names_a_day(text: str, words: str) -> None:
    assert named_in(text, ON) == words


def test_objects_are_listed_with_the_words_in_which_they_name_it() -> None:
    texts = [("mig-1", "proposal", "draft", "We meet on April 25."), ("notice-2", "notice", "sent", "Nothing.")]
    assert mentions(texts, ON) == [Mention("mig-1", "proposal", "draft", "April 25")]
