"""Meetings, reports, filings, calendars, linked chats, the ledger of deliveries, leases, marks."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    _meeting()
    _report()
    _steering()
    _filing()
    _calendar()
    _feed()
    _chat_link()
    _link_offer()
    _delivery()
    _lease()
    _mark()
    _inbox()


def _meeting() -> None:
    op.create_table(
        "meeting",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("council", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("start", sa.Text),
        sa.Column("cancelled", sa.SmallInteger, nullable=False),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("uid", sa.Text),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_meeting"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_meeting_council_council", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_meeting_council_day", "meeting", ["council", "day"])


def _report() -> None:
    op.create_table(
        "report",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("council", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("file_id", sa.Text),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_report_council_council", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_report_council_day", "report", ["council", "day"])


def _steering() -> None:
    op.create_table(
        "steering",
        sa.Column("council", sa.Text, nullable=False),
        sa.Column("day", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("council", "day", name="pk_steering"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_steering_council_council", ondelete="CASCADE"
        ),
    )


def _filing() -> None:
    op.create_table(
        "filing",
        sa.Column("letter", sa.Text, nullable=False),
        sa.Column("council", sa.Text),
        sa.Column("day", sa.Text, nullable=False),
        sa.Column("receipt", sa.Text),
        sa.Column("promised", sa.Text),
        sa.Column("answered", sa.Text),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("content", sa.LargeBinary),
        sa.Column("file_id", sa.Text),
        sa.PrimaryKeyConstraint("letter", name="pk_filing"),
        sa.ForeignKeyConstraint(
            ["letter"], ["letter.id"], name="fk_filing_letter_letter", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_filing_council", "filing", ["council"])


def _calendar() -> None:
    op.create_table(
        "calendar",
        sa.Column("council", sa.Text, nullable=False),
        sa.Column("checked", sa.BigInteger),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("council", name="pk_calendar"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_calendar_council_council", ondelete="CASCADE"
        ),
    )


def _feed() -> None:
    op.create_table(
        "feed",
        sa.Column("council", sa.Text, nullable=False),
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("made", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("council", name="pk_feed"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_feed_council_council", ondelete="CASCADE"
        ),
        sa.UniqueConstraint("token_hash", name="uq_feed_token_hash"),
    )


def _chat_link() -> None:
    op.create_table(
        "chat_link",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("council", sa.Text, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("thread", sa.BigInteger, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("confirmed", sa.SmallInteger, nullable=False),
        sa.Column("disabled", sa.Text, nullable=False),
        sa.Column("since", sa.BigInteger, nullable=False),
        sa.Column("by", sa.Text, nullable=False),
        sa.Column("format", sa.SmallInteger, nullable=False),
        sa.Column("body", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_chat_link"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_chat_link_council_council", ondelete="CASCADE"
        ),
    )
    op.create_index("ix_chat_link_chat", "chat_link", ["chat"])
    op.create_index("ix_chat_link_council", "chat_link", ["council"])


def _link_offer() -> None:
    op.create_table(
        "link_offer",
        sa.Column("token_hash", sa.Text, nullable=False),
        sa.Column("council", sa.Text, nullable=False),
        sa.Column("person", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("token_hash", name="pk_link_offer"),
        sa.ForeignKeyConstraint(
            ["council"], ["council.id"], name="fk_link_offer_council_council", ondelete="CASCADE"
        ),
    )


def _delivery() -> None:
    op.create_table(
        "delivery",
        sa.Column("id", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("rank", sa.SmallInteger, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("slot", sa.Text, nullable=False),
        sa.Column("chat", sa.BigInteger, nullable=False),
        sa.Column("thread", sa.BigInteger, nullable=False),
        sa.Column("council", sa.Text),
        sa.Column("person", sa.BigInteger),
        sa.Column("due", sa.BigInteger, nullable=False),
        sa.Column("expires", sa.BigInteger, nullable=False),
        sa.Column("not_before", sa.BigInteger, nullable=False),
        sa.Column("state", sa.Text, nullable=False),
        sa.Column("attempt", sa.BigInteger, nullable=False),
        sa.Column("claim", sa.Text),
        sa.Column("lease_until", sa.BigInteger),
        sa.Column("message", sa.BigInteger),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("nth", sa.BigInteger, nullable=False),
        sa.Column("of", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_delivery"),
        sa.UniqueConstraint(
            "kind",
            "subject",
            "version",
            "slot",
            "chat",
            "thread",
            name="uq_delivery_kind_subject_version_slot_chat_thread",
        ),
    )
    op.create_index("ix_delivery_chat", "delivery", ["chat"])
    op.create_index("ix_delivery_council_expires", "delivery", ["council", "expires"])
    columns = ["state", "rank", "not_before", "due", "id"]
    op.create_index("ix_delivery_state_rank_not_before_due_id", "delivery", columns)


def _lease() -> None:
    op.create_table(
        "lease",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("holder", sa.Text, nullable=False),
        sa.Column("until", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_lease"),
    )


def _mark() -> None:
    op.create_table(
        "mark",
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("at", sa.BigInteger, nullable=False),
        sa.PrimaryKeyConstraint("name", name="pk_mark"),
    )


def _inbox() -> None:
    op.add_column(
        "inbox", sa.Column("starts", sa.BigInteger, nullable=False, server_default=sa.text("0"))
    )
    op.add_column("inbox", sa.Column("holder", sa.Text))
    op.create_index("ix_inbox_holder", "inbox", ["holder"])
