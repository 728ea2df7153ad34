"""An audience as one query: a condition on members, built term by term; both databases stream it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import sqlalchemy as sa

from mailflow.domain.audience import Audience, Term, TermKind
from mailflow.domain.model import SIGNED
from mailflow.domain.opt_out import ALL
from mailflow.mail.message import MailKind
from mailflow.store import tables as t
from mailflow.store.engine import Work

Condition = sa.ColumnElement[bool]
Scope = str | tuple[str, ...]  # of opt-outs (domain.opt_out)
FETCH = 1_000  # rows in memory at once


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom one copy goes to. member_id "": a mailing list, which gets no key and no personal link."""

    member_id: str
    name: str
    address: str
    language: str = ""
    timezone: str = ""


def select_members(audience: Audience, on: date) -> sa.Select[str]:
    """Give the query for the member_ids that an audience means on a day; those who ended are never among them."""
    return sa.select(t.member.c.member_id).where(_meant(audience, on))


def iter_recipients(work: Work, audience: Audience, on: date, scope: Scope = "") -> Iterator[Recipient]:
    """Give each member who is meant once, at their preferred address, by member_id; then the mailing lists.

    Left out: who opted out of everything or of `scope`, whose address is suppressed, who has none. Read it inside
    one unit of work; a thousand rows are in memory at a time.
    """
    member, address = t.member.c, t.member_address.c
    query = (
        sa.select(member.member_id, member.name, address.address, member.language, member.timezone)
        .join(t.member_address, PREFERRED)
        .where(_meant(audience, on), ~has_opted_out(scope), ~IS_SUPPRESSED)
        .order_by(member.member_id)
        .execution_options(yield_per=FETCH)
    )
    for row in work.execute(query):
        yield Recipient(*row)
    yield from (Recipient("", "", address) for address in audience.lists)


def count_recipients(work: Work, audience: Audience, on: date, scope: Scope = "") -> int:
    """Count what iter_recipients would give."""
    query = (
        sa.select(sa.func.count())
        .select_from(t.member)
        .join(t.member_address, PREFERRED)
        .where(_meant(audience, on), ~has_opted_out(scope), ~IS_SUPPRESSED)
    )
    return work.execute(query).scalar_one() + len(audience.lists)


def left_out(work: Work, audience: Audience, on: date, scope: Scope = "") -> dict[str, int]:
    """Count by reason the members who are meant and get nothing; each under the first reason that holds."""
    reason = sa.case(
        (has_opted_out(scope), "opted out"),
        (t.member_address.c.address.is_(None), "no address"),
        (IS_SUPPRESSED, "suppressed"),
        else_="",
    )
    joined = sa.outerjoin(t.member, t.member_address, PREFERRED)
    reasons = sa.select(reason.label("reason")).select_from(joined).where(_meant(audience, on)).subquery()
    query = sa.select(reasons.c.reason, sa.func.count()).where(reasons.c.reason != "").group_by(reasons.c.reason)
    return dict(work.execute(query.order_by(reasons.c.reason)).all())


def count_by_term(work: Work, audience: Audience, on: date, scope: Scope = "") -> dict[str, int]:
    """Count for each term the recipients that it brings, or with a '-' before it those that it takes away.

    Somebody whom several terms mean is counted under each, so the sum may be more than there are recipients.
    """
    counts: dict[str, int] = {}
    for number, term in enumerate(audience.terms):
        if term.kind is TermKind.LIST:
            counts[str(term)] = 1
            continue
        meant = _fold(audience.terms[:number], on) if term.is_taken_away else _meant(audience, on)
        query = (
            sa.select(sa.func.count())
            .select_from(t.member)
            .join(t.member_address, PREFERRED)
            .where(meant, _condition(term, on, len(audience.terms)), ~has_opted_out(scope), ~IS_SUPPRESSED)
        )
        counts[f"- {term}" if term.is_taken_away else str(term)] = work.execute(query).scalar_one()
    return counts


def problems_of(work: Work, audience: Audience) -> list[str]:
    """Say which units, tags and petitions an audience names that nobody has heard of; [] when all is well."""
    return [problem for term in audience.terms if (problem := _problem(work, term))]


PREFERRED = sa.and_(t.member_address.c.member_id == t.member.c.member_id, t.member_address.c.position == 0)
IS_SUPPRESSED = t.member_address.c.address_norm.in_(
    sa.select(t.suppression.c.address_norm).where(t.suppression.c.is_stopped)
)


def has_opted_out(scope: Scope) -> Condition:
    """Say that a member wants no mail about `scope` (of any of several), or none at all."""
    choice = t.opt_out.c
    scopes = [ALL, *((scope,) if isinstance(scope, str) else scope)]
    return t.member.c.member_id.in_(sa.select(choice.member_id).where(choice.scope.in_(scopes)))


def _meant(audience: Audience, on: date) -> Condition:
    return _fold(audience.terms, on)


