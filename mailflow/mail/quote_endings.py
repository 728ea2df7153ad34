"""What stands around the new words and is no quote: signatures, mobile footers, disclaimers, banners, list footers."""

from __future__ import annotations

import re
from functools import lru_cache

from mailflow.mail import words
from mailflow.mail.message import Mailbox
from mailflow.mail.quote_lines import BANNER, FOOTER, NEW, QUOTED, SIGNATURE, Line

_SIGNATURE_LINES_MAX = 30
_TAIL_LINES = 60
_SIGN_BLOCK_LINES_MAX = 10
_SIGN_LINE_CHARS_MAX = 90
_MOBILE_CHARS_MAX = 110
_OTHERS_CARD_LINES_MIN = 3
_NAME_PIECES_MAX = 12  # words, and what stands between them
_FOOTER_DECORATION = " \t*_-–—[]()<>\u00a0"
_DISCLAIMER_CHARS_MIN = 30
_DISCLAIMER_LINES = 12
_DISCLAIMER_DECORATION = " *_-–—[(\"'"
_SEPARATORS = frozenset({"--", "- --", "—", "––"})
_RULE = re.compile(r"[-_=*#~—━─＝]{8,}\Z|_{2,}\Z")
_SHORT_RULE = re.compile(r"[-_=*#~—]{3,}\Z")
_CONTACT = re.compile(
    r"(?:\+?\d[\d\s().-]{6,}\d)|(?:\bwww\.|https?://)|[^\s@]{1,64}@[^\s@]{1,80}\.\w|\b(?:tel|phone|fax|mobile|cell|mob|tél|tlf|"
    r"telefon|handy|ph)\b\.?\s{0,2}[:.+(]|\b[tmpf]\s?[:.]\s?\+?\d|\s\|\s|電話|电话|전화|тел",
    re.I,
)
_LINK_ONLY = re.compile(r"[<(]?(?:https?://|mailto:)[^\s>)]{0,2000}[>)]?")
_MY_DEVICE = re.compile(
    r"sent from my (?:\w{1,20} ){0,3}?(?:iphone|ipad|ipod|phone|android|galaxy|blackberry|mobile|cell|tablet|pixel|"
    r"smartphone|device|windows|nokia|samsung|huawei|htc|lg|motorola|xperia|oneplus)"
)
_WORDS = re.compile(r"\w+")
_DEVICE = re.compile(
    "|".join(re.escape(w) if not w.isascii() else rf"(?<![a-z]){re.escape(w)}(?![a-z])" for w in words.MOBILE_DEVICES)
)
_RULE_MARKS = frozenset("-_=*#~—━─＝–")


def _starts(phrases: tuple[str, ...]) -> frozenset[str]:
    """Give the first letters of phrases: most lines begin with none of them, and are done with at a glance."""
    return frozenset(phrase[:3] for phrase in phrases) | {phrase for phrase in phrases if len(phrase) < 3}


def _may_start(low: str, starts: frozenset[str]) -> bool:
    return low[:3] in starts or low[:2] in starts or low[:1] in starts


_MOBILE_STARTS = _starts(words.MOBILE)
_MOBILE_ENDS = frozenset(phrase[-2:] for phrase in words.MOBILE_ENDS)
_BANNER_STARTS = _starts(words.BANNERS)
_DISCLAIMER_STARTS = _starts(words.DISCLAIMERS)
_STRONG_IN_ASCII = tuple(word for word in words.DISCLAIMER_STRONG if word.isascii())
_LINK = re.compile(r"[<(]?(?:https?://|mailto:)[^\s>)]{0,2000}[>)]?|\[[^\]]{0,300}\]")


def is_rule(text: str) -> bool:
    """Tell a line that is drawn: '-----'."""
    return bool(_SHORT_RULE.match(text))


def has_words(text: str) -> bool:
    """Tell whether a line says anything besides links and '[pictures]'."""
    if not ("[" in text or "://" in text or "mailto:" in text):
        return text[:1].isalnum() or bool(_WORDS.search(text))
    return bool(_WORDS.search(_LINK.sub("", text)))


def mark_endings(lines: list[Line], author: Mailbox | None, *, is_blind: bool) -> None:
    """Find in the lines that are new so far what no person wrote, and mark it.

    is_blind: nothing is known of the mail that is answered.
    """
    _mark_banners(lines)
    start, has_new = 0, False
    while start < len(lines):
        if lines[start].kind != NEW:
            start += 1
            continue
        end = start
        while end < len(lines) and lines[end].kind == NEW:
            end += 1
        _mark_run(lines, start, end, author, has_new=has_new, is_blind=is_blind)
        at = start
        while not has_new and at < end:
            has_new = lines[at].kind == NEW and bool(lines[at].text)
            at += 1
        start = end


