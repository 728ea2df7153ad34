"""Read proposal.md: TOML front matter, then the statement; checked against its kind, all reasons at once."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import datetime

from mailflow.domain.civil import first_monday_after
from mailflow.domain.front_matter import Fields, split_front_matter, trimmed
from mailflow.domain.model import Author, Contact, Kind, Meeting, Organizer, Proposal, ProposalState
from mailflow.domain.submission import OVERLAP
from mailflow.errors import InputError

FIELDS = (
    "kind",
    "title",
    "author",
    "organizers",
    "staff_liaison",
    "online_document",
    "meetings",
    "feedback",
    "petition",
    "audience",
    "id",
)
TABLES = {
    "author": ("name", "email", "picture"),
    "organizers": ("name", "email", "address"),
    "staff_liaison": ("name", "email"),
    "meetings": ("starts", "ends", "where", "title"),
    "feedback": ("closes",),
    "petition": ("opens", "closes"),
}
REQUIRABLE = (
    *FIELDS,
    "statement",
    *(f"{table}.{field}" for table, fields in TABLES.items() for field in fields),
)
"""What `required` of a kind may name: a field, or a field of a table; in a list of tables, of each of them."""

MONDAY, BY_ORGANIZER = "monday", "by organizer"


def statement_sha256(statement: str) -> str:
    """Give the version of a statement: SHA-256 (hex) of its UTF-8 with LF line ends and no white space around it."""
    return hashlib.sha256(trimmed(statement).encode()).hexdigest()


def act_sha256(act: str) -> str:
    """Give the version of a kind's act sentence: SHA-256 (hex) of its UTF-8, white space folded to single blanks."""
    return hashlib.sha256(" ".join(act.split()).encode()).hexdigest()


def read_proposal(text: str, kinds: Mapping[str, Kind], zone: str) -> Proposal:
    """Give the draft that a file asks for; its id is "" when the file sets none.

    zone: the association's, for bare dates and local times. Raises InputError with all problems.
    """
    given, statement = split_front_matter(text)
    top = Fields(given, FIELDS, [])
    kind = _kind(top, kinds)
    draft = _draft(top, kind, statement, zone)
    _refuse_odd_windows(draft, top)
    _refuse_missing(top, kind, statement)
    if top.problems:
        raise InputError(list(dict.fromkeys(top.problems)))
    return draft


def _kind(top: Fields, kinds: Mapping[str, Kind]) -> Kind:
    name = top.line("kind", required=True)
    if name in kinds:
        return kinds[name]
    if name:
        known = ", ".join(kinds) or "none: add [kinds.NAME] to config.toml"
        top.refuse("kind", f"is {name!r}; the kinds of this association are {known}")
    return Kind(name=name, title=name)


def _draft(top: Fields, kind: Kind, statement: str, zone: str) -> Proposal:
    organizers = tuple(_organizer(each) for each in top.tables("organizers", TABLES["organizers"]))
    closes_at = top.table("feedback", TABLES["feedback"]).when("closes", zone, "end")
    petition = top.table("petition", TABLES["petition"])
    opens, opens_at = _opening(petition, closes_at, zone)
    return Proposal(
        id=top.object_id(kind.name) if kind.name else top.line("id"),
        kind=kind,
        title=top.line("title", required=True),
        state=ProposalState.DRAFT,
        author=_author(top, organizers),
        organizers=organizers,
        staff_liaison=_liaison(top),
        statement=statement,
        statement_sha256=statement_sha256(statement),
        act_sha256=act_sha256(kind.act),
        zone=zone,
        audience=top.audience(kind.audience),
        online_document=top.web_address("online_document"),
        meetings=tuple(m for each in top.tables("meetings", TABLES["meetings"]) if (m := _meeting(each, zone))),
        feedback_closes_at=closes_at,
        petition_opens=opens,
        petition_opens_at=opens_at,
        petition_closes_at=petition.when("closes", zone, "end"),
    )


