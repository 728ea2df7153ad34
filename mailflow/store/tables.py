"""All tables. Instants are stored as UTC and come back aware; nothing naive gets in."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import sqlalchemy as sa


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware instant in UTC, to the microsecond; SQLite keeps it as ISO text, which sorts as time does."""

    impl = sa.String(32)
    cache_ok = True

    def load_dialect_impl(self, dialect: sa.Dialect) -> sa.types.TypeEngine[Any]:
        """Use the database's own type where it keeps zones."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(sa.DateTime(timezone=True))
        return dialect.type_descriptor(sa.String(32))

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> Any:
        """Refuse naive values: a time without a zone is a mistake."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"naive instant {value!r}")
        return value.astimezone(UTC) if dialect.name == "postgresql" else instant_text(value)

    def result_processor(self, dialect: sa.Dialect, coltype: object) -> Callable[[Any], datetime | None]:
        """Give back aware UTC."""
        return _instant_of_text if dialect.name != "postgresql" else _instant_in_utc


@lru_cache(maxsize=1024)  # rows that were written together share their instants
def _instant_of_text(value: str | None) -> datetime | None:
    return None if value is None else datetime.fromisoformat(value)


def _instant_in_utc(value: datetime | None) -> datetime | None:
    return None if value is None else value.astimezone(UTC)


@lru_cache(maxsize=256)  # a bulk statement has the same few for all of its rows
def instant_text(value: datetime) -> str:
    """Give an aware instant as SQLite keeps it."""
    return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")


metadata = sa.MetaData()
T, N, C = sa.Text, sa.Integer, sa.Column
# conditions of partial indexes; a query must spell them the same to be served
PARKED, UNKNOWN, ABOUT = "state = 'parked'", "unknowns > 0", "about_n > 0"


def _text(name: str, **kw: Any) -> sa.Column[str]:
    return C(name, T, nullable=False, server_default="", **kw)


# --- roster -----------------------------------------------------------------------------------------------------
member = sa.Table(
    "member",
    metadata,
    C("member_id", T, primary_key=True),
    _text("name"),
    _text("standing"),
    C("paid_through", sa.Date),
    _text("postal_address"),
    _text("language"),
    _text("timezone"),
    _text("salt"),  # for commitments that outlive the person's data (design rule 11)
    C("ended_at", Instant),
)
# what a roster said and from when: standing 'as of a date' is read here
member_standing = sa.Table(
    "member_standing",
    metadata,
    C("member_id", T, sa.ForeignKey("member.member_id"), primary_key=True),
    C("valid_from", Instant, primary_key=True),
    _text("standing"),
    C("paid_through", sa.Date),
)
# position 0 is the preferred address; two members may share one
member_address = sa.Table(
    "member_address",
    metadata,
    C("member_id", T, sa.ForeignKey("member.member_id"), primary_key=True),
    C("address_norm", T, primary_key=True),
    _text("address"),
    C("position", N, nullable=False),
    sa.Index("ix_member_address_norm", "address_norm"),
)
unit = sa.Table(
    "unit",
    metadata,
    C("unit_id", T, primary_key=True),
    _text("name"),
    C("parent_id", T),
)
unit_tag = sa.Table(
    "unit_tag",
    metadata,
    C("unit_id", T, sa.ForeignKey("unit.unit_id"), primary_key=True),
    C("tag", T, primary_key=True),
)
member_unit = sa.Table(
    "member_unit",
    metadata,
    C("member_id", T, sa.ForeignKey("member.member_id"), primary_key=True),
    C("unit_id", T, primary_key=True),
    sa.Index("ix_member_unit_unit", "unit_id"),
)
# a choice of the member: scope 'all' or the id of an object
opt_out = sa.Table(
    "opt_out",
    metadata,
    C("member_id", T, sa.ForeignKey("member.member_id"), primary_key=True),
    C("scope", T, primary_key=True),
    C("at", Instant, nullable=False),
    _text("via"),
)
# an address that bounced or complained; hard at once (design: bounces), soft by score
suppression = sa.Table(
    "suppression",
    metadata,
    C("address_norm", T, primary_key=True),
    C("at", Instant, nullable=False),
    _text("reason"),
    C("score", N, nullable=False, server_default="0"),
    C("is_stopped", sa.Boolean, nullable=False, server_default=sa.false()),
)