def _mark_run(
    lines: list[Line], start: int, end: int, author: Mailbox | None, *, has_new: bool, is_blind: bool
) -> None:
    """Look at one stretch of new lines, from its first to its last."""
    at, has_text = start, False
    tail = _tail_of(lines, start, end)
    is_below_answer = has_new and start > 0 and not lines[start - 1].depth
    while at < end:
        text = lines[at].text
        if text:
            is_plain = text[0] not in _RULE_MARKS and not _may_be_footer(text)
            stop, kind = (0, "") if is_plain else _ending_at(lines, at, end)
            if not stop and at >= tail and _begins_paragraph(lines, at, start):
                stop, kind = _disclaimer_end(lines, at, end, has_text, is_below_answer), FOOTER
            if stop:
                _set(lines, at, stop, kind)
                if is_blind and has_text and stop == at + 1 and kind == FOOTER:
                    _set(lines, stop, end, QUOTED)  # below its footer a device puts the quote, some without any mark
                    stop = end
                end = at if stop == end else end
                at = stop
                continue
            has_text = True
        at += 1
    _mark_sign_block(lines, start, end, author)


def _ending_at(lines: list[Line], at: int, end: int) -> tuple[int, str]:
    """Tell what begins on line `at` that no person wrote: where it ends and what it is, or (0, "")."""
    text = lines[at].text
    if text in _SEPARATORS:
        return (
            end if _count_lines(lines, at + 1, end, _SIGNATURE_LINES_MAX + 1) <= _SIGNATURE_LINES_MAX else 0
        ), SIGNATURE
    if _RULE.match(text):
        if _is_list_footer(lines, at + 1, end):
            return end, FOOTER
        return (end if _is_ruled_card(lines, at + 1, end) else 0), SIGNATURE
    if is_mobile_footer(text):
        return at + 1, FOOTER
    return 0, ""


def _set(lines: list[Line], start: int, end: int, kind: str) -> None:
    for line in lines[start:end]:
        line.kind = kind


def _tail_of(lines: list[Line], start: int, end: int) -> int:
    """Give where the last lines begin, in which a disclaimer is looked for."""
    if end - start <= _TAIL_LINES:
        return start
    count = 0
    while end > start and count < _TAIL_LINES:
        end -= 1
        count += bool(lines[end].text)
    return end


def _count_lines(lines: list[Line], at: int, end: int, at_most: int) -> int:
    """Count the lines with text, up to `at_most`: looking further would cost time for each separator."""
    count = 0
    while at < end and count < at_most:
        count += bool(lines[at].text)
        at += 1
    return count


def is_mobile_footer(text: str) -> bool:
    """Tell a line that a device or program added: 'Sent from my iPhone'."""
    return _may_be_footer(text) and _is_footer(text)


def _may_be_footer(text: str) -> bool:
    """Tell at a glance, from the first and the last letters."""
    if "://" in text or "mailto:" in text:
        return True
    bare = text.strip(_FOOTER_DECORATION)
    head = bare[:3].lower()
    if head in _MOBILE_STARTS or head[:2] in _MOBILE_STARTS or head[:1] in _MOBILE_STARTS:
        return True
    return bare.rstrip(" .。!")[-2:].lower() in _MOBILE_ENDS


def _is_footer(text: str) -> bool:
    if len(text) > _MOBILE_CHARS_MAX * 3:
        return False
    low = _LINK_ONLY.sub("", text).strip(_FOOTER_DECORATION).lower()
    if not low or len(low) > _MOBILE_CHARS_MAX:
        return False
    if low.startswith(words.MOBILE):
        return _is_plain_footer(low)
    if low.startswith("sent from ") and len(low) < 40 and _LINK_ONLY.search(text):
        return True
    return len(low) < 60 and low.rstrip(" .。!").endswith(words.MOBILE_ENDS) and bool(_DEVICE.search(low))


def _is_plain_footer(low: str) -> bool:
    """A footer is one short statement that names a device or program; a sentence that goes on was typed."""
    if _MY_DEVICE.match(low) or low.startswith(words.MOBILE_SURE):
        return True
    if len(_WORDS.findall(low)) > 12 or len(low) > 80:
        return False
    if low.startswith("sent from my "):
        return len(_WORDS.findall(low)) <= 8 and "," not in low
    return bool(_DEVICE.search(low))


