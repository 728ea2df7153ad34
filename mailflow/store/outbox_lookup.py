"""Looking into the outbox: counts, what waits, and the mail that a key went out in."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

import sqlalchemy as sa

from mailflow.domain.model import KeyFact
from mailflow.domain.rate import DAY, MINUTE, Limits, Usage
from mailflow.errors import NotFound
from mailflow.mail.address import domain_of
from mailflow.mail.key import message_id_for
from mailflow.store.engine import Work
from mailflow.store.outbox_rows import Mailing, SentText, Waiting
from mailflow.store.pauses import paused_ids
from mailflow.store.tables import ABOUT, outbox
from mailflow.store.tables import mailing as mailing_table

# held: it may have been sent before the database was put back from a backup, and a person decides (store.restores)
STATES = ("queued", "claimed", "accepted", "deferred", "failed", "parked", "suppressed", "held")
PRIORITIES = (0, 1, 2)  # an answer, a single mail, one of many
# spelled as in the partial index ix_outbox_open, or the databases would not see that it serves
IS_OPEN = sa.text("state IN ('queued', 'deferred', 'claimed')")
_KEYS_A_QUERY = 500


def counts(work: Work) -> dict[str, int]:
    """Give how many rows are in each state; every state is there."""
    found = work.execute(sa.select(outbox.c.state, sa.func.count().label("n")).group_by(outbox.c.state))
    return dict.fromkeys(STATES, 0) | {row.state: row.n for row in found}


def count_due(work: Work, now: datetime, limit: int) -> int:
    """Count what may be claimed now, up to limit."""
    due = sa.select(outbox.c.id).where(IS_OPEN, outbox.c.priority.in_(PRIORITIES), outbox.c.due_at <= now)
    if paused := paused_ids(work):
        due = due.where(outbox.c.mailing_id.not_in(paused))
    return int(work.execute(sa.select(sa.func.count()).select_from(due.limit(limit).subquery())).scalar_one())


def list_waiting(work: Work, limit: int) -> list[Waiting]:
    """List what is still to be sent, in the order it will be."""
    columns = tuple(outbox.c[name] for name in Waiting.__dataclass_fields__)
    found = work.execute(
        sa.select(*columns).where(IS_OPEN).order_by(outbox.c.priority, outbox.c.due_at, outbox.c.id).limit(limit)
    )
    return [Waiting(**row._mapping) for row in found]


def list_held(work: Work, limit: int) -> list[Waiting]:
    """List what may have been sent before the database was put back from a backup."""
    columns = tuple(outbox.c[name] for name in Waiting.__dataclass_fields__)
    query = sa.select(*columns).where(outbox.c.state == "held").order_by(outbox.c.mailing_id, outbox.c.id)
    return [Waiting(**row._mapping) for row in work.execute(query.limit(limit))]


def list_suppressed(work: Work, limit: int) -> list[Waiting]:
    """List what was not sent because it was no longer wanted or true, the newest first; detail says why."""
    columns = tuple(outbox.c[name] for name in Waiting.__dataclass_fields__)
    query = sa.select(*columns).where(outbox.c.state == "suppressed").order_by(outbox.c.settled_at.desc(), outbox.c.id)
    return [Waiting(**row._mapping) for row in work.execute(query.limit(limit))]


def mailing(work: Work, mailing_id: int) -> Mailing:
    """Give a mailing; raises NotFound."""
    return mailings(work, [mailing_id])[mailing_id]


def mailings(work: Work, ids: Collection[int]) -> dict[int, Mailing]:
    """Give mailings by id; raises NotFound when one is missing."""
    columns = tuple(mailing_table.c[name] for name in Mailing.__dataclass_fields__)
    rows = work.execute(sa.select(*columns).where(mailing_table.c.id.in_(list(ids))))
    found = {row.id: Mailing(**row._mapping) for row in rows}
    if missing := set(ids) - set(found):
        raise NotFound(f"there is no mailing {min(missing)}")
    return found


# --- keys -------------------------------------------------------------------------------------------------------
def key_facts(work: Work, keys: Iterable[str], domain: str = "") -> dict[str, KeyFact]:
    """Give what is known of these reply keys; unknown ones are left out.

    domain: the mailbox's, for KeyFact.message_id; without it that is "".
    """
    wanted = list(dict.fromkeys(keys))
    facts: dict[str, KeyFact] = {}
    for start in range(0, len(wanted), _KEYS_A_QUERY):
        for fact in _key_facts(work, outbox.c.key.in_(wanted[start : start + _KEYS_A_QUERY]), domain):
            facts[fact.key] = fact
    return facts


def by_link_key(work: Work, link_key: str, domain: str = "") -> KeyFact | None:
    """Give the mail whose personal link this is; None for an unknown one."""
    return next(iter(_key_facts(work, outbox.c.link_key == link_key, domain)), None)


def by_unsubscribe_key(work: Work, unsubscribe_key: str, domain: str = "") -> KeyFact | None:
    """Give the mail whose unsubscribe link this is; None for an unknown one."""
    return next(iter(_key_facts(work, outbox.c.unsubscribe_key == unsubscribe_key, domain)), None)


def newest_key(work: Work, notice: str, member_id: str, address: str) -> str:
    """Give the key of the newest mail of a notice that the relay took for a member, or else for an address; "" if none.

    address is looked at where a mail went to somebody for their part (an organizer, a contact) and not as a member.
    """
    o = outbox.c
    is_theirs = sa.and_(o.member_id == "", sa.func.lower(o.address) == address.lower())
    if member_id:
        is_theirs = sa.or_(o.member_id == member_id, is_theirs)
    query = sa.select(o.key).where(o.notice == notice, o.state == "accepted", is_theirs)
    found: str | None = work.execute(query.order_by(o.settled_at.desc(), o.id.desc()).limit(1)).scalar()
    return found or ""


def key_about(work: Work, notice: str, inbox_n: int) -> str:
    """Give the key of the first mail of that name that a mail that came in brought about, "" for none."""
    o = outbox.c
    query = sa.select(o.key).where(o.about_n == inbox_n, sa.text(ABOUT), o.notice == notice).order_by(o.id).limit(1)
    return work.scalar(query) or ""


def _key_facts(work: Work, condition: sa.ColumnElement[bool], domain: str) -> list[KeyFact]:
    o, m = outbox.c, mailing_table.c
    found = work.execute(
        sa.select(o.key, o.notice, o.object_id, o.member_id, o.address, o.about_n, m.statement_sha256, m.act_sha256)
        .join_from(outbox, mailing_table, o.mailing_id == m.id)
        .where(condition)
    )
    return [KeyFact(**row._mapping, message_id=message_id_for(row.key, domain) if domain else "") for row in found]


def sent_text(work: Work, key: str) -> SentText | None:
    """Give what the mail with this key was made of; None for an unknown one."""
    return sent_texts(work, [key]).get(key)


def sent_texts(work: Work, keys: Iterable[str]) -> dict[str, SentText]:
    """Give what the mails with these keys were made of; unknown ones are left out."""
    o, m = outbox.c, mailing_table.c
    found = work.execute(
        sa.select(o.key, o.notice, o.object_id, o.name, o.address, o.fields, m.skeletons)
        .join_from(outbox, mailing_table, o.mailing_id == m.id)
        .where(o.key.in_(list(keys)))
    )
    return {
        row.key: SentText(
            row.key,
            row.notice,
            row.object_id,
            row.name,
            row.address,
            skeleton_for(row.skeletons, row.fields.get("language", "")),
            row.fields,
        )
        for row in found
    }


def skeleton_for(skeletons: dict[str, str], language: str) -> str:
    """Pick the skeleton of a language: itself ('pt-BR'), its base ('pt'), the default "", English, the first."""
    for name in (language, language.split("-")[0], "", "en"):
        if name in skeletons:
            return skeletons[name]
    return next(iter(skeletons.values()), "")


# --- limits -----------------------------------------------------------------------------------------------------
def answers_to(work: Work, address: str, since: datetime) -> dict[str, int]:
    """Count the answers queued for an address since an instant, by notice (design rule 7, R73)."""
    found = work.execute(
        sa.select(outbox.c.notice, sa.func.count().label("n"))
        .where(outbox.c.address == address, outbox.c.is_answer, outbox.c.queued_at >= since)
        .group_by(outbox.c.notice)
    )
    return {row.notice: row.n for row in found}


def answers_since(work: Work, since: datetime, notices: Collection[str] = ()) -> int:
    """Count the answers queued since an instant, for the breaker (R74); notices: only these."""
    query = sa.select(sa.func.count()).where(outbox.c.priority == 0, outbox.c.queued_at >= since)
    if notices:
        query = query.where(outbox.c.notice.in_(list(notices)))
    return int(work.execute(query).scalar_one())


def answers_about(work: Work, address: str, object_id: str, notices: Collection[str]) -> int:
    """Count the mails of these names that were ever queued for an address about an object (R76)."""
    query = sa.select(sa.func.count()).where(
        outbox.c.address == address, outbox.c.object_id == object_id, outbox.c.notice.in_(list(notices))
    )
    return int(work.execute(query).scalar_one())


def usage(work: Work, now: datetime, limits: Limits) -> Usage:
    """Give what was offered to the relay lately, as far as the limits ask for it."""
    o = outbox.c
    was_offered = o.state.in_(("accepted", "deferred", "failed"))
    lately = sa.select(o.settled_at, o.address).where(was_offered, o.settled_at > now - MINUTE).order_by(o.settled_at)
    minute = tuple((row.settled_at, domain_of(row.address)) for row in work.execute(lately))
    if not limits.per_day:
        return Usage(minute)
    day = work.execute(
        sa.select(sa.func.count(), sa.func.min(o.settled_at)).where(was_offered, o.settled_at > now - DAY)
    ).one()
    return Usage(minute, day=day[0], day_began_at=day[1])


def own_invitations(work: Work, petition_id: str, recipient: str) -> list[datetime]:
    """Give when this recipient was mailed an invitation that somebody asked for on the public page (R76)."""
    o = outbox.c
    query = sa.select(o.queued_at).where(
        o.notice == "petition_invitation",
        o.object_id == petition_id,
        o.recipient == recipient,
        o.version.like("own-%"),
    )
    return list(work.execute(query).scalars())
