"""HTML to lines that know what mail programs said about them: quoted how deep, signature, attribution. No recursion."""

from __future__ import annotations

import re
from dataclasses import dataclass

from selectolax.lexbor import LexborHTMLParser, LexborNode

DEPTH_MAX = 300  # of open elements; the parser's cost grows with their number times their depth
IMPLIED_MAX = 1000  # of open elements whose end tag may be left out


@dataclass(frozen=True, slots=True)
class HtmlLine:
    """A line of text. depth counts the quotes around it; mark is "", "quoted", "attribution", "signature" or "footer".

    is_indented: it stands in a blockquote that no mail program marked; what is above it tells whether it is a quote.
    """

    text: str
    depth: int = 0
    mark: str = ""
    is_indented: bool = False


RULE = "________________________________"  # what <hr> becomes: the same as Outlook writes in plain text

_BLOCKS = frozenset(
    {
        "address", "article", "aside", "blockquote", "body", "center", "dd", "div", "dl", "dt", "fieldset", "figure",
        "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre",
        "section", "table", "tbody", "tfoot", "thead", "tr", "ul", "caption", "html",
    }
)  # fmt: skip
_SPACED = frozenset(
    {
        "p", "h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "pre", "blockquote",
    }
)  # fmt: skip
_SILENT = frozenset(
    {
        "head", "style", "script", "title", "meta", "link", "template", "noscript", "svg", "iframe", "object",
        "select", "option", "textarea",
    }
)  # fmt: skip
_IMPLIED_END = frozenset(
    {
        "p", "li", "dd", "dt", "td", "th", "tr", "tbody", "thead", "tfoot", "option",
    }
)  # fmt: skip
_VOID = frozenset(
    {
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr",
    }
)  # fmt: skip

# What ids and classes mean, after Outlook's "x_" was taken off.
_IDS = {
    "divrplyfwdmsg": "cut", "appendonsend": "cut", "mail-editor-reference-message-container": "quoted",
    "ms-outlook-mobile-signature": "footer", "olk_src_body_section": "quoted", "applemailsignature": "signature",
    "signature": "signature", "composer_signature": "footer", "ms-outlook-mobile-body-separator-line": "cut",
    "yahoo_quoted": "quoted", "isreplycontent": "quoted", "ntes-mailmaster-quote": "quoted",
    "ymail_android_signature": "footer", "ymail_ios_signature": "footer",
    "protonmail_mobile_signature_block": "footer", "reply-intro": "attribution", "zoho_signature": "signature",
    "mailcontentquote": "quoted", "spark_quote": "quoted", "oriMsgHtmlSeperator": "cut", "stopspelling": "cut",
    "lineBreakAtBeginningOfMessage": "", "hmquote": "quoted",
}  # fmt: skip
_CLASSES = {
    "gmail_attr": "attribution", "gmail_signature": "signature", "gmail_signature_prefix": "signature",
    "gmail_default_signature": "signature", "yahoo_quoted": "quoted", "moz-cite-prefix": "attribution",
    "moz-signature": "signature", "moz-forward-container": "quoted", "protonmail_signature_block": "signature",
    "protonmail_quote": "quoted", "tutanota_quote": "quoted", "zmail_extra": "quoted", "signature": "signature",
    "wm-quote": "quoted", "quoted_reply": "quoted", "mail-quote-collapse": "quoted", "outlookmessageheader": "cut",
    "hmmessage-quote": "quoted", "freshdesk_quote": "quoted", "front-blockquote": "quoted",
    "mailplugin_quote": "quoted", "replied-msg": "quoted", "mailbird-quote": "quoted",
    "bloop_original_html": "quoted", "edo-signature": "signature", "bloop_sign": "signature",
    "android_signature": "footer", "apple-signature": "signature", "qmquote": "quoted", "foxmail-quote": "quoted",
    "ntes-mailmaster-quote": "quoted", "ntes-signature": "signature",
    "hs_reply": "", "ms-outlook-mobile-reference-message": "quoted", "moz-txt-sig": "signature",
    "zd_quote": "quoted", "reply_quote": "quoted", "airmail_ext_on": "attribution", "elided-text": "quoted",
    "mimestream_quote": "quoted", "missive_quote": "quoted", "helpscout-quote": "quoted",
    "superhuman_quote": "quoted",
}  # fmt: skip
_NAMES = {"quote": "quoted", "messagereplysection": "quoted", "messagesignaturesection": "signature"}
_MARKED = {"__sig_pre__": "signature", "__sig_post__": "signature", "__quoted_text__": "quoted", "__headers__": "cut"}
_QUOTE_CLASS = ("gmail_quote", "protonmail_quote", "cite", "yahoo", "quote", "iosymail", "tutanota", "moz-", "wmquote",
                "airmail", "spark", "mimestream", "front", "ntes")  # fmt: skip
