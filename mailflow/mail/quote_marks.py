"""What mail programs write above a quote: attribution lines, header blocks, dividers. Tables are in words.py."""

from __future__ import annotations

import re
from typing import NamedTuple

from mailflow.mail import words
from mailflow.mail.quote_lines import QUOTED, Line, next_line

ATTRIBUTION_LINES_MAX = 5
_ATTRIBUTION_CHARS_MAX = 600
_BLOCK_LINES_MAX = 24
_LABEL_CHARS_MAX = 40
_FORWARD_CHARS_MAX = 80

ROLE_OF_LABEL = {label: role for role, labels in words.LABELS.items() for label in labels}
_FORWARD_LINES = frozenset(words.FORWARD_LINES)
_DIVIDERS = frozenset(words.DIVIDERS)
_LETTER_VERBS = "|".join(
    re.escape(w) for w in sorted(words.WROTE, key=len, reverse=True) if re.match(r"[a-zÀ-\u06ff]", w)
)
_OTHER_VERBS = "|".join(
    re.escape(w) for w in sorted(words.WROTE, key=len, reverse=True) if not re.match(r"[a-zÀ-\u06ff]", w)
)
_VERB = re.compile(rf"(?<!\w)(?:{_LETTER_VERBS})(?!\w)|(?:{_OTHER_VERBS})")
_WORD = re.compile(r"\w+")
_VERB_WORDS = frozenset(max(_WORD.findall(w), key=len) for w in words.WROTE)  # of each verb its longest word
_ONE_WORD_VERBS = frozenset(w for w in words.WROTE if re.fullmatch(r"[a-zÀ-\u06ff]\w*", w))
_VERB_AT_END = re.compile(rf"(?:(?<!\w)(?:{_LETTER_VERBS})|(?:{_OTHER_VERBS}))[\s:：.,*>_-]{{0,8}}\Z")
_INTRO_WORDS = "|".join(re.escape(w) for w in sorted(words.INTRO, key=len, reverse=True))
_INTRO = re.compile(rf"(?:{_INTRO_WORDS})(?:[\s,]|(?<=[\u4e00-\u9fff־-])|(?=\d))")
_QUOTING = re.compile(r"(?:quoting|zitat von|citando|citát|zitiere|quoth|citerar|in message|in article)\s")
_DATE_START = re.compile(
    r"(?:\d{1,4}(?![\w@])|\d{4}年|\d{4}년|\w{1,14}[.,]{0,2}[\s,]{1,3}(?:\w{1,10}[.,]{0,2}\s)?\d{1,4}(?![\w@]))"
)
# Every branch begins with the digit before the bracket, which makes looking for it many times faster.
_DATE = re.compile(
    r"\d(?:\d?(?:[:.h]\d{2}(?!\d)|[月월時])|\d{0,3}[./-]\d{1,2}[./-]\d{1,4}|"
    r"(?:(?<=1)9|(?<=2)0)(?<!\d..)\d\d(?!\d))"
)
_TIME_OR_YEAR = re.compile(r"\d{1,2}[:.h]\d{2}(?!\d)|(?<!\d)(?:19|20)\d\d(?!\d)|\d{1,2}月")
_MAIL_AT_END = re.compile(r"\[[^\]@]{0,40}\d\][:：]\Z|@[^\s<>@]{1,100}>?[\s)\]>*]{0,4}[:：]?\s{0,2}\Z")
_VERB_THEN_TEXT = re.compile(rf"(?:(?<!\w)(?:{_LETTER_VERBS})|(?:{_OTHER_VERBS}))\s?[:：]\s")
_COLON_THEN_TEXT = re.compile(r">\s?[:：]\s{2}")
_MAIL = re.compile(r"[^\s<>@\"]@[^\s<>@]")  # the middle of one
_MID_INTRO = re.compile(r"(?<=[\s>-])(?:On|Le|Am|El|Il|Em|Op|W dniu|Dnia|Den|Dne|Vào|Pada|În|На|在)\s(?=[^\n]{0,24}\d)")
_RULE = re.compile(r"[-_=*~#—–\s.]{5,}\Z")
_DASHED = re.compile(r"[-_=*~#—–]{2,}[\s>]{0,3}([^\s-].{0,90})\Z|[-_=*~#—–]{1,}\s{1,3}([^\s-].{0,90})\Z")
_NOTES = re.compile(r"[^-].{1,80} -{2,3}\d{1,4}[./-]\d{1,2}[./-]\d{1,4} \d{1,2}:\d{2}.{0,10}-{2,3}")  # Notes' own line
_GROUPWISE = re.compile(r">>> ?\S.{3,200}\d.{0,40}(?:>>>|:)\s*\Z")
_DIGIT = re.compile(r"\d")
_FIRST_PERSON = re.compile(r"(?:i|you|we|he|she|they|ich|wir|je|nous|yo|io|eu)\s")