def _author(top: Fields, organizers: tuple[Organizer, ...]) -> Author:
    """Give who proposes: the first organizer where the file names no author."""
    if not top.has("author"):
        if not organizers:
            top.refuse("author", "is missing, and there are no organizers: somebody must propose")
            return Author("")
        return Author(organizers[0].name, organizers[0].email)
    fields = top.table("author", TABLES["author"])
    picture = fields.line("picture")
    if ":" in picture:
        fields.web_address("picture")
    return Author(fields.line("name", required=True), fields.email("email"), picture)


def _organizer(fields: Fields) -> Organizer:
    return Organizer(
        fields.line("name", required=True), fields.email("email", required=True), fields.paragraph("address")
    )


def _liaison(top: Fields) -> Contact:
    if not top.has("staff_liaison"):
        return Contact("")
    fields = top.table("staff_liaison", TABLES["staff_liaison"])
    return Contact(fields.line("name", required=True), fields.email("email"))


def _meeting(fields: Fields, zone: str) -> Meeting | None:
    starts_at, ends_at = fields.when("starts", zone, "start"), fields.when("ends", zone, "end")
    if not fields.has("starts"):
        fields.refuse("starts", "is missing")
    if starts_at and ends_at and ends_at < starts_at:
        fields.refuse("ends", "is before starts")
    where, title = fields.line("where"), fields.line("title")
    if starts_at is None:
        return None
    if ends_at is None and fields.is_bare_date("starts"):
        ends_at = fields.when("starts", zone, "end")
    return Meeting(starts_at, ends_at, where, title)


def _opening(petition: Fields, feedback_closes_at: datetime | None, zone: str) -> tuple[str, datetime | None]:
    """Give how and when the petition opens: by its organizer where the file says nothing."""
    raw = petition.raw("opens")
    words = " ".join(raw.lower().split()) if isinstance(raw, str) else ""
    if words == BY_ORGANIZER or not petition.has("opens"):
        return BY_ORGANIZER, None
    if words != MONDAY:
        return "", petition.when("opens", zone, "start")
    if feedback_closes_at is None:
        petition.refuse("opens", 'is "monday", which is counted from feedback.closes: write that, or a date')
        return MONDAY, None
    return MONDAY, first_monday_after(feedback_closes_at, zone)


def _refuse_odd_windows(draft: Proposal, top: Fields) -> None:
    opens_at, closes_at, feedback = draft.petition_opens_at, draft.petition_closes_at, draft.feedback_closes_at
    if feedback and opens_at and feedback > opens_at:
        top.refuse("feedback.closes", "is after petition.opens: feedback must close first")
    if opens_at and closes_at and closes_at <= opens_at:
        top.refuse("petition.closes", "is not after petition.opens")
    if feedback and closes_at and closes_at <= feedback:
        top.refuse("petition.closes", "is not after feedback.closes")


def _refuse_missing(top: Fields, kind: Kind, statement: str) -> None:
    if not statement:
        top.refuse("statement", "is missing: it is the text after the front matter")
    for required in kind.required:
        table, _, field = required.partition(".")
        if table in ("statement", OVERLAP):
            continue  # refused above, or asked for when the petition is submitted
        if not top.has(table):
            top.refuse(table if table in kind.required else required, f"is missing; the kind {kind.name} requires it")
        elif field:
            _refuse_missing_within(top, kind, table, field)


def _refuse_missing_within(top: Fields, kind: Kind, table: str, field: str) -> None:
    value = top.raw(table)
    entries = value if isinstance(value, list) else [value]
    for n, entry in enumerate(entries, 1):
        if isinstance(entry, dict) and entry.get(field) in (None, "", [], {}):
            name = f"{table}[{n}].{field}" if isinstance(value, list) else f"{table}.{field}"
            top.refuse(name, f"is missing; the kind {kind.name} requires it")
