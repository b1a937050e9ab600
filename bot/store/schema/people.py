"""What one person has: updates waiting, membership in the bot, dialogues, drafts, letters."""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    SmallInteger,
    Table,
    Text,
    text,
)

from bot.store.schema.ground import SEALED, metadata

inbox: Final = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("content", Text, info=SEALED),  # raw update; gone once done (personal data)
    Column("received", BigInteger, nullable=False),
    Column("done", BigInteger),
    Column("error", Text),  # parked: class of the exception, never its text
    Column("code", Text),  # parked: what the person was told to name
    Column("starts", BigInteger, nullable=False, server_default=text("0")),  # of its turn, counted
    Column("holder", Text),  # the process that is to handle it; none once it is done
    Index(None, "holder"),
)

member: Final = Table(
    "member",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Column("stopped", BigInteger),  # these three repeat the body's, for sweeps
    Column("withdrawn", BigInteger),
    Column("blocked", BigInteger),
)

dialogue: Final = Table(
    "dialogue",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),  # compare-and-set of every turn
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Column("draft", Text),
    Column("version", BigInteger, nullable=False),  # of the card to be shown
    Column("shown", BigInteger, nullable=False),  # of the card Telegram acknowledged
    Column("card", BigInteger),  # its message id
)

draft: Final = Table(
    "draft",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("touched", BigInteger, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Column("council", Text),
    Index(None, "person"),
)

letter: Final = Table(
    "letter",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", BigInteger),  # gone when erased: the council keeps what it filed
    Column("draft", Text),
    Column("title", Text, nullable=False, info=SEALED),
    Column("version", BigInteger, nullable=False),
    Column("amends", Text),
    Column("ordered", BigInteger, nullable=False),
    Column("written", BigInteger),
    Column("filed", Text),  # ISO date
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Column("council", Text),
    Index(None, "person"),
    Index(None, "council"),
)

errand: Final = Table(
    "errand",
    metadata,
    Column("letter", Text, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),  # who waits for its files
    Column("formats", Text, nullable=False),  # comma-separated
    Column("since", BigInteger, nullable=False),
    Column("failures", BigInteger, nullable=False),
    Index(None, "chat"),
)

letter_file: Final = Table(
    "letter_file",
    metadata,
    Column("letter", Text, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True),
    Column("format", Text, primary_key=True),
    Column("place", SmallInteger, nullable=False),
    Column("name", Text, nullable=False, info=SEALED),
    Column("mime", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False, info=SEALED),
    Column("file_id", Text),  # Telegram's own copy
)
