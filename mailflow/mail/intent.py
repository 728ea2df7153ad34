"""What the newly written words ask for. A false signature is the worst error: doubt is `unclear`.

The words come from the tables in mailflow/mail/phrases; here stand the rules that weigh them. Each rule that decides
says so in `reasons`, in words a clerk understands.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from mailflow.domain.reading import Context, Intent, IntentReading
from mailflow.mail.intent_language import choose_tables
from mailflow.mail.intent_match import UNSPACED, Hit, find, whole_categories
from mailflow.mail.intent_text import Clause, cut

BLIND_SUBJECT_WORDS_MAX = 2
LONG_WORDS = 30
NAME_WORDS_MAX = 5  # a clause of at most so many words may be a name under an answer
_PLAIN_ANSWERS = frozenset(("yes", "no", "lone", "confirm"))
_HEDGES = frozenset(("condition", "hedge", "negation", "question", "asking"))
_NEUTRAL = frozenset(("not condition", "offer", "polite", "object", "for", "decoy", "lead", "but", "negation"))
_ANSWERS = (
    "yes",
    "no",
    "lone",
    "confirm",
    "sign",
    "request",
    "willing",
    "withdraw",
    "unsubscribe",
    "notme",
    "polite",
    "support",
)
_SIDE_REMARKS = ("condition", "hedge", "past", "third", "behalf", "irony", "but", "support")
_NAME_JOINTS = frozenset(
    ("of", "for", "and", "the", "de", "du", "des", "la", "del", "di", "da", "von", "van", "der", "für", "und")
)
# a sentence without any of these is evidence for nothing
_WEIGHED = frozenset((*_ANSWERS, *_SIDE_REMARKS, "decline", "would")) - {"polite"}
SIGNABLE = (Context.PETITION, Context.CONFIRM, Context.NONE)


@dataclass(slots=True)
class Seen:
    """What one clause holds."""

    clause: Clause
    hits: list[Hit]
    categories: frozenset[str]
    core: str  # its words without politeness

    def has(self, *categories: str) -> bool:
        return not self.categories.isdisjoint(categories)

    def is_whole(self, category: str) -> bool:
        """Only the clause as a whole says it: no phrase within it does."""
        return not any(h.category == category for h in self.hits)


@dataclass(slots=True)
class Evidence:
    """What speaks for each intent, gathered over a whole mail, in the order of the text: (sentence number, words)."""

    found: dict[str, list[tuple[int, str]]] = field(default_factory=dict)

    def add(self, what: str, at: int, clause: Clause) -> None:
        self.found.setdefault(what, []).append((at, " ".join(clause.raw[:12])))

    def has(self, *names: str) -> bool:
        return any(name in self.found for name in names)

    def last(self, *names: str) -> int:
        return max((at for name in names for at, _ in self.found.get(name, ())), default=-1)

    def quote(self, name: str) -> str:
        return f"'{self.found[name][0][1]}'" if name in self.found else ""


class _Reader:
    """Reads one mail's new words; a fresh one for each."""

    def __init__(self, text: str, context: Context) -> None:
        self.context = context
        self.sentences = cut(text)
        words = (word for s in self.sentences for clause in s.clauses for word in clause.words)
        self.language, self.tables = choose_tables(words)
        self.seen = [[self._look(clause) for clause in s.clauses] for s in self.sentences]
        self.evidence = Evidence()
        self.has_unquoted = any(not seen.clause.quoted for group in self.seen for seen in group)
        for number in range(len(self.sentences)):
            self._weigh(number)
        self.questions = [n for n in range(len(self.sentences)) if self._is_question(n)]

    def _look(self, clause: Clause) -> Seen:
        hits = _without_decoys(find(clause, self.tables))
        core = _core(clause, hits)
        whole = whole_categories(clause, core, self.tables)
        categories = {h.category for h in hits}
        if whole & _PLAIN_ANSWERS:
            # 'Sí' is a yes, though 'si' is also an if
            categories -= _HEDGES
        return Seen(clause, hits, frozenset(categories | whole), core)

    # -- what each sentence says ----------------------------------------------------------------------------------

    def _weigh(self, number: int) -> None:
        group, asks = self.seen[number], self.sentences[number].asks
        if all(seen.categories.isdisjoint(_WEIGHED) for seen in group):
            return
        conditional = any(seen.has("condition") for seen in group) or self._condition_follows(number)
        behalf = any(_stands(seen, "behalf") for seen in group)
        for at, seen in enumerate(group):
            if seen.clause.quoted and self.has_unquoted:
                continue
            doubtful = conditional or behalf or any(s.has("hedge", "would") for s in group[max(at - 1, 0) : at + 1])
            self._weigh_acts(number, at, asks)
            self._weigh_signing(number, at, asks, doubtful)
            for category in () if _is_name(seen) else _SIDE_REMARKS:
                if seen.has(category) and (category not in ("third", "behalf") or _stands(seen, category)):
                    self.evidence.add(category, number, seen.clause)

    def _condition_follows(self, number: int) -> bool:
        """'I sign. But only if …': the next sentence takes back what this one said."""
        if number + 1 >= len(self.seen):
            return False
        first = self.seen[number + 1][0]
        return any(h.category == "but" and h.start == 0 for h in first.hits) and first.has("condition", "hedge")

    def _weigh_acts(self, number: int, at: int, asks: bool) -> None:
        """Decline, withdraw, unsubscribe, not me, yes, no: a question about them is none of them."""
        seen = self.seen[number][at]
        if asks and not seen.has("withdraw", "unsubscribe"):
            return
        for category in ("unsubscribe", "withdraw", "notme", "decline"):
            if seen.has(category) and seen.is_whole(category) and not self._is_alone(number, at):
                continue
            if seen.has(category) and (category == "decline" or _stands(seen, category)):
                self.evidence.add(category, number, seen.clause)
        for category in ("yes", "no", "confirm"):
            # 'this is editing, not signing': a short answer opens its sentence
            fits = self._opens(number, at) if category == "no" else category != "yes" or self._is_alone(number, at)
            if seen.has(category) and fits:
                self.evidence.add(category, number, seen.clause)

    def _is_alone(self, number: int, at: int) -> bool:
        """A one-word answer is one where its sentence holds nothing else: 'see the end, please' does not say END."""
        others = [s for n, s in enumerate(self.seen[number]) if n != at]
        return all(self._is_filler(s) or s.has(*_ANSWERS) for s in others)

    def _is_announced(self, number: int, at: int) -> bool:
        """'I did not hesitate: SIGN.'"""
        group = self.seen[number]
        return 0 < at == len(group) - 1 and group[at - 1].clause.after in (":", "：")

    def _opens(self, number: int, at: int) -> bool:
        earlier = self.seen[number][:at]
        return all(
            self._is_filler(s) or s.has("polite", "support", "yes", "no", "decline", "but", "irony") for s in earlier
        )

    def _weigh_signing(self, number: int, at: int, asks: bool, doubtful: bool) -> None:
        seen = self.seen[number][at]
        kind = next((c for c in ("sign", "request", "willing", "lone") if seen.has(c)), "")
        if seen.has("would"):
            self.evidence.add("doubtful sign", number, seen.clause)
        if not kind or seen.has("decline", "withdraw", "unsubscribe", "notme", "would"):
            return
        self.evidence.add(self._judge_signing(kind, number, at, asks, doubtful), number, seen.clause)

    def _judge_signing(self, kind: str, number: int, at: int, asks: bool, doubtful: bool) -> str:
        """Say what words of signing amount to: the act itself, or one of the ways in which they don't."""
        seen = self.seen[number][at]
        if kind == "request" and self._is_for_something_else(seen):
            return "elsewhere"
        if kind in ("request", "willing") and any(s.has("elsewhere") for s in self.seen[number]):
            return "elsewhere"  # 'add my name to the guest list'
        if kind == "request" and asks and self.seen[number][0].has("inquiry"):
            return "asked"
        if kind == "request" and any(s.has("offer") for s in self.seen[number][:at]):
            return "elsewhere"  # 'if you want another tester, sign me up'
        if asks and seen.has("concede"):
            return "asked"
        if kind != "request" and (asks or (kind != "lone" and seen.has("question", "asking"))):
            return "asked"
        names_self = self.seen[number][0].has("self")
        if kind == "lone" and not names_self and not self._is_announced(number, at) and not self._is_alone(number, at):
            return "aside"
        if kind == "lone" and seen.has("closing") and self._is_closing(number):
            return "closing"
        if kind != "lone" and self._is_negated(seen, kind):
            return "negated"
        if (
            doubtful
            or _stands(seen, "third")
            or seen.has("irony")
            or (kind != "lone" and self._but_follows(number, at, kind))
        ):
            return "doubtful sign"
        return "past" if seen.has("past") and kind != "request" else kind

    def _but_follows(self, number: int, at: int, kind: str) -> bool:
        """'Happy to sign, but …': a 'but' later in the sentence, or, after mere willingness, opening the next one."""
        seen = self.seen[number][at]
        end = max((h.end for h in seen.hits if h.category == kind), default=len(seen.clause.words))
        later = self.seen[number][at + 1 :]
        if kind == "willing" and number + 1 < len(self.seen):
            later = [*later, *self.seen[number + 1][:1]]
        opens = any(h.category == "but" and h.start == 0 for s in later for h in s.hits)
        return opens or any(h.category == "but" and h.start >= end for h in seen.hits)

    def _is_closing(self, number: int) -> bool:
        """'Signed, Bill' under other words is a closing formula."""
        before = any(not self._is_filler(s) for group in self.seen[:number] for s in group)
        after = [s for group in self.seen[number:] for s in group][1:]
        return before and bool(after) and all(self._is_filler(s) for s in after)

    def _is_negated(self, seen: Seen, category: str) -> bool:
        """A negation before the act; in languages that put it last, anywhere in the clause."""
        acts = [h for h in seen.hits if h.category == category]
        if not acts:
            return False
        end = max(h.end for h in acts)
        follows = any(t.negation_follows for t in self.tables if any(h.language == t.language for h in acts))
        return any(
            h.category == "negation" and (follows or h.start < end) and not _within_any(h, acts) for h in seen.hits
        )

    def _is_for_something_else(self, seen: Seen) -> bool:
        """'Count me in for the dinner', 'sign me up as a tester': what is named after it can't be signed here."""
        end = max((h.end for h in seen.hits if h.category == "request"), default=0)
        leads = [h for h in seen.hits if h.category == "for" and h.start in (end - 1, end, end + 1)]
        return bool(leads) and not any(h.category == "object" and h.start >= leads[0].start for h in seen.hits)

    # -- questions ------------------------------------------------------------------------------------------------

    def _is_question(self, number: int) -> bool:
        """A question that somebody must answer: not 'why not?', not a polite request, not one the writer answers."""
        sentence, group = self.sentences[number], self.seen[number]
        if not sentence.asks:
            unmarked = sentence.clauses[-1].after in ("", "\n", "\n\n")
            if not any(seen.has("asking") or (unmarked and seen.has("question")) for seen in group):
                return False
        if all((seen.has("decoy", "yes", "lone") and len(seen.clause.words) < 5) or not seen.core for seen in group):
            return False
        if any(seen.has("request", "withdraw", "unsubscribe") and not seen.has("hedge", "concede") for seen in group):
            return False
        return not self._answers_itself(number)

    def _answers_itself(self, number: int) -> bool:
        if number + 1 >= len(self.sentences):
            return False
        following, group = self.sentences[number + 1], self.seen[number + 1]
        if following.asks or following.paragraph != self.sentences[number].paragraph:
            return False
        if any(seen.has("yes", "no") for seen in group[:1]):
            return True
        words = sum(len(seen.core.split()) for seen in group)
        return words <= 2 and any(seen.core for seen in group) and not all(seen.has("polite") for seen in group)

    # -- shape ----------------------------------------------------------------------------------------------------

    def _is_filler(self, seen: Seen) -> bool:
        """Politeness, a name or a number: nothing that changes an answer."""
        if seen.categories - _NEUTRAL:
            return False
        if not seen.core.strip() or (seen.has("polite") and len(seen.clause.words) <= 6):
            return True
        raw = seen.clause.raw
        if len(raw) > NAME_WORDS_MAX or raw[0][0].islower() or raw[-1][0].islower():
            return False
        return all(not word[0].islower() or word in _NAME_JOINTS for word in raw)

    def says_little_else(self) -> bool:
        """Nothing but an answer, politeness and names."""
        return all(self._is_filler(seen) or seen.has(*_ANSWERS, "decline") for group in self.seen for seen in group)

    def questions_are_by_the_way(self) -> bool:
        """A long opinion with a few questions in it, the last word being none."""
        asked = sum(self.sentences[n].word_count for n in self.questions)
        ends = [n for n, group in enumerate(self.seen) if not all(self._is_filler(s) for s in group)]
        return self.word_count > LONG_WORDS and asked * 3 < self.word_count and ends[-1] not in self.questions

    @property
    def word_count(self) -> int:
        return sum(s.word_count for s in self.sentences)

    def is_empty(self) -> bool:
        return all(self._is_filler(seen) and not seen.has("support") for group in self.seen for seen in group)


