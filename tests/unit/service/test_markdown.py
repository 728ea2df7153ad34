"""A statement's Markdown, as HTML and as text."""

from __future__ import annotations

import pytest

from mailflow.service.markdown import markdown_html, markdown_text


@pytest.mark.parametrize(
    ("source", "text"),
    [
        pytest.param(
            "# Purpose\n\nTo *be* `x`.\nAnd so on", "Purpose\n\nTo be x. And so on", id="heading and paragraph"
        ),
        pytest.param("- a\n- b\n  - c", "- a\n- b\n  - c", id="tight list"),
        pytest.param("1. a\n\n   more\n2. b", "1. a\n\n   more\n\n2. b", id="loose list, numbered"),
        pytest.param("3. a\n4. b", "3. a\n4. b", id="list that starts at three"),
        pytest.param("> said\n> so\n\nend", "> said so\n\nend", id="quote"),
        pytest.param("[our notes](https://x.example/a)", "our notes (https://x.example/a)", id="link"),
        pytest.param("<https://x.example/a>", "https://x.example/a", id="bare address"),
        pytest.param("a  \nb", "a\nb", id="line break"),
        pytest.param("```\ncode\n  in\n```", "code\n  in", id="code"),
        pytest.param("a\n\n---\n\nb", "a\n\n* * *\n\nb", id="rule"),
        pytest.param("<b>x</b> {{ 7*7 }}", "<b>x</b> {{ 7*7 }}", id="R48: tags and braces are letters"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_readable_text(source: str, text: str) -> None:
    assert markdown_text(source) == text


@pytest.mark.parametrize(
    "source",
    [
        "<img src='https://x.example/p.png'>",
        "![p](https://x.example/p.png)",
        "<script>x</script>",
        "[a](javascript:x)",
        "[a](data:text/html,x)",
    ],
)
def test_no_tag_no_picture_and_no_script_of_the_writer(source: str) -> None:
    """R48, R98"""
    html = markdown_html(source)
    assert "<img" not in html
    assert "<script" not in html
    assert 'href="javascript' not in html
    assert 'href="data' not in html


def test_headings_stand_below_those_of_the_mail() -> None:
    assert markdown_html("# A\n\n###### B") == "<h3>A</h3>\n<h6>B</h6>\n"
