"""Reading the subject: what it answers where it was changed to an answer, and its bare words without Re: and Fwd:."""

from __future__ import annotations

from mailflow.domain.reading import Context, Intent
from mailflow.mail.intent_decide import SIGNABLE, Decision
from mailflow.mail.intent_evidence import Words, weigh

BLIND_SUBJECT_WORDS_MAX = 2
ANSWER_CHARS_MAX = 80
REMARK_WORDS_MAX = 40  # a longer body beside a changed subject is read by itself
PREFIXES_MAX = 10
PREFIX_CHARS_MAX = 16
_DOUBTS = ("condition", "hedge", "third", "behalf", "irony", "past", "doubtful sign", "negated", "but", "no")


def read_subject(words: Words, subject: str, sent_subject: str) -> Decision | None:
    """A subject that was changed to an answer decides where the body does not; None: it does not either."""
    bare, sent = bare_subject(subject), bare_subject(sent_subject)
    if not bare or bare.casefold() == sent.casefold() or len(bare) > ANSWER_CHARS_MAX:
        return None
    context, answered = words.context, words.is_empty()
    other = weigh(bare, context)
    e = other.evidence
    if e.has("unsubscribe") and answered:
        return Intent.UNSUBSCRIBE, [f"the subject says so: {bare!r}"]
    if context not in SIGNABLE or not other.says_little_else():
        return None
    if not sent and len(bare.split()) > BLIND_SUBJECT_WORDS_MAX:
        return None  # 'Please sign the petition' may be our own subject, come back
    if e.has("withdraw") and answered:
        return Intent.WITHDRAW, [f"the subject says so: {bare!r}"]
    told = [f"the subject was changed to an answer: {bare!r}"]
    if e.has("sign", "lone", "request") and not e.has("decline", "no") and _leaves_it(words):
        return Intent.SIGN, told
    if not answered or context is Context.NONE:
        return None
    if e.has("no", "decline"):
        return Intent.DECLINE, told
    return (Intent.SIGN, told) if e.has("yes") else None


def _leaves_it(words: Words) -> bool:
    """Nothing in the body takes back what the subject says."""
    if words.evidence.has(*_DOUBTS) or words.questions:
        return False
    return words.is_empty() or words.word_count < REMARK_WORDS_MAX


_PREFIXES = frozenset(
    [
        "re",
        "aw",
        "antw",
        "antwort",
        "sv",
        "vs",
        "fw",
        "fwd",
        "wg",
        "rv",
        "res",
        "enc",
        "tr",
        "r",
        "rif",
        "odp",
        "ynt",
        "ilt",
        "vb",
        "vl",
        "doorst",
        "i",
        "bls",
        "trs",
        "ref",
        "reply",
        "rép",
        "rep",
        "отв",
        "на",
        "пересл",
        "ответ回复",
        "回复",
        "回覆",
        "答复",
        "转发",
        "轉寄",
        "返信",
        "転送",
        "회신",
        "답장",
        "전달",
        "رد",
        "إعادة",
        "απ",
        "σχετ",
        "trả",
        "chuyển",
        "hf",
        "vá",
        "pd",
        "yan",
    ]
)


def bare_subject(subject: str) -> str:
    """Take Re:, AW:, 回复: and the like away, and list tags in brackets."""
    subject = " ".join(subject.split())
    for _ in range(PREFIXES_MAX):
        head, colon, rest = subject.replace("：", ":", 1).partition(":")
        word = head.strip().lower()
        base = word.split("[")[0].split("(")[0].rstrip("0123456789^ ") or word
        if not colon or len(word) > PREFIX_CHARS_MAX or base.split(" ")[0] not in _PREFIXES:
            break
        subject = rest.strip()
    return subject
