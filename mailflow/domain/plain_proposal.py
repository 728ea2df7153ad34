"""A proposal in plain sentences: what can be told becomes a proposal.md, what can't is asked for, all in one mail."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from mailflow.domain.model import Contact, Kind
from mailflow.domain.phrase import say, why
from mailflow.domain.when import read_instant
from mailflow.errors import InputError

SUBJECT = re.compile(
    r"(?:(?:re|fwd?|aw) ?: ?){0,3}(?:a |new |my |our ){0,2}proposal ?[:–-] ?(.*)", re.IGNORECASE | re.DOTALL
)
STATEMENT_MIN_WORDS = 8
_LABELS = {
    "title": "title", "kind": "kind", "organizer": "organizers", "organizers": "organizers",
    "organisers": "organizers", "co-organizers": "organizers", "staff liaison": "liaison", "liaison": "liaison",
    "feedback": "feedback", "feedback until": "feedback", "feedback by": "feedback", "feedback closes": "feedback",
    "petition opens": "opens", "petition closes": "closes", "petition until": "closes", "signatures until": "closes",
    "document": "document", "online document": "document", "statement": "statement", "purpose": "statement",
    "statement of purpose": "statement",
}  # fmt: skip
_LINE = re.compile(r"[ *_>-]{0,4}([A-Za-z][A-Za-z -]{2,24}?)[*_]{0,2} ?: ?(.{0,2000})\Z")
_UNTIL = re.compile(r"\bfeedback\b[^.\n]{0,40}?\b(?:until|by|through|till) ([^.;\n]{3,40})", re.IGNORECASE)
_CLOSES = re.compile(
    r"\b(?:petition|signatures?)\b[^.\n]{0,40}?\b(?:closes?|until|by|through) ([^.;\n]{3,40})", re.IGNORECASE
)
_PERSON = re.compile(r"([^<>;]{1,100}?) ?<([^<>\s]{1,100}@[^<>\s]{3,200})>,? ?([^<>;]{0,300})")
_GREETING = re.compile(r"(?:dear|hello|hi|good (?:day|morning|afternoon))\b.{0,60}[,:!.]?\Z", re.IGNORECASE)
_CLOSING = re.compile(
    r"(?:(?:best|kind|warm|many) ?)?(?:regards|wishes|sincerely|yours|thanks|thank you)\b.{0,30}\Z", re.IGNORECASE
)
_WEB = re.compile(r"https?://[^\s<>\"']{4,500}")


@dataclass(frozen=True, slots=True)
class Proposer:
    """Who sent the proposal, as the roster has them."""

    name: str
    email: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class PlainProposal:
    """A proposal.md as far as it could be made; asks: what is missing, as sentences that say what to write.

    understood: what was read, as lines. document is complete when asks is empty.
    """

    document: str
    asks: tuple[str, ...]
    understood: tuple[str, ...]


@dataclass(slots=True)
class _Found:
    labels: dict[str, str] = field(default_factory=dict)
    loose: list[str] = field(default_factory=list)


def title_in(subject: str) -> str | None:
    """Give what stands after 'Proposal:' in a subject; None where the mail proposes nothing."""
    found = SUBJECT.match(" ".join(subject.split())[:400])
    return found[1].strip() if found else None


def read_plain(
    subject: str,
    texts: list[str],
    kinds: Mapping[str, Kind],
    proposer: Proposer,
    liaison: Contact | None,
    now: datetime,
    zone: str,
) -> PlainProposal:
    """Read a proposal from its first mail and the answers to what was asked, the later words winning.

    liaison: who stands for it where the mail names nobody.
    """
    found = [_read(text) for text in texts]
    labels = {name: value for one in found for name, value in one.labels.items()}
    whole = "\n".join(texts)
    kind, asks = _kind(labels, subject + "\n" + whole, kinds)
    title = labels.get("title") or (title_in(subject) or "")
    if len(title) < 8:
        asks.append(say("What is its title? Write: Title: Diversity Member Initiative Group"))
    statement = labels.get("statement") or next((s for s in map(_statement, found) if s), "")
    if not statement:
        asks.append(say("What does it say? Write the statement in a few sentences, after the word Statement:"))
    feedback = _when(
        labels.get("feedback") or _loose(_UNTIL, whole, now, zone), now, zone, asks, "Feedback until: June 23"
    )
    closes = labels.get("closes") or _loose(_CLOSES, whole, now, zone)
    closes = _when(closes, now, zone, asks, "Petition closes: August 31") if closes else ""
    front = [f"kind = {_toml(kind)}", f"title = {_toml(title)}", f"author = {{name = {_toml(proposer.name)}}}"]
    who = _liaison(labels, liaison)
    if who is None:
        asks.append(say("Who is the staff liaison? Write: %(example)s", example="Staff liaison: Name <address>"))
    else:
        front.append(f"staff_liaison = {{name = {_toml(who.name)}, email = {_toml(who.email)}}}")
    if document := (_first(_WEB, labels.get("document", ""), 0) or ""):
        front.append(f"online_document = {_toml(document.rstrip('.,;)'))}")
    front += [f"feedback.closes = {feedback}"] if feedback else []
    opens = "by organizer" if "organizer" in labels.get("opens", "").casefold() else "monday"
    front += [f"petition.opens = {_toml(opens)}"] if feedback else []
    front += [f"petition.closes = {closes}"] if closes else []
    front += _organizers(labels, proposer)
    understood = [f"Title: {title}"] if title else []
    understood += [f"Statement: {statement[:200]}"] if statement else []
    understood += [f"Feedback until: {feedback}"] if feedback else []
    return PlainProposal("+++\n" + "\n".join(front) + "\n+++\n" + statement + "\n", tuple(asks), tuple(understood))


def _toml(value: str) -> str:
    return json.dumps(" ".join(value.split()), ensure_ascii=False)


def _first(pattern: re.Pattern[str], text: str, group: int = 1) -> str:
    found = pattern.search(text)
    return found[group] if found else ""


def _loose(pattern: re.Pattern[str], text: str, now: datetime, zone: str) -> str:
    """Find a day in a sentence; words that only look like one are passed over."""
    for found in pattern.finditer(text):
        words = re.split(r" (?:and|at which|when|so|please|\()", found[1], maxsplit=1)[0]
        try:
            read_instant(words, now, zone)
        except InputError:
            continue
        return words
    return ""


def _read(text: str) -> _Found:
    """Divide a mail's words into labelled lines and the rest; a statement runs on to the next label."""
    found, label = _Found(), ""
    for line in text.split("\n"):
        match = _LINE.match(line.strip()[:2100])
        name = _LABELS.get(" ".join(match[1].casefold().split())) if match else None
        if match and name:
            label = name
            found.labels[name] = match[2].strip()
        elif label == "statement":
            found.labels["statement"] = f"{found.labels['statement']}\n{line}".strip()
        else:
            label = label if label and not line.strip() else ""
            found.loose.append(line)
    return found