# A line announces nothing that has no colon and no address, and does not end like a verb or a phrase of the tables.
_TAIL = " \t\u00a0\u3000:：.,*>_|-"
_IS_LETTER = re.compile(r"[a-zÀ-\u06ff]")
_VERB_ENDS = frozenset(w[-3:] if _IS_LETTER.match(w) else w[-1] for w in words.WROTE)
_FORWARD_ENDS = frozenset(w[-3:] for w in words.FORWARD_LINES)
_DIVIDER_MARKS = frozenset("-_=*~#—–>")


def may_announce(text: str) -> bool:
    """Tell at a glance whether a divider, a header block or an attribution could stand on a line that has text."""
    if ":" in text or "@" in text or text[0] in _DIVIDER_MARKS or "：" in text or "﹕" in text:
        return True
    tail = text.rstrip(_TAIL)[-3:].lower()
    return tail in _VERB_ENDS or tail in _FORWARD_ENDS or tail[-1:] in _VERB_ENDS


def _may_end_in_verb(text: str) -> bool:
    tail = text.rstrip(_TAIL)[-3:].lower()
    return tail in _VERB_ENDS or tail[-1:] in _VERB_ENDS


def _may_be_forward_line(text: str) -> bool:
    return text.rstrip(_TAIL)[-3:].lower() in _FORWARD_ENDS


def attribution_at(lines: list[Line], end: int) -> tuple[int, int]:
    """Tell whether an attribution ends on line `end`: its first line and the column where it begins there, or (-1, 0).

    An answer may stand on the attribution's own line, before it.
    """
    last = lines[end].bare
    if not last or len(last) > _ATTRIBUTION_CHARS_MAX:
        return -1, 0
    has_colon = last[-1] in ":：﹕" or last.rstrip(" *_-").endswith((":", "：", ":>", "﹕"))
    has_verb = has_colon or (_may_end_in_verb(last) and bool(_VERB_AT_END.search(last.lower()[-60:])))
    if not has_verb and "@" not in last:
        return -1, 0
    if not has_verb:
        is_told = (
            _MAIL_AT_END.match(last, last.rfind("@")) and _is_quote_next(lines, end) and _is_dated_start(last.lower())
        )
        return (end, 0) if is_told or _goes_on_with_quote(last) else (-1, 0)
    return _grow_upwards(lines, end, has_colon, _is_quote_next(lines, end))


def _is_quote_next(lines: list[Line], at: int) -> bool:
    return _is_quoted(lines, next_line(lines, at + 1), lines[at].depth)


def _is_quoted(lines: list[Line], at: int, depth: int) -> bool:
    return at < len(lines) and (lines[at].depth > depth or lines[at].is_indented or lines[at].kind == QUOTED)


def _is_dated_start(low: str) -> bool:
    return _starts_like_one(low) and bool(_DATE.search(low))


def _goes_on_with_quote(text: str) -> bool:
    """Tell an attribution whose quote begins on the same line, as Yahoo's telephones write it."""
    if ":" not in text and "：" not in text:
        return False
    low = text.lower()
    found = _VERB_THEN_TEXT.search(low) or _COLON_THEN_TEXT.search(low)
    return found is not None and _starts_like_one(low) and bool(_MAIL.search(low[: found.start() + 2]))


def _grow_upwards(lines: list[Line], end: int, has_colon: bool, is_quote_next: bool) -> tuple[int, int]:
    """Find where the attribution begins: at most five lines up, best at a date or a word that begins one."""
    span, fallback, best = "", -1, 0
    for start in range(end, max(end - ATTRIBUTION_LINES_MAX, -1), -1):
        line = lines[start]
        if not line.text or line.depth != lines[end].depth or line.kind != lines[end].kind:
            break
        span = f"{line.bare} {span}".strip()
        if len(span) > _ATTRIBUTION_CHARS_MAX:
            break
        low = span.lower()
        is_proper = _starts_like_one(low)
        found = _found_in(low)
        if not _is_attribution(low, found, has_colon, is_quote_next, is_proper):
            continue
        told = found.has_mail * 2 + found.has_verb + found.has_date
        if is_proper and told > 1:
            return _begin_of(lines, start), 0
        if column := _mid_line(line.text):
            return start, column
        if told > best:
            fallback, best = start, told
    return fallback, 0


