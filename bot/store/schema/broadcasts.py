"""Broadcasts, and what members answer to them. Their messages are rows of the ledger."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, SmallInteger, Table, Text

from bot.store.schema.ground import SEALED, metadata

broadcast: Final = Table(
    "broadcast",
    metadata,
    Column("id", Text, primary_key=True),
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE")),  # none: to all
    Column("author", BigInteger),  # none once erased
    Column("stage", Text, nullable=False),
    Column("revision", BigInteger, nullable=False),
    Column("rehearsed", BigInteger, nullable=False),  # revision whose preview was taken; 0
    Column("made", BigInteger, nullable=False),
    Column("touched", BigInteger, nullable=False),
    Column("due", BigInteger),
    Column("confirmed", BigInteger),
    Column("begun", BigInteger),
    Column("ended", BigInteger),
    Column("why", Text, nullable=False),  # why it is paused
    Column("pinned", SmallInteger, nullable=False),
    Column("edition", BigInteger, nullable=False),  # 1, and one more with each correction
    Column("retracted", BigInteger),
    Column("progress", BigInteger),  # the message that shows its author how far it is
    Column("shown", Text, nullable=False),  # what that message says, as a hash
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Index(None, "council"),
    Index(None, "stage"),
)

answer: Final = Table(
    "answer",
    metadata,
    Column("id", Text, primary_key=True),
    Column("broadcast", Text, ForeignKey("broadcast.id", ondelete="CASCADE"), nullable=False),
    Column("person", BigInteger, nullable=False),  # the member, whoever wrote it
    Column("back", SmallInteger, nullable=False),  # written by the broadcast's author
    Column("at", BigInteger, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Index(None, "broadcast"),
    Index(None, "person"),
)
