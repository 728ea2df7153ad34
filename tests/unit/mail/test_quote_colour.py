"""Answers inside a quote of Outlook's, in the colour of its user's replies."""

from __future__ import annotations

import pytest

from mailflow.mail.message import Message
from mailflow.mail.quote import divide
from mailflow.mail.quote_colour import reply_colour

STYLE = "<style>span.EmailStyle18 {mso-style-type:personal-reply; font-family:Calibri; color:#1F497D;}</style>"
HEAD = (
    "<div style='border:none;border-top:solid #E1E1E1 1.0pt'><p><b>From:</b> Bo &lt;bo@example.org&gt;<br>"
    "<b>Sent:</b> Monday, June 2, 2025 3:14 PM<br><b>To:</b> Ann<br><b>Subject:</b> Evening hours</p></div>"
)
BLUE = "<p><span style='color:#1F497D'>{}</span></p>"


def page(*paragraphs: str) -> str:
    return f"<html><head>{STYLE}</head><body><p>&nbsp;</p>{HEAD}{''.join(paragraphs)}</body></html>"


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        pytest.param(
            page("<p>Will you sign?</p>", BLUE.format("Yes, I sign."), "<p>Do you have a question?</p>"),
            "Yes, I sign.",
            id="between the questions",
        ),
        pytest.param(page("<p>Will you sign?</p>", BLUE.format("<b>No</b>.")), "No.", id="below, with emphasis"),
        pytest.param(page(BLUE.format("Will you sign?"), "<p>Bo</p>"), "", id="the quoted mail has the colour itself"),
        pytest.param(
            page("<p>Will you sign?</p>", HEAD, "<p>Hello</p>", BLUE.format("I sign.")), "", id="in an older mail below"
        ),
    ],
)
def test_what_stands_in_the_colour_of_replies_is_an_answer(html: str, expected: str) -> None:
    """R45: an answer typed into the quote is found, where nothing else was said."""
    assert divide(Message(html=html)).new_text == expected


def test_a_colour_says_nothing_below_an_answer() -> None:
    html = page("<p>Will you sign?</p>", BLUE.format("I sign.")).replace("<p>&nbsp;</p>", "<p>Not yet, thank you.</p>")
    assert divide(Message(html=html)).new_text == "Not yet, thank you."


@pytest.mark.parametrize(
    ("style", "colour"),
    [
        ("mso-style-type:personal-reply;color:#1F497D;}", "#1f497d"),
        ("mso-style-type:personal-reply;\n\tfont-family:Calibri;\n\tcolor: blue}", "blue"),
        ("mso-style-type:personal-reply;color:windowtext;}", ""),
        ("mso-style-type:personal;color:#1F497D;}", ""),
        ("mso-style-type:personal-reply;background-color:red;}", ""),
    ],
)
def test_the_colour_of_replies(style: str, colour: str) -> None:
    assert reply_colour(f"<style>span.x {{{style}</style>") == colour


def test_open_tags_without_end_cost_no_more_than_their_length() -> None:
    """R42: hostile markup is read in linear time."""
    html = page("<p>Will you sign?</p>", "<p color:#1F497D " * 20_000)
    assert "I sign" not in divide(Message(html=html)).new_text
