"""Which mails came before: the same mail at another place, and another one under the same Message-ID (R16)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from mailflow.store import tables as t
from mailflow.store.engine import Work

_i = t.inbox.c


@dataclass(frozen=True, slots=True)
class Mark:
    """What a mail is known by. n: its number; door: where it came in."""

    n: int
    door: str
    message_id: str
    content_sha256: str


_COPIES = (
    sa.select(_i.n, _i.door, _i.message_id, _i.content_sha256)
    .where(sa.tuple_(_i.message_id, _i.content_sha256).in_(sa.bindparam("marks", expanding=True)))
    .where(_i.verdict.not_in(["", "duplicate", "failed"]))
    .order_by(_i.n)
)


def same_mails(work: Work, marks: Sequence[Mark]) -> dict[int, int]:
    """Give by number the earlier mail that each is: same Message-ID and content; without an id, same content and door.

    One at which we failed took no effect yet, so its copy is not the same mail again (R4).
    """
    pairs = sorted({(one.message_id, one.content_sha256) for one in marks})
    found = [Mark(*row) for row in work.execute(_COPIES, {"marks": pairs})] if pairs else []
    earlier = ((one, next((other for other in found if _is_same(one, other)), None)) for one in marks)
    return {one.n: other.n for one, other in earlier if other is not None}


def _is_same(one: Mark, other: Mark) -> bool:
    same = (one.message_id, one.content_sha256) == (other.message_id, other.content_sha256)
    return same and one.n != other.n and (bool(one.message_id) or one.door == other.door)


_SPREAD = (
    sa.select(_i.message_id, sa.func.min(_i.content_sha256), sa.func.max(_i.content_sha256))
    .where(_i.message_id.in_(sa.bindparam("ids", expanding=True)))
    .group_by(_i.message_id)
)


def ids_with_other_content(work: Work, marks: Sequence[Mark]) -> dict[int, int]:
    """Give by number the first mail with the same Message-ID but other content: it is read, and flagged (R16)."""
    ids = sorted({one.message_id for one in marks} - {""})
    spread = {row[0]: {row[1], row[2]} for row in work.execute(_SPREAD, {"ids": ids})} if ids else {}
    doubtful = [one for one in marks if spread.get(one.message_id, set()) - {one.content_sha256}]
    others = ((one.n, _other_content(work, one)) for one in doubtful)
    return {n: other for n, other in others if other is not None}


def _other_content(work: Work, mark: Mark) -> int | None:
    query = sa.select(sa.func.min(_i.n)).where(
        _i.message_id == mark.message_id, _i.content_sha256 != mark.content_sha256, _i.n != mark.n
    )
    found: int | None = work.execute(query).scalar()
    return found
