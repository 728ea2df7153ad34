"""Signs in subject and body that a machine wrote a mail, for those that carry no marking header."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from mailflow.mail.calendar import read_answers
from mailflow.mail.intent_match import Hit, Table, compile_table, find
from mailflow.mail.intent_text import Clause, cut, fold_words
from mailflow.mail.message import Message
from mailflow.mail.phrases.auto import AUTO
from mailflow.mail.phrases.machine import BOUNCE_STRONG, BOUNCE_SUBJECTS, BOUNCE_WORDS, SUBJECTS

WORDS_MAX = 160  # a machine says what it is at the beginning
WORDS_CHARS_MAX = 1800  # where those words end, in any language
TEXT_MAX = 3000
AUTO_BEFORE = 60  # words: what a machine says first
OTHER_SHARE_MAX = 0.5
UNSPACED = ("ja", "zh", "ko", "th")

_QUOTE = re.compile(r"\n[ \t]{0,4}>|\n-{2,}[^\n]{0,80}-{2,}[ \t]*\n|\n_{20,}[ \t]*\n")
_ADDRESS_OR_LINK = re.compile(r"<?https?://[^\s<>]{1,500}>?|(?<![\w.+\-])[\w.+\-]{1,64}@[\w.\-]{1,255}")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_STYLE = re.compile(r"<(style|script|title)\b[^>]{0,500}>[^<]{0,20000}", re.I)
_ACTION = re.compile(r"^action:[ \t]*([a-z]{1,20})", re.I | re.M)
_UNSPACED_LETTER = re.compile("[\u0e00-\u0e7f\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


@dataclass(frozen=True, slots=True)
class TextSigns:
    """What was found; each string quotes the words, "" where there is nothing.

    auto: enough to call it automatic. weak: a hint only. status_actions: the Action fields of a delivery status part.
    """

    auto: str = ""
    weak: str = ""
    bounce: str = ""
    bounce_subject: bool = False
    bounce_strong: bool = False
    receipt: str = ""
    reaction: bool = False
    calendar: bool = False
    status_actions: frozenset[str] = field(default=frozenset())


@lru_cache(maxsize=1)
def _tables() -> tuple[Table, Table]:
    """All languages in two tables: with spaces between words, and without."""
    return tuple(
        compile_table(name, _merged(unspaced), unspaced) for name, unspaced in (("auto", False), ("cjk", True))
    )  # type: ignore[return-value]


def _merged(unspaced: bool) -> dict[str, str]:
    merged: dict[str, str] = {}
    for language, phrases in AUTO.items():
        if (language in UNSPACED) == unspaced:
            for category, block in phrases.items():
                merged[category] = merged.get(category, "") + "\n" + block
    for category, block in (("strong", BOUNCE_STRONG), ("words", BOUNCE_WORDS)):
        lines = [line for line in block.splitlines() if bool(_UNSPACED_LETTER.search(line)) == unspaced]
        merged[category] = "\n".join(lines)
    return merged


@lru_cache(maxsize=1)
def _subjects() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Subject beginnings by what they say; folded."""
    return tuple((kind, _alternatives(block, r"\A")) for kind, block in SUBJECTS.items())


@lru_cache(maxsize=1)
def _bounce_subject() -> re.Pattern[str]:
    return _alternatives(BOUNCE_SUBJECTS, "")


def _alternatives(block: str, anchor: str) -> re.Pattern[str]:
    lines = [squeeze(line) for line in block.splitlines() if line.strip()]
    return re.compile(anchor + "(?:" + "|".join(re.escape(line) for line in sorted(lines, key=len, reverse=True)) + ")")


def squeeze(text: str) -> str:
    """Fold a text to words with single spaces: what subject and bounce phrases are compared with."""
    return " ".join(fold_words(text))


def own_words(message: Message) -> str:
    """The beginning of a mail's text, without a quote that follows it."""
    text = message.text or html_words(message.html)
    text = text[:TEXT_MAX]
    match = _QUOTE.search(text)
    return text[: match.start()] if match and match.start() > 20 else text


def html_words(html: str) -> str:
    """The words of an HTML body, roughly: enough for looking at them."""
    return _TAG.sub(" ", _STYLE.sub(" ", html[: TEXT_MAX * 10])) if html else ""


