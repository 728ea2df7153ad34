"""What a petition needs before it goes to the committee: rule by rule, whether it is met, and when it will be."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from mailflow.domain.model import Proposal, Signature, SignatureState
from mailflow.domain.phrase import Sentence, Several, say

OVERLAP = "overlap_check"
"""What `required` of a kind names so that somebody must have checked that no single unit covers the purpose."""
BARS_MAX = 45  # of the chart; a longer petition is shown week by week


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of the kind. asks: what it asks for; found: what there is, in words; remedy: what would do.

    answer: what would do, for who answers a mail and types no commands; "" where that is the remedy.
    """

    name: str
    asks: str
    is_met: bool
    found: str
    remedy: str = ""
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Count:
    """The signatures that count, and those among them that nobody can undo any more.

    firm_at: when so many can't be undone any more that the threshold is reached, if nobody undoes theirs; None: never.
    """

    validated: int
    firm: int
    firm_at: datetime | None


def count(signatures: Iterable[Signature], threshold: int, now: datetime) -> Count:
    """Count what counts; a signature whose undo_until is to come does not carry the threshold (design rule 3)."""
    valid = [s for s in signatures if s.state is SignatureState.VALIDATED]
    undoable = sorted(s.undo_until for s in valid if s.undo_until is not None and s.undo_until > now)
    firm = len(valid) - len(undoable)
    firm_at = None
    if len(valid) >= threshold:
        firm_at = now if firm >= threshold else undoable[threshold - firm - 1]
    return Count(len(valid), firm, firm_at)


def rules_of(
    petition: Proposal, counted: Count, checked_by: str, firm_words: str = "", waits: tuple[str, ...] = ()
) -> tuple[Rule, ...]:
    """Hold a petition against the rules of its kind, in the order a committee asks. firm_words: firm_at in words.

    waits: why mail that arrived before the close may still change the count, and what would do (twice, as in Rule);
    empty when it can't.
    """
    required = petition.kind.required
    rules = [_statement(petition), _signatures(petition, counted, firm_words)]
    if waits:
        rules.append(Rule("close", say("all that arrived before the close must have been read"), False, *waits))
    if {"organizers", "organizers.address"} & set(required):
        rules.append(_organizers(petition, with_addresses="organizers.address" in required))
    if OVERLAP in required or checked_by:
        rules.append(_overlap(checked_by))
    return tuple(rules)


def unmet(rules: Iterable[Rule]) -> list[str]:
    """Give a sentence for each rule that is not met: what is missing, and what would do."""
    return [f"{rule.name}: {rule.found}; {rule.remedy}" for rule in rules if not rule.is_met]


def unmet_by_mail(rules: Iterable[Rule]) -> list[str]:
    """Give the same for who answers a mail."""
    return [
        Sentence.of(Several.of([rule.asks, ": ", rule.found, "; ", rule.answer or rule.remedy]))
        for rule in rules
        if not rule.is_met
    ]


def _statement(petition: Proposal) -> Rule:
    words = len(petition.statement.split())
    found = (
        say("there is none")
        if not words
        else say("%(n)s words, version %(version)s", n=words, version=petition.statement_sha256[:12])
    )
    return Rule("statement", say("a statement of purpose"), words > 0, found, "a new proposal needs one")


def _signatures(petition: Proposal, counted: Count, firm_words: str) -> Rule:
    who = say("members in good standing") if petition.kind.good_standing else say("members")
    asks = say("at least %(threshold)s signatures of %(who)s", threshold=petition.threshold, who=who)
    found: str = say("%(n)s that count", n=counted.validated)
    if counted.validated > counted.firm:
        undoable = counted.validated - counted.firm
        found = Several.of([found, say(", %(n)s of which can still be undone by the member", n=undoable)])
    is_met = counted.firm >= petition.threshold
    if counted.firm_at is not None:
        remedy: str = say(
            "%(id)s can be submitted from %(when)s, if nobody undoes theirs", id=petition.id, when=firm_words
        )
        return Rule("signatures", asks, is_met, found, remedy)
    missing = petition.threshold - counted.validated
    remedy = f"{missing} more are needed; `mailflow petition extend {petition.id} --until T` collects on"
    answer = say("%(n)s more are needed; 'extend to June 30: the reason' collects on", n=missing)
    return Rule("signatures", asks, is_met, found, remedy, answer)


def _organizers(petition: Proposal, *, with_addresses: bool) -> Rule:
    without = [o.name for o in petition.organizers if not o.address.strip()] if with_addresses else []
    names = say("the names of designated organizers")
    asks = say("the names and addresses of designated organizers") if with_addresses else names
    if not petition.organizers:
        return Rule("organizers", asks, False, say("nobody is named"), "a proposal names them under [[organizers]]")
    if without:
        found = say("no postal address of %(names)s", names=", ".join(without))
        remedy = f"`mailflow proposal organizer {petition.id} {without[0].split()[-1]} --address TEXT` notes it"
        answer = say("'address of %(name)s: the street, the town' notes it", name=without[0])
        return Rule("organizers", asks, False, found, remedy, answer)
    return Rule("organizers", asks, True, say("%(n)s named", n=len(petition.organizers)))


def _overlap(checked_by: str) -> Rule:
    asks = say("a check that no single division, round table or unit covers the purpose")
    if checked_by:
        return Rule("overlap", asks, True, say("checked by %(name)s", name=checked_by))
    found = say("nobody is named who checked")
    return Rule("overlap", asks, False, found, "--checked-by NAME says who did", say("'submit: checked by NAME' does"))


# --- numbers for the packet -------------------------------------------------------------------------------------
def by_proof(signatures: Iterable[Signature]) -> dict[str, int]:
    """Count the signatures that count by how they are proved, the most frequent first."""
    found = Counter(str(s.proof) for s in signatures if s.state is SignatureState.VALIDATED)
    return dict(sorted(found.items(), key=lambda pair: (-pair[1], pair[0])))


@dataclass(frozen=True, slots=True)
class Bar:
    """Signatures of a day, or of the days up to the next bar, and how many there were by their end."""

    on: date
    signed: int
    so_far: int


def bars(signed_at: Sequence[datetime], zone: str, from_at: datetime | None, until_at: datetime | None) -> list[Bar]:
    """Give the signatures over the days, in the association's zone: a bar a day, or a week where there are many.

    from_at, until_at: the petition's window; days outside it that have signatures are shown too.
    """
    days = Counter(at.astimezone(ZoneInfo(zone)).date() for at in signed_at)
    if not days:
        return []
    ends = [at.astimezone(ZoneInfo(zone)).date() for at in (from_at,) if at is not None]
    if until_at is not None:
        ends.append((until_at - timedelta(microseconds=1)).astimezone(ZoneInfo(zone)).date())
    first, last = min([*days, *ends]), max([*days, *ends])
    step = 1
    while ((last - first).days + 1) / step > BARS_MAX:
        step = 7 if step == 1 else step * 2
    found, so_far = [], 0
    for start in range(0, (last - first).days + 1, step):
        signed = sum(days[first + timedelta(days=start + i)] for i in range(step))
        so_far += signed
        found.append(Bar(first + timedelta(days=start), signed, so_far))
    return found