def _is_name(seen: Seen) -> bool:
    """Two to five capitalised words that no phrase opens: 'Pham Thu Ha' is no laughter."""
    raw = seen.clause.raw
    return 1 < len(raw) <= NAME_WORDS_MAX and all(w[:1].isupper() for w in raw) and all(h.start for h in seen.hits)


def _stands(seen: Seen, category: str) -> bool:
    """Tell whether a phrase is there and not denied right before it: 'not for my employer' is nobody else."""
    denials = [h for h in seen.hits if h.category == "negation"]
    phrases = [h for h in seen.hits if h.category == category]
    if not phrases:
        return seen.has(category)
    return any(not any(0 <= h.start - d.end <= 1 for d in denials) for h in phrases)


_STANDING = frozenset(("decoy", "polite", "object", "for"))


def _without_decoys(hits: list[Hit]) -> list[Hit]:
    """Drop what a decoy covers; 'not condition' and the like drop only hits of the category they name."""
    decoys = [h for h in hits if h.category == "decoy"]
    narrow = [h for h in hits if h.category.startswith("not ")]
    if not decoys and not narrow:
        return hits
    kept = [h for h in hits if h.category in _STANDING or not _overlaps(h, _not_held(h, decoys))]
    return [h for h in kept if not _overlaps(h, [n for n in narrow if n.category[4:] == h.category])]