@dataclass(frozen=True, slots=True)
class _Look:
    """A mail's beginning, looked at once: folded words, phrases found by category, what its subject begins with."""

    words: list[str]
    hits: dict[str, list[Hit]]
    subject: str
    kinds: frozenset[str]
    opening: str  # the phrase that the subject begins with
    quote: str
    text: str

    def words_of(self, category: str) -> str:
        """The words of the first phrase of a category; a phrase without spaces is quoted by the mail's beginning."""
        hit = next(iter(self.hits.get(category, ())), None)
        if hit is None:
            return ""
        return " ".join(self.words[hit.start : hit.end]) if hit.language == "auto" else self.quote


def read_signs(message: Message) -> TextSigns:
    """Look for the marks that machines leave in subject and text."""
    look = _look(message)
    in_subject = _bounce_subject().search(look.subject)
    bounce = look.words_of("strong") or look.words_of("words") or (in_subject[0] if in_subject else "")
    receipts = look.hits.get("receipt", [])
    receipt = bool(receipts) and ("receipt" in look.kinds or _apart(receipts) > 1)
    return TextSigns(
        auto=_says_auto(look, message),
        weak=look.quote if look.hits.keys() & _TELLING else "",
        bounce=bounce,
        bounce_subject="bounce" in look.kinds or in_subject is not None,
        bounce_strong="strong" in look.hits,
        receipt=look.quote if receipt else "",
        reaction=_is_reaction(message, look.hits),
        calendar=_is_calendar(message, look.kinds),
        status_actions=frozenset(m[1].lower() for m in _ACTION.finditer(message.status_text[:64_000])),
    )


_TELLING = frozenset(("auto", "absence", "closed", "ticket", "challenge", "hold", "promise"))
_COVERING = _TELLING | {"until", "contact", "receipt"}


def _look(message: Message) -> _Look:
    subject = squeeze(message.subject[:300])
    kinds, opening = _opening(subject)
    if not kinds and (tail := _after_prefix(message.subject)):
        kinds, opening = _opening(squeeze(tail[:300]))
        kinds &= {"auto"}
    text = own_words(message)
    words = fold_words(_without_links(text[:WORDS_CHARS_MAX]))
    quote = " ".join(text.split())[:60]
    return _Look(words, _find(words[:WORDS_MAX], text), subject, kinds, opening, quote, text)


def _without_links(text: str) -> str:
    return _ADDRESS_OR_LINK.sub(" ", text) if "@" in text or "://" in text else text


def _opening(subject: str) -> tuple[frozenset[str], str]:
    matches = [(kind, m[0]) for kind, regex in _subjects() if (m := regex.match(subject)) and _ends(subject, m.end())]
    return frozenset(kind for kind, _ in matches), matches[0][1] if matches else ""


def _ends(subject: str, at: int) -> bool:
    """Whether a subject's opening ends with a word; scripts without spaces have no such end."""
    return subject[at : at + 1] in ("", " ") or (
        not subject[at - 1].isascii() and _UNSPACED_LETTER.match(subject[at - 1]) is not None
    )


def _after_prefix(subject: str) -> str:
    """What follows the first 'Re:' in a subject."""
    head, colon, tail = subject.partition(":")
    return tail.strip() if colon and len(head) <= 6 else ""


def _find(words: list[str], text: str) -> dict[str, list[Hit]]:
    clause = Clause(tuple(words), tuple(words), 0)
    spaced, unspaced = _tables()
    hits = find(clause, (spaced, unspaced) if _UNSPACED_LETTER.search(text) else (spaced,))
    by_category: dict[str, list[Hit]] = {}
    for hit in hits:
        by_category.setdefault(hit.category, []).append(hit)
    return by_category


