"""HTML to lines with what mail programs say about them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from mailflow.mail.html import DEPTH_MAX, RULE, html_lines, html_text, tame

OLD = "<div>old</div>"


def marks(html: str) -> dict[str, tuple[int, str]]:
    """Give (depth, mark) of each line with text."""
    return {line.text: (line.depth, line.mark) for line in html_lines(html) if line.text and line.text != RULE}


@pytest.mark.parametrize(
    ("html", "quote"),
    [
        pytest.param(
            f'<div class="gmail_quote"><blockquote class="gmail_quote">{OLD}</blockquote></div>', (1, ""), id="Gmail"
        ),
        pytest.param(f'<blockquote type="cite">{OLD}</blockquote>', (1, ""), id="Apple Mail"),
        pytest.param(f'<blockquote cite="mid:1@example.org">{OLD}</blockquote>', (1, ""), id="Thunderbird"),
        pytest.param(
            f'<blockquote style="border-left: 2px solid #00f">{OLD}</blockquote>', (1, ""), id="a line at the left"
        ),
        pytest.param(f'<div id="divRplyFwdMsg">From: x</div>{OLD}', (0, "quoted"), id="Outlook on the web"),
        pytest.param(f'<div id="x_divRplyFwdMsg">From: x</div>{OLD}', (0, "quoted"), id="Outlook, twice"),
        pytest.param(f'<div id="appendonsend"></div><hr>{OLD}', (0, "quoted"), id="Outlook, below the editor"),
        pytest.param(
            f'<div id="mail-editor-reference-message-container">{OLD}</div>', (0, "quoted"), id="Outlook on a phone"
        ),
        pytest.param(f'<span id="OLK_SRC_BODY_SECTION">{OLD}</span>', (0, "quoted"), id="Outlook for Mac"),
        pytest.param(f'<div class="yahoo_quoted">{OLD}</div>', (0, "quoted"), id="Yahoo"),
        pytest.param(f'<div class="ydp1234yahoo_quoted">{OLD}</div>', (0, "quoted"), id="Yahoo, renamed"),
        pytest.param(f'<div class="protonmail_quote">{OLD}</div>', (0, "quoted"), id="Proton"),
        pytest.param(f'<div class="zmail_extra">{OLD}</div>', (0, "quoted"), id="Zoho"),
        pytest.param(f'<div name="quote">{OLD}</div>', (0, "quoted"), id="GMX"),
        pytest.param(
            f'<hr data-marker="__DIVIDER__"><div data-marker="__QUOTED_TEXT__">{OLD}</div>', (0, "quoted"), id="Zimbra"
        ),
        pytest.param(f'<div id="ntes-mailmaster-quote">{OLD}</div>', (0, "quoted"), id="NetEase"),
        pytest.param(f'<div class="gmail_attr">{OLD}</div>', (0, "attribution"), id="Gmail's attribution"),
        pytest.param(f'<div class="moz-cite-prefix">{OLD}</div>', (0, "attribution"), id="Thunderbird's attribution"),
        pytest.param(f'<div class="gmail_signature">{OLD}</div>', (0, "signature"), id="Gmail's signature"),
        pytest.param(f'<div id="Signature">{OLD}</div>', (0, "signature"), id="Outlook's signature"),
        pytest.param(f'<div class="moz-signature">{OLD}</div>', (0, "signature"), id="Thunderbird's signature"),
        pytest.param(
            f'<div id="ms-outlook-mobile-signature">{OLD}</div>', (0, "footer"), id="Outlook's footer on a phone"
        ),
    ],
)
def test_containers_of_known_programs(html: str, quote: tuple[int, str]) -> None:
    found = marks(f"<html><body><p>new</p>{html}</body></html>")
    assert found["new"] == (0, "")
    assert found["old"] == quote


def test_what_follows_a_quote_is_no_quote() -> None:
    found = marks("<blockquote type=cite>old<blockquote type=cite>older</blockquote></blockquote><p>answer</p>")
    assert found == {"old": (1, ""), "older": (2, ""), "answer": (0, "")}


def test_an_indented_paragraph_is_no_quote_by_itself() -> None:
    plain, indented = html_lines("a<blockquote>b</blockquote>")[0], html_lines("<blockquote>b</blockquote>")[0]
    assert (plain.depth, plain.is_indented, indented.depth, indented.is_indented) == (0, False, 0, True)
    assert marks('<blockquote style="margin:0 0 0 40px;border:none;padding:0px">b</blockquote>')["b"] == (0, "")


def test_outlooks_line_above_its_header_block_is_a_rule() -> None:
    style = "border:none;border-top:solid #E1E1E1 1.0pt;padding:3.0pt 0in 0in 0in"
    html = f'<p>new</p><div style="{style}"><p>From: x</p></div>'
    assert [line.text for line in html_lines(html) if line.text] == ["new", RULE, "From: x"]


@pytest.mark.parametrize(
    ("html", "text"),
    [
        pytest.param("<p>a</p><p>b</p>", "a\n\nb", id="paragraphs"),
        pytest.param("<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", "a\nb", id="Outlook's paragraphs"),
        pytest.param("a<br>b<div>c</div>", "a\nb\nc", id="lines"),
        pytest.param("a  \n b&nbsp;&amp; <b>c</b>", "a b\xa0& c", id="white space"),
        pytest.param("<pre>a\n  b</pre>", "a\n  b", id="preformatted"),
        pytest.param("<ul><li>a</li><li>b</li></ul>", "- a\n- b", id="list"),
        pytest.param("<table><tr><td>a</td><td>b</td></tr></table>", "a b", id="table"),
        pytest.param("<style>x</style><script>y</script><title>z</title><!-- w -->a", "a", id="what nobody sees"),
        pytest.param("a<p>b<div>c", "a\n\nb\n\nc", id="not closed"),
        pytest.param("", "", id="nothing"),
    ],
)
def test_text_of_html(html: str, text: str) -> None:
    assert html_text(html).strip() == text


@pytest.mark.parametrize(
    "tag", ["div", "blockquote type=cite", "p", "b", "ul><li", "table><tr><td", "font", "a", "li><dd"]
)
def test_deep_nesting_is_flattened_and_loses_no_text(tag: str) -> None:
    """R42: ten thousand open elements cost what three hundred cost."""
    html = f"<{tag}>" * 10_000 + "hello"
    assert "hello" in html_text(html)
    assert tame(html).count(f"<{tag.split('>', maxsplit=1)[0].split()[0]}") <= max(DEPTH_MAX, 1000) + 1


def test_end_tags_that_end_nothing_hide_no_depth() -> None:
    """R42: '<div></p>' repeated nests as deep as '<div>' repeated."""
    assert tame("<div></p>" * 5_000).count("<div") <= DEPTH_MAX


def test_tame_html_is_left_alone() -> None:
    html = "<div>" + "<p>a</p>" * 2_000 + "</div>"
    assert tame(html) == html


PIECES = st.sampled_from(
    [
        "<div>",
        "</div>",
        "<blockquote type=cite>",
        "</blockquote>",
        "<p",
        ">",
        "<!--",
        "-->",
        "<hr>",
        "<pre>",
        "&#0;",
        "a",
        "\0",
    ]
)


@given(st.lists(PIECES | st.text(max_size=5), max_size=40).map("".join))
@settings(max_examples=500, deadline=None)
def test_no_html_raises(html: str) -> None:
    """R39."""
    for line in html_lines(html):
        assert line.depth >= 0
        assert "\n" not in line.text