def _statement(found: _Found) -> str:
    """Give what is left when greeting, closing and labelled lines are gone; "" when that is too little."""
    lines = [line.rstrip() for line in found.loose]
    while lines and (not lines[0].strip() or _GREETING.match(lines[0].strip())):
        lines.pop(0)
    end = next((i for i, line in enumerate(lines) if i and _CLOSING.match(line.strip())), len(lines))
    text = "\n".join(lines[:end]).strip()
    kept = [
        s for s in re.split(r"(?<=[.!?]) |\n", text) if s.strip() and not _UNTIL.search(s) and not _CLOSES.search(s)
    ]
    return text if sum(len(s.split()) for s in kept) >= STATEMENT_MIN_WORDS else ""


def _kind(labels: Mapping[str, str], words: str, kinds: Mapping[str, Kind]) -> tuple[str, list[str]]:
    """Give the kind that is named, or the only one there is; else what to ask."""
    said = labels.get("kind", "").casefold()
    named = [name for name, kind in kinds.items() if said and said in {name.casefold(), kind.title.casefold()}]
    if not named:
        named = [
            name for name, kind in kinds.items() if len(kind.title) > 5 and kind.title.casefold() in words.casefold()
        ]
    if len(named) == 1:
        return named[0], []
    if len(kinds) == 1:
        return next(iter(kinds)), []
    titles = "; ".join(kind.title for kind in kinds.values())
    return "", [say("Which kind is it? Write: Kind: and one of these: %(titles)s", titles=titles)]


def _when(text: str, now: datetime, zone: str, asks: list[str], example: str) -> str:
    """Give a day or time as TOML has it, "" with a question when there is none or it can't be read."""
    if not text:
        asks.append(say("Until when is feedback taken? Write: %(example)s", example=example))
        return ""
    try:
        at = read_instant(text, now, zone)
    except InputError as error:
        asks.append(say("%(why)s. Write: %(example)s", why=why(error), example=example))
        return ""
    if at <= now:
        asks.append(say("%(day)s is over. Write: %(example)s", day=text.strip(), example=example))
    return at.isoformat()


def _liaison(labels: Mapping[str, str], known: Contact | None) -> Contact | None:
    match = _PERSON.search(labels.get("liaison", ""))
    return Contact(match[1].strip(" ,"), match[2]) if match else known


def _organizers(labels: Mapping[str, str], proposer: Proposer) -> list[str]:
    people = [(proposer.name, proposer.email, proposer.address)]
    people += [
        (m[1].strip(" ,"), m[2], m[3].strip(" ,")) for m in _PERSON.finditer(labels.get("organizers", "")[:4000])
    ]
    unique = {email.casefold(): (name, email, address) for name, email, address in reversed(people)}
    lines = []
    for name, email, address in reversed(unique.values()):
        lines += ["[[organizers]]", f"name = {_toml(name)}", f"email = {_toml(email)}", f"address = {_toml(address)}"]
    return lines