def _says_auto(look: _Look, message: Message) -> str:
    """Weigh the signs; an absence that a person merely mentions is not enough."""
    hits, kinds = look.hits, look.kinds
    count = {category: len(found) for category, found in hits.items()}
    if "auto" in kinds and (_is_plain(look.opening) or hits.keys() & _COVERING):
        return message.subject[:60]
    if any(not _is_within(hit, hits.get("until", ())) for hit in hits.get("person", ())):
        return ""
    if "auto" in hits and hits["auto"][0].start < AUTO_BEFORE:
        return look.quote
    own = look.text.replace(_bare(message.subject), " ")  # machines quote our subject, which may ask something
    if _is_hold_or_challenge(count, kinds) or (_is_acknowledgement(count, kinds) and not _asks(own)):
        return look.quote
    early = any(hit.start < AUTO_BEFORE for hit in hits.get("absence", ()))
    backed = _apart(hits.get("absence", [])) > 1 or hits.keys() & {"until", "contact", "promise"} or _names_a_day(look)
    return look.quote if early and backed and not _asks(own) and _is_about_absence(look.text) else ""


def _names_a_day(look: _Look) -> bool:
    """A number among the first words: in a note of absence it is a date."""
    return any(word[0].isdigit() or word[-1].isdigit() for word in look.words[:AUTO_BEFORE])


def _is_within(hit: Hit, others: Iterable[Hit]) -> bool:
    """'When I am back' holds 'am back', which alone is a person's."""
    return any(o.start < hit.start and hit.end <= o.end for o in others)


def _apart(hits: list[Hit]) -> int:
    """How many hits don't overlap: two phrases for one thing are one."""
    count, end = 0, -1
    for hit in hits:
        if hit.start >= end:
            count += 1
        end = max(end, hit.end)
    return count


def _is_hold_or_challenge(count: dict[str, int], kinds: frozenset[str]) -> bool:
    if count.get("hold", 0) > 1 or count.get("challenge", 0) > 1:
        return True
    return "challenge" in count and "challenge" in kinds


def _is_acknowledgement(count: dict[str, int], kinds: frozenset[str]) -> bool:
    """A ticket system, or a mailbox that nobody reads any more."""
    if "closed" in count and count["closed"] + count.get("contact", 0) > 1:
        return True
    return "ticket" in count and (count["ticket"] + count.get("promise", 0) > 1 or "ticket" in kinds)


def _bare(subject: str) -> str:
    """What a machine quotes of a subject: all after the last mark that it put before, if that is long enough."""
    tail = subject.rpartition(": ")[2].strip()
    return tail if len(tail) > 8 else "\0"


def _asks(text: str) -> bool:
    """Whether a question is among the first sentences: notes and receipts ask nothing."""
    return any(sentence.asks for sentence in cut(_without_links(text[:800]))[:6])


def _is_plain(opening: str) -> bool:
    """Whether a subject's opening alone tells: 'out of office' does, a bare 'absence' or 'ferie' does not."""
    return " " in opening or opening.startswith(
        ("auto", "abwesenheits", "自", "자동", "부재", "不在通知", "автоот", "автові")
    )


def _is_about_absence(text: str) -> bool:
    """Whether most clauses have to do with the absence: a person says other things as well ('we are closed, so …')."""
    covered = other = 0
    for sentence in cut(_without_links(text[:1500])):
        for clause in sentence.clauses:
            words = list(clause.words)
            if _find(words, text).keys() & _COVERING:
                covered += len(words)
            elif len(words) > 3 and not _is_thanks(words, text):
                other += len(words)
    return other <= covered * OTHER_SHARE_MAX


def _is_thanks(words: list[str], text: str) -> bool:
    """'Thank you for your message': what most notes begin with says nothing either way."""
    return len(words) < 9 and "ticket" in _find(words, text)


def _is_reaction(message: Message, hits: dict[str, list[Hit]]) -> bool:
    if "text/vnd.google.email-reaction+json" in (message.content_type, *(a.content_type for a in message.attachments)):
        return True
    if message.header("x-ms-reactions") or message.header("x-reaction") or message.header("x-ms-exchange-reaction"):
        return True
    return "reaction" in hits and hits["reaction"][0].start < 12


def _is_calendar(message: Message, kinds: frozenset[str]) -> bool:
    types = (message.content_type, *(a.content_type for a in message.attachments))
    content = message.header("content-type").lower() + message.header("content-class").lower()
    if "calendarmessage" in content or "method=reply" in content.replace('"', "").replace(" ", ""):
        return True
    if message.calendar_text and read_answers(message.calendar_text):
        return True
    return ("text/calendar" in types and "calendar" in kinds) or message.content_type == "text/calendar"
