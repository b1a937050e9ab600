"""Councils and who belongs to them: seats, operators, invitations, the audit log."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, SmallInteger, Table, Text

from bot.store.schema.ground import SEALED, metadata

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
    Column("actor", Text, nullable=False),  # pseudonym; empty: the bot by itself
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
