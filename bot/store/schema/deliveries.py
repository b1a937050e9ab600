"""Chats of councils, the ledger of everything that is sent unasked, what all processes share."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    SmallInteger,
    Table,
    Text,
    UniqueConstraint,
)

from bot.store.schema.ground import SEALED, metadata

chat_link: Final = Table(
    "chat_link",
    metadata,
    Column("id", Text, primary_key=True),
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE"), nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("thread", BigInteger, nullable=False),  # 0 for General and outside of forums
    Column("kind", Text, nullable=False),
    Column("confirmed", SmallInteger, nullable=False),
    Column("disabled", Text, nullable=False),  # why; empty while it works
    Column("since", BigInteger, nullable=False),
    Column("by", Text, nullable=False),  # pseudonym
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Index(None, "council"),
    Index(None, "chat"),
)

link_offer: Final = Table(
    "link_offer",
    metadata,
    Column("token_hash", Text, primary_key=True),  # SHA-256, hex
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE"), nullable=False),
    Column("person", BigInteger, nullable=False),  # the admin who confirms in private
    Column("expires", BigInteger, nullable=False),
)

delivery: Final = Table(
    "delivery",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("rank", SmallInteger, nullable=False, default=0),  # the lowest goes first
    Column("subject", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("slot", Text, nullable=False),
    Column("chat", BigInteger, nullable=False),
    Column("thread", BigInteger, nullable=False),  # 0 for none
    Column("council", Text),
    Column("person", BigInteger),  # of a private chat
    Column("due", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("not_before", BigInteger, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempt", BigInteger, nullable=False),
    Column("claim", Text),
    Column("lease_until", BigInteger),  # by the database's clock
    Column("message", BigInteger),  # Telegram's id, once sent
    Column("reason", Text, nullable=False),  # key of why it failed or was cancelled
    Column("nth", BigInteger, nullable=False),
    Column("of", BigInteger, nullable=False),
    UniqueConstraint("kind", "subject", "version", "slot", "chat", "thread"),
    Index(None, "state", "rank", "not_before", "due", "id"),
    Index(None, "council", "expires"),
    Index(None, "chat", "message"),
    Index(None, "subject", "kind", "version", "state", "reason", "nth", "of"),  # counted by itself
)

lease: Final = Table(
    "lease",
    metadata,
    Column("name", Text, primary_key=True),
    Column("holder", Text, nullable=False),
    Column("until", BigInteger, nullable=False),  # by the database's clock
)

mark: Final = Table(
    "mark",
    metadata,
    Column("name", Text, primary_key=True),  # what happened to the database as a whole
    Column("at", BigInteger, nullable=False),
)