def _not_held(hit: Hit, decoys: list[Hit]) -> list[Hit]:
    """Decoys but those that a longer phrase holds: 'cancel my subscription' is more than 'subscription'."""
    if hit.category not in ("unsubscribe", "withdraw", "sign"):
        return decoys
    return [
        d for d in decoys if not (hit.start <= d.start and d.end <= hit.end and d.end - d.start < hit.end - hit.start)
    ]


def _core(clause: Clause, hits: list[Hit]) -> str:
    """The words of a clause without politeness; without spaces where the politeness is of a script without them."""
    if not any(h.category in ("polite", "lead") for h in hits):
        return " ".join(clause.words)
    polite = {n for h in hits if h.category == "polite" and h.language not in UNSPACED for n in range(h.start, h.end)}
    for lead in sorted(h for h in ((h.start, h.end) for h in hits if h.category == "lead")):
        if all(n in polite for n in range(lead[0])):
            polite.update(range(*lead))
    letters = {n for h in hits if h.category == "polite" and h.language in UNSPACED for n in range(h.start, h.end)}
    if letters:
        return "".join(letter for n, letter in enumerate(clause.joined) if n not in letters)
    return " ".join(word for n, word in enumerate(clause.words) if n not in polite)


def _overlaps(hit: Hit, others: Sequence[Hit]) -> bool:
    plain = hit.language in UNSPACED
    return any(hit.start < o.end and o.start < hit.end and (o.language in UNSPACED) == plain for o in others)


