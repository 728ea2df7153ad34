"""Divides a reply into what was newly written and everything else.

Three views are made one: the lines of the text (quote marks, attribution lines, header blocks, dividers), the
structure of the HTML, and what we sent, where it is known. Nothing is thrown away, and nothing here takes more than
linear time (R42).
"""

from __future__ import annotations

from itertools import pairwise

from mailflow.mail.message import Division, Mailbox, Message, Segment, SentText
from mailflow.mail.quote_colour import answers_in, coloured_lines, reply_colour
from mailflow.mail.quote_endings import has_words, is_rule, mark_endings
from mailflow.mail.quote_lines import (
    ATTRIBUTION,
    NEW,
    QUOTED,
    Line,
    lines_of_html,
    lines_of_text,
    next_line,
)
from mailflow.mail.quote_marks import attribution_at, divider_at, groupwise_at, header_block_at, may_announce
from mailflow.mail.quote_sent import apply_match, match

_HTML_HINTS = ("blockquote", "gmail_quote", "divrplyfwdmsg", "appendonsend", "yahoo_quoted", "border-top", "moz-cite",
               "moz-forward", "zmail_extra", "mail-editor-reference", "olk_src", "isreplycontent", "_quote",
               "ntes-", "<hr", "__quoted_text__")  # fmt: skip


def divide(message: Message, sent: SentText | None = None) -> Division:
    """Divide a mail; with `sent`, the mail that it answers, also where the answerer's program left no marks."""
    author = message.from_
    lines: list[Line] = []
    if message.text and not message.text.isspace():
        # what we sent is compared word by word; blindly, the inside of a marked quote says nothing
        lines = lines_of_text(message.text, joins_quotes=sent is None)
        lines = _divided(lines, author, sent, message.html)
    if message.html and _needs_html(message, lines):
        by_html = _divided(lines_of_html(message.html), author, sent)
        if not lines or _has_new(by_html) or not _has_new(lines):
            lines = by_html + _only_in_text(lines, by_html)
    if sent is None and message.html and not _has_new(lines) and (colour := reply_colour(message.html)):
        lines = _with_coloured_answers(message.html, colour, author) or lines
    return Division(tuple(_segments(lines)))


def _with_coloured_answers(html: str, colour: str, author: Mailbox | None) -> list[Line]:
    """Divide once more a mail that says nothing but in its writer's colour; [] where that doesn't help."""
    lines, coloured = coloured_lines(html, colour)
    lines = _divided(lines, author, None)
    answers = answers_in(lines, coloured)
    for line in answers:
        line.kind = NEW
    return lines if answers else []


def _needs_html(message: Message, lines: list[Line]) -> bool:
    """The text is enough where it shows a quote and something new."""
    kinds = {line.kind for line in lines if line.text}
    if NEW not in kinds:
        return True
    if QUOTED in kinds or ATTRIBUTION in kinds:
        return False
    low = message.html.lower()
    return any(hint in low for hint in _HTML_HINTS)


def _has_new(lines: list[Line]) -> bool:
    return any(line.kind == NEW and line.text for line in lines)


def _only_in_text(lines: list[Line], by_html: list[Line]) -> list[Line]:
    """Give the new lines of the text that the HTML does not have: a mail may have both, one after the other."""
    known = "".join("".join(line.text.split()) for line in by_html).casefold()
    return [
        line for line in lines if line.kind == NEW and line.text and "".join(line.text.split()).casefold() not in known
    ]


def _divided(lines: list[Line], author: Mailbox | None, sent: SentText | None, html: str = "") -> list[Line]:
    _mark_quotes(lines)
    _mend_wrapped(lines)
    copied: list[Line] = []
    if sent is not None and (sent.text or sent.html):
        copied = apply_match(lines, match(lines, sent))
    mark_endings(lines, author, is_blind=sent is None)
    for line in copied:
        line.kind = QUOTED if line.kind == NEW else line.kind
    if html and _has_lost_marks(lines):
        _mend_by_html(lines, html)
    return lines


def _mark_quotes(lines: list[Line]) -> None:
    """Find the quotes by their marks and by what stands above them."""
    at = 0
    while at < len(lines):
        line = lines[at]
        if line.depth > 2 and groupwise_at(lines, at):
            _cut(lines, at, at + 1)
            return
        if not line.kind and line.depth:
            line.kind = QUOTED
        elif not line.kind and line.text and may_announce(line.text):
            start, end = _announcement_at(lines, at)
            if start >= 0:
                if _begins_quote(lines, start, end):
                    return
                at = end
                continue
        at += 1
    has_indented = False
    for line in lines:
        if not line.kind:
            line.kind = NEW
            has_indented = has_indented or line.is_indented
    if has_indented:
        _mark_last_indented(lines)


def _announcement_at(lines: list[Line], at: int) -> tuple[int, int]:
    """Give where the divider, header block or attribution begins and ends that line `at` shows, or (-1, -1)."""
    end = divider_at(lines, at)
    if end < 0:
        end = header_block_at(lines, at)
    if end > 0:
        return at, end
    start, column = attribution_at(lines, at)
    if start >= 0 and column:
        _split(lines, start, column)
        return start + 1, at + 2
    return start, at + 1 if start >= 0 else -1