def _begins_paragraph(lines: list[Line], at: int, start: int) -> bool:
    if at == start:
        return True
    above = lines[at - 1]
    return not above.text or above.kind != NEW or (above.text[0] in _RULE_MARKS and bool(_RULE.match(above.text)))


def _disclaimer_end(lines: list[Line], at: int, end: int, has_text: bool, is_below_answer: bool) -> int:
    """Give where the disclaimer that begins on line `at` ends (with the run), or 0."""
    begins = _disclaimer_begins(lines, at, end)
    if not begins and not has_text and not is_below_answer:
        return 0
    text = begins or _paragraph(lines, at, end)  # a closing above a notice is no part of it
    if len(text) < _DISCLAIMER_CHARS_MIN or not has_words(lines[at].text):
        return 0
    strong = sum(map(text.__contains__, _STRONG_IN_ASCII if text.isascii() else words.DISCLAIMER_STRONG))
    if begins:
        proofs = strong + sum(map(text.__contains__, words.DISCLAIMER_PROOF))
        is_sure = strong or proofs >= 2 if has_text or is_below_answer else strong and proofs >= 3
        return end if is_sure else 0
    return end if strong >= (1 if is_below_answer else 2) else 0


def _disclaimer_begins(lines: list[Line], at: int, end: int) -> str:
    """Give the text from a line on that begins as disclaimers do, lower case; "" where it doesn't."""
    low = lines[at].text.lstrip(_DISCLAIMER_DECORATION)[:3].lower()
    if low and not _may_start(low, _DISCLAIMER_STARTS):
        return ""
    text = " ".join([line.text for line in lines[at : min(at + _DISCLAIMER_LINES, end)]]).lower()
    return text[:1500] if text.lstrip(_DISCLAIMER_DECORATION).startswith(words.DISCLAIMERS) else ""


def _paragraph(lines: list[Line], at: int, end: int) -> str:
    texts = []
    stop = min(at + _DISCLAIMER_LINES, end)
    while at < stop and lines[at].text:
        texts.append(lines[at].text)
        at += 1
    return " ".join(texts).lower()


def _is_list_footer(lines: list[Line], at: int, end: int) -> bool:
    if not 0 < _count_lines(lines, at, end, 15) < 15:
        return False
    joined = "\n".join(line.text.lower() for line in lines[at:end] if line.text)
    if "://" not in joined and "@" not in joined and "www." not in joined and joined.endswith("?"):
        return False  # somebody asks how to unsubscribe
    return any(word in joined for word in words.LIST_FOOTERS)


def _is_ruled_card(lines: list[Line], at: int, end: int) -> bool:
    """Tell a card below a rule, as Japanese programs draw it: short lines, two of them with a number or address."""
    if not 0 < _count_lines(lines, at, end, _SIGN_BLOCK_LINES_MAX + 2) < _SIGN_BLOCK_LINES_MAX + 2:
        return False
    card = [line for line in lines[at:end] if line.text]
    return all(len(line.text) <= 60 for line in card) and sum(1 for line in card if _CONTACT.search(line.text)) >= 2


def _mark_banners(lines: list[Line]) -> None:
    """Mark the notices of the receiving side in the first lines."""
    seen = at = 0
    while at < len(lines) and seen < 8:
        line = lines[at]
        if line.text and line.kind != NEW:
            break
        if line.text:
            seen += 1
            bare = line.text.lstrip(" *_#!⚠️|>")
            if _may_start(bare[:3].lower(), _BANNER_STARTS) and (low := bare.lower()).startswith(words.BANNERS):
                at = _mark_banner(lines, at, low)
                continue
        at += 1


def _mark_banner(lines: list[Line], at: int, low: str) -> int:
    """Mark one notice, over its wrapped lines; what follows a bracketed mark on its line is left to the writer."""
    if low.startswith("[") and (close := lines[at].text.find("]") + 1) and lines[at].text[close:].strip():
        rest = lines[at].text[close:].strip()
        if not rest.lower().startswith(words.BANNERS):
            lines[at : at + 1] = [Line(lines[at].text[:close], lines[at].text[:close]), Line(rest, rest, 0, NEW)]
        lines[at].kind = BANNER
        return at + 1
    lines[at].kind = BANNER
    at += 1
    wrapped = len(low) >= 50
    for _ in range(6):
        if at >= len(lines) or not lines[at].text or lines[at].kind != NEW or not wrapped:
            break
        lines[at].kind = BANNER
        wrapped = len(lines[at].text) >= 50
        at += 1
    return at


