"""The packet's pages: a typst document, filled with values that it never takes for markup."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from markdown_it import MarkdownIt
from markdown_it.token import Token

from mailflow.domain.model import Contact
from mailflow.domain.submission import Bar, bars
from mailflow.errors import Refused
from mailflow.service.item_facts import VERSION_CHARS
from mailflow.service.speech import template_folder
from mailflow.service.words import deadline_words, instant_words

if TYPE_CHECKING:
    import typst

    from mailflow.service.office import Office
    from mailflow.service.packet import Case

MISSING = "the packet's pages need one package more: pip install 'mailflow[packet]'"
# tags make a page readable by a screen reader, and a list ten times as large: 10,000 names 13 MB instead of 0.8
TAGGED_MAX = 1_000
_PARSER = MarkdownIt("commonmark", {"html": False}).disable("image")
_TALLY = ("validated", "not_in_good_standing", "pending", "withdrawn", "invalidated")


def pages(office: Office, case: Case, proof_words: Callable[[str], str], parts: Mapping[str, str]) -> bytes:
    """Give the packet as PDF. parts: SHA-256 of the other parts by name. Raises Refused without the extra `packet`."""
    return compile_pages(page_values(office, case, proof_words, parts), case.at)


def compile_pages(values: Mapping[str, Any], at: datetime) -> bytes:
    """Lay the values out; the same values and instant give the same bytes on one machine."""
    compiler = _compiler("packet.typ")
    has_tags = len(values["lines"]) <= TAGGED_MAX
    inputs = {"packet": json.dumps(values)}
    made = compiler.compile(format="pdf", timestamp=int(at.timestamp()), sys_inputs=inputs, pdf_tags=has_tags)
    return made if isinstance(made, bytes) else b""


def _compiler(name: str) -> typst.Compiler:
    try:
        import typst
    except ModuleNotFoundError:
        raise Refused(MISSING) from None
    source = template_folder() / "packet" / name
    return typst.Compiler(source, root=source.parent)


def without_letters(names: Collection[str]) -> frozenset[str]:
    """Give the names that have a letter which no font of this computer has: PDF/A refuses to show such a one."""
    compiler = _compiler("names.typ")
    if _is_shown(compiler, names):
        return frozenset()
    return frozenset(name for name in names if not _is_shown(compiler, [name]))


def _is_shown(compiler: typst.Compiler, names: Collection[str]) -> bool:
    try:
        compiler.compile(format="pdf", pdf_standards="a-2b", sys_inputs={"words": json.dumps(sorted(names))})
    except RuntimeError:  # typst.TypstError: the only thing in it that can go wrong is a letter
        return False
    return True


def page_values(
    office: Office, case: Case, proof_words: Callable[[str], str], parts: Mapping[str, str]
) -> dict[str, Any]:
    """Give what the pages show, in words, with every instant in the association's zone."""
    petition, zone = case.petition, case.petition.zone
    association = office.settings.association
    unshown = without_letters({line.name for line in case.lines}) if case.lines else frozenset()

    def when(at: datetime | None) -> str:
        return instant_words(at, zone) if at is not None else ""

    return {
        "paper": "us-letter" if zone.startswith("America/") else "a4",
        "association": association.name,
        "postal_address": association.postal_address,
        "committee": committee_name(case.committee),
        "id": petition.id,
        "title": petition.title,
        "kind": petition.kind.title,
        "source": petition.kind.source,
        "description": blocks(petition.kind.description),
        "submitted": when(case.at),
        "validated": case.counted.validated,
        "threshold": petition.threshold,
        "signatories": "members in good standing" if petition.kind.good_standing else "members",
        "rules": [{"asks": r.asks, "is_met": r.is_met, "found": r.found} for r in case.rules],
        "organizers": [{"name": o.name, "email": o.email, "address": o.address} for o in petition.organizers],
        "author": petition.author.name,
        "liaison": {"name": petition.staff_liaison.name, "email": petition.staff_liaison.email},
        "checked_by": case.checked_by,
        "dates": _dates(case),
        "earlier": [{"on": when(e["at"]), "reason": e["reason"]} for e in case.events if str(e["act"]) == "return"],
        "act": petition.kind.act,
        "act_sha256": petition.act_sha256,
        "statement": blocks(petition.statement),
        "statement_sha256": petition.statement_sha256,
        "other_versions": sum(line.statement_sha256 != petition.statement_sha256 for line in case.lines),
        "tally": [[name.replace("_", " "), case.tally.get(name, 0)] for name in _TALLY],
        "undoable": case.counted.validated - case.counted.firm,
        "undo_hours": petition.kind.undo_hours,
        "outlook": case.outlook,
        "proofs": [{"proof": proof, "n": n, "words": proof_words(proof)} for proof, n in case.proofs.items()],
        "bars": _bars(bars([x.signed_at for x in case.lines], zone, petition.petition_opened_at, _ended(case))),
        "lines": [
            {
                "no": line.no,
                "member_id": line.member_id,
                "name": line.name,
                "is_shown": line.name not in unshown,
                "standing": _standing(line.standing),
                "signed": f"{line.signed_at.astimezone(ZoneInfo(zone)):%Y-%m-%d %H:%M}",
                "proof": line.proof + (" *" if line.undo_until is not None else ""),
                "receipt": line.receipt,
            }
            for line in case.lines
        ],
        "zone": zone,
        "version_chars": VERSION_CHARS,
        "parts": [{"name": name, "sha256": digest} for name, digest in parts.items()],
        "ledger_head": case.ledger_head,
        "roster": {"members": case.roster[0], "sha256": case.roster[1]},
        "mails": len(case.mails),
    }