def _within_any(hit: Hit, others: Sequence[Hit]) -> bool:
    return any(o.start <= hit.start and hit.end <= o.end for o in others)


def read_intent(new_text: str, subject: str, context: Context, sent_subject: str = "") -> IntentReading:
    """Say what the newly written words ask for.

    subject: of the reply; it counts where it was changed to an answer. sent_subject: of the mail that is answered.
    In the contexts proposal and launch nothing is ever `sign`; without a context a bare yes or no is `unclear`.
    """
    reader = _Reader(new_text, context)
    if context in SIGNABLE:
        intent, reasons = _decide_signable(reader)
    else:
        intent, reasons = _decide_talk(reader)
    language = reader.language
    if intent in (Intent.UNCLEAR, Intent.COMMENT):
        from_subject = _read_subject(reader, subject, context, sent_subject)
        if from_subject is not None:
            intent, reasons = from_subject
    undoes = reader.evidence.has("notme")
    return IntentReading(intent, tuple(reasons), language, bool(reader.questions), undoes)


Decision = tuple[Intent, list[str]]


def _decide_signable(r: _Reader) -> Decision:
    e = r.evidence
    if e.has("notme"):
        if e.has("no", "decline") and r.context is Context.CONFIRM:
            return Intent.DECLINE, [f"says that it was not them, and no: {e.quote('notme')}"]
        return Intent.WITHDRAW, [f"says that somebody else acted in their name: {e.quote('notme')}"]
    signs = e.has("sign", "request", "lone", "willing")
    if e.has("unsubscribe") and not e.has("withdraw"):
        if signs:
            return Intent.UNCLEAR, ["signs and wants no more mail: a person decides", *_signing_reason(e)]
        return Intent.UNSUBSCRIBE, [f"wants no more mail: {e.quote('unsubscribe')}"]
    if e.has("withdraw"):
        if signs and e.last("sign", "request", "lone", "willing") > e.last("withdraw"):
            return Intent.UNCLEAR, [f"takes a signature back and signs: {e.quote('withdraw')}"]
        return Intent.WITHDRAW, [f"takes a signature back: {e.quote('withdraw')}"]
    if signs:
        return _decide_sign(r)
    if e.has("decline"):
        if e.has("condition") and not e.has("but", "no"):
            return Intent.UNCLEAR, [f"declines under a condition: {e.quote('decline')}"]
        return Intent.DECLINE, [f"does not sign: {e.quote('decline')}"]
    return _decide_short_answer(r)


