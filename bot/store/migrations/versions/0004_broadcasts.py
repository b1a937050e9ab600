"""Broadcasts and answers to them; the ledger's rows by subject and by message."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    _broadcast()
    _answer()
    op.create_index(
        "ix_delivery_subject_kind_version_state_reason_nth_of",
        "delivery",
        ["subject", "kind", "version", "state", "reason", "nth", "of"],
    )
    op.create_index("ix_delivery_chat_message", "delivery", ["chat", "message"])
    op.drop_index("ix_delivery_chat", "delivery")


def _broadcast() -> None:
    op.create_table(
        "broadcast",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("council", sa.Text),
        sa.Column("author", sa.BigInteger),
        sa.Column("stage", sa.Text, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("rehearsed", sa.BigInteger, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.Column("touched", sa.BigInteger, nullable=False),
        sa.Column("due", sa.BigInteger),
        sa.Column("confirmed", sa.BigInteger),
        sa.Column("begun", sa.BigInteger),
        sa.Column("ended", sa.BigInteger),
        sa.Column("why", sa.Text, nullable=False),
        sa.Column("pinned", sa.SmallInteger, nullable=False),
        sa.Column("edition", sa.BigInteger, nullable=False),
        sa.Column("retracted", sa.BigInteger),
        sa.Column("progress", sa.BigInteger),
        sa.Column("shown", sa.Text, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_broadcast"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_broadcast_council_council", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_broadcast_council", "broadcast", ["council"])
    op.create_index("ix_broadcast_stage", "broadcast", ["stage"])


def _answer() -> None:
    op.create_table(
        "answer",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("broadcast", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("back", sa.SmallInteger, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_answer"),
        sa.ForeignKeyConstraint(
            ["broadcast"],
            ["broadcast.id"],
            name="fk_answer_broadcast_broadcast",
            ondelete="CASCADE",
        ),
    )
    op.create_index("ix_answer_broadcast", "answer", ["broadcast"])
    op.create_index("ix_answer_person", "answer", ["person"])