_BORDER_LEFT = re.compile(r"border-left(?:-width|-style|-color)?\s{0,3}:\s{0,3}(?!none|0|medium none|0px)", re.I)
_BORDER = re.compile(r"border(?:-width)?\s{0,3}:\s{0,3}(?:none none none|0(?:px)? 0(?:px)? 0(?:px)?) ", re.I)
_BORDER_TOP = re.compile(
    r"border-top\s{0,3}:\s{0,3}(?:solid|1(?:\.0)?p[tx]|[#\w(),. ]{1,40} solid)"
    r"|border-style\s{0,3}:\s{0,3}solid none none",
    re.I,
)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_TAG = re.compile(r"<(/?)([a-zA-Z][^\s/>]{0,40})")


def html_lines(html: str) -> list[HtmlLine]:
    """Give the lines of an HTML body, in order."""
    tree = LexborHTMLParser(tame(html))
    body = tree.body or tree.root
    return _Writer().write(body) if body is not None else []


def html_text(html: str) -> str:
    """Give HTML as plain text, what is quoted behind '>'."""
    return "\n".join("> " * line.depth + line.text for line in html_lines(html))


def tame(html: str) -> str:
    """Take out the tags that nest deeper than any letter does: the parser's cost would grow with their square."""
    if html.count("<") < DEPTH_MAX:
        return html
    taming = _Taming()
    tamed = _TAG.sub(taming.keep, html)
    return tamed if taming.has_hidden else html


class _Taming:
    """Counts open elements by name; an end tag without its start ends nothing."""

    def __init__(self) -> None:
        self.open: dict[str, int] = {}
        self.hidden: dict[str, int] = {}
        self.depth = self.implied = 0
        self.has_hidden = False

    def keep(self, found: re.Match[str]) -> str:
        """Give the beginning of a tag as it is, or harmless in its place."""
        name = found[2].lower()
        if name in _VOID:
            return found[0]
        if found[1]:
            return self._end(name, found[0])
        is_implied = name in _IMPLIED_END
        if (self.implied >= IMPLIED_MAX) if is_implied else (self.depth >= DEPTH_MAX):
            self.has_hidden = True
            self.hidden[name] = self.hidden.get(name, 0) + 1
            return "<br " if name in _BLOCKS else "<wbr "
        self.open[name] = self.open.get(name, 0) + 1
        self._count(is_implied, 1)
        return found[0]

    def _end(self, name: str, tag: str) -> str:
        if self.hidden.get(name, 0) > 0:
            self.hidden[name] -= 1
            return "<wbr "
        if self.open.get(name, 0) > 0:
            self.open[name] -= 1
            self._count(name in _IMPLIED_END, -1)
        return tag

    def _count(self, is_implied: bool, step: int) -> None:
        if is_implied:
            self.implied += step
        else:
            self.depth += step


def _meaning(node: LexborNode, tag: str) -> str:
    """Say what an element means to mail programs: quote|indent|rule|cut|quoted|attribution|signature|footer, or ""."""
    if tag == "hr":
        return "hr"
    attributes = node.attributes
    if not attributes:
        return "indent" if tag == "blockquote" else ""
    found = _named(attributes)
    if tag == "blockquote":
        return _meaning_of_blockquote(attributes, found)
    if not found and tag == "div":
        style = attributes.get("style") or ""
        if "border" in style and _BORDER_TOP.search(style):
            return "rule"
    return found


def _named(attributes: dict[str, str | None]) -> str:
    name = (attributes.get("id") or "").lower()
    while name.startswith("x_"):
        name = name[2:]
    if name and (found := _IDS.get(name) or ("quoted" if name.startswith("yiv") and "quoted" in name else "")):
        return found
    if marker := attributes.get("data-marker"):
        return _MARKED.get(marker.lower(), "")
    classes = attributes.get("class")
    if classes:
        for word in classes.lower().split()[:8]:
            while word.startswith("x_"):
                word = word[2:]
            if found := _CLASSES.get(word, ""):
                return found
            if word.startswith("ydp") and word.endswith("yahoo_quoted"):
                return "quoted"
    return _NAMES.get((attributes.get("name") or "").lower(), "")


