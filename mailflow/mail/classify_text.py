"""Signs in subject and body that a machine wrote a mail, for those that carry no marking header."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import lru_cache

from mailflow.mail.intent_match import Hit, Table, compile_table, find
from mailflow.mail.intent_text import Clause, fold_text, fold_words
from mailflow.mail.message import Message
from mailflow.mail.phrases.auto import AUTO
from mailflow.mail.phrases.machine import BOUNCE_STRONG, BOUNCE_SUBJECTS, BOUNCE_WORDS, SUBJECTS

WORDS_MAX = 160  # a machine says what it is at the beginning
TEXT_MAX = 3000
UNSPACED = ("ja", "zh", "ko")

_QUOTE = re.compile(r"\n[ \t]{0,4}>|\n-{2,}[^\n]{0,80}-{2,}[ \t]*\n|\n_{20,}[ \t]*\n")
_TAG = re.compile(r"<[^<>]{0,2000}>")
_STYLE = re.compile(r"<(style|script|title)\b[^>]{0,500}>[^<]{0,20000}", re.I)
_ACTION = re.compile(r"^action:[ \t]*([a-z]{1,20})", re.I | re.M)
_UNSPACED_LETTER = re.compile("[\u1100-\u11ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


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
    return merged


@lru_cache(maxsize=1)
def _subjects() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """Subject beginnings by what they say; folded."""
    return tuple((kind, _alternatives(block, r"\A")) for kind, block in SUBJECTS.items())


@lru_cache(maxsize=1)
def _bounce_patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    return _alternatives(BOUNCE_STRONG, ""), _alternatives(BOUNCE_WORDS, ""), _alternatives(BOUNCE_SUBJECTS, "")


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


def read_signs(message: Message) -> TextSigns:
    """Look for the marks that machines leave in subject and text."""
    subject = squeeze(message.subject[:300])
    kinds = {
        kind
        for kind, regex in _subjects()
        if (m := regex.match(subject)) and subject[m.end() : m.end() + 1] in ("", " ")
    }
    if kinds == set() and (tail := _after_prefix(message.subject)):
        kinds = {kind for kind, regex in _subjects() if kind == "auto" and regex.match(squeeze(tail))}
    text = own_words(message)
    hits = _find(text)
    quote = " ".join(text.split())[:60]
    return TextSigns(
        auto=_says_auto(kinds, hits, message, quote),
        weak=quote if hits else "",
        bounce=_says_bounce(message, subject, text),
        bounce_subject="bounce" in kinds or bool(_bounce_patterns()[2].search(subject)),
        bounce_strong=bool(_bounce_patterns()[0].search(squeeze(text[:1500]))),
        receipt=quote
        if "receipt" in hits and ("receipt" in kinds or "displayed" in quote or _counts(hits, "receipt") > 1)
        else "",
        reaction=_is_reaction(message, hits),
        calendar=_is_calendar(message, kinds),
        status_actions=frozenset(m[1].lower() for m in _ACTION.finditer(message.status_text[:64_000])),
    )


def _after_prefix(subject: str) -> str:
    """What follows the first 'Re:' in a subject."""
    head, colon, tail = subject.partition(":")
    return tail.strip() if colon and len(head) <= 6 else ""


def _find(text: str) -> dict[str, list[Hit]]:
    words = fold_words(text)[:WORDS_MAX]
    clause = Clause(tuple(words), tuple(words), 0)
    spaced, unspaced = _tables()
    hits = find(clause, (spaced, unspaced) if _UNSPACED_LETTER.search(text) else (spaced,))
    by_category: dict[str, list[Hit]] = {}
    for hit in hits:
        by_category.setdefault(hit.category, []).append(hit)
    return by_category


def _counts(hits: dict[str, list[Hit]], category: str) -> int:
    return len(hits.get(category, ()))


def _says_auto(kinds: set[str], hits: dict[str, list[Hit]], message: Message, quote: str) -> str:
    """Weigh the signs; an absence that a person merely mentions is not enough."""
    if "auto" in kinds:
        return message.subject[:60]
    if "person" in hits:
        return ""
    if "auto" in hits or ("closed" in hits and (_counts(hits, "contact") or _counts(hits, "closed") > 1)):
        return quote
    if _counts(hits, "ticket") > 1 or ("ticket" in hits and "ticket" in kinds):
        return quote
    if _counts(hits, "challenge") > 1 or ("challenge" in kinds and "challenge" in hits) or _counts(hits, "hold") > 1:
        return quote
    early = any(hit.start < 40 for hit in hits.get("absence", ()))
    if early and any(c in hits for c in ("until", "contact", "promise")):
        return quote
    return ""


def _says_bounce(message: Message, subject: str, text: str) -> str:
    strong, words, subjects = _bounce_patterns()
    start = squeeze(text[:2000])
    match = strong.search(start) or words.search(start) or subjects.search(subject)
    return match[0] if match else ""


def _is_reaction(message: Message, hits: dict[str, list[Hit]]) -> bool:
    if "text/vnd.google.email-reaction+json" in (message.content_type, *(a.content_type for a in message.attachments)):
        return True
    if message.header("x-ms-reactions") or message.header("x-reaction") or message.header("x-ms-exchange-reaction"):
        return True
    return "reaction" in hits and hits["reaction"][0].start < 12


def _is_calendar(message: Message, kinds: set[str]) -> bool:
    types = (message.content_type, *(a.content_type for a in message.attachments))
    content = message.header("content-type").lower() + message.header("content-class").lower()
    if "calendarmessage" in content or "method=reply" in content.replace('"', "").replace(" ", ""):
        return True
    return ("text/calendar" in types and "calendar" in kinds) or message.content_type == "text/calendar"


__all__ = ["TextSigns", "fold_text", "html_words", "own_words", "read_signs", "squeeze"]
