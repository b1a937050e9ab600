"""A council's agenda: meetings, reports, what was filed, calendars."""

from typing import Final

from sqlalchemy import BigInteger, Column, ForeignKey, Index, LargeBinary, SmallInteger, Table, Text

from bot.store.schema.ground import SEALED, metadata

meeting: Final = Table(
    "meeting",
    metadata,
    Column("id", Text, primary_key=True),
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE"), nullable=False),
    Column("day", Text, nullable=False),  # ISO date, local (Europe/Berlin)
    Column("start", Text),  # ISO time, local
    Column("cancelled", SmallInteger, nullable=False),
    Column("origin", Text, nullable=False),
    Column("uid", Text),  # the calendar's
    Column("version", BigInteger, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Index(None, "council", "day"),
)

report: Final = Table(
    "report",
    metadata,
    Column("id", Text, primary_key=True),
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE"), nullable=False),
    Column("day", Text, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Column("content", LargeBinary, info=SEALED),  # sealed: the file kept with it
    Column("file_id", Text),  # Telegram's own copy: there until the content is
    Index(None, "council", "day"),
)

steering: Final = Table(
    "steering",
    metadata,
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE"), primary_key=True),
    Column("day", Text, primary_key=True),
)

filing: Final = Table(
    "filing",
    metadata,
    Column("letter", Text, ForeignKey("letter.id", ondelete="CASCADE"), primary_key=True),
    Column("council", Text),
    Column("day", Text, nullable=False),
    Column("receipt", Text),
    Column("promised", Text),
    Column("answered", Text),
    Column("version", BigInteger, nullable=False),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
    Column("content", LargeBinary, info=SEALED),  # sealed: the file that proves it
    Column("file_id", Text),  # Telegram's own copy: there until the content is
    Index(None, "council"),
)

calendar: Final = Table(
    "calendar",
    metadata,
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE"), primary_key=True),
    Column("checked", BigInteger),
    Column("format", SmallInteger, nullable=False),
    Column("body", Text, nullable=False, info=SEALED),
)

feed: Final = Table(
    "feed",
    metadata,
    Column("council", Text, ForeignKey("council.id", ondelete="CASCADE"), primary_key=True),
    Column("token_hash", Text, nullable=False, unique=True),  # SHA-256, hex
    Column("made", BigInteger, nullable=False),
)