def _mark_last_indented(lines: list[Line]) -> None:
    """A blockquote at the end of the HTML is a quote below an answer, though nothing announces it."""
    if any(line.kind in (QUOTED, ATTRIBUTION) for line in lines):
        return
    last = len(lines) - 1
    while last >= 0 and not (lines[last].is_indented and lines[last].text):
        last -= 1
    first = last
    while first >= 0 and (lines[first].is_indented or not lines[first].text):
        first -= 1
    if first >= 0:
        for line in lines[first + 1 : last + 1]:
            line.kind = QUOTED


def _split(lines: list[Line], at: int, column: int) -> None:
    """Make two lines of one: an answer, and the attribution behind it."""
    text = lines[at].text
    lines[at : at + 1] = [
        Line(text[:column].rstrip(" -–—"), text[:column].strip(" -–—")),
        Line(text[column:], text[column:].strip()),
    ]


def _begins_quote(lines: list[Line], start: int, end: int) -> bool:
    """Mark an attribution or block; True where everything below it is quoted, for nothing marks the quote's lines."""
    following = next_line(lines, end)
    if following < len(lines) and (
        lines[following].depth or lines[following].is_indented or lines[following].kind == QUOTED
    ):
        for line in lines[_over_rules(lines, start) : end]:
            line.kind = ATTRIBUTION
        at = following
        while at < len(lines) and lines[at].is_indented:  # a blockquote that only its attribution makes a quote
            lines[at].kind = QUOTED
            at += 1
        return False
    _cut(lines, start, end)
    return True


def _cut(lines: list[Line], start: int, end: int) -> None:
    start = _over_rules(lines, start)
    for line in lines[:start]:
        line.kind = line.kind or NEW
    for line in lines[start:end]:
        line.kind = ATTRIBUTION
    for line in lines[end:]:
        line.kind = QUOTED


def _over_rules(lines: list[Line], start: int) -> int:
    """Go up over a rule ('----') that stands right above what begins a quote."""
    above = start - 1
    while above >= 0 and above >= start - 3 and not lines[above].text:
        above -= 1
    if above >= 0 and not lines[above].kind and is_rule(lines[above].text):
        return above
    return start


def _mend_wrapped(lines: list[Line]) -> None:
    """Give back to the quote the ends of its lines that a program wrapped without marking them."""
    seen = 0  # a program that wraps one line wraps others
    for at in range(1, len(lines) - 1):
        line, above = lines[at], lines[at - 1]
        if line.kind != NEW or not line.text or above.kind != QUOTED or not above.depth:
            continue
        below = lines[at + 1]
        is_between = below.kind == QUOTED and below.depth > 0
        if is_between and not has_words(line.text):
            line.kind = QUOTED
        elif len(above.raw) >= 60 and len(line.text) < len(above.raw) and _continues(above.text, line.text):
            if is_between:
                seen += 1
            elif below.text or not seen:
                continue
            line.kind = QUOTED


def _continues(above: str, text: str) -> bool:
    return above[-1:] not in ".?!:;" and not text[0].isupper()


def _has_lost_marks(lines: list[Line]) -> bool:
    """Tell whether a new line runs into a marked one, which nobody types, where something new stands below a quote."""
    is_below = is_interleaved = runs_into = False
    for above, line in pairwise(lines):
        if line.kind == NEW:
            is_interleaved = is_interleaved or (is_below and bool(line.text))
        elif line.depth and line.kind == QUOTED:
            is_below = True
            runs_into = runs_into or (above.kind == NEW and bool(above.text) and bool(line.text))
    return is_interleaved and runs_into


def _mend_by_html(lines: list[Line], html: str) -> None:
    """Mark as quoted what the HTML shows as quoted: programs that make text of it forget marks."""
    by_html = lines_of_html(html)
    quoted = [line.text for line in by_html if line.depth or line.kind == QUOTED]
    written = [line.text for line in by_html if not line.depth and line.kind != QUOTED]
    if not any(quoted):
        return
    in_quoted = match(lines, SentText("\n".join(quoted)))
    in_written = match(lines, SentText("\n".join(written)))
    for at, line in enumerate(lines):
        if line.kind == NEW and in_quoted.is_ours(at) and in_quoted.counts[at][1] >= 4 and in_written.is_foreign(at):
            line.kind = QUOTED


def _segments(lines: list[Line]) -> list[Segment]:
    """Join neighbours of one kind; a blank line belongs to what is above it."""
    segments: list[Segment] = []
    texts: list[str] = []
    kind = ""
    for line in lines:
        if line.kind != kind and (line.text or not kind):
            if texts:
                segments.append(Segment(kind, "\n".join(texts)))
                texts = []
            kind = line.kind
        texts.append(line.text if kind == NEW and line.depth else line.raw.rstrip())
    if texts:
        segments.append(Segment(kind, "\n".join(texts)))
    return segments