def committee_name(committee: Contact | None) -> str:
    """Name a committee: by what the contact is called, and who stands for it."""
    if committee is None:
        return ""
    return f"{committee.title} ({committee.name})" if committee.title else committee.name


def _dates(case: Case) -> list[list[str]]:
    petition = case.petition
    ended = _ended(case)
    dates = [
        ("Proposal mailed to the members for feedback", petition.feedback_opened_at),
        ("Petition opened for signatures", petition.petition_opened_at),
        (f"{petition.threshold} signatures reached", petition.qualified_at),
    ]
    shown = [[name, instant_words(at, petition.zone)] for name, at in dates if at is not None]
    if ended is not None:
        shown.append(["Petition closed", deadline_words(ended, petition.zone)])
    return [*shown, ["Submitted", instant_words(case.at, petition.zone)]]


def _ended(case: Case) -> datetime | None:
    closes_at = case.petition.petition_closes_at
    return closes_at if closes_at is not None and closes_at <= case.at else None


def _standing(kept: str) -> str:
    """Shorten 'good, paid through 2014-08-31, on 2013-06-24' for a column."""
    return kept.rpartition(", on ")[0].replace(", paid through no date", "") or kept


def _bars(found: Sequence[Bar]) -> list[list[Any]]:
    return [[f"{bar.on:%b} {bar.on.day}", bar.signed, bar.so_far] for bar in found]


# --- a statement's Markdown as values ---------------------------------------------------------------------------
def blocks(source: str) -> list[Any]:
    """Give Markdown as nested values: [kind, children or words]; typst shows words as they are, whatever they say."""
    stack: list[list[Any]] = [[]]
    for token in _PARSER.parse(source):
        if token.nesting == 1:
            stack.append([])
        elif token.nesting == -1:
            children = stack.pop()
            stack[-1].append(_block(token, children))
        elif token.type == "inline":
            stack[-1] += _inline(token.children or [])
        elif token.type == "hr":
            stack[-1].append(["hr", []])
        else:
            stack[-1].append(["code", [token.content.rstrip("\n")]])
    return stack[0]


_BLOCKS = {
    "paragraph_close": "p", "bullet_list_close": "ul", "ordered_list_close": "ol", "list_item_close": "li",
    "blockquote_close": "quote", "heading_close": "h",
}  # fmt: skip
_INLINE = {"strong_close": "strong", "em_close": "em"}


def _block(token: Token, children: list[Any]) -> list[Any]:
    return [_BLOCKS.get(token.type, "p"), children]


def _inline(tokens: Sequence[Token]) -> list[Any]:
    stack: list[list[Any]] = [[]]
    addresses: list[str] = []
    for token in tokens:
        if token.nesting == 1:
            stack.append([])
            addresses.append(str(token.attrGet("href") or ""))
        elif token.nesting == -1:
            children, address = stack.pop(), addresses.pop()
            kind = _INLINE.get(token.type, "link")
            stack[-1].append([kind, children, address] if kind == "link" else [kind, children])
        elif token.type in ("softbreak", "hardbreak"):
            stack[-1].append(" " if token.type == "softbreak" else ["br", []])
        elif token.content:
            stack[-1].append(token.content)
    return stack[0]