# --- proposals, petitions ---------------------------------------------------------------------------------------
proposal = sa.Table(
    "proposal",
    metadata,
    C("id", T, primary_key=True),
    _text("kind"),
    _text("title"),
    _text("state"),
    _text("statement"),
    _text("statement_sha256"),
    _text("act_sha256"),
    _text("zone"),
    _text("audience"),
    C("details", sa.JSON, nullable=False),  # author, organizers, liaison, document, meetings as given
    _text("petition_opens"),
    C("feedback_opened_at", Instant),
    C("feedback_closes_at", Instant),
    C("petition_opens_at", Instant),
    C("petition_opened_at", Instant),
    C("petition_closes_at", Instant),
    C("validated", N, nullable=False, server_default="0"),
    C("qualified_at", Instant),
    C("added_at", Instant, nullable=False),
)
# every version of a statement that anybody was shown
statement_version = sa.Table(
    "statement_version",
    metadata,
    C("proposal_id", T, sa.ForeignKey("proposal.id"), primary_key=True),
    C("statement_sha256", T, primary_key=True),
    C("act_sha256", T, primary_key=True),
    _text("statement"),
    _text("act"),
    C("at", Instant, nullable=False),
)
# what happened to a proposal, by whom and why: openings, extensions, submissions, decisions
proposal_event = sa.Table(
    "proposal_event",
    metadata,
    C("id", N, primary_key=True),
    C("proposal_id", T, sa.ForeignKey("proposal.id"), nullable=False),
    C("at", Instant, nullable=False),
    _text("act"),  # lifecycle.Act
    _text("by"),  # a person's name, or 'the clock'
    _text("reason"),
    C("details", sa.JSON, nullable=False),
    sa.Index("ix_proposal_event_proposal", "proposal_id"),
)
signature = sa.Table(
    "signature",
    metadata,
    C("id", N, primary_key=True),
    C("petition_id", T, sa.ForeignKey("proposal.id"), nullable=False),
    C("member_id", T, sa.ForeignKey("member.member_id"), nullable=False),
    _text("name"),
    _text("address"),
    _text("state"),
    C("signed_at", Instant, nullable=False),
    _text("via"),
    _text("proof"),
    _text("statement_sha256"),
    _text("act_sha256"),
    _text("message_id"),
    C("inbox_n", N, nullable=False, server_default="0"),
    _text("standing"),
    C("undo_until", Instant),
    _text("reason"),
    sa.UniqueConstraint("petition_id", "member_id"),
)
signature_history = sa.Table(
    "signature_history",
    metadata,
    C("id", N, primary_key=True),
    C("signature_id", N, sa.ForeignKey("signature.id"), nullable=False),
    C("at", Instant, nullable=False),
    _text("from_state"),
    _text("to_state"),
    _text("proof"),
    _text("reason"),
    C("inbox_n", N, nullable=False, server_default="0"),
    sa.Index("ix_signature_history_signature", "signature_id"),
    sa.Index("ix_signature_history_inbox", "inbox_n"),
)
feedback = sa.Table(
    "feedback",
    metadata,
    C("id", N, primary_key=True),
    C("object_id", T, nullable=False),
    C("member_id", T, sa.ForeignKey("member.member_id"), nullable=False),
    _text("text"),
    C("received_at", Instant, nullable=False),
    C("late", sa.Boolean, nullable=False),
    C("inbox_n", N, nullable=False),
    sa.UniqueConstraint("object_id", "inbox_n"),
    sa.Index("ix_feedback_inbox", "inbox_n"),
)
question = sa.Table(
    "question",
    metadata,
    C("n", N, primary_key=True),
    _text("object_id"),
    C("member_id", T, nullable=False),
    _text("contact_address"),
    _text("text"),
    C("asked_at", Instant, nullable=False),
    C("inbox_n", N, nullable=False),
    C("answered_at", Instant),
    C("reminders", N, nullable=False, server_default="0"),  # to its contact; the last step tells the owner
    sa.UniqueConstraint("inbox_n", "object_id"),
    sa.Index("ix_question_object", "object_id"),
)

