"""A statement's Markdown as HTML and as readable text. What a person wrote makes no tags and fetches nothing."""

from __future__ import annotations

from collections.abc import Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

# No raw HTML (R48); no pictures: a mail that loads nothing tells nobody that it was read (R98).
_PARSER = MarkdownIt("commonmark", {"html": False}).disable("image")
_HEADING_SHIFT = 2  # the mail has its own h1 and h2


def markdown_html(source: str) -> str:
    """Give Markdown as HTML."""
    tokens = _PARSER.parse(source)
    for token in tokens:
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(6, int(token.tag[1]) + _HEADING_SHIFT)}"
    return str(_PARSER.renderer.render(tokens, _PARSER.options, {}))


def markdown_text(source: str) -> str:
    """Give Markdown as text: marks gone, lists and quotes kept, links as 'words (address)'."""
    writer = _TextWriter()
    for token in _PARSER.parse(source):
        writer.take(token)
    return writer.text


class _TextWriter:
    """Blocks of text with the margins of the lists and quotes that they stand in."""

    def __init__(self) -> None:
        self.text = ""
        self._margins: list[str] = []  # one for each open list item or quote
        self._numbers: list[int | None] = []  # the next number of each open list; None: a bullet
        self._bullet = ""  # of the item that has just begun
        self._is_tight = False
        self._was_tight = False

    def take(self, token: Token) -> None:
        """Go on by one token."""
        kind = token.type
        if kind in ("bullet_list_open", "ordered_list_open"):
            self._numbers.append(int(token.attrGet("start") or 1) if kind.startswith("ordered") else None)
        elif kind in ("bullet_list_close", "ordered_list_close"):
            self._numbers.pop()
        elif kind == "list_item_open":
            self._bullet = self._next_bullet()
            self._margins.append(" " * len(self._bullet))
        elif kind == "blockquote_open":
            self._margins.append("> ")
        elif kind in ("list_item_close", "blockquote_close"):
            self._margins.pop()
        elif kind == "paragraph_open":
            self._is_tight = token.hidden
        elif kind == "hr":
            self._block("* * *")
        elif kind in ("inline", "fence", "code_block"):
            self._block(_words(token))

    def _next_bullet(self) -> str:
        number = self._numbers[-1]
        if number is None:
            return "- "
        self._numbers[-1] = number + 1
        return f"{number}. "

    def _block(self, words: str) -> None:
        hanging = "".join(self._margins)
        first = hanging
        if self._bullet and self._margins:
            first = "".join(self._margins[:-1]) + self._bullet
        gap = "\n" if self._is_tight and self._was_tight else "\n\n"
        self.text += (gap if self.text else "") + first + words.replace("\n", "\n" + hanging)
        self._bullet, self._was_tight, self._is_tight = "", self._is_tight, False


def _words(token: Token) -> str:
    return _inline(token.children) if token.children is not None else token.content.rstrip("\n")


def _inline(children: Sequence[Token]) -> str:
    out: list[str] = []
    for token in children:
        if token.type in ("softbreak", "hardbreak"):
            out.append(" " if token.type == "softbreak" else "\n")
        elif token.type == "link_open":
            out.append("\0")  # where the words of the link begin
            out.append(str(token.attrGet("href") or ""))
        elif token.type == "link_close":
            start = len(out) - 1 - out[::-1].index("\0")
            address, words = out[start + 1], "".join(out[start + 2 :])
            out[start:] = [words if words == address else f"{words} ({address})"]
        else:
            out.append(token.content)
    return "".join(out)