def _signing_reason(e: Evidence) -> list[str]:
    said = {
        "sign": "signs in words",
        "lone": "the answer is the act itself",
        "request": "asks to put their name down",
        "willing": "gladly signs",
    }
    return [f"{words}: {e.quote(name)}" for name, words in said.items() if e.has(name)][:1]


def _decide_sign(r: _Reader) -> Decision:
    e = r.evidence
    signed_at = e.last("sign", "request", "lone", "willing")
    if e.has("decline", "no"):
        if e.last("decline", "no") >= signed_at:
            return Intent.DECLINE, [f"says no last, after words of signing: {e.quote('decline') or e.quote('no')}"]
        if e.has("decline"):
            return Intent.UNCLEAR, [f"declines and signs: {e.quote('decline')}"]
    if e.has("irony"):
        return Intent.UNCLEAR, [f"may not be meant: {e.quote('irony')}"]
    if e.has("doubtful sign", "behalf") and not e.has("sign", "lone"):
        return Intent.UNCLEAR, [f"signs and hedges: {e.quote('doubtful sign')}"]
    reasons = _signing_reason(e)
    if r.questions and not e.has("sign", "request", "lone"):
        return Intent.QUESTION, [f"would gladly sign, and asks first: {e.quote('willing')}"]
    if r.questions:
        reasons.append("also asks something")
    return Intent.SIGN, reasons


def _decide_short_answer(r: _Reader) -> Decision:
    """A plain yes or no is read by what was asked."""
    e = r.evidence
    if e.has("no") and not e.has("yes"):
        if r.context is Context.NONE:
            return Intent.UNCLEAR, ["a bare no, and it is not known what it answers"]
        return Intent.DECLINE, [f"answers no: {e.quote('no')}"]
    confirmed = r.context is Context.CONFIRM and e.has("confirm")
    if (e.has("yes") or confirmed) and not e.has("no"):
        return _decide_yes(r, "yes" if e.has("yes") else "confirm")
    return _decide_undecided(r)