# --- launches, notices ------------------------------------------------------------------------------------------
launch = sa.Table(
    "launch",
    metadata,
    C("id", T, primary_key=True),
    _text("title"),
    _text("state"),
    C("planned_on", sa.Date),
    _text("contact"),
    _text("audience"),
    C("resources", sa.JSON, nullable=False),
    _text("text"),
    C("added_at", Instant, nullable=False),
)
slip = sa.Table(
    "slip",
    metadata,
    C("id", N, primary_key=True),
    C("launch_id", T, sa.ForeignKey("launch.id"), nullable=False),
    C("at", Instant, nullable=False),
    C("from_on", sa.Date),
    C("to_on", sa.Date),
    _text("reason"),
)
notice = sa.Table(
    "notice",
    metadata,
    C("id", T, primary_key=True),
    _text("kind"),
    _text("state"),
    _text("subject"),
    _text("audience"),
    _text("contact"),
    _text("text"),
    _text("launch_id"),
    C("planned_on", sa.Date),
    _text("reason"),
    C("added_at", Instant, nullable=False),
)

# --- mail that came in ------------------------------------------------------------------------------------------
inbox = sa.Table(
    "inbox",
    metadata,
    C("n", N, primary_key=True),
    _text("door"),
    _text("account"),  # whose mailbox: another account may use the same numbers
    _text("mailbox"),
    C("uidvalidity", sa.BigInteger, nullable=False, server_default="0"),
    C("uid", sa.BigInteger, nullable=False, server_default="0"),
    C("arrived_at", Instant, nullable=False),
    C("kept_at", Instant, nullable=False),
    C("size_bytes", N, nullable=False, server_default="0"),
    _text("raw_sha256"),
    _text("message_id"),
    _text("content_sha256"),
    C("attempts", N, nullable=False, server_default="0"),
    _text("state"),  # kept | read | held | parked
    _text("kind"),
    _text("intent"),
    _text("verdict"),
    C("reasons", sa.JSON, nullable=False),
    _text("from_address"),
    _text("subject"),
    _text("new_text"),
    _text("proof"),
    _text("object_id"),
    _text("member_id"),
    _text("key"),
    _text("error"),
    C("is_filed", sa.Boolean, nullable=False, server_default=sa.false()),
    C("is_stray", sa.Boolean, nullable=False, server_default=sa.false()),  # answers nothing of ours: stays in INBOX
    C("read_at", Instant),
    sa.Index(
        "ix_inbox_position",
        "door",
        "account",
        "mailbox",
        "uidvalidity",
        "uid",
        unique=True,
        sqlite_where=sa.text("uid > 0"),
        postgresql_where=sa.text("uid > 0"),
    ),
    sa.Index("ix_inbox_same_mail", "message_id", "content_sha256"),
    sa.Index("ix_inbox_state", "state"),
    sa.Index("ix_inbox_object", "object_id", "member_id"),
)
inbox_raw = sa.Table(
    "inbox_raw",
    metadata,
    C("n", N, sa.ForeignKey("inbox.n"), primary_key=True),
    C("raw", sa.LargeBinary, nullable=False),
)

# mail of erased members, to be deleted in the mailbox too at the next pass; its place and its SHA-256, nothing else
removal = sa.Table(
    "removal",
    metadata,
    C("n", N, sa.ForeignKey("inbox.n"), primary_key=True),
    _text("mailbox"),
    C("uidvalidity", sa.BigInteger, nullable=False),
    C("uid", sa.BigInteger, nullable=False),
    C("size_bytes", N, nullable=False),
    _text("raw_sha256"),
    C("asked_at", Instant, nullable=False),
)

