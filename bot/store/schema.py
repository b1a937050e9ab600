"""The tables, portable between SQLite and PostgreSQL. Moments are UTC milliseconds since 1970.

Bodies are JSON written by `bot.store.codec`; `format` says in which version of that JSON.
"""

from typing import Final

from sqlalchemy import (
    BigInteger,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    SmallInteger,
    Table,
    Text,
)

HEAD: Final = "0002"
"""Newest migration; a test compares it with the folder of migrations."""

FORMAT: Final = 2
"""Version of the JSON in the bodies; from 2 on they are sealed (bot.store.sealing)."""

SEALED: Final = {"sealed": True}
"""Marks a column that holds sealed values only: `kimbot rekey` goes by these marks. Its place is
the table's name, with the column's unless that is body or content, and the row's key, e.g.
"letter.title:aB3" or "membership:<council>/<person>"."""

metadata: Final = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    }
)

inbox: Final = Table(
    "inbox",
    metadata,
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("content", Text, info=SEALED),  # raw update; gone once done (personal data)
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
    Column("wanted", Text),  # formats to be sent, comma-separated; NULL when nothing is to send
    Column("chat", BigInteger),  # where to
    Column("failures", BigInteger, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Column("council", Text),
    Index(None, "person"),
    Index(None, "council"),
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

council: Final = Table(
    "council",
    metadata,
    Column("id", Text, primary_key=True),
    Column("ags", Text, nullable=False),  # official key of the municipality, no personal data
    Column("revision", BigInteger, nullable=False),  # compare-and-set of every change
    Column("created", BigInteger, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Index(None, "ags"),
)

membership: Final = Table(
    "membership",
    metadata,
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE"), primary_key=True),
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("role", Text, nullable=False),
    Column("since", BigInteger, nullable=False),
    Column("ended", BigInteger),  # former member: no access; swept after 30 days
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Index(None, "person"),
)

operator: Final = Table(
    "operator",
    metadata,
    Column("person", BigInteger, primary_key=True, autoincrement=False),
    Column("since", BigInteger, nullable=False),
)

invitation: Final = Table(
    "invitation",
    metadata,
    Column("id", Text, primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),  # SHA-256, hex
    Column("role", Text, nullable=False),
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE")),
    Column("left", BigInteger, nullable=False),  # uses; compare-and-set
    Column("made", BigInteger, nullable=False),
    Column("expires", BigInteger, nullable=False),
    Column("by", Text, nullable=False),  # pseudonym
)

audit: Final = Table(
    "audit",
    metadata,
    Column(
        "id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True, autoincrement=True
    ),
    Column("at", BigInteger, nullable=False),
    Column("actor", Text, nullable=False),  # pseudonym
    Column("council", Text),
    Column("action", Text, nullable=False),
    Column("object", Text, nullable=False),  # which thing, or the pseudonym of the person concerned
    Index(None, "council"),
    Index(None, "actor"),
)

secret: Final = Table(
    "secret",
    metadata,
    Column("name", Text, primary_key=True),
    Column("body", Text, nullable=False, info=SEALED),  # opening it proves the key
)