def _mark_sign_block(lines: list[Line], start: int, end: int, author: Mailbox | None) -> None:
    """Find a signature block that nothing delimits: the author's name and what a card says, or a card with a number."""
    last = end - 1
    while last >= start and (not lines[last].text or lines[last].kind != NEW):
        last -= 1
    if last < start:
        return
    top = start
    while not lines[top].text or lines[top].kind != NEW:
        top += 1
    for first, count in _paragraphs_above(lines, start, last):
        if not _may_head_card(lines[first], author, count):
            continue
        block = [line for line in lines[first : last + 1] if has_words(line.text)]
        if any(len(line.text) > _SIGN_LINE_CHARS_MAX for line in block):
            return
        if _is_card(block, author, is_alone=first <= top):
            _set(lines, _over_pictures(lines, start, first), last + 1, SIGNATURE)
            return


def _over_pictures(lines: list[Line], start: int, first: int) -> int:
    """Go up from a card over the pictures that stand above it."""
    at = first - 1
    while at >= start and lines[at].kind == NEW and not has_words(lines[at].text):
        first = at if lines[at].text else first
        at -= 1
    return first


def _paragraphs_above(lines: list[Line], start: int, last: int) -> list[tuple[int, int]]:
    """Give where the last paragraphs of a run begin, as far up as a card may reach, the lowest first.

    With each, how many lines have text from there on.
    """
    found: list[tuple[int, int]] = []
    at, count = last, 0
    while at >= start and count <= _SIGN_BLOCK_LINES_MAX and lines[at].kind == NEW:
        if lines[at].text:
            count += 1
            if at == start or not lines[at - 1].text or lines[at - 1].kind != NEW:
                found.append((at, count))
        at -= 1
    return found


def _may_head_card(line: Line, author: Mailbox | None, count: int) -> bool:
    """Tell at a glance: a card begins with a name, maybe below a picture; another's needs three lines."""
    if _is_name_of(line.bare, author) or (count >= _OTHERS_CARD_LINES_MIN and _is_like_a_name(line.bare)):
        return True
    return not has_words(line.text)


def _is_card(block: list[Line], author: Mailbox | None, *, is_alone: bool) -> bool:
    if not 1 <= len(block) <= _SIGN_BLOCK_LINES_MAX:
        return False
    is_named = _is_name_of(block[0].bare, author)
    if len(block) == 1:
        return not is_alone and is_named and any(mark in block[0].text for mark in ["|", "·", "•"])
    if is_named:
        if is_alone and len(block) < 3:
            return False
        return not _is_said(block[1].text) and not any(_is_said(x.text) and len(x.text.split()) <= 4 for x in block[2:])
    if is_alone or len(block) < _OTHERS_CARD_LINES_MIN or not _is_like_a_name(block[0].bare):
        return False
    return sum(1 for line in block[1:] if _CONTACT.search(line.text)) >= 2


def _is_said(text: str) -> bool:
    """Tell what stands below a name and is no title: a remark in brackets, a sentence, a word that is shouted."""
    first = text.lower().split(maxsplit=1)[0].strip(",.!:;")
    if text.startswith("(") or first in words.FIRST_WORDS or text[0] in "我私不":
        return True
    return text.endswith((".", "!", "?", "。", "！", "ます", "です", "합니다")) or (
        text.isupper() and " " not in text and len(text) > 1
    )


def _is_name_of(text: str, author: Mailbox | None) -> bool:
    """Tell whether a line is the author's whole name, with at most a title or pronouns beside it."""
    if author is None or not author.name or len(text) > 80:
        return False
    name, low = _name_words(author.name), text.casefold()
    if not any(word in low for word in name):
        return False
    told = _WORDS.findall(low)
    if len(name) < 2:
        return bool(name) and told == list(name) and not name[0].isascii()
    found = sum(1 for word in name if word in told)
    return found >= max(2, len(name) - 1) and len(told) <= len(name) + 5


@lru_cache(maxsize=1024)
def _name_words(name: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in _WORDS.findall(name) if len(word) > 1 or not word.isascii())


def _is_like_a_name(text: str) -> bool:
    if text[:1].islower() or len(text.split()) > _NAME_PIECES_MAX:
        return False
    found = _WORDS.findall(text)
    if not 2 <= len(found) <= 5:
        return False
    return all(word[0].isupper() or not word[0].isascii() for word in found)


def is_furniture(line: Line) -> bool:
    """Tell a line that programs write: inside a quote it is no answer."""
    low = line.text.lower()
    return (
        is_mobile_footer(line.text)
        or low.startswith(words.BANNERS)
        or low.lstrip(" *_").startswith(words.DISCLAIMERS)
        or bool(_RULE.match(line.text))
        or not has_words(line.text)
    )
