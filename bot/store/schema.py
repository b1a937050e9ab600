"""The tables, portable between SQLite and PostgreSQL. Moments are UTC milliseconds since 1970.

Bodies are JSON written by `bot.store.codec`; `format` says in which version of that JSON.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

HEAD: Final = "0001"
"""Newest migration; a test compares it with the folder of migrations."""

FORMAT: Final = 1
"""Version of the JSON in the bodies."""

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    }
)

inbox: Final = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("content", Text),  # raw update; gone once done (personal data)
    Column("received", BigInteger, nullable=False),
    Column("done", BigInteger),
    Column("error", Text),  # parked: class of the exception, never its text
    Column("code", Text),  # parked: what the person was told to name
)

member: Final = Table(
    "member",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False),
)

dialogue: Final = Table(
    "dialogue",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("chat", BigInteger, primary_key=True, autoincrement=False),
    Column("revision", BigInteger, nullable=False),  # compare-and-set of every turn
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False),
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
    Column("body", Text, nullable=False),
    Index(None, "person"),
)

letter: Final = Table(
    "letter",
    metadata,
    Column("id", Text, primary_key=True),
    Column("person", BigInteger, nullable=False),
    Column("draft", Text),
    Column("title", Text, nullable=False),
    Column("version", BigInteger, nullable=False),
    Column("amends", Text),
    Column("ordered", BigInteger, nullable=False),
    Column("written", BigInteger),
    Column("filed", Text),  # ISO date
    Column("wanted", Text),  # formats to be sent, comma-separated; NULL when nothing is to send
    Column("chat", BigInteger),  # where to
    Column("failures", BigInteger, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False),
    Index(None, "person"),
)

letter_file: Final = Table(
    "letter_file",
    metadata,
    Column("letter", Text, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True),
    Column("format", Text, primary_key=True),
    Column("place", SmallInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("mime", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("content", LargeBinary, nullable=False),
    Column("file_id", Text),  # Telegram's own copy
)