def _meaning_of_blockquote(attributes: dict[str, str | None], found: str) -> str:
    style, classes = attributes.get("style") or "", (attributes.get("class") or "").lower()
    if (attributes.get("type") or "").lower() == "cite" or "cite" in attributes or found == "quoted":
        return "quote"
    if _BORDER_LEFT.search(style) or _BORDER.search(style):
        return "quote"
    if "border:none" in style.replace(" ", "") or "margin:0 0 0 40px" in style:
        return ""  # Gmail's way to indent
    if any(word in classes for word in _QUOTE_CLASS):
        return "quote"
    return "indent"


def _is_tight(node: LexborNode) -> bool:
    """Tell a paragraph that Outlook shows without space around it."""
    attributes = node.attributes
    if not attributes:
        return False
    name = (attributes.get("class") or "").lower()
    return (
        "msonormal" in name or "msoplaintext" in name or "margin:0" in (attributes.get("style") or "").replace(" ", "")
    )


class _Writer:
    """Walks the tree and writes lines; what an element means lasts until it ends."""

    def __init__(self) -> None:
        self.lines: list[HtmlLine] = []
        self.pieces: list[str] = []
        self.depth = 0
        self.indents = 0
        self.marks: list[str] = []
        self.pre = 0
        self.is_cut = 0

    def write(self, root: LexborNode) -> list[HtmlLine]:
        """Give the lines of everything under `root`."""
        open_nodes: list[tuple[LexborNode, str, str]] = []
        node: LexborNode | None = root
        while node is not None:
            tag = node.tag or ""
            meaning = self._enter(node, tag)
            child = None if meaning == "skip" else node.child
            if child is not None:
                open_nodes.append((node, tag, meaning))
                node = child
                continue
            self._leave(node, tag, meaning)
            following = node.next if open_nodes else None
            while following is None and open_nodes:
                node, tag, meaning = open_nodes.pop()
                self._leave(node, tag, meaning)
                following = node.next if open_nodes else None
            node = following
        self._end_line()
        return self.lines

    def _enter(self, node: LexborNode, tag: str) -> str:
        if tag == "-text":
            self._text(node.text_content or "")
            return ""
        if tag == "br":
            self._end_line(always=True)
            return ""
        if tag in _SILENT or tag.startswith("_") or tag in ("-comment", "!doctype"):
            return "skip"
        if tag in _BLOCKS:
            self._end_line()
            if tag in _SPACED and not _is_tight(node):
                self._blank()
        elif tag in ("td", "th") and self.pieces:
            self.pieces.append(" ")
        if tag == "pre":
            self.pre += 1
        if tag == "li":
            self.pieces.append("- ")
        meaning = _meaning(node, tag)
        self._begin(meaning)
        return meaning

    def _begin(self, meaning: str) -> None:
        if not meaning:
            return
        self._end_line()
        if meaning == "quote":
            self.depth += 1
        elif meaning == "indent":
            self.indents += 1
        elif meaning in ("hr", "rule"):
            if self.lines and self.lines[-1].text == RULE:
                return
            self.lines.append(HtmlLine(RULE, self.depth, self._mark(), self.indents > 0))
        elif meaning == "cut":
            if not self.depth:
                self.is_cut += 1
        else:
            self.marks.append(meaning)

    def _leave(self, node: LexborNode, tag: str, meaning: str) -> None:
        if tag == "-text" or meaning == "skip":
            return
        if meaning:
            self._end_line()
            if meaning == "quote":
                self.depth -= 1
            elif meaning == "indent":
                self.indents -= 1
            elif meaning in ("quoted", "attribution", "signature", "footer"):
                self.marks.pop()
        if tag in _BLOCKS:
            self._end_line()
            if tag == "pre":
                self.pre -= 1
            if tag in _SPACED and not _is_tight(node):
                self._blank()

    def _mark(self) -> str:
        if self.is_cut:
            return "quoted"
        return "quoted" if "quoted" in self.marks else (self.marks[-1] if self.marks else "")

    def _text(self, text: str) -> None:
        if self.pre:
            first, *rest = text.split("\n")
            self.pieces.append(first)
            for line in rest:
                self._end_line(always=True)
                self.pieces.append(line)
            return
        self.pieces.append(_SPACE.sub(" ", text))

    def _end_line(self, *, always: bool = False) -> None:
        text = "".join(self.pieces)
        self.pieces.clear()
        if not self.pre:
            text = text.strip(" ")
        if text.strip() or always:
            self.lines.append(HtmlLine(text, self.depth, self._mark(), self.indents > 0))

    def _blank(self) -> None:
        if self.lines and self.lines[-1].text:
            self.lines.append(HtmlLine("", self.depth, self._mark(), self.indents > 0))