def _begin_of(lines: list[Line], start: int) -> int:
    """Go up over the first lines of an attribution that was wrapped after its date or before its address."""
    for _ in range(3):
        above = lines[start - 1] if start else None
        if above is None or not above.text or above.depth != lines[start].depth or above.kind:
            break
        text = above.bare
        low = text.lower()
        is_open = text.endswith((",", "<", "(")) or (len(text) < 60 and _INTRO.match(low) and _DATE.search(low))
        if len(text) > 90 or not is_open or text.endswith(("?", "!")) or not _starts_like_one(low):
            break
        start -= 1
    return start


def _mid_line(text: str) -> int:
    column = 0
    for found in _MID_INTRO.finditer(text):
        column = found.start()
    return column


def _starts_like_one(low: str) -> bool:
    low = low.lstrip("-—–*>_|\"' [(")
    found = _INTRO.match(low)
    if found and _DIGIT.search(low, found.end() - 1, found.end() + 40):
        return True
    return bool(_QUOTING.match(low) or _DATE_START.match(low))


class _Found(NamedTuple):
    """What stands in a line that may be an attribution."""

    has_date: bool
    has_mail: bool
    has_verb: bool


def _found_in(low: str) -> _Found:
    return _Found(bool(_DATE.search(low)), "@" in low and bool(_MAIL.search(low)), _has_verb(low))


def _has_verb(low: str) -> bool:
    found = _WORD.findall(low)
    if not _ONE_WORD_VERBS.isdisjoint(found):
        return True
    return (not low.isascii() or not _VERB_WORDS.isdisjoint(found)) and bool(_VERB.search(low))


def _is_attribution(low: str, found: _Found, has_colon: bool, is_quote_next: bool, is_proper: bool) -> bool:
    has_date, has_mail, has_verb = found
    if is_quote_next and len(low) <= 300:
        if has_colon and (has_verb or has_date or has_mail):
            return True
        return has_verb and (has_date or has_mail or (len(low) < 80 and low.startswith("-")))
    is_told = bool(_FIRST_PERSON.match(low))  # 'I was there on 4 March and wrote': a tale, whatever it begins like
    if has_verb and has_colon:
        return has_mail or (has_date and not is_told)
    if has_verb:
        return has_date and (has_mail or (is_proper and not is_told))
    if not has_colon or not has_mail or not _MAIL_AT_END.search(low):
        return False
    return bool(_TIME_OR_YEAR.search(low)) or bool(_QUOTING.match(low))


def is_dated(text: str) -> bool:
    """Tell whether a date or a time stands in a line."""
    return bool(_DATE.search(text))


def role_of(line: Line) -> str:
    """Say which header a line shows: from|date|to|subject|cc, or "" where it shows none."""
    text = line.text
    at = text.find(":", 0, _LABEL_CHARS_MAX + 1)
    wide = -1 if text.isascii() else text.find("：", 0, _LABEL_CHARS_MAX + 1)
    if wide >= 0 and (at < 0 or wide < at):
        at = wide
    if not 0 < at <= _LABEL_CHARS_MAX:
        return ""
    label = text[:at].strip(" \t*_|\u00a0\u3000[-").lower()
    role = ROLE_OF_LABEL.get(label, "")
    if not role and ("\u3000" in label or "  " in label or "\u00a0" in label):
        role = ROLE_OF_LABEL.get("".join(label.split()), "")
    return role