def _decide_yes(r: _Reader, name: str) -> Decision:
    e = r.evidence
    if r.context is Context.NONE:
        return Intent.UNCLEAR, ["a bare yes, and it is not known what it answers"]
    doubts = {
        "condition": "a condition",
        "hedge": "a hedge",
        "third": "somebody else",
        "behalf": "an employer",
        "irony": "irony",
        "but": "a 'but'",
        "past": "an earlier act",
        "asked": "a question about signing",
        "elsewhere": "something else",
    }
    if r.context is Context.CONFIRM:
        del doubts["past"]  # the earlier act is what was asked about
    for doubt, words in doubts.items():
        if e.has(doubt):
            return Intent.UNCLEAR, [f"says yes, with {words}: {e.quote(doubt)}"]
    if e.found[name][0][0] > 0 and not r.says_little_else():
        return Intent.UNCLEAR, [f"a yes within other words: {e.quote(name)}"]
    return Intent.SIGN, [f"answers yes to the question whether they sign: {e.quote(name)}"]


def _decide_undecided(r: _Reader) -> Decision:
    e = r.evidence
    if r.is_empty():
        return Intent.UNCLEAR, ["nothing was newly written"]
    if r.questions:
        return Intent.QUESTION, ["asks something and decides nothing"]
    said = {
        "doubtful sign": "speaks of signing under a condition, later, or for somebody else",
        "past": "speaks of an earlier signature",
        "third": "speaks for somebody else",
        "behalf": "speaks for an employer or group",
        "hedge": "has not decided",
        "condition": "sets a condition",
        "support": "approves, and does not sign",
        "confirm": "agrees, and does not sign",
        "elsewhere": "wants to be counted in for something else",
    }
    for name, words in said.items():
        if e.has(name) and (
            name in ("doubtful sign", "past", "third", "behalf", "elsewhere", "confirm") or r.word_count < 25
        ):
            return Intent.UNCLEAR, [f"{words}: {e.quote(name)}"]
    if r.word_count < 8:
        return Intent.UNCLEAR, ["too short to tell what is meant"]
    return Intent.COMMENT, ["feedback, without a decision on signing"]


def _decide_talk(r: _Reader) -> Decision:
    """Proposal, launch, announcement: nothing is signed there."""
    e = r.evidence
    if e.has("unsubscribe"):
        return Intent.UNSUBSCRIBE, [f"wants no more mail: {e.quote('unsubscribe')}"]
    if not r.sentences or r.word_count == 0:
        return Intent.UNCLEAR, ["nothing was newly written"]
    if r.questions and not r.questions_are_by_the_way():
        return Intent.QUESTION, ["asks something"]
    return Intent.COMMENT, ["feedback; nothing is signed here"]


def _read_subject(r: _Reader, subject: str, context: Context, sent_subject: str) -> Decision | None:
    """A subject that was changed to an answer decides where the body does not."""
    bare, sent = bare_subject(subject), bare_subject(sent_subject)
    if not bare or bare.casefold() == sent.casefold() or len(bare) > 80:
        return None
    other = _Reader(bare, context)
    e, answered = other.evidence, r.is_empty()
    if e.has("unsubscribe") and answered:
        return Intent.UNSUBSCRIBE, [f"the subject says so: {bare!r}"]
    if context not in SIGNABLE or not other.says_little_else():
        return None
    if not sent and len(bare.split()) > BLIND_SUBJECT_WORDS_MAX:
        return None  # 'Please sign the petition' may be our own subject, come back
    doubts = (
        r.evidence.has(
            "condition", "hedge", "third", "behalf", "irony", "past", "doubtful sign", "negated", "but", "no"
        )
        or r.questions
    )
    if e.has("withdraw") and answered:
        return Intent.WITHDRAW, [f"the subject says so: {bare!r}"]
    if (
        e.has("sign", "lone", "request")
        and not e.has("decline", "no")
        and not doubts
        and (answered or r.word_count < 40)
    ):
        return Intent.SIGN, [f"the subject was changed to an answer: {bare!r}"]
    if answered and e.has("no", "decline") and context is not Context.NONE:
        return Intent.DECLINE, [f"the subject was changed to an answer: {bare!r}"]
    if answered and e.has("yes") and context is not Context.NONE:
        return Intent.SIGN, [f"the subject was changed to an answer: {bare!r}"]
    return None


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
    for _ in range(10):
        head, colon, rest = subject.replace("：", ":", 1).partition(":")
        word = head.strip().lower()
        base = word.split("[")[0].split("(")[0].rstrip("0123456789^ ") or word
        if not colon or len(word) > 16 or base.split(" ")[0] not in _PREFIXES:
            break
        subject = rest.strip()
    return subject
