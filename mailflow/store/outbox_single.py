"""Mails that are owed one by one, put into the outbox together: a statement for all their texts, one for all rows."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa

from mailflow.store.engine import Work
from mailflow.store.outbox import insert_if_new, new_row
from mailflow.store.outbox_rows import NewMail, NewMailing
from mailflow.store.roster import chunks
from mailflow.store.tables import mailing as mailing_table
from mailflow.store.tables import outbox

_CAUSES = 100  # looked up at once
_FIELDS = tuple(NewMailing.__dataclass_fields__)
_m = mailing_table.c
_ADD = mailing_table.insert().returning(_m.notice, _m.object_id, _m.version, _m.id)


def add_mailings(work: Work, wanted: Sequence[NewMailing], now: datetime) -> list[int]:
    """Freeze mailings and give their ids in this order; one that is there already, or asked for twice, is one."""
    known = _known(work, wanted)
    new = {_same(one): one for one in wanted if _same(one) not in known}
    while new:
        some = {(one.notice, one.object_id, one.version): same for same, one in new.items()}  # told apart by these
        rows = [{**{name: getattr(new[same], name) for name in _FIELDS}, "queued_at": now} for same in some.values()]
        for *cause, id_ in work.execute(_ADD, rows):
            same = some[cause[0], cause[1], cause[2]]
            known[same] = id_
            del new[same]
    return [known[_same(one)] for one in wanted]


Same = tuple[str, str, str, str, str, tuple[tuple[str, str], ...]]


def _same(one: NewMailing) -> Same:
    texts = tuple(sorted(one.skeletons.items()))
    return one.notice, one.object_id, one.version, one.statement_sha256, one.act_sha256, texts


def _known(work: Work, wanted: Sequence[NewMailing]) -> dict[Same, int]:
    known: dict[Same, int] = {}
    for some in chunks({(one.notice, one.object_id, one.version) for one in wanted}, _CAUSES):
        texts = sa.select(*(_m[name] for name in _FIELDS), _m.id)
        found = work.execute(texts.where(sa.tuple_(_m.notice, _m.object_id, _m.version).in_(some)).order_by(_m.id))
        for row in found:
            known[_same(NewMailing(*row[:-1]))] = row[-1]
    return known


def enqueue_each(work: Work, mails: Sequence[tuple[int, NewMailing, NewMail]], now: datetime) -> None:
    """Queue mails, each with its mailing's id; the same mail to the same recipient again is none (R84)."""
    if mails:
        work.execute(insert_if_new(work), [new_row(mail, id_, mailing, now) for id_, mailing, mail in mails])


_o = outbox.c
_ANSWERS = (
    sa.select(_o.address, _o.notice, sa.func.count())
    .where(_o.address.in_(sa.bindparam("addresses", expanding=True)), _o.is_answer)
    .where(_o.queued_at >= sa.bindparam("since", type_=_o.queued_at.type))
    .group_by(_o.address, _o.notice)
)


def answers_to_each(work: Work, addresses: Collection[str], since: datetime) -> dict[str, Counter[str]]:
    """Count the answers queued for each of these addresses since an instant, by notice (design rule 7, R73)."""
    found: dict[str, Counter[str]] = {}
    for some in chunks(addresses):
        for address, notice, count in work.execute(_ANSWERS, {"addresses": some, "since": since}):
            found.setdefault(address, Counter())[notice] = count
    return found