# --- mail that goes out -----------------------------------------------------------------------------------------
mailing = sa.Table(
    "mailing",
    metadata,
    C("id", N, primary_key=True),
    _text("notice"),
    _text("object_id"),
    _text("version"),
    _text("statement_sha256"),
    _text("act_sha256"),
    C("skeletons", sa.JSON, nullable=False),  # language -> frozen skeleton
    C("is_to_many", sa.Boolean, nullable=False),
    C("queued_at", Instant, nullable=False),
    _text("error"),
    sa.Index("ix_mailing_version", "notice", "object_id", "version"),
)
outbox = sa.Table(
    "outbox",
    metadata,
    C("id", N, primary_key=True),
    C("mailing_id", N, sa.ForeignKey("mailing.id"), nullable=False),
    _text("notice"),
    _text("object_id"),
    _text("recipient"),  # member_id, or 'mailto:' and the address of somebody who is no member
    _text("version"),
    _text("member_id"),
    _text("address"),
    _text("name"),
    C("fields", sa.JSON, nullable=False),
    C("key", T, nullable=False, unique=True),
    C("link_key", T, unique=True),
    C("unsubscribe_key", T, unique=True),
    _text("in_reply_to"),
    C("about_n", N, nullable=False, server_default="0"),
    C("is_answer", sa.Boolean, nullable=False, server_default=sa.false()),
    C("priority", N, nullable=False, server_default="1"),  # 0 an answer, 1 a single mail, 2 one of many
    C("message_date", Instant, nullable=False),
    _text("state"),  # queued | claimed | accepted | deferred | failed | parked | suppressed | held
    C("due_at", Instant, nullable=False),  # while claimed: the end of the lease
    C("lease_until", Instant),
    C("fence", N, nullable=False, server_default="0"),
    C("attempts", N, nullable=False, server_default="0"),
    C("unknowns", N, nullable=False, server_default="0"),
    C("queued_at", Instant, nullable=False),
    C("settled_at", Instant),
    C("code", N, nullable=False, server_default="0"),
    _text("detail"),
    sa.UniqueConstraint("notice", "object_id", "recipient", "version"),
    # what may be claimed, in the order it is claimed; settled rows leave the index
    sa.Index(
        "ix_outbox_open",
        "priority",
        "due_at",
        "id",
        sqlite_where=sa.text("state IN ('queued', 'deferred', 'claimed')"),
        postgresql_where=sa.text("state IN ('queued', 'deferred', 'claimed')"),
    ),
    sa.Index("ix_outbox_settled", "settled_at"),  # for the rate limits
    # the few rows that health, numbers and `inbox show` ask for, among the many
    sa.Index("ix_outbox_parked", "id", sqlite_where=sa.text(PARKED), postgresql_where=sa.text(PARKED)),
    sa.Index("ix_outbox_unknown", "unknowns", sqlite_where=sa.text(UNKNOWN), postgresql_where=sa.text(UNKNOWN)),
    sa.Index("ix_outbox_about", "about_n", sqlite_where=sa.text(ABOUT), postgresql_where=sa.text(ABOUT)),
    sa.Index("ix_outbox_queued", "priority", "queued_at"),  # for the breaker of answers (R74)
    sa.Index("ix_outbox_mailing", "mailing_id", "state"),
    sa.Index("ix_outbox_answers", "address", "is_answer", "queued_at"),
)

# --- the house's own notes --------------------------------------------------------------------------------------
meta = sa.Table(
    "meta",
    metadata,
    C("name", T, primary_key=True),
    _text("value"),
)
# which item stood in whose digest: never the same item twice
digest_item = sa.Table(
    "digest_item",
    metadata,
    C("recipient", T, primary_key=True),
    C("item", T, primary_key=True),
    C("at", Instant, nullable=False),
)
# how often somebody gets digests, where they said so, and when it was last looked what is new for them
digest_choice = sa.Table(
    "digest_choice",
    metadata,
    C("recipient", T, primary_key=True),
    _text("frequency"),  # digest.Frequency; "" is the house's: daily
    C("looked_at", Instant),
)
# what a member's calendar answered to a meeting's invitation: the newest by member and meeting
meeting_answer = sa.Table(
    "meeting_answer",
    metadata,
    C("uid", T, primary_key=True),
    C("member_id", T, sa.ForeignKey("member.member_id"), primary_key=True),
    _text("object_id"),
    _text("answer"),  # accepted | declined | tentative
    C("sequence", N, nullable=False, server_default="0"),  # of the invitation that it answers (RFC 5546)
    C("at", Instant, nullable=False),
    C("inbox_n", N, nullable=False),
    sa.Index("ix_meeting_answer_object", "object_id"),
)

# entries chained by hash: added, never changed (domain/ledger.py)
ledger = sa.Table(
    "ledger",
    metadata,
    C("n", N, primary_key=True, autoincrement=False),
    C("at", Instant, nullable=False),
    _text("kind"),
    _text("object_id"),
    _text("subject"),
    C("data", sa.JSON, nullable=False),
    _text("prev"),
    _text("hash"),
    _text("code"),
    sa.Index("ix_ledger_subject", "subject"),
    sa.Index("ix_ledger_code", "code"),
)
# who among staff looked at members' names and mails (R102)
staff_read = sa.Table(
    "staff_read",
    metadata,
    C("id", N, primary_key=True),
    C("at", Instant, nullable=False),
    _text("by"),
    _text("command"),
    _text("about"),
)
