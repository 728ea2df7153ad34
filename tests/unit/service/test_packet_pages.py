"""A statement's Markdown as values for the packet's pages."""

from __future__ import annotations

from typing import Any

import pytest

from mailflow.service.packet_pages import blocks


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("Words\non two lines", [["p", ["Words", " ", "on two lines"]]]),
        ("**What** *for*", [["p", [["strong", ["What"]], " ", ["em", ["for"]]]]]),
        ("- a\n- b", [["ul", [["li", [["p", ["a"]]]], ["li", [["p", ["b"]]]]]]]),
        ("1. a", [["ol", [["li", [["p", ["a"]]]]]]]),
        ("# Title", [["h", ["Title"]]]),
        ("> said", [["quote", [["p", ["said"]]]]]),
        ("[x](https://a.example.org)", [["p", [["link", ["x"], "https://a.example.org"]]]]),
        ("`#eval`", [["p", ["#eval"]]]),
        ("    code", [["code", ["code"]]]),
        ("---", [["hr", []]]),
        ("a\\\nb", [["p", ["a", ["br", []], "b"]]]),
        ("", []),
    ],
    ids=["paragraph", "marks", "list", "numbers", "heading", "quote", "link", "code", "block", "rule", "break", "none"],
)
def test_markdown_becomes_nested_values(source: str, expected: list[Any]) -> None:
    assert blocks(source) == expected


@pytest.mark.parametrize("source", ["<script>x</script>", '#import "x": *', '$ a $ @b <c> #read("/etc/passwd")'])
def test_what_looks_like_code_stays_words(source: str) -> None:
    """R48: facts are data and never template source."""
    words: list[str] = []

    def gather(nodes: list[Any]) -> None:
        for node in nodes:
            if isinstance(node, str):
                words.append(node)
            else:
                gather(node[1])

    gather(blocks(source))
    assert "".join(words) == source
