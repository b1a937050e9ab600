"""Marks: what happened to the database as a whole, and when."""

from datetime import datetime
from typing import Final

from sqlalchemy import Connection, delete, insert, select

from bot.store.codec import moment, stamp
from bot.store.schema import mark

BACKUP: Final = "backup"
"""The last `kimbot backup` that came to its end."""
QUARANTINE: Final = "quarantine"
"""Restored from a backup made then, and not released by an operator yet."""


def put(connection: Connection, name: str, at: datetime) -> None:
    """Set a mark, or move it."""
    clear(connection, name)
    connection.execute(insert(mark).values(name=name, at=stamp(at)))


def when(connection: Connection, name: str) -> datetime | None:
    """When it was set; None when it isn't."""
    found = connection.execute(select(mark.c.at).where(mark.c.name == name)).scalar()
    return None if found is None else moment(found)


def clear(connection: Connection, name: str) -> bool:
    """Take a mark away; whether it was there."""
    return bool(connection.execute(delete(mark).where(mark.c.name == name)).rowcount)
