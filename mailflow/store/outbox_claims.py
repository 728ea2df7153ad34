"""Taking out of the outbox: claims with a lease and a fence, and what became of them; bulk statements only."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa

from mailflow.domain.ledger import EntryKind
from mailflow.store import ledger
from mailflow.store.among import among
from mailflow.store.engine import Work
from mailflow.store.outbox_lookup import IS_OPEN, PRIORITIES
from mailflow.store.outbox_rows import ClaimedMail, Settled
from mailflow.store.pauses import paused_ids
from mailflow.store.roster import chunks
from mailflow.store.tables import instant_text, outbox

DETAIL_MAX = 500  # characters of what the relay said
# a claim counts as long as nobody has claimed the row since (R86)
_OURS = (
    outbox.c.id == sa.bindparam("b_id"),
    outbox.c.fence == sa.bindparam("b_fence"),
    outbox.c.state == "claimed",
)


_DUE = (
    sa.select(outbox.c.id)
    .where(IS_OPEN, outbox.c.priority == sa.bindparam("of_priority"), outbox.c.due_at <= sa.bindparam("now"))
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(sa.bindparam("at_most"))
    .with_for_update(skip_locked=True)  # PostgreSQL; on SQLite the caller's BEGIN IMMEDIATE does it
)
_DUE_AND_NOT_PAUSED = _DUE.where(sa.not_(among(outbox.c.mailing_id, "paused")))
_CLAIM = (
    sa.update(outbox)
    .where(among(outbox.c.id, "ids"))
    .values(
        state="claimed",
        fence=outbox.c.fence + 1,
        attempts=outbox.c.attempts + 1,
        lease_until=sa.bindparam("until"),
        due_at=sa.bindparam("until"),
    )
    .returning(*(outbox.c[name] for name in ClaimedMail.__dataclass_fields__))
)


def claim(work: Work, now: datetime, limit: int, lease_s: float) -> list[ClaimedMail]:
    """Lease what is due, answers first, then single mails, then mail to many, the longest due first.

    A claimed row whose lease ran out is due again. The caller commits before anything is sent (R86).
    """
    ids: list[int] = []
    paused = paused_ids(work)
    due = _DUE_AND_NOT_PAUSED if paused else _DUE
    for priority in PRIORITIES:
        if len(ids) < limit:
            values = {"of_priority": priority, "now": now, "at_most": limit - len(ids), "paused": paused}
            ids.extend(work.execute(due, values).scalars().all())
    if not ids:
        return []
    rows = work.execute(_CLAIM, {"ids": ids, "until": now + timedelta(seconds=lease_s)}).all()
    claimed = {row[0]: ClaimedMail(*row) for row in rows}  # in the order of its fields
    return [claimed[id_] for id_ in ids if id_ in claimed]


# all results in one statement, ten times as fast as one each; the places are those of _result
_SETTLE = {
    "sqlite": """
        UPDATE outbox SET state = r.value ->> 2, due_at = r.value ->> 3, code = r.value ->> 4, detail = r.value ->> 5,
            unknowns = r.value ->> 6, settled_at = :now, lease_until = NULL
        FROM json_each(:results) AS r
        WHERE outbox.id = r.value ->> 0 AND outbox.fence = r.value ->> 1 AND outbox.state = 'claimed'""",
    # the rows are found by their ids: by its statistics, made before the claim, there is no claimed row, and all
    # results would be compared with each one
    "postgresql": """
        WITH r AS MATERIALIZED (
            SELECT CAST(value ->> 0 AS integer) AS id, CAST(value ->> 1 AS integer) AS fence, value ->> 2 AS state,
                CAST(value ->> 3 AS timestamptz) AS due_at, CAST(value ->> 4 AS integer) AS code, value ->> 5 AS detail,
                CAST(value ->> 6 AS integer) AS unknowns
            FROM json_array_elements(CAST(:results AS json))
        )
        UPDATE outbox SET state = r.state, due_at = r.due_at, code = r.code, detail = r.detail, unknowns = r.unknowns,
            settled_at = :now, lease_until = NULL
        FROM r WHERE outbox.id = r.id AND outbox.fence = r.fence AND outbox.state || '' = 'claimed'""",
}


def settle(work: Work, settled: Sequence[Settled], now: datetime) -> int:
    """Record what became of claimed mails and say how many of these results came too late to count (R86)."""
    if not settled:
        return 0
    update = sa.text(_SETTLE[work.dialect.name]).bindparams(sa.bindparam("now", now, outbox.c.settled_at.type))
    results = json.dumps([_result(one, now) for one in settled])
    stale = len(settled) - work.execute(update, {"results": results}).rowcount
    accepted = sorted(one.id for one in settled if one.state == "accepted")
    if accepted:
        # a batch is one entry: how many, and a digest of which rows
        digest = sha256(",".join(map(str, accepted)).encode()).hexdigest()
        ledger.append(work, EntryKind.SENT, "", now, {"mails": len(accepted), "rows": digest})
    return stale


def _result(one: Settled, now: datetime) -> tuple[int, int, str, str, int, str, int]:
    detail = one.detail[:DETAIL_MAX]
    if not detail.isprintable():  # NUL and half characters can't be kept
        detail = "".join(character if character.isprintable() else " " for character in detail)
    return one.id, one.fence, one.state, instant_text(one.due_at or now), one.code, detail, one.unknowns


def release_claims(work: Work, claimed: Iterable[tuple[int, int]], due_at: datetime) -> int:
    """Give back claimed mails, as (id, fence), that were not offered to the relay; the attempt does not count."""
    rows = [{"b_id": id_, "b_fence": fence} for id_, fence in claimed]
    if not rows:
        return 0
    update = (
        sa.update(outbox)
        .where(*_OURS)
        .values(
            state=sa.case((outbox.c.attempts > 1, "deferred"), else_="queued"),
            attempts=outbox.c.attempts - 1,
            due_at=due_at,
            lease_until=None,
        )
    )
    return work.execute(update, rows).rowcount


def await_claims(work: Work, ids: Sequence[int]) -> None:
    """Wait for the transaction of a killed sender: PostgreSQL may still be committing its claim of these mails."""
    for some in chunks(ids):
        work.execute(sa.select(outbox.c.id).where(outbox.c.id.in_(some)).order_by(outbox.c.id).with_for_update())


def take_back(work: Work, left: Iterable[tuple[int, int, datetime]], due_at: datetime) -> int:
    """Free the mails, as (id, fence, lease_until), that a killed sender had claimed; the attempt counts.

    The lease tells its claim from one that another sender made with the same fence after a commit that never was.
    """
    rows = [{"b_id": id_, "b_fence": fence, "b_lease": lease} for id_, fence, lease in left]
    if not rows:
        return 0
    lease = sa.bindparam("b_lease", type_=outbox.c.lease_until.type)
    update = (
        sa.update(outbox)
        .where(*_OURS, outbox.c.lease_until == lease)
        .values(state="deferred", due_at=due_at, lease_until=None)
    )
    return work.execute(update, rows).rowcount