def _fold(terms: Sequence[Term], on: date) -> Condition:
    """Fold the terms from left to right: + is 'or', - is 'and not'. Set operators would not nest on SQLite."""
    meant: Condition = sa.false()
    for number, term in enumerate(terms):
        condition = _condition(term, on, number)
        meant = sa.and_(meant, ~condition) if term.is_taken_away else sa.or_(meant, condition)
    return sa.and_(t.member.c.ended_at.is_(None), meant)


def _condition(term: Term, on: date, number: int) -> Condition:
    match term.kind:
        case TermKind.MEMBERS:
            return sa.true()
        case TermKind.GOOD:
            return _is_good(on)
        case TermKind.UNIT:
            start = sa.select(sa.literal(term.value, sa.Text).label("unit_id"))
            return _is_in_units(start, number, with_descendants=not term.is_alone)
        case TermKind.TAG:
            start = sa.select(t.unit_tag.c.unit_id).where(t.unit_tag.c.tag == term.value)
            return _is_in_units(start, number, with_descendants=True)
        case TermKind.SIGNED:
            return _is_among(_signed(term.value))
        case TermKind.UNSIGNED:
            return ~_is_among(_signed(term.value))
        case TermKind.FEEDBACK:
            return _is_among(_gave_feedback(term.value))
        case TermKind.SILENT:
            return _is_silent(term.value)
        case TermKind.TOLD:
            return _is_among(_told(term.value))
        case TermKind.LIST:
            return sa.false()  # no member is meant; audience.lists has the address


def _is_among(member_ids: sa.Select[str]) -> Condition:
    return t.member.c.member_id.in_(member_ids)


def _is_good(on: date) -> Condition:
    """Say model.is_in_good_standing in SQL."""
    paid = t.member.c.paid_through
    return sa.and_(t.member.c.standing == "good", sa.or_(paid.is_(None), paid >= on))


def _is_in_units(start: sa.Select[str], number: int, with_descendants: bool) -> Condition:
    """Walk down the tree; UNION (not ALL) ends even on a loop. A start that is not listed may have children too."""
    chosen = start.cte(f"chosen_{number}", recursive=with_descendants)
    if with_descendants:
        below = sa.select(t.unit.c.unit_id).join(chosen, t.unit.c.parent_id == chosen.c.unit_id)
        chosen = chosen.union(below)
    belongs = t.member_unit.c
    return _is_among(sa.select(belongs.member_id).where(belongs.unit_id.in_(sa.select(chosen.c.unit_id))))


def _signed(petition_id: str) -> sa.Select[str]:
    signature = t.signature.c
    states = [state.value for state in SIGNED]
    return sa.select(signature.member_id).where(signature.petition_id == petition_id, signature.state.in_(states))


def _gave_feedback(object_id: str) -> sa.Select[str]:
    return sa.select(t.feedback.c.member_id).where(t.feedback.c.object_id == object_id)


def _told(notice_id: str) -> sa.Select[str]:
    mail, mailing = t.outbox.c, t.mailing.c
    of_notice = sa.select(mailing.id).where(mailing.object_id == notice_id, mailing.is_to_many)
    return sa.select(mail.member_id).where(mail.mailing_id.in_(of_notice), mail.state == "accepted")


def _is_silent(object_id: str) -> Condition:
    """Say: no signature in whatever state, no feedback, no mail about it that a person wrote."""
    signature, inbox = t.signature.c, t.inbox.c
    ever_signed = sa.select(signature.member_id).where(signature.petition_id == object_id)
    wrote = sa.select(inbox.member_id).where(inbox.object_id == object_id, inbox.kind == MailKind.PERSON.value)
    return sa.and_(~_is_among(ever_signed), ~_is_among(_gave_feedback(object_id)), ~_is_among(wrote))


def _problem(work: Work, term: Term) -> str:
    known: sa.Select[int] | sa.CompoundSelect[int] | None = None
    one = sa.literal(1)
    match term.kind:
        case TermKind.UNIT:
            known = sa.union(
                sa.select(one).where(t.unit.c.unit_id == term.value),
                sa.select(one).where(t.unit.c.parent_id == term.value),
                sa.select(one).where(t.member_unit.c.unit_id == term.value),
            )
        case TermKind.TAG:
            known = sa.select(one).where(t.unit_tag.c.tag == term.value)
        case TermKind.TOLD:
            known = sa.select(one).where(t.notice.c.id == term.value)
        case TermKind.SIGNED | TermKind.UNSIGNED:
            known = sa.select(one).where(t.proposal.c.id == term.value)
    if known is None or work.execute(known.limit(1)).first():
        return ""
    joined = "; put spaces around the + or - that joins two terms" if set(term.value) & {"+", "-"} else ""
    where = {
        TermKind.SIGNED: "proposal list",
        TermKind.UNSIGNED: "proposal list",
        TermKind.TOLD: "notice list",
    }.get(term.kind, "units list")
    return f"audience: {term} names nothing that is known here; see `mailflow {where}`{joined}"
