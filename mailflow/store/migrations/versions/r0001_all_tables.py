"""All tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from mailflow.store.tables import Instant

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Bring the tables from the revision before to this one."""
    op.create_table(
        "digest_choice",
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("frequency", sa.Text(), server_default="", nullable=False),
        sa.Column("looked_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("recipient"),
    )
    op.create_table(
        "digest_item",
        sa.Column("recipient", sa.Text(), nullable=False),
        sa.Column("item", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("recipient", "item"),
    )
    op.create_table(
        "inbox",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("door", sa.Text(), server_default="", nullable=False),
        sa.Column("account", sa.Text(), server_default="", nullable=False),
        sa.Column("mailbox", sa.Text(), server_default="", nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("uid", sa.BigInteger(), server_default="0", nullable=False),
        sa.Column("arrived_at", Instant(), nullable=False),
        sa.Column("kept_at", Instant(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), server_default="0", nullable=False),
        sa.Column("raw_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.Column("content_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("intent", sa.Text(), server_default="", nullable=False),
        sa.Column("verdict", sa.Text(), server_default="", nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column("from_address", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("new_text", sa.Text(), server_default="", nullable=False),
        sa.Column("proof", sa.Text(), server_default="", nullable=False),
        sa.Column("object_id", sa.Text(), server_default="", nullable=False),
        sa.Column("member_id", sa.Text(), server_default="", nullable=False),
        sa.Column("key", sa.Text(), server_default="", nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.Column("is_filed", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("is_stray", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("n"),
    )
    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_object", ["object_id", "member_id"], unique=False)
        batch_op.create_index(
            "ix_inbox_position",
            ["door", "account", "mailbox", "uidvalidity", "uid"],
            unique=True,
            sqlite_where=sa.text("uid > 0"),
            postgresql_where=sa.text("uid > 0"),
        )
        batch_op.create_index("ix_inbox_same_mail", ["message_id", "content_sha256"], unique=False)
        batch_op.create_index("ix_inbox_state", ["state"], unique=False)

    op.create_table(
        "launch",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("contact", sa.Text(), server_default="", nullable=False),
        sa.Column("audience", sa.Text(), server_default="", nullable=False),
        sa.Column("resources", sa.JSON(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "ledger",
        sa.Column("n", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("object_id", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("data", sa.JSON(), nullable=False),
        sa.Column("prev", sa.Text(), server_default="", nullable=False),
        sa.Column("hash", sa.Text(), server_default="", nullable=False),
        sa.Column("code", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("n"),
    )
    with op.batch_alter_table("ledger", schema=None) as batch_op:
        batch_op.create_index("ix_ledger_code", ["code"], unique=False)
        batch_op.create_index("ix_ledger_subject", ["subject"], unique=False)

    op.create_table(
        "mailing",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Text(), server_default="", nullable=False),
        sa.Column("object_id", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Text(), server_default="", nullable=False),
        sa.Column("statement_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("act_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("skeletons", sa.JSON(), nullable=False),
        sa.Column("is_to_many", sa.Boolean(), nullable=False),
        sa.Column("queued_at", Instant(), nullable=False),
        sa.Column("error", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("mailing", schema=None) as batch_op:
        batch_op.create_index("ix_mailing_version", ["notice", "object_id", "version"], unique=False)

    op.create_table(
        "member",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("standing", sa.Text(), server_default="", nullable=False),
        sa.Column("paid_through", sa.Date(), nullable=True),
        sa.Column("postal_address", sa.Text(), server_default="", nullable=False),
        sa.Column("language", sa.Text(), server_default="", nullable=False),
        sa.Column("timezone", sa.Text(), server_default="", nullable=False),
        sa.Column("salt", sa.Text(), server_default="", nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("member_id"),
    )
    op.create_table(
        "meta",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("value", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("name"),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("subject", sa.Text(), server_default="", nullable=False),
        sa.Column("audience", sa.Text(), server_default="", nullable=False),
        sa.Column("contact", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("launch_id", sa.Text(), server_default="", nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "proposal",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), server_default="", nullable=False),
        sa.Column("title", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("statement", sa.Text(), server_default="", nullable=False),
        sa.Column("statement_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("act_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("zone", sa.Text(), server_default="", nullable=False),
        sa.Column("audience", sa.Text(), server_default="", nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.Column("petition_opens", sa.Text(), server_default="", nullable=False),
        sa.Column("feedback_opened_at", Instant(), nullable=True),
        sa.Column("feedback_closes_at", Instant(), nullable=True),
        sa.Column("petition_opens_at", Instant(), nullable=True),
        sa.Column("petition_opened_at", Instant(), nullable=True),
        sa.Column("petition_closes_at", Instant(), nullable=True),
        sa.Column("validated", sa.Integer(), server_default="0", nullable=False),
        sa.Column("qualified_at", Instant(), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "question",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Text(), server_default="", nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("contact_address", sa.Text(), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("inbox_n", sa.Integer(), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("reminders", sa.Integer(), server_default="0", nullable=False),
        sa.PrimaryKeyConstraint("n"),
        sa.UniqueConstraint("inbox_n", "object_id"),
    )
    with op.batch_alter_table("question", schema=None) as batch_op:
        batch_op.create_index("ix_question_object", ["object_id"], unique=False)

    op.create_table(
        "staff_read",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("command", sa.Text(), server_default="", nullable=False),
        sa.Column("about", sa.Text(), server_default="", nullable=False),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "suppression",
        sa.Column("address_norm", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("score", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_stopped", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.PrimaryKeyConstraint("address_norm"),
    )
    op.create_table(
        "unit",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("parent_id", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("unit_id"),
    )
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("object_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("received_at", Instant(), nullable=False),
        sa.Column("late", sa.Boolean(), nullable=False),
        sa.Column("inbox_n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.member_id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("object_id", "inbox_n"),
    )
    with op.batch_alter_table("feedback", schema=None) as batch_op:
        batch_op.create_index("ix_feedback_inbox", ["inbox_n"], unique=False)

    op.create_table(
        "inbox_raw",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("raw", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["n"],
            ["inbox.n"],
        ),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_table(
        "meeting_answer",
        sa.Column("uid", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("object_id", sa.Text(), server_default="", nullable=False),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("sequence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("inbox_n", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.member_id"],
        ),
        sa.PrimaryKeyConstraint("uid", "member_id"),
    )
    with op.batch_alter_table("meeting_answer", schema=None) as batch_op:
        batch_op.create_index("ix_meeting_answer_object", ["object_id"], unique=False)

    op.create_table(
        "member_address",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("address_norm", sa.Text(), nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.member_id"],
        ),
        sa.PrimaryKeyConstraint("member_id", "address_norm"),
    )
    with op.batch_alter_table("member_address", schema=None) as batch_op:
        batch_op.create_index("ix_member_address_norm", ["address_norm"], unique=False)

    op.create_table(
        "member_standing",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("valid_from", Instant(), nullable=False),
        sa.Column("standing", sa.Text(), server_default="", nullable=False),
        sa.Column("paid_through", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.member_id"],
        ),
        sa.PrimaryKeyConstraint("member_id", "valid_from"),
    )
    op.create_table(
        "member_unit",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.member_id"],
        ),
        sa.PrimaryKeyConstraint("member_id", "unit_id"),
    )
    with op.batch_alter_table("member_unit", schema=None) as batch_op:
        batch_op.create_index("ix_member_unit_unit", ["unit_id"], unique=False)

    op.create_table(
        "opt_out",
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("via", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.member_id"],
        ),
        sa.PrimaryKeyConstraint("member_id", "scope"),
    )
    op.create_table(
        "outbox",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("mailing_id", sa.Integer(), nullable=False),
        sa.Column("notice", sa.Text(), server_default="", nullable=False),
        sa.Column("object_id", sa.Text(), server_default="", nullable=False),
        sa.Column("recipient", sa.Text(), server_default="", nullable=False),
        sa.Column("version", sa.Text(), server_default="", nullable=False),
        sa.Column("member_id", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("fields", sa.JSON(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("link_key", sa.Text(), nullable=True),
        sa.Column("unsubscribe_key", sa.Text(), nullable=True),
        sa.Column("in_reply_to", sa.Text(), server_default="", nullable=False),
        sa.Column("about_n", sa.Integer(), server_default="0", nullable=False),
        sa.Column("is_answer", sa.Boolean(), server_default=sa.false(), nullable=False),
        sa.Column("priority", sa.Integer(), server_default="1", nullable=False),
        sa.Column("message_date", Instant(), nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("due_at", Instant(), nullable=False),
        sa.Column("lease_until", Instant(), nullable=True),
        sa.Column("fence", sa.Integer(), server_default="0", nullable=False),
        sa.Column("attempts", sa.Integer(), server_default="0", nullable=False),
        sa.Column("unknowns", sa.Integer(), server_default="0", nullable=False),
        sa.Column("queued_at", Instant(), nullable=False),
        sa.Column("settled_at", Instant(), nullable=True),
        sa.Column("code", sa.Integer(), server_default="0", nullable=False),
        sa.Column("detail", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["mailing_id"],
            ["mailing.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("key"),
        sa.UniqueConstraint("link_key"),
        sa.UniqueConstraint("notice", "object_id", "recipient", "version"),
        sa.UniqueConstraint("unsubscribe_key"),
    )
    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.create_index(
            "ix_outbox_about",
            ["about_n"],
            unique=False,
            sqlite_where=sa.text("about_n > 0"),
            postgresql_where=sa.text("about_n > 0"),
        )
        batch_op.create_index("ix_outbox_answers", ["address", "is_answer", "queued_at"], unique=False)
        batch_op.create_index("ix_outbox_mailing", ["mailing_id", "state"], unique=False)
        batch_op.create_index(
            "ix_outbox_open",
            ["priority", "due_at", "id"],
            unique=False,
            sqlite_where=sa.text("state IN ('queued', 'deferred', 'claimed')"),
            postgresql_where=sa.text("state IN ('queued', 'deferred', 'claimed')"),
        )
        batch_op.create_index(
            "ix_outbox_parked",
            ["id"],
            unique=False,
            sqlite_where=sa.text("state = 'parked'"),
            postgresql_where=sa.text("state = 'parked'"),
        )
        batch_op.create_index("ix_outbox_queued", ["priority", "queued_at"], unique=False)
        batch_op.create_index("ix_outbox_settled", ["settled_at"], unique=False)
        batch_op.create_index(
            "ix_outbox_unknown",
            ["unknowns"],
            unique=False,
            sqlite_where=sa.text("unknowns > 0"),
            postgresql_where=sa.text("unknowns > 0"),
        )

    op.create_table(
        "proposal_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("act", sa.Text(), server_default="", nullable=False),
        sa.Column("by", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("proposal_event", schema=None) as batch_op:
        batch_op.create_index("ix_proposal_event_proposal", ["proposal_id"], unique=False)

    op.create_table(
        "removal",
        sa.Column("n", sa.Integer(), nullable=False),
        sa.Column("mailbox", sa.Text(), server_default="", nullable=False),
        sa.Column("uidvalidity", sa.BigInteger(), nullable=False),
        sa.Column("uid", sa.BigInteger(), nullable=False),
        sa.Column("size_bytes", sa.Integer(), nullable=False),
        sa.Column("raw_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["n"],
            ["inbox.n"],
        ),
        sa.PrimaryKeyConstraint("n"),
    )
    op.create_table(
        "signature",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("petition_id", sa.Text(), nullable=False),
        sa.Column("member_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), server_default="", nullable=False),
        sa.Column("address", sa.Text(), server_default="", nullable=False),
        sa.Column("state", sa.Text(), server_default="", nullable=False),
        sa.Column("signed_at", Instant(), nullable=False),
        sa.Column("via", sa.Text(), server_default="", nullable=False),
        sa.Column("proof", sa.Text(), server_default="", nullable=False),
        sa.Column("statement_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("act_sha256", sa.Text(), server_default="", nullable=False),
        sa.Column("message_id", sa.Text(), server_default="", nullable=False),
        sa.Column("inbox_n", sa.Integer(), server_default="0", nullable=False),
        sa.Column("standing", sa.Text(), server_default="", nullable=False),
        sa.Column("undo_until", Instant(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["member_id"],
            ["member.member_id"],
        ),
        sa.ForeignKeyConstraint(
            ["petition_id"],
            ["proposal.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
        sa.UniqueConstraint("petition_id", "member_id"),
    )
    op.create_table(
        "slip",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("launch_id", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=True),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(
            ["launch_id"],
            ["launch.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    op.create_table(
        "statement_version",
        sa.Column("proposal_id", sa.Text(), nullable=False),
        sa.Column("statement_sha256", sa.Text(), nullable=False),
        sa.Column("act_sha256", sa.Text(), nullable=False),
        sa.Column("statement", sa.Text(), server_default="", nullable=False),
        sa.Column("act", sa.Text(), server_default="", nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["proposal_id"],
            ["proposal.id"],
        ),
        sa.PrimaryKeyConstraint("proposal_id", "statement_sha256", "act_sha256"),
    )
    op.create_table(
        "unit_tag",
        sa.Column("unit_id", sa.Text(), nullable=False),
        sa.Column("tag", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"],
            ["unit.unit_id"],
        ),
        sa.PrimaryKeyConstraint("unit_id", "tag"),
    )
    op.create_table(
        "signature_history",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("signature_id", sa.Integer(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("from_state", sa.Text(), server_default="", nullable=False),
        sa.Column("to_state", sa.Text(), server_default="", nullable=False),
        sa.Column("proof", sa.Text(), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("inbox_n", sa.Integer(), server_default="0", nullable=False),
        sa.ForeignKeyConstraint(
            ["signature_id"],
            ["signature.id"],
        ),
        sa.PrimaryKeyConstraint("id"),
    )
    with op.batch_alter_table("signature_history", schema=None) as batch_op:
        batch_op.create_index("ix_signature_history_inbox", ["inbox_n"], unique=False)
        batch_op.create_index("ix_signature_history_signature", ["signature_id"], unique=False)
