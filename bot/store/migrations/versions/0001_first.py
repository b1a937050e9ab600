"""Inbox, members, dialogues, drafts, letters and their files."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "inbox",
        sa.Column("update_id", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("content", sa.Text),
        sa.Column("received", sa.BigInteger, nullable=False),
        sa.Column("done", sa.BigInteger),
        sa.Column("error", sa.Text),
        sa.Column("code", sa.Text),
        sa.PrimaryKeyConstraint("update_id", name="pk_inbox"),
    )
    op.create_table(
        "member",
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("person", name="pk_member"),
    )
    op.create_table(
        "dialogue",
        sa.Column("person", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("chat", sa.BigInteger, nullable=False, autoincrement=False),
        sa.Column("revision", sa.BigInteger, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("draft", sa.Text),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("shown", sa.BigInteger, nullable=False),
        sa.Column("card", sa.BigInteger),
        sa.PrimaryKeyConstraint("person", "chat", name="pk_dialogue"),
    )
    op.create_table(
        "draft",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("touched", sa.BigInteger, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_draft"),
    )
    op.create_index("ix_draft_person", "draft", ["person"])
    op.create_table(
        "letter",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("draft", sa.Text),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("amends", sa.Text),
        sa.Column("ordered", sa.BigInteger, nullable=False),
        sa.Column("written", sa.BigInteger),
        sa.Column("filed", sa.Text),
        sa.Column("wanted", sa.Text),
        sa.Column("chat", sa.BigInteger),
        sa.Column("failures", sa.BigInteger, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_letter"),
    )
    op.create_index("ix_letter_person", "letter", ["person"])
    op.create_table(
        "letter_file",
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("format", sa.Text, nullable=False),
        sa.Column("place", sa.SmallInteger, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("mime", sa.Text, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("file_id", sa.Text),
        sa.PrimaryKeyConstraint("letter", "format", name="pk_letter_file"),
        sa.ForeignKeyConstraint(
            ["letter"], ["letter.id"], name="fk_letter_file_letter_letter", ondelete="CASCADE"
        ),
    )