def header_block_at(lines: list[Line], start: int, *, is_after_divider: bool = False) -> int:
    """Give the line after a header block ('From: Sent: To: Subject:') that begins on line `start`, or -1."""
    first = role_of(lines[start])
    if not first or (first in ("cc", "to") and not is_after_divider):
        return -1
    roles: set[str] = set()
    end = start
    has_mail = has_date = is_addressed = False
    loose = blank = 0
    for at in range(start, min(start + _BLOCK_LINES_MAX, len(lines))):
        line = lines[at]
        if not line.text:
            blank += 1
            if blank > 1:
                break
            continue
        if line.depth != lines[start].depth:
            break
        role = role_of(line)
        if role:
            if role in roles and role not in ("cc", "date"):
                break
            roles.add(role)
            end, loose = at + 1, 0
            has_mail = has_mail or (role == "from" and "@" in line.text)
            has_date = has_date or (role == "date" and any(char.isdigit() for char in line.text))
            has_date = has_date or (is_after_divider and role == "from" and bool(_TIME_OR_YEAR.search(line.text)))
            is_addressed = is_addressed or (role == "to" and "@" in line.text)
        elif blank or loose >= 3:
            break
        else:
            loose += 1  # a value that goes on in the next line
        blank = 0
    if roles == {"from"}:  # both on one line
        return end if is_after_divider and has_mail and has_date else -1
    return end if _is_block(roles, has_mail or is_addressed, has_date, is_after_divider) else -1


def _is_block(roles: set[str], has_mail: bool, has_date: bool, is_after_divider: bool) -> bool:
    if "from" not in roles:
        return (is_after_divider and len(roles) >= 2) or ({"date", "to"} <= roles and has_date and has_mail)
    if len(roles) >= 3:
        return True
    return len(roles) == 2 and (is_after_divider or has_mail or has_date)


def divider_at(lines: list[Line], at: int) -> int:
    """Give the line after a divider ('-----Original Message-----', a rule with a header block below), or -1."""
    text = lines[at].text
    if len(text) > 120 or not text:
        return -1
    if "---" in text and _NOTES.match(text):
        return _through_block(lines, at + 1)
    if text[0] not in _DIVIDER_MARKS and (len(text) > _FORWARD_CHARS_MAX or not _may_be_forward_line(text)):
        return -1
    low = lines[at].bare.lower()
    if low.rstrip(" :：.").rstrip() in _FORWARD_LINES and len(low) > 8:
        following = next_line(lines, at + 1)
        if low.endswith((":", "：")) or (following < len(lines) and role_of(lines[following])):
            return _through_block(lines, at + 1)
    if text[0] not in _DIVIDER_MARKS:
        return -1
    if _RULE.match(text):
        following = next_line(lines, at + 1)
        if following < min(at + 4, len(lines)) and not _RULE.match(lines[following].text):
            end = header_block_at(lines, following, is_after_divider=True)
            if end > 0:
                return end
            if _looks_like_block(lines, following):
                return _through_looks(lines, following)
        return -1
    found = _DASHED.match(text)
    phrase = (found[1] or found[2]).rstrip("-_=*~#—–<> :.").strip().lower() if found else ""
    if phrase in _DIVIDERS or (phrase.endswith(tuple(words.DIVIDERS[:6])) and len(phrase) < 60):
        return _through_block(lines, at + 1)
    if found and phrase and text.rstrip().endswith(("--", "__", "==", "**")):
        following = next_line(lines, at + 1)
        if following < len(lines) and header_block_at(lines, following, is_after_divider=True) > 0:
            return _through_block(lines, at + 1)
    return -1


def _through_block(lines: list[Line], at: int) -> int:
    following = next_line(lines, at)
    if following < len(lines) and following <= at + 2:
        end = header_block_at(lines, following, is_after_divider=True)
        if end > 0:
            return end
    return at


_ANY_LABEL = re.compile(r"[\s*_|]{0,4}[^\W\d_][^:：\n]{0,30}[:：][\s*_]{0,4}\S")


def _looks_like_block(lines: list[Line], at: int) -> bool:
    """Tell a header block in a language that no table has: labels on three or more lines, an address, a year."""
    block = [line.text for line in lines[at : at + 4] if _ANY_LABEL.match(line.text)]
    text = "\n".join(block)
    return len(block) >= 3 and "@" in text and bool(_DATE.search(text))


def _through_looks(lines: list[Line], at: int) -> int:
    while at < len(lines) and _ANY_LABEL.match(lines[at].text):
        at += 1
    return at


def is_announcement(lines: list[Line], at: int) -> bool:
    """Tell whether a divider, a header block or an attribution stands on a line: another mail begins below it."""
    return header_block_at(lines, at) > 0 or divider_at(lines, at) > 0 or attribution_at(lines, at)[0] >= 0


def groupwise_at(lines: list[Line], at: int) -> bool:
    """Tell GroupWise's attribution: '>>> Name <address> date >>>'."""
    raw = lines[at].raw
    return raw.startswith(">>>") and len(raw) < 300 and bool(_GROUPWISE.match(raw)) and (raw.rstrip().endswith(">>>"))
